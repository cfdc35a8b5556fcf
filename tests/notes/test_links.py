"""Links with words beside them, several in one message, and links behind words: each is a part of the notes."""

from simulator.client import Simulator
from storage.attempts import Attempts
from storage.connection import Storage
from storage.sources import Sources
from tests.bot_process import BotProcess
from tests.classroom import Classroom
from tests.conftest import start_bot
from tests.documents.web_site import site
from tests.notes.lectures import VOLCANOES, web_page
from tests.notes.sender import done, reads_this_machine, send_marked, shows, status, wants

HERE = "http://127.0.0.1"


async def test_a_link_with_a_few_words_is_its_page_and_what_to_ask_about(
    simulator: Simulator, classroom: Classroom
) -> None:
    async with (
        site({"/volcanoes": web_page()}) as web,
        start_bot(simulator, {}, reads_this_machine) as bot,
        bot.storage() as storage,
    ):
        ann = await classroom.join()
        await wants(ann, storage, count=1)
        await ann.say(f"only Krakatoa: {web.url('/volcanoes')}")
        await shows(ann, "🔗 Volcanoes of the world — 86 words", "To ask about: only Krakatoa")
        await done(ann)
        question = await ann.question()
        attempt = await Attempts(storage).load(ann.id, question.attempt)
        assert attempt is not None
        assert attempt.notes is not None
        assert attempt.notes.focus == "only Krakatoa"


async def test_every_link_of_a_message_is_a_part_and_many_words_are_one_too(
    bot: BotProcess, classroom: Classroom, storage: Storage
) -> None:
    """In the order: the words, then the links as they stand; what is sent later comes after all of them."""
    del bot
    ann = await classroom.join()
    await wants(ann, storage, count=1)
    await ann.say(f"{VOLCANOES[0]} More is said at {HERE}/one, and at {HERE}/two ({HERE}/one).")
    await ann.say(f"{HERE}/three {HERE}/four")
    names = ("📝 Mount Vesuvius", "127.0.0.1/one — this link", "127.0.0.1/two — ", "127.0.0.1/three", "127.0.0.1/four")
    shown = await shows(ann, *names)
    places = [shown.text.index(name) for name in names]
    assert places == sorted(places)
    assert shown.text.count("127.0.0.1") == 4
    assert "reading" not in shown.text
    assert "To ask about" not in shown.text
    await done(ann)
    assert VOLCANOES[0].split()[1] in (await ann.question()).message.text


async def test_a_link_behind_words_is_called_by_its_host(
    bot: BotProcess, classroom: Classroom, storage: Storage
) -> None:
    del bot, storage
    ann = await classroom.join()
    await ann.say("/notes")
    await send_marked(ann, "enzymes in this lecture", ("this lecture", f"{HERE}/lecture?v=7"))
    shown = await shows(ann, "⚠️ 127.0.0.1 — this link does not lead", "To ask about: enzymes in")
    assert "this lecture" not in shown.text
    assert "v=7" not in shown.text


async def test_what_there_is_no_room_for_is_named(bot: BotProcess, classroom: Classroom, storage: Storage) -> None:
    """And belongs to nothing: it can be sent for the next quiz."""
    del bot
    ann = await classroom.join()
    await wants(ann, storage, count=1)
    await ann.say("\n".join(VOLCANOES))
    await ann.say("\n".join(f"{HERE}/{number}" for number in range(1, 38)))
    shown = await shows(
        ann,
        "30 parts at most. Left out: 127.0.0.1/30, 127.0.0.1/31, 127.0.0.1/32, 127.0.0.1/33, 127.0.0.1/34 and 3 more",
    )
    assert "… and 18 before" in shown.text
    await done(ann)
    question = await ann.question()
    assert status(ann) is None
    attempt = await Attempts(storage).load(ann.id, question.attempt)
    assert attempt is not None
    assert attempt.notes is not None
    assert len(await Sources(storage).parts(ann.id, attempt.notes.source)) == 1


async def test_what_stands_behind_the_command_is_heard(bot: BotProcess, classroom: Classroom, storage: Storage) -> None:
    """A line is what to ask about, an address its page; what follows is notes, however short."""
    del bot
    ann = await classroom.join()
    await wants(ann, storage, count=1)
    await ann.say("/notes only Krakatoa")
    await shows(ann, "Send me your notes", "To ask about: only Krakatoa")
    await ann.say(VOLCANOES[1])
    await shows(ann, "📝 Krakatoa", "To ask about: only Krakatoa")
    await ann.say(f"/notes {HERE}/page")
    await shows(ann, "⚠️ 127.0.0.1/page", "To ask about: only Krakatoa")
    await done(ann)
    assert "Krakatoa" in (await ann.question()).message.text
