"""The benchmark runs: no figure is judged here."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(
    not hasattr(os, "sched_getaffinity") or len(os.sched_getaffinity(0)) < 2, reason="it needs Linux and two cores"
)
@pytest.mark.timeout(240)
def test_one_student_is_measured_with_every_program(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "benchmarks", "--smoke", "--folder", str(tmp_path)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - ourselves

    assert done.returncode == 0, done.stdout + done.stderr
    results = json.loads((tmp_path / "bench.json").read_text("utf-8"))
    assert {one["program"] for one in results["measured"]} == {"quizbot", "lean", "plain"}
    assert all(answers["answers_a_second"] > 0 for one in results["measured"] for answers in one["rounds"])
    assert results["redis_round_trips_before_the_toast"] == 1
    assert (tmp_path / "bench.svg").read_text("utf-8").startswith("<svg")


@pytest.mark.timeout(240)
def test_a_round_is_played_and_measured(tmp_path: Path) -> None:
    transcript = tmp_path / "transcript.txt"
    size = ("--rounds", "1", "--players", "2", "--questions", "2", "--seconds", "5")
    words = [sys.executable, "-m", "benchmarks.rounds", *size, "--transcript", str(transcript)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - ourselves

    assert done.returncode == 0, done.stdout + done.stderr
    measured = json.loads(done.stdout)
    assert (measured["closed"], measured["early"], measured["refused_429"]) == (2, 0, 0)
    assert measured["kept_answers"] == 4
    assert "🏁 The Solar System" in transcript.read_text("utf-8")
