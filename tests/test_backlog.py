"""Each user's updates in their order, users side by side; Telegram is told of what is handled and no more."""

import asyncio

import pytest

from bot import backlog
from bot.backlog import Backlog
from bot.intake import Work
from storage.errors import StorageUnavailable

ANN, BOB = 1, 2


class Bench:
    """Work whose end the test decides."""

    def __init__(self) -> None:
        self.begun: list[int] = []
        self.ends: dict[int, asyncio.Event] = {}

    def work(self, update: int) -> Work:
        async def handle() -> None:
            self.begun.append(update)
            await self.ends.setdefault(update, asyncio.Event()).wait()

        return handle

    def end(self, *updates: int) -> None:
        for update in updates:
            self.ends.setdefault(update, asyncio.Event()).set()


async def until_handled(handling: Backlog, offset: int) -> None:
    """Wait until Telegram may forget all before this one."""
    while handling.offset < offset:
        await handling.some_handled(10)


async def test_one_user_waits_for_nobody_else() -> None:
    bench = Bench()
    async with asyncio.TaskGroup() as group:
        handling = Backlog(group)
        for update, user in ((10, ANN), (11, ANN), (12, BOB)):
            handling.add(update, user, bench.work(update))
        bench.end(12)
        await handling.some_handled(10)
        assert bench.begun == [10, 12]
        assert handling.offset == 10, "what came after the first is handled, but Telegram must keep the first"
        bench.end(10, 11)
        await until_handled(handling, 13)
        assert bench.begun == [10, 12, 11]
        assert not handling.holds_any


async def test_what_is_given_again_before_telegram_knows_is_not_handled_again() -> None:
    bench = Bench()
    bench.end(10, 11)
    async with asyncio.TaskGroup() as group:
        handling = Backlog(group)
        assert handling.add(10, ANN, bench.work(10))
        assert not handling.add(10, ANN, bench.work(10))
        await until_handled(handling, 11)
        assert not handling.add(10, ANN, bench.work(10)), "an answer that was on its way holds it still"
        handling.confirm(11)
        assert handling.add(10, ANN, bench.work(10)), "Telegram would not give it again; whoever does means it"
    assert bench.begun == [10, 10]


async def test_what_storage_could_not_take_is_tried_again_in_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backlog, "PAUSE_SECONDS", 0.0)
    tries: list[int] = []

    async def fails_twice() -> None:
        tries.append(10)
        assert handling.storage_is_away == (len(tries) > 1)
        if len(tries) < 3:
            raise StorageUnavailable("away")

    async def second() -> None:
        tries.append(11)

    async with asyncio.TaskGroup() as group:
        handling = Backlog(group)
        handling.add(10, ANN, fails_twice)
        handling.add(11, ANN, second)
        await until_handled(handling, 12)
        assert not handling.storage_is_away
    assert tries == [10, 10, 10, 11]


async def test_told_to_stop_it_finishes_what_it_is_at_and_leaves_the_rest_to_telegram() -> None:
    bench = Bench()
    async with asyncio.TaskGroup() as group:
        handling = Backlog(group)
        handling.add(10, ANN, bench.work(10))
        handling.add(11, ANN, bench.work(11))
        await asyncio.sleep(0)
        handling.stop()
        bench.end(10, 11)
    assert bench.begun == [10]
    assert handling.offset == 11


async def test_what_somebody_else_keeps_holds_nothing_back() -> None:
    bench = Bench()
    async with asyncio.TaskGroup() as group:
        handling = Backlog(group)
        handling.add(10, ANN, bench.work(10))
        handling.add(11, BOB, bench.work(11))
        assert handling.slow(0.0) == [10, 11]
        assert handling.slow(60.0) == []

        assert handling.let_go(10)
        assert (handling.offset, handling.slow(0.0)) == (11, [11])
        assert not handling.add(10, ANN, bench.work(10)), "Telegram may give it once more"
        bench.end(10, 11)
        await until_handled(handling, 12)
        async with asyncio.timeout(10):
            while handling.let_go(10):  # noqa: ASYNC110 - nothing tells when it is handled
                await asyncio.sleep(0)
    assert sorted(bench.begun) == [10, 11]


async def test_what_was_kept_elsewhere_moves_nothing_at_telegram() -> None:
    bench = Bench()
    bench.end(10, 9)
    async with asyncio.TaskGroup() as group:
        handling = Backlog(group)
        handling.add(10, ANN, bench.work(10), from_telegram=False)
        assert handling.offset == 0, "Telegram may still have some from before it"
        await handling.some_handled(10)
        handling.add(9, ANN, bench.work(9))
        assert not handling.add(10, ANN, bench.work(10)), "Telegram had not been told either"
        await until_handled(handling, 11)
    assert bench.begun == [10, 9]
