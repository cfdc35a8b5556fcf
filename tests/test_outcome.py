"""The table of `make faults`: a line for each promise, the injections of its cases added up."""

from typing import Literal

import pytest

from tests.faults.outcome import NAME, Outcome, promise_of, table

KILL = "SIGKILL to quizbot run"


def reports(
    case: str, outcome: Outcome, *, ended: Literal["passed", "failed", "skipped"] = "passed", leaks: bool = False
) -> list[pytest.TestReport]:
    """What pytest says of a test: of its call, when not all is counted yet, and of what came after."""
    place = (case, None, case)
    early, late = [(NAME, vars(Outcome(outcome.promise)))], [(NAME, vars(outcome))]
    after = "failed" if leaks else "passed"
    return [
        pytest.TestReport(case, place, {}, ended, None, "call", user_properties=early),
        pytest.TestReport(case, place, {}, after, None, "teardown", user_properties=late),
    ]


def test_a_run_without_a_promise_has_no_table() -> None:
    report = pytest.TestReport("one", ("one", None, "one"), {}, "passed", None, "teardown")
    assert list(table([report])) == []


def test_the_cases_of_a_promise_are_added_up() -> None:
    one = Outcome("Nothing is lost.", {KILL: {"in sendMessage": 2}}, presses=9, acknowledged=8, kept=8)
    other = Outcome(
        "Nothing is lost.",
        {KILL: {"in sendMessage": 1, "after getMe": 4}, "message reset in its place": {"to Redis": 1}},
        presses=1,
        acknowledged=1,
        kept=2,
        lost=1,
        doubled=1,
    )

    assert list(table(reports("one", one) + reports("other", other, ended="failed"))) == [
        "Nothing is lost.",
        "    1 of 2 cases passed: 10 presses, 9 acknowledged, 10 kept, 1 lost, 1 doubled",
        "       7 × SIGKILL to quizbot run (4 after getMe, 3 in sendMessage)",
        "       1 × message reset in its place (1 to Redis)",
    ]


def test_promises_stand_in_order_with_what_was_measured() -> None:
    slow = Outcome("B: others are prompt.", {"hang by Telegram, the call done": {"": 1}}, measured="p95 2 → 3 ms")

    assert list(table(reports("b", slow) + reports("a", Outcome("A: idle.")))) == [
        "A: idle.",
        "    1 case passed",
        "B: others are prompt.",
        "    1 case passed",
        "    p95 2 → 3 ms",
        "       1 × hang by Telegram, the call done",
    ]


def test_only_what_passed_to_its_end_counts_as_passed() -> None:
    """Neither what was skipped, nor what left something in the log."""
    ended = reports("1", Outcome("A.")) + reports("2", Outcome("A."), ended="skipped")
    ended += reports("3", Outcome("A."), leaks=True)

    assert list(table(ended)) == ["A.", "    1 of 3 cases passed"]


def test_what_is_known_of_a_part_only_is_told_of_that_part() -> None:
    assert list(table(reports("1", Outcome("A.", {KILL: {"": 2, "in getMe": 1}}))))[2:] == [
        "       3 × SIGKILL to quizbot run (1 in getMe)"
    ]


def test_the_promise_of_a_file_is_its_first_paragraph() -> None:
    assert promise_of("One promise,\nof two lines.\n\nAnd more.\n") == "One promise, of two lines."
