"""The IIN against an independent oracle; the machine-readable zone against ICAO's samples and any scanner's manners."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from idnumbers.nationalid.kaz.individual_id import IndividualIDNumber as Oracle

from kiosk.clinic import identity
from kiosk.clinic.identity import Reading, read_scan
from kiosk.clinic.obstacles import CardUnreadable
from tests.factories import make_iin, td1, td3

TODAY = date(2031, 3, 12)
BORN, EXPIRES = date(1979, 4, 8), date(2035, 6, 1)
IIN = make_iin(BORN)
CARD = td1(IIN, "017654321", BORN, EXPIRES)
PASS = td3(IIN, "N12345678", BORN, EXPIRES)
CARD_READ = Reading("identity_card", IIN, "017654321", EXPIRES)
PASS_READ = Reading("passport", IIN, "N12345678", EXPIRES)
SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"

births = st.dates(date(1900, 1, 1), date(2025, 12, 31))
digits = st.text("0123456789", min_size=11, max_size=11)


def unreadable(raw: str) -> bool:
    try:
        read_scan(raw, TODAY)
    except CardUnreadable:
        return True
    return False


@given(digits)
def test_check_digit_is_the_oracles(eleven: str) -> None:
    assert identity.iin_check_digit(eleven) == Oracle.checksum(eleven + "0")


@given(births, st.sampled_from("123456789"), st.text("0123456789", min_size=4, max_size=4))
def test_of_ten_last_digits_those_hold_that_the_oracle_lets_hold(born: date, century: str, running: str) -> None:
    for last in "0123456789":
        number = f"{born:%y%m%d}{century}{running}{last}"
        assert identity.is_iin(number) == Oracle.validate(number), number


@given(st.text("0123456789", min_size=12, max_size=12).filter(lambda text: text[6] != "0"))
def test_any_twelve_digits_hold_exactly_where_the_oracle_says(number: str) -> None:
    assert identity.is_iin(number) == Oracle.validate(number)


@given(births, st.sampled_from(["male", "female"]), st.integers(0, 9000))
def test_a_number_gives_back_its_birth_date(born: date, sex: str, running: int) -> None:
    number = make_iin(born, sex, running)
    assert identity.is_iin(number) and Oracle.validate(number)
    assert identity.birth_date(number) == born


@given(births, st.integers(0, 9000), st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit_is_never_the_same_persons_number(born: date, running: int, place: int, by: int) -> None:
    number = make_iin(born, running=running)
    wrong = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]
    assert identity.is_iin(wrong) == Oracle.validate(wrong) or wrong[6] == "0"


@pytest.mark.parametrize(
    "text", ["", "1" * 11, "1" * 13, "7904083000IO", "７９０４０８３０００１２", IIN + "\n", " " + IIN]
)
def test_what_is_not_twelve_ascii_digits_is_no_number(text: str) -> None:
    assert not identity.is_iin(text)


def test_seventh_digit_nought_names_no_century_and_is_no_error() -> None:
    eleven = next(f"7904080{running:04}" for running in range(50) if identity.iin_check_digit(f"7904080{running:04}"))
    number = f"{eleven}{identity.iin_check_digit(eleven)}"
    assert identity.names_no_century(number)
    assert identity.is_iin(number)
    assert identity.birth_date(number) is None
    assert read_scan(number, TODAY) == Reading("barcode", number, None, None)
    assert not identity.names_no_century("000000000000")
    assert not identity.names_no_century(IIN)


def test_masking_shows_six_digits() -> None:
    assert identity.mask_iin(IIN) == IIN[:6] + "*" * 6


@pytest.mark.parametrize(
    "typed", ["017 654 321", "017-654-321", " 017.654.321 ", "(017)654321", "017\u2013654\u2013321"]
)
def test_typed_numbers_may_have_spaces_and_dashes(typed: str) -> None:
    assert identity.clean_number(typed) == "017654321"


@pytest.mark.parametrize(
    ("text", "digit"),
    [
        ("L898902C3", 6),
        ("740812", 2),
        ("120415", 9),
        ("ZE184226B<<<<<", 1),
        ("L898902C3674081221204159ZE184226B<<<<<1", 0),
        ("D23145890", 7),
        ("D231458907<<<<<<<<<<<<<<<74081221204159<<<<<<<<<<<", 6),
    ],
)
def test_check_digits_of_icaos_own_samples(text: str, digit: int) -> None:
    assert identity.mrz_check_digit(text) == digit


@given(births, st.sampled_from(["male", "female"]), st.integers(0, 999999999), st.integers(0, 9000))
def test_cards_and_passports_read_as_they_were_written(born: date, sex: str, number: int, running: int) -> None:
    iin = make_iin(born, sex, running)
    card = "\r".join(td1(iin, f"{number:09}", born, EXPIRES, sex))
    assert read_scan(card, TODAY) == Reading("identity_card", iin, f"{number:09}", EXPIRES)
    passport = "\r".join(td3(iin, f"N{number % 10**8:08}", born, EXPIRES, sex))
    assert read_scan(passport, TODAY) == Reading("passport", iin, f"N{number % 10**8:08}", EXPIRES)


CHECKED_CARD = [*range(5, 30), *range(30, 37), *range(38, 45), *range(48, 60)]
CHECKED_PASS = [*range(44, 54), *range(57, 64), *range(65, 88)]


@pytest.mark.parametrize(("lines", "checked"), [(CARD, CHECKED_CARD), (PASS, CHECKED_PASS)], ids=["TD1", "TD3"])
def test_any_single_wrong_digit_in_a_checked_field_is_a_reading_error(
    lines: tuple[str, ...], checked: list[int]
) -> None:
    text = "".join(lines)
    places = [place for place in checked if text[place].isdigit()]
    assert len(places) > 30
    for place in places:
        for digit in set("0123456789") - {text[place]}:
            assert unreadable(text[:place] + digit + text[place + 1 :]), (place, digit)


def test_names_and_sex_do_not_decide() -> None:
    one, two, three = CARD
    other = two[:7] + "F" + two[8:]
    assert read_scan(one + other + three.replace("ULGIBAYEV", "SOMEBODYE"), TODAY) == CARD_READ


@pytest.mark.parametrize("wrong", ["XDKAZ", "IDRUS", "<DKAZ"])
def test_another_kind_or_country_is_a_reading_error(wrong: str) -> None:
    assert unreadable(wrong + "".join(CARD)[5:])
    assert unreadable("V" + "".join(PASS)[1:])
    assert unreadable("P<RUS" + "".join(PASS)[5:])


framings = st.tuples(
    st.sampled_from(["", "\x02", "]L0", "\x02]Q1", " ]d2", "\ufeff", "\x02\x1d"]),
    st.sampled_from(["\r", "\n", "\r\n", "\t", "", "\r\r", " "]),
    st.sampled_from(["", "\r", "\n", "\r\n", "\t", "\r\r\n", "\x03", "\r\x03", "\x04\r"]),
    st.booleans(),
)


@given(framings)
def test_every_framing_a_scanner_may_add_reads_the_same(framing: tuple[str, str, str, bool]) -> None:
    prefix, between, end, lower = framing
    for lines, reading in ((CARD, CARD_READ), (PASS, PASS_READ), ((IIN,), Reading("barcode", IIN, None, None))):
        raw = prefix + between.join(lines) + end
        assert read_scan(raw.lower() if lower else raw, TODAY) == reading, repr(raw)


@pytest.mark.parametrize("lines", [CARD, PASS, (IIN,)], ids=["TD1", "TD3", "barcode"])
def test_every_truncated_or_doubled_scan_is_a_reading_error(lines: tuple[str, ...]) -> None:
    raw = "\r".join(lines)
    assert all(unreadable(raw[:length]) for length in range(len(raw)))
    assert all(unreadable(raw[start:]) for start in range(1, len(raw)))
    assert unreadable(raw + "\r" + raw)
    assert unreadable(raw + raw + raw)


@given(st.text(max_size=300))
def test_random_text_is_a_reading_error_and_nothing_worse(text: str) -> None:
    assert unreadable(text) or identity.clean_scan(text).isdigit()


@given(st.sampled_from([12, 88, 90]).flatmap(lambda length: st.text(SIGNS, min_size=length, max_size=length)))
def test_random_signs_of_the_right_length_are_a_reading_error_and_nothing_worse(text: str) -> None:
    assert unreadable(text) or len(text) == 12


@given(st.text(SIGNS, min_size=6, max_size=6), st.text(SIGNS, min_size=12, max_size=12))
def test_nonsense_under_right_check_digits_is_a_reading_error(expiry: str, iin: str) -> None:
    one = "IDKAZ017654321" + str(identity.mrz_check_digit("017654321")) + iin + "<<<"
    two = CARD[1][:8] + expiry + str(identity.mrz_check_digit(expiry)) + CARD[1][15:29]
    two += str(identity.mrz_check_digit(one[5:30] + two[0:7] + two[8:15] + two[18:29]))
    assert unreadable(one + two + CARD[2]) or identity.is_iin(iin)


@given(st.text(SIGNS, min_size=6, max_size=6).filter(lambda text: not text.isdigit()))
def test_an_expiry_that_is_no_date_is_a_reading_error(expiry: str) -> None:
    two = CARD[1][:8] + expiry + str(identity.mrz_check_digit(expiry)) + CARD[1][15:29]
    two += str(identity.mrz_check_digit(CARD[0][5:30] + two[0:7] + two[8:15] + two[18:29]))
    assert unreadable(CARD[0] + two + CARD[2])


@pytest.mark.parametrize(
    ("today", "expires"),
    [
        (date(2031, 3, 12), date(2081, 12, 31)),
        (date(2031, 3, 12), date(1982, 1, 1)),
        (date(2026, 11, 20), date(2076, 1, 1)),
        (date(2026, 11, 20), date(1996, 2, 29)),
        (date(2026, 11, 20), date(2000, 2, 29)),
    ],
)
def test_a_two_digit_year_lies_at_most_fifty_years_ahead(today: date, expires: date) -> None:
    assert read_scan("".join(td1(IIN, "017654321", BORN, expires)), today).expires == expires
