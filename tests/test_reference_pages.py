"""The pages of reference are what the code says."""

import re
from datetime import timedelta

import pytest

from bot.listing import Row, rows
from bot.settings import Settings
from bot.trial import OF_A_MODEL
from tests.figures import Figure, figures
from tests.reference_pages import BY_HAND, FOLDER, PAGES, in_words

BOUNDED = {
    *("kind", "result", "method", "outcome", "queue", "state", "status", "prompt", "version", "model", "direction"),
    *("source", "whence", "why"),
}
"""Labels whose values are those of our code, its releases and the settings."""


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_up_to_date(name: str) -> None:
    assert (FOLDER / name).read_text("utf-8") == PAGES[name](), "run: make reference"


def test_no_other_page_stands_among_those_that_are_made() -> None:
    assert {one.name for one in FOLDER.iterdir()} == set(PAGES) | BY_HAND


@pytest.mark.parametrize("row", list(rows(Settings)), ids=lambda row: row.name)
def test_a_setting_has_a_meaning_a_default_and_an_example_that_can_be_set(
    row: Row, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("empty"))
    monkeypatch.setenv("QUIZBOT_REDIS_URL", "redis://127.0.0.1")  # some need one
    monkeypatch.setenv(row.name, row.example)
    field = row.name.removeprefix("QUIZBOT_").lower()

    assert row.meaning
    assert row.default
    assert getattr(Settings.read(), field) != Settings.model_fields[field].default


def test_what_the_trial_hands_on_to_its_bot_is_said_so() -> None:
    assert {row.name for row in rows(Settings) if "try" in row.roles} >= OF_A_MODEL


@pytest.mark.parametrize("figure", sorted(figures()), ids=lambda figure: figure.name)
def test_a_figure_has_a_name_a_meaning_and_labels_of_few_values(figure: Figure) -> None:
    assert re.fullmatch(r"quizbot_[a-z_]+", figure.name)
    assert figure.meaning.endswith(".")
    assert set(figure.labels) <= BOUNDED


@pytest.mark.parametrize(
    ("life", "words"),
    [
        (timedelta(days=30), "30 days"),
        (timedelta(days=1), "1 day"),
        (timedelta(hours=36), "36 hours"),
        (timedelta(minutes=1), "1 minute"),
        (None, "until it is changed"),
    ],
)
def test_a_life_is_told_in_the_largest_unit_that_fits(life: timedelta | None, words: str) -> None:
    assert in_words(life) == words
