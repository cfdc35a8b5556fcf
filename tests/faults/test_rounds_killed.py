"""A live round goes on within 10 s after kill -9, wherever it stands; no answer is lost or counts twice."""

import asyncio
import signal
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Literal, cast

import pytest

from delivery.round_buttons import Ready, RoundAnswer
from quiz.round import Absence, Control, Round, RoundSettings, RoundState
from simulator.client import Fault, Message, Simulator
from storage import keys
from storage.connection import Storage, connect
from storage.embedded import own_server
from storage.groups import Groups
from storage.rounds import Rounds
from tests.bot_process import BotProcess
from tests.conftest import asks_for_updates
from tests.rounds.group import PlayingGroup, answers_of, lead_of, right_place

pytestmark = pytest.mark.timeout(180)
SETTINGS = RoundSettings(seconds=5, pause=2, count=2)
GOES_ON_WITHIN = 10.0
HOUR_MS = 3_600_000


@pytest.fixture
async def group(simulator: Simulator, bot: BotProcess) -> AsyncGenerator[PlayingGroup]:
    async with bot.storage() as storage, PlayingGroup.open(simulator, storage, students=2, settings=SETTINGS) as group:
        yield group


@dataclass
class Act:
    """What is done, or comes by itself; and what shall be seen of it."""

    do: Callable[[], Awaitable[object]]
    sees: Callable[[Message], bool]


def asks(position: int) -> Callable[[Message], bool]:
    """A message that asks this question."""
    return lambda message: position in {one.position for one in answers_of(message)}


def says(words: str) -> Callable[[Message], bool]:
    """A message with these words."""
    return lambda message: words in message.text


async def nothing() -> None:
    """It comes by itself."""


async def in_lobby(group: PlayingGroup) -> Message:
    lobby = await group.begin()
    one = await group.round()
    for student in group.students:
        await group.press(student, lobby, Ready(one.id))
    return lobby


async def answer(group: PlayingGroup, position: int) -> None:
    """The first student is right, the second is not asked."""
    await group.answers_rightly(group.students[0], position)


async def asking(group: PlayingGroup) -> Message:
    lobby = await in_lobby(group)
    await group.leads(lobby, Control.START)
    await answer(group, 0)
    return await group.question(0)


async def lobby_act(group: PlayingGroup) -> Act:
    return Act(lambda: group.say("/quiz solar system"), says("I am ready"))


async def start_act(group: PlayingGroup) -> Act:
    lobby = await in_lobby(group)
    return Act(lambda: group.presses(group.teacher, lobby, lead_of(lobby, Control.START)), asks(0))


async def close_act(group: PlayingGroup) -> Act:
    await asking(group)
    return Act(nothing, says("⏰ 1/2"))


async def next_act(group: PlayingGroup) -> Act:
    await asking(group)
    await group.reads("⏰ 1/2")
    return Act(nothing, asks(1))


async def close_now_act(group: PlayingGroup) -> Act:
    question = await asking(group)
    return Act(lambda: group.presses(group.teacher, question, lead_of(question, Control.NEXT)), says("⏰ 1/2"))


async def pause_act(group: PlayingGroup) -> Act:
    question = await asking(group)
    return Act(lambda: group.presses(group.teacher, question, lead_of(question, Control.PAUSE)), says("⏸ Paused"))


async def go_on_act(group: PlayingGroup) -> Act:
    question = await asking(group)
    await group.leads(question, Control.PAUSE)
    paused = await group.reads("⏸ Paused")
    return Act(
        lambda: group.presses(group.teacher, paused, lead_of(paused, Control.GO_ON)),
        lambda message: asks(0)(message) and message.message_id > paused.message_id,
    )


async def end_act(group: PlayingGroup) -> Act:
    await asking(group)
    await answer(group, 1)
    return Act(nothing, says("🏁"))


async def stop_act(group: PlayingGroup) -> Act:
    await asking(group)
    return Act(lambda: group.say("/stop"), says("⏹ The Solar System"))


ACTS = {
    "the lobby": lobby_act,
    "the start": start_act,
    "a question closes": close_act,
    "the next question": next_act,
    "a question is closed by hand": close_now_act,
    "a pause": pause_act,
    "going on": go_on_act,
    "a stop": stop_act,
    "the end": end_act,
}


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("name", ACTS)
async def test_what_a_round_was_at_is_done_after_a_kill_and_the_round_goes_on(
    simulator: Simulator,
    bot: BotProcess,
    group: PlayingGroup,
    record_property: Callable[[str, object], None],
    name: str,
    when: Literal["before", "after"],
) -> None:
    """Killed before Telegram has the message, or after it has it and before the bot knows."""
    act = await ACTS[name](group)
    after = await simulator.last_event()
    await simulator.add_faults(Fault("sendMessage", "hang", when, group.chat))
    await act.do()
    await simulator.wait_for_event(lambda event: event.kind == "fault_holding", after=after)
    if when == "after":
        await group.sees(act.sees, name)
    known = sum(map(act.sees, group.shown()))

    await bot.kill()
    await simulator.lift_faults()
    killed = await simulator.last_event()
    bot.start()
    await simulator.wait_for_event(asks_for_updates, after=killed, within=60)
    restarted = asyncio.get_running_loop().time()
    await group.until(lambda: sum(map(act.sees, group.shown())) > known or None, name)
    took = asyncio.get_running_loop().time() - restarted
    record_property(f"kill -9, {name}, {when} the message", f"goes on {took:.1f} s after the restart")

    assert took <= GOES_ON_WITHIN
    assert sum(map(act.sees, group.shown())) <= (1 if when == "before" else 2)
    one = await finished(group)
    await check_answers(group, one)


async def test_an_answer_counts_once_wherever_its_press_is_killed(
    simulator: Simulator, bot: BotProcess, group: PlayingGroup
) -> None:
    """The press comes again, and its toast is that of the first time."""
    lobby = await in_lobby(group)
    await group.leads(lobby, Control.START)
    question, one = await group.question(0), await group.round()
    after = await simulator.last_event()
    await simulator.add_faults(Fault("answerCallbackQuery", "hang", "before"))
    pressed = await group.presses(group.students[0], question, RoundAnswer(one.id, 0, right_place(one, 0)))
    await simulator.wait_for_event(lambda event: event.kind == "fault_holding", after=after)
    before = await group.rounds.answers(one.id, 0)

    await bot.kill()
    bot.start()
    await simulator.lift_faults()

    assert "Taken" in ((await simulator.wait_for_answer(pressed)).text or "")
    assert await group.rounds.answers(one.id, 0) == before != {}
    await finished(group)


async def test_the_round_goes_on_after_its_server_was_killed(
    bot: BotProcess, group: PlayingGroup, record_property: Callable[[str, object], None]
) -> None:
    """Within 15 s after Redis is there again, and what was answered is kept."""
    await asking(group)
    before = len(group.shown())
    bot.signal_server(signal.SIGKILL)
    killed = asyncio.get_running_loop().time()
    await group.until(lambda: len(group.shown()) > before or None, "what comes next")
    took = asyncio.get_running_loop().time() - killed
    record_property("SIGKILL to the server while a question is open", f"goes on after {took:.1f} s")

    assert took <= 15 + SETTINGS.seconds
    await check_answers(group, await finished(group))


async def finished(group: PlayingGroup) -> Round:
    """The round once it is over, which it comes to by itself."""
    paused = [one for one in group.shown() if "⏸ Paused" in one.text]
    one = await group.round()
    if one.state is RoundState.PAUSED:
        await group.leads(paused[-1], Control.GO_ON)
    elif one.state is RoundState.LOBBY:
        lobby = group.shown()[-1]
        await group.press(group.students[0], lobby, Ready(one.id))
        await group.leads(lobby, Control.START)
    return await group.ended()


async def check_answers(group: PlayingGroup, one: Round) -> None:
    """What the first student answered counts, once each."""
    right = [position for position in one.closed if await group.rounds.answers(one.id, position)]
    assert not right or f"Pupil 1 — {len(right)}" in group.shown()[-1].text


@pytest.mark.parametrize("absence", Absence)
async def test_after_an_hour_in_which_everything_was_down_it_says_so_and_goes_on_or_ends_as_it_is_set(
    simulator: Simulator, bot: BotProcess, group: PlayingGroup, absence: Absence
) -> None:
    """All that Redis keeps of times, and docket's, is made an hour older while nothing runs."""
    await group.set(replace(SETTINGS, absence=absence))
    await asking(group)
    before = await simulator.last_event()
    await bot.kill()
    folder = bot.data_dir
    async with own_server(folder) as server, connect(server.url) as storage:
        await make_older(storage, (await group_round(storage, group)).id)
    bot.start()
    await simulator.wait_for_event(asks_for_updates, after=before, within=60)
    said = await group.reads("I was cut off for 60 min. Sorry!", within=60)

    if absence is Absence.END:
        assert "The round ends here." in said.text
        assert "Pupil 1" in said.text
    else:
        assert answers_of(said), "the question again"
        await finished(group)


async def group_round(storage: Storage, group: PlayingGroup) -> Round:
    """The round that is open."""
    found = await Groups(storage).find(group.chat)
    assert found is not None
    one = await Rounds(storage).load(found.round or "")
    assert one is not None
    return one


async def make_older(storage: Storage, round_id: str) -> None:
    """Let an hour pass for a round whose question is open."""
    key = keys.of_round(round_id, "round")
    record = await storage.hash(key)
    for field in ("closes", "since", "o:0"):
        await storage.write(key, "HSET", key, field, int(record[field]) - HOUR_MS)
    async for due in cast("AsyncIterator[str]", storage.client.scan_iter(match=keys.due("round:*"))):  # pyright: ignore[reportUnknownMemberType]
        await storage.delete(due)
