"""Newer forms: rich messages, drafts, styles of buttons and buttons that are disabled."""

from typing import Any

import pytest

from simulator.client import Refusal, Simulator
from tests.simulator.conftest import TOKEN, Caller
from tests.simulator.pictures import png

HTML = """
<h2>Photosynthesis</h2>
<p>Plants make <b>sugar</b> from <i>light</i>,<br>as <tg-math>6CO_2</tg-math> says.</p>
<ol start="3" type="i"><li>water</li><li>light</li></ol>
<ul><li><input type="checkbox" checked>done</li></ul>
<table bordered><caption>Parts</caption>
<tr><th>part</th><th align="right">n</th></tr><tr><td>leaf</td><td>2</td></tr></table>
<pre><code class="language-python">a = 1
b = 2</code></pre>
<blockquote>Light is life.<cite>Ann</cite></blockquote>
<details open><summary>More</summary><p>Inside</p></details>
<hr/>
<tg-math-block>a &lt; b</tg-math-block>
loose words
"""


async def rich(call: Caller, chat: int, **rich_message: object) -> list[dict[str, Any]]:
    """The blocks of a rich message that was sent."""
    sent = await call.result("sendRichMessage", chat_id=chat, rich_message=rich_message)
    assert "text" not in sent
    return sent["rich_message"]["blocks"]


async def test_html_becomes_blocks_and_words(simulator: Simulator, call: Caller, ann: int) -> None:
    blocks = await rich(call, ann, html=HTML)
    assert [block["type"] for block in blocks] == [
        "heading",
        "paragraph",
        "list",
        "list",
        "table",
        "pre",
        "blockquote",
        "details",
        "divider",
        "mathematical_expression",
        "paragraph",
    ]
    heading, paragraph, ordered, ticked, table, code = blocks[:6]
    assert heading == {"type": "heading", "text": "Photosynthesis", "size": 2}
    assert paragraph["text"] == [
        "Plants make ",
        {"type": "bold", "text": "sugar"},
        " from ",
        {"type": "italic", "text": "light"},
        ",\nas ",
        {"type": "mathematical_expression", "expression": "6CO_2"},
        " says.",
    ]
    assert [item["label"] for item in ordered["items"] + ticked["items"]] == ["iii.", "iv.", "☑"]
    assert (table["caption"], table["is_bordered"], table["cells"][0][1]["align"]) == ("Parts", True, "right")
    assert (code["text"], code["language"]) == ("a = 1\nb = 2", "python")

    message = await simulator.wait_for_message(ann)
    assert message.rich == {"blocks": blocks}
    assert message.text == (
        "Photosynthesis\n\nPlants make sugar from light,\nas 6CO_2 says.\n\niii. water\niv. light\n\n☑ done\n\n"
        "Parts\npart | n\nleaf | 2\n\na = 1\nb = 2\n\nLight is life.\n— Ann\n\nMore\n\nInside\n\n———\n\na < b\n\n"
        "loose words"
    )
    assert await simulator.violations() == []


async def test_blocks_are_checked_against_the_specification(simulator: Simulator, call: Caller, ann: int) -> None:
    given = [
        {"type": "heading", "text": ["Ann", {"type": "bold", "text": "!"}], "size": 1},
        {"type": "list", "items": [{"blocks": [{"type": "paragraph", "text": "a", "colour": "red"}]}]},
    ]
    blocks = await rich(call, ann, blocks=given)
    assert blocks[1]["items"][0]["label"] == "•"
    (violation,) = await simulator.violations()
    assert violation["where"] == "rich_message.blocks[1].items[0].blocks[0].colour"


WRONG: list[tuple[dict[str, object], str]] = [
    ({}, "exactly one of html, markdown and blocks"),
    ({"html": "a", "blocks": []}, "exactly one of html, markdown and blocks"),
    ({"markdown": "# a"}, "does not read rich Markdown"),
    ({"html": " "}, "message text is empty"),
    ({"html": "<p>a"}, 'Can\'t find end tag corresponding to start tag "p"'),
    ({"html": "<p>a</b></p>"}, 'Unexpected end tag "b"'),
    ({"html": "<blink>a</blink>"}, 'Unsupported start tag "blink"'),
    ({"html": "<b><p>a</p></b>"}, 'Unexpected tag "p"'),
    ({"html": f"<p>{'a' * 32_769}</p>"}, "rich message is too long"),
    ({"html": "<p>a</p>" * 501}, "at most 500 blocks"),
    ({"html": "<b>" * 17 + "a" + "</b>" * 17}, "at most 16 levels deep"),
    ({"html": f"<table><tr>{'<td>a</td>' * 21}</tr></table>"}, "at most 20 columns"),
    ({"blocks": [{"type": "heading", "text": "a", "size": 7}]}, "the size of a heading is 1 to 6"),
    ({"blocks": [{"type": "thinking", "text": "a"}]}, "for drafts only"),
    ({"blocks": [{"type": "paragraph"}]}, 'can\'t find field "text"'),
    ({"blocks": [{"type": "buttons", "buttons": []}]}, "1 to 8"),
    ({"html": '<img src="tg://photo?id=x">'}, "there is no photo 'x' in media"),
]


@pytest.mark.parametrize(("rich_message", "says"), WRONG)
async def test_what_telegram_does_not_take_is_refused(
    call: Caller, ann: int, rich_message: dict[str, object], says: str
) -> None:
    assert says in await call.error("sendRichMessage", chat_id=ann, rich_message=rich_message)


async def test_what_is_nested_without_an_end_is_refused(call: Caller, ann: int) -> None:
    blocks: list[dict[str, Any]] = [{"type": "paragraph", "text": "a"}]
    for _ in range(200):
        blocks = [{"type": "blockquote", "blocks": blocks}]
    assert "can't parse" in await call.error("sendRichMessage", chat_id=ann, rich_message={"blocks": blocks})


async def test_pictures_come_as_uploads(simulator: Simulator, call: Caller, ann: int) -> None:
    media = '[{"id": "x", "media": {"type": "photo", "media": "attach://chart"}}]'
    message = f'{{"html": "<img src=\\"tg://photo?id=x\\">", "media": {media}}}'
    answer = await call.http.post(
        f"/bot{TOKEN}/sendRichMessage",
        data={"chat_id": str(ann), "rich_message": message},
        files={"chart": ("c.png", png(7, 8))},
    )
    (block,) = answer.json()["result"]["rich_message"]["blocks"]
    assert (block["type"], block["photo"][0]["height"]) == ("photo", 8)
    assert await simulator.violations() == []


async def test_buttons_in_the_text_can_be_pressed(simulator: Simulator, call: Caller, ann: int) -> None:
    button = {"text": "Yes", "callback_data": "yes", "style": "link"}
    text = ["Sure? ", {"type": "button", "button": {"text": "No", "callback_data": "no"}}]
    given = [{"type": "paragraph", "text": text}, {"type": "buttons", "buttons": [button]}]
    sent = await call.result("sendRichMessage", chat_id=ann, rich_message={"blocks": given})
    for name in ("Yes", "No"):
        await simulator.press(ann, sent["message_id"], button=name)
    updates = await call.result("getUpdates")
    assert [update["callback_query"]["data"] for update in updates] == ["yes", "no"]
    assert (await simulator.wait_for_message(ann)).text == "Sure? [No]\n\n[Yes]"


async def test_a_text_is_edited_into_a_rich_message_and_back(simulator: Simulator, call: Caller, ann: int) -> None:
    sent = await call.result("sendMessage", chat_id=ann, text="plain")
    which = {"chat_id": ann, "message_id": sent["message_id"]}
    message = {"html": "<h1>Rich</h1>"}
    edited = await call.result("editMessageText", **which, rich_message=message)
    assert edited["rich_message"]["blocks"] == [{"type": "heading", "text": "Rich", "size": 1}]
    assert "not modified" in await call.error("editMessageText", **which, rich_message=message)
    assert (await call.result("editMessageText", **which, text="plain"))["text"] == "plain"
    shown = await simulator.wait_for_message(ann, lambda message: message.edits == 2)
    assert [version.text for version in shown.history] == ["plain", "Rich"]
    assert shown.rich is None


async def test_drafts_are_events_that_may_be_empty(simulator: Simulator, call: Caller, ann: int) -> None:
    before = await simulator.last_event()
    assert await call.result("sendMessageDraft", chat_id=ann, draft_id=5, text="")
    assert await call.result(
        "sendMessageDraft", chat_id=ann, draft_id=5, text="<b>a</b>", parse_mode="HTML", can_stop=True
    )
    thinking = {"html": "<tg-thinking>Reading …</tg-thinking>"}
    assert await call.result("sendRichMessageDraft", chat_id=ann, draft_id=5, rich_message=thinking)
    shown = [event for event in await simulator.events(after=before) if event.kind == "draft"]
    assert [(event.draft, event.text, event.can_stop) for event in shown] == [
        (5, "", False),
        (5, "a", True),
        (5, "Reading …", False),
    ]
    assert shown[1].entities == [{"offset": 0, "length": 1, "type": "bold"}]
    assert shown[2].rich == {"blocks": [{"type": "thinking", "text": "Reading …"}]}
    assert await call.error("sendMessageDraft", chat_id=ann, draft_id=0, text="a") == (
        "Bad Request: draft_id must be non-zero"
    )
    group = await simulator.add_group("Class", [ann])
    assert "private chat" in await call.error("sendMessageDraft", chat_id=group, draft_id=1, text="a")
    assert len(await simulator.messages(ann)) == 1


async def test_styles_of_buttons_are_known_ones(simulator: Simulator, call: Caller, ann: int) -> None:
    def keyboard(style: str) -> dict[str, Any]:
        return {"inline_keyboard": [[{"text": "A", "callback_data": "a", "style": style}]]}

    sent = await call.result("sendMessage", chat_id=ann, text="?", reply_markup=keyboard("success"))
    assert sent["reply_markup"] == keyboard("success")
    assert "the style of a button is one of danger, primary, success, not green" in await call.error(
        "sendMessage", chat_id=ann, text="?", reply_markup=keyboard("green")
    )
    reply = {"keyboard": [["plain", {"text": "B", "style": "danger"}]]}
    await call.result("sendMessage", chat_id=ann, text="?", reply_markup=reply)
    reply = {"keyboard": [[{"text": "B", "style": "red"}]]}
    assert "not red" in await call.error("sendMessage", chat_id=ann, text="?", reply_markup=reply)
    assert await simulator.violations() == []


async def test_a_disabled_button_does_nothing(simulator: Simulator, call: Caller, ann: int) -> None:
    button: dict[str, Any] = {"text": "Over", "disabled": {}, "style": "danger"}
    markup = {"inline_keyboard": [[button]]}
    sent = await call.result("sendMessage", chat_id=ann, text="?", reply_markup=markup)
    assert sent["reply_markup"] == markup
    with pytest.raises(Refusal, match="The button 'Over' is disabled"):
        await simulator.press(ann, sent["message_id"], button="Over")
    button["callback_data"] = "a"
    assert "exactly one action" in await call.error("sendMessage", chat_id=ann, text="?", reply_markup=markup)
