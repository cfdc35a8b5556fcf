"""What being forgotten deletes of a person, and what it leaves so that nobody gains by it."""

from datetime import timedelta

from storage import keys
from storage.budgets import Budgets, Limits
from storage.connection import Storage
from storage.forgetting import Forgetting
from storage.parked import ParkedUpdates
from tests.storage.examples import ANN, BOB, CHAT

LIMITS = Limits(user=100, chat=1000, everyone=1000)


async def test_nobody_gets_a_new_budget_by_being_forgotten(storage: Storage) -> None:
    """Today's use stays until midnight, however often one asks; that of earlier days goes."""
    budgets = Budgets(storage, LIMITS)
    account = await budgets.account(ANN, CHAT, "a quiz")
    await budgets.take(account, 60, 40, 7)
    await storage.ask("COPY", keys.user_use(ANN, account.day), keys.user_use(ANN, "2026-01-01"))
    for _ in range(2):
        await Forgetting(storage).erase(ANN, CHAT)
        again = await budgets.account(ANN, CHAT, "another quiz")
        assert again.day == account.day, "it is midnight: once more"
        assert not await budgets.reserve(again, 1)
    assert (await budgets.use_of_user(ANN, "2026-01-01")).input_tokens == 0
    left = timedelta(milliseconds=int(str(await storage.ask("PTTL", keys.user_use(ANN, account.day)))))
    assert timedelta() < left <= timedelta(days=1)
    assert await budgets.reserve(await budgets.account(BOB, BOB, "of another"), 1)


async def test_what_a_person_sent_and_nobody_handled_yet_goes(storage: Storage) -> None:
    """Messages, presses and votes; those of others stay, in the same group and with the same numbers too."""
    parked = ParkedUpdates(storage)
    ann, bob, group = {"id": 1001}, {"id": 1002}, {"id": -1003}
    await parked.park(1, {"update_id": 1, "message": {"from": ann, "chat": ann, "text": "my notes"}})
    await parked.park(2, {"update_id": 2, "callback_query": {"from": ann, "message": {"from": bob, "chat": group}}})
    await parked.park(3, {"update_id": 3, "poll_answer": {"user": ann}})
    answer = {"from": bob, "chat": group, "message_id": 1001, "reply_to_message": {"from": ann, "chat": group}}
    await parked.park(4, {"update_id": 4, "message": answer})
    await parked.park(1001, {"update_id": 1001, "message": {"from": bob, "chat": bob}})
    await Forgetting(storage).erase(1001, -1003)
    assert list(await parked.all()) == [4, 1001]
