"""Plain text into Telegram's HTML and back: nothing that a text says is taken for markup."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from delivery.markup import columns, has_formula, isolate, plain_html, plain_text, rich_html, to_html
from simulator.html_mode import parse_html

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
    return parse_html(plain_html(to_html(text)))[0]


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
    assert shown(plain_text(text).replace("`", "'")) == plain_text(text).replace("`", "'")
    parse_html(plain_html(to_html(text)))


@pytest.mark.parametrize("text", ["שמש", "الشمس", "the word שמש", "١٢"])
def test_a_text_that_runs_right_to_left_is_kept_apart(text: str) -> None:
    assert isolate(text) == f"\u2068{text}\u2069"


@pytest.mark.parametrize(
    ("text", "left"),
    [("\u202egpj.exe", "gpj.exe"), ("sun\u2069\u2066", "sun"), ("שמש\u2069\u202d1", "\u2068שמש1\u2069")],
)
def test_no_mark_in_a_text_turns_it_or_ends_what_keeps_it_apart(text: str, left: str) -> None:
    assert isolate(text) == left


@pytest.mark.parametrize("text", ["sun", "солнце", "太陽", "2 + 2", ""])
def test_a_text_that_runs_left_to_right_needs_nothing(text: str) -> None:
    assert isolate(text) == text


@pytest.mark.parametrize(("text", "wide"), [("abc", 3), ("абв", 3), ("太陽", 4), ("🌍", 2), ("e\u0301", 1)])
def test_width_is_counted_as_it_is_seen(text: str, wide: int) -> None:
    assert columns(text) == wide


def test_a_text_of_unknown_width_counts_as_wide() -> None:
    assert columns("a\x07b") == 6


@pytest.mark.parametrize("text", ["from $5 to $10", "$5_000 and 3 $", r"a \\ b", "cost: $x", "\\(", "$$", "$ x^2 $"])
def test_money_and_lone_signs_are_no_formulas(text: str) -> None:
    assert not has_formula(to_html(text))


def test_formulas_are_read_between_the_usual_signs() -> None:
    assert to_html(r"\(a<b\), $x^2$; $$y_1$$ \[z\]") == (
        "<tg-math>a&lt;b</tg-math>, <tg-math>x^2</tg-math>; "
        "<tg-math-block>y_1</tg-math-block> <tg-math-block>z</tg-math-block>"
    )
    assert plain_html(to_html(r"if \(a<b^2\)")) == "if a&lt;b²"


def test_the_language_of_a_block_of_code_is_told_to_telegram() -> None:
    assert to_html("```python\nx = 1\n```") == '<pre><code class="language-python">x = 1</code></pre>'


def test_blocks_stand_outside_of_paragraphs_in_a_rich_message() -> None:
    assert rich_html("<b>1</b>\n\nWhat?\n<pre>a\n\nb</pre>\nIt") == (
        "<p><b>1</b></p><p>What?</p><pre>a\n\nb</pre><p>It</p>"
    )
