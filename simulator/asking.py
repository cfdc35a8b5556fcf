"""Requests of the control API: sent with the run's token, and what was refused as an error."""

from typing import Any, cast

import httpx

JsonObject = dict[str, Any]


class Refusal(Exception):
    """The control API did not do what it was asked; the text is its sentence."""


class Asking:
    """Asks a running simulator. Every method may raise Refusal with the simulator's own sentence."""

    def __init__(self, url: str, token: str, http: httpx.AsyncClient) -> None:
        self.url = url
        self.token = token
        self._http = http

    async def _ask(
        self,
        method: str,
        path: str,
        body: JsonObject | None = None,
        within: float = 0.0,
        query: JsonObject | None = None,
    ) -> JsonObject:
        asked = {name: str(value) for name, value in (query or {}).items() if value is not None}
        asked |= {"timeout": str(within)} if within else {}
        # The simulator answers a wait when its time is over; the client must have a little more patience.
        patience = 10.0 + within
        answer = await self._http.request(method, f"/control{path}", json=body, params=asked, timeout=patience)
        return read_answer(answer)


def read_answer(answer: httpx.Response) -> JsonObject:
    """The JSON that came; Refusal where it is an error."""
    given = cast("JsonObject", answer.json())
    if answer.is_error:
        raise Refusal(given["error"])
    return given
