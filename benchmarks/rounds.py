"""Live rounds, many at once or one of many players: `python -m benchmarks.rounds`, with Telegram's limits in force.

A real bot with a real Valkey plays in a simulated Telegram that answers 429 beyond about what Telegram allows. How late
questions are closed is read from what the bot keeps: both times are those of Redis.
"""

import argparse
import asyncio
import json
import math
import os
import sys
import tempfile
from asyncio.subprocess import DEVNULL
from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random

from delivery.buttons import ForgedButton, button_of, data_of
from delivery.round_buttons import Lead, Ready, RoundAnswer
from delivery.round_toasts import late
from quiz.round import END, Control, Round, RoundSettings
from simulator.client import Event, Message, Pressed, Simulator, start_simulator
from storage.connection import Storage, connect
from storage.embedded import SHORT_FOLDER, own_server
from storage.groups import Groups
from storage.rounds import Rounds

TOKEN = "7:secret"  # noqa: S105 - of a bot that is not there
ROOT = Path(__file__).parents[1]
CALL_SECONDS = 30.0
TOPIC = "solar system"
AT_ONCE = 50
"""Requests to the simulator at a time."""


@dataclass(frozen=True, slots=True)
class Plan:
    """So many groups play at once, each of so many players, so many questions of so many seconds."""

    rounds: int
    players: int
    questions: int
    seconds: int


@dataclass
class Measured:
    """What came of it; ms."""

    plan: Plan
    closed: int = 0
    late_p50: float = 0
    late_p99: float = 0
    late_max: float = 0
    early: int = 0
    calls_a_question: float = 0
    calls: int = 0
    refused_429: int = 0
    presses: int = 0
    toasts: int = 0
    toast_p50: float = 0
    toast_p99: float = 0
    told_late: int = 0
    """Presses on options that reached the bot after the question was closed, and were told so."""
    kept_answers: int = 0


@dataclass
class Playground:
    """The groups, and everything that happens in them."""

    simulator: Simulator
    plan: Plan
    dice: Random
    groups: dict[int, tuple[int, list[int]]] = field(default_factory=dict[int, tuple[int, list[int]]])
    """Chat → its teacher, its players."""
    pressed: list[Pressed] = field(default_factory=list[Pressed])
    transcript: list[str] = field(default_factory=list[str])
    _places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def fill(self) -> None:
        """People and groups."""
        for number in range(self.plan.rounds):
            teacher = await self.simulator.add_user(f"Teacher {number + 1}")
            players = [await self.simulator.add_user(f"Player {one + 1}") for one in range(self.plan.players)]
            chat = await self.simulator.add_group(f"Class {number + 1}", players, owner=teacher)
            self.groups[chat] = (teacher, players)

    async def look_on(self, group: asyncio.TaskGroup) -> None:
        """Have everybody press what comes, as long as it is looked at."""
        seen: set[tuple[str, int]] = set()
        async for event in self.simulator.follow(after=await self.simulator.last_event()):
            if event.kind == "message" and event.chat in self.groups and event.message and event.message.from_bot:
                self._see(event, event.message, seen, group)

    def _see(self, event: Event, message: Message, seen: set[tuple[str, int]], group: asyncio.TaskGroup) -> None:
        teacher, players = self.groups[event.chat or 0]
        if len(self.groups) == 1:
            rows = "\n".join(" ".join(f"[ {button.text} ]" for button in row) for row in message.rows)
            self.transcript.append(f"{message.text}\n{rows}".strip())
        buttons = [_button(button.data or "") for button in message.buttons]
        options = [one for one in buttons if isinstance(one, RoundAnswer)]
        ready = next((one for one in buttons if isinstance(one, Ready)), None)
        if ready is not None and (ready.round, -1) not in seen:
            seen.add((ready.round, -1))
            group.create_task(self._start(message, teacher, players, ready))
        if options and (options[0].round, options[0].position) not in seen:
            seen.add((options[0].round, options[0].position))
            for player in players:
                group.create_task(self._answer(message, player, options))

    async def _start(self, message: Message, teacher: int, players: Sequence[int], ready: Ready) -> None:
        await asyncio.gather(*(self._press(message, player, ready) for player in players))
        await self._press(message, teacher, Lead(ready.round, Control.START, 0))

    async def _answer(self, message: Message, player: int, options: Sequence[RoundAnswer]) -> None:
        await asyncio.sleep(self.dice.uniform(0.3, 0.7 * self.plan.seconds))
        await self._press(message, player, self.dice.choice(options))

    async def _press(self, message: Message, player: int, button: Ready | Lead | RoundAnswer) -> None:
        async with self._places:
            self.pressed.append(await self.simulator.press(player, message, data=data_of(button)))

    async def answered(self) -> tuple[list[float], int]:
        """From each press that was answered to its answer, in ms, the shortest first; and how many were late."""
        callbacks = [await self.simulator.callback(one) for one in self.pressed]
        waits = [1000 * (one.answered_at - one.pressed_at) for one in callbacks if one.answered_at is not None]
        return sorted(waits), sum(one.text == late("en") for one in callbacks)


async def play(plan: Plan, seed: int) -> tuple[Measured, str]:
    """Play as planned; what was measured, and the transcript where there was one group."""
    async with _opened() as (simulator, storage, redis):
        ground = Playground(simulator, plan, Random(seed))
        await simulator.add_bot(TOKEN)
        await simulator.set_limits(telegram=True)
        await ground.fill()
        groups, rounds = Groups(storage), Rounds(storage)
        settings = RoundSettings(seconds=plan.seconds, count=plan.questions, change=True)
        for chat in ground.groups:
            group = await groups.enter(chat, "Class")
            await groups.remember(group.id, settings)
        async with _bot(simulator, redis), asyncio.TaskGroup() as group:
            looking = group.create_task(ground.look_on(group))
            await asyncio.sleep(0)
            for chat, (teacher, _players) in ground.groups.items():
                await simulator.say(teacher, f"/quiz {TOPIC}", chat=chat)
            played = await _ended(ground, groups, rounds)
            looking.cancel()
        answers = [await rounds.answers(one.id, position) for one in played for position in one.closed]
        return await _measured(ground, played, sum(map(len, answers))), "\n\n".join(ground.transcript)


async def _ended(ground: Playground, groups: Groups, rounds: Rounds) -> list[Round]:
    """The rounds, once all are over."""
    limit = 120 + ground.plan.questions * (ground.plan.seconds + 30)
    played: dict[int, Round] = {}
    async with asyncio.timeout(limit):
        while len(played) < len(ground.groups):
            for chat in ground.groups.keys() - played.keys():
                group = await groups.find(chat)
                one = await rounds.load(group.last) if group and group.last else None
                if one is not None and END in one.messages:
                    played[chat] = one
            await asyncio.sleep(0.2)
    return list(played.values())


async def _measured(ground: Playground, played: Sequence[Round], kept: int) -> Measured:
    lateness = sorted(
        closed - (one.opened[position] + 1000 * one.seconds(position))
        for one in played
        for position, closed in one.closed.items()
    )
    calls = [call for chat in ground.groups for call in await ground.simulator.calls(chat=chat)]
    calls = [call for call in calls if call["method"].startswith(("send", "edit"))]
    waits, told_late = await ground.answered()
    asked = len(played) * ground.plan.questions
    return Measured(
        ground.plan,
        closed=len(lateness),
        late_p50=_quantile(lateness, 0.5),
        late_p99=_quantile(lateness, 0.99),
        late_max=lateness[-1],
        early=sum(ms < 0 for ms in lateness),
        calls=len(calls),
        calls_a_question=round(len(calls) / asked, 2),
        refused_429=sum(call["status"] == 429 for call in calls),
        presses=len(ground.pressed),
        toasts=len(waits),
        toast_p50=round(_quantile(waits, 0.5)),
        toast_p99=round(_quantile(waits, 0.99)),
        told_late=told_late,
        kept_answers=kept,
    )


def _quantile(ordered: Sequence[float], share: float) -> float:
    return ordered[math.ceil(share * len(ordered)) - 1] if ordered else 0.0


def _button(data: str) -> object:
    try:
        return button_of(data)
    except ForgedButton:
        return None


@asynccontextmanager
async def _opened() -> AsyncGenerator[tuple[Simulator, Storage, str]]:
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="quizbot-bench-", dir=SHORT_FOLDER)))
        server = await stack.enter_async_context(own_server(folder / "data"))
        storage = await stack.enter_async_context(connect(server.url, CALL_SECONDS))
        simulator = await stack.enter_async_context(start_simulator())
        yield simulator, storage, server.url


@asynccontextmanager
async def _bot(simulator: Simulator, redis: str) -> AsyncGenerator[None]:
    """`quizbot run` by polling, until the context closes."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "QUIZBOT_TOKEN": TOKEN,
        "QUIZBOT_API_BASE_URL": simulator.url,
        "QUIZBOT_REDIS_URL": redis,
        "QUIZBOT_LOG_LEVEL": "WARNING",
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"), env=environment, cwd=SHORT_FOLDER, stdin=DEVNULL
    )
    try:
        await simulator.wait_for_event(
            lambda event: event.kind == "call_received" and event.method == "getUpdates", within=60
        )
        yield
    finally:
        process.terminate()
        await process.wait()


def main() -> None:
    """Play, and print what was measured as JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.rounds", description=__doc__)
    for name, default in (("rounds", 100), ("players", 5), ("questions", 5), ("seconds", 15), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--transcript", type=Path, help="write what a single group saw into this file")
    given = parser.parse_args()
    plan = Plan(given.rounds, given.players, given.questions, given.seconds)
    measured, transcript = asyncio.run(play(plan, given.seed))
    sys.stdout.write(json.dumps(asdict(measured), indent=1) + "\n")
    if given.transcript is not None:
        given.transcript.write_text(transcript + "\n", "utf-8")


if __name__ == "__main__":
    main()
