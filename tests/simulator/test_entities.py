"""HTML in, text and entities out, and back again."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.commands import with_commands
from simulator.entities import CannotParse, by_utf16, trim, utf16_length
from simulator.html_mode import parse_html
from simulator.markup import read_entities, to_html

# No lone surrogates: they cannot come over HTTP.
TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
SOUP = st.lists(
    st.sampled_from(
        ["<b>", "</b>", "<i", "</i>", "<a href='", "'", '"', ">", "<", "&", "&lt;", "&#x1F600;", "&#0;", "=", " ", "x"]
    )
    | TEXT
).map("".join)
TAGS = st.sampled_from(["b", "i", "u", "s", "tg-spoiler", "code", "blockquote"])


@given(SOUP)
def test_any_input_is_read_or_refused(markup: str) -> None:
    try:
        text, entities = parse_html(markup)
    except CannotParse:
        return
    end = utf16_length(text)
    assert all(0 <= entity["offset"] < entity["offset"] + entity["length"] <= end for entity in entities)


@given(TEXT)
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    assert parse_html(html.escape(text, quote=False)) == (text, [])


@given(TEXT.filter(bool), TEXT, st.lists(TAGS, unique=True, min_size=1))
def test_entities_cover_exactly_what_the_tags_did(inside: str, before: str, tags: list[str]) -> None:
    opened = "".join(f"<{tag}>" for tag in tags)
    closed = "".join(f"</{tag}>" for tag in reversed(tags))
    text, entities = parse_html(f"{html.escape(before)}{opened}{html.escape(inside)}{closed}")
    assert text == before + inside
    assert len(entities) == len(tags)
    assert all(by_utf16(text, entity["offset"], entity["length"]) == inside for entity in entities)


@given(st.lists(st.tuples(TEXT.filter(bool), st.none() | TAGS)))
def test_html_made_from_entities_means_the_same(pieces: list[tuple[str, str | None]]) -> None:
    markup = "".join(f"<{tag}>{html.escape(piece)}</{tag}>" if tag else html.escape(piece) for piece, tag in pieces)
    text, entities = parse_html(markup)
    assert parse_html(to_html(text, read_entities(entities))) == (text, entities)


@given(TEXT, TEXT.filter(lambda text: bool(text.strip(" \t\r\n"))))
def test_trimming_leaves_entities_on_their_letters(before: str, inside: str) -> None:
    text, entities = trim(*parse_html(f" \n{html.escape(before)}<b>{html.escape(inside)}</b>\n "))
    (entity,) = entities
    assert text == (before + inside).strip(" \t\r\n")
    assert by_utf16(text, entity["offset"], entity["length"]).strip(" \t\r\n") == inside.strip(" \t\r\n")


@pytest.mark.parametrize(
    ("markup", "text", "entities"),
    [
        ("<STRONG>a</Strong>", "a", [{"type": "bold", "offset": 0, "length": 1}]),
        ("a&nbsp;b &apos; &lt &amp;lt;", "a&nbsp;b &apos; < &lt;", []),
        ("&#128512;<u>x</u>", "\N{GRINNING FACE}x", [{"type": "underline", "offset": 2, "length": 1}]),
        (
            '<a href="https://a.example/?b&amp;c">x</a>',
            "x",
            [{"type": "text_link", "url": "https://a.example/?b&c", "offset": 0, "length": 1}],
        ),
        (
            '<pre><code class="language-python">1</code></pre>',
            "1",
            [{"type": "pre", "language": "python", "offset": 0, "length": 1}],
        ),
        ("<blockquote expandable>x</blockquote>", "x", [{"type": "expandable_blockquote", "offset": 0, "length": 1}]),
        ('<span class="tg-spoiler">x</span>', "x", [{"type": "spoiler", "offset": 0, "length": 1}]),
    ],
)
def test_what_telegram_makes_of_it(markup: str, text: str, entities: list[dict[str, object]]) -> None:
    assert parse_html(markup) == (text, entities)


@pytest.mark.parametrize(
    ("markup", "says"),
    [
        ("<", "Unclosed start tag at byte offset 0"),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<a href", 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
        ("<a href=x", "Unclosed start tag at byte offset 0"),
        ("<a href=x/>", "Unexpected end of name token at byte offset 8"),
        ("<a =>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<b></b", "Unclosed end tag at byte offset 3"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-emoji>x</tg-emoji>", "Invalid custom emoji identifier specified"),
        ("&#xd83d;", "Text contains invalid Unicode characters after decoding HTML entities, "),
    ],
)
def test_the_error_is_telegrams(markup: str, says: str) -> None:
    with pytest.raises(CannotParse) as wrong:
        parse_html(markup)
    assert str(wrong.value).startswith(says)


def test_commands_are_found_outside_code_only() -> None:
    text, entities = parse_html("/start and /quiz@some_bot, not <code>/code</code>, a/b or http://x/y")
    commands = [entity for entity in with_commands(text, entities) if entity["type"] == "bot_command"]
    assert [by_utf16(text, entity["offset"], entity["length"]) for entity in commands] == ["/start", "/quiz@some_bot"]
