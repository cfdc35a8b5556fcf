"""What a call sends over real HTTP, and what the answers of Telegram and of others become."""

import gzip
import logging

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.request import BaseRequest, RequestData

from bot.request import NotTelegrams, TelegramRequest
from delivery.failures import wait_of
from tests.request.calls import SECRET, TOKEN, assert_tells_nothing, data, method
from tests.request.scripted_telegram import ScriptedTelegram, head, ok, refuses, says, sends


async def test_a_call_is_an_object_whose_structures_are_json_again(
    telegram: ScriptedTelegram, request_: TelegramRequest
) -> None:
    fields = data(chat_id=5, text="Привет & <b>welcome</b> = 1 + 1", reply_markup={"inline_keyboard": []}, protect=True)
    telegram.answers = [ok({"message_id": 7})]

    assert await request_.post(method(telegram), fields) == {"message_id": 7}

    (call,) = telegram.calls
    assert (call.method, call.target) == ("POST", f"/bot{TOKEN}/sendMessage")
    assert call.headers["user-agent"] == BaseRequest.USER_AGENT
    assert call.fields == {
        "chat_id": "5",
        "text": "Привет & <b>welcome</b> = 1 + 1",
        "reply_markup": '{"inline_keyboard": []}',
        "protect": "true",
    }


@pytest.mark.parametrize("nothing", [None, RequestData()])
async def test_a_call_may_have_no_parameters(
    telegram: ScriptedTelegram, request_: TelegramRequest, nothing: RequestData | None
) -> None:
    assert await request_.post(method(telegram, "getMe"), nothing) is True
    assert telegram.calls[0].body == b""


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, BadRequest),
        (401, InvalidToken),
        (403, Forbidden),
        (404, InvalidToken),
        (409, Conflict),
        (413, NetworkError),
        (500, NetworkError),
        (502, NetworkError),
        (599, NetworkError),
    ],
)
async def test_a_refusal_of_telegram_has_its_name_and_words(
    telegram: ScriptedTelegram, request_: TelegramRequest, status: int, error: type[TelegramError]
) -> None:
    telegram.answers = [refuses(status, "Because")]

    with pytest.raises(error, match=r"^Because$") as raised:
        await request_.post(method(telegram))

    assert type(raised.value) is error


async def test_telegram_says_how_long_to_wait(telegram: ScriptedTelegram, request_: TelegramRequest) -> None:
    telegram.answers = [refuses(429, "Too Many Requests: retry after 7", retry_after=7)]

    with pytest.raises(RetryAfter) as raised:
        await request_.post(method(telegram))

    assert wait_of(raised.value) == 7


async def test_telegram_says_where_a_group_has_gone(telegram: ScriptedTelegram, request_: TelegramRequest) -> None:
    telegram.answers = [refuses(400, "Bad Request: group migrated", migrate_to_chat_id=-100123)]

    with pytest.raises(ChatMigrated) as raised:
        await request_.post(method(telegram))

    assert raised.value.new_chat_id == -100123


async def test_what_telegram_may_say_one_day_besides_is_no_harm(
    telegram: ScriptedTelegram, request_: TelegramRequest
) -> None:
    telegram.answers = [refuses(400, "Bad Request: new", adaptation={"until": "tomorrow"})]

    with pytest.raises(BadRequest, match="tomorrow"):
        await request_.post(method(telegram))


FOREIGN: dict[str, object] = {
    "page": f"<html>{SECRET}</html>".encode(),
    "nothing": b"",
    "half of an answer": f'{{"ok": true, "result": "{SECRET}'.encode(),
    "another encoding": f'{{"ok": true, "description": "{SECRET}"}}'.encode("utf-16"),
    "too deep": b"[" * 200_000,
    "a list": [SECRET],
    "other JSON": {"status": "error", "description": SECRET},
    "no result": {"ok": True, "description": SECRET},
    "no words": {"ok": False, "result": SECRET},
    "almost": {"ok": "true", "result": SECRET},
    "odd parameters": {"ok": False, "description": SECRET, "parameters": SECRET},
    "odd wait": {"ok": False, "description": SECRET, "parameters": {"retry_after": "soon"}},
}
DENIED = {"success with a refusal": (200, {"ok": False, "description": SECRET})} | {
    f"{status} with a result": (status, {"ok": True, "result": SECRET}) for status in (302, 401, 403, 500)
}


@pytest.mark.parametrize(
    ("status", "body"),
    [
        *(pytest.param(status, body, id=f"{status} {name}") for name, body in FOREIGN.items() for status in (200, 403)),
        *(pytest.param(status, FOREIGN["page"], id=f"{status} page") for status in (302, 400, 401, 404, 409, 502)),
        *(pytest.param(*denied, id=name) for name, denied in DENIED.items()),
    ],
)
async def test_an_answer_of_anybody_else_is_not_believed_nor_repeated(
    telegram: ScriptedTelegram,
    request_: TelegramRequest,
    caplog: pytest.LogCaptureFixture,
    status: int,
    body: object,
) -> None:
    telegram.answers = [says(status, body)]

    with caplog.at_level(logging.DEBUG), pytest.raises(NotTelegrams) as raised:
        await request_.post(method(telegram), data(text=SECRET))

    assert not caplog.records
    assert_tells_nothing(raised.value, TOKEN, SECRET)


async def test_bytes_that_are_no_text_spoil_nothing_around_them(
    telegram: ScriptedTelegram, request_: TelegramRequest
) -> None:
    """Anybody may press a button with such data: it must not keep the bot from all other updates."""
    telegram.answers = [says(200, b'{"ok":true,"result":[{"update_id":1,"data":"\xff\xfe"},{"update_id":2}]}')]

    assert await request_.post(method(telegram, "getUpdates")) == [{"update_id": 1, "data": "��"}, {"update_id": 2}]


async def test_a_redirect_is_not_followed(telegram: ScriptedTelegram, request_: TelegramRequest) -> None:
    """The token would go wherever somebody says."""
    async with ScriptedTelegram.running() as elsewhere:
        telegram.answers = [says(307, b"", f"Location: {elsewhere.url}/bot{TOKEN}/sendMessage")]

        with pytest.raises(NotTelegrams):
            await request_.post(method(telegram))

        assert elsewhere.calls == []


async def test_an_answer_may_be_packed(telegram: ScriptedTelegram, request_: TelegramRequest) -> None:
    packed = gzip.compress(b'{"ok":true,"result":"' + b"long " * 1000 + b'"}')
    telegram.answers = [says(200, packed, "Content-Encoding: gzip")]

    assert await request_.post(method(telegram)) == "long " * 1000
    assert "gzip" in telegram.calls[0].headers["accept-encoding"]


async def test_nothing_of_a_call_is_logged(
    telegram: ScriptedTelegram, request_: TelegramRequest, caplog: pytest.LogCaptureFixture
) -> None:
    cookie = "Set-Cookie: who=you; Path=/"
    telegram.answers = [says(200, {"ok": True, "result": SECRET}, cookie), sends(head(200, 2, cookie) + b"{}")]
    url = method(telegram).replace("127.0.0.1", "localhost")  # which may set cookies, unlike an address
    with caplog.at_level(logging.DEBUG):
        await request_.post(url, data(text=SECRET))
        with pytest.raises(NotTelegrams):
            await request_.post(url, data(text=SECRET))

    assert not caplog.records
    assert "cookie" not in telegram.calls[1].headers
