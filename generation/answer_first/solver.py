"""The answer-first writer's own solver: asked openly the model must give the answer, then pick it from the options."""

from dataclasses import replace

from generation.answer_first.asking import Asker
from generation.answer_first.context import text_around
from generation.answer_first.letters import pick
from generation.answer_first.matching import says
from generation.models import Model
from generation.offline.grammar import grammar_of
from generation.request import Draft, ModelTrouble, WriteRequest
from generation.solver import PAUSE_SECONDS, Took, Verdict
from prompts.registry import find_prompt
from quiz.identity import derived_id

OPEN = "open_solver"
PICK = "letter_solver"
UNAIDED = "unaided_letter"
GUESS = {"en": "I would have to guess", "ru": "Пришлось бы угадывать"}


class AnswerFirstSolver:
    """Has a chat model answer with the source before it and without the key: in its own words, and by a letter."""

    def __init__(self, model: Model, *, pause: float = PAUSE_SECONDS) -> None:
        self._asker = Asker(model, pause)

    async def solve(self, draft: Draft, request: WriteRequest, took: Took) -> Verdict:
        """Agrees when the model says the key when asked openly, and picks it among the options.

        It is not asked to pick when its own answer was another one; what it `said` is None then, and where it gave no
        answer. One it agrees to is asked again without the material; what it picks then is common knowledge. Raises
        ModelTrouble when the model could not be asked, twice where the trouble may pass.
        """
        if not await self.says_the_key(draft, request, took):
            return Verdict(agrees=False, said=None)
        picked = await self.pick(draft, request, took)
        verdict = Verdict(picked in draft.right, None if picked is None else frozenset({picked}))
        if not verdict.agrees:
            return verdict
        try:
            return replace(verdict, common_knowledge=await self.picks_unaided(draft, request, took))
        except ModelTrouble:
            return verdict  # logged where it failed

    async def says_the_key(self, draft: Draft, request: WriteRequest, took: Took) -> bool:
        """Whether the model, shown the source and the question only, gives the key and nothing else."""
        said = await self.answer_openly(draft, request, took)
        (key,) = (draft.options[place] for place in draft.right)
        wrong = [option for place, option in enumerate(draft.options) if place not in draft.right]
        return said is not None and says(said, key, wrong, [draft.stem], grammar_of(request.language))

    async def answer_openly(self, draft: Draft, request: WriteRequest, took: Took) -> str | None:
        """What the model answers in its own words; None when it gives no answer."""
        prompt = find_prompt(OPEN, request.language).render(text=_text(draft, request), question=draft.stem)
        return await self._asker.answer(prompt, took)

    async def pick(self, draft: Draft, request: WriteRequest, took: Took) -> int | None:
        """The place of the option that the model picks; None when it names none."""

        def render(options: dict[str, str]) -> str:
            prompt = find_prompt(PICK, request.language)
            return prompt.render(text=_text(draft, request), question=draft.stem, options=options)

        return await pick(self._asker, draft.options, _seed(draft, request), render, took)

    async def picks_unaided(self, draft: Draft, request: WriteRequest, took: Took) -> bool:
        """Whether the model picks the key without the source, though it may say that it would have to guess."""

        def render(options: dict[str, str]) -> str:
            return find_prompt(UNAIDED, request.language).render(question=draft.stem, options=options)

        options = [*draft.options, GUESS[request.language]]
        return await pick(self._asker, options, _seed(draft, request), render, took) in draft.right


def _text(draft: Draft, request: WriteRequest) -> str:
    return text_around(draft.evidence, request.material) if draft.evidence else ""


def _seed(draft: Draft, request: WriteRequest) -> str:
    return derived_id("solver", request.quiz, draft.stem, *draft.options)
