"""The blind solver: answers a question without its key, so that a wrong key shows."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Protocol, cast

import structlog

from generation.failures import CallFailed
from generation.lines import LineReader
from generation.models import Model
from generation.request import Draft, ModelTrouble, Trouble, Usage, WriteRequest
from prompts.registry import find_prompt
from quiz.identity import derived_id

PROMPT = "solver"
LETTERS = "ABCDEFGHIJKL"
TRIES = 2
PASSING = {Trouble.BUSY, Trouble.BROKEN, Trouble.UNREACHABLE, Trouble.SILENT, Trouble.GARBAGE}
"""Trouble that a second try may not meet again."""
PAUSE_SECONDS = 1.0
MOST_PAUSE_SECONDS = 10.0

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

    An empty set says that none is right, several that more than one is; None that it gave no answer.
    `usages` is what it took, of solvers that were asked before in vain too.
    """

    agrees: bool
    said: frozenset[int] | None
    usages: tuple[Usage, ...]


class Solver(Protocol):
    """Somebody who answers drafts without being shown their keys."""

    async def solve(self, draft: Draft, request: WriteRequest) -> Verdict:
        """Whether the answer is exactly the key; raises ModelTrouble when there is no solving now."""
        ...


class FirstThatAnswers:
    """Several solvers: one that fails is followed by the next, and the one that answered last is asked first."""

    def __init__(self, solvers: Sequence[Solver]) -> None:
        self._solvers = solvers
        self._first = solvers[0]

    async def solve(self, draft: Draft, request: WriteRequest) -> Verdict:
        """The verdict of the first one that can be asked; raises the last one's ModelTrouble when none can."""
        took: tuple[Usage, ...] = ()
        trouble = ModelTrouble(Trouble.UNREACHABLE, "there is no solver")
        for solver in sorted(self._solvers, key=lambda one: one is not self._first):
            try:
                verdict = await solver.solve(draft, request)
            except ModelTrouble as failed:
                took, trouble = (*took, *failed.usages), failed
                continue
            self._first = solver
            return replace(verdict, usages=(*took, *verdict.usages))
        trouble.usages = took
        raise trouble


class BlindSolver:
    """Has a chat model answer; it sees question, kind and options in an order of their own, and nothing else."""

    def __init__(self, model: Model, *, pause: float = PAUSE_SECONDS) -> None:
        self._model = model
        self._pause = pause

    async def solve(self, draft: Draft, request: WriteRequest) -> Verdict:
        """Whether the model chooses exactly what the key says; the order of options depends on quiz and question only.

        An answer that cannot be read is asked for once more, and then no agreement; so is a refusal, at once. Raises
        ModelTrouble when the model could not be asked, twice where the trouble may pass.
        """
        order = list(range(len(draft.options)))
        Random(derived_id("solver", request.quiz, draft.stem)).shuffle(order)  # noqa: S311 - it only has to be the same
        prompt = find_prompt(PROMPT, request.language).render(
            question=draft.stem,
            options={LETTERS[shown]: draft.options[place] for shown, place in enumerate(order)},
            kind=str(draft.kind),
        )
        usage: Usage | None = None
        for tries in range(1, TRIES + 1):
            try:
                reply = await self._model.answer(prompt, ANSWER)
            except ModelTrouble as failed:
                log.warning("a solver failed", model=self._model.name, trouble=str(failed.trouble), reason=str(failed))
                usage = _sum(usage, *failed.usages)
                if failed.trouble is Trouble.REFUSED:
                    break
                if not isinstance(failed, CallFailed) or failed.trouble not in PASSING or tries == TRIES:
                    failed.usages = (usage,) if usage else ()
                    raise
                await asyncio.sleep(min(failed.retry_after or self._pause, MOST_PAUSE_SECONDS))
                continue
            usage = _sum(usage, reply.usage)
            letters = read_answer(reply.text if reply.parsed is None else reply.parsed, len(order))
            if letters is not None:
                said = frozenset(order[LETTERS.index(letter)] for letter in letters)
                return Verdict(said == draft.right, said, (usage,) if usage else ())
        return Verdict(agrees=False, said=None, usages=(usage,) if usage else ())


def read_answer(answer: str | dict[str, object], options: int) -> frozenset[str] | None:
    """The letters of an answer, or of the last object with letters in a text; None when there are none to be read."""
    if isinstance(answer, str):
        reader = LineReader()
        found = [one for one in [*reader.feed(answer), *reader.finish()] if isinstance(one, dict)]
        read = (read_answer(one, options) for one in reversed(found))
        return next((letters for letters in read if letters is not None), None)
    right = answer.get("right")
    if isinstance(right, str):
        right = [right]
    if not isinstance(right, list):
        return None
    letters = {_letter(one) for one in cast("Iterable[object]", right)}
    return frozenset(letters) if letters <= set(LETTERS[:options]) else None


def _letter(said: object) -> str:
    """`b`, `B)`, `B. Venus`: models repeat what they choose."""
    text = str(said).strip().upper()
    alone = len(text) == 1 or (len(text) > 1 and not text[1].isalnum())
    return text[0] if alone else text


def _sum(*usages: Usage | None) -> Usage | None:
    """What calls of one model took together."""
    known = [usage for usage in usages if usage]
    if not known:
        return None
    return Usage(known[0].model, sum(one.input_tokens for one in known), sum(one.output_tokens for one in known))
