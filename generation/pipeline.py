"""From a request to checked questions: writers one after the other, checks, the blind solver."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence

from generation.request import Event, Usage, Writer, WriteRequest
from generation.writing import Pair, Writing

CEILING = 100_000
"""Tokens that one quiz may take, of writers and solver together."""
AT_ONCE = 4
"""Questions at the solver at the same time."""
PATIENCE_SECONDS = 5.0
"""How long a writer may go on once there is enough: the provider counts the tokens at the end only."""
PAUSE_SECONDS = 1.0
"""Before a writer is asked again, where the provider does not say how long it wants to be left alone."""


async def write_quiz(
    request: WriteRequest,
    pairs: Sequence[Pair],
    *,
    clock: Callable[[], int],
    tokens: int = CEILING,
    at_once: int = AT_ONCE,
    patience: float = PATIENCE_SECONDS,
    pause: float = PAUSE_SECONDS,
    untold: list[Usage] | None = None,
    fallback: Writer | None = None,
) -> AsyncGenerator[Event | Usage]:
    """Yield what happens until `Ended`, each question as soon as it is accepted, while the writer writes on.

    - A writer that brought too few is asked for the rest, three times in all; one that fails is followed by the
      next, the last one is asked again when what came broke off, and, after `pause` or as long as the provider asks for
      (at most 5 s), when its provider was busy, broken or not reached. At most three drafts are read for each question.
    - A draft passes the checks, then the solver beside its writer (`at_once`, never more than are still needed; with 1
      the next draft is read when the one before is solved, for a model that does one thing at a time).
    - Asked for one level, a draft of the level beside it is taken for that level: writers are that unsure of their
      labels. One two levels off is dropped.
    - When the solver cannot be asked, nothing more is accepted; when the tokens are used up, what is at the
      solver still is.
    - `fallback` writes by rules, which stand for its questions in a solver's place. It writes what lacks when none of
      the models can be asked, or when they brought no question at all; not when one would not write on this.
    - A call that brought text, and of which the provider did not say what it took, is booked as `Tally` estimates it.
    - When this generator is closed, so are all calls of models; what they took, and nobody was told of, is then in
      `untold`.

    `clock` gives the milliseconds since 1970 that questions are marked with.
    """
    writing = Writing(request, clock, tokens, at_once=at_once, patience=patience, pause=pause)
    task = asyncio.create_task(writing.run(pairs, fallback))
    try:
        while (event := await writing.events.get()) is not None:
            yield event
        await task
    finally:
        task.cancel()
        await asyncio.wait({task})
        if untold is not None:
            left = [writing.events.get_nowait() for _ in range(writing.events.qsize())]
            untold += [event for event in left if isinstance(event, Usage)]
        if not task.cancelled():
            # Nobody is there any more to be told.
            task.exception()
