"""How fast calls go out: no window of time sees more than its limit, whoever asks, and a 429 makes it slower."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from redis.asyncio.cluster import RedisCluster

from storage import keys
from storage.connection import Storage, connect
from storage.sending import RECOVERY, SEVERAL, Decision, Pace, Paces, Sending
from tests.storage.conftest import Reached
from tests.storage.examples import ANN, BOB, GROUP

TELEGRAM = Paces(chat=Pace(60, 60), group=Pace(20, 60), everyone=Pace(30, 1))
UNLIMITED = Pace(1_000_000, 1)
HOUR = 3_600_000_000
SECOND = 1_000_000


@pytest.fixture
def sending(storage: Storage) -> Sending:
    return Sending(storage, TELEGRAM)


@pytest.fixture
async def others(server: Reached) -> AsyncGenerator[Storage]:
    """Another replica's connection to the same Redis."""
    async with connect(server.url, call_seconds=30) as storage:
        yield storage


async def asked(sending: Sending, chat: int | str, times: int, *, share: float = 1.0) -> list[int]:
    """The waits of so many calls, one right after the other."""
    return [(await sending.let_through(chat, kind="question", share=share)).wait for _ in range(times)]


async def earlier(storage: Storage, us: int) -> None:
    """Make everything that is kept happen so much earlier, which is what time passing is."""
    found = cast("AsyncIterator[str]", storage.client.scan_iter(match="{send}:*"))  # pyright: ignore[reportUnknownMemberType]
    async for key in found:
        if key == keys.TOLD_TO_WAIT:
            for chat in await storage.client.zrange(key, 0, -1):  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
                await storage.client.zincrby(key, -us, cast("str", chat))
            continue
        kept = await storage.hash(key)
        moved = {name: str(int(kept[name]) - us) for name in kept if name != "halvings"}
        await storage.call(storage.client.hset(key, mapping=cast("dict[str | bytes, str]", moved)))  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize("pace", [Pace(60, 60), Pace(20, 60), Pace(30, 1), Pace(4, 1)])
def test_however_it_is_cut_no_window_holds_more_than_the_limit(pace: Pace) -> None:
    """A caller who asks all the time gets the burst, then a call after each pause."""
    times, tat = list[int](), 0
    for _ in range(4 * pace.calls):
        now = max(times[-1] if times else 0, tat - pace.tolerance())
        times.append(now)
        tat = max(now, tat) + pace.pause
    window = int(pace.seconds * SECOND)
    fullest = max(sum(start <= time < start + window for time in times) for start in times)
    assert pace.calls - 1 <= fullest <= pace.calls


@pytest.mark.parametrize(
    ("chat", "burst", "pause"), [(ANN, 15, 1_333_334), (GROUP, 5, 4_000_000), ("@a_channel", 5, 4_000_000)]
)
async def test_a_short_burst_passes_and_then_a_call_after_each_pause(
    storage: Storage, chat: int | str, burst: int, pause: int
) -> None:
    sending = Sending(storage, Paces(TELEGRAM.chat, TELEGRAM.group, UNLIMITED))
    assert await asked(sending, chat, burst) == [0] * burst
    (wait,) = await asked(sending, chat, 1)
    assert pause - SECOND < wait <= pause
    await earlier(storage, wait)
    assert await asked(sending, chat, 1) == [0]
    assert (await asked(sending, chat, 1))[0] > pause - SECOND


async def test_one_chat_that_must_wait_leaves_the_others_alone(sending: Sending) -> None:
    await asked(sending, GROUP, 5)
    assert (await asked(sending, GROUP, 1))[0] > 0
    assert await asked(sending, ANN, 1) == [0]


async def test_all_chats_together_have_a_limit_too(storage: Storage) -> None:
    sending = Sending(storage, Paces(UNLIMITED, UNLIMITED, Pace(20, 60)))
    for chat in range(1, 6):
        assert await asked(sending, chat, 1) == [0]
    assert (await asked(sending, 6, 1))[0] > 3 * SECOND


async def test_a_call_that_must_wait_for_one_limit_is_counted_in_none(storage: Storage, sending: Sending) -> None:
    await asked(sending, GROUP, 5)
    before = await storage.hash(keys.SENDING_TO_ALL)
    await asked(sending, GROUP, 3)
    assert await storage.hash(keys.SENDING_TO_ALL) == before

    full = Sending(storage, Paces(UNLIMITED, UNLIMITED, Pace(4, 1000)))
    assert await asked(full, BOB, 1) != [0]
    assert await storage.hash(keys.sending(BOB)) == {}


async def test_two_replicas_share_what_may_go_out(storage: Storage, others: Storage) -> None:
    one, two = Sending(storage, TELEGRAM), Sending(others, TELEGRAM)
    waits = await asyncio.gather(*(asked(each, GROUP, 5) for each in (one, two)))
    assert sum(wait == 0 for each in waits for wait in each) == 5


async def test_whoever_is_sent_away_is_told_to_come_back_in_turn(storage: Storage) -> None:
    """Else a whole class would come back at once, and be sent away together again."""
    pace = Pace(20, 60)
    sending = Sending(storage, Paces(UNLIMITED, UNLIMITED, pace))
    await asyncio.gather(*(asked(sending, chat, 1) for chat in range(1, 6)))
    decisions = [await sending.let_through(chat, kind="question") for chat in range(10, 15)]
    turns = [decision.at + decision.wait for decision in decisions]
    assert all(later - turn == pace.pause for turn, later in pairwise(turns))
    other = await sending.let_through(20, kind="broadcast")
    assert other.at + other.wait == turns[0], "another kind has a line of its own"
    # Whoever keeps to it gets through.
    for turn, chat in zip(turns, range(10, 15), strict=True):
        await earlier(storage, turn - decisions[0].at if chat == 10 else pace.pause)
        assert await asked(sending, chat, 1) == [0]


async def test_the_line_is_never_longer_than_a_minute(storage: Storage) -> None:
    sending = Sending(storage, Paces(UNLIMITED, UNLIMITED, Pace(20, 60)))
    waits = [(await asked(sending, chat, 1))[0] for chat in range(1, 40)]
    assert max(waits) <= 60 * SECOND


async def test_a_lesser_share_leaves_room_in_the_burst(storage: Storage) -> None:
    """Who may use a fifth stops first; whoever may use all of it finds the rest."""
    sending = Sending(storage, Paces(UNLIMITED, UNLIMITED, Pace(44, 600)))  # a burst of 11
    assert [wait > 0 for wait in await asked(sending, ANN, 4, share=0.2)] == [False, False, False, True]
    assert [wait > 0 for wait in await asked(sending, ANN, 9)] == [False] * 8 + [True]


@pytest.mark.parametrize("calls", [4, 7, 60])
async def test_what_belongs_to_a_step_that_began_is_counted_and_never_held(storage: Storage, calls: int) -> None:
    """Also where a burst is a single call: no share of that leaves room for a second."""
    pace = Pace(calls, 60)
    sending = Sending(storage, Paces(pace, pace, pace))
    assert await asked(sending, ANN, 1) == [0]
    assert await asked(sending, ANN, 20, share=inf) == [0] * 20
    (wait,) = await asked(sending, ANN, 1)
    assert 21 * pace.pause - pace.tolerance() - SECOND < wait <= 21 * pace.pause - pace.tolerance()


async def test_where_telegram_asked_for_silence_the_rest_of_a_step_waits_too(sending: Sending) -> None:
    await sending.told_to_wait(ANN, 7)
    (wait,) = await asked(sending, ANN, 1, share=inf)
    assert 6 * SECOND < wait <= 7 * SECOND


async def test_a_clock_that_is_set_back_holds_nobody_longer(storage: Storage) -> None:
    """Neither what must wait, nor what does not; and what must wait comes to its turn by asking again."""
    sending = Sending(storage, Paces(TELEGRAM.chat, TELEGRAM.group, Pace(100, 60)))
    await asked(sending, ANN, 15)
    await sending.told_to_wait(BOB, 2)
    await earlier(storage, -HOUR)
    assert await asked(sending, GROUP, 1) == [0], "nobody had to wait for the limit of all"
    for chat, longest in ((ANN, TELEGRAM.chat.pause), (BOB, 2 * SECOND)):
        (wait,) = await asked(sending, chat, 1)
        assert 0 < wait <= longest
        await asyncio.sleep(0.01)
        (shorter,) = await asked(sending, chat, 1)
        assert shorter < wait
        await earlier(storage, shorter)
        assert await asked(sending, chat, 1) == [0]


async def test_a_clock_that_is_set_back_halves_no_pace_and_takes_chats_together_no_longer(storage: Storage) -> None:
    sending = Sending(storage, TELEGRAM)
    for chat in range(100, 100 + SEVERAL - 1):
        await sending.told_to_wait(chat, 1)
    await earlier(storage, -HOUR)
    slowness = await sending.told_to_wait(100, 1)
    assert (slowness.chat, slowness.everyone) == (1, 0), "it is still silent; the others were told at another time"
    await sending.told_to_wait(ANN, 0)
    await earlier(storage, -HOUR)
    await sending.told_to_wait(ANN, 0)
    assert (await sending.told_to_wait(ANN, 0)).chat == 3, "one halving each, not one for each minute"


async def test_a_line_of_a_clock_that_was_set_back_is_no_longer_than_others(storage: Storage) -> None:
    sending = Sending(storage, Paces(UNLIMITED, UNLIMITED, Pace(20, 60)))
    await asked(sending, ANN, 10)
    await earlier(storage, -HOUR)
    assert max(await asked(sending, ANN, 3)) <= 60 * SECOND


async def test_after_a_429_nothing_goes_to_the_chat_until_it_is_over_whichever_replica_asks(
    storage: Storage, others: Storage
) -> None:
    one, two = Sending(storage, TELEGRAM), Sending(others, TELEGRAM)
    await one.told_to_wait(ANN, 7)
    (wait,) = await asked(two, ANN, 1)
    assert 6 * SECOND < wait <= 7 * SECOND
    assert await asked(two, BOB, 1) == [0]
    await earlier(storage, wait)
    assert (await asked(two, ANN, 2))[0] == 0, "one call, no burst"
    assert (await asked(two, ANN, 1))[0] > SECOND


async def test_a_429_halves_the_pace_of_its_chat_and_a_quiet_minute_gives_it_back(
    storage: Storage,
) -> None:
    pace = TELEGRAM.chat
    sending = Sending(storage, Paces(pace, TELEGRAM.group, UNLIMITED))
    for halvings in (1, 2, 3, 3):
        assert (await sending.told_to_wait(ANN, 1)).chat == halvings
        await earlier(storage, SECOND)
        assert await asked(sending, ANN, 1) == [0]
        (wait,) = await asked(sending, ANN, 1)
        assert (2**halvings - 1) * pace.pause < wait <= 2**halvings * pace.pause
    minute = int(RECOVERY.total_seconds() * SECOND)
    for halvings, burst in ((2, 4), (1, 8), (0, 15), (0, 15)):
        await earlier(storage, minute)
        waits = await asked(sending, ANN, burst + 1)
        assert waits[:burst] == [0] * burst
        assert 0 < waits[burst] <= 2**halvings * pace.pause


async def test_what_was_on_its_way_when_the_silence_began_does_not_halve_again(sending: Sending) -> None:
    for _ in range(5):
        assert (await sending.told_to_wait(ANN, 5)).chat == 1


async def test_several_chats_told_to_wait_at_once_slow_everything_one_does_not(
    storage: Storage, sending: Sending
) -> None:
    for _ in range(10):
        assert (await sending.told_to_wait(ANN, 0)).everyone == 0
    told = [(await sending.told_to_wait(chat, 1)).everyone for chat in range(100, 100 + 2 * SEVERAL)]
    assert told == [0] * (SEVERAL - 2) + [1] * (SEVERAL + 2), "one halving for one occasion"
    pause = TELEGRAM.everyone.pause
    waits = [(await asked(sending, chat, 1))[0] for chat in range(200, 220)]
    assert pause < max(waits)
    await earlier(storage, 15 * SECOND)
    assert (await sending.told_to_wait(300, 1)).everyone == 1, "the others were told too long ago"


async def test_a_silence_of_more_than_an_hour_is_asked_about_again(storage: Storage, sending: Sending) -> None:
    await sending.told_to_wait(ANN, 10 * 3600)
    (wait,) = await asked(sending, ANN, 1)
    assert HOUR - SECOND < wait <= HOUR
    assert await storage.client.pttl(keys.sending(ANN)) > 0


async def test_no_message_waits_for_the_disk_to_be_counted_but_a_silence_is_written_down(
    storage: Storage, sending: Sending
) -> None:
    async def written() -> int:
        client, where = storage.client, dict[str, object]()
        if isinstance(client, RedisCluster):
            where["target_nodes"] = client.get_node_from_key(keys.SENDING_TO_ALL)
        persistence = await client.execute_command("INFO", "persistence", **where)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        return cast("dict[str, int]", persistence)["aof_current_size"]

    before = await written()
    await asked(sending, ANN, 50)
    assert await written() == before
    await sending.told_to_wait(ANN, 1)
    assert await written() > before


@dataclass
class Model:
    """GCRA as the recommendation gives it, in so many lines: a theoretical arrival time for each counter."""

    paces: Paces
    tats: dict[int | None, int] = field(default_factory=dict[int | None, int])

    def lets_through(self, chat: int, share: float, now: int) -> int | None:
        """The µs to wait at most for the chat, None when it is all chats that are too many; counts what goes."""
        one, everyone = self.paces.of(chat), self.paces.everyone
        early = self.tats.get(chat, 0) - one.tolerance(share) - now
        if early > 0:
            return early
        if self.tats.get(None, 0) - everyone.tolerance(share) > now:
            return None
        for who, pace in ((chat, one), (None, everyone)):
            self.tats[who] = max(now, self.tats.get(who, 0)) + pace.pause
        return 0


Asking = tuple[int, float, float]
askings = st.lists(
    st.tuples(
        st.sampled_from([1, 2, 3, -1, -2]),
        st.sampled_from([0.2, 0.6, 1.0]),
        st.sampled_from([0.0, 0.0, 0.0, 0.001, 0.004]),
    ),
    min_size=1,
    max_size=60,
)


@settings(max_examples=60)
@given(askings=askings, calls=st.tuples(*[st.integers(4, 40)] * 3))
def test_the_script_decides_as_the_model_at_the_time_it_says(
    server: Reached, askings: Sequence[Asking], calls: tuple[int, int, int]
) -> None:
    """Real time passes between the calls; the model is told it by the script."""
    paces = Paces(Pace(calls[0], 0.02), Pace(calls[1], 0.04), Pace(calls[2], 0.03))

    async def decided() -> list[Decision]:
        async with connect(server.url, call_seconds=30) as storage:
            await storage.client.flushall()  # pyright: ignore[reportUnknownMemberType]
            sending = Sending(storage, paces)
            decisions: list[Decision] = []
            for chat, share, pause in askings:
                await asyncio.sleep(pause)
                decisions.append(await sending.let_through(chat, kind="question", share=share))
            return decisions

    model = Model(paces)
    for (chat, share, _pause), decision in zip(askings, asyncio.run(decided()), strict=True):
        wanted = model.lets_through(chat, share, decision.at)
        if wanted is None:
            assert decision.wait > 0
        else:
            assert decision.wait == wanted
