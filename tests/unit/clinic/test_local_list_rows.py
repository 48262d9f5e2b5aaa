"""One row of a list: a person, or what is wrong, named by field and never guessed."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.clinic.local_list.columns import FIELDS
from kiosk.clinic.local_list.refused import ROW
from kiosk.clinic.local_list.rows import read_row
from kiosk.clinic.local_list.table_file import Cell
from tests.factories import make_iin

PLACES = {field: place for place, field in enumerate(FIELDS)}
IIN = make_iin(date(1979, 4, 8))
GOOD: dict[str, Cell] = {"iin": IIN, "surname": "Үлгібаев", "name": "Бақытжан", "district": "7"}
DISTRICTS = {"7": "07", "12": "12"}


def read(**cells: Cell) -> tuple[object, dict[str, str]]:
    member, problems = read_row(PLACES, tuple({**GOOD, **cells}.get(field) for field in FIELDS), DISTRICTS)
    return member, {one.field: one.code for one in problems}


def test_a_whole_row() -> None:
    member, problems = read(
        patronymic="Серікұлы",
        birth_date="08.04.1979",
        sex="М",
        phone="+7 (701) 111-22-33",
        card_number="017 654 321",
        card_expires=datetime(2035, 6, 1),
        passport_number="12345674",
        since="2024-02-01",
    )
    assert problems == {}
    assert member is not None
    assert (member.iin, member.birth_date, member.sex, member.phone) == (IIN, date(1979, 4, 8), "male", "+77011112233")  # type: ignore[attr-defined]
    assert [(one.kind, one.number, one.expires) for one in member.documents] == [  # type: ignore[attr-defined]
        ("identity_card", "017654321", date(2035, 6, 1)),
        ("passport", "N12345674", None),
    ]
    assert (member.district, member.since) == ("07", date(2024, 2, 1))  # type: ignore[attr-defined]


def test_what_spreadsheets_do_to_numbers() -> None:
    early = make_iin(date(2004, 4, 8))
    assert early.startswith("04")
    for spoilt in (int(early), float(int(early)), early.lstrip("0"), f" {early} "):
        member, problems = read(iin=spoilt)
        assert problems == {}
        assert member.iin == early  # type: ignore[attr-defined]
    assert read(iin="1.23E+11")[1] == {"iin": "iin_wrong"}


@pytest.mark.parametrize(
    ("field", "cell", "code"),
    [
        ("iin", "", "missing"),
        ("iin", None, "missing"),
        ("iin", IIN[:11] + str((int(IIN[11]) + 1) % 10), "iin_wrong"),
        ("iin", "=HYPERLINK()", "formula"),
        ("surname", "", "missing"),
        ("surname", "=cmd|' /C calc'!A0", "formula"),
        ("surname", "+cmd", "letters"),
        ("surname", "-2+3", "letters"),
        ("surname", "@SUM(A1)", "formula"),
        ("surname", "Ѓ‡†x", "letters"),
        ("surname", "я" * 101, "too_long"),
        ("name", "<script>", "letters"),
        ("name", "12", "letters"),
        ("patronymic", "x" * 5000, "too_long"),
        ("birth_date", "31.02.1979", "date_wrong"),
        ("birth_date", "09.04.1979", "differs"),
        ("sex", "ж", "differs"),
        ("sex", "?", "sex_wrong"),
        ("card_number", "12AB", "number_wrong"),
        ("passport_number", "N1", "number_wrong"),
        ("district", "", "missing"),
        ("district", "7; DROP TABLE", "district_wrong"),
    ],
)
def test_what_leaves_a_row_out(field: str, cell: Cell, code: str) -> None:
    member, problems = read(**{field: cell})
    assert problems[field] == code
    assert code in ROW
    assert member is None


@pytest.mark.parametrize(
    ("field", "cell", "code"),
    [
        ("phone", "звонить вечером", "phone_wrong"),
        ("district", "99", "district_unknown"),
        ("since", "давно", "date_wrong"),
    ],
)
def test_what_is_noted_and_kept(field: str, cell: Cell, code: str) -> None:
    member, problems = read(**{field: cell})
    assert problems == {field: code}
    assert member is not None


def test_dashes_mean_nothing_and_a_foreigners_number_needs_date_and_sex() -> None:
    assert read(patronymic="-", phone="—")[1] == {}
    stranger = make_iin(date(1979, 4, 8))[:6] + "0"
    iin = next(f"{stranger}{n:05}" for n in range(100000) if _valid(f"{stranger}{n:05}"))
    assert read(iin=iin)[1] == {"birth_date": "missing", "sex": "missing"}
    member, problems = read(iin=iin, birth_date="08.04.1979", sex="female")
    assert problems == {}
    assert member.sex == "female"  # type: ignore[attr-defined]


def _valid(iin: str) -> bool:
    from kiosk.clinic.identity import is_iin

    return is_iin(iin)


cells = st.none() | st.text(max_size=300) | st.integers() | st.floats() | st.dates() | st.datetimes() | st.booleans()


@given(row=st.lists(cells, max_size=20))
def test_any_row_is_a_person_or_problems(row: list[Cell]) -> None:
    member, problems = read_row(PLACES, tuple(row), DISTRICTS)
    assert (member is None) == any(one.left_out for one in problems)
    assert all(one.field in FIELDS and one.code in ROW for one in problems)
