"""The page as a whole, played through two bots and built."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from tests.generation.scripted_server import ScriptedServer
from tests.messages_page import beginning, built, notes, playing, results, rounds, writing
from tests.messages_page.bots import bot_with_a_model, bot_without_a_model
from tests.messages_page.scenes import Scene, Section

PAGE = Path(__file__).parents[2] / "docs" / "messages.md"
HEAD = """\
# What the bot says

Every message of the bot, every toast, button and menu, in English and in Russian, as wide as on a narrow phone. This
page is made by `make messages`: two students do the same, one in each language, with the real bot on a Telegram of its
own. A test fails when the page is not what the bot says now, or when something that the bot can say is not on it.

`[ … ]` is a button, `( … )` one that can only be looked at, `[ … ↗ ]` one that opens an address. *edited* is a message
that changed, *deleted* one that goes; a *toast* shows for a moment at the top, an *alert* waits to be closed.

The decks are small ones made for this page, nothing is shuffled, and every quiz took 42 seconds. The bot sets no name,
picture or description of its own: these are what whoever runs it told @BotFather.

"""

BUILT = "Made by the code for it, without a bot."


async def sections() -> list[Section]:
    """Everything the bot says, by situation."""
    decks_only, with_a_model = await asyncio.gather(_without_a_model(), _with_a_model())
    begun, settings, groups, questions, scores, leaving, late, menus = decks_only
    plain, written = with_a_model
    return [
        Section("Beginning", "", begun),
        Section("Every subject", BUILT, built.subjects()),
        Section("Settings", "", settings),
        Section("A quiz", "Answers in the newer form, where Telegram takes it.", questions),
        Section(
            "Answers in the plain form",
            "Elsewhere the message has all the options, and formulas stand in plain letters.",
            plain,
        ),
        Section("The score", "", [*scores, *built.times()]),
        Section("Leaving and going on", "", leaving),
        Section("A quiz that a model writes", "", written),
        Section("Why there is none, or a shorter one", BUILT, built.shortfalls()),
        Section("A quiz on one's own notes", BUILT, notes.sent()),
        Section("What cannot be read", BUILT, notes.refusals()),
        Section("Evidence", BUILT, notes.answers()),
        Section("A mistake is reported", BUILT, notes.reports()),
        Section("Being forgotten", BUILT, notes.forgetting()),
        Section("Presses that change nothing", "", late),
        Section("In a group", "", groups),
        Section("A round in a group", BUILT, rounds.played()),
        Section("Presses in a round", BUILT, rounds.pressed()),
        Section("How a round ends", BUILT, rounds.ended()),
        Section("What a round gave", BUILT, results.rounds()),
        Section("What the answers say of the questions", BUILT, results.analysis()),
        Section("A class over its rounds", BUILT, results.classes()),
        Section("Pictures and sheets of results", BUILT, results.pictures()),
        Section("A fault of ours", BUILT, built.troubles()),
        Section("The menu of commands", "", menus),
    ]


def markdown(parts: Sequence[Section]) -> str:
    """The page."""
    return HEAD + "\n".join(part.markdown() for part in parts)


async def _without_a_model() -> list[Sequence[Scene]]:
    async with bot_without_a_model() as room:
        return [
            await part(room)
            for part in (
                beginning.beginning,
                beginning.settings,
                beginning.groups,
                playing.questions,
                playing.scores,
                playing.leaving,
                playing.late_presses,
                beginning.menus,
            )
        ]


async def _with_a_model() -> list[Sequence[Scene]]:
    async with ScriptedServer.running() as provider, bot_with_a_model(provider) as room:
        return [await writing.plain_answers(room), await writing.written_quizzes(room, provider)]
