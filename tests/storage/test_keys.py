"""Every key is in the table: of its type, under its tag, and with the life it should have."""

from collections.abc import AsyncIterator, Awaitable
from dataclasses import replace
from datetime import timedelta
from fnmatch import fnmatchcase
from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from quiz.collection import Part, PartKind
from quiz.identity import derived_id
from quiz.material import Material
from quiz.reported import Reported, Whence
from quiz.round import Control
from storage import keys
from storage.attempts import Attempts, verdict_step
from storage.budgets import Budgets, Limits
from storage.collections import Collections, Sent
from storage.connection import Storage
from storage.deadletters import DeadLetters
from storage.due import DueTimes
from storage.forgetting import Forgetting, Request
from storage.forms import NewerForms
from storage.groups import Groups
from storage.health import takes_writes
from storage.parked import ParkedUpdates
from storage.people import Dialog, People, Settings
from storage.pool_statistics import PoolStatistics, Seen
from storage.pools import Pools, PoolTopic
from storage.quizzes import Quizzes
from storage.reports import Reports
from storage.rounds import Presser, Rounds
from storage.schema import ensure_schema
from storage.sending import Pace, Paces, Sending
from storage.sources import Sources
from storage.tallies import Tallies
from storage.unsaid import Unsaid, UnsaidMessages
from tasks.dockets import DOCKETS, SOON, open_docket
from tasks.soon import Soon
from tests.samples import a_question
from tests.storage.conftest import Reached
from tests.storage.examples import ANN, CHAT, FIRST, GROUP, SECOND, SINGLE, THIRD, catch_up, new
from tests.storage.round_examples import ROUND, new_round

LIVES = {
    "{u:*}:attempt:*": {keys.UNFINISHED_ATTEMPT, keys.FINISHED_ATTEMPT},
    "due:*": {timedelta(seconds=60)},
}
"""Where a key has more than one life, both; else it is that of the table."""
A_MOMENT = timedelta(minutes=1)
FOURTH, OTHER_GROUP = derived_id("fourth"), -200


def kinds_of(key: str) -> list[keys.KeyKind]:
    """The rows of the table that a key fits."""
    return [kind for kind in keys.TABLE if fnmatchcase(key, kind.pattern.replace("[", "[[]"))]


async def everything_is_written(storage: Storage, url: str) -> None:
    """Call every function that writes, so that every kind of key is there."""
    attempts, people = Attempts(storage), People(storage)
    await ensure_schema(storage)
    assert await takes_writes(storage)
    await Quizzes(storage).save("deck.planets.en", "v1", [a_question()])
    await attempts.start(new(FIRST, length=1), "one")
    await attempts.record(ANN, FIRST, {"0": 50})
    await attempts.answer(ANN, CHAT, FIRST, press="p", position=0, what="0", shown="", message_id=50)
    await attempts.record(ANN, FIRST, {verdict_step(0): 50, "score": 51})
    await attempts.start(new(SECOND), "two")
    await attempts.answer(ANN, CHAT, SECOND, press="p", position=0, what="skip", shown="", message_id=50)
    await attempts.select(ANN, SECOND, press="s", position=1, place=0, on=True)
    await attempts.stop(ANN, CHAT, SECOND, update="stop", message_id=60)
    await attempts.touch(ANN, SECOND, owner="two")
    await attempts.resume(ANN, CHAT, SECOND, update="resume")
    await people.save_settings(ANN, Settings(3))
    await people.open_dialog(ANN, CHAT, Dialog("an id", "photosynthesis", "en"))
    await attempts.start(replace(new(THIRD, chat=GROUP), plan=(), wanted=3, written_in="de"), "three")
    await attempts.extend(ANN, THIRD, 0, SINGLE, owner="three")
    await attempts.complete(ANN, GROUP, THIRD, shortfall="checks", owner="three")
    await Quizzes(storage).add_written("quiz", 0, a_question())
    sent = await Collections(storage).collect(ANN, CHAT, 70, [Sent(Part(PartKind.TEXT, "notes"))], language="en")
    assert sent.collection is not None
    await Sources(storage).add(ANN, sent.collection.id, 70, Material("notes", ()))
    await Forgetting(storage).ask("a request", Request(ANN, CHAT, "en"))
    pools, statistics = Pools(storage, 10), PoolStatistics(storage)
    await pools.add("pool", PoolTopic("Gas giants", "en", "any"), a_question())
    await pools.lead("pool", "one")
    await pools.release("pool", "one", "busy")
    await pools.lead("pool", "two")
    await pools.withdraw("pool", a_question().id, "reported")
    await pools.add("pool", PoolTopic("Gas giants", "en", "any"), a_question(id="another"))
    await statistics.count("pool", FIRST, [Seen(0, "another", 1, frozenset("a"))])
    await statistics.report(ANN, "pool", "another", 1)
    await Reports(storage).add(ANN, "quiz", Reported(Whence.QUIZ, "quiz", "another", 1))
    await attempts.start(replace(new(FOURTH, chat=OTHER_GROUP), pool="pool"), "four")
    await attempts.record(ANN, FOURTH, {"0": 70})
    budgets = Budgets(storage, Limits(100, 100, 100))
    account = await budgets.account(ANN, GROUP, "quiz")
    await budgets.reserve(account, 50)
    await budgets.take(account, 3, 4, None)
    await Tallies(storage).add("writer", 1, "openai:one", "drafted")
    await NewerForms(storage).was_taken("draft", taken=True)
    rounds, groups = Rounds(storage), Groups(storage)
    await groups.enter(GROUP, "Class 7b")
    await groups.was_administrator(ANN, GROUP, is_one=True)
    await rounds.begin(new_round(), "one")
    await rounds.control(ROUND, Control.START, update="start", turn=None, owner="one")
    await rounds.answer(ROUND, Presser(ANN, "Ann", GROUP), press="p", position=0, what="b0")
    await rounds.ask_by_poll("a poll", ROUND, 0)
    await UnsaidMessages(storage).keep("a message", Unsaid(CHAT, "hello"))
    sending = Sending(storage, Paces(Pace(60, 60), Pace(20, 60), Pace(30, 1)))
    await sending.let_through(CHAT, kind="question")
    await sending.told_to_wait(CHAT, 1)
    await ParkedUpdates(storage).park(1, {"update_id": 1})
    await DeadLetters(storage).add("update", "1", {"text": "hi"}, ValueError("no"))
    async with open_docket(url, SOON) as docket:
        docket.register(catch_up)
        await Soon(docket, DueTimes(storage)).catch_up(FIRST, 0, "one", 60)


async def test_every_key_is_known_with_its_type_and_its_life(storage: Storage, server: Reached) -> None:
    await everything_is_written(storage, server.url)

    seen: set[str] = set()
    async for key in cast("AsyncIterator[str]", storage.client.scan_iter()):  # pyright: ignore[reportUnknownMemberType]
        if key.startswith(tuple(form.format(kind.name) for form in ("{}:", "{{{}}}:") for kind in DOCKETS)):
            continue  # docket's own
        kinds = kinds_of(key)
        assert len(kinds) == 1, f"{key} must be in the table of storage/keys.py, once"
        (kind,) = kinds
        seen.add(kind.pattern)
        assert await cast("Awaitable[str]", storage.client.type(key)) == kind.type, key
        left = await storage.client.pttl(key)
        if kind.life is None:
            assert left == -1, f"{key} is to be kept"
        else:
            lives = LIVES.get(kind.pattern, {kind.life})
            assert any(timedelta() <= life - timedelta(milliseconds=left) < A_MOMENT for life in lives), key
    assert seen == {kind.pattern for kind in keys.TABLE}, "every kind is tested here"


@given(st.integers(1), st.integers(), st.text("abcXYZ123", min_size=1))
def test_every_key_of_a_person_has_the_persons_tag(user: int, chat: int, attempt: str) -> None:
    built = [
        keys.attempt(user, attempt),
        keys.attempts(user),
        keys.active(user, chat),
        keys.dialog(user, chat),
        keys.settings(user),
        keys.collection(user, chat),
        keys.source(user, attempt),
        keys.user_use(user, "2026-01-01"),
        keys.seen(user),
        keys.reported(user),
        keys.rounds(user),
        keys.administrator(user, chat),
    ]

    assert all(key.startswith(f"{{u:{user}}}:") for key in built)
    assert len({kinds_of(key)[0].pattern for key in built}) == len(built)
