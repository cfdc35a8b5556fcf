"""The settings: every value is a button, and what is chosen is obeyed."""

import pytest

from delivery.buttons import Skip
from quiz.question import Level
from tests.handlers.person import Person, carried, labels, question_of, texts


async def test_the_settings_show_what_is_in_force(ann: Person, anya: Person) -> None:
    english, russian = await ann.ask("/settings"), await anya.ask("/settings")

    assert english.text == "Settings\nQuestions in a quiz: 10\nLevel: any\nLanguage: same as Telegram"
    assert russian.text == "Настройки\nВопросов в квизе: 10\nУровень: любой\nЯзык: как в Telegram"
    assert [label for label in labels(english) if label.startswith("•")] == [
        "• 10 •",
        "• any •",
        "• same as Telegram •",
    ]


async def test_every_number_of_questions_can_be_chosen(ann: Person) -> None:
    screen = await ann.ask("/settings")

    for count in (*range(1, 10), *range(11, 21), 10):
        assert (await ann.press(await ann.now(screen), str(count))).text == "Saved"
        now = await ann.now(screen)
        assert f"Questions in a quiz: {count}\n" in now.text
        assert [label for label in labels(now)[:20] if label.startswith("•")] == [f"• {count} •"]


@pytest.mark.parametrize("count", [1, 2, 12])
async def test_a_quiz_has_as_many_questions_as_chosen(ann: Person, count: int) -> None:
    question = await ann.begin(count=count)

    assert question.text.startswith(f"1/{count} · ")


@pytest.mark.parametrize(
    ("label", "level"),
    [
        ("easy", Level.RECALL),
        ("medium", Level.UNDERSTANDING),
        ("hard", Level.APPLICATION),
    ],
)
async def test_a_level_is_obeyed(ann: Person, label: str, level: Level) -> None:
    await ann.set(label)
    question = (await ann.say("photosynthesis"))[-1]

    for number in range(4):
        assert question.text.startswith(f"{number + 1}/4 · ")
        assert question_of(question).level is level
        await ann.press(question, "⏭ Skip")
        question = await ann.last()


async def test_any_level_can_be_chosen_again(ann: Person) -> None:
    await ann.set("hard", "any")

    assert (await ann.ask("photosynthesis")).text.startswith("1/10 · ")


async def test_a_chosen_language_is_spoken_whatever_telegram_says(ann: Person) -> None:
    screen = await ann.ask("/settings")

    assert (await ann.press(screen, "Русский")).text == "Сохранено"

    assert (await ann.now(screen)).text.endswith("Язык: Русский")
    assert (await ann.ask("/help")).text.startswith("Пришлите тему")
    assert (await ann.ask("python")).text.startswith("1/10 · Основы Python")


async def test_the_language_of_telegram_can_be_chosen_again(anya: Person) -> None:
    await anya.set("English", "same as Telegram")

    assert (await anya.ask("/help")).text.startswith("Пришлите тему")


async def test_an_open_quiz_keeps_its_language(ann: Person) -> None:
    question = await ann.begin()
    await ann.set("Русский")

    assert (await ann.press(question, "⏭ Skip")).text == "⏭ Skipped"
    assert any(isinstance(button, Skip) for button in carried(await ann.last()))
    assert "⏭ Skip" in labels(await ann.last())


async def test_the_settings_open_below_the_welcome(ann: Person) -> None:
    welcome = await ann.ask("/start")

    assert (await ann.press(welcome, "⚙️ How many and how hard")).text == "Settings are below"
    assert (await ann.last()).text.startswith("Settings\n")


async def test_a_value_pressed_twice_is_saved_once(ann: Person) -> None:
    screen = await ann.ask("/settings")
    await ann.press(screen, "5")

    assert (await ann.press(screen, "5")).text == "Saved"
    assert "Questions in a quiz: 5\n" in (await ann.now(screen)).text


@pytest.mark.parametrize("data", ["oc:0", "oc:21", "oc:-1", "ol:4", "oa:de", "oa:"])
async def test_values_that_no_button_has_are_not_saved(ann: Person, data: str) -> None:
    screen = await ann.ask("/settings")

    assert (
        await ann.send(screen, data)
    ).text == "This button does not work any more. Press a newer one, or send a topic."
    assert texts([await ann.ask("/settings")]) == texts([screen])
