"""Photos and documents, sent by bots and by people."""

import json
from typing import Any

import pytest
import telegram
from telegram import Bot, InputMediaPhoto

from simulator.client import Fault, Refusal, Simulator
from simulator.files import File
from tests.simulator.conftest import TOKEN, Caller
from tests.simulator.pictures import png


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


async def upload(call: Caller, method: str, files: dict[str, tuple[str, bytes]], **fields: object) -> dict[str, Any]:
    """Call with a multipart body."""
    data = {name: value if isinstance(value, str) else json.dumps(value) for name, value in fields.items()}
    return (await call.http.post(f"/bot{TOKEN}/{method}", data=data, files=files)).json()


async def test_python_telegram_bot_uploads_and_downloads(simulator: Simulator, ann: int) -> None:
    async with Bot(TOKEN, base_url=simulator.bot_api_url, base_file_url=simulator.file_url) as bot:
        sent = await bot.send_document(ann, b"name,right\nAnn,7\n", filename="Ответы.csv", caption="Answers")
        assert sent.document is not None
        assert (sent.document.file_name, sent.document.mime_type, sent.caption) == ("Ответы.csv", "text/csv", "Answers")
        await simulator.upload(ann, "notes.txt", b"\xd0\x9c\xd0\xb8\xd1\x82\xd0\xbe\xd0\xb7")
        (update,) = (await bot.get_updates())[-1:]
        assert update.message is not None
        assert update.message.document is not None
        assert (await (await update.message.document.get_file()).download_as_bytearray()).decode() == "Митоз"
        again = await bot.send_document(ann, sent.document.file_id)
        assert again.document == sent.document
        edited = await sent.edit_media(InputMediaPhoto(png(9, 9), caption="<b>Chart</b>", parse_mode="HTML"))
        assert isinstance(edited, telegram.Message)
        assert (edited.photo[-1].width, edited.caption) == (9, "Chart")
    shown = await simulator.wait_for_message(ann, lambda message: message.edits == 1)
    assert shown.file is not None
    assert (shown.file["kind"], shown.html) == ("photo", "<b>Chart</b>")
    assert await simulator.violations() == []


async def test_an_album_is_a_message_each_by_attachments(simulator: Simulator, call: Caller, ann: int) -> None:
    media = [
        {"type": "photo", "media": "attach://one", "caption": "First"},
        {"type": "photo", "media": "attach://two"},
    ]
    files = {"one": ("1.png", png(2, 2)), "two": ("2.png", png(3, 3))}
    sent = (await upload(call, "sendMediaGroup", files, chat_id=ann, media=media))["result"]
    assert [message["photo"][0]["width"] for message in sent] == [2, 3]
    assert len({message["media_group_id"] for message in sent}) == 1
    assert (sent[0].get("caption"), sent[1].get("caption")) == ("First", None)
    assert await simulator.violations() == []
    one = await upload(call, "sendMediaGroup", {"one": files["one"]}, chat_id=ann, media=media[:1])
    assert one["description"] == "Bad Request: an album has 2 to 10 files"


async def test_captions_are_edited_and_measured(call: Caller, ann: int) -> None:
    document = {"document": ("a.txt", b"a")}
    long = await upload(call, "sendDocument", document, chat_id=ann, caption="c" * 1025)
    assert long["description"] == "Bad Request: message caption is too long"
    sent = (await upload(call, "sendDocument", document, chat_id=ann, caption="c" * 1024))["result"]
    which = {"chat_id": ann, "message_id": sent["message_id"]}
    edited = await call.result("editMessageCaption", **which, caption="<i>new</i>", parse_mode="HTML")
    assert (edited["caption"], edited["caption_entities"][0]["type"]) == ("new", "italic")
    assert "not modified" in await call.error("editMessageCaption", **which, caption="<i>new</i>", parse_mode="HTML")
    assert "caption" not in await call.result("editMessageCaption", **which)
    assert await call.error("editMessageText", **which, text="a") == (
        "Bad Request: there is no text in the message to edit"
    )
    text = await call.result("sendMessage", chat_id=ann, text="a")
    assert await call.error("editMessageCaption", chat_id=ann, message_id=text["message_id"], caption="b") == (
        "Bad Request: there is no caption in the message to edit"
    )


async def test_a_text_becomes_a_file_but_a_poll_does_not(simulator: Simulator, call: Caller, ann: int) -> None:
    text = await call.result("sendMessage", chat_id=ann, text="Drawing …")
    media = {"type": "photo", "media": "attach://chart"}
    chart = {"chart": ("c.png", png(4, 4))}
    edited = await upload(call, "editMessageMedia", chart, chat_id=ann, message_id=text["message_id"], media=media)
    assert "text" not in edited["result"]
    assert edited["result"]["photo"][0]["width"] == 4
    (message,) = [each for each in await simulator.messages(ann) if each.from_bot]
    assert [version.text for version in message.history] == ["Drawing …"]
    poll = await call.result("sendPoll", chat_id=ann, question="?", options=[{"text": "a"}])
    refused = await upload(call, "editMessageMedia", chart, chat_id=ann, message_id=poll["message_id"], media=media)
    assert refused["description"] == "Bad Request: message media can't be edited"


@pytest.mark.parametrize(
    ("method", "field", "value", "says"),
    [
        ("sendPhoto", "photo", ("a.png", b"no picture"), "IMAGE_PROCESS_FAILED"),
        ("sendPhoto", "photo", ("a.png", png(21, 1)), "PHOTO_INVALID_DIMENSIONS"),
        ("sendPhoto", "photo", ("a.png", png(10_000, 1)), "PHOTO_INVALID_DIMENSIONS"),
        ("sendPhoto", "photo", ("a.png", png(1, 1) + bytes(10 << 20)), "bytes is too big for a photo; the maximum"),
        ("sendDocument", "document", ("a.bin", b""), "file must be non-empty"),
        ("sendDocument", "document", "attach://nothing", "there is no document in the request"),
        ("sendDocument", "document", "https://a.example/b.pdf", "the simulator fetches nothing"),
        ("sendDocument", "document", "AgADnothing", "wrong file identifier/HTTP URL specified"),
    ],
)
async def test_what_telegram_does_not_take_is_refused(
    call: Caller, ann: int, method: str, field: str, value: str | tuple[str, bytes], says: str
) -> None:
    if isinstance(value, str):
        answer = await call(method, chat_id=ann, **{field: value})
    else:
        answer = await upload(call, method, {field: value}, chat_id=ann)
    assert answer["error_code"] == 400
    assert says in answer["description"]


async def test_a_photo_is_no_document(simulator: Simulator, call: Caller, ann: int) -> None:
    await simulator.upload(ann, "a.png", png(5, 5))
    (message,) = [update["message"] for update in await call.result("getUpdates")]
    photo = message["photo"][0]["file_id"]
    assert await call.error("sendDocument", chat_id=ann, document=photo) == (
        "Bad Request: can't use file of type Photo as Document"
    )
    await call.result("sendPhoto", chat_id=ann, photo=photo)
    await simulator.upload(ann, "a.png", png(5, 5), kind="document")
    assert (await call.result("getUpdates"))[-1]["message"]["document"]["mime_type"] == "image/png"
    with pytest.raises(Refusal, match="must be a PNG, JPEG or GIF"):
        await simulator.upload(ann, "a.txt", b"a", kind="photo")


async def test_a_bot_uploads_50_megabytes_and_downloads_20(simulator: Simulator, call: Caller, ann: int) -> None:
    whole = (await upload(call, "sendDocument", {"document": ("a.bin", bytes(50 << 20))}, chat_id=ann))["result"]
    assert whole["document"]["file_size"] == 50 << 20
    too_big = await upload(call, "sendDocument", {"document": ("a.bin", bytes((50 << 20) + 1))}, chat_id=ann)
    assert (too_big["error_code"], too_big["description"]) == (413, "Request Entity Too Large")
    await simulator.upload(ann, "big.bin", bytes((20 << 20) + 1))
    await simulator.upload(ann, "less.bin", bytes(20 << 20))
    big, less = [update["message"]["document"]["file_id"] for update in await call.result("getUpdates")]
    assert await call.error("getFile", file_id=big) == "Bad Request: file is too big"
    assert (await call.result("getFile", file_id=less))["file_size"] == 20 << 20
    assert await call.error("getFile", file_id="nothing") == "Bad Request: invalid file_id"


async def test_downloads_can_fail_and_are_seen_as_calls(simulator: Simulator, call: Caller, ann: int) -> None:
    await simulator.upload(ann, "a.txt", b"hello")
    (message,) = [update["message"] for update in await call.result("getUpdates")]
    path = (await call.result("getFile", file_id=message["document"]["file_id"]))["file_path"]
    await simulator.add_faults(Fault("file", "502", times=1))
    answers = [await call.http.get(f"/file/bot{TOKEN}/{each}") for each in (path, path, "documents/none")]
    assert [answer.status_code for answer in answers] == [502, 200, 404]
    assert answers[1].content == b"hello"
    assert [each["status"] for each in await simulator.calls("file")] == [502, 200, 404]
    assert (await call.http.get(f"/file/bot{TOKEN}x/{path}")).status_code == 401


async def test_several_messages_are_deleted_at_once(simulator: Simulator, call: Caller, ann: int) -> None:
    sent = [(await call.result("sendMessage", chat_id=ann, text="a"))["message_id"] for _ in range(3)]
    assert await call.result("deleteMessages", chat_id=ann, message_ids=[*sent[:2], 999])
    left = [message.message_id for message in await simulator.messages(ann) if not message.deleted]
    assert sent[2] in left
    assert not set(sent[:2]) & set(left)
    for message_ids, says in (([], "not specified"), (list(range(101)), "too many message identifiers")):
        assert says in await call.error("deleteMessages", chat_id=ann, message_ids=message_ids)


@pytest.mark.parametrize("name", ['a"b.txt', "c;d.txt", "файл.txt", "../etc/passwd"])
async def test_file_names_come_through_as_they_are(simulator: Simulator, call: Caller, ann: int, name: str) -> None:
    await simulator.upload(ann, name, b"a")
    (update,) = await call.result("getUpdates")
    assert update["message"]["document"]["file_name"] == name


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("notes.TXT", ".TXT"),
        ("a.tar.gz", ".gz"),
        ("a/b.tar/../x", ""),
        ("a.b c", ""),
        ("a.ы", ""),
        ("a.txt\n", ""),
        ("a.", ""),
        ("a.elevenchars", ""),
        ("a", ""),
    ],
)
def test_only_a_plain_ending_of_a_name_comes_into_a_path(name: str, ending: str) -> None:
    assert File("1", "u1", "document", name, "", b"").path == f"documents/file_u1{ending}"
