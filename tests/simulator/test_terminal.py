"""A private chat as a person reads and plays it in a terminal."""

import asyncio
import contextlib
import os
import pty
import sys
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from simulator.client import Button, Message, NotSeen, Simulator, Version
from simulator.html_mode import parse_html
from simulator.markup import read_entities
from simulator.reading import Page, lines_of
from simulator.terminal import autoplay, play, typed_lines
from tests.simulator.conftest import Caller


async def greet(call: Caller) -> None:
    """A bot that asks one question, judges the answer in place, and says goodbye."""
    offset = 0
    while True:
        for update in await call.result("getUpdates", offset=offset, timeout=20):
            offset = update["update_id"] + 1
            if "callback_query" in update:
                await judge(call, update["callback_query"])
            else:
                await ask(call, update["message"])


async def ask(call: Caller, message: dict[str, Any]) -> None:
    text = f"<b>You said</b>\n<code>{message['text']}</code>\nWhich one?"
    rows = [
        [{"text": "\N{MOUSE} mouse", "callback_data": "a"}, {"text": "תשובה", "callback_data": "b"}],
        [{"text": "Help", "url": "https://help.example"}],
    ]
    keyboard = {"inline_keyboard": rows}
    await call.result("sendMessage", chat_id=1001, text=text, parse_mode="HTML", reply_markup=keyboard)


async def judge(call: Caller, press: dict[str, Any]) -> None:
    await call.result("answerCallbackQuery", callback_query_id=press["id"], text="Got it")
    message_id = press["message"]["message_id"]
    text = f"You said\nit was <tg-spoiler>{press['data']}</tg-spoiler>"
    await call.result("editMessageText", chat_id=1001, message_id=message_id, text=text, parse_mode="HTML")
    await call.result("sendMessage", chat_id=1001, text="Goodbye")


@contextlib.asynccontextmanager
async def running_bot(call: Caller) -> AsyncGenerator[None]:
    bot = asyncio.create_task(greet(call))
    try:
        yield
    finally:
        bot.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await bot


class Paper:
    """What was written, and a way to wait for it: a person types only after reading."""

    def __init__(self) -> None:
        self.text = ""
        self._more = asyncio.Event()

    def write(self, text: str) -> None:
        self.text += text
        self._more.set()

    async def shows(self, text: str, times: int = 1) -> None:
        while self.text.count(text) < times:
            self._more.clear()
            await self._more.wait()


def is_goodbye(message: Message) -> bool:
    return message.text == "Goodbye"


def unread(_text: str) -> None:
    """Nobody looks."""


def nothing(_message: Message) -> Sequence[Button]:
    return ()


async def test_a_conversation_that_plays_itself_is_written_down_plainly(simulator: Simulator, call: Caller) -> None:
    user = await simulator.add_user("Ann")
    written: list[str] = []
    async with running_bot(call):
        last = await autoplay(
            simulator, user, "/start", is_goodbye, lambda message: message.buttons[1:2], written.append, colour=False
        )
    assert last.text == "Goodbye"
    assert "".join(written) == (
        "Ann\n"
        "  /start\n"
        "\n"
        "Simulated bot\n"
        "  You said\n"
        "  `/start`\n"
        "  Which one?\n"
        "  [1] \N{MOUSE} mouse\n"
        "  [2] תשובה\n"
        "  [3] Help (https://help.example)\n"
        "\n"
        "You press [תשובה]\n"
        "Toast: Got it\n"
        "Simulated bot ✎ edited\n"
        "  You said\n"
        "» it was ||b||\n"
        "\n"
        "Simulated bot\n"
        "  Goodbye\n"
        "\n"
    )


async def test_a_bot_that_falls_silent_ends_the_play_with_an_error(simulator: Simulator, call: Caller) -> None:
    user = await simulator.add_user("Ann")
    async with running_bot(call):
        with pytest.raises(NotSeen, match=r"(?s)not seen within 0.3 s.*Which one"):
            await autoplay(simulator, user, "/start", is_goodbye, nothing, unread, within=0.3)


async def test_a_person_writes_presses_by_number_and_leaves_with_an_empty_line(
    simulator: Simulator, call: Caller
) -> None:
    user = await simulator.add_user("Ann")
    paper = Paper()

    async def typing() -> AsyncIterator[str]:
        await paper.shows("[1]")
        yield "77"
        await paper.shows("The buttons are 1 to ")
        yield "seventy-seven"
        await paper.shows("[1]", times=2)
        yield "3"
        yield "1"
        await paper.shows("Goodbye")
        yield ""

    async with running_bot(call):
        left = await play(
            simulator, user, "/start", lambda _message: False, lines=typing(), write=paper.write, colour=False
        )
    assert left is None
    assert "Ann\n  /start\n" in paper.text
    # What a person typed stands on the screen already.
    assert "  `seventy-seven`\n" in paper.text
    assert "Ann\n  seventy-seven\n" not in paper.text
    assert "That button opens https://help.example.\n" in paper.text
    assert "You press [\N{MOUSE} mouse]\n" in paper.text


async def test_play_ends_when_it_is_over(simulator: Simulator, call: Caller) -> None:
    user = await simulator.add_user("Ann")
    paper = Paper()

    async def typing() -> AsyncIterator[str]:
        await paper.shows("[1]")
        yield "1"
        await asyncio.Event().wait()

    async with running_bot(call):
        last = await play(simulator, user, "/start", is_goodbye, lines=typing(), write=paper.write, colour=False)
    assert last is not None
    assert last.text == "Goodbye"


async def test_pasted_lines_come_as_one_text(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = pty.openpty()
    with open(theirs, encoding="utf-8") as terminal:  # noqa: ASYNC230, PTH123 - a descriptor, and no file
        monkeypatch.setattr(sys, "stdin", terminal)
        lines = typed_lines()
        os.write(ours, "первая\n\nthird 🐭\n".encode())
        assert await anext(lines) == "первая\n\nthird 🐭"
        os.write(ours, b"\n")
        assert await anext(lines) == ""
        os.write(ours, b"\x04")
        assert [line async for line in lines] == []
    os.close(ours)


def a_message(markup: str, *buttons: str) -> Message:
    text, entities = parse_html(markup)
    rows = (tuple(Button(button, "data") for button in buttons),)
    return Message(2, 1, 9, "Bot", True, 0.0, text, read_entities(entities), rows, None, (), False)


def test_styles_stand_for_entities_where_there_are_colours() -> None:
    shown = Page(colour=True, width=40).message(a_message("<b>bold</b> <code>code</code>", "Go"))
    assert "\x1b[1mbold" in shown
    assert "`" not in shown


def test_code_blocks_quotations_and_links_can_be_told_without_colours() -> None:
    markup = '<pre>a = 1\nb</pre>\n<blockquote>so\nit goes</blockquote>\n<a href="https://a.example">see</a>'
    shown = Page(colour=False, width=40).message(a_message(markup))
    assert shown == ("Bot\n      a = 1\n      b\n  ▎ so\n  ▎ it goes\n  see (https://a.example)\n\n")


async def test_files_polls_and_what_happened_are_told(simulator: Simulator, call: Caller, ann: int) -> None:
    page = Page(colour=False, width=80)
    await simulator.upload(ann, "notes.txt", b"abc", caption="Mine")
    await call.result("sendPoll", chat_id=ann, question="Sure?", options=[{"text": "Yes"}, {"text": "No"}])
    group = await simulator.add_group("Class", [ann])
    await simulator.set_member(group, await simulator.add_user("Bob"), "member")
    shown = [page.message(message) for message in (await simulator.messages(ann))[-2:]]
    shown += [page.message(message) for message in await simulator.messages(group)]
    assert [part.split() for part in shown] == [
        ["Ann", "📎", "notes.txt", "(3", "bytes)", "Mine"],
        ["Simulated", "bot", "Sure?", "○", "Yes", "(0)", "○", "No", "(0)"],
        ["Bob:", "new", "chat", "members"],
    ]


def test_wide_characters_are_counted_when_lines_are_wrapped() -> None:
    shown = Page(colour=True, width=20).message(a_message("漢字" * 30 + " שלום עולם " * 5))
    assert all(cell_len(line) <= 20 for line in shown.splitlines())
    assert shown.count("漢") == 30


def test_a_message_cannot_take_over_the_terminal() -> None:
    shown = Page(colour=False, width=40).message(a_message("a\x1b[2Jb\x07\x9b", "x\x1b]0;title\x07"))
    assert not any(bad in shown for bad in "\x1b\x07\x9b")


def test_when_only_buttons_change_only_buttons_are_shown() -> None:
    before = a_message("Question one?", "A", "B")
    version = Version(before.text, before.entities, before.rows, 0.0)
    page = Page(colour=False, width=40)
    without = replace(before, rows=(), history=(version,))
    assert page.edited(without) == "✎ the buttons under “Question one?” are gone\n"
    marked = replace(before, rows=((Button("✓ A", "a"),),), history=(version,))
    assert page.edited(marked) == "✎ the buttons under “Question one?” are now\n  [1] ✓ A\n\n"


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_every_text_can_be_laid_out(text: str) -> None:
    for colour in (True, False):
        lines = lines_of(text, (), colour=colour)
        assert len(lines) == text.count("\n") + 1
        Page(colour=colour, width=20).message(a_message("x", text))
