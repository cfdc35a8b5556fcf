"""A student who sends notes: what they send, what the bot shows of it, and what they press."""

from delivery.buttons import BeginNotes, Button, DropNotes, ForgedButton, OnlyNotes, button_of
from generation.sources import fetch
from quiz.question import Level
from simulator.client import Message
from storage.connection import Storage
from storage.people import People, Settings
from tasks import convert
from tests.student import Student

NOTES = "📚"
MARKED = 1000
"""The id of a message that the simulator only hands over; newer than all others."""


async def wants(student: Student, storage: Storage, count: int, level: Level | None = None) -> None:
    """A student who wants so many questions."""
    await People(storage).save_settings(student.id, Settings(count=count, level=level))


async def send(student: Student, name: str, content: bytes, *, caption: str = "") -> None:
    """Send a file; a picture goes as a photo."""
    sent = await student.simulator.upload(student.id, name, content, caption=caption)
    assert sent.update_id is not None
    student.update = sent.update_id


async def send_marked(student: Student, text: str, *links: tuple[str, str]) -> None:
    """Send a text in which these words lead to these addresses."""
    message = {
        "message_id": MARKED,
        "date": 1_790_000_000,
        "chat": {"id": student.id, "type": "private", "first_name": "Ann"},
        "from": {"id": student.id, "is_bot": False, "first_name": "Ann", "language_code": "en"},
        "text": text,
        "entities": [
            {"type": "text_link", "offset": text.index(words), "length": len(words), "url": url} for words, url in links
        ],
    }
    update = await student.simulator.give_update("message", message)
    assert update is not None
    student.update = update


def status(student: Student) -> Message | None:
    """The message that shows how the notes stand."""
    return next((one for one in reversed(student.shown()) if button_in(one, DropNotes) is not None), None)


def button_in(message: Message, kind: type[Button]) -> Button | None:
    """The button of this kind under a message."""
    for one in message.buttons:
        try:
            button = button_of(one.data or "")
        except ForgedButton:
            continue
        if isinstance(button, kind):
            return button
    return None


async def shows(student: Student, *words: str, within: float = 30.0) -> Message:
    """The status message once it has all of these words."""

    def look() -> Message | None:
        found = status(student)
        return found if found is not None and all(word in found.text for word in words) else None

    return await student.until(look, f"notes that say {words}", within)


async def press(student: Student, kind: type[Button]) -> str:
    """Press this button of the status message; the toast."""
    message = await student.until(lambda: status(student), "the notes")
    button = button_in(message, kind)
    assert button is not None, message.text
    return await student.toast(await student.press(message, button))


def reads_this_machine() -> None:
    """In the bot's own process: pages of this machine may be fetched, which is private otherwise."""

    async def fetched(url: str) -> fetch.Page:
        return await fetch.fetch_page(url, may_connect=lambda address, _port: address.is_loopback)

    convert.fetch_page = fetched


async def done(student: Student) -> str:
    """Say that this is all."""
    return await press(student, BeginNotes)


async def only(student: Student) -> str:
    """Press what switches to the notes alone, or back."""
    return await press(student, OnlyNotes)


async def says(student: Student, words: str) -> Message:
    """A message of the bot with these words, as soon as it is there."""

    def look() -> Message | None:
        return next((one for one in student.shown() if words in one.text), None)

    return await student.until(look, words)
