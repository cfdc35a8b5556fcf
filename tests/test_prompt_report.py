"""`quizbot prompts` shows the prompts and how good models are with them."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

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
            for what in ("drafted", "drafted", "drafted", "unreadable", "accepted", "accepted", "solver"):
                await tallies.add("writer", 1, "openai:gpt", what)
        report = printed(folder)

    for words in ("Write quiz questions on a topic", "writer 1", "openai:gpt", "2 (50%)", "solver 1 (25%)"):
        assert words in report
