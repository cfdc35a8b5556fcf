"""How soon the first question comes, from a pool and from a model: `python -m benchmarks.pools`.

With `--bars` the exit status is 1 when the median from a pool takes longer than 100 ms.

One bot by polling with its own Valkey, the simulator as Telegram, and a model on this machine that answers at once, so
that what is left is the bot's own time; a real model takes some seconds more. Each topic is named by a student who has
it written, and then by another one who is asked from the pool. The time is from the message to the first question in
the chat.
"""

import asyncio
import sys
import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median
from time import perf_counter

from simulator.client import Simulator, connect, start_simulator
from storage.embedded import SHORT_FOLDER
from storage.people import People, Settings
from tests.bot_process import TOKEN, BotProcess
from tests.classroom import Classroom
from tests.conftest import asks_for_updates
from tests.generation.scripted_server import ScriptedServer, knows, text
from tests.generation.written import GPT, KNOWN, lines
from tests.student import Student

TOPICS = 30
WARM = 3
"""Topics that are not counted: what is imported late is imported then."""

MOST_MS = 100.0
"""The bar for the median of the first question from a pool."""


async def main() -> float:
    """Measure, and print medians, the slowest, and how they compare; the median from a pool, in ms."""
    async with _opened() as (simulator, bot, provider), Classroom.open(simulator) as classroom:
        times: list[tuple[float, float]] = []
        for number in range(WARM + TOPICS):
            provider.writes = [text(*lines(2))]
            written, pooled = [
                await _first_question(await classroom.join(seed=number), bot, f"Gas giants of galaxy {number}")
                for _ in range(2)
            ]
            times.append((written, pooled))
    by_model, by_pool = ([1000 * one for one in each] for each in zip(*times[WARM:], strict=True))
    for name, each in (("model", by_model), ("pool", by_pool)):
        sys.stdout.write(f"{name:6} median {median(each):6.0f} ms, slowest {max(each):6.0f} ms, of {len(each)}\n")
    sys.stdout.write(f"model / pool: {median(by_model) / median(by_pool):.1f}\n")
    return median(by_pool)


async def _first_question(student: Student, bot: BotProcess, topic: str) -> float:
    """Seconds until a student has the first question; the quiz is played to its end."""
    async with bot.storage() as storage:
        await People(storage).save_settings(student.id, Settings(count=2))
    begun = perf_counter()
    await student.say(topic)
    question = await student.question()
    seconds = perf_counter() - begun
    await student.finish(question.attempt, 2)
    return seconds


@asynccontextmanager
async def _opened() -> AsyncGenerator[tuple[Simulator, BotProcess, ScriptedServer]]:
    async with ScriptedServer.running() as provider, start_simulator() as address:
        provider.solves = knows(KNOWN)
        async with connect(address.url, address.token) as simulator:
            await simulator.add_bot(TOKEN)
            with tempfile.TemporaryDirectory(prefix="quizbot-bench-", dir=SHORT_FOLDER) as folder:
                bot = BotProcess(
                    Path(folder),
                    address.url,
                    settings={
                        "QUIZBOT_MODEL": GPT,
                        "OPENAI_API_KEY": "sk-of-nobody",
                        "OPENAI_BASE_URL": f"{provider.url}/v1",
                        "QUIZBOT_POOL_QUESTIONS": "2",
                        "QUIZBOT_LOG_LEVEL": "INFO",
                    },
                )
                bot.start()
                try:
                    await simulator.wait_for_event(asks_for_updates, within=60)
                    yield simulator, bot, provider
                finally:
                    await bot.put_away()


if __name__ == "__main__":
    took = asyncio.run(main())
    sys.exit("--bars" in sys.argv and took > MOST_MS)
