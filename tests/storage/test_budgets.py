"""What quizzes take of models is set aside before and entered after; nobody takes more than a day allows."""

import asyncio
from datetime import timedelta

import pytest

from storage.budgets import Account, Budgets, Limits
from storage.connection import Storage
from tests.storage.examples import ANN, BOB, GROUP

LIMITS = Limits(user=1000, chat=2000, everyone=3000)


@pytest.fixture
def budgets(storage: Storage) -> Budgets:
    return Budgets(storage, LIMITS)


def account(user: int = ANN, quiz: str = "quiz", *, chat: int | None = None, day: str = "2026-11-24") -> Account:
    """The account of a quiz that a person asked for in private, unless a chat is named."""
    return Account(user, chat or user, day, quiz)


async def test_what_is_set_aside_is_not_there_for_another_quiz(budgets: Budgets) -> None:
    assert await budgets.reserve(account(quiz="one"), 600)
    assert not await budgets.reserve(account(quiz="two"), 401)
    assert await budgets.reserve(account(quiz="two"), 400)


async def test_a_reservation_delivered_again_is_the_same_one(budgets: Budgets) -> None:
    assert await budgets.reserve(account(), 600)
    assert await budgets.reserve(account(), 600)
    assert await budgets.reserve(account(quiz="two"), 400)


async def test_setting_aside_anew_replaces_what_was_set_aside_and_is_bounded_all_the_same(budgets: Budgets) -> None:
    """Whoever goes on with a quiz asks for what it may still take."""
    assert await budgets.reserve(account(), 600)
    await budgets.take(account(), 300, 200, 1)
    assert not await budgets.reserve(account(), 501)
    assert await budgets.reserve(account(), 400)
    assert not await budgets.reserve(account(quiz="two"), 101)
    assert await budgets.reserve(account(quiz="two"), 100)


async def test_what_a_killed_worker_set_aside_is_given_back_after_a_while(
    budgets: Budgets, storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.budgets.HELD", timedelta(milliseconds=50))
    assert await budgets.reserve(account(quiz="of a killed worker"), 1000)
    set_aside = await storage.now()
    assert not await budgets.reserve(account(quiz="two"), 1)
    while await storage.now() <= set_aside + 50:  # noqa: ASYNC110 - Redis rings no bell
        await asyncio.sleep(0.01)
    assert await budgets.reserve(account(quiz="two"), 1000)


async def test_what_was_not_taken_is_given_back(budgets: Budgets) -> None:
    await budgets.reserve(account(), 900)
    await budgets.take(account(), 200, 50, 1)
    await budgets.settle(account())
    assert not await budgets.reserve(account(quiz="two"), 751)
    assert await budgets.reserve(account(quiz="two"), 750)


async def test_a_quiz_may_take_more_than_was_set_aside_and_it_counts(budgets: Budgets) -> None:
    await budgets.reserve(account(), 100)
    await budgets.take(account(), 800, 100, 1)
    assert not await budgets.reserve(account(quiz="two"), 101)


async def test_each_person_has_a_budget_and_everyone_together_one(budgets: Budgets) -> None:
    assert await budgets.reserve(account(ANN), 1000)
    assert await budgets.reserve(account(BOB, "two"), 1000)
    assert await budgets.reserve(account(3, "three"), 1000)
    assert not await budgets.reserve(account(4, "four"), 1)
    assert await budgets.reserve(account(4, "four", day="2026-11-25"), 1)


async def test_a_group_has_a_budget_of_its_own(budgets: Budgets) -> None:
    assert await budgets.reserve(account(ANN, "one", chat=GROUP), 1000)
    assert await budgets.reserve(account(BOB, "two", chat=GROUP), 1000)
    assert not await budgets.reserve(account(3, "three", chat=GROUP), 1)


async def test_what_is_refused_by_one_budget_is_set_aside_in_none(budgets: Budgets) -> None:
    await budgets.reserve(account(BOB, "one", chat=GROUP), 1000)
    await budgets.reserve(account(3, "two", chat=GROUP), 1000)
    assert not await budgets.reserve(account(ANN, "three", chat=GROUP), 1000)
    assert await budgets.reserve(account(ANN, "four"), 1000)


async def test_many_at_once_do_not_take_more_than_there_is(budgets: Budgets) -> None:
    granted = await asyncio.gather(*(budgets.reserve(account(quiz=f"quiz {number}"), 100) for number in range(30)))
    assert sum(granted) == 10


async def test_use_is_entered_by_quiz_by_person_and_for_all(budgets: Budgets) -> None:
    await budgets.take(account(ANN, "one"), 100, 20, 7)
    await budgets.take(account(ANN, "two"), 10, 2, None)
    await budgets.take(account(BOB, "three"), 1, 1, 1)
    ann, everyone = await budgets.use_of_user(ANN, "2026-11-24"), await budgets.use_of_all("2026-11-24")
    assert (ann.input_tokens, ann.output_tokens, ann.microdollars, ann.unpriced_tokens) == (110, 22, 7, 12)
    assert (everyone.input_tokens, everyone.microdollars) == (111, 8)
    assert (await budgets.use_of_quiz("two")).unpriced_tokens == 12
    assert (await budgets.use_of_user(BOB, "2026-11-25")).input_tokens == 0
