"""The writer of whole questions: one prompt, one stream, one draft a line."""

import re
from collections.abc import AsyncGenerator
from contextlib import aclosing

from generation.drafts import read_draft
from generation.failures import CallFailed
from generation.lines import LineReader
from generation.models import Model
from generation.request import Draft, ModelTrouble, PromptName, Tally, Trouble, Unreadable, Usage, WriteRequest
from prompts.registry import Prompt, find_prompt

PROMPT = "writer"
MOST_BYTES = 1_000_000
MOST_CHARACTERS_EACH = 5_000
"""A question is at most 3,400 characters; a call that brings more than this for each is no longer writing questions."""
MOST_AVOIDED = 60
MOST_CHARACTERS_AVOIDED = 160
MOST_CHARACTERS_OF_REFUSAL = 800
ASKS = re.compile(r"[{?？؟]|^\s*(?:\d+|[A-Da-d])[.)]\s", re.MULTILINE)
"""What stands in questions of another form than the prompt's, and hardly in a refusal."""


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
        found = self._prompt(language)
        return PromptName(found.name, found.version, found.digest)

    async def write(
        self, request: WriteRequest, tally: Tally | None = None
    ) -> AsyncGenerator[Draft | Usage | Unreadable]:
        """Each draft as soon as its line is whole; raises ModelTrouble when it cannot go on.

        The connection is closed when this generator is. What came before a failure is yielded before it is raised.
        """
        count = asked_for(request.count)
        reader = LineReader()
        tally = tally or Tally()
        reply = _Reply(MOST_CHARACTERS_EACH * count, tally)
        prompt = self._rendered(request, count)
        tally.prompt = len(prompt)
        trouble: ModelTrouble | None = None
        try:
            async with aclosing(self._model.stream(prompt)) as pieces:
                async for piece in pieces:
                    if isinstance(piece, Usage):
                        yield piece
                        continue
                    reply.take(piece)
                    for found in reader.feed(piece):
                        reply.objects += 1
                        yield _draft(found, request)
        except ModelTrouble as failed:
            trouble = failed
        for found in reader.finish():
            reply.objects += 1
            yield _draft(found, request)
        if trouble:
            raise trouble
        reply.must_have_had_objects()

    def _prompt(self, language: str) -> Prompt:
        return find_prompt(PROMPT, language, self._version)

    def _rendered(self, request: WriteRequest, count: int) -> str:
        avoid = [f"{asked.stem} → {asked.key}" if asked.key else asked.stem for asked in request.avoid]
        return self._prompt(request.language).render(
            topic=request.topic,
            count=count,
            level=str(request.level) if request.level else "mixed",
            avoid=[text[:MOST_CHARACTERS_AVOIDED] for text in avoid[-MOST_AVOIDED:]],
        )


def asked_for(count: int) -> int:
    """How many questions are asked for where this many are wanted: a quarter more, since some will be dropped."""
    return count + (count + 3) // 4


def _draft(found: dict[str, object] | Unreadable, request: WriteRequest) -> Draft | Unreadable:
    if isinstance(found, Unreadable):
        return found
    return read_draft(found, language=request.language, level=request.level)


class _Reply:
    """What came of one call so far."""

    def __init__(self, most_characters: int, tally: Tally) -> None:
        self.objects = 0
        self._tally = tally
        self._most_characters = most_characters
        self._bytes = 0
        self._beginning = ""

    def take(self, piece: str) -> None:
        self._bytes += len(piece.encode("utf-8", "replace"))
        self._tally.text += len(piece)
        if len(self._beginning) <= MOST_CHARACTERS_OF_REFUSAL:
            self._beginning += piece
        if self._bytes > MOST_BYTES or self._tally.text > self._most_characters:
            raise CallFailed(Trouble.GARBAGE, "it wrote far more than the questions asked for")

    def must_have_had_objects(self) -> None:
        if not self.objects:
            said = self._beginning.strip()
            refused = 0 < len(said) <= MOST_CHARACTERS_OF_REFUSAL and not ASKS.search(said)
            raise CallFailed(Trouble.REFUSED if refused else Trouble.GARBAGE, "it wrote no question")
