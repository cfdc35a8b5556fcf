"""A whole quiz, played by the bot on every kind of Redis that its address can name."""

import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from simulator.client import Fault, Simulator
from storage.attempts import Attempts
from storage.connection import Storage, connect
from storage.deadletters import DeadLetters
from storage.embedded import SHORT_FOLDER
from storage.people import People, Settings
from tests.bot_process import LOOKS_FOR, BotProcess
from tests.classroom import Classroom
from tests.conftest import start_bot
from tests.redis_servers import PASSWORD, WRITTEN, Cluster, Server, Watched
from tests.student import check_kept
from tests.tls_proxy import tls_in_front_of

pytestmark = pytest.mark.timeout(240)
USER = "quiz"


@asynccontextmanager
async def bot_on(url: str, simulator: Simulator, replicas: int = 0) -> AsyncGenerator[tuple[BotProcess, Storage]]:
    """A bot that runs on the Redis of an address, which is emptied before; it never says the password."""
    settings = {"QUIZBOT_REDIS_URL": url, "QUIZBOT_REDIS_REPLICAS": str(replicas)}
    async with connect(url, LOOKS_FOR) as storage:
        await storage.call(storage.client.flushall())  # pyright: ignore[reportUnknownMemberType]
        async with start_bot(simulator, settings) as bot:
            yield bot, storage
            await bot.stop()
            assert not [secret for secret in (PASSWORD, WRITTEN) if secret in bot.said]


async def a_quiz_is_played(url: str, simulator: Simulator, classroom: Classroom, replicas: int = 0) -> None:
    """From the topic to the score, with a question that only a task can send."""
    async with bot_on(url, simulator, replicas) as (_bot, storage):
        ann = await classroom.join()
        await People(storage).save_settings(ann.id, Settings(count=3))
        await ann.say("photosynthesis")
        question = await ann.question()
        await simulator.add_faults(Fault("sendMessage", "429", chat_id=ann.id, retry_after=1, times=1))
        right = await ann.finish(question.attempt, 3)

        attempt = await Attempts(storage).load(ann.id, question.attempt)
        assert attempt is not None
        check_kept(ann, attempt)
        assert right == sum(attempt.is_right(position) for position in attempt.answers)
        assert await DeadLetters(storage).count() == 0


async def test_over_tcp_as_a_user_with_a_password(
    redis_server: Server, simulator: Simulator, classroom: Classroom
) -> None:
    await redis_server.ask("ACL", "SETUSER", USER, "on", f">{PASSWORD}", "~*", "&*", "+@all")

    await a_quiz_is_played(redis_server.url.replace("//:", f"//{USER}:"), simulator, classroom)


async def test_by_tls_with_an_authority_of_ones_own(
    redis_server: Server, simulator: Simulator, classroom: Classroom
) -> None:
    async with tls_in_front_of(redis_server) as proxy:
        await a_quiz_is_played(proxy.url, simulator, classroom)


async def test_on_a_master_that_sentinels_name(
    watched_redis: Watched, simulator: Simulator, classroom: Classroom
) -> None:
    await a_quiz_is_played(watched_redis.url, simulator, classroom, replicas=2)


async def test_on_a_cluster(redis_cluster: Cluster, simulator: Simulator, classroom: Classroom) -> None:
    await a_quiz_is_played(redis_cluster.url, simulator, classroom)


async def test_a_wrong_password_ends_the_bot_with_one_line(redis_server: Server, simulator: Simulator) -> None:
    with tempfile.TemporaryDirectory(prefix="quizbot-test-", dir=SHORT_FOLDER) as folder:
        url = redis_server.url.replace(WRITTEN, f"{WRITTEN}x")
        bot = BotProcess(Path(folder), simulator.url, settings={"QUIZBOT_REDIS_URL": url})
        bot.start()

        assert await bot.ended() == 2
        [line] = [line for line in bot.said.splitlines() if "QUIZBOT_REDIS_URL" in line]
        assert line.startswith("quizbot: QUIZBOT_REDIS_URL: the Redis does not let this bot in")
        assert PASSWORD not in bot.said
        assert WRITTEN not in bot.said
