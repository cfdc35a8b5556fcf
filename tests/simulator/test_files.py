"""Photos and documents, sent by bots and by people."""

import struct
import zlib

from simulator.client import Simulator
from tests.simulator.conftest import TOKEN, Caller


def png(width: int, height: int) -> bytes:
    """A black picture."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\0" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


async def test_a_document_from_a_person_reaches_the_bot_and_the_page(
    simulator: Simulator, call: Caller, ann: int
) -> None:
    content = bytes(range(256)) + b"\r\n--not the end\r\n\r\n"
    said = await simulator.upload(ann, "заметки 1.bin", content, caption="/notes of today")
    (update,) = await call.result("getUpdates")
    assert update["update_id"] == said.update_id
    assert update["message"]["caption"] == "/notes of today"
    document = update["message"]["document"]
    assert (document["file_name"], document["file_size"]) == ("заметки 1.bin", len(content))

    message = (await simulator.messages(ann))[-1]
    assert message.file is not None
    assert (message.file["kind"], message.text) == ("document", "/notes of today")
    assert message.file["url"] == f"/control/files/{document['file_id']}"
    assert await simulator.file(message.file) == content


async def test_a_bots_photo_is_shown_with_its_size(simulator: Simulator, call: Caller, ann: int) -> None:
    picture = png(30, 20)
    fields = {"chat_id": str(ann), "caption": "A <b>chart</b>", "parse_mode": "HTML"}
    answer = await call.http.post(f"/bot{TOKEN}/sendPhoto", data=fields, files={"photo": ("chart.png", picture)})
    (size,) = answer.json()["result"]["photo"]
    assert (size["width"], size["height"], size["file_size"]) == (30, 20, len(picture))
    message = await simulator.wait_for_message(ann)
    assert message.html == "A <b>chart</b>"
    assert message.file is not None
    assert (message.file["kind"], message.file["width"], message.file["mime_type"]) == ("photo", 30, "image/png")
    assert await simulator.file(message.file) == picture
