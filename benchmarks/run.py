"""A whole run: every program side by side on the same core, measured in turns, round after round."""

import os
import tempfile
from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import create_server
from statistics import median

from benchmarks import measure, quizzes
from benchmarks.measure import Bench
from benchmarks.programs import Cores, Program, running
from benchmarks.report import Results
from benchmarks.students import Students
from benchmarks.telegram import Telegram
from quiz.question import Question
from storage import folder_lock
from storage.connection import Storage, connect
from storage.embedded import SHORT_FOLDER, own_server

OURS, LEAN, PLAIN, TRIVIAL = "quizbot", "lean", "plain", "trivial"
SPARE = 2
"""Students beside those who play: in their chats calls hang."""
PLAIN_STUDENTS = 500
"""The plain bot takes one update after the other: more would only wait for their turn."""
CALL_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What is measured: numbers of students, how often, and for how many seconds."""

    students: tuple[int, ...] = (1, 50, 500, 5000)
    rounds: int = 5
    seconds: float = 2.5


QUICK = Plan((1, 50, 500), rounds=3, seconds=1.5)
SMOKE = Plan((1,), rounds=1, seconds=0.3)


async def run(plan: Plan, cores: Cores, say: Callable[[str], None]) -> Results:
    """Measure everything of the plan, and say how it goes."""
    results = Results(cores)
    async with _opened(plan, cores) as (bench, programs):
        limit = await measure.without_pause(bench, programs.pop(TRIVIAL), min(50, max(plan.students)), plan.seconds)
        results.limit = limit
        say(f"the load by itself: {limit.answers_a_second:.0f} answers a second")
        for turn in range(plan.rounds):
            say(f"round {turn + 1} of {plan.rounds}")
            for students in plan.students:
                for name, program in programs.items():
                    if name != PLAIN or students <= PLAIN_STUDENTS:
                        measured = await measure.without_pause(bench, program, students, plan.seconds)
                        results.add(name, "without pause", students, measured)
        # Only now: a server that has just started is first told the script.
        results.before_toast = await measure.round_trips_before_the_toast(bench, programs[OURS])
        await _half_load(plan, bench, programs[OURS], results, say)
        await _fsync_every_second(plan, bench, programs[OURS], results, say)
    return results


async def _half_load(plan: Plan, bench: Bench, ours: Program, results: Results, say: Callable[[str], None]) -> None:
    students = _crowd(plan)
    rate = median(one.answers_a_second for one in results.of(OURS, "without pause", students)) / 2
    say(f"half load: {rate:.0f} answers a second by {students} students, alone and beside a hung chat")
    for _ in range(plan.rounds):
        for kind, hung in (("half load", False), ("half load, hung chat", True)):
            measured = await measure.by_the_clock(bench, ours, students, rate, plan.seconds, hung=hung)
            results.add(OURS, kind, students, measured)


async def _fsync_every_second(
    plan: Plan, bench: Bench, ours: Program, results: Results, say: Callable[[str], None]
) -> None:
    say("the same with appendfsync everysec")
    await bench.storage.call(bench.storage.client.config_set("appendfsync", "everysec"))  # pyright: ignore[reportUnknownMemberType]
    for _ in range(plan.rounds):
        measured = await measure.without_pause(bench, ours, _crowd(plan), plan.seconds)
        results.add(OURS, "fsync each second", _crowd(plan), measured)


def _crowd(plan: Plan) -> int:
    return max(one for one in plan.students if one <= PLAIN_STUDENTS)


@asynccontextmanager
async def _opened(plan: Plan, cores: Cores) -> AsyncGenerator[tuple[Bench, dict[str, Program]]]:
    """Telegram, Valkey and the programs, with a question before every student."""
    os.sched_setaffinity(0, {cores.load})  # Valkey inherits it
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="quizbot-bench-", dir=SHORT_FOLDER)))
        server = await stack.enter_async_context(own_server(folder / "data"))
        storage = await stack.enter_async_context(connect(server.url, CALL_SECONDS))
        telegram = Telegram()
        listening = await telegram.open()
        stack.callback(listening.close)
        questions = quizzes.choose_questions()
        quizzes.write_down(questions, folder / "quiz.json")
        names = (OURS, LEAN, PLAIN, TRIVIAL)
        programs: dict[str, Program] = {}
        for number, name in enumerate(names, 1):
            most = max(plan.students) if name in {OURS, LEAN} else min(max(plan.students), PLAIN_STUDENTS)
            students = Students(number, most + SPARE)
            words = ["bot", "serve"] if name == OURS else [f"benchmarks.{name}"]
            environment = _environment(number, telegram, server.url, folder)
            program = running(name, words, environment, folder, telegram, students, cores.bot)
            programs[name] = await stack.enter_async_context(program)
            await _set_going(name, students, storage, questions)
        bench = Bench(telegram, storage, folder_lock.server_pid(folder / "data") or os.getpid())
        yield bench, programs


def _environment(bot: int, telegram: Telegram, redis: str, folder: Path) -> dict[str, str]:
    """What a program is told: ours by its settings, the others by plain names."""
    token, port = f"{bot}:secret", str(_free_port())
    return {
        "QUIZBOT_TOKEN": token,
        "QUIZBOT_API_BASE_URL": telegram.address,
        "QUIZBOT_REDIS_URL": redis,
        "QUIZBOT_WEBHOOK_URL": f"http://127.0.0.1:{port}",
        "QUIZBOT_PORT": port,
        # Telegram's limits are not what is measured.
        **dict.fromkeys(("QUIZBOT_CHAT_MESSAGES", "QUIZBOT_GROUP_MESSAGES", "QUIZBOT_ALL_MESSAGES"), "100000000"),
        "TOKEN": token,
        "API_BASE_URL": telegram.address,
        "REDIS_URL": redis,
        "PORT": port,
        "QUIZ": str(folder / "quiz.json"),
        "PICKLE": str(folder / "plain.pickle"),
    }


async def _set_going(name: str, students: Students, storage: Storage, questions: list[Question]) -> None:
    if name == PLAIN:
        for student in students.all:
            students.say(student, "/start")
        await students.end(120)
    else:
        await quizzes.begin_for(storage, questions, students.all)


def _free_port() -> int:
    with create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]
