"""The text of a question as HTML for other programs: code as code, line breaks kept, formulas left in LaTeX."""

import re
from html import escape

CODE = re.compile(r"```(?:(?P<program>[a-z]+)\n)?\n?(?P<block>.+?)```|`(?P<code>[^`\n]+)`", re.DOTALL)
"""As `delivery/markup.py` has it."""
DOLLARS = re.compile(r"(?<![\w$\\])\$((?=\S)(?=[^$\n]{0,500}[\\^_{])[^$\n]{1,500}(?<=\S))\$(?![\w$])")


def to_html(text: str) -> str:
    """The text as HTML, with formulas in the marks that MathJax knows: ``\\(…\\)`` and ``\\[…\\]`` or ``$$…$$``."""
    parts: list[str] = []
    at = 0
    for found in CODE.finditer(text):
        before = text[at : found.start()]
        is_block = found["block"] is not None
        # A block of code begins and ends a line by itself.
        parts.append(_plain(before.removesuffix("\n") if is_block else before))
        parts.append(_code(found))
        at = found.end() + (is_block and text.startswith("\n", found.end()))
    return "".join([*parts, _plain(text[at:])])


def _plain(text: str) -> str:
    with_marks = DOLLARS.sub(lambda found: f"\\({found[1]}\\)", text)
    return escape(with_marks, quote=False).replace("\n", "<br>")


def _code(found: re.Match[str]) -> str:
    if found["block"] is None:
        return f"<code>{escape(found['code'], quote=False)}</code>"
    program = f' class="language-{found["program"]}"' if found["program"] else ""
    return f"<pre><code{program}>{escape(found['block'].strip(chr(10)), quote=False)}</code></pre>"
