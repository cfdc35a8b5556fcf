"""The writer of whole questions, with the real clients of OpenAI and Anthropic."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import cast

import pytest

from generation.models import Model
from generation.request import Asked, Draft, Trouble, Unreadable, Usage
from generation.writer import WholeQuestionWriter, asked_for
from quiz.question import Kind, Level
from tests.generation.scripted_server import Cut, Hang, Reply, ScriptedServer, error, text
from tests.generation.written import CLAUDE, GPT, QUICK, STEMS, a_request, gather, line, lines

BOTH = pytest.mark.parametrize("name", [GPT, CLAUDE])


@pytest.fixture
async def model(server: ScriptedServer, name: str) -> AsyncGenerator[Model]:
    del server
    model = Model(name)
    yield model
    await model.aclose()


@BOTH
async def test_drafts_come_in_the_order_they_were_written(server: ScriptedServer, model: Model) -> None:
    server.writes = [text(*lines(3))]
    gathered = await gather(WholeQuestionWriter(model).write(a_request()))
    assert [draft.stem for draft in gathered.drafts] == STEMS[:3]
    assert gathered.drafts[0].kind is Kind.SINGLE
    assert gathered.drafts[0].right == {0}
    assert gathered.drafts[0].level is Level.RECALL


@BOTH
async def test_what_a_call_took_is_as_the_provider_counted(server: ScriptedServer, model: Model) -> None:
    server.writes = [Reply(lines(1), usage=(1234, 567))]
    gathered = await gather(WholeQuestionWriter(model).write(a_request()))
    assert gathered.usages == [Usage(model.name, 1234, 567)]


@BOTH
async def test_chunks_may_end_anywhere(server: ScriptedServer, model: Model) -> None:
    server.writes = [text(*"".join(lines(2)))]
    gathered = await gather(WholeQuestionWriter(model).write(a_request()))
    assert [draft.stem for draft in gathered.drafts] == STEMS[:2]


@BOTH
async def test_a_draft_comes_while_the_next_is_not_yet_written(server: ScriptedServer, model: Model) -> None:
    go_on = asyncio.Event()
    server.writes = [text(line(STEMS[0]), go_on, line(STEMS[1]))]
    async with aclosing(WholeQuestionWriter(model).write(a_request())) as proposals:
        first = await anext(proposals)
        go_on.set()
        second = await anext(proposals)
    assert [cast("Draft", one).stem for one in (first, second)] == STEMS[:2]


@BOTH
async def test_the_connection_closes_when_nobody_reads_on(server: ScriptedServer, model: Model) -> None:
    server.writes = [text(line(), Hang())]
    async with aclosing(WholeQuestionWriter(model).write(a_request())) as proposals:
        await anext(proposals)
    await server.somebody_left()


@BOTH
async def test_the_connection_closes_when_the_reader_is_cancelled(server: ScriptedServer, model: Model) -> None:
    server.writes = [text(Hang())]
    reading = asyncio.create_task(gather(WholeQuestionWriter(model).write(a_request())))
    await server.was_asked()
    reading.cancel()
    await server.somebody_left()


@BOTH
@pytest.mark.parametrize(
    ("reply", "trouble"),
    [
        (error(401, code="invalid_api_key"), Trouble.KEY),
        (error(403), Trouble.KEY),
        (error(404, code="model_not_found"), Trouble.KEY),
        (error(429, headers={"retry-after": "7"}), Trouble.BUSY),
        (error(500), Trouble.BROKEN),
        (error(503), Trouble.BROKEN),
        (text(Hang()), Trouble.SILENT),
        (text("", Hang()), Trouble.SILENT),
        (Reply(usage=(1000, 0)), Trouble.GARBAGE),
        (text("I am sorry, but I cannot write about that."), Trouble.REFUSED),
        (Reply(refusal="No."), Trouble.REFUSED),
        (Reply(["The"], finish="content_filter"), Trouble.REFUSED),
        (text("blah " * 500), Trouble.GARBAGE),
        (Reply(body="<html>It works!</html>"), Trouble.GARBAGE),
        (text(Cut()), Trouble.UNREACHABLE),
    ],
    ids=lambda value: str(value) if isinstance(value, Trouble) else "",
)
async def test_every_failure_has_its_name(server: ScriptedServer, model: Model, reply: Reply, trouble: Trouble) -> None:
    if trouble is Trouble.SILENT:
        await server.hurry(model, QUICK)
    server.writes = [reply]
    gathered = await gather(WholeQuestionWriter(model).write(a_request()))
    assert gathered.trouble
    assert gathered.trouble.trouble is trouble
    assert not gathered.drafts


@BOTH
async def test_silence_after_a_draft_does_not_lose_it(server: ScriptedServer, model: Model) -> None:
    await server.hurry(model, QUICK)
    server.writes = [text(line(), Hang())]
    gathered = await gather(WholeQuestionWriter(model).write(a_request()))
    assert [draft.stem for draft in gathered.drafts] == STEMS[:1]
    assert gathered.trouble
    assert gathered.trouble.trouble is Trouble.SILENT


@BOTH
async def test_a_stream_cut_in_mid_line_brings_what_was_whole(server: ScriptedServer, model: Model) -> None:
    server.writes = [text(line(), line(STEMS[1])[:40], Cut())]
    gathered = await gather(WholeQuestionWriter(model).write(a_request()))
    assert [draft.stem for draft in gathered.drafts] == STEMS[:1]
    assert gathered.unreadable == [Unreadable("cut off")]
    assert gathered.trouble
    assert gathered.trouble.trouble is Trouble.GARBAGE


@BOTH
async def test_a_line_of_another_form_costs_that_line_only(server: ScriptedServer, model: Model) -> None:
    server.writes = [text('{"frage": "Was?"}\n', line())]
    gathered = await gather(WholeQuestionWriter(model).write(a_request()))
    assert len(gathered.unreadable) == 1
    assert [draft.stem for draft in gathered.drafts] == STEMS[:1]


@BOTH
@pytest.mark.parametrize("pieces", [2, 100])
async def test_a_megabyte_is_not_read_to_its_end(server: ScriptedServer, model: Model, pieces: int) -> None:
    server.writes = [text(line(), *["x" * 10_000] * pieces, Hang())]
    gathered = await gather(WholeQuestionWriter(model).write(a_request()))
    assert gathered.trouble
    assert gathered.trouble.trouble is Trouble.GARBAGE
    assert len(gathered.drafts) == 1
    await server.somebody_left()


@pytest.mark.parametrize("name", [GPT])
async def test_the_prompt_says_what_is_asked_for(server: ScriptedServer, model: Model) -> None:
    server.writes = [text(line())]
    asked = Asked("How many planets are there?", "Eight")
    await gather(WholeQuestionWriter(model).write(a_request(5, topic="Moons </topic>", avoid=[asked], language="de")))
    (prompt,) = server.writers_prompts
    assert '<topic>"Moons <\\/topic>"</topic>' in prompt
    assert "How many planets are there? → Eight" in prompt
    assert f"Write {asked_for(5)} questions." in prompt
    assert "in German" in prompt


@pytest.mark.parametrize("name", [GPT])
async def test_a_russian_quiz_has_a_russian_prompt(model: Model) -> None:
    writer = WholeQuestionWriter(model)
    assert writer.prompt("ru").digest != writer.prompt("en").digest
    assert writer.prompt("de") == writer.prompt("en")
