"""What students see of a bot before they play: welcomes, topics, settings, groups, the menu of commands."""

import json
from collections.abc import Mapping, Sequence

from delivery.buttons import AllTopics, OpenSettings, PlayDeck, SetCount, SetLanguage, SetLevel, Stop, TopicsOf
from delivery.words import LANGUAGES
from quiz.question import Level
from tests.messages_page import phone
from tests.messages_page.bots import Room
from tests.messages_page.phone import EDITED, MESSAGE, Piece
from tests.messages_page.scenes import Scene
from tests.messages_page.students import ANSWERS, FIRST, Student, a

MOON = {"en": "the moon", "ru": "луна"}
LISTS = {"en": "python lists", "ru": "списки python"}
QUADRATIC = {"en": "quadratic equation", "ru": "квадратное уравнение"}
BOT = "@simulated_123456_bot"


async def beginning(room: Room) -> list[Scene]:
    """From the first word to the first question."""
    both = await room.pair()
    scenes = [
        await both.say("/start", "/start"),
        await both.press("A subject is chosen", a(TopicsOf)),
        await both.press("Back to all subjects", a(AllTopics)),
    ]
    await both.does(a(TopicsOf))
    scenes += [
        await both.press("A topic is chosen; its first question follows", a(PlayDeck), only=ANSWERS),
    ]
    scenes.append(await both.say("/start while a quiz is open", "/start"))
    both = await room.pair()
    return [
        *scenes,
        await both.say("A link to a deck that there is not", "/start d_no-such-deck"),
        await both.say("/help, and any command that there is none of", "/nonsense"),
        await both.say("/quiz without a topic", "/quiz"),
        await both.say("A subject is typed", {"en": "Computing", "ru": "информатика"}),
        await both.say("A topic without a deck, and no model that could write", {"en": "knots", "ru": "морские узлы"}),
        await both.say("The same, where a topic comes near", {"en": "flights to the moon", "ru": "луна и приливы"}),
        await both.say("What cannot be a topic", "?!"),
    ]


async def settings(room: Room) -> list[Scene]:
    """How many questions, how hard, in which language."""
    both = await room.pair()
    await both.does("/start")
    scenes = [
        await both.press("The settings, by this button or by /settings", a(OpenSettings)),
        await both.press("How many", a(SetCount, count=20)),
    ]
    for level, number in zip(Level, ("one question", "two questions", "five questions"), strict=True):
        await both.does("/settings")
        scenes += [
            await both.press(f"Level {level}", a(SetLevel, level=level), only=(EDITED,)),
            await both.say(f"A quiz of 20, and {number} of that level", MOON, only=(MESSAGE,), part=FIRST),
        ]
        await both.does(a(Stop))
    scenes.append(await both.say("And none", LISTS))
    await both.does("/settings")
    return [*scenes, await both.see("The other language, which is spoken at once", _chooses_the_other_language)]


async def groups(room: Room) -> list[Scene]:
    """In a group."""
    both = await room.pair()
    group = await room.simulator.add_group("Class 7b", [one.person.id for one in both.students])

    async def says(student: Student) -> None:
        await student.person.tell(f"/quiz{BOT}", chat=group)

    async def presses(student: Student) -> None:
        (*_, message) = await room.simulator.messages(group)
        await student.person.send(message, "t")

    return [
        await both.see_in_a_group("/quiz, /start, /stop or /settings in a group", says, group),
        await both.see_in_a_group("A button there that plays, which can only be forged", presses, group),
    ]


async def menus(room: Room) -> list[Scene]:
    """What Telegram offers while one types."""
    told = {
        (json.loads(given["scope"])["type"], given.get("language_code", LANGUAGES[0])): json.loads(given["commands"])
        for given in (call["parameters"] for call in await room.simulator.calls("setMyCommands"))
    }
    return [
        Scene(title, {language: [_menu(told[scope, language])] for language in LANGUAGES})
        for title, scope in (("In a private chat", "all_private_chats"), ("In a group", "all_group_chats"))
    ]


def _menu(commands: Sequence[Mapping[str, str]]) -> Piece:
    return Piece(phone.MENU, tuple(f"/{one['command']} — {one['description']}" for one in commands))


async def _chooses_the_other_language(student: Student) -> None:
    (other,) = (language for language in LANGUAGES if language != student.language)
    await student.press(a(SetLanguage, language=other))
