"""Everything else the bot says: what it shows, what it offers, and that Telegram takes it in every language."""

from collections.abc import Callable
from inspect import getmembers, isfunction, signature

import pytest

from delivery import messages, toasts
from delivery.buttons import Replace, Resume, SetCount, SetLanguage, SetLevel, Stop
from delivery.commands import command_list
from delivery.screen import Screen
from delivery.words import LANGUAGES
from quiz.attempt import State
from quiz.identity import derived_id
from quiz.languages import TRUE_FALSE_WORDS
from quiz.question import Level, utf16_length
from tests.delivery.screens import asked_for, labels_of, rows_of, text_of
from tests.samples import ATTEMPT_ID, a_question, an_attempt

TITLE = "<b>R&D</b>"
ATTEMPT = an_attempt([a_question()] * 5, {0: "a", 1: "b"}, title=TITLE)
DIALOG = derived_id("a dialog")
SCREENS: dict[str, Callable[[str], Screen]] = {
    "refused_topic": messages.refused_topic,
    "invalid_topic": messages.invalid_topic,
    "only_text": messages.only_text,
    "no_such_level": lambda language: messages.no_such_level(TITLE, language),
    "fewer_questions": lambda language: messages.fewer_questions(4, 10, language),
    "busy": lambda language: messages.busy(ATTEMPT, TITLE, DIALOG, language),
    "finish_first": lambda language: messages.finish_first(ATTEMPT, language),
    "replaced": lambda language: messages.replaced(ATTEMPT, language),
    "still_open": lambda language: messages.still_open(ATTEMPT, language),
    "press_a_button": lambda language: messages.press_a_button(ATTEMPT, language),
    "nothing_to_stop": messages.nothing_to_stop,
    "play_in_private": lambda language: messages.play_in_private("https://t.me/quiz_bot?start=", language),
    "help_text": messages.help_text,
    "settings_screen": lambda language: messages.settings_screen(10, None, None, language),
    "after_trouble": messages.after_trouble,
}


def test_every_screen_is_looked_at_here() -> None:
    written = {name for name, one in getmembers(messages, isfunction) if one.__module__ == messages.__name__}

    assert SCREENS.keys() == {name for name in written if not name.startswith("_") and name != "level_names"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SCREENS)
def test_telegram_takes_every_screen(name: str, language: str) -> None:
    screen = SCREENS[name](language)

    assert "{" not in text_of(screen), "every placeholder is filled in"
    rows_of(screen)
    asked_for(screen)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["no_such_level", "busy", "finish_first", "replaced"])
def test_html_in_a_title_or_topic_is_shown_not_obeyed(name: str, language: str) -> None:
    assert TITLE in text_of(SCREENS[name](language))


def test_leaving_a_quiz_for_another_is_asked_about() -> None:
    screen = messages.busy(ATTEMPT, "Fractions", DIALOG, "en")

    assert text_of(screen) == ("You are at question 3 of 5 in “<b>R&D</b>”.\n\nStop it and start “Fractions”?")
    assert asked_for(screen) == [Resume(ATTEMPT_ID), Replace(ATTEMPT_ID, DIALOG)]


def test_who_types_an_answer_is_shown_the_buttons() -> None:
    screen = messages.press_a_button(ATTEMPT, "en")

    assert text_of(screen) == "Please answer with the buttons under the question."
    assert asked_for(screen) == [Resume(ATTEMPT_ID), Stop(ATTEMPT_ID)]
    assert labels_of(screen) == ["▶️ Show the question again", "⏹ Stop"]


def test_a_quiz_left_for_another_can_be_gone_back_to() -> None:
    screen = messages.replaced(ATTEMPT, "en")

    assert text_of(screen) == "Stopped “<b>R&D</b>” after 2 of 5 questions."
    assert asked_for(screen) == [Resume(ATTEMPT_ID)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_settings_offer_every_value_and_mark_those_in_force(language: str) -> None:
    screen = messages.settings_screen(7, Level.APPLICATION, "ru", language)

    offered = asked_for(screen)
    assert [one.count for one in offered if isinstance(one, SetCount)] == list(range(1, 21))
    assert [one.level for one in offered if isinstance(one, SetLevel)] == [None, *Level]
    assert [one.language for one in offered if isinstance(one, SetLanguage)] == [None, "en", "ru"]
    in_force = [one for one, label in zip(offered, labels_of(screen), strict=True) if label.startswith("•")]
    assert in_force == [SetCount(7), SetLevel(Level.APPLICATION), SetLanguage("ru")]


@pytest.mark.parametrize(
    ("available", "line"),
    [
        (1, "Для ваших настроек в этой теме только 1 вопрос, а не 20."),
        (2, "Для ваших настроек в этой теме только 2 вопроса, а не 20."),
        (5, "Для ваших настроек в этой теме только 5 вопросов, а не 20."),
        (11, "Для ваших настроек в этой теме только 11 вопросов, а не 20."),
    ],
)
def test_russian_counts_one_two_and_five_differently(available: int, line: str) -> None:
    assert text_of(messages.fewer_questions(available, 20, "ru")) == line


@pytest.mark.parametrize(
    ("available", "line"),
    [
        (1, "This topic has only 1 question for your settings, not 20."),
        (4, "This topic has only 4 questions for your settings, not 20."),
    ],
)
def test_english_counts_one_and_many_differently(available: int, line: str) -> None:
    assert text_of(messages.fewer_questions(available, 20, "en")) == line


TOASTS = {
    name: one
    for name, one in getmembers(toasts, isfunction)
    if one.__module__ == toasts.__name__ and not name.startswith("_")
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TOASTS)
def test_every_toast_fits(name: str, language: str) -> None:
    toast = TOASTS[name]
    longest = {"number": 12, "state": State.STOPPED}
    more = {name: value for name, value in longest.items() if name in signature(toast).parameters}

    assert 1 <= utf16_length(toast(language, **more)) <= 200


def test_how_many_are_chosen_is_said_in_the_toast() -> None:
    assert toasts.selected("en", 2) == "Chosen: 2"
    assert toasts.selected("ru", 2) == "Выбрано: 2"
    assert toasts.selected("en", 0) == "Nothing chosen yet"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_verdict_is_not_called_like_an_option(language: str) -> None:
    said = f"{toasts.right(language)} {toasts.wrong(language)}"

    assert not [word for word in TRUE_FALSE_WORDS[language] if word in said]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("private", [True, False])
def test_commands_are_described_as_telegram_takes_them(language: str, *, private: bool) -> None:
    commands = command_list(language, private=private)

    assert [name for name, _what in commands] == (
        ["quiz", "notes", "stop", "report", "settings", "forget", "help"]
        if private
        else ["quiz", "stop", "score", "help"]
    )
    assert all(1 <= len(what) <= 256 for _name, what in commands)
