"""The programs that are measured, as processes on a core of their own, and what they take of it."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.students import Students
from benchmarks.telegram import Telegram

ROOT = Path(__file__).parents[1]
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGESIZE")
STARTS_WITHIN = 60.0
ENDS_WITHIN = 15.0


class DidNotStart(Exception):
    """A program ended, or did not say in time where its updates go."""


@dataclass(frozen=True, slots=True)
class Cores:
    """One core for the measured program; the other for load, Telegram and Valkey."""

    bot: int
    load: int


def choose_cores() -> Cores:
    """The last two of this process; raises DidNotStart where there are not two, or where none can be chosen."""
    if not hasattr(os, "sched_getaffinity"):
        raise DidNotStart("the benchmark pins processes to cores and reads /proc: it needs Linux")
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) < 2:
        raise DidNotStart("the benchmark needs two cores")
    return Cores(cores[-1], cores[-2])


@dataclass(frozen=True, slots=True)
class Use:
    """What a process had until a moment: seconds of CPU, seconds it waited for its core, bytes of memory."""

    cpu: float
    waited: float
    memory: int


def use_of(pid: int) -> Use:
    """What a process has had until now; the wait is that of its first thread, in which the event loop runs."""
    of = Path(f"/proc/{pid}")
    fields = of.joinpath("stat").read_text().rpartition(")")[2].split()
    waited = int(of.joinpath("schedstat").read_text().split()[1]) / 1e9
    resident = int(of.joinpath("statm").read_text().split()[1])
    return Use((int(fields[11]) + int(fields[12])) / TICKS, waited, resident * PAGE)


@dataclass(frozen=True, slots=True)
class Program:
    """One that is measured: its process, and those who play with it."""

    name: str
    process: Process
    students: Students
    log: Path

    def use(self) -> Use:
        """What it has had until now."""
        return use_of(self.process.pid)

    def said(self) -> str:
        """The end of its log."""
        return self.log.read_text(errors="replace")[-2000:]


@asynccontextmanager
async def running(
    name: str,
    words: list[str],
    environment: Mapping[str, str],
    folder: Path,
    telegram: Telegram,
    students: Students,
    core: int,
) -> AsyncGenerator[Program]:
    """A program that is ready for updates, until the context closes; raises DidNotStart."""
    telegram.listeners[students.bot] = students
    said = folder / f"{name}.log"
    with said.open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", *words),
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment},
            cwd=folder,  # no .env file is read
            stdin=DEVNULL,
            stdout=log,
            stderr=log,
            preexec_fn=lambda: os.sched_setaffinity(0, {core}),
        )
        try:
            program = Program(name, process, students, said)
            await _ready(program)
            yield program
        finally:
            await _end(process)


async def _ready(program: Program) -> None:
    students = program.students
    ends = asyncio.ensure_future(program.process.wait())
    is_set = asyncio.ensure_future(students.is_set.wait())
    done, _ = await asyncio.wait({ends, is_set}, timeout=STARTS_WITHIN, return_when=asyncio.FIRST_COMPLETED)
    ends.cancel()
    is_set.cancel()
    if is_set not in done:
        raise DidNotStart(f"{program.name} did not start:\n{program.said()}")
    if students.has_webhook:
        await students.connect()


async def _end(process: Process) -> None:
    if process.returncode is not None:
        return
    process.terminate()
    try:
        async with asyncio.timeout(ENDS_WITHIN):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
