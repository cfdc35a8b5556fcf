"""Buttons as Telegram takes them, and as they are kept."""

import json

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from delivery.keyboard import Keyboard, KeyboardButton
from delivery.screen import Screen

ROWS = [
    [KeyboardButton("Кислород 🌿", "c:1"), KeyboardButton("Skip", "k:1")],
    [KeyboardButton("Open", url="https://t.me/b")],
]


def test_a_keyboard_is_written_as_python_telegram_bot_writes_it() -> None:
    theirs = InlineKeyboardMarkup(
        [[InlineKeyboardButton(one.text, one.url, one.callback_data) for one in row] for row in ROWS]
    )

    assert Keyboard(ROWS).to_dict() == json.loads(theirs.to_json())


def test_a_screen_that_was_written_down_is_read_back() -> None:
    for screen in (Screen("<b>1/3</b>", Keyboard(ROWS)), Screen("The end")):
        assert Screen.read(screen.written_down()) == screen
