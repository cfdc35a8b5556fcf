"""A model in this process. What needs llama.cpp is in test_local_model.py; here a double speaks as it was seen to."""

import asyncio
import json
import re
import subprocess
import sys
import threading
import time
from collections.abc import AsyncGenerator, Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from generation import local
from generation.author import Author
from generation.failures import CallFailed
from generation.local_chat import LocalChat
from generation.models import LOCAL_BOUNDS, CannotOpen, Model
from generation.request import Accepted, Ended, Trouble, Usage
from generation.solver import ANSWER
from tests.generation.written import KNOWN, STEMS, a_request, lines

FILE = "small.gguf"
NAME = f"local:{FILE}"
TEXT = "one two three four five six"
Take = Callable[[dict[str, Any]], bool]


class Llama:
    """Stands for xllamacpp's server: chunks in its form, a callback that returns True ends a call.

    It writes `text`, going on after what the assistant is said to have begun; asked for a schema, it gives `answer`.
    """

    def __init__(self, text: str = TEXT, answer: str | Callable[[str], str] = "{}") -> None:
        self.text = text
        self.answer = answer
        self.calls: list[dict[str, Any]] = []
        self.did: list[str] = []
        self.go_on = threading.Event()
        self.go_on.set()
        self.hold_after: int | None = None
        """After so many words of a text it goes on when it is told to."""
        self.slow_lines = 0
        """So many lines are followed by nothing until somebody interrupts: a real model takes seconds for the next."""
        self._busy = threading.Lock()

    def handle_chat_completions(self, request: dict[str, Any], take: Take) -> None:
        assert self._busy.acquire(blocking=False), "two calls at once"
        try:
            self.calls.append(request)
            self.did.append("answers" if "response_format" in request else "writes")
            self._write(request, take)
        finally:
            self._busy.release()

    def _write(self, request: dict[str, Any], take: Take) -> None:
        *_, last = request["messages"]
        text = self.text
        if "response_format" in request:
            text = self.answer if isinstance(self.answer, str) else self.answer(last["content"])
        begun = last["content"] if last["role"] == "assistant" else ""
        assert text.startswith(begun)
        words: list[str] = re.findall(r"\S+\s*", text[len(begun) :])
        if take(chunk({"role": "assistant", "content": None}, 0)):
            self.did.append("stopped")
            return
        for count, word in enumerate(words, 1):
            if take(chunk({"content": word}, count)):
                self.did.append("stopped")
                return
            if count == self.hold_after and self.did[-1] == "writes":
                self.did.append("holds")
                assert self.go_on.wait(20)
            if word.endswith("\n") and self.slow_lines:
                self.slow_lines -= 1
                self._linger(count, take)
                return

        take(chunk({}, len(words), finish="stop"))

    def _linger(self, count: int, take: Take) -> None:
        deadline = time.monotonic() + 20
        while not take(chunk({}, count)):
            assert time.monotonic() < deadline
            time.sleep(0.005)
        self.did.append("stopped")


def chunk(delta: dict[str, Any], predicted: int, *, finish: str | None = None) -> dict[str, Any]:
    """As recorded; the prompt has 50 tokens, of which 40 were read before."""
    return {
        "choices": [{"finish_reason": finish, "index": 0, "delta": delta}],
        "object": "chat.completion.chunk",
        "timings": {"cache_n": 40, "prompt_n": 10, "predicted_n": predicted},
    }


@pytest.fixture
def llama(monkeypatch: pytest.MonkeyPatch) -> Llama:
    """What is opened as a local model."""
    llama = Llama()

    def open_local(path: str) -> LocalChat:
        assert path == FILE
        return LocalChat(llama)

    monkeypatch.setitem(sys.modules, "generation.local", SimpleNamespace(open_local=open_local))
    return llama


async def gathered(stream: AsyncGenerator[str | Usage]) -> tuple[str, Usage | None]:
    pieces = [piece async for piece in stream]
    usage = next((piece for piece in pieces if isinstance(piece, Usage)), None)
    return "".join(piece for piece in pieces if isinstance(piece, str)), usage


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110 - what is waited for happens in a thread
            await asyncio.sleep(0.005)


def test_it_has_bounds_of_its_own() -> None:
    assert Model(NAME).bounds == LOCAL_BOUNDS


async def test_without_its_package_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    with pytest.raises(CannotOpen, match=r"the extra \[local\] of this package$"):
        await Model(NAME).open()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "the file cannot be read (No such file or directory)"),
        (b"PK and more", "the file is no GGUF"),
        (b"", "the file is no GGUF"),
        (b"GGUF" + b"\xff" * 400, "llama.cpp cannot load the file: it is broken"),
    ],
    ids=["missing", "another kind", "empty", "broken"],
)
async def test_a_file_that_is_no_model_is_told(
    content: bytes | None, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A broken file is tried in a process of its own: whether the package is there or not, it ends badly."""
    monkeypatch.setitem(sys.modules, "xllamacpp", SimpleNamespace())
    file = tmp_path / FILE
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CannotOpen) as raised:
        await Model(f"local:{file}").open()
    assert f"local:{file} cannot be opened: {says}" in str(raised.value)


@pytest.mark.parametrize(("seconds", "threads"), [({1: 2.0, 8: 0.5}, 8), ({1: 0.4, 8: 0.5}, 1), ({1: 0.4}, 1)])
def test_as_many_threads_as_were_the_fastest(
    seconds: dict[int, float], threads: int, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """Once for each file: trying takes as long as loading it twice."""
    tried: list[str] = []

    def run(command: list[str], **_: object) -> SimpleNamespace:
        tried.append(command[-1])
        return SimpleNamespace(stdout=f"llama.cpp says this\n{json.dumps(seconds)}".encode())

    monkeypatch.setattr(local, "subprocess", SimpleNamespace(run=run))
    file = request.node.name
    assert [local.fastest(file), local.fastest(file)] == [threads] * 2
    assert tried == [file]


def test_what_is_timed_is_the_answer_and_not_the_loading(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]

    def load(_path: str, threads: int) -> SimpleNamespace:
        clock[0] += 1000

        def handle(_request: object) -> dict[str, object]:
            clock[0] += 8 / threads
            return {"choices": []}

        return SimpleNamespace(handle_chat_completions=handle)

    monkeypatch.setattr(local, "load", load)
    monkeypatch.setattr(local, "time", SimpleNamespace(monotonic=lambda: clock[0]))
    assert [local.seconds_with(FILE, threads) for threads in (1, 4)] == [8, 2]


def test_python_keeps_its_signals() -> None:
    code = """
import ctypes, os, signal
from generation.local import signals_kept
with signals_kept():
    for one in (signal.SIGINT, signal.SIGTERM):
        ctypes.CDLL(None).signal(int(one), ctypes.c_void_p(1))  # ignored, for C
signal.signal(signal.SIGTERM, lambda *_: print("terminated"))
os.kill(os.getpid(), signal.SIGTERM)
try:
    os.kill(os.getpid(), signal.SIGINT)
    signal.pause()
except KeyboardInterrupt:
    print("interrupted")
"""
    ran = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=20, check=True
    )
    assert ran.stdout.split() == ["terminated", "interrupted"]


async def test_a_text_comes_in_pieces_and_is_counted(llama: Llama) -> None:
    assert await gathered(Model(NAME).stream("count")) == (TEXT, Usage(NAME, 50, 6))
    assert llama.calls[0]["messages"] == [{"role": "user", "content": "count"}]


async def test_an_answer_is_held_to_its_schema(llama: Llama) -> None:
    llama.answer = '{"why": "so", "right": ["B"]}'
    reply = await Model(NAME).answer("which?", ANSWER)
    assert json.loads(reply.text) == {"why": "so", "right": ["B"]}
    assert reply.is_structured
    assert reply.usage == Usage(NAME, 50, 4)
    assert llama.calls[0]["response_format"]["json_schema"]["schema"] == ANSWER


async def test_an_answer_that_was_cut_is_what_could_be_read(llama: Llama) -> None:
    llama.answer = "no object"
    reply = await Model(NAME).answer("which?", ANSWER)
    assert reply.text == "no object"


async def test_it_does_one_thing_at_a_time(llama: Llama) -> None:
    """The double fails when two calls are in it."""
    model = Model(NAME)
    texts = [gathered(model.stream("count")) for _ in range(4)]
    answers = [model.answer("which?", ANSWER) for _ in range(4)]
    done = await asyncio.gather(*texts, *answers)
    assert [one[0] for one in done if isinstance(one, tuple)] == [TEXT] * 4
    assert llama.did.count("answers") == 4


async def test_an_answer_interrupts_a_text_which_goes_on_afterwards(llama: Llama) -> None:
    llama.text, llama.slow_lines = "one two\nthree four five six", 1
    model = Model(NAME)
    text = asyncio.create_task(gathered(model.stream("count")))
    await until(lambda: "writes" in llama.did)
    await model.answer("which?", ANSWER)
    written, usage = await text
    assert written == llama.text
    assert llama.did == ["writes", "stopped", "answers", "writes"]
    assert usage == Usage(NAME, 50, 6), "the prompt is counted once, each word once"
    assert llama.calls[2]["messages"][-1] == {"role": "assistant", "content": "one two\n"}


async def test_the_loop_goes_on_while_the_model_does_not(llama: Llama) -> None:
    llama.hold_after = 1
    llama.go_on.clear()
    text = asyncio.create_task(gathered(Model(NAME).stream("count")))
    await until(lambda: "holds" in llama.did)
    assert not text.done()
    llama.go_on.set()
    assert (await text)[0] == TEXT


@pytest.mark.parametrize("cancelled", [True, False], ids=["cancelled", "closed"])
async def test_a_call_that_nobody_waits_for_ends_at_once(llama: Llama, *, cancelled: bool) -> None:
    """Whoever called goes on, though the model still is at its token; it stops there, and the next call begins."""
    llama.hold_after = 2
    llama.go_on.clear()
    model = Model(NAME)
    stream = model.stream("count")
    await anext(stream)
    await until(lambda: "holds" in llama.did)
    begun = time.monotonic()
    if cancelled:
        assert await anext(stream) == "two "
        waiting = asyncio.ensure_future(anext(stream))
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.wait({waiting})
        assert waiting.cancelled()
    await stream.aclose()
    assert time.monotonic() - begun < 1
    answer = asyncio.create_task(model.answer("which?", ANSWER))
    await asyncio.sleep(0.05)
    assert llama.did == ["writes", "holds"], "the model is not free yet"
    llama.go_on.set()
    await answer
    assert llama.did == ["writes", "holds", "stopped", "answers"]


async def test_a_call_that_was_given_up_in_the_queue_is_never_made(llama: Llama) -> None:
    llama.hold_after = 1
    llama.go_on.clear()
    model = Model(NAME)
    first = asyncio.create_task(gathered(model.stream("count")))
    await until(lambda: "holds" in llama.did)
    second = asyncio.create_task(gathered(model.stream("count")))
    await asyncio.sleep(0.05)
    second.cancel()
    llama.go_on.set()
    assert (await first)[0] == TEXT
    await asyncio.wait({second})
    await model.answer("which?", ANSWER)
    assert llama.did == ["writes", "holds", "answers"]


async def test_what_llama_refuses_is_told_by_its_kind_only(llama: Llama, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: dict[str, Any], take: Take) -> None:
        take({"error": {"code": 400, "type": "exceed_context_size_error", "message": "the prompt was: secret"}})

    monkeypatch.setattr(llama, "handle_chat_completions", refuse)
    with pytest.raises(CallFailed) as raised:
        await gathered(Model(NAME).stream("secret"))
    assert (raised.value.trouble, raised.value.status) == (Trouble.BROKEN, 400)
    assert "exceed_context_size_error" in str(raised.value)
    assert "secret" not in str(raised.value)


async def test_what_breaks_in_llama_is_a_failed_call(llama: Llama, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(_: dict[str, Any], __: Take) -> None:
        raise RuntimeError("out of memory")

    monkeypatch.setattr(llama, "handle_chat_completions", break_down)
    with pytest.raises(CallFailed) as raised:
        await gathered(Model(NAME).stream("count"))
    assert raised.value.trouble is Trouble.BROKEN


async def test_each_question_is_solved_before_the_next_is_written(llama: Llama) -> None:
    """Through the author: the first question does not wait until all are written."""

    def solve(prompt: str) -> str:
        question = json.loads(prompt.partition("<question>")[2].partition("</question>")[0])
        options = json.loads(prompt.partition("<options>")[2].partition("</options>")[0])
        return json.dumps({"why": "", "right": [one for one in options if options[one] in KNOWN[question]]})

    llama.text, llama.answer, llama.slow_lines = "".join(lines(4)), solve, 3
    author = Author([NAME], None)
    events = [event async for event in author.write(a_request(3), tokens=100_000)]
    await author.aclose()

    assert [event.question.stem for event in events if isinstance(event, Accepted)] == STEMS[:3]
    assert events[-1] == Ended(3, None)
    assert llama.did[:9] == ["writes", "stopped", "answers"] * 3
