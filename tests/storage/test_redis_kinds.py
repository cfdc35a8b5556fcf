"""What differs between the kinds of Redis: where the master is, where a key lies, who has a write, who may come in."""

import asyncio
import signal
from collections.abc import AsyncGenerator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from redis.asyncio.cluster import RedisCluster

from bot.clock import Clock
from bot.workers import work as keep_working
from storage.attempts import Attempts, Outcome
from storage.connection import Storage, connect
from storage.due import DueTimes
from storage.errors import AccessRefused, StorageUnavailable
from storage.health import examine
from storage.replicas import write_to_replicas
from storage.sending import Pace, Paces, Sending
from storage.tallies import DRAFTED, Tallies
from tasks.dockets import DOCKETS, SOON, open_docket, open_worker, run_worker, workers_of
from tasks.queues import Waiting, waiting
from tasks.soon import Soon
from tests.redis_servers import PASSWORD, WRITTEN, Cluster, Server, Watched, cluster, watched
from tests.storage.attempt_requests import begun, press
from tests.storage.examples import ANN, FIRST
from tests.tls_proxy import tls_in_front_of

KINDS = ["redis_server", "watched_redis", "redis_cluster"]
names = (f"name {number}" for number in count())


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest) -> str:
    """The address of a Redis of each kind."""
    found: Server | Watched | Cluster = request.getfixturevalue(request.param)
    return found.url


@pytest.fixture
async def any_storage(url: str) -> AsyncGenerator[Storage]:
    """Storage on each kind of Redis, empty."""
    async with connect(url, call_seconds=30) as storage:
        await storage.client.flushall()  # pyright: ignore[reportUnknownMemberType]
        yield storage
        await storage.client.flushall()  # pyright: ignore[reportUnknownMemberType] - no task is left to others


@pytest.fixture
async def mortal() -> AsyncGenerator[Watched]:
    """Servers of one test's own, to be stopped."""
    async with watched() as servers:
        yield servers


async def test_a_server_that_has_forgotten_the_scripts_is_told_them_again(any_storage: Storage) -> None:
    attempts = Attempts(any_storage)
    await begun(attempts)
    await any_storage.client.script_flush()  # pyright: ignore[reportUnknownMemberType]

    assert (await press(attempts)).outcome is Outcome.TAKEN
    assert (await press(attempts)).outcome is Outcome.REPEATED


async def test_what_was_counted_is_found_wherever_it_lies(any_storage: Storage) -> None:
    tallies = Tallies(any_storage)
    models = [f"model {number}" for number in range(9)]
    for model in models:
        await tallies.add("writer", 1, model, DRAFTED)

    assert [(model, counts) for _, _, model, counts in await tallies.all()] == [(one, {DRAFTED: 1}) for one in models]


async def test_all_dockets_run_what_they_are_given(url: str) -> None:
    done: asyncio.Queue[str] = asyncio.Queue()

    async def work(name: str) -> None:
        await done.put(name)

    for kind in DOCKETS:
        async with open_docket(url, kind) as docket, open_worker(docket, kind) as worker:
            docket.register(work)
            working = asyncio.create_task(run_worker(worker))
            await docket.add("work", when=datetime.now(UTC) + timedelta(milliseconds=50))(kind.name)

            async with asyncio.timeout(30):
                assert await done.get() == kind.name
            working.cancel()
            await asyncio.wait([working])


async def test_a_worker_outlives_a_cluster_that_was_away_as_a_whole() -> None:
    done = asyncio.Event()

    async def catch_up(attempt: str, owner: str) -> None:
        del attempt, owner
        done.set()

    async with cluster() as mortal, connect(mortal.url) as storage, open_docket(mortal.url, SOON) as docket:
        docket.register(catch_up)
        soon, clock, stopping = Soon(docket, DueTimes(storage)), Clock(storage), asyncio.Event()
        clock.is_right.set()
        working = asyncio.create_task(keep_working(docket, SOON, clock, stopping))
        async with asyncio.timeout(30):
            while not await workers_of(docket):  # noqa: ASYNC110 - Redis rings no bell
                await asyncio.sleep(0.02)
        for node in mortal.nodes:
            node.signal(signal.SIGKILL)
        with pytest.raises(StorageUnavailable):
            await soon.catch_up("attempt", 0, "owner", 0)
        with pytest.raises(TimeoutError):  # in which docket's worker would have ended
            async with asyncio.timeout(1.5):
                await asyncio.shield(working)
        for node in mortal.nodes:
            node.start()
        async with asyncio.timeout(60):
            while not done.is_set():
                with suppress(StorageUnavailable):
                    await soon.catch_up("attempt", 0, "owner", 0)
                await asyncio.sleep(0.2)
        stopping.set()
        async with asyncio.timeout(30):
            await working


async def test_a_task_is_due_by_the_clock_of_every_kind(any_storage: Storage) -> None:
    due = DueTimes(any_storage)

    first = await due.put_off("one", timedelta(minutes=1))
    await due.put_off("one", timedelta(seconds=1), anew=False)
    waits = await due.due("one")
    assert waits is not None
    assert abs(waits - first) < timedelta(seconds=30)
    await due.put_off("one", timedelta(milliseconds=1))
    async with asyncio.timeout(30):
        while await due.due("one") is not None:  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def test_what_waits_is_counted_on_every_kind(any_storage: Storage, url: str) -> None:
    async with open_docket(url, SOON) as docket:
        assert await waiting(docket, await any_storage.now() / 1000) == Waiting(0, 0, 0, 0.0)

        async def work(name: str) -> None:
            raise AssertionError(name)

        docket.register(work)
        await docket.add(work)("at once")
        await docket.add(work, when=datetime.now(UTC) + timedelta(hours=1))("later")
        found = await waiting(docket, await any_storage.now() / 1000 + 10)

    assert (found.due, found.running, found.later) == (1, 0, 1)
    assert found.oldest_seconds > 9


async def test_no_message_waits_for_a_replica_but_what_telegram_said_does(redis_server: Server) -> None:
    """A server that has none: what waits for one is never done."""
    everything = Pace(1000, 1)
    async with connect(redis_server.url, replicas=1) as storage:
        await storage.call(storage.client.flushall())  # pyright: ignore[reportUnknownMemberType]
        sending = Sending(storage, Paces(everything, everything, everything))

        assert (await sending.let_through(ANN, kind="question")).wait == 0
        with pytest.raises(StorageUnavailable):
            await sending.told_to_wait(ANN, 1)


async def test_what_a_redis_says_of_itself_is_asked_of_every_master(any_storage: Storage) -> None:
    found = await examine(any_storage)

    assert (found.server, found.is_recent, found.appendonly, found.appendfsync) == ("Valkey", True, "yes", "always")
    assert found.replicas is not None
    assert found.least_replicas == 0


@pytest.mark.parametrize("login", [f":{WRITTEN}x@", "nobody:nothing@"])
async def test_whoever_is_not_let_in_is_told_so(url: str, login: str) -> None:
    async with connect(url.replace(f":{WRITTEN}@", login), call_seconds=30) as storage:
        with pytest.raises((AccessRefused, StorageUnavailable)) as refused:
            await storage.get("key")

    assert PASSWORD not in str(refused.value)


async def test_a_certificate_for_another_host_or_by_a_stranger_is_not_taken(redis_server: Server) -> None:
    async with (
        tls_in_front_of(redis_server) as right,
        tls_in_front_of(redis_server, "127.0.0.9") as wrong_host,
        connect(right.url) as storage,
        connect(wrong_host.url) as elsewhere,
        connect(right.url.partition("?")[0]) as unknown,
    ):
        assert await storage.get("key") is None
        for each in (elsewhere, unknown):
            with pytest.raises(StorageUnavailable, match="certificate"):
                await each.get("key")


async def test_a_key_that_moves_to_another_node_is_followed(redis_cluster: Cluster) -> None:
    """By reads, and by what is written and waited for."""
    async with connect(redis_cluster.url, call_seconds=30) as storage:
        client = storage.client
        assert isinstance(client, RedisCluster)
        key = next(names)
        await storage.delete(key)
        slot = client.keyslot(key)
        owner = client.get_node_from_key(key)
        there = next(each for each in redis_cluster.nodes if owner is None or each.port != owner.port)
        back = next(each for each in redis_cluster.nodes if owner is not None and each.port == owner.port)
        try:
            await give(redis_cluster, slot, there)
            assert await write_to_replicas(client, key, ("SET", key, "a text"), 0, 100)
            assert await storage.get(key) == "a text"
            assert await there.ask("GET", key) == "a text"
            await storage.delete(key)
        finally:
            await give(redis_cluster, slot, back)
        await storage.set(key, "another", timedelta(minutes=1))
        assert await storage.get(key) == "another"


async def give(cluster: Cluster, slot: int, node: Server) -> None:
    """Let a node have a slot in which there is nothing."""
    name = str(await node.ask("CLUSTER", "MYID"))
    for each in (node, *(other for other in cluster.nodes if other is not node)):
        await each.ask("CLUSTER", "SETSLOT", slot, "NODE", name)


async def test_a_sentinel_that_hangs_keeps_nobody_from_the_master(mortal: Watched) -> None:
    mortal.sentinels[0].signal(signal.SIGSTOP)

    async with connect(mortal.url, call_seconds=3) as storage:
        assert await storage.get("key") is None


async def test_nothing_counts_before_the_replicas_have_it_also_when_it_is_asked_again(mortal: Watched) -> None:
    """The second time nothing is written any more; what was written the first time is waited for all the same."""
    replicas = await mortal.replicas()
    async with connect(mortal.url, call_seconds=30) as at_once:
        await begun(Attempts(at_once))
        await mortal.in_step()
        for replica in replicas:
            replica.signal(signal.SIGSTOP)
        assert await pressed_and_waited(mortal.url) is None
        await Attempts(at_once).record(ANN, FIRST, {"1": 51})  # so that no step is left to be taken

        assert await pressed_and_waited(mortal.url) is None

        replicas[0].signal(signal.SIGCONT)
        async with asyncio.timeout(30):
            while (outcome := await pressed_and_waited(mortal.url)) is None:
                pass
        assert outcome is Outcome.REPEATED


async def pressed_and_waited(url: str) -> Outcome | None:
    """A press by a bot that was just started, and what became of it; None: the replicas do not have it."""
    async with connect(url, call_seconds=0.6, replicas=1) as storage:
        try:
            return (await press(Attempts(storage))).outcome
        except StorageUnavailable:
            return None


async def test_a_master_that_wants_more_replicas_than_it_has_is_unavailable(redis_server: Server) -> None:
    await redis_server.ask("CONFIG", "SET", "min-replicas-to-write", 1)
    try:
        async with connect(redis_server.url, call_seconds=30) as storage:
            with pytest.raises(StorageUnavailable, match="NOREPLICAS"):
                await storage.set("key", "a text", None)
            with pytest.raises(StorageUnavailable, match="NOREPLICAS"):
                await begun(Attempts(storage))
    finally:
        await redis_server.ask("CONFIG", "SET", "min-replicas-to-write", 0)
