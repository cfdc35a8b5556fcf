"""The writer of whole questions on a topic: one prompt, one stream, one draft a line."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from generation.drafts import read_draft
from generation.models import Model
from generation.replies import objects
from generation.request import Asked, Draft, PromptName, Tally, Unreadable, Usage, WriteRequest
from prompts.registry import Prompt, find_prompt

PROMPT = "writer"
MOST_AVOIDED = 60
MOST_CHARACTERS_AVOIDED = 160


class WholeQuestionWriter:
    """Has a chat model write questions, options, keys and explanations in one.

    A call that brings no object at all is a refusal when it is a few words that ask nothing, else garbage.
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

    async def write(
        self, request: WriteRequest, tally: Tally | None = None
    ) -> AsyncGenerator[Draft | Usage | Unreadable]:
        """Each draft as soon as its line is whole; raises ModelTrouble when it cannot go on.

        The connection is closed when this generator is. What came before a failure is yielded before it is raised.
        """
        count = asked_for(request.count)
        async with aclosing(objects(self._model, self._rendered(request, count), count, tally or Tally())) as found:
            async for one in found:
                if isinstance(one, dict):
                    yield read_draft(one, language=request.language, level=request.level)
                else:
                    yield one

    def _prompt(self, language: str) -> Prompt:
        return find_prompt(PROMPT, language, self._version)

    def _rendered(self, request: WriteRequest, count: int) -> str:
        return self._prompt(request.language).render(
            topic=request.topic,
            count=count,
            level=str(request.level) if request.level else "mixed",
            avoid=avoided(request.avoid),
        )


def name_of(prompt: Prompt) -> PromptName:
    """What a question says of the prompt that it was written by."""
    return PromptName(prompt.name, prompt.version, prompt.digest)


def asked_for(count: int) -> int:
    """How many questions are asked for where this many are wanted: a quarter more, since some will be dropped."""
    return count + (count + 3) // 4


def avoided(avoid: Sequence[Asked]) -> list[str]:
    """What a prompt says of questions that must not come again: the newest ones, shortened."""
    texts = [f"{asked.stem} → {asked.key}" if asked.key else asked.stem for asked in avoid]
    return [text[:MOST_CHARACTERS_AVOIDED] for text in texts[-MOST_AVOIDED:]]
