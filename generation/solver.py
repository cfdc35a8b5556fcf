"""The blind solver: answers a question without its key, so that a wrong key shows."""

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, cast

import structlog

from generation.chance import chance_of
from generation.failures import CallFailed
from generation.lines import LineReader
from generation.models import Model, Reply
from generation.passage_choice import as_data, passages_of
from generation.request import Draft, ModelTrouble, Tally, Trouble, Usage, WriteRequest
from prompts.registry import find_prompt
from quiz.identity import derived_id

PROMPT = "solver"
WITH_PASSAGE = "source_solver"
UNAIDED = "unaided_solver"
MOST_PASSAGES = 3
"""Of those that may be the one the evidence stands in."""
LETTERS = "ABCDEFGHIJKL"
NAMED = re.compile(r"\(?([A-La-l])(?:[).:]+(?: (.+))?)?")
TRIES = 2
PASSING = {Trouble.BUSY, Trouble.BROKEN, Trouble.UNREACHABLE, Trouble.GARBAGE}
"""Trouble that a second try may not meet again; of silence nobody waits for more."""
PAUSE_SECONDS = 1.0
MOST_PAUSE_SECONDS = 10.0

Took = Callable[[Usage], None]

log = structlog.stdlib.get_logger(__name__)

ANSWER = {
    "title": "answer",
    "description": "The right options, after the reason.",
    "type": "object",
    "properties": {
        "why": {"type": "string", "description": "The reason, in one short sentence."},
        "right": {"type": "array", "items": {"type": "string"}, "description": "The letters of the right options."},
    },
    "required": ["why", "right"],
    "additionalProperties": False,
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the solver made of a draft: `said` are the places of the options it holds right, from 0.

    An empty set says that none is right, several that more than one is; None that it gave no answer. Of a draft on a
    material `common_knowledge` says whether it is answered as well without that; None: nobody asked, or was answered.
    """

    agrees: bool
    said: frozenset[int] | None
    common_knowledge: bool | None = None


class Solver(Protocol):
    """Somebody who answers drafts without being shown their keys."""

    async def solve(self, draft: Draft, request: WriteRequest, took: Took) -> Verdict:
        """Whether the answer is exactly the key; raises ModelTrouble when there is no solving now.

        `took` is told what each call took, however it ended.
        """
        ...


class FirstThatAnswers:
    """Several solvers: one that fails is followed by the next, and the one that answered last is asked first."""

    def __init__(self, solvers: Sequence[Solver]) -> None:
        self._solvers = solvers
        self._first = next(iter(solvers), None)

    async def solve(self, draft: Draft, request: WriteRequest, took: Took) -> Verdict:
        """The verdict of the first one that can be asked; raises the last one's ModelTrouble when none can."""
        trouble = ModelTrouble(Trouble.UNREACHABLE, "there is no solver")
        for solver in sorted(self._solvers, key=lambda one: one is not self._first):
            try:
                verdict = await solver.solve(draft, request, took)
            except ModelTrouble as failed:
                trouble = failed
                continue
            self._first = solver
            return verdict
        raise trouble


class BlindSolver:
    """Has a chat model answer; it sees question, kind and options in an order of their own, and nothing else.

    Of a draft on a material it sees the passage that its evidence stands in as well, not which words are the evidence;
    where it agrees, it is asked once more without the passage.
    """

    def __init__(self, model: Model, *, pause: float = PAUSE_SECONDS) -> None:
        self._model = model
        self._pause = pause

    async def solve(self, draft: Draft, request: WriteRequest, took: Took) -> Verdict:
        """Whether the model chooses exactly what the key says; the order of options depends on quiz and question only.

        An answer that cannot be read is asked for once more, and then no agreement; so is a refusal, at once. Raises
        ModelTrouble when the model could not be asked, twice where the trouble may pass. A call that is cancelled is
        booked as a `Tally` estimates it. Whether a draft on a material is common knowledge stays open when the second
        question was not answered.
        """
        if request.material is None:
            return await self._verdict(PROMPT, draft, request, took)
        passages = passages_of(draft.evidence, request.material) if draft.evidence else ()
        if not passages:
            return Verdict(agrees=False, said=None)
        shown = [as_data(passage, number) for number, passage in enumerate(passages[:MOST_PASSAGES], 1)]
        verdict = await self._verdict(WITH_PASSAGE, draft, request, took, passages=shown)
        if not verdict.agrees:
            return verdict
        try:
            unaided = await self._verdict(UNAIDED, draft, request, took)
        except ModelTrouble:
            return verdict  # logged where it failed
        return replace(verdict, common_knowledge=None if unaided.said is None else unaided.agrees)

    async def _verdict(
        self, name: str, draft: Draft, request: WriteRequest, took: Took, **inputs: list[dict[str, str]]
    ) -> Verdict:
        order = list(range(len(draft.options)))
        seed = derived_id(PROMPT, request.quiz, draft.stem, *draft.options)
        chance_of(seed).shuffle(order)
        shown = [draft.options[place] for place in order]
        prompt = find_prompt(name, request.language).render(
            question=draft.stem,
            options=dict(zip(LETTERS, shown, strict=False)),
            kind=str(draft.kind),
            **inputs,
        )
        for tries in range(1, TRIES + 1):
            try:
                reply = await self._ask(prompt, took)
            except CallFailed as failed:
                if failed.trouble is Trouble.REFUSED:
                    break
                if failed.trouble not in PASSING or (tries == TRIES and failed.trouble is not Trouble.GARBAGE):
                    raise
                if tries < TRIES:
                    await asyncio.sleep(min(failed.retry_after or self._pause, MOST_PAUSE_SECONDS))
                continue
            chosen = read_answer(reply.text, shown)
            if chosen is not None:
                said = frozenset(order[place] for place in chosen)
                return Verdict(said == draft.right, said)
        return Verdict(agrees=False, said=None)

    async def _ask(self, prompt: str, took: Took) -> Reply:
        try:
            reply = await self._model.answer(prompt, ANSWER)
        except asyncio.CancelledError:
            took(Tally(prompt=len(prompt)).estimate(self._model.name))
            raise
        except ModelTrouble as failed:
            log.warning("a solver failed", model=self._model.name, trouble=str(failed.trouble), reason=str(failed))
            if isinstance(failed, CallFailed) and failed.usage:
                took(failed.usage)
            raise
        if reply.usage:
            took(reply.usage)
        return reply


def read_answer(answer: str | dict[str, object], shown: Sequence[str]) -> frozenset[int] | None:
    """The places of the options that an answer names, or the last object with a choice in a text; None when there is
    no choice, or a word that is not for certain one option's letter.

    An option is named by its letter, alone (`b`, `(B)`, `B.`) or before its own words (`B. Venus`); several stand in
    a list, or in a text with commas. Nothing is made of `A or B`: that more than one may be right is not to be lost.
    """
    if isinstance(answer, str):
        reader = LineReader()
        found = [one for one in [*reader.feed(answer), *reader.finish()] if isinstance(one, dict)]
        read = (read_answer(one, shown) for one in reversed(found))
        return next((chosen for chosen in read if chosen is not None), None)
    right = answer.get("right")
    if isinstance(right, str):
        right = [right] if _named(right, shown) is not None else right.split(",")
    if not isinstance(right, list):
        return None
    places = [_named(one, shown) for one in cast("list[object]", right)]
    return None if None in places else frozenset(place for place in places if place is not None)


def _named(said: object, shown: Sequence[str]) -> int | None:
    """The place of the option that an entry names by its letter; None when it is not just that."""
    match = NAMED.fullmatch(" ".join(str(said).split()))
    if match is None:
        return None
    place = LETTERS.index(match[1].upper())
    if place >= len(shown):
        return None
    return place if match[2] in {None, " ".join(shown[place].split())} else None
