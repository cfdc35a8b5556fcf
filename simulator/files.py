"""Files that bots and people send: kept in memory under their ids."""

import mimetypes
import re
import struct
from dataclasses import dataclass
from typing import Any, Literal

JsonObject = dict[str, Any]
FileKind = Literal["photo", "document"]

PNG, GIF, JPEG = b"\x89PNG\r\n\x1a\n", b"GIF8", b"\xff\xd8"
# Start-of-frame markers; C4, C8 and CC in this range are something else.
JPEG_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}


@dataclass(frozen=True)
class File:
    """A file as it was sent; of a photo the size in pixels is known."""

    id: str
    unique_id: str
    kind: FileKind
    name: str
    mime_type: str
    content: bytes
    width: int | None = None
    height: int | None = None

    @property
    def size(self) -> int:
        """In bytes."""
        return len(self.content)

    @property
    def path(self) -> str:
        """Where getFile says that it lies."""
        # Of a name, which anybody may have chosen, only a plain ending comes into a path.
        ending = re.search(r"\.[A-Za-z0-9]{1,10}\Z", self.name)
        usual = ".jpg" if self.kind == "photo" and "." not in self.name else ""
        return f"{self.kind}s/file_{self.unique_id}{ending[0] if ending else usual}"

    def as_json(self) -> JsonObject:
        """The field of Telegram's Message: a list of one PhotoSize, or a Document."""
        known: JsonObject = {"file_id": self.id, "file_unique_id": self.unique_id, "file_size": self.size}
        if self.kind == "photo":
            return {"photo": [{**known, "width": self.width, "height": self.height}]}
        return {"document": {**known, "file_name": self.name, "mime_type": self.mime_type}}

    def as_transcript(self) -> JsonObject:
        """How the control API shows it."""
        shown: JsonObject = {
            "kind": self.kind,
            "file_id": self.id,
            "file_name": self.name,
            "mime_type": self.mime_type,
            "size": self.size,
            "url": f"/control/files/{self.id}",
        }
        return shown | ({"width": self.width, "height": self.height} if self.width is not None else {})


def mime_type_of(name: str) -> str:
    """What a file of this name is, as far as names tell."""
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def pixels(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, GIF or JPEG picture; None when it is none of them."""
    if content.startswith(PNG) and len(content) >= 24:
        return struct.unpack(">II", content[16:24])
    if content.startswith(GIF) and len(content) >= 10:
        return struct.unpack("<HH", content[6:10])
    return _pixels_of_jpeg(content) if content.startswith(JPEG) else None


def _pixels_of_jpeg(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        if content[at + 1] in JPEG_FRAMES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return None
