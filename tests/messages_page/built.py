"""What is not worth waiting for, made by `delivery` as it would be: troubles of a model, long times, faults of ours."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from delivery import choice, errors, messages
from delivery.choice import TOPICS_ON_A_SCREEN, Offer
from delivery.score import score_screens
from delivery.screen import Screen
from delivery.words import LANGUAGES
from generation.request import Trouble
from quiz.attempt import State, Writing
from quiz.deck import Deck
from quiz.question import Question
from quiz.subjects import Subject
from tests.messages_page import phone
from tests.messages_page.bots import open_library
from tests.messages_page.scenes import Scene
from tests.messages_page.writing import GIANTS
from tests.samples import an_attempt

WHY = {
    errors.BUDGET: "What a day may cost is used up",
    Trouble.UNREACHABLE: "The model's provider cannot be reached",
    Trouble.SILENT: "It does not answer in time",
    Trouble.BUSY: "It is too busy",
    Trouble.BROKEN: "It has an error of its own",
    Trouble.REFUSED: "It does not want to",
    Trouble.GARBAGE: "It writes what is no question",
    Trouble.KEY: "It does not take the bot's key",
    Trouble.TOKENS: "It takes more than one quiz may",
    Trouble.NOTHING: "The notes say nothing that can be asked about",
    Trouble.ALL_ASKED: "All that the notes say was asked before",
    Trouble.LANGUAGE: "Without a model, and the notes are in another language",
    Trouble.NOT_INSTALLED: "The extra [notes] is not installed",
    errors.NOTES_GONE: "The notes are kept no more",
    errors.NO_MODEL: "The bot was started again without a model",
    errors.OURS: "A fault of ours",
}
LIBRARY = open_library()
SECONDS = {"Minutes": 80_000, "Hours": 4_000_000}


def subjects() -> list[Scene]:
    """Every subject that can be offered, and a subject of many topics."""
    return [
        _scene("With decks on every subject", lambda language: choice.ask_topic(Offer([*Subject], _moon()), language)),
        _scene("A subject of many topics, the second page", _many_topics),
    ]


def _many_topics(language: str) -> Screen:
    decks = [_moon()] * (2 * TOPICS_ON_A_SCREEN + 1)
    return choice.topics(Subject.ASTRONOMY, decks, 1, language)


def shortfalls() -> list[Scene]:
    """Why a quiz could not be written, or is shorter than asked for."""
    return [
        *(_scene(f"Nothing was written. {why}", _nothing(one)) for one, why in WHY.items()),
        _scene("The same, when there are questions: their score", _shorter(Trouble.TOKENS)),
        _scene("The notes give fewer questions", _shorter(Trouble.NOTHING)),
    ]


def times() -> list[Scene]:
    """How long a quiz took."""
    return [_scene(title, _slow(took)) for title, took in SECONDS.items()]


def troubles() -> list[Scene]:
    """A message or a press that the bot could not handle."""
    return [_scene("A fault of ours, at a message or a press", messages.after_trouble)]


def _scene(title: str, screen: Callable[[str], Screen]) -> Scene:
    return Scene(title, {language: [phone.screen(screen(language))] for language in LANGUAGES})


def _moon() -> Deck:
    """The deck on the Moon."""
    deck = LIBRARY.deck("moon")
    assert deck is not None
    return deck


def _questions(language: str) -> Sequence[Question]:
    """One question, in a language."""
    return _moon().questions[language][:1]


def _nothing(shortfall: str) -> Callable[[str], Screen]:
    """The end of a quiz without a question."""
    return lambda language: _score([], 3, shortfall, language)


def _shorter(shortfall: str) -> Callable[[str], Screen]:
    """The score of a quiz of one question instead of three."""
    return lambda language: _score(_questions(language), 3, shortfall, language)


def _slow(milliseconds: int) -> Callable[[str], Screen]:
    """The score of a quiz that took so long."""
    return lambda language: _score(_questions(language), 1, "", language, milliseconds)


def _score(plan: Sequence[Question], wanted: int, shortfall: str, language: str, took: int = 42_000) -> Screen:
    attempt = an_attempt(plan, dict.fromkeys(range(len(plan)), "a"), state=State.DONE, language=language, took=took)
    writing = Writing(wanted, language, is_open=False, shortfall=shortfall) if shortfall else None
    title = GIANTS[language] if writing else _moon().titles[language]
    (screen,) = score_screens(replace(attempt, title=title, writing=writing), {one.id: one for one in plan})
    return screen
