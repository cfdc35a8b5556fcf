"""Quizzes written and solved by a real small model, in this process: `make test-model GGUF=FILE`.

Whether the model is right is not asked here, but that the pipeline keeps its promises whatever the model writes.
"""

import asyncio
import importlib.util
import json
import os
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field

import pytest

from generation.author import Author
from generation.models import Model
from generation.request import Accepted, Draft, Drafted, Dropped, Ended, Tally, Unreadable, Usage, WriteRequest
from generation.solver import LETTERS, BlindSolver, Took, Verdict
from generation.writer import WholeQuestionWriter
from quiz.question import Question

VARIABLE = "QUIZBOT_TEST_GGUF"
FILE = os.environ.get(VARIABLE, "")
NAME = f"local:{FILE}"
TOKENS = 100_000

pytestmark = [
    pytest.mark.skipif(not FILE, reason=f"{VARIABLE} is not set: make test-model GGUF=FILE"),
    pytest.mark.skipif(importlib.util.find_spec("xllamacpp") is None, reason="it needs the extra [local]"),
    pytest.mark.timeout(1800),
]


@dataclass
class Written:
    """A draft, and what became of it."""

    draft: Draft | Unreadable
    seconds: float
    verdict: Verdict | None = None
    fate: str = "not looked at"
    ended: float = 0.0


@dataclass
class Transcript:
    """A quiz as it was written."""

    title: str
    begun: float = field(default_factory=time.monotonic)
    written: list[Written] = field(default_factory=list[Written])
    usages: list[Usage] = field(default_factory=list[Usage])
    ended: Ended | None = None

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.begun

    def settle(self, fate: str) -> None:
        """The oldest draft without one has met its fate: one is looked at after the other."""
        one = next(one for one in self.written if not one.ended)
        one.fate, one.ended = fate, self.seconds

    @property
    def accepted(self) -> list[Written]:
        return [one for one in self.written if one.fate == "delivered"]

    def markdown(self) -> str:
        taken = sum(usage.input_tokens for usage in self.usages)
        given = sum(usage.output_tokens for usage in self.usages)
        why = str(self.ended.trouble) if self.ended and self.ended.trouble else "-"
        lines = [
            f"## {self.title}",
            "",
            f"{len(self.written)} drafts, {len(self.accepted)} delivered, trouble: {why}; {self.seconds:.0f} s in all;",
            f"{taken} tokens read, {given} written, of the calls that came to their end.",
            *(f"First delivered after {one.ended:.0f} s." for one in self.accepted[:1]),
            *(f"Last delivered after {one.ended:.0f} s." for one in self.accepted[-1:]),
        ]
        for number, one in enumerate(self.written, 1):
            lines += ["", f"### {number}. {one.fate} ({one.seconds:.0f} s written, {one.ended:.0f} s settled)", ""]
            if isinstance(one.draft, Unreadable):
                lines.append(f"unreadable: {one.draft.why}")
                continue
            lines += [f"{one.draft.stem} *({one.draft.kind}, level {one.draft.level})*", ""]
            said = one.verdict.said if one.verdict else None
            for place, option in enumerate(one.draft.options):
                key = "key" if place in one.draft.right else ""
                solver = "solver" if said is not None and place in said else ""
                marks = " + ".join(filter(None, [key, solver]))
                lines.append(f"- {LETTERS[place]}. {option}{f' **← {marks}**' if marks else ''}")
            lines += ["", f"> {one.draft.explanation}"]
        return "\n".join([*lines, "", ""])


@pytest.fixture
def transcript(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Transcript:
    """Sees what the real writer and the real solver do; changes nothing of it."""
    transcript = Transcript(request.node.name)
    write, solve = WholeQuestionWriter.write, BlindSolver.solve

    async def written(
        writer: WholeQuestionWriter, request: WriteRequest, tally: Tally
    ) -> AsyncGenerator[Draft | Usage | Unreadable]:
        async with aclosing(write(writer, request, tally)) as proposals:
            async for proposal in proposals:
                if not isinstance(proposal, Usage):
                    transcript.written.append(Written(proposal, transcript.seconds))
                yield proposal

    async def solved(solver: BlindSolver, draft: Draft, request: WriteRequest, took: Took) -> Verdict:
        verdict = await solve(solver, draft, request, took)
        next(one for one in transcript.written if not one.ended).verdict = verdict
        return verdict

    monkeypatch.setattr(WholeQuestionWriter, "write", written)
    monkeypatch.setattr(BlindSolver, "solve", solved)
    return transcript


@pytest.fixture
async def author() -> AsyncGenerator[Author]:
    author = Author([NAME], None)
    yield author
    await author.aclose()


@pytest.mark.parametrize(
    ("language", "topic", "count"), [("en", "Photosynthesis basics", 3), ("ru", "Планеты Солнечной системы", 3)]
)
async def test_a_quiz_is_written_and_checked(
    author: Author, transcript: Transcript, language: str, topic: str, count: int
) -> None:
    transcript.title = f"{topic} ({language}, {count} questions)"
    questions = [one async for one in played(author, transcript, WriteRequest("quiz-1", topic, language, None, count))]

    report = transcript.markdown()
    print(f"\n{report}")  # noqa: T201 - this is what the test is run for
    assert len(transcript.written) <= 3 * count + 1, (
        "three drafts are read for each question, and what was being read then"
    )
    assert len(questions) <= count
    assert transcript.ended is not None
    assert transcript.ended.accepted == len(questions) == len(transcript.accepted)
    for question, one in zip(questions, transcript.accepted, strict=True):
        assert isinstance(one.draft, Draft)
        assert question.stem == one.draft.stem
        assert question.origin is not None
        assert question.origin.model == NAME
        assert one.verdict is not None, "nothing is delivered unchecked"
        assert one.verdict.agrees
        assert one.verdict.said == one.draft.right
    assert all(usage.input_tokens > 0 and usage.output_tokens > 0 for usage in transcript.usages)
    assert not transcript.written or transcript.usages, "what it took is counted"


async def played(author: Author, transcript: Transcript, request: WriteRequest) -> AsyncGenerator[Question]:
    """Play a quiz; what happens goes into the transcript."""
    async for event in author.write(request, tokens=TOKENS):
        match event:
            case Accepted(question):
                transcript.settle("delivered")
                yield question
            case Dropped(check, _, _):
                transcript.settle(f"dropped: {check}")
            case Usage():
                transcript.usages.append(event)
            case Ended():
                transcript.ended = event
            case Drafted():
                pass


@pytest.mark.parametrize("pieces", [0, 3])
async def test_a_call_that_nobody_waits_for_ends_at_once(pieces: int) -> None:
    """Closed while the prompt is read, and while the answer is written."""
    model = Model(NAME)
    await model.open()
    stream = model.stream("Read this first. " * 100 + "Now count to a thousand in words.")
    if pieces:
        for _ in range(pieces):
            await anext(stream)
    else:
        reading = asyncio.ensure_future(anext(stream))
        await asyncio.sleep(1)
        reading.cancel()
        await asyncio.wait({reading})
    begun = time.monotonic()
    await stream.aclose()
    assert time.monotonic() - begun < 1
    reply = await model.answer("Say yes.", {"type": "object", "properties": {"yes": {"type": "boolean"}}})
    assert "yes" in json.loads(reply.text)
    assert reply.usage is not None
    await model.aclose()
