"""`quizbot reports`: the questions that students reported in the last 7 days."""

from datetime import UTC, datetime

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.kept import open_storage
from bot.library import open_library
from bot.settings import Settings
from decks.library import Library
from quiz.question import Question
from quiz.reported import Reported, Whence
from storage.connection import Storage
from storage.pools import Pools
from storage.quizzes import Quizzes
from storage.reports import Reports

WIDTH = 120
"""Columns where standard output is no terminal."""
NOT_SHOWN = "made from somebody's notes: not shown"
GONE = "kept no more"


async def report(settings: Settings) -> None:
    """Print what was reported, by how many, when last, and the question; of somebody's notes its id alone."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=WIDTH)
    library = open_library(settings.decks)
    async with open_storage(settings) as storage:
        reported = await Reports(storage).all()
        stems = [await _stem(storage, library, one) for one in reported]
    if not reported:
        console.print("Nobody has reported a question in the last 7 days.")
        return
    table = Table("people", "last (UTC)", "of", "question", "what it asks", title="Reported", title_justify="left")
    for one, stem in zip(reported, stems, strict=True):
        last = datetime.fromtimestamp(one.last / 1000, UTC).strftime("%Y-%m-%d %H:%M")
        table.add_row(
            str(one.people), last, f"{one.whence} {one.where}", f"{one.question} ({one.revision})", escape(stem)
        )
    console.print(table)


async def _stem(storage: Storage, library: Library, reported: Reported) -> str:
    match reported.whence:
        case Whence.NOTES:
            return NOT_SHOWN
        case Whence.DECK:
            found = _of_deck(library, reported)
        case Whence.POOL:
            pooled = await Pools(storage, 0).questions(reported.where, [reported.question])
            found = pooled.get(reported.question)
        case Whence.QUIZ:
            written = await Quizzes(storage).written(reported.where)
            found = next((one for one in written if one.id == reported.question), None)
    return " ".join(found.stem.split()) if found else GONE


def _of_deck(library: Library, reported: Reported) -> Question | None:
    """A question of a deck as it stands there now; None where it is gone, or was changed since."""
    for described in library.decks:
        for language in described.titles:
            if described.quiz_id(language) == reported.where:
                deck = library.deck(described.name)
                questions = deck.questions[language] if deck else ()
                wanted = (reported.question, reported.revision)
                return next((one for one in questions if (one.id, one.revision) == wanted), None)
    return None
