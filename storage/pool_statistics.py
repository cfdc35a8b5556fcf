"""What students did with the questions of pools, counted once for each attempt, and how many report a question."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from quiz.item_analysis import ItemStatistics
from quiz.question import OPTION_IDS
from storage import keys
from storage.connection import Script, Storage
from storage.marks import mark_of
from storage.pools import LIFE_MS, parts

ATTEMPT_MS = keys.FINISHED_ATTEMPT // timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Seen:
    """What an attempt tells of one question; `chosen` None: not answered, empty: skipped. `good`: by a good student."""

    position: int
    question: str
    revision: int
    chosen: frozenset[str] | None = None
    right: bool = False
    good: bool = False


class PoolStatistics:
    """The counts of every pool, by (question, revision)."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._count = Script(storage, "pool", "pool_count")
        self._report = Script(storage, "pool", "pool_report")

    async def count(self, pool: str, attempt: str, seen: Iterable[Seen]) -> None:
        """Count what an attempt tells; what is counted of it is not counted again, however often this is asked."""
        things: list[str | int] = []
        for one in seen:
            for name, counts in _counts(one):
                things += [f"{one.position}:{name}", len(counts), *counts]
        if things:
            await self._count([*parts(pool), keys.counted(pool, attempt)], [LIFE_MS, ATTEMPT_MS, *things])

    async def of(self, pool: str, questions: Sequence[tuple[str, int]]) -> list[ItemStatistics]:
        """The counts of these questions, each with its revision."""
        record = await self._storage.hash(keys.of_pool(pool, "statistics"))
        return [_statistics(record, f"{question}:{revision}:") for question, revision in questions]

    async def report(self, user: int, pool: str, question: str, revision: int) -> int:
        """Take down that a person reported a question, once; by how many it was."""
        mark = await mark_of(self._storage, user, pool, question)
        (reports,) = await self._report(parts(pool), [LIFE_MS, question, revision, mark])
        return int(str(reports))


def _counts(one: Seen) -> Iterable[tuple[str, list[str]]]:
    of = f"{one.question}:{one.revision}:"
    yield "shown", [f"{of}shown"]
    if one.chosen is None:
        return
    if not one.chosen:
        yield "answered", [f"{of}skipped"]
        return
    options = sorted(one.chosen)
    counts = ["answered", *(["right"] if one.right else []), *(f"o{option}" for option in options)]
    counts += [f"g{option}" for option in options] if one.good else []
    yield "answered", [of + count for count in counts]


def _statistics(record: dict[str, str], of: str) -> ItemStatistics:
    def number(count: str) -> int:
        return int(record.get(of + count, 0))

    def by_option(kind: str) -> dict[str, int]:
        return {option: number(kind + option) for option in OPTION_IDS if of + kind + option in record}

    counted = ItemStatistics(number("shown"), number("answered"), number("right"), number("skipped"))
    return replace(counted, chosen=by_option("o"), chosen_by_good=by_option("g"))
