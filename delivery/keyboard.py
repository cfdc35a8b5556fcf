"""The buttons under a message, as plain values: python-telegram-bot's own cost ten times as much to make and write."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

RIGHT, WRONG = "success", "danger"
"""The styles of a button that is green and of one that is red."""


@dataclass(frozen=True, slots=True)
class KeyboardButton:
    """A button: what it shows, and what it carries or the address that it opens; with neither it cannot be pressed."""

    text: str
    callback_data: str | None = None
    url: str | None = None
    style: str | None = None


@dataclass(frozen=True, slots=True)
class Keyboard:
    """Rows of buttons, from the top."""

    rows: Sequence[Sequence[KeyboardButton]]

    def to_dict(self) -> dict[str, Any]:
        """The keyboard as Telegram writes it."""
        return {"inline_keyboard": [[_written(button) for button in row] for row in self.rows]}

    @staticmethod
    def read(written: dict[str, Any]) -> "Keyboard":
        """The keyboard of which this is the `to_dict`."""
        return Keyboard([[_read(button) for button in row] for row in written["inline_keyboard"]])


def _written(button: KeyboardButton) -> dict[str, Any]:
    style = {"style": button.style} if button.style else {}
    if button.url is not None:
        return {"text": button.text, "url": button.url, **style}
    if button.callback_data is not None:
        return {"text": button.text, "callback_data": button.callback_data, **style}
    return {"text": button.text, "disabled": {}, **style}


def _read(written: dict[str, Any]) -> KeyboardButton:
    return KeyboardButton(written["text"], written.get("callback_data"), written.get("url"), written.get("style"))
