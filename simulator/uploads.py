"""Files that come with a call: beside its parameters in a multipart body."""

from dataclasses import dataclass, field
from typing import Any, cast

JsonObject = dict[str, Any]

ATTACHED = "attach://"
FILE_FIELDS = {"media", "photo", "document", "thumbnail", "cover", "animation", "audio", "video", "voice_note"}


@dataclass(frozen=True)
class Upload:
    """A file that came in a multipart body."""

    name: str
    content: bytes = field(repr=False)
    mime_type: str = ""


def attach(values: JsonObject, uploads: dict[str, Upload]) -> set[str]:
    """Put the uploads where `attach://NAME` stands for them; returns the names of those."""
    found: set[str] = set()
    for field_name, value in values.items():
        items = cast("list[Any]", value) if isinstance(value, list) else [value]
        for item in items:
            if isinstance(item, dict):
                found |= attach(cast("JsonObject", item), uploads)
        name = value.removeprefix(ATTACHED) if isinstance(value, str) and field_name in FILE_FIELDS else ""
        if name in uploads and value == f"{ATTACHED}{name}":
            values[field_name] = uploads[name]
            found.add(name)
    return found
