"""Whatever a stranger sends the bot becomes the offer of a quiz or a clear word, and nobody else waits for it."""

import asyncio
from collections.abc import Callable

import pytest

from simulator.client import Message
from storage.connection import Storage
from tests.bot_process import BotProcess
from tests.classroom import Classroom
from tests.hostile import bombs, unseen, words
from tests.hostile.piece import Piece
from tests.notes.sender import send, status
from tests.student import Student

pytestmark = pytest.mark.timeout(240)

OF_BOMBS = {
    "Word: 300 MB of white space in 0.3 MB",
    "10,000 parts",
    "Word: a billion entities",
    "Word with a password",
    "PDF: a million times the same empty page, in 1 KB",
    "PDF: a page of 300 MB in 0.3 MB",
    "PDF: forms that draw each other 10¹⁰ times",
    "a line of 200,000 letters",
    "page: lists 10,000 deep",
    "CSV: a cell that does not end",
}
LINKS = (
    "http://127.0.0.1:8080/",
    "http://169.254.169.254/latest/meta-data/",
    "http://[::1]/",
    "http://localhost/",
    "http://10.0.0.1/",
    "http://2130706433/",
    "https://user:password@127.0.0.1/",
    "http://0x7f000001/",
)
PLAIN = ("127.0.0.1:8080", "169.254.169.254", "localhost", "10.0.0.1")
TEXTS = (words.ORDER, words.ROLES, words.QUESTION, words.END, words.TURNED, words.ZERO_WIDTH, words.TAGS)
REFUSED, TAKEN = "⚠️", " words"
ANSWERS_WITHIN = 10.0
"""Seconds, on a machine that others use too; a bomb alone takes up to 60."""


def pieces() -> list[Piece]:
    """All words, and bombs of every kind that a test can afford."""
    chosen = [piece for piece in bombs.PIECES if piece.title in OF_BOMBS]
    assert {piece.title for piece in chosen} == OF_BOMBS
    return [*words.PIECES, *unseen.PIECES, *chosen]


def settled(student: Student) -> Message | None:
    """The notes once nothing of them is being read."""
    found = status(student)
    return found if found is not None and "reading…" not in found.text else None


async def plays(student: Student, stopping: asyncio.Event) -> float:
    """Play quizzes of decks until told to stop; the longest wait for a question."""
    longest = 0.0
    clock = asyncio.get_running_loop().time
    await student.say("photosynthesis")
    while not stopping.is_set():
        begun = clock()
        question = await student.question()
        longest = max(longest, clock() - begun)
        await student.answer(question)
        if question.position == 9:
            await student.score(question.attempt)
            await student.say("photosynthesis")
    return longest


async def test_documents_that_mean_harm_are_offers_or_words_and_another_student_plays_on(
    bot: BotProcess, classroom: Classroom, storage: Storage, record_property: Callable[[str, object], None]
) -> None:
    del storage
    bob = await classroom.join(name="Bob")
    stopping = asyncio.Event()
    playing = asyncio.create_task(plays(bob, stopping), name="Bob")
    try:
        for number, piece in enumerate(pieces()):
            stranger = await classroom.join(name=f"Stranger {number}")
            content = piece.make()
            if not content:
                continue  # Telegram takes no file of nothing
            await send(stranger, piece.name.rpartition("/")[2], content)
            shown = await stranger.until(lambda one=stranger: settled(one), piece.title, within=100)
            refused = REFUSED in shown.text
            assert refused != (TAKEN in shown.text), piece.title
            assert piece.outcomes or not refused, f"{piece.title}: {shown.text}"
            assert "something went wrong" not in shown.text, piece.title
            assert not [hidden for hidden in piece.hides if hidden in shown.text]
    finally:
        stopping.set()
    longest = await playing
    record_property("the longest wait for a question beside hostile documents", f"{longest:.1f} s")
    assert longest < ANSWERS_WITHIN
    assert bot.is_running


async def test_links_into_private_networks_are_refused(bot: BotProcess, classroom: Classroom, storage: Storage) -> None:
    """Without a connection; what no machine could look up may be said not to open."""
    del bot, storage
    stranger = await classroom.join(name="Stranger")
    for link in LINKS:
        await stranger.say(link)

    def all_refused() -> Message | None:
        shown = settled(stranger)
        return shown if shown is not None and shown.text.count(REFUSED) == len(LINKS) else None

    shown = await stranger.until(all_refused, "all links", within=60)
    assert "There is nothing to ask about yet" in shown.text
    plain = [line for line in shown.text.split("\n") if any(one in line for one in PLAIN)]
    assert len(plain) == len(PLAIN)
    assert all("this link does not lead to a public page" in line for line in plain)
    assert "I cannot open this link" in shown.text


async def test_texts_that_give_orders_are_notes_and_no_more(
    bot: BotProcess, classroom: Classroom, storage: Storage
) -> None:
    """What nobody sees is not shown either."""
    del bot, storage
    stranger = await classroom.join(name="Stranger")
    for one in TEXTS:
        await stranger.say(f"{words.FACT}\n{one}")

    def all_read() -> Message | None:
        shown = settled(stranger)
        return shown if shown is not None and shown.text.count("📝") == len(TEXTS) else None

    shown = await stranger.until(all_read, "the notes")
    assert words.TAGS not in shown.text
