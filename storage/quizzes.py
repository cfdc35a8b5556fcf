"""The questions of quizzes: once there they never change, so that what is read may be kept in memory."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import cast

from pydantic import TypeAdapter

from quiz.attempt import Attempt
from quiz.question import Question
from storage import keys
from storage.connection import Script, Storage
from storage.records import read_record

RECORD = 1
LIFE_MS = keys.QUIZ_VERSION // timedelta(milliseconds=1)
KEPT = 256
WRITTEN = "written"
"""The only version of a quiz that a model writes: questions are added to it, and stay as they are."""
_QUESTION = TypeAdapter(tuple[int, Question])
_QUESTIONS = TypeAdapter(tuple[int, tuple[Question, ...]])


class Quizzes:
    """The questions of every quiz version, and the last `KEPT` of them in memory."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._written = Script(storage, "written")
        self._add_next = Script(storage, "add_next")
        self._kept: OrderedDict[str, dict[str, Question]] = OrderedDict()

    async def save(self, quiz: str, version: str, questions: Sequence[Question]) -> None:
        """Keep a version for as long as an attempt at it may live; saving it again only prolongs that."""
        key = keys.quiz_version(quiz, version)
        record = _QUESTIONS.dump_json((RECORD, tuple(questions))).decode()
        await self._storage.set(key, record, keys.QUIZ_VERSION)

    async def prolong(self, quiz: str, version: str) -> None:
        """Keep a version for as long as an attempt at it that begins or goes on now may live."""
        key = keys.written(quiz) if version == WRITTEN else keys.quiz_version(quiz, version)
        await self._storage.ask("PEXPIRE", key, LIFE_MS)

    async def add_written(self, quiz: str, position: int, question: Question) -> Question:
        """Keep a question at a position of a quiz that is being written; the one that stands there, if one does."""
        record = _QUESTION.dump_json((RECORD, question)).decode()
        [kept] = await self._written([keys.written(quiz)], [str(position), record, LIFE_MS])
        return read_record(_QUESTION, cast("str", kept), RECORD)

    async def add_next(self, quiz: str, place: int, questions: Sequence[Question]) -> bool:
        """Keep questions at the positions from `place` on, if the quiz has just so many before; else nothing."""
        records = [_QUESTION.dump_json((RECORD, question)).decode() for question in questions]
        return await self._add_next([keys.written(quiz)], [LIFE_MS, place, *records]) == [1]

    async def written(self, quiz: str) -> list[Question]:
        """The questions of a quiz that a model writes, as far as it is written, in their order."""
        records = await self._storage.hash(keys.written(quiz))
        return [read_record(_QUESTION, records[position], RECORD) for position in sorted(records, key=int)]

    async def questions_of(self, attempt: Attempt) -> Mapping[str, Question]:
        """The questions that an attempt may ask, by their ids; raises `KeyError` when they are not kept (any more)."""
        return await self.questions(attempt.quiz, attempt.version, [planned.question_id for planned in attempt.plan])

    async def questions(self, quiz: str, version: str, needed: Iterable[str] = ()) -> Mapping[str, Question]:
        """The questions of a version by their ids, those `needed` among them; raises `KeyError` as above."""
        key = keys.quiz_version(quiz, version)
        kept = self._kept.get(key)
        if kept is None or any(one not in kept for one in needed):
            kept = self._kept[key] = {one.id: one for one in await self._read(quiz, version)}
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return kept

    async def _read(self, quiz: str, version: str) -> Sequence[Question]:
        if version == WRITTEN:
            return await self.written(quiz)
        key = keys.quiz_version(quiz, version)
        # Whoever reads it may play on for as long as an attempt lives.
        record = cast("str | None", await self._storage.ask("GETEX", key, "PX", LIFE_MS))
        if record is None:
            raise KeyError(key)
        return read_record(_QUESTIONS, record, RECORD)
