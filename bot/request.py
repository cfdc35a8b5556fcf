"""Requests to Telegram that believe an answer only when it is Telegram's own."""

import json
from typing import Any, cast

from telegram.error import NetworkError
from telegram.request import HTTPXRequest

FIRST_ERROR_STATUS = 400


class NotTelegrams(NetworkError):
    """What came back was not said by a Bot API server."""

    def __init__(self) -> None:
        super().__init__("the answer is not Telegram's")


class TelegramRequest(HTTPXRequest):
    """Requests that raise `NotTelegrams` for every answer that is not Telegram's own, whatever its status.

    A proxy's sign-in page with status 200, 401 or 403 says nothing about the bot's token or a chat. None of what
    such a page says is logged.
    """

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:  # noqa: ANN401 - handed on as they are
        """Make the call; its status and its body."""
        status, payload = await super().do_request(*args, **kwargs)
        # python-telegram-bot judges these by their status alone; the others it has read below.
        if status >= FIRST_ERROR_STATUS:
            self.parse_json_payload(payload)
        return status, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """What Telegram answered; raises `NotTelegrams` for anything else."""
        try:
            answer = json.loads(payload)
        except ValueError:
            raise NotTelegrams from None
        # Success has a result, refusal has words; without either it is somebody else's JSON.
        match answer:
            case {"ok": True, "result": _} | {"ok": False, "description": str()}:
                return cast("dict[str, Any]", answer)
            case _:
                raise NotTelegrams
