"""Pools: checked questions on a topic in a language, asked of whoever names it, and one writer at a time for each.

Nothing in a pool says who asked for it, or who was asked what.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import cast

from pydantic import TypeAdapter

from quiz.question import Question
from storage import keys
from storage.connection import Script, Storage
from storage.records import read_record

RECORD = 1
LIFE_MS = keys.POOL // timedelta(milliseconds=1)
PARTS = ("about", "order", "questions", "statistics", "withdrawn", "reports")
YOURS, FAILED = "yours", "failed"
_QUESTION = TypeAdapter(tuple[int, Question])


@dataclass(frozen=True, slots=True)
class PoolTopic:
    """What the questions of a pool are about, as it was first asked for; `level` empty is any."""

    topic: str
    language: str
    level: str


@dataclass(frozen=True, slots=True)
class Lead:
    """Whether the lead is one's own; if not, another has it, or the last one failed of this trouble."""

    is_yours: bool
    trouble: str = ""


class Pools:
    """All pools; of a topic no more than `most` questions are kept, of which 0 means that there are no pools."""

    def __init__(self, storage: Storage, most: int) -> None:
        self.most = most
        self._storage = storage
        self._add = Script(storage, "pool", "pool_add")
        self._used = Script(storage, "pool", "pool_used")
        self._withdraw = Script(storage, "pool", "pool_withdraw")
        self._lead = Script(storage, "pool_lead")
        self._release = Script(storage, "pool_release")

    async def ids(self, pool: str) -> list[str]:
        """The questions that may be asked, in the order in which they came."""
        order = self._storage.client.zrange(keys.of_pool(pool, "order"), 0, -1)  # pyright: ignore[reportUnknownMemberType]
        return cast("list[str]", await self._storage.call(order))

    async def questions(self, pool: str, ids: Sequence[str]) -> dict[str, Question]:
        """Those of these questions that the pool has, the withdrawn too, by their ids."""
        if not ids:
            return {}
        records = cast("list[str | None]", await self._storage.ask("HMGET", keys.of_pool(pool, "questions"), *ids))
        return {one: _read(record) for one, record in zip(ids, records, strict=True) if record is not None}

    async def all(self, pool: str) -> list[Question]:
        """Every question that it has or had."""
        return [_read(record) for record in (await self._storage.hash(keys.of_pool(pool, "questions"))).values()]

    async def about(self, pool: str) -> PoolTopic | None:
        """What it is about; None when there is none (any more)."""
        record = await self._storage.hash(keys.of_pool(pool, "about"))
        return PoolTopic(record["topic"], record["language"], record["level"]) if record else None

    async def add(self, pool: str, about: PoolTopic, question: Question) -> bool:
        """Add a question; False when it is or was there, or there are enough."""
        record = _QUESTION.dump_json((RECORD, question)).decode()
        topic = (about.topic, about.language, about.level)
        return await self._add(parts(pool), [LIFE_MS, self.most, question.id, record, *topic]) == [1]

    async def used(self, pool: str) -> None:
        """Keep it for as long as a pool lives from now on."""
        await self._used(parts(pool), [LIFE_MS])

    async def withdraw(self, pool: str, question: str, why: str) -> bool:
        """Ask it of nobody any more; False when it was not there. Quizzes that have it keep it."""
        return await self._withdraw(parts(pool), [LIFE_MS, question, why]) == [1]

    async def withdrawn(self, pool: str) -> dict[str, str]:
        """The questions that are asked no more, and why."""
        return await self._storage.hash(keys.of_pool(pool, "withdrawn"))

    async def lead(self, pool: str, who: str, since: int = 0) -> Lead:
        """Take or keep the lead for 10 s, unless another has it.

        Whoever has waited `since` (ms since 1970) for a writer that failed shares its trouble; 0: nobody's.
        """
        lead = [keys.of_pool(pool, "lead"), keys.of_pool(pool, "failed")]
        whose, trouble = cast("tuple[str, str]", await self._lead(lead, [who, _ms(keys.LEAD), since]))
        return Lead(whose == YOURS, trouble if whose == FAILED else "")

    async def release(self, pool: str, who: str, trouble: str = "") -> None:
        """Leave the lead to the next; those who waited share the trouble, if there was one."""
        lead = [keys.of_pool(pool, "lead"), keys.of_pool(pool, "failed")]
        await self._release(lead, [who, trouble, _ms(keys.FAILURE)])


def parts(pool: str) -> Iterable[str]:
    """The keys of a pool, in the order in which its scripts take them."""
    return [keys.of_pool(pool, part) for part in PARTS]


def _read(record: str) -> Question:
    return read_record(_QUESTION, record, RECORD)


def _ms(life: timedelta) -> int:
    return life // timedelta(milliseconds=1)
