"""JSON from and to Telegram, by orjson: with Python's own it took a twentieth of an answer."""

import json
from typing import Any

import orjson


def read_json(payload: bytes) -> Any:  # noqa: ANN401 - any JSON
    """What a payload says, with a replacement for what is no text; raises ValueError and RecursionError.

    Every string of it can be stored and sent on.
    """
    try:
        return orjson.loads(payload)
    except orjson.JSONDecodeError:
        # Any client may press a button with bytes of its own making, or half a character, as emoji are written in
        # UTF-16: Telegram hands them on as they are.
        value = json.loads(payload.decode(errors="replace"))
        return json.loads(json.dumps(value, ensure_ascii=False).encode(errors="replace"))


def write_json(value: object) -> bytes:
    """A value as JSON."""
    try:
        return orjson.dumps(value)
    except orjson.JSONEncodeError:  # half a character, as a model may write it
        return json.dumps(value).encode()
