"""Newer forms of messages, which not every Bot API server takes, and which of them this one takes."""

from collections.abc import Awaitable, Callable, Mapping
from enum import StrEnum


class Form(StrEnum):
    """A form that has a plain one to fall back to; the values stand in Redis and never change."""

    DRAFT = "message-draft"
    ANSWERED = "answered-buttons"
    """Buttons that cannot be pressed any more, green where right and red where wrong."""
    RICH = "rich-message"
    """Formulas set as formulas."""


Remember = Callable[[Form, bool], Awaitable[None]]


LEFT_OUT_FIRST = (Form.RICH, Form.ANSWERED)
"""What a message is shown without when Telegram refuses it: a formula may be wrong, buttons are ours."""


class Forms:
    """What this deployment's Telegram said to each form: one that its server does not know is not tried again.

    That is for as long as this process runs, and after a start for a week since it was found out.
    """

    def __init__(self, known: Mapping[str, bool], remember: Remember, *, enabled: bool = True) -> None:
        """`known` is what was said before; `remember` keeps what is said from now on, and may not raise."""
        self._known = dict(known)
        self._remember = remember
        self._enabled = enabled

    def may_be_used(self, form: Form) -> bool:
        """Whether the form was taken, or not tried yet."""
        return self._enabled and self._known.get(form, True)

    async def was(self, form: Form, *, taken: bool) -> None:
        """Keep what Telegram said; a form that was taken once stays so, whatever becomes of one message."""
        if form not in self._known:
            self._known[form] = taken
            await self._remember(form, taken)
