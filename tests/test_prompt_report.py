"""`quizbot prompts` shows the prompts and how good models are with them."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from storage.budgets import Budgets, Limits
from storage.connection import connect
from storage.embedded import SHORT_FOLDER, own_server
from storage.tallies import Tallies

QUIZBOT = Path(sys.executable).with_name("quizbot")


def printed(folder: str) -> str:
    """What the command prints about a data folder."""
    environment = {**os.environ, "QUIZBOT_DATA_DIR": f"{folder}/data", "QUIZBOT_REDIS_URL": ""}
    ran = subprocess.run(  # noqa: S603
        [QUIZBOT, "prompts"], env=environment, cwd=folder, capture_output=True, text=True, timeout=60, check=True
    )
    return ran.stdout


async def test_each_prompt_is_listed_with_what_became_of_its_drafts() -> None:
    with tempfile.TemporaryDirectory(prefix="quizbot-test-", dir=SHORT_FOLDER) as folder:
        assert "No model has written anything here" in printed(folder)

        async with own_server(Path(folder) / "data") as server, connect(server.url) as storage:
            tallies = Tallies(storage)
            for what in ("drafted", "drafted", "drafted", "drafted", "unreadable", "accepted", "accepted", "solver"):
                await tallies.add("writer", 1, "openai:gpt", what)
        report = printed(folder)

    for words in ("Write quiz questions on a topic", "writer 1", "openai:gpt", "2 (50%)", "solver 1 (25%)"):
        assert words in report


async def test_what_was_taken_today_is_shown_with_its_cost() -> None:
    with tempfile.TemporaryDirectory(prefix="quizbot-test-", dir=SHORT_FOLDER) as folder:
        async with own_server(Path(folder) / "data") as server, connect(server.url) as storage:
            budgets = Budgets(storage, Limits(0, 0, 0))
            for person in (1, 2):
                await budgets.take(await budgets.account(person, person, f"quiz {person}"), 1000, 200, 617_250)
        priced = "Taken today (UTC) by everyone: 2,000 tokens in, 400 tokens out"
        assert f"{priced}; $1.2345" in printed(folder)

        async with own_server(Path(folder) / "data") as server, connect(server.url) as storage:
            budgets = Budgets(storage, Limits(0, 0, 0))
            await budgets.take(await budgets.account(3, 3, "quiz 3"), 10, 5, None)
        report = printed(folder)

    assert "2,010 tokens in, 405 tokens out, of which 15 tokens of models in no price table; $1.2345" in report
