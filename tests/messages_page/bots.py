"""Two bots on the decks of the page, one without a model and one with; where chance would choose, it does not."""

import itertools
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from bot import app, intake
from decks import folders_in
from decks.library import Library
from generation import drafts
from handlers import begin, choice
from simulator.client import Simulator, start_simulator
from storage.connection import Storage
from storage.parked import ParkedUpdates
from storage.people import People, Settings
from tasks import pooling
from tests.bot_process import TOKEN
from tests.conftest import start_bot
from tests.generation.scripted_server import ScriptedServer
from tests.generation.written import GPT
from tests.messages_page.students import Both

DECKS = Path(__file__).parent / "decks"
PATIENCE = 60.0
T = TypeVar("T")


class InOrder:
    """Dice that leave everything as it was written."""

    def __init__(self, seed: str) -> None:
        del seed

    def sample(self, population: Sequence[T], k: int) -> list[T]:
        """The first of them."""
        return list(population[:k])

    def choice(self, population: Sequence[T]) -> T:
        """The first of them."""
        return population[0]

    def shuffle(self, places: list[int]) -> None:
        """Nothing."""
        del places


def open_library(own: Path | None = None) -> Library:
    """The decks of the page, and no others."""
    del own
    return Library(folders_in(DECKS))


def without_chance_or_haste() -> None:
    """In the bot's own process: these decks, no dice, and time for every call.

    In haste it would leave to a task what Telegram does not take in time: on a busy machine a message would come later
    than the press that it answers.
    """
    for module, name, instead in (
        (app, "open_library", open_library),
        (begin, "Random", InOrder),
        (choice, "Random", InOrder),
        (pooling, "Random", InOrder),
        (drafts, "chance_of", InOrder),
        (app, "HANDLER_CALL_SECONDS", PATIENCE),
        (app, "TASK_CALL_SECONDS", PATIENCE),
        (intake, "HANDLER_SECONDS", PATIENCE),
        (intake, "CALLS_SECONDS", PATIENCE),
    ):
        assert hasattr(module, name)
        setattr(module, name, instead)


@dataclass
class Room:
    """Where pairs of students meet a bot that runs."""

    simulator: Simulator
    storage: Storage
    numbers: Iterator[int]

    async def pair(self, count: int = 10) -> Both:
        """Two who have never talked to the bot, and want so many questions."""
        both = await Both.join(self.simulator, ParkedUpdates(self.storage), next(self.numbers))
        for student in both.students:
            await People(self.storage).save_settings(student.person.id, Settings(count=count))
        return both


@asynccontextmanager
async def bot_without_a_model() -> AsyncGenerator[Room]:
    """A bot with nothing but its decks, on a Telegram that takes the newer forms of messages."""
    async with _room({}) as room:
        yield room


@asynccontextmanager
async def bot_with_a_model(provider: ScriptedServer) -> AsyncGenerator[Room]:
    """A bot whose quizzes the provider writes, on a Telegram that takes none of the newer forms."""
    model = {"QUIZBOT_MODEL": GPT, "OPENAI_API_KEY": "sk-of-nobody", "OPENAI_BASE_URL": f"{provider.url}/v1"}
    async with _room(model | {"QUIZBOT_NEWER_FORMS": "false"}) as room:
        yield room


@asynccontextmanager
async def _room(settings: dict[str, str]) -> AsyncGenerator[Room]:
    async with start_simulator() as simulator:
        await simulator.add_bot(TOKEN)
        async with start_bot(simulator, settings, without_chance_or_haste) as bot, bot.storage() as storage:
            yield Room(simulator, storage, itertools.count())
