"""What `quizbot doctor` finds out about a model, with the real clients."""

from collections.abc import Awaitable, Callable

import pytest

from generation.health import (
    CHECK,
    WORD,
    ModelHealth,
    examine_solver,
    examine_writer,
    patient,
    price_words,
    trouble_words,
)
from generation.models import Bounds
from generation.prices import price_table
from generation.request import OF_MATERIAL, Trouble
from tests.generation.conftest import KEY
from tests.generation.scripted_server import Hang, Received, Reply, ScriptedServer, answer, error, text
from tests.generation.written import CLAUDE, GPT

BOTH = pytest.mark.parametrize("name", [GPT, CLAUDE])
TROUBLED = pytest.mark.parametrize(
    ("reply", "trouble", "word"),
    [
        (error(401, code=KEY), Trouble.KEY, "key"),
        (error(404), Trouble.KEY, "name"),
        (error(429), Trouble.BUSY, "billing"),
        (error(500), Trouble.BROKEN, "own"),
        (text(" \n"), Trouble.GARBAGE, "nothing"),
    ],
    ids=["401", "404", "429", "500", "nothing"],
)


async def writer(name: str, bounds: Bounds | None = None) -> ModelHealth:
    async with patient(name) as model:
        model.bounds = bounds or model.bounds
        return await examine_writer(model)


async def solver(name: str) -> ModelHealth:
    async with patient(name) as model:
        return await examine_solver(model)


@BOTH
async def test_a_model_that_writes_is_asked_once(server: ScriptedServer, name: str) -> None:
    server.writes = [text("", WORD)]

    health = await writer(name)

    assert (health.trouble, len(server.received)) == (None, 1)
    assert health.seconds > 0


@BOTH
@TROUBLED
async def test_trouble_with_a_writer_has_words_and_never_the_key(
    server: ScriptedServer, name: str, reply: Reply, trouble: Trouble, word: str
) -> None:
    server.writes = [reply]

    health = await writer(name)

    assert health.trouble is trouble
    assert word in trouble_words(name, health)
    assert KEY not in trouble_words(name, health)


async def test_a_model_that_says_nothing_is_not_waited_for(server: ScriptedServer) -> None:
    server.writes = [text(Hang())]

    assert (await writer(GPT, Bounds(first=0.2))).trouble is Trouble.SILENT


@BOTH
async def test_a_solver_is_held_to_the_form_where_its_provider_can(server: ScriptedServer, name: str) -> None:
    server.solves = lambda _: answer("B")

    health = await solver(name)

    assert (health.trouble, health.is_structured, health.is_right) == (None, True, True)
    assert [received.prompt for received in server.received] == [CHECK]


async def test_a_solver_without_the_form_answers_in_plain_text(server: ScriptedServer) -> None:
    def solve(received: Received) -> Reply:
        return error(400) if received.has_schema else answer("B")

    server.solves = solve

    health = await solver(GPT)

    assert (health.trouble, health.is_structured, health.is_right) == (None, False, True)


async def test_a_solver_that_is_wrong_works_and_one_that_chatters_does_not(server: ScriptedServer) -> None:
    server.solves = lambda _: answer("A")
    assert await is_right(GPT) == (None, False)

    server.solves = lambda _: text("It is B, of course!")
    assert await is_right(GPT) == (Trouble.GARBAGE, False)


async def is_right(name: str) -> tuple[Trouble | None, bool | None]:
    health = await solver(name)
    return health.trouble, health.is_right


@pytest.mark.parametrize("examine", [writer, solver])
async def test_what_must_be_set_or_installed_is_said(
    monkeypatch: pytest.MonkeyPatch, examine: Callable[[str], Awaitable[ModelHealth]]
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")

    assert trouble_words(GPT, await examine(GPT)).startswith("OPENAI_API_KEY is not set")
    assert "no such provider" in trouble_words("nobody:x", await examine("nobody:x"))


def test_a_price_that_is_not_known_is_said_so_with_the_date_of_the_table() -> None:
    assert price_words("openai:gpt-5-mini") == (True, f"$0.25 in and $2.00 out a million tokens ({dated()})")
    assert price_words("local:x.gguf") == (True, "costs nothing")
    is_known, words = price_words(GPT)
    assert not is_known
    assert str(price_table().date) in words


def dated() -> str:
    return f"table of {price_table().date}"


@pytest.mark.parametrize("trouble", sorted(set(Trouble) - OF_MATERIAL))
def test_every_trouble_of_a_model_has_words(trouble: Trouble) -> None:
    assert trouble_words(GPT, ModelHealth(1.0, trouble))
