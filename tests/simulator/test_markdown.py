"""The Markdown parse modes, with Telegram's own words for what is wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.client import Simulator
from simulator.entities import CannotParse, utf16_length
from simulator.markdown import parse_markdown, parse_markdown_v2
from simulator.markup import read_entities, to_html
from tests.simulator.conftest import Caller

SIGNS = st.text(alphabet="_*[]()~`>|!\\\n\r a😀.", max_size=40)


def as_html(parsed: tuple[str, list[dict[str, object]]]) -> str:
    text, entities = parsed
    return to_html(text, read_entities(entities))


@pytest.mark.parametrize(
    ("markup", "html"),
    [
        ("*bold* _it_ `c*d`", "<b>bold</b> <i>it</i> <code>c*d</code>"),
        ("[a](https://a.example)[b.example]", '<a href="https://a.example">a</a><a href="b.example">b.example</a>'),
        ("```python\na = 1\n```!", "<pre>a = 1\n</pre>!"),
        (r"2 \* 2 \_ snake.case!", "2 * 2 _ snake.case!"),
        ("[not a link](x)", "not a link"),
    ],
)
def test_the_old_mode(markup: str, html: str) -> None:
    assert as_html(parse_markdown(markup)) == html


@pytest.mark.parametrize(
    ("markup", "html"),
    [
        ("*bold _italic bold_ ~gone~*", "<b>bold <i>italic bold</i> <s>gone</s></b>"),
        ("__under__ ||hidden||", "<u>under</u> <tg-spoiler>hidden</tg-spoiler>"),
        ("_a__b___", "<i>a<u>b</u></i>"),
        (r"1 \+ 1 \= 2\.", "1 + 1 = 2."),
        ("`a_b` ```py\nx\n```", "<code>a_b</code> <pre>x\n</pre>"),
        (r"[a\]](https://a.example/\))", '<a href="https://a.example/)">a]</a>'),
        (">one\n>two\nthree", "<blockquote>one\ntwo\n</blockquote>three"),
        (">one\n>two||", "<blockquote expandable>one\ntwo</blockquote>"),
        ("![👍](tg://emoji?id=5)", "👍"),
        ("\\*", "*"),
    ],
)
def test_version_two(markup: str, html: str) -> None:
    assert as_html(parse_markdown_v2(markup)) == html


@pytest.mark.parametrize(
    ("markup", "says"),
    [
        ("*a", "Can't find end of Bold entity at byte offset 0"),
        ("ж_a", "Can't find end of Italic entity at byte offset 2"),
        ("a.", "Character '.' is reserved and must be escaped with the preceding '\\'"),
        ("a > b", "Character '>' is reserved and must be escaped with the preceding '\\'"),
        ("[a](b", "Can't find end of a URL at byte offset 4"),
        ("![a](b)", "The entity must contain a tg://emoji or tg://time URL"),
        (">*a\nb*", "Can't find end of Bold entity at byte offset 1"),
        ("```py\na", "Can't find end of PreCode entity at byte offset 0"),
    ],
)
async def test_wrong_markup_is_refused_in_telegrams_words(call: Caller, ann: int, markup: str, says: str) -> None:
    assert await call.error("sendMessage", chat_id=ann, text=markup, parse_mode="MarkdownV2") == (
        f"Bad Request: can't parse entities: {says}"
    )


async def test_the_old_mode_says_where_an_entity_begins(call: Caller, ann: int) -> None:
    assert await call.error("sendMessage", chat_id=ann, text="a *b", parse_mode="markdown") == (
        "Bad Request: can't parse entities: Can't find end of the entity starting at byte offset 2"
    )
    assert await call.error("sendMessage", chat_id=ann, text="a", parse_mode="rst") == (
        "Bad Request: unsupported parse_mode"
    )


async def test_a_message_in_markdown_is_measured_without_its_signs(
    simulator: Simulator, call: Caller, ann: int
) -> None:
    sent = await call.result("sendMessage", chat_id=ann, text=f"*{'a' * 4096}*", parse_mode="MarkdownV2")
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 4096}]
    assert (await simulator.wait_for_message(ann)).html == f"<b>{'a' * 4096}</b>"


@given(SIGNS)
def test_any_text_is_read_or_refused_and_entities_lie_within_it(markup: str) -> None:
    for parse in (parse_markdown, parse_markdown_v2):
        try:
            text, entities = parse(markup)
        except CannotParse:
            continue
        for entity in entities:
            assert 0 <= entity["offset"] < entity["offset"] + entity["length"] <= utf16_length(text)
