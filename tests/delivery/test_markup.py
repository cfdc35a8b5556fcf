"""Plain text into Telegram's HTML and back: nothing that a text says is taken for markup."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from delivery.markup import columns, isolate, to_html, without_code_marks
from simulator.entities import parse_html

LIKE_MARKUP = [
    "<b>bold</b>",
    "a < b > c",
    "R&D",
    "&lt;",
    "&amp;lt;",
    '"quoted"',
    "it's",
    "</pre>",
    '<a href="x">y</a>',
    "<",
]


def shown(text: str) -> str:
    """The text that Telegram shows for it."""
    return parse_html(to_html(text))[0]


def entities(text: str) -> list[tuple[str, str]]:
    """What is marked in it, and how."""
    plain, found = parse_html(to_html(text))
    return [(one["type"], plain[one["offset"] : one["offset"] + one["length"]]) for one in found]


@pytest.mark.parametrize("text", LIKE_MARKUP)
def test_what_looks_like_markup_is_shown_as_it_is(text: str) -> None:
    assert shown(text) == text
    assert entities(text) == []


@pytest.mark.parametrize("code", LIKE_MARKUP)
def test_what_looks_like_markup_in_code_is_shown_as_it_is(code: str) -> None:
    assert entities(f"see `{code}` here") == [("code", code)]
    assert shown(f"see `{code}` here") == f"see {code} here"
    assert entities(f"```\n{code}\n```") == [("pre", code)]


def test_a_block_of_code_keeps_lines_and_indentation() -> None:
    assert entities("What is printed?\n```python\nif x < 1:\n    print(x)\n```\nThink.") == [
        ("pre", "if x < 1:\n    print(x)")
    ]


def test_a_lone_back_tick_is_no_code() -> None:
    assert shown("a ` b") == "a ` b"
    assert entities("a ` b\nc ` d") == []


def test_emoji_and_other_scripts_are_left_alone() -> None:
    text = "👩‍🔬 CO₂ → глюкоза, 光合作用, שמש"

    assert to_html(text) == text


@given(st.text(st.characters(codec="utf-8") | st.sampled_from("<>&\"'`\n;")))
def test_any_text_is_shown_whole(text: str) -> None:
    assert shown(without_code_marks(text).replace("`", "'")) == without_code_marks(text).replace("`", "'")
    parse_html(to_html(text))


@pytest.mark.parametrize("text", ["שמש", "الشمس", "the word שמש", "١٢"])
def test_a_text_that_runs_right_to_left_is_kept_apart(text: str) -> None:
    assert isolate(text) == f"\u2068{text}\u2069"


@pytest.mark.parametrize("text", ["sun", "солнце", "太陽", "2 + 2", ""])
def test_a_text_that_runs_left_to_right_needs_nothing(text: str) -> None:
    assert isolate(text) == text


@pytest.mark.parametrize(("text", "wide"), [("abc", 3), ("абв", 3), ("太陽", 4), ("🌍", 2), ("e\u0301", 1)])
def test_width_is_counted_as_it_is_seen(text: str, wide: int) -> None:
    assert columns(text) == wide


def test_a_text_of_unknown_width_counts_as_wide() -> None:
    assert columns("a\x07b") == 6
