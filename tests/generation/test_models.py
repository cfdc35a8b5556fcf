"""Opening chat models, and what their failures mean and say."""

import asyncio
import socket
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest

from generation.failures import CallFailed
from generation.models import CONNECT_SECONDS, FIRST_SECONDS, WHOLE_SECONDS, Bounds, CannotOpen, Model
from generation.request import ModelTrouble, Trouble
from tests.conftest import PaidModel
from tests.generation.conftest import KEY
from tests.generation.scripted_server import Hang, ScriptedServer, error, text
from tests.generation.written import CLAUDE, GPT

BOTH = pytest.mark.parametrize("name", [GPT, CLAUDE])
PROMPT = "a prompt that nobody else may read"


async def call(model: Model) -> str:
    try:
        return "".join([piece async for piece in model.stream(PROMPT) if isinstance(piece, str)])
    finally:
        await model.aclose()


async def failure(model: Model) -> ModelTrouble:
    with pytest.raises(ModelTrouble) as raised:
        await call(model)
    return raised.value


def test_bounds_are_as_promised() -> None:
    assert (CONNECT_SECONDS, FIRST_SECONDS, WHOLE_SECONDS) == (5, 20, 90)
    assert Bounds() == Bounds(5, 20, 90)


@pytest.mark.parametrize("module", ["generation.request", "generation.pipeline", "generation.models"])
def test_nothing_imports_langchain_before_a_model_is_opened(module: str) -> None:
    forbidden = "{'langchain', 'langchain_core', 'openai', 'anthropic'}"
    code = f"import sys, {module}; assert not {forbidden} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 - our own words


@BOTH
@pytest.mark.parametrize("status", [401, 429, 500])
async def test_no_error_says_the_key_or_the_prompt(server: ScriptedServer, name: str, status: int) -> None:
    server.writes = [error(status, code=f"wrong key {KEY} for {PROMPT}")]
    failed = await failure(Model(name))
    assert name in str(failed)
    assert str(status) in str(failed)
    assert KEY not in str(failed)
    assert PROMPT not in str(failed)
    assert failed.__cause__ is None
    assert failed.__suppress_context__, "a traceback would show what the client said"


@BOTH
async def test_a_provider_says_how_long_to_wait(server: ScriptedServer, name: str) -> None:
    server.writes = [error(429, headers={"retry-after": "7"})]
    failed = await failure(Model(name))
    assert isinstance(failed, CallFailed)
    assert (failed.status, failed.retry_after) == (429, 7)


@BOTH
async def test_each_call_is_tried_once(server: ScriptedServer, name: str) -> None:
    server.writes = [error(500), error(500), error(500)]
    await failure(Model(name))
    assert len(server.received) == 1


@BOTH
async def test_nobody_listens(name: str) -> None:
    assert (await failure(Model(name))).trouble is Trouble.UNREACHABLE


@BOTH
async def test_a_connection_that_is_not_taken_up_is_given_up(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with busy_port() as port:
        monkeypatch.setenv("OPENAI_BASE_URL", f"http://127.0.0.1:{port}/v1")
        monkeypatch.setenv("ANTHROPIC_BASE_URL", f"http://127.0.0.1:{port}")
        model = Model(name, Bounds(connect=0.1, first=20, whole=30))
        async with asyncio.timeout(10):
            assert (await failure(model)).trouble is Trouble.UNREACHABLE


@BOTH
async def test_the_first_text_has_a_bound_of_its_own(server: ScriptedServer, name: str) -> None:
    """OpenAI's first chunk is empty, and Anthropic says first that it begins: neither is text."""
    server.writes = [text(Hang())]
    model = Model(name)
    await server.hurry(model, Bounds(first=0.3, whole=60))
    async with asyncio.timeout(20):
        assert (await failure(model)).trouble is Trouble.SILENT


@BOTH
async def test_once_text_came_only_the_whole_is_bounded(server: ScriptedServer, name: str) -> None:
    go_on = asyncio.Event()
    server.writes = [text("one ", go_on, "two")]
    model = Model(name)
    await server.hurry(model, Bounds(first=0.3, whole=60))
    asyncio.get_running_loop().call_later(0.5, go_on.set)
    assert await call(model) == "one two"


@BOTH
async def test_a_whole_call_has_an_end(server: ScriptedServer, name: str) -> None:
    drips = [asyncio.Event() for _ in range(20)]
    for number, drip in enumerate(drips):
        asyncio.get_running_loop().call_later(0.1 * number, drip.set)
    server.writes = [text("word ", *(step for drip in drips for step in (drip, "drip ")), Hang())]
    model = Model(name)
    await server.hurry(model, Bounds(whole=0.3))
    async with asyncio.timeout(20):  # the client's own bounds are later
        assert (await failure(model)).trouble is Trouble.SILENT
    await server.somebody_left()


@BOTH
async def test_a_call_ends_whenever_it_is_cancelled(server: ScriptedServer, name: str) -> None:
    """Also at the very moment of a piece, where Python 3.11's `asyncio.wait_for` would go on as if nothing were."""
    model = Model(name)
    for ticks in range(0, 90, 3):
        server.writes = [text(*["piece"] * 20, Hang())]
        begun = asyncio.Event()
        reading = asyncio.create_task(_read(model, begun))
        await begun.wait()
        for _ in range(ticks):
            await asyncio.sleep(0)
        reading.cancel()
        _, going_on = await asyncio.wait({reading}, timeout=5)
        assert not going_on, f"cancelled after {ticks} ticks"
    await model.aclose()


async def _read(model: Model, begun: asyncio.Event) -> None:
    async for _ in model.stream(PROMPT):
        begun.set()


@BOTH
async def test_it_opens_again_after_it_was_closed(server: ScriptedServer, name: str) -> None:
    server.writes = [text("one"), text("two")]
    model = Model(name)
    assert [await call(model), await call(model)] == ["one", "two"]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("gpt-5", "provider:model"),
        ("openai:", "provider:model"),
        ("nobody:gpt-5", "no such provider"),
        ("ollama:llama3", "the extra [models] of this package and langchain-ollama"),
    ],
)
async def test_a_model_that_cannot_be_opened_says_what_to_do(name: str, says: str) -> None:
    with pytest.raises(CannotOpen) as raised:
        await Model(name).open()
    assert says in str(raised.value)


async def test_another_kind_of_model_is_opened_by_its_own_module(monkeypatch: pytest.MonkeyPatch) -> None:
    from langchain_core.language_models import FakeListChatModel

    opened: list[str] = []

    def open_local(path: str) -> FakeListChatModel:
        opened.append(path)
        return FakeListChatModel(responses=['{"right": ["A"]}'])

    monkeypatch.setitem(sys.modules, "generation.local", SimpleNamespace(open_local=open_local))
    model = Model("local:a/small:model.gguf")
    assert await call(model) == '{"right": ["A"]}'
    reply = await model.answer("?", {"title": "answer", "type": "object", "properties": {}})
    assert reply.text == '{"right": ["A"]}', "a model that knows no schemas is asked in words"
    assert opened == ["a/small:model.gguf"] * 2, "it was closed between"


async def test_other_clients_do_not_try_again_by_themselves_where_they_can_be_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from langchain import chat_models
    from langchain_core.language_models import FakeListChatModel

    class Patient(FakeListChatModel):
        max_retries: int = 6

    def init_chat_model(name: str, *, max_retries: int | None = None) -> FakeListChatModel:
        if name == "other:patient":
            return Patient(responses=["ready"], max_retries=6 if max_retries is None else max_retries)
        assert max_retries is None, "it would be sent to the provider"
        return FakeListChatModel(responses=["ready"])

    monkeypatch.setattr(chat_models, "init_chat_model", init_chat_model)
    patient = await Model("other:patient").open()
    assert isinstance(patient, Patient)
    assert patient.max_retries == 0
    assert await call(Model("other:plain")) == "ready"


@pytest.mark.parametrize(("name", "variable"), [(GPT, "OPENAI_API_KEY"), (CLAUDE, "ANTHROPIC_API_KEY")])
async def test_a_missing_key_is_named(name: str, variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(variable)
    with pytest.raises(CannotOpen, match=variable) as raised:
        await Model(name).open()
    assert raised.value.trouble is Trouble.KEY


async def test_without_langchain_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openai", None)
    with pytest.raises(CannotOpen, match=r"`make models` in a checkout, or the extra \[models\]"):
        await Model(GPT).open()


async def test_no_test_can_leave_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as one, pytest.raises(PaidModel):
        one.connect(("192.0.2.1", 443))
    with pytest.raises(PaidModel):
        socket.getaddrinfo("api.openai.com", 443)
    monkeypatch.setenv("OPENAI_BASE_URL", "https://api.openai.com/v1")
    with pytest.raises((PaidModel, ModelTrouble)):
        await call(Model(GPT))


@contextmanager
def busy_port() -> Generator[int]:
    """A port whose queue of connections is full: the next one is neither taken nor refused."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        address = listening.getsockname()
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(address)
        try:
            yield address[1]
        finally:
            for one in waiting:
                one.close()
