"""The parse modes of the Bot API, by their names."""

from collections.abc import Callable
from typing import Any

from simulator.html_mode import parse_html
from simulator.markdown import parse_markdown, parse_markdown_v2

JsonObject = dict[str, Any]

PARSE_MODES: dict[str, Callable[[str], tuple[str, list[JsonObject]]]] = {
    "html": parse_html,
    "markdown": parse_markdown,
    "markdownv2": parse_markdown_v2,
}
"""In small letters: Telegram does not care about case. Each gives text and entities, or raises CannotParse."""
