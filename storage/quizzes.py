"""Versions of quizzes: written once, never changed, so that what is read may be kept in memory."""

from collections import OrderedDict
from collections.abc import Sequence

from pydantic import TypeAdapter

from quiz.question import Question
from storage import keys
from storage.connection import Storage
from storage.records import read_record

RECORD = 1
KEPT = 256
_QUESTIONS = TypeAdapter(tuple[int, tuple[Question, ...]])


class Quizzes:
    """The questions of every quiz version, and the last `KEPT` of them in memory."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._kept: OrderedDict[str, dict[str, Question]] = OrderedDict()

    async def save(self, quiz: str, version: str, questions: Sequence[Question]) -> None:
        """Keep a version for as long as an attempt at it may live; saving it again only prolongs that."""
        key = keys.quiz_version(quiz, version)
        record = _QUESTIONS.dump_json((RECORD, tuple(questions))).decode()
        await self._storage.set(key, record, keys.QUIZ_VERSION)

    async def prolong(self, quiz: str, version: str) -> None:
        """Keep a version for as long as an attempt at it that begins or goes on now may live."""
        key = keys.quiz_version(quiz, version)
        await self._storage.call(self._storage.client.pexpire(key, keys.QUIZ_VERSION))

    async def questions(self, quiz: str, version: str) -> dict[str, Question]:
        """The questions of a version by their ids; raises `KeyError` when it is not kept (any more)."""
        key = keys.quiz_version(quiz, version)
        if key not in self._kept:
            record = await self._storage.get(key)
            if record is None:
                raise KeyError(key)
            questions = read_record(_QUESTIONS, record, RECORD)
            self._kept[key] = {question.id: question for question in questions}
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]
