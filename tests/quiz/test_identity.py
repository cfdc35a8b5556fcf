"""Ids: 11 characters, the same for the same parts."""

from hypothesis import given
from hypothesis import strategies as st

from quiz.identity import ALPHABET, base58, derived_id, is_id


def test_the_same_parts_make_the_same_id() -> None:
    assert derived_id("message", 7, 12) == derived_id("message", 7, 12)


def test_other_parts_make_another_id_however_they_are_cut() -> None:
    ids = {
        derived_id("message", 7, 12),
        derived_id("message", 71, 2),
        derived_id("message7", 12),
        derived_id("m", 7, 12),
    }

    assert len(ids) == 4


def test_an_id_never_changes_from_release_to_release() -> None:
    assert derived_id("attempt", "an update") == "f9V8kd59yh2"


@given(st.integers(0, 2**64 - 1))
def test_every_64_bit_number_has_an_id_of_its_own(number: int) -> None:
    text = base58(number)

    value = 0
    for one in text:
        value = value * 58 + ALPHABET.index(one)
    assert value == number
    assert is_id(text)


def test_what_is_no_id_is_told_from_one() -> None:
    for text in ("", "short", "1" * 10, "1" * 12, "0OIl" + "1" * 7, "1111111111:", "1111111111\n"):
        assert not is_id(text)
