"""Reports of questions that somebody takes for wrong: which they are, and by how many, for 7 days.

No report says who made it, nor has a word of the question.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import cast

from quiz.reported import Reported, Whence
from storage import keys
from storage.connection import Script, Storage
from storage.marks import mark_of

MOST = 1000
MOST_OF_ONE = 1000


class Reports:
    """The newest `MOST` reports, none older than 7 days; and which questions a person has reported."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._reported = Script(storage, "reported")

    async def add(self, user: int, quiz: str, reported: Reported) -> bool:
        """Take a report down, once for each person; whether it is the first of theirs. `quiz` is what they play."""
        life = keys.FINISHED_ATTEMPT // timedelta(milliseconds=1)
        await self._reported([keys.reported(user)], [life, MOST_OF_ONE, _own(quiz, reported.question)])
        question = (reported.whence, reported.where, reported.question, str(reported.revision))
        report = " ".join([*question, await mark_of(self._storage, user, *question)])
        life = keys.REPORT // timedelta(milliseconds=1)
        return await self._reported([keys.REPORTS], [life, MOST, report]) == [1]

    async def all(self) -> list[Reported]:
        """What was reported in the last 7 days, what was reported last first."""
        found: dict[tuple[str, ...], Reported] = {}
        oldest = await self._storage.now() - keys.REPORT // timedelta(milliseconds=1)
        for report, at in await self._kept():
            if at < oldest:
                continue
            whence, where, question, revision, _mark = key = tuple(report.split(" "))
            one = found.get(key[:-1])
            new = Reported(Whence(whence), where, question, int(revision), last=at)
            found[key[:-1]] = replace(one, people=one.people + 1, last=at) if one else new
        return sorted(found.values(), key=lambda one: -one.last)

    async def by(self, user: int, quiz: str, questions: Iterable[str]) -> set[str]:
        """Those of the questions of a quiz that a person has reported."""
        range_ = self._storage.client.zrange(keys.reported(user), 0, -1)  # pyright: ignore[reportUnknownMemberType]
        reported = set(cast("list[str]", await self._storage.call(range_)))
        return {question for question in questions if _own(quiz, question) in reported}

    async def forget(self, quizzes: set[str]) -> None:
        """Drop the reports about quizzes that were written for one person."""
        for report, _at in await self._kept():
            if report.split(" ")[1] in quizzes:
                await self._storage.write(keys.REPORTS, "ZREM", keys.REPORTS, report)

    async def _kept(self) -> list[tuple[str, int]]:
        range_ = self._storage.client.zrange(keys.REPORTS, 0, -1, withscores=True)  # pyright: ignore[reportUnknownMemberType]
        return [(report, int(at)) for report, at in cast("list[tuple[str, float]]", await self._storage.call(range_))]


def _own(quiz: str, question: str) -> str:
    return f"{quiz} {question}"
