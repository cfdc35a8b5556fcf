"""What a person sees of a screen: Telegram's own reading of its HTML, and its buttons."""

from delivery.buttons import Button, button_of
from delivery.forms import Form, Forms
from delivery.keyboard import KeyboardButton
from delivery.markup import plain_html
from delivery.screen import Screen
from quiz.question import utf16_length
from simulator.entities import trim
from simulator.html_mode import parse_html

LONGEST_MESSAGE = 4096
LONGEST_DATA = 64


async def forget(form: Form, taken: bool) -> None:
    """Keep nothing."""
    del form, taken


PLAIN_ONLY = Forms({}, forget, enabled=False)


def text_of(screen: Screen) -> str:
    """The text as Telegram shows it; fails on HTML or a length that Telegram would refuse."""
    text, _entities = trim(*parse_html(plain_html(screen.html)))
    assert 1 <= utf16_length(text) <= LONGEST_MESSAGE
    return text


def marked(screen: Screen, kind: str) -> list[str]:
    """The parts of the text that are of a kind: bold, code, pre …"""
    text, entities = trim(*parse_html(plain_html(screen.html)))
    units = text.encode("utf-16-le")
    return [
        units[2 * one["offset"] : 2 * (one["offset"] + one["length"])].decode("utf-16-le")
        for one in entities
        if one["type"] == kind
    ]


def rows_of(screen: Screen) -> list[list[KeyboardButton]]:
    """The buttons as they stand; fails on one that Telegram would refuse."""
    rows = [list(row) for row in screen.keyboard.rows] if screen.keyboard else []
    for row in rows:
        assert 1 <= len(row) <= 8
        for button in row:
            assert button.text.strip()
            if button.url is None and button.callback_data is not None:
                assert 1 <= len(button.callback_data.encode()) <= LONGEST_DATA
    return rows


def labels_of(screen: Screen) -> list[str]:
    """What is written on the buttons."""
    return [button.text for row in rows_of(screen) for button in row]


def asked_for(screen: Screen) -> list[Button]:
    """What the buttons carry."""
    return [button_of(str(button.callback_data)) for row in rows_of(screen) for button in row if button.callback_data]
