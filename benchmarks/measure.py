"""One measurement: students press for some seconds, and everything that it took is counted."""

import asyncio
import gc
import os
import random
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from benchmarks.programs import Program, Use, use_of
from benchmarks.students import Students, Timings
from benchmarks.telegram import Telegram
from storage.connection import Storage

TICK = 0.001
LONGEST_WARM = 60.0


class Stalled(Exception):
    """A program did not answer each of its students once in a minute."""


@dataclass(frozen=True, slots=True)
class Bench:
    """What every measurement needs."""

    telegram: Telegram
    storage: Storage
    valkey: int
    """The process id of the server."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Milliseconds: the median, and what 95 and 99 of 100 stay below."""

    p50: float
    p95: float
    p99: float


@dataclass(frozen=True, slots=True)
class Measured:
    """What was seen; costs are for one answered question."""

    answers_a_second: float
    cpu_ms: float
    toast: Spread
    question: Spread
    memory_mb: float
    telegram_calls: float
    redis_round_trips: float
    redis_scripts: float
    waited_for_core: float
    """The share of the time for which the program was ready to run and others had its core."""
    valkey_cpu_ms: float
    load_cpu_ms: float
    refused: int
    left_for_later: int


@dataclass(frozen=True, slots=True)
class _Counts:
    at: float
    program: Use
    valkey: Use
    load: Use
    calls: int
    reads: int
    scripts: int


async def without_pause(bench: Bench, program: Program, students: int, seconds: float) -> Measured:
    """So many students who press as soon as a question comes, once each of them has got an answer."""
    playing = await _ready(program)
    with _steady():
        playing.begin(playing.all[:students])
        end = perf_counter() + LONGEST_WARM
        while len(playing.timings.questions) < max(students, 20):
            if perf_counter() > end:
                raise Stalled(f"{program.name}, {students} students: {playing.state()}\n{program.said()}")
            await asyncio.sleep(0.02)
        measured = await _window(bench, program, asyncio.sleep(seconds))
        await playing.end()
    return measured


async def by_the_clock(
    bench: Bench, program: Program, students: int, rate: float, seconds: float, *, hung: bool = False
) -> Measured:
    """So many presses a second at random moments, by whoever has a question; times count from those moments.

    With `hung` there is one more student, in whose chat Telegram answers no call.
    """
    playing = await _ready(program)
    with _steady():
        playing.begin(playing.all[:students], by_clock=True, hung=playing.all[-2] if hung else None)
        await _press(program, rate, seconds / 4)
        measured = await _window(bench, program, _press(program, rate, seconds))
        await playing.end()
    return measured


async def round_trips_before_the_toast(bench: Bench, program: Program) -> int:
    """How often the program has asked Redis by the time at which it answers a press; that answer is held back."""
    playing = await _ready(program)
    before, calls = (await _redis(bench))[0], bench.telegram.calls[playing.bot]
    playing.begin([], hung=playing.all[-1])
    while bench.telegram.calls[playing.bot] == calls:  # noqa: ASYNC110 - it is looked at a thousand times a second
        await asyncio.sleep(TICK)
    after = (await _redis(bench))[0]
    await playing.end()
    return after - before - 1  # the look itself


async def _ready(program: Program) -> Students:
    if program.students.has_webhook:
        await program.students.connect()
    return program.students


async def _press(program: Program, rate: float, seconds: float) -> None:
    now = due = perf_counter()
    end = now + seconds
    while now < end:
        while due <= now:
            if not program.students.press_one(due):
                break
            due += random.expovariate(rate)
        await asyncio.sleep(TICK)
        now = perf_counter()


async def _window(bench: Bench, program: Program, passing: Any) -> Measured:  # noqa: ANN401 - a coroutine
    timings = program.students.timings = Timings()
    before = await _counts(bench, program)
    await passing
    after = await _counts(bench, program)
    seconds, answers = after.at - before.at, max(len(timings.questions), 1)

    def each_ms(before: Use, after: Use) -> float:
        return 1000 * (after.cpu - before.cpu) / answers

    return Measured(
        answers_a_second=answers / seconds,
        cpu_ms=each_ms(before.program, after.program),
        toast=_spread(timings.toasts),
        question=_spread(timings.questions),
        memory_mb=after.program.memory / 1e6,
        telegram_calls=(after.calls - before.calls) / answers,
        redis_round_trips=(after.reads - before.reads - 1) / answers,
        redis_scripts=(after.scripts - before.scripts) / answers,
        waited_for_core=(after.program.waited - before.program.waited) / seconds,
        valkey_cpu_ms=each_ms(before.valkey, after.valkey),
        load_cpu_ms=each_ms(before.load, after.load),
        refused=timings.refused,
        left_for_later=timings.left_for_later,
    )


async def _counts(bench: Bench, program: Program) -> _Counts:
    reads, scripts = await _redis(bench)
    return _Counts(
        perf_counter(),
        program.use(),
        use_of(bench.valkey),
        use_of(os.getpid()),
        bench.telegram.calls.get(program.students.bot, 0),
        reads,
        scripts,
    )


async def _redis(bench: Bench) -> tuple[int, int]:
    """How often the server has read from a connection, a round trip of whoever waits for each reply; its scripts."""
    command = bench.storage.client.info("stats", "commandstats")  # pyright: ignore[reportUnknownMemberType]
    info = await bench.storage.call(command)
    return info["total_reads_processed"], info.get("cmdstat_evalsha", {"calls": 0})["calls"]


def _spread(seconds: list[float]) -> Spread:
    ordered = sorted(seconds) or [float("nan")]

    def below(share: float) -> float:
        return 1000 * ordered[min(int(share * len(ordered)), len(ordered) - 1)]

    return Spread(below(0.5), below(0.95), below(0.99))


@contextmanager
def _steady() -> Generator[None]:
    """No collection of garbage on the side of the load: its pauses would be the bot's."""
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
