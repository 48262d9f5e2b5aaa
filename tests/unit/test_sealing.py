"""A seal opens only with its key, beside its id, and unchanged."""

from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.sealing import Broken, Keys, derive, keyed_hash, seal, token, unseal

KEY = derive(b"a master key for tests", "a use")
VALUE = {"name": "Ұлжан", "numbers": [1, 2], "nothing": None}

values = st.dictionaries(st.text(), st.none() | st.booleans() | st.integers() | st.text(), max_size=5)


@given(values, st.text())
def test_what_was_sealed_comes_back(value: dict[str, object], bound_to: str) -> None:
    assert unseal(KEY, seal(KEY, value, bound_to), bound_to) == value


def test_it_is_bound_to_its_id_and_its_key() -> None:
    sealed = seal(KEY, VALUE, "one")
    for key, bound_to in ((KEY, "two"), (KEY, ""), (derive(b"a master key for tests", "another use"), "one")):
        with pytest.raises(Broken):
            unseal(key, sealed, bound_to)


def test_every_changed_byte_breaks_it() -> None:
    sealed = seal(KEY, VALUE, "one")
    for place in range(len(sealed)):
        with pytest.raises(Broken):
            unseal(KEY, sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :], "one")


@pytest.mark.parametrize("part", [b"", b"x", b"x" * 12, b"x" * 27])
def test_pieces_and_rubbish_break_too(part: bytes) -> None:
    with pytest.raises(Broken):
        unseal(KEY, part, "one")
    with pytest.raises(Broken):
        unseal(KEY, seal(KEY, VALUE, "one")[: len(part)], "one")


def test_the_same_value_never_looks_the_same() -> None:
    assert len({seal(KEY, VALUE, "one") for _ in range(50)}) == 50
    assert "Ұлжан".encode() not in seal(KEY, VALUE, "one")


def test_each_use_has_its_own_key() -> None:
    keys = asdict(Keys.of(b"master"))
    assert len(set(keys.values())) == len(keys)
    assert all(len(key) == 32 for key in keys.values())
    assert keys != asdict(Keys.of(b"master2"))


def test_a_keyed_hash_needs_the_key() -> None:
    assert keyed_hash(KEY, "text") == keyed_hash(KEY, "text") != keyed_hash(b"other", "text")
    assert len(keyed_hash(KEY, "text")) == 64


def test_tokens_are_long_and_never_the_same() -> None:
    tokens = {token() for _ in range(100)}
    assert len(tokens) == 100 and all(len(one) == 43 for one in tokens)
