"""The simulator for tests without `await`: bots run beside it, and people say in one line what they do and read."""

import asyncio
import contextlib
import os
import subprocess
import tempfile
import threading
from collections.abc import Coroutine, Generator
from pathlib import Path
from typing import Any, TypeVar

from simulator.client import Callback, Event, Fault, Message, NotSeen, Simulator, connect, start_simulator
from simulator.faults import Kind

T = TypeVar("T")

TOKEN = "1:test"  # noqa: S105 - the simulator takes any
READS_WITHIN = 10.0
ENDS_WITHIN = 5.0
LINES_SHOWN = 30


class Loop:
    """An event loop in a thread of its own, which blocking code hands its work to."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True, name="simulator's client")
        self._thread.start()

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        """Do it there and return what comes of it."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def close(self) -> None:
        """End the thread."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


class Telegram:
    """A Telegram for one test: empty at first, with one bot in it that has the token `token`."""

    def __init__(self, loop: Loop, simulator: Simulator) -> None:
        self._loop = loop
        self._bots: list[tuple[subprocess.Popen[bytes], Path]] = []
        self._folder = Path(tempfile.mkdtemp(prefix="bots-"))
        self.simulator = simulator
        self.token = TOKEN
        self.url = simulator.url
        self.do(simulator.reset(bots=True))
        self.do(simulator.add_bot(TOKEN))

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        """Do anything that the client can: `telegram.do(telegram.simulator.advance_clock(60))`."""
        return self._loop.do(work)

    def run(self, *command: str | Path, **environment: str) -> None:
        """Start a bot as a process; it ends with the test. `environment` is how it learns token and address."""
        log = self._folder / f"{len(self._bots)}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(  # noqa: S603 - what the test says
                [str(part) for part in command],
                env={**os.environ, **environment},
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        self._bots.append((process, log))

    def person(self, first_name: str = "Ann", **about: Any) -> "Person":  # noqa: ANN401 - what add_user takes
        """Somebody new."""
        return Person(self, self.do(self.simulator.add_user(first_name, **about)))

    def group(self, title: str, *people: "Person", **about: Any) -> int:  # noqa: ANN401 - what add_group takes
        """A new group of these people and the bot; returns its id."""
        return self.do(self.simulator.add_group(title, [each.id for each in people], **about))

    def fail(self, method: str, kind: Kind, **about: Any) -> None:  # noqa: ANN401 - the fields of a Fault
        """Let something go wrong with calls of this method from now on."""
        self.do(self.simulator.add_faults(Fault(method, kind, **about)))

    def wait(self, work: Coroutine[Any, Any, T]) -> T:
        """Do what waits for the bot; where nothing comes, the error tells what the bot last wrote."""
        try:
            return self.do(work)
        except NotSeen as error:
            raise NotSeen(f"{error}\n{self._output()}") from None

    def _output(self) -> str:
        shown: list[str] = []
        for process, log in self._bots:
            state = "runs" if process.poll() is None else f"ended with status {process.returncode}"
            shown.append(f"--- the bot {process.args!r} {state}; its last lines:")
            shown += log.read_text("utf-8", "replace").splitlines()[-LINES_SHOWN:]
        return "\n".join(shown)

    def close(self) -> None:
        """End the bots."""
        for process, _log in self._bots:
            process.terminate()
        for process, log in self._bots:
            try:
                process.wait(ENDS_WITHIN)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            log.unlink()
        self._folder.rmdir()


class Person:
    """Somebody who talks to the bot: in private, unless a group is named."""

    def __init__(self, telegram: Telegram, user_id: int) -> None:
        self._telegram = telegram
        self._simulator = telegram.simulator
        self._after = 0
        self.id = user_id

    def say(self, text: str, *, chat: int | None = None, reply_to: int | None = None) -> None:
        """Write something."""
        said = self._telegram.do(self._simulator.say(self.id, text, chat=chat, reply_to=reply_to))
        self._after = said.event

    def upload(
        self, file: str | Path, content: bytes | None = None, *, caption: str = "", chat: int | None = None
    ) -> None:
        """Send a file; without content it is read from where it lies."""
        sent = Path(file).read_bytes() if content is None else content
        upload = self._simulator.upload(self.id, Path(file).name, sent, caption=caption, chat=chat)
        self._after = self._telegram.do(upload).event

    def press(self, button: str, *, chat: int | None = None) -> Callback:
        """Press the newest button with this text; returns the bot's answer to it, the toast perhaps."""
        messages = self._telegram.do(self._simulator.messages(self.id if chat is None else chat))
        shown = [each for each in messages if not each.deleted and button in {one.text for one in each.buttons}]
        if not shown:
            raise NotSeen(
                f"There is no button {button!r}, only {[one.text for each in messages for one in each.buttons]}."
            )
        pressed = self._telegram.do(self._simulator.press(self.id, shown[-1], button=button))
        self._after = pressed.event
        return self._telegram.wait(self._simulator.wait_for_answer(pressed, within=READS_WITHIN))

    def vote(self, *options: str, chat: int | None = None) -> None:
        """Vote in the newest poll for the options with these texts; for none to retract the vote."""
        messages = self._telegram.do(self._simulator.messages(self.id if chat is None else chat))
        polls = [each for each in messages if each.poll is not None and not each.deleted]
        if not polls:
            raise NotSeen("There is no poll.")
        texts: list[str] = [option["text"] for option in (polls[-1].poll or {})["options"]]
        chosen = [texts.index(option) for option in options]
        self._after = self._telegram.do(self._simulator.vote(self.id, polls[-1], *chosen)).event

    def reads(self, text: str = "", *, chat: int | None = None, within: float = READS_WITHIN) -> Message:
        """The next message of a bot, new or edited, with this text in it; NotSeen when none comes in time.

        Next is what comes after this person last did or read something."""
        place = self.id if chat is None else chat

        def fits(event: Event) -> bool:
            message = event.message
            is_new = event.kind in {"message", "message_edited"} and event.chat == place
            return is_new and message is not None and message.from_bot and text in message.text

        event = self._telegram.wait(self._simulator.wait_for_event(fits, after=self._after, within=within))
        if event.message is None:
            raise NotSeen("an event without a message")
        self._after = event.number
        return event.message


@contextlib.contextmanager
def running() -> Generator[tuple[Loop, str, str]]:
    """A simulator in a process of its own: a loop to reach it by, its address and its token."""
    loop = Loop()
    starting = start_simulator()
    try:
        simulator = loop.do(starting.__aenter__())
        try:
            yield loop, simulator.url, simulator.token
        finally:
            loop.do(starting.__aexit__(None, None, None))
    finally:
        loop.close()


@contextlib.contextmanager
def telegram(loop: Loop, url: str, token: str) -> Generator[Telegram]:
    """A fresh Telegram in a simulator that runs."""
    connecting = connect(url, token)
    simulator = loop.do(connecting.__aenter__())
    try:
        fresh = Telegram(loop, simulator)
        try:
            yield fresh
        finally:
            fresh.close()
    finally:
        loop.do(connecting.__aexit__(None, None, None))
