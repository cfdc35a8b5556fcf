"""A private chat in a terminal: played by a person, or by itself for all to read."""

import asyncio
import os
import shutil
import sys
import threading
from collections.abc import AsyncIterator, Callable, Sequence

from simulator.client import Simulator
from simulator.conversation import Button, Event, Message
from simulator.reading import Page

HINT = "Type a number to press a button, or any text to send it; an empty line ends it."
# A person waits a moment for the bot to react to a press, then goes on.
REACTS_WITHIN = 10.0
# Lines that come closer together than this were pasted, and are one message.
PASTE_GAP = 0.05

IsOver = Callable[[Message], bool]
Write = Callable[[str], object]


def to_screen(text: str) -> None:
    """Write to standard output at once."""
    sys.stdout.write(text)
    sys.stdout.flush()


def page(colour: bool | None = None) -> Page:
    """A page for standard output: with colours, and as wide, as that has."""
    return Page(colour=sys.stdout.isatty() if colour is None else colour, width=shutil.get_terminal_size().columns)


class View:
    """One private chat: what is to be seen of it, and which buttons can be pressed now."""

    def __init__(self, client: Simulator, user: int, bot: int | None, layout: Page, write: Write) -> None:
        self._client = client
        self._user = user
        self._bot = bot
        self._layout = layout
        self._write = write
        self._current: dict[int, Message] = {}

    def take(self, event: Event, *, hide_own: bool = False) -> Message | None:
        """Show the event; returns the bot's message if it is one, new or edited, of this chat."""
        message = event.message
        elsewhere = event.chat != self._user or (self._bot is not None and event.bot not in {None, self._bot})
        if elsewhere:
            return None
        own = message is not None and not message.from_bot and event.kind == "message"
        if not (own and hide_own):
            self._write(self._layout.show(event))
        if message is None or not message.from_bot:
            return None
        self._current[message.message_id] = message
        return None if message.deleted else message

    def newest_with_buttons(self) -> Message | None:
        """The newest message that has buttons to press now."""
        with_buttons = [each for each in self._current.values() if each.can_be_pressed and not each.deleted]
        return max(with_buttons, key=lambda each: each.message_id, default=None)

    async def press(self, message: Message, button: Button) -> None:
        """Press and wait a moment for the bot's answer, as a person does."""
        self._write(self._layout.pressed(button))
        if button.data is None:
            self._write(self._layout.note(f"That button opens {button.url or 'something else'}."))
            return
        pressed = await self._client.press(self._user, message, data=button.data, bot=self._bot)
        callback = await self._client.callback(pressed, within=REACTS_WITHIN)
        if not callback.answered:
            self._write(self._layout.note("The bot has not answered the press."))

    async def say(self, text: str) -> int:
        """Write to the bot; returns the number of the last event before it."""
        return (await self._client.say(self._user, text, bot=self._bot)).event

    def note(self, text: str) -> None:
        """Show a small line."""
        self._write(self._layout.note(text))


async def autoplay(
    client: Simulator,
    user: int,
    first_text: str,
    is_over: IsOver,
    choose: Callable[[Message], Sequence[Button]],
    write: Write = to_screen,
    *,
    within: float = 60.0,
    bot: int | None = None,
    colour: bool | None = None,
) -> Message:
    """Play by itself and write everything down; returns the message for which `is_over` is true.

    `choose` is asked at each message with buttons that is new or edited, and may choose none. NotSeen
    when the bot shows nothing new for `within` seconds. Colours by default where standard output is a terminal.
    """
    view = View(client, user, bot, page(colour), write)
    after = await view.say(first_text)
    while True:
        events = await _something_new(client, user, after, within)
        for event in events:
            after = event.number
            message = view.take(event)
            if message is None:
                continue
            if is_over(message):
                return message
            if message.can_be_pressed:
                for button in choose(message):
                    await view.press(message, button)


async def _something_new(client: Simulator, user: int, after: int, within: float) -> list[Event]:
    """The events after this number, once one of them can be seen in the chat."""
    event = await client.wait_for_event(
        lambda event: event.chat == user and (event.message is not None or event.kind == "toast"),
        after=after,
        within=within,
    )
    return [each for each in await client.events(after=after) if each.number <= event.number]


async def play(
    client: Simulator,
    user: int,
    first_text: str,
    is_over: IsOver,
    *,
    bot: int | None = None,
    lines: AsyncIterator[str] | None = None,
    write: Write = to_screen,
    colour: bool | None = None,
) -> Message | None:
    """Let a person play; returns the message for which `is_over` is true, or None if the person left.

    `lines` is what the person types, standard input by default; an empty line, or its end, leaves."""
    view = View(client, user, bot, page(colour), write)
    view.note(HINT)
    after = await view.say(first_text)
    shown = asyncio.create_task(_show_until(client, view, is_over, after))
    typed = asyncio.create_task(_obey(view, typed_lines() if lines is None else lines))
    try:
        await asyncio.wait({shown, typed}, return_when=asyncio.FIRST_COMPLETED)
        if shown.done():
            return shown.result()
        typed.result()
        return None
    finally:
        for task in (shown, typed):
            task.cancel()
        await asyncio.gather(shown, typed, return_exceptions=True)


async def _show_until(client: Simulator, view: View, is_over: IsOver, after: int) -> Message | None:
    first = True
    async for event in client.follow(after=after):
        # What the person types stands on the screen already, but for the text they came with.
        own = event.kind == "message" and event.message is not None and not event.message.from_bot
        message = view.take(event, hide_own=own and not first)
        first = first and not own
        if message is not None and is_over(message):
            return message
    return None


async def _obey(view: View, lines: AsyncIterator[str]) -> None:
    async for line in lines:
        if not line.strip():
            return
        message = view.newest_with_buttons()
        number = int(line) if line.strip().isascii() and line.strip().isdigit() else 0
        if message is not None and 0 < number <= len(message.buttons):
            await view.press(message, message.buttons[number - 1])
        elif message is not None and line.strip().isdigit():
            view.note(f"The buttons are 1 to {len(message.buttons)}.")
        else:
            await view.say(line)


async def typed_lines() -> AsyncIterator[str]:
    """What is typed at standard input, a line at a time; pasted lines come as one text."""
    loop = asyncio.get_running_loop()
    chunks: asyncio.Queue[bytes] = asyncio.Queue()

    def read() -> None:
        # os.read holds no lock, so that the program can end while a person is thinking.
        chunk = b"?"
        while chunk:
            try:
                chunk = os.read(sys.stdin.fileno(), 65536)
                loop.call_soon_threadsafe(chunks.put_nowait, chunk)
            except (OSError, RuntimeError):
                # The terminal, or the program's event loop, is gone.
                return

    threading.Thread(target=read, daemon=True, name="typed lines").start()
    while chunk := await chunks.get():
        pasted = chunk
        while True:
            try:
                more = await asyncio.wait_for(chunks.get(), PASTE_GAP)
            except TimeoutError:
                break
            pasted += more
            if not more:
                chunks.put_nowait(b"")
                break
        yield pasted.decode("utf-8", "replace").strip("\n")
