"""Plain text into Telegram's HTML: everything escaped, code as code, formulas as formulas, directions kept apart."""

import re
import unicodedata
from html import escape, unescape

from wcwidth import wcswidth

from delivery.formulas import FORMULA, to_unicode
from quiz.unseen import UNSEEN

FIRST_STRONG_ISOLATE = "\u2068"
POP_ISOLATE = "\u2069"
CODE = r"```(?:(?P<language>[a-z]+)\n)?\n?(?P<block>.+?)```|`(?P<code>[^`\n]+)`"
MARKED = re.compile(f"{CODE}|{FORMULA}", re.DOTALL | re.VERBOSE)
FORMULA_TAG = re.compile(r"<(tg-math|tg-math-block)>(.*?)</\1>", re.DOTALL)
OF_ITS_OWN = re.compile(r"(<pre>.*?</pre>|<tg-math-block>.*?</tg-math-block>)", re.DOTALL)
"""What is no part of a paragraph."""


def to_html(text: str) -> str:
    """The text with its code, code blocks and formulas marked up, and every other character shown as it is.

    Formulas stand as LaTeX in `tg-math`, which only rich messages know: a screen is sent by way of `rich_html`
    or `plain_html`.
    """
    parts: list[str] = []
    at = 0
    for found in MARKED.finditer(text):
        parts.append(escape(text[at : found.start()], quote=False))
        parts.append(_marked_up(found))
        at = found.end()
    return "".join([*parts, escape(text[at:], quote=False)])


def as_typed(text: str) -> str:
    """What a person typed, such as a topic, with no character of it taken for markup."""
    return escape(isolate(text), quote=False)


def has_formula(html: str) -> bool:
    """Whether the HTML holds a formula that a rich message would show set."""
    return "<tg-math" in html


def plain_html(html: str) -> str:
    """The HTML as every message takes it: formulas in plain letters."""
    return FORMULA_TAG.sub(lambda found: escape(to_unicode(unescape(found[2])), quote=False), html)


def rich_html(html: str) -> str:
    """The HTML as rich messages take it, where a line break in the text is none."""
    parts: list[str] = []
    for part in OF_ITS_OWN.split(html):
        if OF_ITS_OWN.fullmatch(part):
            parts.append(part)
        else:
            paragraphs = (one.strip("\n") for one in part.split("\n\n"))
            parts += ["<p>" + one.replace("\n", "<br>") + "</p>" for one in paragraphs if one.strip()]
    return "".join(parts)


def has_code_block(text: str) -> bool:
    """Whether a text holds a block of code, which a button could not show."""
    return "```" in text


def plain_text(text: str) -> str:
    """The text as a button shows it, where nothing can be marked up."""
    return MARKED.sub(_plain, text)


def isolate(text: str) -> str:
    """The text so that its direction does not turn what stands around it; unchanged when all runs left to right.

    What would end the isolation, or turn letters that have a direction of their own, is dropped.
    """
    text = UNSEEN.sub("", text)
    if not text.isascii() and any(unicodedata.bidirectional(one) in {"R", "AL", "AN"} for one in text):
        return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"
    return text


def columns(text: str) -> int:
    """How wide a text is on the screen, in columns of a Latin letter."""
    width = wcswidth(text)
    return width if width >= 0 else 2 * len(text)


def _marked_up(found: re.Match[str]) -> str:
    block, code = found["block"], found["code"]
    if block is not None:
        inside = escape(block.strip("\n"), quote=False)
        language = found["language"]
        return f'<pre><code class="language-{language}">{inside}</code></pre>' if language else f"<pre>{inside}</pre>"
    if code is not None:
        return f"<code>{escape(code, quote=False)}</code>"
    inline = found["inline"] or found["dollars"]
    tag = "tg-math" if inline is not None else "tg-math-block"
    return f"<{tag}>{escape(_latex(found), quote=False)}</{tag}>"


def _plain(found: re.Match[str]) -> str:
    code = found["block"] or found["code"]
    return code if code is not None else to_unicode(_latex(found))


def _latex(found: re.Match[str]) -> str:
    return str(found["inline"] or found["dollars"] or found["shown"] or found["displayed"]).strip()
