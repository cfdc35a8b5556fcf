"""One quiz made and written down: what came when, what was dropped by what, and what another solver says of it."""

import asyncio
import time
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass, replace

from generation.evaluation.makers import Maker
from generation.evaluation.result import (
    Answered,
    Delivered,
    DroppedDraft,
    QuizRecord,
    Used,
    asking,
    place_of,
)
from generation.passage_choice import passages_of
from generation.pipeline import AT_ONCE
from generation.prices import cost
from generation.request import (
    Accepted,
    Draft,
    Drafted,
    Dropped,
    Ended,
    Event,
    ModelTrouble,
    Trouble,
    Usage,
    WriteRequest,
)
from generation.solver import Solver
from generation.source_moderation import is_refused
from quiz.identity import derived_id
from quiz.item_flaws import flaws
from quiz.material import Material
from quiz.question import OPTION_IDS, Checked, Question


@dataclass(frozen=True, slots=True)
class Subject:
    """A source or a topic that a quiz is made of; `why` says why a source could not be read."""

    name: str
    topic: str
    language: str
    material: Material | None = None
    why: str | None = None

    def request(self, count: int, seed: int) -> WriteRequest:
        """What is asked for: the same for the same seed."""
        quiz = derived_id("eval", seed, self.name)
        return WriteRequest(quiz, self.topic, self.language, None, count, material=self.material)


async def make_quiz(
    subject: Subject, maker: Maker, count: int, seed: int, clock: Callable[[], float] = time.monotonic
) -> QuizRecord:
    """The quiz of a subject, and all that was dropped on the way; times are seconds since it was asked for.

    What the bot refuses of its users is refused here.
    """
    request = subject.request(count, seed)
    if subject.why is None and await is_refused(request):
        subject = replace(subject, why=str(Trouble.REFUSED))
    record = _Recording(subject, count, clock)
    if subject.why is None:
        async with aclosing(maker.write(request)) as events:
            async for event in events:
                record.take(event)
    return record.written()


async def with_answers(
    quiz: QuizRecord, subject: Subject, solver: Solver, seed: int, at_once: int = AT_ONCE
) -> QuizRecord:
    """The quiz with what a solver says to each question, shown its source where there is one, and without.

    It is shown the options in another order than the solver of the writer, and asked about `at_once` questions side by
    side. Where it cannot be asked, the rest stays without answers and `solver_trouble` says why.
    """
    request = replace(subject.request(quiz.asked_for, seed), quiz=derived_id("eval solver", seed, subject.name))
    room = asyncio.Semaphore(at_once)
    troubles: list[str] = []

    async def answered(question: Delivered) -> Delivered:
        async with room:
            if troubles:
                return question
            try:
                return await _answered(question, request, solver)
            except ModelTrouble as failed:
                troubles.append(str(failed.trouble))
                return question

    questions = await asyncio.gather(*map(answered, quiz.questions))
    return quiz.model_copy(update={"questions": questions, "solver_trouble": next(iter(troubles), None)})


async def _answered(question: Delivered, request: WriteRequest, solver: Solver) -> Delivered:
    draft = question.to_draft()
    answers = {"without_source": await _ask(solver, replace(draft, evidence=None), replace(request, material=None))}
    if request.material is not None:
        answers["with_source"] = await _ask(solver, draft, request)
    return question.model_copy(update=answers)


async def _ask(solver: Solver, draft: Draft, request: WriteRequest) -> Answered:
    verdict = await solver.solve(draft, request, _unbooked)
    return Answered(agrees=verdict.agrees, said=None if verdict.said is None else sorted(verdict.said))


def _unbooked(_: Usage) -> None:
    """What the independent solver takes is no cost of the quiz."""


class _Recording:
    """A quiz as it comes."""

    def __init__(self, subject: Subject, count: int, clock: Callable[[], float]) -> None:
        self._subject = subject
        self._count = count
        self._clock = clock
        self._began = clock()
        self._questions: list[Delivered] = []
        self._dropped: list[DroppedDraft] = []
        self._used: dict[str, Usage] = {}
        self._drafted = 0
        self._ended = subject.why

    def take(self, event: Event | Usage) -> None:
        match event:
            case Accepted(question):
                self._questions.append(self._delivered(question))
            case Dropped(check, prompt, model, draft, why):
                self._dropped.append(
                    DroppedDraft(
                        by=check,
                        why=why,
                        model=model,
                        prompt=_named(prompt.name, prompt.version, prompt.digest),
                        seconds=self._seconds,
                        draft=asking(draft) if draft else None,
                    )
                )
            case Drafted():
                self._drafted += 1
            case Usage(model, input_tokens, output_tokens):
                before = self._used.get(model, Usage(model, 0, 0))
                self._used[model] = Usage(
                    model, before.input_tokens + input_tokens, before.output_tokens + output_tokens
                )
            case Ended(_, trouble):
                self._ended = str(trouble) if trouble else None

    def written(self) -> QuizRecord:
        return QuizRecord(
            name=self._subject.name,
            topic=self._subject.topic,
            language=self._subject.language,
            words=self._subject.material.words if self._subject.material else None,
            asked_for=self._count,
            questions=self._questions,
            dropped=self._dropped,
            drafted=self._drafted,
            ended=self._ended,
            seconds=self._seconds,
            used=[
                Used(
                    model=one.model,
                    input_tokens=one.input_tokens,
                    output_tokens=one.output_tokens,
                    microdollars=cost(one),
                )
                for one in self._used.values()
            ],
        )

    @property
    def _seconds(self) -> float:
        return round(self._clock() - self._began, 3)

    def _delivered(self, question: Question) -> Delivered:
        origin, evidence, material = question.origin, question.evidence, self._subject.material
        passages = passages_of(evidence, material) if evidence and material else ()
        return Delivered(
            id=question.id,
            kind=str(question.kind),
            question=question.stem,
            options=[option.text for option in question.options],
            key=sorted(OPTION_IDS.index(one) for one in question.key),
            level=str(question.level),
            explanation=question.explanation,
            evidence=evidence.quote if evidence else None,
            place=place_of(evidence),
            passage=passages[0].text if passages else None,
            checked=str(question.checked),
            checks=list(origin.checks) if origin else [],
            model=origin.model if origin else "",
            prompt=_named(origin.prompt, origin.prompt_version, origin.prompt_digest) if origin else "",
            common_knowledge=question.common_knowledge if question.checked is Checked.SOLVER else None,
            seconds=self._seconds,
            flaws=flaws(question),
        )


def _named(prompt: str, version: int, digest: str) -> str:
    return f"{prompt} {version} {digest}".strip()
