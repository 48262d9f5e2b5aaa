"""What a phone shows is passed on unread; a card, even a damaged one, never leaves as an opaque code."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.clinic.presentation import find_payload
from tests.factories import Somebody, td3

ME = Somebody()
CARD = "".join(ME.mrz)
PASSPORT = "".join(td3(ME.iin, "N12345674", ME.born, date(2035, 6, 1)))


@pytest.mark.parametrize("frame", ["{}", "{}\r", "\x02{}\x03", "]Q1{}\r\n", "\r\n]d2{}\t", " {} "])
@pytest.mark.parametrize("payload", ["246810", "000000", "x" * 16, "aB3-_" * 32, '{"t":"Ab 1"}-----', "q" * 2048])
def test_a_payload_in_any_frame_comes_out_as_it_was(frame: str, payload: str) -> None:
    assert find_payload(frame.format(payload)) == payload


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "\r",
        "12345",
        "1234567",
        ME.iin,
        "hello",
        "q" * 2049,
        "я" * 40,
        CARD,
        PASSPORT,
        CARD.lower(),
        CARD[:60],
        CARD[3:],
    ],
)
def test_what_is_no_presentation(raw: str) -> None:
    assert find_payload(raw) is None


@given(start=st.integers(0, 60), end=st.integers(30, 90), ending=st.sampled_from(["", "\r", "\x03"]))
def test_a_cut_card_with_its_iin_is_never_a_presentation(start: int, end: int, ending: str) -> None:
    piece = CARD[start:end]
    if ME.iin in piece and "<<" in piece:
        assert find_payload(piece + ending) is None


@given(raw=st.text(max_size=100) | st.binary(max_size=100).map(lambda junk: junk.decode("latin-1")))
def test_any_scan_is_a_payload_within_bounds_or_none(raw: str) -> None:
    found = find_payload(raw)
    assert found is None or (len(found) == 6 and found.isdigit()) or 16 <= len(found) <= 2048
