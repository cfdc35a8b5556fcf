"""Promise 7: nobody forges. Any data of a button, any command, any deep link, through the whole bot.

Whatever somebody sends, they get a word in their own language, nothing of anybody else's changes, nothing becomes a
dead letter, and the bot answers the next one. `make faults` tries many more examples; a failure prints what to pass
to `@reproduce_failure`.
"""

import re
from collections.abc import AsyncGenerator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quiz.attempt import Attempt
from quiz.identity import derived_id
from quiz.links import deck_parameter
from simulator.client import Message
from storage.attempts import Attempts
from storage.connection import Storage
from storage.deadletters import DeadLetters
from tests.bot_process import BotProcess
from tests.faults.outcome import IS_THOROUGH
from tests.handlers.conftest import anya, bob, bot, parked, running_bot
from tests.handlers.person import Person, stop_of
from tests.injected import inject

__all__ = ["anya", "bob", "bot", "parked", "running_bot"]

pytestmark = pytest.mark.timeout(240)
EXAMPLES = 25 if IS_THOROUGH else 5
AT_A_TIME = 12
BYTES = 64
"""As many as a button can carry."""
BOT = "@simulated_123456_bot"
RUSSIAN = re.compile("[а-яё]", re.IGNORECASE)
OWN, ANOTHERS, NOBODYS = "own", "another's", "nobody's"

any_examples = settings(
    max_examples=EXAMPLES,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
async def storage(bot: BotProcess) -> AsyncGenerator[Storage]:
    async with bot.storage() as storage:
        yield storage


def fits(data: str) -> bool:
    """Whether a button can carry it."""
    return 1 <= len(data.encode()) <= BYTES


numbers = st.integers(-2, 120).map(str) | st.sampled_from(
    ["", "00", "+1", " 1", "1 ", "1_0", "1e3", "٣", "9" * 20, "x"]
)
ids = st.sampled_from([OWN, ANOTHERS, NOBODYS, "", "0", "O" * 11, "2srKF3MQt6k2", "любой"])
words = st.text(st.characters(codec="utf-8"), max_size=12)
parts = numbers | words | st.sampled_from(["any", "en", "ru", "recall", "abc", "photosynthesis", "planets"])
any_data = st.text(st.characters(codec="utf-8"), min_size=1, max_size=BYTES).filter(fits)


def written(kind: str, of: str, rest: list[str]) -> str:
    """Data in the form that ours have."""
    return ":".join([kind, *([of] if of else []), *rest])


forged_data = st.builds(
    written,
    st.sampled_from(["c", "w", "s", "k", "x", "r", "g", "t", "d", "n", "o", "oc", "ol", "oa", "", "C", "zz"]),
    ids,
    st.lists(parts, max_size=4),
)

arguments = st.text(st.characters(codec="utf-8", exclude_categories=("Cc",)), max_size=80)
parameters = st.from_regex(r"[A-Za-z0-9_-]{1,64}", fullmatch=True) | st.sampled_from(
    [deck_parameter("photosynthesis"), deck_parameter("nothing"), "d_", "d_../../etc/passwd", "r_1", "q_" + "1" * 60]
)
commands = st.sampled_from(
    ["start", "help", "quiz", "stop", "settings", "admin", "Quiz", "QUIZ", "forget", "a" * 32, "_", "9", "старт"]
)
addressed = st.sampled_from(["", BOT, BOT.upper(), "@other_bot", "@"])
said = st.builds("/{}{} {}".format, commands, addressed, arguments) | st.builds("/start {}".format, parameters)


class Onlooker:
    """Somebody who plays, and must not notice what others send."""

    def __init__(self, person: Person, attempt: str, storage: Storage) -> None:
        self.person = person
        self.attempt = attempt
        self._storage = storage

    async def sees(self) -> tuple[list[tuple[str, object]], Attempt | None, int]:
        """Their chat, their attempt, and how many dead letters there are."""
        chat: list[tuple[str, object]] = [(one.text, one.rows) for one in await self.person.messages()]
        kept = await Attempts(self._storage).load(self.person.id, self.attempt)
        return chat, kept, await DeadLetters(self._storage).count()


async def onlooker(bob: Person, storage: Storage) -> Onlooker:
    """Bob, in the middle of a quiz of his own."""
    if not await bob.messages():
        await bob.answer(await bob.begin("photosynthesis", 3), right=True)
    return Onlooker(bob, stop_of(await bob.last()).attempt, storage)


@any_examples
@given(st.lists(any_data | forged_data, min_size=AT_A_TIME, max_size=AT_A_TIME))
async def test_any_data_of_a_button(anya: Person, bob: Person, storage: Storage, forged: list[str]) -> None:
    """Another's id, a stale or no version, an option that there is none of, the wrong kind, bytes of any sort."""
    another = await onlooker(bob, storage)
    before = await another.sees()
    if await anya.messages():
        screen = await anya.last()
    else:
        screen = (await anya.say("фотосинтез"))[-1]
    mine = stop_of(screen).attempt if asks(screen) else derived_id("mine")
    of = {OWN: mine, ANOTHERS: another.attempt, NOBODYS: derived_id("nobody")}

    for data in forged:
        kind, *rest = data.split(":")
        real = ":".join([kind, *(of.get(part, part) for part in rest)])
        if not fits(real):
            continue
        answered = await anya.send(screen, real)
        inject("forged data of a button")
        assert RUSSIAN.search(answered.text or ""), (real, answered)

    assert await another.sees() == before
    assert (await anya.ask("/help")).text.startswith("Пришлите тему")


@any_examples
@given(st.lists(said, min_size=AT_A_TIME, max_size=AT_A_TIME))
async def test_any_command_and_any_deep_link(anya: Person, bob: Person, storage: Storage, texts: list[str]) -> None:
    """With any argument, to this bot or another one, in private and in a group."""
    another = await onlooker(bob, storage)
    before = await another.sees()
    group = await anya.simulator.add_group("7б", [anya.id, bob.id])

    for text in texts:
        inject("command or deep link", times=2)
        for answer in [*await anya.say(text), *await anya.say(text, chat=group)]:
            assert RUSSIAN.search(answer.text), (text, answer.text)

    assert await another.sees() == before
    assert (await anya.ask("/help")).text.startswith("Пришлите тему")


def asks(message: Message) -> bool:
    """Whether a message asks a question."""
    return any((button.data or "").startswith("x:") for button in message.buttons)
