"""What a group sees of a live round, made by `delivery` as it would be."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from delivery import lobby, round_toasts
from delivery.round_question import question_after_result, round_question_screen
from delivery.round_result import (
    Closed,
    Score,
    end_screens,
    pause_screen,
    result_html,
    score_screen,
    why_it_ended,
)
from delivery.screen import Screen
from delivery.words import LANGUAGES
from quiz.question import Kind, Question
from quiz.round import Absence, Ending, Mode, Points, Round, RoundQuestion, RoundSettings, RoundState
from quiz.round_score import LiveAnswer, Place, Standing
from tests.messages_page import phone
from tests.messages_page.bots import open_library
from tests.messages_page.phone import Piece
from tests.messages_page.scenes import Scene
from tests.samples import a_round, planned

NAMES = {
    "en": ("Ann", "Bob", "Cleo", "Dan", "Eve", "Finn"),
    "ru": ("Аня", "Боря", "Вера", "Гена", "Даша", "Егор"),
}
GROUP = {"en": "Class 7b", "ru": "7 «Б»"}
MINUTE, HOUR = 60_000, 3_600_000
A_ROUND: Mapping[str, Callable[[str], str]] = {
    "“I am ready”": lambda language: round_toasts.ready(language, 3),
    "The same, once the round has begun": round_toasts.joined,
    "An answer": lambda language: round_toasts.taken(language, ["B"], change=True),
    "The answer taken back, of a question with several": lambda language: round_toasts.taken(language, [], change=True),
    "A second answer, where the first counts": round_toasts.final,
    "Too late": round_toasts.late,
    "In a pause": round_toasts.paused,
    "After the end": round_toasts.over,
    "A round that is not kept, or of another group": round_toasts.gone,
    "What only those do who lead": round_toasts.for_leaders,
    "Who leads presses": round_toasts.done,
    "Under an older message": round_toasts.outdated,
    "A setting that Telegram is too slow for": lambda language: round_toasts.too_fast(language, 8),
    "Telegram does not say who is an administrator": round_toasts.cannot_ask_telegram,
}
FALLING = RoundSettings(
    points=Points.FALLING, change=False, quorum=10, seconds=30, count=0, absence=Absence.GO_ON, pause=10
)


def played() -> list[Scene]:
    """From the lobby to the last result."""
    return [
        _scene("/quiz and a topic, by an administrator", lambda language: lobby.lobby_screen(_lobby(language), 0)),
        _scene("The lobby of a round that is set otherwise", _other_lobby),
        _scene("The lobby of a round by polls, after the bot was away", _poll_lobby),
        _scene("Its settings", lambda language: lobby.lobby_settings_screen(_lobby(language), 0)),
        _scene("The same, all otherwise", _other_settings),
        _scene("A question", lambda language: round_question_screen(_at(language, 0), _question(language, 0))),
        _scene("It is closed", _result),
        _scene("A question with several right answers; the result before stands above it", _together),
        _scene("After a while in which the bot was cut off", _after_an_absence),
        _scene("A pause", lambda language: pause_screen(_at(language, 1))),
        _scene("/score", lambda language: score_screen(_at(language, 1), _score(language, 1))),
        _scene("/score, before anybody has answered", lambda language: score_screen(_at(language, 1), Score((), {}))),
        _scene("/quiz, and a round is open", lambda language: lobby.already_open(_title(language), language)),
        _scene("/quiz without a topic, by an administrator", lobby.which_topic),
        _scene("/quiz, and there is no quiz on the topic", _no_such_quiz),
        _scene("/stop or /score, and nothing is played", lobby.no_round),
        _scene("/stop, by who does not lead", lobby.leaders_only),
        _scene("Telegram does not say who is an administrator", lobby.telegram_is_silent),
    ]


def pressed() -> list[Scene]:
    """What who presses is told."""
    return [_toast(title, words) for title, words in A_ROUND.items()]


def ended() -> list[Scene]:
    """The last words of a round."""
    in_private = (Ending.REMOVED, Ending.SILENCED, Ending.TOPIC)
    return [
        _pieces("After the last question", _done),
        *(_pieces(f"It ended before: {ending}", _stopped(ending)) for ending in Ending if ending not in in_private),
        *(_scene(f"In private, to who began it: {ending}", _why(ending)) for ending in in_private),
    ]


def _question(language: str, position: int) -> Question:
    deck = open_library().deck("moon")
    assert deck is not None
    questions = deck.questions[language]
    return next(one for one in questions if (one.kind is Kind.MULTIPLE) == bool(position))


def _title(language: str) -> str:
    deck = open_library().deck("moon")
    assert deck is not None
    return deck.titles[language]


def _at(language: str, position: int, settings: RoundSettings | None = None) -> Round:
    plan = [RoundQuestion(planned(_question(language, one))) for one in (0, 1)]
    return a_round(plan, settings, position=position, players=6, language=language, title=_title(language))


def _lobby(language: str, settings: RoundSettings | None = None) -> Round:
    return replace(_at(language, 0, settings), state=RoundState.LOBBY)


def _other_lobby(language: str) -> Screen:
    return lobby.lobby_screen(replace(_lobby(language, FALLING), starts=5 * MINUTE), 0)


def _poll_lobby(language: str) -> Screen:
    return lobby.lobby_screen(replace(_lobby(language, RoundSettings(mode=Mode.POLLS)), away=3 * MINUTE), 0)


def _other_settings(language: str) -> Screen:
    settings = replace(FALLING, mode=Mode.POLLS)
    return lobby.lobby_settings_screen(replace(_lobby(language, settings), starts=5 * MINUTE), 0)


def _closed(language: str, position: int) -> Closed:
    question = _question(language, position)
    wrong = next(option.id for option in question.options if option.id not in question.key)
    answers = {number: LiveAnswer(question.key, 1200 * number) for number in (1, 2, 3)}
    return Closed(position, question, {**answers, 4: LiveAnswer(frozenset(wrong), 900)})


def _score(language: str, closed: int) -> Score:
    standing = Standing.of(range(1, 7))
    one = _at(language, closed)
    for position in range(closed):
        standing.add(one, position, _closed(language, position).answers)
    names = dict(enumerate(NAMES[language], 1))
    del names[6]  # forgotten
    return Score(standing.places(), names)


def _result(language: str) -> Screen:
    one = replace(_at(language, 0), state=RoundState.BETWEEN)
    return Screen(result_html(one, _closed(language, 0), _score(language, 1)))


def _together(language: str) -> Screen:
    one = _at(language, 1)
    return question_after_result(one, _question(language, 1), _closed(language, 0), _score(language, 1))


def _after_an_absence(language: str) -> Screen:
    return round_question_screen(replace(_at(language, 0), away=2 * MINUTE), _question(language, 0))


def _no_such_quiz(language: str) -> Screen:
    topic = {"en": "knots", "ru": "морские узлы"}[language]
    return lobby.no_such_quiz(topic, [_title(language)], language)


def _done(language: str) -> list[Screen]:
    one = replace(_at(language, 1), state=RoundState.DONE, closed={0: 1, 1: 2})
    score = _score(language, 2)
    more = [Place(7 + extra, 7 + extra, 0, 0, 0) for extra in range(30)]
    return list(end_screens(one, [_closed(language, 1)], Score([*score.places, *more], score.names)))


def _stopped(ending: Ending) -> Callable[[str], list[Screen]]:
    def screens(language: str) -> list[Screen]:
        one = replace(_at(language, 1), state=RoundState.STOPPED, ending=ending, away=HOUR)
        score = Score((), {}) if ending in {Ending.NOBODY, Ending.LEFT} else _score(language, 1)
        return list(end_screens(one, [], score))

    return screens


def _why(ending: Ending) -> Callable[[str], Screen]:
    def screen(language: str) -> Screen:
        told = why_it_ended(replace(_at(language, 1), ending=ending), GROUP[language])
        assert told is not None
        return told

    return screen


def _scene(title: str, screen: Callable[[str], Screen]) -> Scene:
    return Scene(title, {language: [phone.screen(screen(language))] for language in LANGUAGES})


def _pieces(title: str, screens: Callable[[str], list[Screen]]) -> Scene:
    return Scene(title, {language: [phone.screen(one) for one in screens(language)] for language in LANGUAGES})


def _toast(title: str, words: Callable[[str], str]) -> Scene:
    pieces: dict[str, list[Piece]] = {language: [phone.words(words(language))] for language in LANGUAGES}
    return Scene(title, pieces)
