"""Photos and scans of notes: a model that sees pictures writes them down, and the quiz is made from that."""

import io
from collections.abc import AsyncGenerator

import pytest
from PIL import Image

from simulator.client import Simulator
from storage.collections import Collections
from storage.connection import Storage
from storage.sources import Sources
from tests.bot_process import BotProcess
from tests.classroom import Classroom
from tests.conftest import start_bot
from tests.documents.pdf import Scan, lines, pdf_of
from tests.generation.scripted_server import Received, Reply, ScriptedServer, error
from tests.notes.lectures import TEXT, VOLCANOES
from tests.notes.sender import done, send, shows, wants
from tests.notes.test_a_quiz_from_notes import verdict
from tests.student import Student

WORDS_OF_THE_PROMPT = "You write down what a picture"


@pytest.fixture
async def provider() -> AsyncGenerator[ScriptedServer]:
    """A model that sees the lecture on every picture."""
    async with ScriptedServer.running() as server:
        server.solves = sees_the_lecture
        yield server


def sees_the_lecture(received: Received) -> Reply:
    """What is on the picture, to whom the right prompt is shown."""
    assert WORDS_OF_THE_PROMPT in received.prompt
    return Reply([TEXT], usage=(1200, 150))


@pytest.fixture
def user_tokens() -> str:
    """What a person's quizzes may take a day."""
    return ""


@pytest.fixture
async def bot(simulator: Simulator, provider: ScriptedServer, user_tokens: str) -> AsyncGenerator[BotProcess]:
    """A bot whose only model is one that reads pictures."""
    settings = {
        "QUIZBOT_PICTURE_MODEL": "openai:a-model-that-sees",
        "OPENAI_API_KEY": "sk-of-nobody",
        "OPENAI_BASE_URL": f"{provider.url}/v1",
        "QUIZBOT_USER_TOKENS": user_tokens,
    }
    async with start_bot(simulator, settings) as bot:
        yield bot


def photo() -> bytes:
    """A photo of a page that is empty: what stands on it, the model says."""
    made = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(made, "JPEG")
    return made.getvalue()


async def test_a_photo_of_notes_becomes_a_quiz(bot: BotProcess, classroom: Classroom, storage: Storage) -> None:
    del bot
    ann = await classroom.join()
    await wants(ann, storage, count=2)
    await send(ann, "board.jpg", photo())
    await shows(ann, "🖼", "words")
    await done(ann)
    said = await verdict(ann)

    assert any(sentence in said.replace("\n", " ") for sentence in VOLCANOES), said


async def test_the_pages_of_a_scan_are_the_places_of_its_answers(
    bot: BotProcess, classroom: Classroom, storage: Storage
) -> None:
    """A scan is a PDF without a word in it."""
    del bot
    ann = await classroom.join()
    await wants(ann, storage, count=2)
    await send(ann, "scan.pdf", pdf_of([[], []]))
    await shows(ann, "📄 scan.pdf — 2 pages, ", "words")
    await done(ann)

    assert "— page " in await verdict(ann)


def half_scanned(pictures: int = 1) -> bytes:
    """A lecture of which the pages from the second on are pictures, but the last one."""
    return pdf_of([lines(*VOLCANOES[:4]), *[Scan()] * pictures, lines(*VOLCANOES[4:])])


async def pages_read(ann: Student, storage: Storage) -> list[int]:
    """The pages that the passages of what was sent are on, in order."""
    collection = await Collections(storage).load(ann.id, ann.id)
    assert collection is not None
    (kept,) = await Sources(storage).parts(ann.id, collection.id)
    return [one.place.number for one in kept.passages]


async def test_scans_among_pages_with_text_are_read_in_their_place(
    bot: BotProcess, classroom: Classroom, storage: Storage, provider: ScriptedServer
) -> None:
    """Only they are shown to the model; more than ten are not, and are named."""
    del bot
    ann, ben = await classroom.join(), await classroom.join(name="Ben")
    await send(ann, "lecture.pdf", half_scanned())
    shown = await shows(ann, "📄 lecture.pdf — 3 pages, ", "words")
    assert "not read" not in shown.text
    assert len(provider.received) == 1
    assert await pages_read(ann, storage) == [1, 2, 3]
    await send(ben, "book.pdf", half_scanned(13))
    await shows(ben, "📄 book.pdf — 15 pages, ", "pages 12–14 are pictures and were not read")
    assert len(provider.received) == 11
    assert await pages_read(ben, storage) == [*range(1, 12), 15]


async def test_pictures_without_a_word_among_pages_with_text_are_no_loss(
    bot: BotProcess, classroom: Classroom, storage: Storage, provider: ScriptedServer
) -> None:
    del bot
    provider.solves = lambda _: Reply(["NOTHING"], usage=(1200, 2))
    ann = await classroom.join()
    await send(ann, "lecture.pdf", half_scanned())
    shown = await shows(ann, "📄 lecture.pdf — 3 pages, ", "words")
    assert "not read" not in shown.text
    assert await pages_read(ann, storage) == [1, 3]


async def test_scans_that_the_model_cannot_be_asked_about_leave_the_other_pages(
    bot: BotProcess, classroom: Classroom, storage: Storage, provider: ScriptedServer
) -> None:
    """And are named."""
    del bot
    provider.solves = lambda _: error(503)
    ann = await classroom.join()
    await send(ann, "lecture.pdf", half_scanned())
    await shows(ann, "📄 lecture.pdf — 3 pages, ", "page 2 is a picture and was not read")
    assert await pages_read(ann, storage) == [1, 3]


async def test_without_such_a_model_scans_among_pages_with_text_are_named(
    simulator: Simulator, classroom: Classroom
) -> None:
    async with start_bot(simulator, {}):
        ann = await classroom.join()
        await send(ann, "lecture.pdf", half_scanned(3))
        await shows(ann, "📄 lecture.pdf — 5 pages, ", "pages 2–4 are pictures and were not read")


async def test_a_model_that_cannot_be_asked_costs_a_clear_word_and_nothing_else(
    bot: BotProcess, classroom: Classroom, provider: ScriptedServer
) -> None:
    """What else was sent stays."""
    del bot
    provider.solves = lambda _: error(503)
    ann = await classroom.join()
    await ann.say(TEXT)
    await send(ann, "board.jpg", photo())

    await shows(ann, "📝 Mount Vesuvius", "words", "⚠️ Picture — I could not read it just now.")


@pytest.mark.parametrize("user_tokens", ["5000"])
async def test_nobodys_pictures_take_more_than_their_day_allows(
    bot: BotProcess, classroom: Classroom, provider: ScriptedServer
) -> None:
    del bot
    ann = await classroom.join()
    await send(ann, "board.jpg", photo())

    await shows(ann, "⚠️ Picture — today's limit for reading pictures is reached.")
    assert provider.received == []


async def test_a_photo_with_a_long_caption_is_two_parts_and_with_a_short_one_a_wish(
    bot: BotProcess, classroom: Classroom
) -> None:
    """What stands in the photo, and what stands under it."""
    del bot
    ann = await classroom.join()
    await send(ann, "board.jpg", photo(), caption="only Krakatoa")
    await send(ann, "board.jpg", photo(), caption=TEXT)
    await shows(ann, "🖼 Picture × 2 — 172 words", "📝 Mount Vesuvius", "To ask about: only Krakatoa")


async def test_photos_of_which_the_same_is_to_be_said_are_one_line(bot: BotProcess, classroom: Classroom) -> None:
    del bot
    ann = await classroom.join()
    for _ in range(4):
        await send(ann, "board.jpg", photo())
    shown = await shows(ann, "🖼 Picture × 4 — 344 words")
    assert shown.text.count("Picture") == 1
