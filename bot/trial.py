"""`quizbot try`: the real bot program against a simulated Telegram, played in the terminal or on the chat page."""

import asyncio
import os
import signal
import sys
import tempfile
import webbrowser
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from html import escape
from pathlib import Path
from random import Random

import typer

from bot.library import SETTING as DECKS
from bot.library import at_home, open_library
from bot.settings import PREFIX, WrongSettings
from delivery.buttons import (
    Again,
    AnotherTopic,
    Choose,
    ForgedButton,
    PlayDeck,
    Report,
    Stop,
    Submit,
    Switch,
    button_of,
)
from delivery.question import ON
from delivery.words import choose_language
from quiz.languages import has_cyrillic
from quiz.topics import InvalidTopic, clean_topic
from simulator.client import NotSeen, Simulator, start_simulator
from simulator.conversation import Button, Message
from simulator.terminal import autoplay, play

TOKEN = "4242:trial"  # noqa: S105 - the simulator takes any
NAME = "Quiz bot"
TOPIC = "photosynthesis"
OF_A_MODEL = {f"{PREFIX}MODEL", f"{PREFIX}CHECK_MODEL"}
READY_SECONDS = 20.0
STOP_SECONDS = 5.0
SWITCHED_ON = 2
FINISHED, FAILED, WRONG = 0, 1, 2
PEOPLE = {"en": ("Ann", "Ms Reed", "Class 7B"), "ru": ("Аня", "Марина Олеговна", "7 «Б»")}
"""A student, a teacher, and the group of both, by language."""

Act = Callable[[Simulator, int], Awaitable[int]]
"""What happens once everything is up: given the student, it returns the exit status."""


async def try_quiz(topic: str, language: str) -> int:
    """Play one quiz and return the exit status: 0 at the score, 1 when it was not reached, 2 for what cannot be played.

    A person plays when standard input and output are both terminals; otherwise it plays itself and writes down
    the conversation as a person would read it. When it is cancelled, as by Ctrl-C, nothing it started is left.
    """
    by_a_person = sys.stdin.isatty() and sys.stdout.isatty()

    async def act(simulator: Simulator, user: int) -> int:
        typer.echo(f"The same chat in a browser, for as long as this runs: {simulator.page_url}\n")
        return await _play(simulator, user, cleaned, by_a_person=by_a_person)

    try:
        cleaned = clean_topic(topic)
    except InvalidTopic:
        return _no_topic()
    return await _try(_language_of(cleaned, language), act)


async def try_page(topic: str, language: str) -> int:
    """Keep the bot and its chat page up until SIGTERM, or until this is cancelled, and return the exit status.

    The student has sent the topic already, if there is one. A browser is opened where there is a desktop.
    """

    async def act(simulator: Simulator, user: int) -> int:
        stopped = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
        if topic:
            await simulator.say(user, clean_topic(topic))
        typer.echo(f"Chat with the bot in a browser: {simulator.page_url}\nCtrl-C ends it.")
        with tempfile.TemporaryDirectory(prefix="quizbot-") as folder:
            if _has_desktop():
                await asyncio.to_thread(webbrowser.open, door(Path(folder), simulator.page_url))
            await stopped.wait()
        return FINISHED

    try:
        code = _language_of(clean_topic(topic), language) if topic else choose_language(language or None, _locale())
    except InvalidTopic:
        return _no_topic()
    return await _try(code, act)


def door(folder: Path, address: str) -> str:
    """The address of a file that leads a browser on to another address, which no list of processes shows then.

    Everybody on the machine may read how a browser was started, but only its owner this file.
    """
    file = folder / "chat.html"
    file.touch(0o600)
    file.write_text(f'<!doctype html><meta http-equiv="refresh" content="0; url={escape(address)}">\n', "utf-8")
    return file.as_uri()


def _no_topic() -> int:
    typer.echo("quizbot: a topic is needed: one line of 1 to 200 characters with a word in it", err=True)
    return WRONG


def _language_of(topic: str, language: str) -> str:
    return choose_language(language or None, "ru" if has_cyrillic(topic) else "en")


def _locale() -> str:
    """The language of whoever sits at the machine, as far as the environment tells."""
    named = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return next((name for name in named if name), "en").partition("_")[0]


def _has_desktop() -> bool:
    shown = sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return bool(shown) and not os.environ.get("CI")


async def _try(language: str, act: Act) -> int:
    try:
        return await _with_bot(language, act, _own_decks())
    except WrongSettings as error:
        typer.echo(f"quizbot: {error}", err=True)
        return WRONG
    except NotSeen:
        typer.echo(f"quizbot: the bot did not start within {READY_SECONDS:g} s", err=True)
        return FAILED


def _own_decks() -> str:
    """The folder of decks of the environment, if it can be used, which is said here at once; raises `WrongSettings`."""
    own = os.environ.get(DECKS)
    if not own:
        return ""
    place = at_home(Path(own))
    open_library(place)
    return str(place.resolve())


async def _with_bot(language: str, act: Act, own: str) -> int:
    with tempfile.TemporaryDirectory(prefix="quizbot-") as folder:
        async with _simulator() as simulator, _bot(simulator, Path(folder), own) as bot:
            user = await _add_people(simulator, language)
            playing = asyncio.ensure_future(act(simulator, user))
            died = asyncio.create_task(bot.wait())
            try:
                await asyncio.wait({playing, died}, return_when=asyncio.FIRST_COMPLETED)
                if playing.done():
                    return playing.result()
                typer.echo(f"quizbot: the bot ended with status {bot.returncode}", err=True)
                return FAILED
            finally:
                for task in (playing, died):
                    task.cancel()
                await asyncio.wait({playing, died})


async def _add_people(simulator: Simulator, language: str) -> int:
    """A student, a teacher and the group of both; returns the student."""
    student_name, teacher_name, title = PEOPLE[language]
    student = await simulator.add_user(student_name, language_code=language)
    teacher = await simulator.add_user(teacher_name, language_code=language)
    await simulator.add_group(title, [student, teacher], admins=[teacher])
    return student


async def _play(simulator: Simulator, user: int, topic: str, *, by_a_person: bool) -> int:
    try:
        if by_a_person:
            # A person may go on after the score (again, mistakes, another topic) and leaves with an empty line.
            await play(simulator, user, topic, lambda _message: False)
        else:
            await autoplay(simulator, user, topic, _is_score, Player(topic).choose)
    except NotSeen as error:
        typer.echo(f"quizbot: {error}", err=True)
        return FAILED
    return FINISHED


class Player:
    """Chance at the buttons: chooses an answer of each question, and the first quiz that is offered."""

    def __init__(self, seed: str) -> None:
        self._dice = Random(seed)  # noqa: S311 - which options a demonstration presses is no secret

    def choose(self, message: Message) -> Sequence[Button]:
        """The button to press next under a message."""
        options = [button for button in message.buttons if isinstance(_parsed(button), Choose)]
        switches = [button for button in message.buttons if isinstance(_parsed(button), Switch)]
        if not switches:
            quizzes = [button for button in message.buttons if isinstance(_parsed(button), PlayDeck)]
            others = [one for one in message.buttons if one.data and not isinstance(_parsed(one), Stop | Report)]
            return [self._dice.choice(options)] if options else (quizzes or others)[:1]
        off = [button for button in switches if not button.text.startswith(ON)]
        if len(switches) - len(off) < SWITCHED_ON and off:
            return [self._dice.choice(off)]
        return [button for button in message.buttons if isinstance(_parsed(button), Submit)]


def _is_score(message: Message) -> bool:
    """Whether it is the end of a quiz; one of which nothing could be written leaves nothing but another topic."""
    after = [_parsed(button) for button in message.buttons]
    return any(isinstance(one, Again) for one in after) or after == [AnotherTopic()]


def _parsed(button: Button) -> object:
    try:
        return button_of(button.data or "")
    except ForgedButton:
        return None


@contextmanager
def _deaf_to_interrupts() -> Generator[None]:
    """A program started meanwhile is not ended by Ctrl-C, which a terminal sends to all: we end it, in our order."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@asynccontextmanager
async def _simulator() -> AsyncGenerator[Simulator]:
    async with AsyncExitStack() as stack:
        with _deaf_to_interrupts():
            simulator = await stack.enter_async_context(start_simulator())
        yield simulator


@asynccontextmanager
async def _bot(simulator: Simulator, folder: Path, own: str) -> AsyncGenerator[asyncio.subprocess.Process]:
    """The bot as a process of its own on a data folder of its own, once it listens to Telegram."""
    await simulator.add_bot(TOKEN, name=NAME)
    # No setting of a real bot but its models and decks may reach this one: neither its token nor its Redis, nor its
    # .env file.
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(PREFIX) or name in OF_A_MODEL
    }
    environment |= {
        "QUIZBOT_TOKEN": TOKEN,
        "QUIZBOT_API_BASE_URL": simulator.url,
        "QUIZBOT_DATA_DIR": str(folder / "data"),
        "QUIZBOT_LOG_LEVEL": "WARNING",
        DECKS: own,
        # Whoever plays by itself presses faster than people do, and this Telegram takes it.
        "QUIZBOT_CHAT_MESSAGES": "60000",
        "QUIZBOT_ALL_MESSAGES": "1000",
    }
    with _deaf_to_interrupts():
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", env=environment, cwd=folder, stdin=asyncio.subprocess.DEVNULL
        )
    try:
        await simulator.wait_for_event(
            lambda event: event.kind == "call_received" and event.method == "getUpdates", within=READY_SECONDS
        )
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
            try:
                await asyncio.wait_for(process.wait(), STOP_SECONDS)
            except TimeoutError:
                process.kill()
                await process.wait()
