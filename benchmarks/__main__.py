"""`python -m benchmarks`: measure, print the table, leave JSON and a chart in a folder."""

import argparse
import sys
from pathlib import Path

import uvloop
from rich.console import Console

from benchmarks import chart, report
from benchmarks.measure import Stalled
from benchmarks.programs import ROOT, DidNotStart, choose_cores
from benchmarks.run import QUICK, SMOKE, Plan, run

CANNOT, MISSED = 2, 1


def main() -> int:
    """Run it; the exit status is 1 when a bar is missed and bars were asked for, 2 when it cannot run."""
    options = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    options.add_argument("--quick", action="store_true", help="fewer students, rounds and seconds: under two minutes")
    options.add_argument("--smoke", action="store_true", help="one student for a moment, to see that it runs")
    options.add_argument("--bars", action="store_true", help="exit with status 1 when a bar is missed")
    options.add_argument("--folder", type=Path, default=ROOT / "benchmarks" / "results", help="where the files go")
    chosen = options.parse_args()
    plan = SMOKE if chosen.smoke else QUICK if chosen.quick else Plan()
    console = Console(width=170 if not sys.stdout.isatty() else None)
    try:
        results = uvloop.run(run(plan, choose_cores(), lambda words: console.print(f"[dim]{words}[/dim]")))
    except (DidNotStart, Stalled) as error:
        console.print(f"benchmarks: {error}", markup=False)
        return CANNOT
    file = report.write(results, chosen.folder)
    file.with_suffix(".svg").write_text(chart.draw(results), "utf-8")
    report.show(results, console)
    console.print(f"\n{file}\n{file.with_suffix('.svg')}", markup=False)
    return MISSED if chosen.bars and not all(bar.holds for bar in report.bars(results)) else 0


if __name__ == "__main__":
    sys.exit(main())
