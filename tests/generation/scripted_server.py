"""A provider of language models on this machine: OpenAI's and Anthropic's protocols, answers by a script.

What is streamed is a writer's call and takes the next of `writes`; what is not is a solver's and goes to `solves`.
"""

import asyncio
import json
import re
import socket
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Self

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from generation.models import Bounds, Model
from tests.generation import protocols


class Hang:
    """Nothing more comes, and the connection stays open."""


class Cut:
    """The connection breaks off."""


EVENT_STREAM = [(b"content-type", b"text/event-stream")]

Step = str | asyncio.Event | Hang | Cut
"""A piece of text; something to wait for; or how it ends badly."""


@dataclass(frozen=True)
class Reply:
    """What a model writes, piece by piece, or the error a provider answers with instead."""

    steps: Sequence[Step] = ()
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict[str, str])
    refusal: str | None = None
    finish: str = "stop"
    usage: tuple[int, int] = (1000, 200)
    body: str | None = None
    """Sent as it is, whatever the protocol says."""


def text(*pieces: Step) -> Reply:
    """A reply of these pieces."""
    return Reply(pieces)


def error(status: int, *, code: str = "an_error", headers: dict[str, str] | None = None) -> Reply:
    """A provider's error."""
    return Reply(status=status, headers=headers or {}, body=json.dumps({"error": {"message": code, "code": code}}))


@dataclass(frozen=True)
class Received:
    """A request as it came."""

    path: str
    body: dict[str, Any]
    headers: dict[str, str]

    @property
    def streams(self) -> bool:
        return bool(self.body.get("stream"))

    @property
    def has_schema(self) -> bool:
        return bool({"response_format", "output_format", "output_config"} & self.body.keys())

    @property
    def prompt(self) -> str:
        """All text of all messages."""
        contents = [message["content"] for message in self.body["messages"]]
        return "\n".join(
            one if isinstance(one, str) else "\n".join(part.get("text", "") for part in one) for one in contents
        )

    def between(self, tag: str) -> Any:  # noqa: ANN401 - any JSON
        """The JSON between the tags of a prompt."""
        found = re.search(rf"<{tag}>(.*)</{tag}>", self.prompt)
        assert found, f"no <{tag}> in the prompt"
        return json.loads(found[1])


Solves = Callable[[Received], Reply]


def knows(answers: Mapping[str, Sequence[str]]) -> Solves:
    """A solver that knows the right options of each question, by its stem; of others it says that none is right."""

    def solve(received: Received) -> Reply:
        right = answers.get(received.between("question"), ())
        return answer(letter for letter, option in received.between("options").items() if option in right)

    return solve


def in_turn(*solves: Solves | Reply) -> Solves:
    """One solver after the other, or what is answered instead."""
    waiting = list(solves)

    def solve(received: Received) -> Reply:
        one = waiting.pop(0)
        return one if isinstance(one, Reply) else one(received)

    return solve


def answer(letters: Any) -> Reply:  # noqa: ANN401 - whatever a solver may say
    """A solver's answer."""
    return Reply([json.dumps({"why": "So it is.", "right": list(letters)})], usage=(300, 20))


class ScriptedServer:
    """Answers by `writes` and `solves`; keeps what it was asked, and counts who left before the end."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.writes: list[Reply] = []
        self.makes: Solves | None = None
        """What makes a reply of each writer's request, instead of `writes`."""
        self.solves: Solves = knows({})
        self.flags: Sequence[str] | Reply | Hang = error(404)
        """The words for which a text is flagged, or what is answered to all; first of all, no such address."""
        self.received: list[Received] = []
        self.replying: set[asyncio.Future[None]] = set()
        self.left = asyncio.Semaphore(0)
        self.asked = asyncio.Semaphore(0)

    @classmethod
    @asynccontextmanager
    async def running(cls) -> AsyncGenerator[Self]:
        listening = socket.create_server(("127.0.0.1", 0))
        server = cls(f"http://127.0.0.1:{listening.getsockname()[1]}")
        routes = [
            Route("/v1/chat/completions", server._openai, methods=["POST"]),
            Route("/v1/messages", server._anthropic, methods=["POST"]),
            Route("/v1/moderations", server._moderations, methods=["POST"]),
        ]
        config = uvicorn.Config(Starlette(routes=routes), lifespan="off", log_config=None)
        config.load()
        running = uvicorn.Server(config)
        running.lifespan = config.lifespan_class(config)
        await running.startup(sockets=[listening])
        try:
            yield server
        finally:
            for replying in server.replying:
                replying.cancel()
            running.force_exit = True
            await running.shutdown(sockets=[listening])

    async def hurry(self, model: Model, bounds: Bounds) -> None:
        """Set bounds that are reached soon, after a call that loads what the client loads late."""
        self.writes.insert(0, text("a word"))
        async for _ in model.stream("a word"):
            pass
        self.received.clear()
        model.bounds = bounds

    @property
    def writers_prompts(self) -> list[str]:
        return [one.prompt for one in self.received if one.streams]

    @property
    def solvers_prompts(self) -> list[str]:
        return [one.prompt for one in self.received if not one.streams]

    async def somebody_left(self) -> None:
        """Wait until a client has closed its connection before the reply was over."""
        async with asyncio.timeout(10):
            await self.left.acquire()

    async def was_asked(self) -> None:
        """Wait for a request."""
        async with asyncio.timeout(10):
            await self.asked.acquire()

    async def _openai(self, request: Request) -> Response:
        return await self._reply(request, protocols.OPENAI)

    async def _anthropic(self, request: Request) -> Response:
        return await self._reply(request, protocols.ANTHROPIC)

    async def _moderations(self, request: Request) -> Response:
        received = Received(request.url.path, await request.json(), dict(request.headers))
        self.received.append(received)
        self.asked.release()
        if isinstance(self.flags, Hang):
            return _Streamed(self, Reply([self.flags]), None)
        if isinstance(self.flags, Reply):
            return Response(self.flags.body, self.flags.status, self.flags.headers, "application/json")
        flagged = any(word in received.body["input"].lower() for word in self.flags)
        return JSONResponse({"id": "modr-1", "model": received.body["model"], "results": [{"flagged": flagged}]})

    async def _reply(self, request: Request, protocol: protocols.Protocol) -> Response:
        received = Received(request.url.path, await request.json(), dict(request.headers))
        self.received.append(received)
        self.asked.release()
        if received.streams:
            over = error(500, code="the script is over")
            reply = self.makes(received) if self.makes else self.writes.pop(0) if self.writes else over
        else:
            reply = self.solves(received)
        if reply.body is not None:
            return Response(reply.body, reply.status, reply.headers, "application/json")
        if received.streams or not all(isinstance(step, str) for step in reply.steps):
            return _Streamed(self, reply, protocol if received.streams else None)
        whole = "".join(step for step in reply.steps if isinstance(step, str))
        return JSONResponse(protocol.whole(whole, reply.usage, reply.finish, reply.refusal))


class _Streamed(Response):
    """A reply that comes step by step; without a protocol it is one that never ends well."""

    def __init__(self, server: ScriptedServer, reply: Reply, protocol: protocols.Protocol | None) -> None:
        super().__init__(media_type="text/event-stream")
        self._server = server
        self._reply_ = reply
        self._protocol = protocol

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        del scope
        sending = asyncio.ensure_future(self._send(send))
        leaving = asyncio.ensure_future(_left(receive))
        self._server.replying.add(sending)
        done, _ = await asyncio.wait({sending, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if sending not in done:
            self._server.left.release()
        for task in (sending, leaving):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        self._server.replying.discard(sending)

    async def _send(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": EVENT_STREAM})
        reply, protocol = self._reply_, self._protocol

        async def say(events: str) -> None:
            await send(_body(events, more=True))

        if protocol:
            await say(protocol.begins(reply.usage))
        for step in reply.steps:
            if isinstance(step, asyncio.Event):
                await step.wait()
            elif isinstance(step, Hang):
                await asyncio.Event().wait()
            elif isinstance(step, Cut):
                raise ConnectionAbortedError
            elif protocol:
                await say(protocol.piece(step))
        if protocol:
            await say(protocol.ends(reply.usage, reply.finish, reply.refusal))
        await send(_body("", more=False))


def _body(events: str, *, more: bool) -> Message:
    return {"type": "http.response.body", "body": events.encode(), "more_body": more}


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
