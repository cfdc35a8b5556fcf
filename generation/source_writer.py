"""The writer of whole questions on a material: passages in a prompt, and drafts that quote their evidence."""

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace

from generation.chance import chance_of
from generation.drafts import read_draft
from generation.focus import MOST_OF_FOCUS, wanted
from generation.models import Model
from generation.passage_choice import Stretch, as_data, stretches
from generation.replies import objects
from generation.request import Draft, ModelTrouble, PromptName, Tally, Trouble, Unreadable, Usage, WriteRequest
from generation.writer import asked_for, avoided, name_of
from prompts.registry import Prompt, find_prompt
from quiz.evidence import find_evidence
from quiz.material import Evidence, Material, Passage

PROMPT = "source_writer"
NOTHING_CAME = {Trouble.REFUSED, Trouble.GARBAGE}
MOST_OF_QUOTE = 600
"""Characters: more shows nothing, since the answer may be anywhere in it."""


class SourceWriter:
    """Has a chat model write whole questions on the passages of a material, each with words of it as evidence.

    A draft whose words do not stand in a passage that the model was shown has no evidence, and the checks drop it.
    """

    def __init__(self, model: Model, *, version: int | None = None) -> None:
        self._model = model
        self._version = version

    @property
    def model(self) -> str:
        """What writes, as the settings name it."""
        return self._model.name

    def prompt(self, language: str) -> PromptName:
        """The prompt for a quiz in this language."""
        return name_of(self._prompt(language))

    async def write(self, request: WriteRequest, tally: Tally) -> AsyncGenerator[Draft | Usage | Unreadable]:
        """Drafts on one stretch of the material after the other, a call each; raises ModelTrouble when it cannot go on.

        A call that brings no object is a failure only where none of them brings any: its stretch may give nothing.
        """
        shown = await asyncio.to_thread(_shown, request)
        brought, failure = False, None
        for stretch in shown:
            # More than are wanted only where that leaves nothing out: else the last stretches would get fewer.
            count = asked_for(stretch.count) if len(shown) == 1 else stretch.count
            prompt = self._rendered(request, stretch.passages, count)
            here = False
            try:
                async with aclosing(objects(self._model, prompt, count, tally)) as found:
                    async for one in found:
                        here = here or not isinstance(one, Usage)
                        yield _draft(one, stretch.passages, request) if isinstance(one, dict) else one
            except ModelTrouble as failed:
                if here or failed.trouble not in NOTHING_CAME:
                    raise
                failure = failed
            brought = brought or here
        if failure and not brought:
            raise failure

    def _prompt(self, language: str) -> Prompt:
        return find_prompt(PROMPT, language, self._version)

    def _rendered(self, request: WriteRequest, passages: Sequence[Passage], count: int) -> str:
        return self._prompt(request.language).render(
            title=request.topic,
            passages=[as_data(passage, number) for number, passage in enumerate(passages, 1)],
            focus=request.focus[:MOST_OF_FOCUS],
            count=count,
            level=str(request.level) if request.level else "mixed",
            avoid=avoided(request.avoid),
        )


def _shown(request: WriteRequest) -> Sequence[Stretch]:
    if request.material is None:
        raise ValueError("a quiz on a topic is not written from passages")
    passages = wanted(request.material, request.focus, request.language).passages
    # What was asked is in the seed: whoever asks again for what lacks is shown other passages.
    chance = chance_of(f"{request.quiz} {len(request.avoid)}")
    return stretches(passages, request.count, request.covered, chance)


def _draft(found: Mapping[str, object], passages: Sequence[Passage], request: WriteRequest) -> Draft | Unreadable:
    draft = read_draft(found, language=request.language, level=request.level)
    if isinstance(draft, Unreadable):
        return draft
    return replace(draft, source=None, evidence=_evidence(found, passages))


def _evidence(found: Mapping[str, object], passages: Sequence[Passage]) -> Evidence | None:
    """The words of a passage that an object quotes: of the passage that it names, else of any that was shown."""
    quote = found.get("evidence")
    if not isinstance(quote, str) or len(quote) > MOST_OF_QUOTE:
        return None
    numbers = {str(number): passage for number, passage in enumerate(passages, 1)}
    named = numbers.get(str(found.get("passage")))
    return find_evidence(quote, Material("", (named, *passages) if named else tuple(passages)))
