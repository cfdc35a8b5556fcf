"""The blind solver: answers a question without its key, so that a wrong key shows."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from random import Random
from typing import Protocol, cast

from generation.failures import CallFailed
from generation.lines import LineReader
from generation.models import Model
from generation.request import Draft, Trouble, Usage, WriteRequest
from prompts.registry import find_prompt
from quiz.identity import derived_id

PROMPT = "solver"
LETTERS = "ABCDEFGHIJKL"
TRIES = 2
PASSING = {Trouble.BUSY, Trouble.BROKEN, Trouble.UNREACHABLE, Trouble.SILENT, Trouble.GARBAGE}
"""Trouble that a second try may not meet again."""
PAUSE_SECONDS = 1.0
MOST_PAUSE_SECONDS = 10.0

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
    """

    agrees: bool
    said: frozenset[int] | None
    usage: Usage | None


class Solver(Protocol):
    """Somebody who answers drafts without being shown their keys."""

    async def solve(self, draft: Draft, request: WriteRequest) -> Verdict:
        """Whether the answer is exactly the key; raises ModelTrouble when there is no solving now."""
        ...


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
            except CallFailed as failed:
                if failed.trouble is Trouble.REFUSED:
                    break
                if failed.trouble not in PASSING or tries == TRIES:
                    raise
                await asyncio.sleep(min(failed.retry_after or self._pause, MOST_PAUSE_SECONDS))
                continue
            usage = _sum(usage, reply.usage)
            letters = read_answer(reply.text if reply.parsed is None else reply.parsed, len(order))
            if letters is not None:
                said = frozenset(order[LETTERS.index(letter)] for letter in letters)
                return Verdict(said == draft.right, said, usage)
        return Verdict(agrees=False, said=None, usage=usage)


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


def _sum(one: Usage | None, other: Usage | None) -> Usage | None:
    if one is None or other is None:
        return one or other
    return Usage(one.model, one.input_tokens + other.input_tokens, one.output_tokens + other.output_tokens)
