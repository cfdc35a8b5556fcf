"""The answer-first writer's own solver: asked openly the model must give the answer, then pick it from the options."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from random import Random

import structlog

from generation.answer_first.context import text_around
from generation.answer_first.matching import says
from generation.failures import CallFailed
from generation.lines import LineReader
from generation.models import Model, Reply
from generation.offline.grammar import grammar_of
from generation.request import Draft, ModelTrouble, Tally, Trouble, WriteRequest
from generation.solver import LETTERS, MOST_PAUSE_SECONDS, NAMED, PASSING, PAUSE_SECONDS, TRIES, Took, Verdict
from prompts.registry import find_prompt
from quiz.identity import derived_id

OPEN = "open_solver"
PICK = "letter_solver"
LEAST_OF_LETTERS = 0.1
"""Where all letters together are less likely than this, it was about to write something else."""

SCHEMA = {
    "title": "answer",
    "description": "The answer, and nothing else.",
    "type": "object",
    "properties": {"answer": {"type": "string"}},
    "required": ["answer"],
    "additionalProperties": False,
}

log = structlog.stdlib.get_logger(__name__)


class AnswerFirstSolver:
    """Has a chat model answer with the source before it and without the key: in its own words, and by a letter."""

    def __init__(self, model: Model, *, pause: float = PAUSE_SECONDS) -> None:
        self._model = model
        self._pause = pause

    async def solve(self, draft: Draft, request: WriteRequest, took: Took) -> Verdict:
        """Agrees when the model says the key when asked openly, and picks it among the options.

        It is not asked to pick when its own answer was another one; what it `said` is None then, and where it gave no
        answer. Raises ModelTrouble when the model could not be asked, twice where the trouble may pass.
        """
        if not await self.says_the_key(draft, request, took):
            return Verdict(agrees=False, said=None)
        picked = await self.pick(draft, request, took)
        said = None if picked is None else frozenset({picked})
        return Verdict(said == draft.right, said)

    async def says_the_key(self, draft: Draft, request: WriteRequest, took: Took) -> bool:
        """Whether the model, shown the source and the question only, gives the key and nothing else."""
        said = await self.answer_openly(draft, request, took)
        (key,) = (draft.options[place] for place in draft.right)
        wrong = [option for place, option in enumerate(draft.options) if place not in draft.right]
        return said is not None and says(said, key, wrong, [draft.stem], grammar_of(request.language))

    async def answer_openly(self, draft: Draft, request: WriteRequest, took: Took) -> str | None:
        """What the model answers in its own words; None when it gives no answer."""
        prompt = find_prompt(OPEN, request.language).render(text=_text(draft, request), question=draft.stem)
        reply = await self._ask(self._held, prompt, took)
        return reply and _answer(reply.text)

    async def pick(self, draft: Draft, request: WriteRequest, took: Took) -> int | None:
        """The place of the option that the model holds right; None when it names none.

        By the chances of the letters where the model tells them, in two orders, one the reverse of the other: small
        models prefer some letters. Else by the letter that it names.
        """
        order = list(range(len(draft.options)))
        seed = derived_id("solver", request.quiz, draft.stem, *draft.options)
        Random(seed).shuffle(order)  # noqa: S311 - it only has to be the same when it is asked again
        summed = dict.fromkeys(order, 0.0)
        for one in (order, order[::-1]):
            prompt = _pick_prompt(draft, request, one)
            reply = await self._ask(self._model.first_words, prompt, took)
            shares = _shares(reply.chances if reply else {}, len(one))
            if not shares:
                return await self._name_one(prompt, one, took)
            for place, share in zip(one, shares, strict=True):
                summed[place] += share
        return max(summed, key=summed.__getitem__)

    async def _name_one(self, prompt: str, order: Sequence[int], took: Took) -> int | None:
        reply = await self._ask(self._held, prompt, took)
        named = reply and NAMED.fullmatch(_answer(reply.text) or "")
        place = LETTERS.index(named[1].upper()) if named else len(order)
        return order[place] if place < len(order) else None

    async def _held(self, prompt: str) -> Reply:
        return await self._model.answer(prompt, SCHEMA)

    async def _ask(self, call: Callable[[str], Awaitable[Reply | None]], prompt: str, took: Took) -> Reply | None:
        """What comes of a call; None when the model refuses or what comes is garbage, twice."""
        for tries in range(1, TRIES + 1):
            try:
                reply = await call(prompt)
            except asyncio.CancelledError:
                took(Tally(prompt=len(prompt)).estimate(self._model.name))
                raise
            except ModelTrouble as failed:
                log.warning("a solver failed", model=self._model.name, trouble=str(failed.trouble), reason=str(failed))
                if not isinstance(failed, CallFailed):
                    raise
                if failed.usage:
                    took(failed.usage)
                if failed.trouble is Trouble.REFUSED:
                    return None
                if failed.trouble not in PASSING or (tries == TRIES and failed.trouble is not Trouble.GARBAGE):
                    raise
                if tries < TRIES:
                    await asyncio.sleep(min(failed.retry_after or self._pause, MOST_PAUSE_SECONDS))
                continue
            if reply and reply.usage:
                took(reply.usage)
            return reply
        return None


def _text(draft: Draft, request: WriteRequest) -> str:
    return text_around(draft.evidence, request.material) if draft.evidence else ""


def _answer(text: str) -> str | None:
    """The answer in the last object of a text, else the text where it has no object; None where there is none."""
    reader = LineReader()
    found = [one for one in [*reader.feed(text), *reader.finish()] if isinstance(one, dict)]
    said = found[-1].get("answer") if found else text
    return str(said).strip() or None if isinstance(said, str | int | float) else None


def _pick_prompt(draft: Draft, request: WriteRequest, order: Sequence[int]) -> str:
    shown = (draft.options[place] for place in order)
    return find_prompt(PICK, request.language).render(
        text=_text(draft, request), question=draft.stem, options=dict(zip(LETTERS, shown, strict=False))
    )


def _shares(chances: Mapping[str, float], options: int) -> Sequence[float]:
    """What the letter of each option has of the chances of all letters; empty where they are unlikely."""
    summed = [0.0] * options
    for token, chance in chances.items():
        place = LETTERS.find(token.strip()) if len(token.strip()) == 1 else -1
        if 0 <= place < options:
            summed[place] += chance
    together = sum(summed)
    return [chance / together for chance in summed] if together >= LEAST_OF_LETTERS else []
