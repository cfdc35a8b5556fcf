"""A chat model that runs in this process, as LangChain has them: one call at a time, in a thread.

A short answer that is waited for interrupts a text that is being written, at its next token; the text goes on where
it was when somebody asks for more of it. So a question is solved before the next one is written, though the model
can do one thing only.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing, suppress
from operator import itemgetter
from typing import Any

from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.messages.ai import UsageMetadata
from langchain_core.output_parsers import JsonOutputParser
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable, RunnableMap, RunnablePassthrough
from pydantic import PrivateAttr

from generation.failures import CallFailed
from generation.request import Trouble

MOST_TOKENS_OF_TEXT = 4096
MOST_TOKENS_OF_ANSWER = 512
TEMPERATURE = 0.3
ROLES = {"human": "user", "ai": "assistant"}


class LocalChat(BaseChatModel):
    """A chat model in this process, with the chat template of its file; asynchronous only.

    Tokens are counted by llama.cpp: those of the prompt once, those written as they were. Cancelling a call, or
    closing its stream, returns at once; the model stops at its next token, and the next call waits for that.
    """

    _server: Any = PrivateAttr()
    _turn: asyncio.Lock = PrivateAttr(default_factory=asyncio.Lock)
    _answers_waiting: int = PrivateAttr(default=0)
    _runs: set[asyncio.Task[None]] = PrivateAttr(default_factory=set[asyncio.Task[None]])

    def __init__(self, server: Any) -> None:  # noqa: ANN401 - xllamacpp has no types
        super().__init__()
        self._server = server

    @property
    def _llm_type(self) -> str:
        return "local"

    def with_structured_output(
        self,
        schema: dict[str, Any] | type,
        *,
        include_raw: bool = False,
        **kwargs: Any,  # noqa: ANN401 - LangChain's
    ) -> Runnable[Any, Any]:
        """Answers that a grammar holds to this JSON schema, as LangChain's own models give them."""
        del kwargs
        held = self.bind(response_format={"type": "json_schema", "json_schema": {"name": "answer", "schema": schema}})
        if not include_raw:
            return held | JsonOutputParser()
        read = RunnablePassthrough.assign(parsed=itemgetter("raw") | JsonOutputParser(), parsing_error=lambda _: None)
        unread = RunnablePassthrough.assign(parsed=lambda _: None)
        return RunnableMap({"raw": held}) | read.with_fallbacks([unread], exception_key="parsing_error")

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,  # noqa: ANN401 - LangChain's
    ) -> ChatResult:
        raise NotImplementedError("a local model is called by ainvoke and astream only")

    async def _agenerate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,  # noqa: ANN401 - LangChain's
    ) -> ChatResult:
        del stop, run_manager
        run = _Run({"messages": _said(messages), "max_tokens": MOST_TOKENS_OF_ANSWER, **kwargs})
        async with aclosing(self._pieces(run, answer=True)) as pieces:
            text = "".join([piece async for piece in pieces])
        run.must_have_ended()
        message = AIMessage(
            text,
            response_metadata={"finish_reason": run.finish_reason, "logprobs": {"content": run.logprobs}},
            usage_metadata=_counted(run.prompt_tokens, run.tokens),
        )
        return ChatResult(generations=[ChatGeneration(message=message)])

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,  # noqa: ANN401 - LangChain's
    ) -> AsyncGenerator[ChatGenerationChunk]:
        del stop, run_manager, kwargs
        said, text, prompt_tokens, tokens = _said(messages), "", 0, 0
        while True:
            begun = [{"role": "assistant", "content": text}] if text else []
            run = _Run({"messages": [*said, *begun], "max_tokens": MOST_TOKENS_OF_TEXT - tokens})
            async with aclosing(self._pieces(run, answer=False)) as pieces:
                async for piece in pieces:
                    text += piece
                    yield ChatGenerationChunk(message=AIMessageChunk(content=piece))
            if not tokens:
                # Later runs have in their prompt what earlier ones wrote.
                prompt_tokens = run.prompt_tokens
            tokens += run.tokens
            if not run.gave_way:
                break
        run.must_have_ended()
        last = AIMessageChunk(
            content="",
            response_metadata={"finish_reason": run.finish_reason},
            usage_metadata=_counted(prompt_tokens, tokens),
        )
        yield ChatGenerationChunk(message=last)

    async def _pieces(self, run: "_Run", *, answer: bool) -> AsyncGenerator[str]:
        """The text of a run, as it is written; the run is stopped when this generator is closed."""
        task = asyncio.create_task(self._take_turn(run, answer=answer))
        self._runs.add(task)

        def end(task: asyncio.Task[None]) -> None:
            self._runs.discard(task)
            run.pieces.put_nowait(None)
            if not task.cancelled():
                # Whoever has left is not told.
                task.exception()

        task.add_done_callback(end)
        try:
            while (piece := await run.pieces.get()) is not None:
                yield piece
            await task
        finally:
            run.stopped = True

    async def _take_turn(self, run: "_Run", *, answer: bool) -> None:
        """Runs when nobody else does. Not a part of who asked: the turn ends with the thread, however that went."""
        self._answers_waiting += answer
        try:
            await self._turn.acquire()
        finally:
            self._answers_waiting -= answer
        try:
            if not run.stopped:
                await asyncio.to_thread(run.work, self._server, self._must_give_way if not answer else _never)
        finally:
            run.stopped = True
            self._turn.release()

    def _must_give_way(self) -> bool:
        return self._answers_waiting > 0


class _Run:
    """One request to llama.cpp, and what came of it so far."""

    def __init__(self, request: dict[str, Any]) -> None:
        self.pieces: asyncio.Queue[str | None] = asyncio.Queue()
        self.stopped = False
        """Set by whoever wants no more of it."""
        self.gave_way = False
        self.finish_reason: str | None = None
        self.prompt_tokens = 0
        self.tokens = 0
        self.logprobs: list[dict[str, Any]] = []
        """Of each token, where they were asked for, in OpenAI's form."""
        self._failure: dict[str, Any] | None = None
        self._loop = asyncio.get_running_loop()
        self._request = {
            **request,
            "stream": True,
            "temperature": TEMPERATURE,
            "return_progress": True,
            "timings_per_token": True,
            # A model that thinks aloud first would take minutes here.
            "chat_template_kwargs": {"enable_thinking": False},
        }

    def work(self, server: Any, must_give_way: Callable[[], bool]) -> None:  # noqa: ANN401 - xllamacpp has no types
        """In a thread: generate until the end, or until it is stopped or gives way."""

        def take(chunk: dict[str, Any]) -> bool:
            # An exception here would be lost in C.
            if not (self.stopped or self.gave_way):
                self.gave_way = must_give_way()
                self._read(chunk)
            return self.stopped or self.gave_way

        server.handle_chat_completions(self._request, take)

    def must_have_ended(self) -> None:
        """Raises CallFailed unless the text came to its end."""
        if self._failure is not None:
            code = self._failure.get("code")
            raise CallFailed(
                Trouble.BROKEN,
                f"llama.cpp answered {code} ({self._failure.get('type')})",
                status=code if isinstance(code, int) else None,
            )
        if self.finish_reason is None:
            raise CallFailed(Trouble.GARBAGE, "the text broke off")

    def _read(self, chunk: dict[str, Any]) -> None:
        if "choices" not in chunk:
            self._failure = chunk.get("error", chunk)
            return
        if timings := chunk.get("timings"):
            self.prompt_tokens = timings.get("cache_n", 0) + timings.get("prompt_n", 0)
            self.tokens = timings.get("predicted_n", 0)
        for choice in chunk["choices"]:
            self.finish_reason = choice.get("finish_reason") or self.finish_reason
            if told := choice.get("logprobs"):
                self.logprobs += told["content"]
            if piece := choice.get("delta", {}).get("content"):
                # Once the loop is closed nobody is there any more to be told.
                with suppress(RuntimeError):
                    self._loop.call_soon_threadsafe(self.pieces.put_nowait, piece)
        if self.finish_reason:
            self.gave_way = False


def _never() -> bool:
    return False


def _said(messages: Sequence[BaseMessage]) -> list[dict[str, str]]:
    return [{"role": ROLES.get(one.type, one.type), "content": str(one.text)} for one in messages]


def _counted(prompt_tokens: int, tokens: int) -> UsageMetadata:
    return UsageMetadata(input_tokens=prompt_tokens, output_tokens=tokens, total_tokens=prompt_tokens + tokens)
