"""`quizbot reports` shows what students reported, and of their own notes nothing but ids."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bot.library import open_library
from quiz.reported import Reported, Whence
from storage.connection import connect
from storage.embedded import SHORT_FOLDER, own_server
from storage.quizzes import Quizzes
from storage.reports import Reports
from tests.samples import a_question

QUIZBOT = Path(sys.executable).with_name("quizbot")


def printed(folder: str) -> str:
    """What the command prints about a data folder, in one line."""
    environment = {**os.environ, "QUIZBOT_DATA_DIR": f"{folder}/data", "QUIZBOT_REDIS_URL": ""}
    ran = subprocess.run(  # noqa: S603
        [QUIZBOT, "reports"], env=environment, cwd=folder, capture_output=True, text=True, timeout=60, check=True
    )
    return " ".join(word for word in ran.stdout.split() if word not in "┃│")


async def test_each_question_is_listed_with_what_it_asks_but_for_those_of_notes() -> None:
    deck = open_library(None).deck("photosynthesis")
    assert deck is not None
    of_deck, of_notes = deck.questions["en"][0], a_question("Who broke the vase?")
    with tempfile.TemporaryDirectory(prefix="quizbot-test-", dir=SHORT_FOLDER) as folder:
        assert "Nobody has reported a question" in printed(folder)

        async with own_server(Path(folder) / "data") as server, connect(server.url) as storage:
            reports = Reports(storage)
            await Quizzes(storage).add_written("of-notes", 0, of_notes)
            deck_question = Reported(Whence.DECK, deck.quiz_id("en"), of_deck.id, of_deck.revision)
            for person in (1, 2):
                await reports.add(person, deck.quiz_id("en"), deck_question)
            await reports.add(3, "of-notes", Reported(Whence.NOTES, "of-notes", of_notes.id, 1))
            await reports.add(3, "gone", Reported(Whence.QUIZ, "gone", "a-question", 1))
        report = printed(folder)

    assert " ".join(of_deck.stem.split())[:20] in report
    assert "of-notes" in report
    assert "not shown" in report
    assert "vase" not in report
    assert "kept no more" in report
