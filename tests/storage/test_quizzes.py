"""Versions of quizzes: written once, read from memory after that."""

import pytest

from quiz.question import Source
from storage import keys, quizzes
from storage.connection import Storage
from storage.errors import UnknownRecord
from storage.quizzes import Quizzes
from tests.samples import a_question, true_or_false

QUESTIONS = [a_question(source=Source("NASA", "https://nasa.gov")), true_or_false(), a_question(key="ab", id="several")]


async def test_a_version_is_read_as_it_was_written(storage: Storage) -> None:
    await Quizzes(storage).save("deck.planets.en", "v1", QUESTIONS)

    assert await Quizzes(storage).questions("deck.planets.en", "v1") == {one.id: one for one in QUESTIONS}


async def test_a_version_that_is_not_kept_is_missing(storage: Storage) -> None:
    await Quizzes(storage).save("deck.planets.en", "v1", QUESTIONS)

    with pytest.raises(KeyError):
        await Quizzes(storage).questions("deck.planets.en", "v2")


async def test_a_version_read_once_is_remembered(storage: Storage) -> None:
    kept = Quizzes(storage)
    await kept.save("deck.planets.en", "v1", QUESTIONS)
    await kept.questions("deck.planets.en", "v1")
    await storage.delete(keys.quiz_version("deck.planets.en", "v1"))

    assert len(await kept.questions("deck.planets.en", "v1")) == 3


async def test_what_was_not_read_for_longest_is_forgotten_first(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quizzes, "KEPT", 2)
    kept = Quizzes(storage)
    for version in ("v1", "v2"):
        await kept.save("quiz", version, QUESTIONS)
        await kept.questions("quiz", version)
    await kept.questions("quiz", "v1")
    await kept.save("quiz", "v3", QUESTIONS)
    await kept.questions("quiz", "v3")
    await storage.client.flushall()  # pyright: ignore[reportUnknownMemberType]

    assert await kept.questions("quiz", "v1")
    with pytest.raises(KeyError):
        await kept.questions("quiz", "v2")


@pytest.mark.parametrize("record", ["[2,[]]", '[2,{"questions":[]}]'])
async def test_a_record_of_another_version_is_not_guessed_at(storage: Storage, record: str) -> None:
    await storage.set(keys.quiz_version("quiz", "v1"), record, keys.QUIZ_VERSION)

    with pytest.raises(UnknownRecord):
        await Quizzes(storage).questions("quiz", "v1")
