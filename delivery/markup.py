"""Plain text into Telegram's HTML: everything escaped, code as code, directions kept apart."""

import re
import unicodedata
from html import escape

from wcwidth import wcswidth

FIRST_STRONG_ISOLATE = "\u2068"
POP_ISOLATE = "\u2069"
CODE = re.compile(r"```(?:[a-z]*\n)?(.+?)```|`([^`\n]+)`", re.DOTALL)


def to_html(text: str) -> str:
    """The text with its ``code`` and code blocks marked up, and every other character shown as it is."""
    parts: list[str] = []
    at = 0
    for code in CODE.finditer(text):
        parts.append(escape(text[at : code.start()], quote=False))
        block, inline = code.groups()
        parts.append(_tag("pre", block.strip("\n")) if block is not None else _tag("code", inline))
        at = code.end()
    return "".join([*parts, escape(text[at:], quote=False)])


def has_code_block(text: str) -> bool:
    """Whether a text holds a block of code, which a button could not show."""
    return "```" in text


def without_code_marks(text: str) -> str:
    """The text as a button shows it, where nothing can be marked up."""
    return CODE.sub(lambda code: code[1] or code[2], text)


def isolate(text: str) -> str:
    """The text so that its direction does not turn what stands around it; unchanged when all runs left to right."""
    if not text.isascii() and any(unicodedata.bidirectional(one) in {"R", "AL", "AN"} for one in text):
        return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"
    return text


def columns(text: str) -> int:
    """How wide a text is on the screen, in columns of a Latin letter."""
    width = wcswidth(text)
    return width if width >= 0 else 2 * len(text)


def _tag(name: str, text: str) -> str:
    return f"<{name}>{escape(text, quote=False)}</{name}>"
