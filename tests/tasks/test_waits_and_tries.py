"""How a task waits until it is due, is put off, fails, is tried again, and is given up at last; on the real docket."""

import asyncio
import inspect
from datetime import datetime, timedelta
from logging import WARNING
from typing import cast

import pytest
from docket import Docket, Execution, ExponentialRetry, Retry, Timeout
from prometheus_client import REGISTRY
from structlog.testing import capture_logs

from delivery.failures import Held, NotNow
from delivery.screen import Screen
from delivery.sender import Sender
from storage.connection import Storage
from storage.deadletters import DeadLetters
from storage.due import DueTimes
from storage.errors import StorageUnavailable
from storage.unsaid import Unsaid, UnsaidMessages
from tasks import later, write
from tasks.ask import Stage
from tasks.desk import Desk
from tasks.dockets import SOON, THIS_TASK
from tasks.later import Patience, say_task
from tasks.soon import Soon
from tests.tasks.work import LATE, nothing_left, now, working

CHAT, MESSAGE = 7, "a message"


class Telegram:
    """In the place of the sender: fails so many times in its way, then takes what it is given."""

    def __init__(self, failure: BaseException | None = None, times: int = 1000) -> None:
        self.failure = failure
        self.times = times if failure else 0
        self.asked = 0
        self.said: list[datetime] = []

    async def send(self, chat: int, screen: Screen, thread: int | None = None) -> int:
        """Fail, or note when it was."""
        del chat, screen, thread
        self.asked += 1
        if self.asked <= self.times and self.failure is not None:
            raise self.failure
        self.said.append(now())
        return 1


@pytest.fixture
def patience(storage: Storage) -> Patience:
    return Patience(DueTimes(storage), DeadLetters(storage))


@pytest.fixture
def quick_retries(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three tries, without the pauses."""
    monkeypatch.setattr(later, "TRIES", 3)
    monkeypatch.setattr(
        later,
        "RETRY",
        ExponentialRetry.forever(delay=timedelta(milliseconds=10), maximum_delay=timedelta(milliseconds=20)),
    )


async def kept(storage: Storage) -> UnsaidMessages:
    """A message that is to be said."""
    unsaid = UnsaidMessages(storage)
    await unsaid.keep(MESSAGE, Unsaid(CHAT, Screen("hello").written_down()))
    return unsaid


def says(docket: Docket, telegram: Telegram, unsaid: UnsaidMessages, patience: Patience) -> None:
    """Make the docket know the bot's own task `say`."""
    docket.register(say_task(unsaid, cast("Sender", telegram), patience), names=["say"])


@pytest.mark.parametrize(
    "failure", [LookupError("a fault of ours"), TimeoutError(), NotNow(0.01)], ids=["raises", "takes long", "not now"]
)
@pytest.mark.usefixtures("quick_retries")
async def test_a_task_that_cannot_be_done_is_tried_again_and_in_the_end_a_dead_letter(
    soon: Docket, storage: Storage, patience: Patience, failure: Exception
) -> None:
    """And then no more."""
    telegram = Telegram(failure)
    says(soon, telegram, await kept(storage), patience)
    async with working(soon):
        await Soon(soon, patience.due).say(MESSAGE, 0)
        await nothing_left(soon)

    assert telegram.asked == 3
    letters = await storage.call(storage.client.xrange("dead-letters"))  # pyright: ignore[reportUnknownMemberType]
    ((_, letter),) = cast("list[tuple[str, dict[str, str]]]", letters)
    assert (letter["kind"], letter["subject"]) == ("task", "say")
    assert letter["error"].startswith(type(failure).__name__)


@pytest.mark.usefixtures("quick_retries")
async def test_a_task_that_takes_longer_than_it_may_is_tried_again_too(
    soon: Docket, storage: Storage, patience: Patience, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ends itself, before docket would end it without a word."""
    monkeypatch.setattr(later, "TASK_SECONDS", 0.05)

    class Hanging(Telegram):
        async def send(self, chat: int, screen: Screen, thread: int | None = None) -> int:
            self.asked += 1
            await asyncio.Event().wait()
            return await super().send(chat, screen, thread)

    telegram = Hanging()
    says(soon, telegram, await kept(storage), patience)
    async with working(soon):
        await Soon(soon, patience.due).say(MESSAGE, 0)
        await nothing_left(soon)

    assert telegram.asked == 3
    assert await DeadLetters(storage).count() == 1


@pytest.mark.usefixtures("quick_retries")
async def test_a_task_is_never_given_up_because_redis_was_away(
    soon: Docket, storage: Storage, patience: Patience
) -> None:
    """Whatever it has tried by then."""
    telegram = Telegram(StorageUnavailable("away"), times=10)
    says(soon, telegram, await kept(storage), patience)
    async with working(soon):
        await Soon(soon, patience.due).say(MESSAGE, 0)
        await nothing_left(soon)

    assert len(telegram.said) == 1
    assert await DeadLetters(storage).count() == 0


async def test_a_task_that_docket_runs_early_puts_itself_back_and_has_not_tried(
    soon: Docket, storage: Storage, patience: Patience
) -> None:
    """When it is due Redis says, whatever time docket was given."""
    tries: list[int] = []
    telegram = Telegram()
    unsaid = await kept(storage)

    async def say(message: str, task: Execution = THIS_TASK) -> None:
        tries.append(task.attempt)
        await patience.until_due(task)
        await telegram.send(CHAT, Screen(message))

    soon.register(say)
    due = await patience.due.put_off("say:early", timedelta(seconds=0.7))
    async with working(soon):
        await soon.add(say, when=now() - timedelta(hours=1), key="say:early")(MESSAGE)
        await nothing_left(soon)

    (said,) = telegram.said
    assert timedelta() <= said - due < timedelta(seconds=LATE)
    assert len(tries) >= 2
    assert set(tries) == {1}
    assert await unsaid.get(MESSAGE) is not None


async def test_what_telegram_asks_to_wait_is_waited_whatever_docket_does(
    soon: Docket, storage: Storage, patience: Patience
) -> None:
    """A task that was put off by Telegram is due by Redis' clock as well."""
    telegram = Telegram(NotNow(0.7), times=1)
    says(soon, telegram, await kept(storage), patience)
    async with working(soon):
        begun = now()
        await Soon(soon, patience.due).say(MESSAGE, 0)
        while not telegram.asked:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.1)
        assert await patience.due.due(f"say:{MESSAGE}") is not None
        await nothing_left(soon)

    (said,) = telegram.said
    assert said - begun >= timedelta(seconds=0.7)


async def test_what_is_put_off_is_no_failure_to_anybody_who_logs_or_counts(
    soon: Docket, storage: Storage, patience: Patience, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither to docket, nor to the task, nor to the figures: whoever is woken by failures is not woken by a limit."""
    telegram = Telegram(Held(0.1), times=2)
    says(soon, telegram, await kept(storage), patience)
    failures = REGISTRY.get_sample_value("quizbot_redis_failures_total")
    with capture_logs() as lines, caplog.at_level("INFO"):
        async with working(soon):
            await Soon(soon, patience.due).say(MESSAGE, 0)
            await nothing_left(soon)

    assert (telegram.asked, len(telegram.said)) == (3, 1)
    assert {line["log_level"] for line in lines} == {"info"}
    assert [record.getMessage() for record in caplog.records if record.levelno >= WARNING] == []
    assert REGISTRY.get_sample_value("quizbot_redis_failures_total") == failures


async def test_a_task_asks_whether_its_work_is_still_to_be_done(
    soon: Docket, storage: Storage, patience: Patience
) -> None:
    """Run once more, it says nothing again."""
    telegram = Telegram()
    says(soon, telegram, await kept(storage), patience)
    async with working(soon):
        for _ in range(2):
            await soon.add("say")(MESSAGE)
            await nothing_left(soon)

    assert len(telegram.said) == 1


async def test_every_task_has_its_old_name_tries_again_for_ever_and_ends_in_time(
    soon: Docket, long: Docket, storage: Storage, patience: Patience
) -> None:
    """Docket drops a task that raises without a retry, or whose tries are used up; and one that was renamed."""
    before = set(soon.tasks)
    stage = cast("Stage", type("Nothing", (), {"sender": None}))
    later.register(soon, stage, UnsaidMessages(storage), patience)
    write.register(long, cast("Desk", None))
    ours = {name: task for docket in (soon, long) for name, task in docket.tasks.items() if name not in before}

    assert set(ours) == {"catch_up", "redraw", "say", "write"}
    for name, task in ours.items():
        defaults = [one.default for one in inspect.signature(task).parameters.values()]
        (retry,) = [one for one in defaults if isinstance(one, Retry)]
        (limit,) = [one for one in defaults if isinstance(one, Timeout)]
        assert retry.attempts is None, name
        if name in soon.tasks:
            assert later.TASK_SECONDS < limit.base.total_seconds() <= SOON.redelivery.total_seconds()
