"""What is remembered of a person."""

import pytest

from quiz.question import Level
from storage import keys
from storage.connection import Storage
from storage.errors import UnknownRecord
from storage.people import Dialog, People, Settings

ANN, BOB = 1, 2


@pytest.fixture
def people(storage: Storage) -> People:
    return People(storage)


async def test_a_new_person_has_ten_questions_of_any_level_in_telegrams_language(people: People) -> None:
    assert await people.settings(ANN) == Settings(count=10, level=None, language=None)


async def test_settings_stay_until_they_are_changed(people: People) -> None:
    await people.save_settings(ANN, Settings(3, Level.APPLICATION, "ru"))
    await people.save_settings(BOB, Settings(20))

    assert await people.settings(ANN) == Settings(3, Level.APPLICATION, "ru")
    assert await people.settings(BOB) == Settings(20)


async def test_a_dialog_is_of_one_person_in_one_chat(people: People) -> None:
    dialog = Dialog("an id", "photosynthesis", "en")

    await people.open_dialog(ANN, 7, dialog)

    assert await people.dialog(ANN, 7) == dialog
    assert await people.dialog(ANN, 8) is None
    assert await people.dialog(BOB, 7) is None


async def test_a_new_dialog_takes_the_place_of_the_one_before(people: People) -> None:
    await people.open_dialog(ANN, 7, Dialog("old", "photosynthesis", "en"))
    await people.open_dialog(ANN, 7, Dialog("new", "solar-system", "ru"))

    assert await people.dialog(ANN, 7) == Dialog("new", "solar-system", "ru")


@pytest.mark.parametrize("record", ['[2,{"count":5}]', '[2,{"anything":"else"}]', '[2,"another form"]', "[0,{}]"])
async def test_records_of_another_version_are_not_guessed_at(people: People, storage: Storage, record: str) -> None:
    await storage.set(keys.settings(ANN), record, None)
    await storage.set(keys.dialog(ANN, 7), record, keys.DIALOG)

    with pytest.raises(UnknownRecord):
        await people.settings(ANN)
    with pytest.raises(UnknownRecord):
        await people.dialog(ANN, 7)
