"""JSON as Telegram writes it, of which every string can be stored and sent on."""

import json
import re
from typing import Any

HALF = re.compile(rb"\\u[dD][89a-fA-F]")
"""Half a character of UTF-16, as emoji are written; one that stands alone is no text."""


def read_json(payload: bytes) -> Any:  # noqa: ANN401 - any JSON
    """What the payload says, with a replacement for what is no text; raises ValueError and RecursionError."""
    # Any client may press a button with bytes of its own making, and Telegram hands them on as they are.
    value = json.loads(payload.decode(errors="replace"))
    if HALF.search(payload) is None:
        return value
    return json.loads(json.dumps(value, ensure_ascii=False).encode(errors="replace"))
