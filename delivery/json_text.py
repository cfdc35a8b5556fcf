"""JSON from and to Telegram, by orjson: with Python's own it took a twentieth of an answer."""

import json

import orjson


def read_json(payload: bytes) -> object:
    """What a payload says; raises ValueError or RecursionError when it is no JSON."""
    try:
        return orjson.loads(payload)
    except orjson.JSONDecodeError:
        # Any client may press a button with bytes of its own making, and Telegram hands them on as they are.
        return json.loads(payload.decode(errors="replace"))


def write_json(value: object) -> bytes:
    """A value as JSON."""
    try:
        return orjson.dumps(value)
    except orjson.JSONEncodeError:  # half a character, as a person may send it
        return json.dumps(value).encode()
