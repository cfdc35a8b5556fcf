"""What students send belongs together until Done: texts, files, links, several in a row; what is not read is told."""

import asyncio

import pytest

from delivery.buttons import BeginNotes, Button, DropNotes, OnlyNotes
from quiz.collection import Stage
from simulator.client import Fault, Simulator
from storage.attempts import Attempts
from storage.collections import Collections, Outcome, Reply
from storage.connection import Storage
from storage.sources import Sources
from tests.bot_process import TOKEN, BotProcess
from tests.classroom import Classroom
from tests.conftest import start_bot
from tests.documents.web_site import site
from tests.notes.lectures import RUSSIAN_TEXT, TEXT, VOLCANOES, a_pdf, web_page
from tests.notes.sender import button_in, done, press, reads_this_machine, says, send, shows, status, wants
from tests.simulator.pictures import png

PLENTY = " ".join(VOLCANOES)


async def test_several_messages_and_files_in_a_row_are_one_quiz(
    bot: BotProcess, classroom: Classroom, storage: Storage
) -> None:
    """Each is a line of one message, which stands below what was sent last; the quiz is called by the first."""
    del bot
    ann = await classroom.join()
    await wants(ann, storage, count=3)
    await send(ann, "volcanoes.pdf", a_pdf())
    await ann.say(TEXT)
    await send(ann, "more.md", f"# Lava\n\n{PLENTY}".encode())
    shown = await shows(ann, "volcanoes.pdf — 2 pages", "📝 Mount Vesuvius", "📄 more.md — ")
    assert "reading" not in shown.text
    await ann.until(lambda: len([one for one in ann.shown() if "Your notes" in one.text]) == 1 or None, "one message")
    await done(ann)
    question = await ann.question()
    assert question.message.text.startswith("1/3 · volcanoes.pdf and 2 more")
    collection = await Collections(storage).load(ann.id, ann.id)
    assert collection is not None
    assert [one.title for one in await Sources(storage).parts(ann.id, collection.id)] == [
        "volcanoes.pdf",
        "Mount Vesuvius erupted in the year 79…",
        "more.md",
    ]


async def test_a_short_text_is_what_to_ask_about(bot: BotProcess, classroom: Classroom, storage: Storage) -> None:
    """It goes with the quiz; the last wish counts."""
    del bot
    ann = await classroom.join()
    await wants(ann, storage, count=1)
    await ann.say(TEXT)
    await shows(ann, "words")
    await ann.say("only Krakatoa")
    await shows(ann, "To ask about: only Krakatoa")
    await ann.say("only Mount Etna")
    await shows(ann, "To ask about: only Mount Etna")
    await done(ann)
    question = await ann.question()
    attempt = await Attempts(storage).load(ann.id, question.attempt)
    assert attempt is not None
    assert attempt.notes is not None
    assert attempt.notes.focus == "only Mount Etna"


@pytest.mark.parametrize(
    "begins", ["%PDF-1.7", "PK\x03\x04", "{\\rtf1", "<!doctype html><html><body>", "GIF89a", "%!PS"]
)
async def test_what_is_typed_is_text_whatever_it_begins_with(
    bot: BotProcess, classroom: Classroom, storage: Storage, begins: str
) -> None:
    """Only files are what their bytes say: a file without a name too."""
    del bot
    ann = await classroom.join()
    await wants(ann, storage, count=1)
    await ann.say(f"{begins} is what I typed.\n{TEXT}")
    await shows(ann, "📝 ", "words")
    await done(ann)
    await ann.question()


async def test_the_short_tail_of_a_long_paste_belongs_to_it(simulator: Simulator, classroom: Classroom) -> None:
    """Telegram cuts a text of more than 4096 characters; what does not follow at once is what to ask about."""
    ann = await classroom.join()
    await ann.say((PLENTY * 10)[:4096])
    await ann.say("that lava is made of.")
    async with start_bot(simulator, {}):
        shown = await shows(ann, "📝 that lava is made of. — 5 words")
        assert "To ask about" not in shown.text
        await ann.say("only Krakatoa")
        await shows(ann, "To ask about: only Krakatoa")


async def test_notes_that_are_given_up_are_kept_no_more(
    bot: BotProcess, classroom: Classroom, storage: Storage
) -> None:
    """By the button, by /stop, or by a word; then a short text is a topic again."""
    del bot
    ann = await classroom.join()
    for way in ("button", "/stop", "cancel"):
        await ann.say(TEXT)
        await shows(ann, "words")
        collection = await Collections(storage).load(ann.id, ann.id)
        assert collection is not None
        assert await Sources(storage).is_kept(ann.id, collection.id)
        if way == "button":
            assert await press(ann, DropNotes) == "Dropped"
        else:
            await ann.say(way)
        await says(ann, "I have dropped these notes")
        await ann.acknowledged()
        assert not await Sources(storage).is_kept(ann.id, collection.id)
        kept = await Collections(storage).load(ann.id, ann.id)
        assert kept is not None
        assert (kept.stage, kept.parts) == (Stage.DROPPED, {})
        await ann.until(lambda: status(ann) is None or None, "no buttons of notes that are gone")
        ann.messages.clear()
    await ann.say("photosynthesis")
    await ann.question()


@pytest.mark.parametrize("sent", ["/notes", "a picture"])
async def test_a_stop_where_nothing_can_be_asked_about_gives_the_notes_up(
    bot: BotProcess, classroom: Classroom, storage: Storage, sent: str
) -> None:
    """It is neither notes nor a topic."""
    del bot
    ann = await classroom.join()
    if sent == "/notes":
        await ann.say(sent)
        await shows(ann, "Send me your notes")
    else:
        await send(ann, "board.png", png(8, 8))
        await shows(ann, "There is nothing to ask about yet")
    await ann.say("Stop")
    await says(ann, "I have dropped these notes")
    kept = await Collections(storage).load(ann.id, ann.id)
    assert kept is not None
    assert (kept.stage, kept.parts) == (Stage.DROPPED, {})


async def test_after_the_command_even_a_line_is_notes(bot: BotProcess, classroom: Classroom, storage: Storage) -> None:
    del bot
    ann = await classroom.join()
    await wants(ann, storage, count=1)
    await ann.say("/notes")
    await shows(ann, "Send me your notes")
    await ann.say(VOLCANOES[1])
    await shows(ann, "Krakatoa", "words")
    await done(ann)
    assert "Krakatoa" in (await ann.question()).message.text


async def test_a_picture_is_not_read_and_a_caption_is(bot: BotProcess, classroom: Classroom, storage: Storage) -> None:
    """A picture alone leaves nothing to ask about, and a short text after it is a topic."""
    del bot, storage
    ann = await classroom.join()
    await send(ann, "board.png", png(8, 8))
    shown = await shows(ann, "I cannot read pictures", "There is nothing to ask about yet")
    assert [button.text for button in shown.buttons] == ["✖️ Cancel"]
    await send(ann, "board.png", png(8, 8), caption=TEXT)
    await shows(ann, "I cannot read pictures", "📝 Mount Vesuvius")
    bob = await classroom.join()
    await send(bob, "board.png", png(8, 8))
    await shows(bob, "I cannot read pictures")
    await bob.say("photosynthesis")
    await bob.question()


async def test_a_caption_is_heard_as_a_text_is(bot: BotProcess, classroom: Classroom, storage: Storage) -> None:
    """In one line it is what to ask about, in several it is notes of its own, and an address is the page behind it."""
    del bot
    ann = await classroom.join()
    await send(ann, "volcanoes.pdf", a_pdf(), caption="stop")
    await shows(ann, "volcanoes.pdf — 2 pages")
    await send(ann, "more.pdf", a_pdf(), caption="how to make a pipe bomb")
    await says(ann, "I do not write quizzes on this topic")
    await send(ann, "third.pdf", a_pdf(), caption="http://127.0.0.1/secret")
    await send(ann, "board.png", png(8, 8), caption="http://127.0.0.1/board")
    await send(ann, "fourth.pdf", a_pdf(), caption="  only\u202e Krakatoa ")
    await shows(ann, "To ask about: only Krakatoa")
    await send(ann, "fifth.pdf", a_pdf(), caption=TEXT)
    shown = await shows(ann, "fifth.pdf — 2 pages", "📝 Mount Vesuvius erupted in the year 79… — ")
    names = ("volcanoes.pdf", "more.pdf", "third.pdf", "127.0.0.1/secret", "Picture", "127.0.0.1/board", "fourth.pdf")
    places = [shown.text.index(name) for name in (*names, "fifth.pdf", "Mount Vesuvius")]
    assert places == sorted(places)
    assert "📝 http" not in shown.text
    collection = await Collections(storage).load(ann.id, ann.id)
    assert collection is not None
    parts = await Sources(storage).parts(ann.id, collection.id)
    assert [one.title for one in parts[-2:]] == ["fifth.pdf", "Mount Vesuvius erupted in the year 79…"]


async def test_what_cannot_be_read_leaves_the_others(bot: BotProcess, classroom: Classroom, storage: Storage) -> None:
    """And is said in its own words."""
    del bot
    ann = await classroom.join()
    await wants(ann, storage, count=1)
    await send(ann, "old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    await send(ann, "empty.txt", b"")
    await send(ann, "half.docx", b"PK\x03\x04half")
    await ann.say("http://127.0.0.1/secret")
    await ann.say(TEXT)
    await shows(
        ann,
        "⚠️ old.doc — I cannot read such files",
        "⚠️ empty.txt — I see no text",
        "⚠️ half.docx — the file is damaged",
        "⚠️ 127.0.0.1/secret — this link does not lead to a public page",
        "📝 Mount Vesuvius",
    )
    await done(ann)
    await ann.question()


async def test_a_link_alone_is_the_page_behind_it(simulator: Simulator, classroom: Classroom) -> None:
    """Its quiz is called by the page."""
    async with (
        site({"/volcanoes": web_page()}) as web,
        start_bot(simulator, {}, reads_this_machine) as bot,
        bot.storage() as storage,
    ):
        ann = await classroom.join()
        await wants(ann, storage, count=1)
        await ann.say(web.url("/volcanoes"))
        await shows(ann, "🔗 Volcanoes of the world — 86 words")
        await ann.say(web.url("/nothing"))
        await shows(ann, "there is no such page")
        await done(ann)
        question = await ann.question()
        assert question.message.text.startswith("1/1 · Volcanoes of the world")
        assert {"/robots.txt", "/volcanoes", "/nothing"} == set(web.asked)


@pytest.mark.parametrize("end", [BeginNotes, DropNotes])
async def test_a_button_of_notes_that_are_no_longer_open_says_why(
    bot: BotProcess, classroom: Classroom, storage: Storage, end: type[Button]
) -> None:
    """Their quiz has begun, or they are gone."""
    del bot
    ann = await classroom.join()
    await wants(ann, storage, count=1)
    await ann.say(TEXT)
    shown = await shows(ann, "words")
    await press(ann, end)
    if end is BeginNotes:
        await ann.question()
    await ann.until(lambda: status(ann) is None or None, "no buttons")
    drop = button_in(shown, DropNotes)
    assert isinstance(drop, DropNotes)
    for button in (BeginNotes(drop.collection), OnlyNotes(drop.collection, on=True), drop):
        told = await ann.toast(await ann.press(shown, button))
        assert told.startswith("The quiz on these notes has begun" if end is BeginNotes else "These notes are gone")


async def test_in_a_group_nothing_of_this_happens(
    bot: BotProcess, classroom: Classroom, storage: Storage, simulator: Simulator
) -> None:
    del bot
    await simulator.add_bot(TOKEN, privacy=False)
    ann = await classroom.join()
    group = await simulator.add_group("Class", [ann.id])
    await simulator.say(ann.id, TEXT, chat=group)
    sent = await simulator.upload(ann.id, "notes.txt", TEXT.encode(), chat=group)
    assert sent.update_id is not None
    ann.update = sent.update_id
    await ann.acknowledged()
    assert [one for one in await simulator.messages(group) if one.from_bot] == []
    assert await Collections(storage).load(ann.id, group) is None


async def test_done_while_a_file_is_read_begins_the_quiz_by_itself(
    bot: BotProcess, classroom: Classroom, storage: Storage, simulator: Simulator
) -> None:
    """The student is told, and need not press again."""
    del bot
    ann = await classroom.join()
    await wants(ann, storage, count=1)
    before = await simulator.last_event()
    await simulator.add_faults(Fault("file", "hang", "before"))
    await send(ann, "volcanoes.pdf", a_pdf())
    await simulator.wait_for_event(lambda event: event.kind == "fault_holding", after=before)
    assert await done(ann) == "I am still reading"
    await shows(ann, "The quiz begins by itself")
    assert status(ann) is not None
    assert ann.open_question() is None
    await simulator.lift_faults()
    await ann.question()


def begins_when_another_part_has_come() -> None:
    """In the bot's own process: between Done and the beginning of the quiz there is time for one more message."""
    at_once = Collections.idle

    async def idle(self: Collections, user: int, chat: int, collection: str, number: int) -> Reply:
        reply = await at_once(self, user, chat, collection, number)
        while reply.outcome is Outcome.DONE:
            found = await self.load(user, chat)
            if found is None or len(found.parts) > 1:
                break
            await asyncio.sleep(0.02)
        return reply

    Collections.idle = idle


async def test_what_comes_while_the_quiz_begins_is_read(simulator: Simulator, classroom: Classroom) -> None:
    """It belongs to the notes of this quiz, and nothing says that it is still being read."""
    async with (
        start_bot(simulator, {}, begins_when_another_part_has_come) as bot,
        bot.storage() as storage,
    ):
        ann = await classroom.join()
        await wants(ann, storage, count=1)
        await ann.say(TEXT)
        await shows(ann, "words")
        await done(ann)
        await ann.say(RUSSIAN_TEXT)
        question = await ann.question()
        await ann.until(lambda: status(ann) is None or None, "no buttons")
        shown = await says(ann, "Your notes")
        assert "📝 Mount Vesuvius" in shown.text
        assert "📝 Волга" in shown.text
        attempt = await Attempts(storage).load(ann.id, question.attempt)
        assert attempt is not None
        assert attempt.notes is not None
        assert len(await Sources(storage).parts(ann.id, attempt.notes.source)) == 2


@pytest.mark.parametrize("text", ["B", "stop"])
async def test_what_is_typed_for_the_open_question_is_not_taken_for_notes(
    bot: BotProcess, classroom: Classroom, storage: Storage, text: str
) -> None:
    """Also while notes are gathered for the next quiz: a letter is an answer, a stop is for the notes."""
    del bot
    ann = await classroom.join()
    await wants(ann, storage, count=2)
    await ann.say("photosynthesis")
    await ann.question()
    await ann.say(TEXT)
    await shows(ann, "words")
    await ann.say(text)
    await says(ann, "with the buttons under the question" if text == "B" else "I have dropped these notes")
    await ann.question()
