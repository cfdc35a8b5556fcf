"""Requests to Telegram over aiohttp, that believe an answer only when it is Telegram's own."""

import asyncio
from http import HTTPStatus
from io import BytesIO
from typing import Any, cast

from aiohttp import (
    ClientError,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    FormData,
    TCPConnector,
)
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.network import Network
from web.json_text import read_json

KEEPS_ALIVE_SECONDS = 30.0
"""How long a connection that nobody uses is kept for the next call."""
FILE_SECONDS = 120.0
"""What a download may take at the very most, however steadily it drips."""
LARGEST_ANSWER = 32 << 20
"""Bytes: a file that a bot may download has 20 MB, and a hundred of the longest updates have less."""
IN_NAMES = str.maketrans({'"': "%22", "\r": "%0D", "\n": "%0A"})
"""As browsers write the name of a file; every other character goes as it is."""
JSON = {"Content-Type": "application/json"}
NO_CONNECTION = "all connections are in use: the request was not sent to Telegram"


class NotTelegrams(NetworkError):
    """What came back was not said by a Bot API server."""

    def __init__(self) -> None:
        super().__init__("the answer is not Telegram's")


class TelegramRequest(BaseRequest):
    """A pool of connections to a Bot API server, with the errors of python-telegram-bot's own request.

    Raises `NotTelegrams` for every answer that is not Telegram's own, whatever its status: a proxy's sign-in page
    with status 200, 401 or 403 says nothing about the bot's token or a chat. No error holds what such a page says, or
    the address of a call, in which the token stands; nothing is logged.

    Times are in seconds, None for no limit. Reading is limited from one piece of an answer to the next; a whole call
    may take those on connecting, writing and reading together, and a download `FILE_SECONDS`.
    """

    def __init__(
        self,
        network: Network,
        connections: int,
        *,
        connect_timeout: float | None = 5.0,
        read_timeout: float | None = 5.0,
        write_timeout: float | None = 5.0,
        upload_timeout: float | None = 20.0,
        pool_timeout: float | None = 1.0,
    ) -> None:
        self._network = network
        self._connections = connections
        self._connect_timeout = connect_timeout
        self._read_timeout = read_timeout
        self._write_timeout = write_timeout
        self._upload_timeout = upload_timeout
        self._pool_timeout = pool_timeout
        self._session: ClientSession | None = None
        self._free = asyncio.Semaphore(connections)

    @property
    def read_timeout(self) -> float | None:
        """The limit on reading where a call does not say one."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Make calls possible, in the event loop that runs; nothing to do when they are."""
        if self._session is not None:
            return
        # aiohttp's own limit cannot say whether it was a connection that was waited for, or the server.
        self._free = asyncio.Semaphore(self._connections)
        connector = TCPConnector(limit=0, keepalive_timeout=KEEPS_ALIVE_SECONDS, ssl=self._network.certificates or True)
        self._session = ClientSession(
            connector=connector,
            cookie_jar=DummyCookieJar(),
            headers={"User-Agent": self.USER_AGENT},
            proxy=self._network.proxy,
        )

    async def shutdown(self) -> None:
        """Close all connections, those in use too; nothing to do when they are."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make the call; its status and its body."""
        session, free = self._session, self._free
        if session is None:
            raise RuntimeError("this request is not initialized, or shut down")
        uploads = request_data is not None and request_data.contains_files
        connect = _seconds(connect_timeout, self._connect_timeout)
        read = _seconds(read_timeout, self._read_timeout)
        write = _seconds(write_timeout, self._upload_timeout if uploads else self._write_timeout)
        limits = ClientTimeout(_whole(method, connect, write, read), connect=connect, sock_read=read)
        await _take(free, _seconds(pool_timeout, self._pool_timeout))
        try:
            # No redirect is followed: Telegram makes none, and the token must not go elsewhere.
            async with session.request(
                method, url, **_body(request_data), timeout=limits, allow_redirects=False
            ) as response:
                status, payload = response.status, await _read(response)
        except TimeoutError:
            trouble = TimedOut()
        except (ClientError, OSError) as error:
            trouble = NetworkError(_reason(error))
        else:
            # python-telegram-bot judges these by their status alone; the others it has read below.
            is_success = HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES
            if not is_success and self.parse_json_payload(payload)["ok"]:
                raise NotTelegrams
            return status, payload
        finally:
            free.release()
        raise trouble  # here, so that what aiohttp raised is not its context: that holds the address

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """What Telegram answered; raises `NotTelegrams` for anything else."""
        answer = _json(payload)
        # Success has a result, refusal has words; without either it is somebody else's JSON.
        match answer.get("ok"):
            case True if "result" in answer:
                return answer
            case False if isinstance(answer.get("description"), str) and _has_telegrams_parameters(answer):
                return _Refusal(answer)
            case _:
                raise NotTelegrams


class _Refusal(dict[str, Any]):
    """A refusal: whoever looks for its result took the status of somebody else's answer for Telegram's."""

    def __missing__(self, key: str) -> Any:  # noqa: ANN401 - as dict's
        raise NotTelegrams if key == "result" else KeyError(key)


def _json(payload: bytes) -> dict[str, Any]:
    try:
        answer = read_json(payload)
    except (ValueError, RecursionError):
        answer = None
    return cast("dict[str, Any]", answer) if isinstance(answer, dict) else {}


def _has_telegrams_parameters(refusal: dict[str, Any]) -> bool:
    found = refusal.get("parameters", {})
    if not isinstance(found, dict):
        return False
    parameters = cast("dict[str, Any]", found)
    return all(isinstance(parameters.get(name, 0), int) for name in ("retry_after", "migrate_to_chat_id"))


def _body(request_data: RequestData | None) -> dict[str, Any]:
    """The parameters as JSON, which costs a sixth of a form; in parts when there are files among them."""
    if request_data is None or not request_data.parameters:
        return {}
    if not request_data.contains_files:
        return {"data": request_data.json_payload, "headers": JSON}
    form = FormData(request_data.json_parameters, quote_fields=False)
    for field, (name, content, kind) in request_data.multipart_data.items():
        # Bytes by themselves would be written in one piece, however many they are.
        file = BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(field, file, filename=name.translate(IN_NAMES), content_type=kind)
    return {"data": form}


async def _read(response: ClientResponse) -> bytes:
    body = bytearray()
    async for piece in response.content.iter_any():
        body += piece
        if len(body) > LARGEST_ANSWER:
            raise NetworkError("the answer is too large")
    return bytes(body)


async def _take(free: asyncio.Semaphore, seconds: float | None) -> None:
    if not free.locked():  # no need to watch the time
        await free.acquire()
        return
    try:
        async with asyncio.timeout(seconds):
            await free.acquire()
    except TimeoutError:
        raise TimedOut(NO_CONNECTION) from None


def _seconds(given: object, otherwise: float | None) -> float | None:
    return otherwise if given is BaseRequest.DEFAULT_NONE else cast("float | None", given)


def _whole(method: str, *seconds: float | None) -> float | None:
    limits = [one for one in seconds if one is not None]
    if len(limits) < len(seconds):
        return None
    return max(sum(limits), FILE_SECONDS) if method == "GET" else sum(limits)


def _reason(error: Exception) -> str:
    """What went wrong, without what aiohttp says of it: the address is often in that."""
    name, words = type(error).__name__, error.strerror if isinstance(error, OSError) else None
    return f"{name}: {words}" if words else name
