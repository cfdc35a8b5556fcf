"""One call of a model that writes objects, one a line: what comes, and whether it is worth reading on."""

import re
from collections.abc import AsyncGenerator
from contextlib import aclosing

from generation.failures import CallFailed
from generation.lines import LineReader
from generation.models import Model
from generation.request import ModelTrouble, Tally, Trouble, Unreadable, Usage

MOST_BYTES = 1_000_000
MOST_CHARACTERS_EACH = 5_000
"""A question is at most 3,400 characters; a call that brings more than this for each is no longer writing questions."""
MOST_CHARACTERS_OF_REFUSAL = 800
ASKS = re.compile(r"[{?？؟]|^\s*(?:\d+|[A-Da-d])[.)]\s", re.MULTILINE)
"""What stands in questions of another form than the prompt's, and hardly in a refusal."""


async def objects(
    model: Model, prompt: str, count: int, tally: Tally
) -> AsyncGenerator[dict[str, object] | Unreadable | Usage]:
    """The objects of a reply to a prompt that asks for so many, each as soon as its line is whole, and what it took.

    What came before a failure is yielded before it is raised. A reply without any object is a refusal when it is a few
    words that ask nothing, else garbage; one that is far too long is garbage. The connection is closed when this
    generator is.
    """
    reader = LineReader()
    reply = _Reply(MOST_CHARACTERS_EACH * count, tally)
    tally.prompt += len(prompt)
    trouble: ModelTrouble | None = None
    try:
        async with aclosing(model.stream(prompt)) as pieces:
            async for piece in pieces:
                if isinstance(piece, Usage):
                    yield piece
                    continue
                reply.take(piece)
                for found in reader.feed(piece):
                    reply.objects += 1
                    yield found
    except ModelTrouble as failed:
        trouble = failed
    for found in reader.finish():
        reply.objects += 1
        yield found
    if trouble:
        raise trouble
    reply.must_have_had_objects()


class _Reply:
    """What came of one call so far."""

    def __init__(self, most_characters: int, tally: Tally) -> None:
        self.objects = 0
        self._tally = tally
        self._most_characters = most_characters
        self._characters = 0
        self._bytes = 0
        self._beginning = ""

    def take(self, piece: str) -> None:
        self._bytes += len(piece.encode("utf-8", "replace"))
        self._characters += len(piece)
        self._tally.text += len(piece)
        if len(self._beginning) <= MOST_CHARACTERS_OF_REFUSAL:
            self._beginning += piece
        if self._bytes > MOST_BYTES or self._characters > self._most_characters:
            raise CallFailed(Trouble.GARBAGE, "it wrote far more than the questions asked for")

    def must_have_had_objects(self) -> None:
        if not self.objects:
            said = self._beginning.strip()
            refused = 0 < len(said) <= MOST_CHARACTERS_OF_REFUSAL and not ASKS.search(said)
            raise CallFailed(Trouble.REFUSED if refused else Trouble.GARBAGE, "it wrote no question")
