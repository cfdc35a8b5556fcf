"""Reports of questions are kept for 7 days, once for each person, and tell neither who made them nor what was asked."""

from typing import cast

import pytest

from quiz.identity import derived_id
from quiz.reported import Reported, Whence
from storage import keys, reports
from storage.connection import Storage
from storage.forgetting import Forgetting
from storage.reports import Reports
from tests.storage.examples import ANN, BOB, CHAT

DECK = Reported(Whence.DECK, "deck.planets.en", "nearest-planet", 1)
NOTES = Reported(Whence.NOTES, derived_id("quiz"), derived_id("question"), 1)
WEEK_MS = 7 * 24 * 3_600_000


async def test_each_person_counts_once(storage: Storage) -> None:
    kept = Reports(storage)
    assert await kept.add(ANN, DECK.where, DECK)
    assert not await kept.add(ANN, DECK.where, DECK)
    assert await kept.add(ANN, NOTES.where, NOTES)
    assert await kept.add(BOB, DECK.where, DECK)
    found = await kept.all()
    assert [(one.whence, one.where, one.question, one.people) for one in found] == [
        (Whence.DECK, DECK.where, DECK.question, 2),
        (Whence.NOTES, NOTES.where, NOTES.question, 1),
    ]
    now = await storage.now()
    assert all(now - 10_000 < one.last <= now for one in found)


async def test_a_person_is_told_which_they_have_reported(storage: Storage) -> None:
    kept = Reports(storage)
    await kept.add(ANN, "a quiz", NOTES)
    assert await kept.by(ANN, "a quiz", [NOTES.question, "another"]) == {NOTES.question}
    assert await kept.by(ANN, "another quiz", [NOTES.question]) == set()
    assert await kept.by(BOB, "a quiz", [NOTES.question]) == set()


async def test_who_reported_is_not_to_be_seen(storage: Storage) -> None:
    await Reports(storage).add(ANN, DECK.where, DECK)
    report = await _newest(storage)
    *question, mark = report.split(" ")
    assert question == ["deck", DECK.where, DECK.question, "1"]
    assert len(mark) == 64
    assert str(await storage.get(keys.SECRET)) not in report


async def test_reports_older_than_7_days_are_neither_shown_nor_kept(storage: Storage) -> None:
    kept = Reports(storage)
    await kept.add(ANN, DECK.where, DECK)
    report = await _newest(storage)
    await storage.ask("ZADD", keys.REPORTS, await storage.now() - WEEK_MS - 1000, report)
    assert await kept.all() == []
    await kept.add(ANN, NOTES.where, NOTES)
    assert await storage.ask("ZCARD", keys.REPORTS) == 1


async def test_there_are_never_more_than_the_most_and_the_newest_stay(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports, "MOST", 3)
    kept = Reports(storage)
    for number in range(5):
        await kept.add(ANN, "quiz", Reported(Whence.QUIZ, "quiz", f"question{number}", 1))
        await storage.ask("ZADD", keys.REPORTS, "XX", "INCR", number, await _newest(storage))
    assert {one.question for one in await kept.all()} == {"question2", "question3", "question4"}


async def test_of_quizzes_that_are_forgotten_nothing_stays(storage: Storage) -> None:
    kept = Reports(storage)
    await kept.add(ANN, NOTES.where, NOTES)
    await kept.add(ANN, DECK.where, DECK)
    await Forgetting(storage).erase_quizzes({NOTES.where})
    await Forgetting(storage).erase(ANN, CHAT)
    assert [one.whence for one in await kept.all()] == [Whence.DECK]
    assert await kept.by(ANN, DECK.where, [DECK.question]) == set()


async def _newest(storage: Storage) -> str:
    (report,) = cast("list[str]", await storage.ask("ZRANGE", keys.REPORTS, -1, -1))
    return report
