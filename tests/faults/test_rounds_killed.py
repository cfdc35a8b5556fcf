"""A live round goes on within 10 s after kill -9, wherever it stands; no answer is lost or counts twice."""

import asyncio
import signal
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

import pytest

from delivery.round_buttons import Ready, RoundAnswer
from quiz.round import Control, Round, RoundSettings, RoundState
from simulator.client import Fault, Message, Simulator
from tests.bot_process import BotProcess
from tests.conftest import asks_for_updates
from tests.rounds.group import PlayingGroup, answers_of, lead_of, right_place

pytestmark = pytest.mark.timeout(180)
SETTINGS = RoundSettings(seconds=5, pause=2, count=2)
GOES_ON_WITHIN = 10.0


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
