"""Opens a chat model by its name, and calls it within bounds; whatever goes wrong is a `ModelTrouble`."""

import asyncio
import base64
import importlib
import os
import re
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from generation.failures import FILTERED, CallFailed, call_failed
from generation.request import ModelTrouble, Trouble, Usage

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

CONNECT_SECONDS = 5.0
FIRST_SECONDS = 20.0
WHOLE_SECONDS = 90.0
ANSWER_SECONDS = 30.0

THINKS_FIRST = re.compile(r"openai:(?:gpt-[5-9](?!.*(?:chat|pro|codex))|o[134](?:-mini)?\b).*")
"""OpenAI's models that think before the first word: with much effort for longer than a student waits."""
LEAST_OUTPUT = 8192
"""Tokens that 25 questions may take; of a model that it does not know langchain-anthropic asks for 4096."""

FORM = "a model is named provider:model, as in openai:gpt-5.4-mini or anthropic:claude-haiku-4-5"
UNKNOWN_PROVIDER = ("Unsupported provider", "Unable to infer model provider")
"""What LangChain says of one."""
INSTALL = "`make models` in a checkout, or the extra [models] of this package"
INSTALL_LOCAL = "`make local` in a checkout, or the extra [local] of this package"
"""No command names the package: what an index has by that name need not be ours."""

CUT_SHORT = {"length", "max_tokens"}
"""Why a provider ended a text that was not at its end."""
MOST_CHARACTERS = 20_000
"""Of an answer in one piece."""
NOT_UNDERSTOOD = {400, 415, 422, 501}
"""With these a server says that it does not know a schema for the answer."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long a call may take, in seconds: to connect; to its first text that is not empty, and in all, of a stream;
    in all, of an answer of one line that comes in one piece.

    Time in which nobody asks for the next piece of a stream does not count.
    """

    connect: float = CONNECT_SECONDS
    first: float = FIRST_SECONDS
    whole: float = WHOLE_SECONDS
    answer: float = ANSWER_SECONDS


LOCAL = "local:"
LOCAL_BOUNDS = Bounds(first=240.0, whole=600.0, answer=600.0)
"""For a model in this process: it reads some thirty tokens a second on one core, and others may be before it."""


class CannotOpen(ModelTrouble):
    """A model that cannot be called as things are; the text says what to install or to set."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer: its text, whether the provider held it to a schema, and what it took."""

    text: str
    is_structured: bool
    usage: Usage | None


@dataclass(frozen=True, slots=True)
class Opened:
    """A chat model of LangChain, and what closes its connections."""

    chat: "BaseChatModel"
    close: Callable[[], Awaitable[object]] | None = None


class Model:
    """A chat model, by its name; opened, and LangChain imported in a thread, when it is first called.

    Raises `CannotOpen` then, and `CallFailed` for every call that fails: neither says the key or the prompt.
    """

    def __init__(self, name: str, bounds: Bounds | None = None) -> None:
        self.name = name
        self.bounds = bounds or (LOCAL_BOUNDS if name.startswith(LOCAL) else Bounds())
        self._opened: Opened | None = None
        self._opening = asyncio.Lock()
        self._knows_schemas = True

    async def open(self) -> "BaseChatModel":
        """The chat model, opened once."""
        async with self._opening:
            if self._opened is None:
                self._opened = await asyncio.to_thread(open_model, self.name, self.bounds)
            return self._opened.chat

    async def aclose(self) -> None:
        """Close its connections; the next call opens it again."""
        opened, self._opened = self._opened, None
        if opened and opened.close:
            await opened.close()

    async def stream(self, prompt: str) -> AsyncGenerator[str | Usage]:
        """The answer in pieces as they come, none of them empty, and what it took, at the end; also where it fails,
        as far as that is known.

        The connection is closed when this generator is, or is cancelled.
        """
        chat = await self.open()
        usage: Usage | None = None
        failed: CallFailed | None = None
        begun, ended, waited = False, None, 0.0
        try:
            async with aclosing(cast("AsyncGenerator[Any]", chat.astream(prompt))) as chunks:
                while True:
                    allowed = (self.bounds.whole if begun else min(self.bounds.first, self.bounds.whole)) - waited
                    since = time.monotonic()
                    async with asyncio.timeout(allowed):
                        chunk = await anext(chunks, None)
                    waited += time.monotonic() - since
                    if chunk is None:
                        break
                    usage = self._and(usage, chunk)
                    _raise_if_refused(chunk, self.name)
                    for reason in ("finish_reason", "stop_reason"):
                        ended = chunk.response_metadata.get(reason, ended)
                    if text := str(chunk.text):
                        begun = True
                        yield text
        except Exception as error:  # noqa: BLE001 - whatever a client raises, the call failed
            failed = call_failed(error, self.name, begun=begun)
        if usage:
            yield usage
        if failed:
            raise failed from None
        if ended in CUT_SHORT:
            raise CallFailed(Trouble.GARBAGE, f"{self.name} wrote more than it may at once")
        if not begun and ended == "stop" and usage and usage.output_tokens:
            # langchain-openai drops the words of a refusal from a stream; that some were counted is left.
            raise CallFailed(Trouble.REFUSED, f"{self.name} refused")

    async def read_picture(self, prompt: str, jpeg: bytes) -> Reply:
        """The text of an answer about a picture; a model that sees none fails as at any call that it does not take."""
        picture = {"type": "image", "base64": base64.b64encode(jpeg).decode(), "mime_type": "image/jpeg"}
        return await self._answer([("human", [{"type": "text", "text": prompt}, picture])], None, self.bounds.whole)

    async def answer(self, prompt: str, schema: dict[str, Any]) -> Reply:
        """The answer in one, an object of this schema where the provider can be held to it; at most
        `MOST_CHARACTERS` long."""
        if not self._knows_schemas:
            return await self._answer(prompt, None)
        try:
            return await self._answer(prompt, schema)
        except NotImplementedError:
            pass
        except CallFailed as failed:
            if failed.status not in NOT_UNDERSTOOD:
                raise
        reply = await self._answer(prompt, None)
        # Only now is it known that it was the schema.
        self._knows_schemas = False
        return reply

    async def _answer(
        self, prompt: str | list[Any], schema: dict[str, Any] | None, seconds: float | None = None
    ) -> Reply:
        chat: Any = await self.open()
        if schema:
            structured = chat.with_structured_output(schema, method="json_schema", include_raw=True)
            # Its first step alone, the call: LangChain's own reading takes minutes for a broken answer of 100 kB, in a
            # thread that nothing ends.
            chat = getattr(structured, "first", None)
            if chat is None:
                raise NotImplementedError
        raw: Any = None
        try:
            async with asyncio.timeout(min(seconds or self.bounds.answer, self.bounds.whole)):
                answer = await chat.ainvoke(prompt)
            raw = answer["raw"] if schema else answer
            _raise_if_refused(raw, self.name)
        except Exception as error:  # noqa: BLE001 - whatever a client raises, the call failed
            failed = call_failed(error, self.name, begun=False)
            failed.usage = self._and(None, raw)
            raise failed from None
        text, usage = str(raw.text), self._and(None, raw)
        if len(text) > MOST_CHARACTERS:
            failed = CallFailed(Trouble.GARBAGE, f"{self.name} wrote far more than an answer")
            failed.usage = usage
            raise failed
        return Reply(text, schema is not None, usage)

    def _and(self, usage: Usage | None, message: Any) -> Usage | None:  # noqa: ANN401 - LangChain's message
        counted: dict[str, int] | None = getattr(message, "usage_metadata", None)
        if not counted:
            return usage
        before = usage or Usage(self.name, 0, 0)
        return Usage(
            self.name,
            before.input_tokens + counted["input_tokens"],
            before.output_tokens + counted["output_tokens"],
        )


def open_model(name: str, bounds: Bounds) -> Opened:
    """A chat model for an `init_chat_model` string, or `local:FILE.gguf`; imports its provider, which takes a second.

    Key and base URL come from the environment, by the provider's usual names. Raises `CannotOpen`.
    """
    provider, _, model = name.partition(":")
    if not model:
        raise CannotOpen(Trouble.UNREACHABLE, f"{name!r}: {FORM}")
    try:
        return OPENERS.get(provider, _open_other)(name, bounds)
    except ImportError as error:
        what = INSTALL_LOCAL if provider == "local" else INSTALL
        more = "" if provider in OPENERS else f" and langchain-{provider.replace('_', '-')}"
        raise CannotOpen(Trouble.UNREACHABLE, f"{name} needs a package that is not here: {what}{more}") from error
    except CannotOpen:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a client raises, it is not open
        # The text of a client's own error may quote a key.
        unknown = any(words in str(error) for words in UNKNOWN_PROVIDER)
        why = "there is no such provider" if unknown else type(error).__name__
        raise CannotOpen(Trouble.UNREACHABLE, f"{name} cannot be opened: {why}; {FORM}") from None


def _open_openai(name: str, bounds: Bounds) -> Opened:
    from langchain.chat_models import init_chat_model
    from openai import DefaultAsyncHttpxClient, Timeout

    _need_key(name, "OPENAI_API_KEY")
    elsewhere = any(os.environ.get(one) for one in ("OPENAI_BASE_URL", "OPENAI_API_BASE"))
    timeout = Timeout(bounds.whole, connect=bounds.connect)
    client = DefaultAsyncHttpxClient(timeout=timeout)
    effort = "low" if THINKS_FIRST.fullmatch(name) and not elsewhere else None
    chat = init_chat_model(
        name,
        reasoning_effort=effort,
        max_retries=0,
        stream_usage=True,
        timeout=timeout,
        # Bounds are ours. Its own is an `asyncio.wait_for`, which in Python 3.11 loses a cancellation that comes at the
        # very moment of a piece.
        stream_chunk_timeout=None,
        http_async_client=client,
        # Else it warns wherever there is a proxy; the client above goes by it.
        http_socket_options=(),
        # Other servers that speak OpenAI's protocol know chat completions only.
        use_responses_api=False if elsewhere else None,
    )
    return Opened(chat, client.aclose)


def _open_anthropic(name: str, bounds: Bounds) -> Opened:
    from anthropic import AsyncAnthropic, DefaultAsyncHttpxClient, Timeout
    from langchain.chat_models import init_chat_model

    _need_key(name, "ANTHROPIC_API_KEY")
    chat: Any = init_chat_model(name, max_retries=0)
    if chat.max_tokens < LEAST_OUTPUT and "claude-3-" not in name:
        chat.max_tokens = LEAST_OUTPUT
    timeout = Timeout(bounds.whole, connect=bounds.connect)
    client = AsyncAnthropic(
        api_key=chat.anthropic_api_key.get_secret_value(),
        base_url=chat.anthropic_api_url,
        max_retries=0,
        timeout=timeout,
        http_client=DefaultAsyncHttpxClient(timeout=timeout),
    )
    # ChatAnthropic takes one number for all timeouts, and shares its client with every event loop.
    vars(chat)["_async_client"] = client
    return Opened(chat, client.close)


def _open_local(name: str, _bounds: Bounds) -> Opened:
    # `open_local(path) -> BaseChatModel`; the extra that it needs is its own.
    return Opened(importlib.import_module("generation.local").open_local(name.partition(":")[2]))


def _open_other(name: str, _bounds: Bounds) -> Opened:
    from langchain.chat_models import init_chat_model

    chat = init_chat_model(name)
    if "max_retries" in type(chat).model_fields:
        # Elsewhere it might be sent to the provider, as anything is that a class does not know.
        with suppress(TypeError, ValueError):
            chat = init_chat_model(name, max_retries=0)
    return Opened(chat)


OPENERS: dict[str, Callable[[str, Bounds], Opened]] = {
    "openai": _open_openai,
    "anthropic": _open_anthropic,
    "local": _open_local,
}
"""Providers that need more than `init_chat_model` with a name; a new kind of model is one line here."""


def _need_key(name: str, variable: str) -> None:
    if not os.environ.get(variable):
        raise CannotOpen(Trouble.KEY, f"{name}: {variable} is not set (any word will do for a server of your own)")


def _raise_if_refused(message: Any, model: str) -> None:  # noqa: ANN401 - LangChain's message
    why = {message.response_metadata.get("finish_reason"), message.response_metadata.get("stop_reason")}
    if message.additional_kwargs.get("refusal") or why & FILTERED:
        raise CallFailed(Trouble.REFUSED, f"{model} refused")
