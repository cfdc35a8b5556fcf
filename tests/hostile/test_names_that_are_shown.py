"""A topic, a name, a heading, a link's text or a caption with characters that nobody sees spoils no message."""

import unicodedata

import pytest

from generation.invisible import JOINERS
from simulator.client import Message
from storage.connection import Storage
from tests.bot_process import BotProcess
from tests.classroom import Classroom
from tests.hostile.words import TAGS
from tests.notes.lectures import VOLCANOES
from tests.notes.sender import done, send, shows, wants
from tests.student import Student

pytestmark = pytest.mark.timeout(120)
OVERRIDE, RIGHT_TO_LEFT, END, END_OF_ISOLATE = "\u202e", "\u202b", "\u202c", "\u2069"
ISOLATES = "\u2068\u2069"
SPOILT = f"{OVERRIDE}Vol\u200bca{TAGS}no\u00ades{END_OF_ISOLATE}{RIGHT_TO_LEFT} tod\ufeffay"
SEEN = "Volcanoes today"


def unseen(text: str) -> set[str]:
    """What a text has that nobody sees, but for joiners, and isolates of the bot's own that are whole."""
    whole = text.count(ISOLATES[0]) == text.count(ISOLATES[1])
    allowed = JOINERS + (ISOLATES if whole else "")
    return {one for one in text if unicodedata.category(one) in {"Cf", "Cc", "Co"} and one not in f"{allowed}\n"}


def everything(student: Student) -> str:
    """All that the student was ever shown by the bot: messages, buttons and toasts."""
    versions = [version for one in student.messages.values() if one.from_bot for version in (one, *one.history)]
    buttons = (button.text for version in versions for row in version.rows for button in row)
    toasts = (toast for said in student.toasts.values() for toast in said)
    return "\n".join((*(version.text for version in versions), *buttons, *toasts))


def a_text() -> bytes:
    """Markdown with such a heading, and the text of a link."""
    return "\n\n".join(
        (f"# {SPOILT}", f"[{SPOILT}](http://127.0.0.1/{OVERRIDE}x) is what this is about.", *VOLCANOES)
    ).encode()


def a_page() -> bytes:
    """A page with such a title, a heading, a link and a caption."""
    told = "".join(f"<p>{one}</p>" for one in VOLCANOES)
    figure = f"<figure><img src=x alt='{SPOILT}'><figcaption>{SPOILT}: a picture of Etna.</figcaption></figure>"
    body = f"<h1>{SPOILT}</h1>{told}{figure}<p><a href='http://127.0.0.1/'>{SPOILT}</a> is what it is about.</p>"
    return f"<!doctype html><title>{SPOILT}</title><body><article>{body}</article></body>".encode()


@pytest.mark.parametrize(("ending", "content"), [("md", a_text()), ("html", a_page())], ids=["text", "page"])
async def test_of_a_file_every_message_up_to_the_score_is_as_it_looks(
    bot: BotProcess, classroom: Classroom, storage: Storage, ending: str, content: bytes
) -> None:
    del bot
    ann = await classroom.join()
    await wants(ann, storage, count=3)
    await send(ann, f"{SPOILT}.{ending}", content, caption=f"{SPOILT}{OVERRIDE}")
    await shows(ann, f"📄 {SEEN}.{ending} — ", "words", f"To ask about: {SEEN}")
    await ann.say(f"{OVERRIDE}{VOLCANOES[0]}\n{TAGS}{SPOILT}")
    await shows(ann, f"📝 {VOLCANOES[0][:20]}")
    await done(ann)
    first = await ann.question()
    assert first.message.text.startswith(f"1/3 · {SEEN}.{ending}")
    await ann.finish(first.attempt, 3)
    shown = everything(ann)
    assert f"“{SEEN}.{ending} › {SEEN}”" in shown, "the heading below an answer"
    assert unseen(shown) == set()


async def test_of_a_topic_too(bot: BotProcess, classroom: Classroom, storage: Storage) -> None:
    del bot, storage
    ann = await classroom.join()
    await ann.say(SPOILT)

    def told() -> Message | None:
        return next((one for one in ann.shown() if f"I have no questions on “{SEEN}” yet" in one.text), None)

    await ann.until(told, "that there is nothing on this")
    await ann.say(f"photo{TAGS}synthesis{OVERRIDE}")
    await ann.question()
    assert unseen(everything(ann)) == set()
