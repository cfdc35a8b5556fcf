"""A folder of its own with sources, for what is typed in it."""

import os
from pathlib import Path
from shutil import copyfile

import pytest

from bot import logs
from tests.generation.evaluation.typed import SOURCES


def unconfigured(_level: str, _secrets: object) -> None:
    """Leaves the logs as they are."""


@pytest.fixture
def only_these_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own without a file of settings; its folder of sources."""
    monkeypatch.chdir(tmp_path)
    # It sets up the logs of a whole process, and this one has other tests.
    monkeypatch.setattr(logs, "configure", unconfigured)
    for name in [name for name in os.environ if name.startswith("QUIZBOT_")]:
        monkeypatch.delenv(name)
    folder = tmp_path / "notes"
    folder.mkdir()
    copyfile(SOURCES / "sleep.en.md", folder / "sleep.md")
    copyfile(SOURCES / "baikal.ru.md", folder / "байкал.md")
    return folder


@pytest.fixture
def notes(only_these_settings: Path) -> Path:
    """A folder with a source in English and one in Russian."""
    return only_these_settings
