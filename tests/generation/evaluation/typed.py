"""`quizbot eval` and `quizbot eval-read` as they are typed, and the files that they write."""

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from bot.cli import app

SOURCES = Path(__file__).parents[3] / "benchmarks" / "sources"


def typed(*arguments: str | Path) -> Result:
    """What the command line does with these words."""
    return CliRunner().invoke(app, list(map(str, arguments)), env={"COLUMNS": "200"}, prog_name="quizbot")


def shown(file: Path) -> str:
    return file.read_text("utf-8")


def kept(file: Path) -> dict[str, Any]:
    return json.loads(file.read_text("utf-8"))
