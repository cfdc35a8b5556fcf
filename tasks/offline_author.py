"""An author that needs no model, for quizzes on a material."""

import asyncio
import time
from collections.abc import AsyncGenerator

from generation.drafts import to_question
from generation.offline.writer import Nothing, NothingToAsk, write_offline
from generation.request import Accepted, Ended, Event, Trouble, Usage, WriteRequest
from quiz.identity import derived_id
from quiz.question import Checked, Origin

WHY = {Nothing.LANGUAGE: Trouble.LANGUAGE, Nothing.NO_FACTS: Trouble.NOTHING, Nothing.ASKED: Trouble.ALL_ASKED}


class OfflineAuthor:
    """Writes by rules alone."""

    async def warm_up(self) -> None:
        """Nothing takes long."""

    async def write(self, request: WriteRequest, *, tokens: int, untold: list[Usage]) -> AsyncGenerator[Event | Usage]:
        """Questions from the material of the request."""
        del tokens, untold
        if request.material is None:
            yield Ended(0, Trouble.NOTHING)
            return
        try:
            drafts = await asyncio.to_thread(
                write_offline, request.material, request.language, request.count, request.quiz, request.avoid
            )
        except NothingToAsk as nothing:
            yield Ended(0, WHY[nothing.why])
            return
        for draft in drafts:
            origin = Origin("offline", 1, "", "offline", (), time.time_ns() // 1_000_000)
            question_id = derived_id("question", request.quiz, draft.stem, *draft.options)
            yield Accepted(to_question(draft, question_id=question_id, origin=origin, checked=Checked.RULES))
        yield Ended(len(drafts), Trouble.NOTHING if len(drafts) < request.count else None)
