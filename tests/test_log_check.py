"""The check that every test of a bot ends with can fail."""

from pathlib import Path
from typing import Any, cast

import pytest
from telegram import Update

from bot.intake import Intake, RawUpdate, Work, log
from handlers.context import QuizApplication
from simulator.client import Simulator
from storage import keys
from storage.connection import Storage
from storage.parked import ParkedUpdates
from tests.bot_process import TOKEN, BotProcess
from tests.conftest import asks_for_updates, start_bot
from tests.handlers.person import newcomer
from tests.log_check import assert_no_secret, assert_well_logged, found, leaks

SAID = '{"event": "no such topic: \\"the War of the Roses\\"", "who": "Ann", "token": "1:hush", "what": "Annotated"}'
TOPIC = "the dogs of Zanzibar"


@pytest.mark.parametrize(
    ("texts", "names", "secrets", "leaked"),
    [
        (["the War of the Roses"], [], [], {"the War of the Roses"}),
        (['say "the War of the Roses" to'], [], [], {'"the War of the Roses'[:20], '"the War of the Roses"'[1:21]}),
        (["such topic"], [], [], {"such topic"}),
        ([], ["Ann", "Bob"], [], {"Ann"}),
        ([], [], ["1:hush", "2:hush"], {"1:hush"}),
        (["topic", "other words, and of more than twenty letters", "opic: the"], ["An", "Annot"], [], set[str]()),
    ],
)
def test_what_leaked_is_found(texts: list[str], names: list[str], secrets: list[str], leaked: set[str]) -> None:
    assert leaks(SAID, texts, names, secrets) >= leaked
    assert bool(leaks(SAID, texts, names, secrets)) == bool(leaked)


@pytest.mark.parametrize("line", [f"to {TOKEN}/getMe", "redis://:h%40sh@there", "the word is h@sh", "hello Ann"])
def test_a_secret_or_a_name_is_found_in_a_long_log(tmp_path: Path, line: str) -> None:
    bot = BotProcess(tmp_path, "", settings={"QUIZBOT_REDIS_URL": "redis://:h%40sh@there"})

    assert_no_secret(bot, "Annotated\n" * 1000, ["Ann"])
    with pytest.raises(AssertionError):
        assert_no_secret(bot, "Annotated\n" * 1000 + line, ["Ann"])


def test_what_was_said_is_found_however_deep_but_not_what_a_bot_calls_itself() -> None:
    update: dict[str, Any] = {
        "a": [{"from": {"is_bot": True, "first_name": "Bot"}}, {"text": "one", "b": {"text": "two"}}]
    }

    assert set(found(update, {"text", "first_name"})) == {"one", "two"}


def chatty() -> None:
    """A bot that logs the updates it gets."""
    work_of = Intake.work_of

    def logging_it(self: Intake, raw: RawUpdate) -> tuple[int, Work]:
        log.debug("an update", content=raw)
        return work_of(self, raw)

    Intake.work_of = logging_it


async def test_a_bot_that_logs_what_people_write_is_found_out(
    bot: BotProcess, simulator: Simulator, storage: Storage
) -> None:
    await assert_well_logged(bot, simulator)
    await bot.stop()
    bot.change = chatty
    seen = await simulator.last_event()
    bot.start()
    await simulator.wait_for_event(asks_for_updates, after=seen, within=60)
    await (await newcomer(simulator, ParkedUpdates(storage), "en")).say(TOPIC)

    with pytest.raises(AssertionError, match=TOPIC):
        await assert_well_logged(bot, simulator)
    (bot.folder / "log").unlink()


def quoting() -> None:
    """A bot whose handlers fail with an error that quotes what was written."""

    async def fails(self: QuizApplication, update: object) -> None:
        del self
        assert isinstance(update, Update)
        raise ValueError(update.message and update.message.text)

    QuizApplication.process_update = fails


async def test_an_error_that_quotes_a_message_is_told_without_it_and_kept_with_it(simulator: Simulator) -> None:
    async with start_bot(simulator, {}, quoting) as bot, bot.storage() as storage:
        bot.expected.add("an update could not be handled")
        await (await newcomer(simulator, ParkedUpdates(storage), "en")).say(TOPIC)
        kept = await storage.client.xrange(keys.DEAD_LETTER_STREAM)
        ((_, letter),) = cast("list[tuple[str, dict[str, str]]]", kept)

        assert '"type": "ValueError", "says": "(words not shown)"' in bot.said
        assert letter["error"] == f"ValueError: {TOPIC}"
