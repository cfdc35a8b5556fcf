"""Files that go to Telegram, and files that come from it."""

import gzip
from io import BytesIO
from pathlib import Path

import pytest
from telegram import InputFile, InputMediaDocument
from telegram.error import InvalidToken, NetworkError

from bot import request as requests
from bot.request import TelegramRequest
from tests.request.calls import data, file, method
from tests.request.scripted_telegram import ScriptedTelegram, refuses, says


async def test_a_file_is_sent_with_its_name_and_kind(telegram: ScriptedTelegram, request_: TelegramRequest) -> None:
    content = bytes(range(256)) * 8192
    document = InputFile(content, filename="Ответы.xlsx")

    await request_.post(method(telegram, "sendDocument"), data(chat_id=5, caption="все", document=document))

    parts = telegram.calls[0].parts
    assert parts["document"].content == content
    assert 'filename="Ответы.xlsx"'.encode() in telegram.calls[0].body
    assert parts["document"].kind == document.mimetype
    assert {name: part.content for name, part in parts.items() if name != "document"} == {
        "chat_id": b"5",
        "caption": "все".encode(),
    }


async def test_several_files_are_found_by_the_names_that_the_call_gives_them(
    telegram: ScriptedTelegram, request_: TelegramRequest, tmp_path: Path
) -> None:
    handle = (tmp_path / "read.txt").open("w+b")
    handle.write(b"from the disk")
    handle.seek(0)
    media = [
        InputMediaDocument(InputFile(file, attach=True, read_file_handle=not isinstance(file, type(handle))))
        for file in (BytesIO(b"one"), BytesIO(b"two"), handle)
    ]

    await request_.post(method(telegram, "sendMediaGroup"), data(chat_id=5, media=media))

    parts = telegram.calls[0].parts
    listed = parts["media"].content
    contents = {name: part.content for name, part in parts.items() if name not in {"media", "chat_id"}}
    assert sorted(contents.values()) == [b"from the disk", b"one", b"two"]
    assert all(f"attach://{name}".encode() in listed for name in contents)


async def test_no_name_of_a_file_breaks_out_of_its_place(telegram: ScriptedTelegram, request_: TelegramRequest) -> None:
    name = 'a"; name="chat_id"\r\nContent-Type: text/html\r\n\r\n.txt'

    await request_.post(method(telegram), data(chat_id=5, document=InputFile(b"content", filename=name)))

    parts = telegram.calls[0].parts
    assert set(parts) == {"chat_id", "document"}
    assert parts["document"].kind == "text/plain"
    assert parts["document"].content == b"content"


async def test_a_file_comes_as_it_is(telegram: ScriptedTelegram, request_: TelegramRequest) -> None:
    content = bytes(range(256)) * (20 * 4096)
    telegram.answers = [says(200, content)]

    assert await request_.retrieve(file(telegram)) == content
    assert telegram.calls[0].method == "GET"
    assert "content-type" not in telegram.calls[0].headers


async def test_a_file_that_is_not_there_is_refused_as_a_call_is(
    telegram: ScriptedTelegram, request_: TelegramRequest
) -> None:
    telegram.answers = [refuses(404, "Not Found")]

    with pytest.raises(InvalidToken, match="Not Found"):
        await request_.retrieve(file(telegram))


@pytest.mark.parametrize("packed", [False, True])
async def test_an_answer_without_end_is_not_read_to_its_end(
    telegram: ScriptedTelegram, request_: TelegramRequest, monkeypatch: pytest.MonkeyPatch, packed: bool
) -> None:
    monkeypatch.setattr(requests, "LARGEST_ANSWER", 100_000)
    body = b" " * 1_000_000
    telegram.answers = [says(200, gzip.compress(body), "Content-Encoding: gzip") if packed else says(200, body)]

    with pytest.raises(NetworkError, match="too large"):
        await request_.post(method(telegram))

    assert await request_.post(method(telegram)) is True
