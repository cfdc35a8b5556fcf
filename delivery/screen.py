"""What one message shows, and the forms in which Telegram can be asked to show it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from telegram.constants import ParseMode

from delivery.forms import LEFT_OUT_FIRST, Form, Forms
from delivery.keyboard import Keyboard
from delivery.markup import has_formula, plain_html, rich_html

HTML = str(ParseMode.HTML)
NO_PREVIEW = {"is_disabled": True}
PLAIN = frozenset[Form]()
"""The form that every server takes."""


@dataclass(frozen=True, slots=True)
class Screen:
    """What one message shows: Telegram's HTML, and the buttons under it.

    `answered` is the same with buttons to be looked at only, where Telegram has such. Formulas are set as such where
    it takes rich messages.
    """

    html: str
    keyboard: Keyboard | None = None
    answered: "Screen | None" = None

    def written_down(self) -> str:
        """The screen as text, for `read`; its plain form, since who reads it may be another release."""
        return json.dumps([self.html, self.keyboard.to_dict() if self.keyboard else None])

    @staticmethod
    def read(text: str) -> "Screen":
        """The screen that was written down."""
        html, keyboard = json.loads(text)
        return Screen(html, Keyboard.read(keyboard) if keyboard else None)

    def forms(self, forms: Forms) -> Iterator[frozenset[Form]]:
        """The newer forms in which it can be shown, from the most to none."""
        has = {Form.RICH: has_formula(self.html), Form.ANSWERED: self.answered is not None}
        newer = [form for form in LEFT_OUT_FIRST if has[form] and forms.may_be_used(form)]
        for first in range(len(newer)):
            yield frozenset(newer[first:])
        yield PLAIN

    def parameters(self, forms: frozenset[Form]) -> dict[str, Any]:
        """The screen in these forms as Telegram takes it; written here, since python-telegram-bot's objects would take
        most of a call."""
        shown = self.answered if self.answered is not None and Form.ANSWERED in forms else self
        keyboard = {"reply_markup": shown.keyboard.to_dict()} if shown.keyboard else {}
        if Form.RICH in forms:
            return {"rich_message": {"html": rich_html(shown.html)}, **keyboard}
        return {"text": plain_html(shown.html), "parse_mode": HTML, "link_preview_options": NO_PREVIEW, **keyboard}
