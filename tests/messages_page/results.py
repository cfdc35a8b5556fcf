"""What a round gave, and what its answers say of the questions."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from delivery.chart import chart_of
from delivery.charts import is_drawable, letters_of_font
from delivery.item_analysis import analysis_screen
from delivery.results import class_screen, results_caption, results_screen
from delivery.screen import Screen
from delivery.tables import class_table, tables_of
from delivery.words import LANGUAGES
from quiz.class_results import Pupil, class_results
from quiz.question import Question
from quiz.results import Results
from tests.messages_page import phone
from tests.messages_page.phone import Piece
from tests.messages_page.scenes import Scene
from tests.results_of_rounds import a_round, simulated
from tests.samples import a_question

TITLES = {"en": "The solar system", "ru": "Солнечная система"}
CLASSES = {"en": "Class 7b, November", "ru": "7 «Б», ноябрь"}
STEMS: Mapping[str, Sequence[str]] = {
    "en": (
        "Which planet is nearest to the Sun?",
        "Which planet is the hottest one on average?",
        "What gives Mars its reddish colour?",
        "How long does sunlight take to reach the Earth?",
        "Which of these is no planet?",
    ),
    "ru": (
        "Какая планета ближе всех к Солнцу?",
        "На какой планете в среднем жарче всего?",
        "Что придаёт Марсу красноватый цвет?",
        "За какое время солнечный свет доходит до Земли?",
        "Что из этого не планета?",
    ),
}
NAMES: Mapping[str, Sequence[str]] = {
    "en": (
        "Ann",
        "Ben",
        "Chloe",
        "Daniel Featherstonehaugh-Smythe",
        "Ella",
        "Finn",
        "Grace",
        "Harry",
        "Isla",
        "Jack",
        *(f"Student {number}" for number in range(11, 33)),
    ),
    "ru": (
        "Аня",
        "Борис",
        "Вера",
        "Константин Преображенский-Салтыков",
        "Глеб",
        "Дарья",
        "Егор",
        "Жанна",
        "Зоя",
        "Иван",
        *(f"Ученик {number}" for number in range(11, 33)),
    ),
}


def rounds() -> list[Scene]:
    """The places and the questions of a round, and the caption of its picture."""
    return [
        _scene("A round of a class of 30", lambda language: results_screen(_class(language))),
        _scene("The words under its picture", lambda language: Screen(results_caption(_class(language)))),
        _scene("One player, one question", lambda language: results_screen(_small(language, 1, 1))),
        _scene("Two players, and one who did not answer", lambda language: results_screen(_small(language, 2, 2, 1))),
        _scene("Two who did not answer", lambda language: results_screen(_small(language, 6, 2, 2))),
        _scene("Five who did not answer", lambda language: results_screen(_small(language, 11, 2, 5))),
        _scene("Speed counts", lambda language: results_screen(_points(language, (812.5, 640.0, 1.0, 0.0)))),
        _scene("Every question is worth two points", lambda language: results_screen(_points(language, (2.0,)))),
        _scene("Nobody took part", lambda language: results_screen(_small(language, 0, 1))),
    ]


def analysis() -> list[Scene]:
    """What is said of the questions."""
    return [
        _scene("What the answers of 32 say of a quiz", lambda language: analysis_screen(_doubtful(language))),
        _scene("Two players", lambda language: analysis_screen(_small(language, 2, 5))),
        _scene("One player", lambda language: analysis_screen(_small(language, 1, 5))),
        _scene("Nobody answered", lambda language: analysis_screen(_small(language, 0, 1))),
    ]


def classes() -> list[Scene]:
    """A class over its rounds."""
    return [
        _scene("Over three rounds", lambda language: _over(language, 3)),
        _scene("Over one", lambda language: _over(language, 1)),
        _scene("Over five", lambda language: _over(language, 5)),
    ]


def _scene(title: str, screen: Callable[[str], Screen]) -> Scene:
    return Scene(title, {language: [phone.screen(screen(language))] for language in LANGUAGES})


def _questions(language: str, number: int) -> tuple[Question, ...]:
    options = ("1", "2", "3", "4")
    stems = [STEMS[language][place % len(STEMS[language])] for place in range(number)]
    return tuple(a_question(stem, options, id=f"q{place}") for place, stem in enumerate(stems))


def _class(language: str) -> Results:
    results = simulated(30, 5, seed=4, names=NAMES[language], title=TITLES[language], language=language)
    stems = {one.id: stem for one, stem in zip(results.questions, STEMS[language], strict=True)}
    return replace(results, questions=tuple(replace(one, stem=stems[one.id]) for one in results.questions))


def _small(language: str, players: int, questions: int, silent: int = 0) -> Results:
    answers = dict.fromkeys(NAMES[language][:players], "a" * questions)
    answers |= dict.fromkeys(NAMES[language][players : players + silent], "-" * questions)
    return a_round(answers, _questions(language, questions), title=TITLES[language], language=language)


def _points(language: str, points: Sequence[float]) -> Results:
    results = _small(language, len(points), 1)
    worth = dict(enumerate(points, start=1))
    outcomes = tuple(replace(one, points=worth[one.player], right=worth[one.player] > 0) for one in results.outcomes)
    return replace(results, outcomes=outcomes)


def _doubtful(language: str) -> Results:
    """Two options unused, a wrong key, one that misleads, one guessed, one easy; then sound ones."""
    columns = (
        "a" * 20 + "b" * 12,
        "c" * 14 + "a" * 10 + "bdbdbdbd",
        "bcdabcda" + "a" * 24,
        "abcdcbadabdcbacd" * 2,
        "a" * 30 + "bb",
        *("a" * number + "bcd" * 10 for number in range(5, 32, 3)),
    )
    answers = {name: "".join(column[place] for column in columns) for place, name in enumerate(NAMES[language])}
    return a_round(answers, _questions(language, len(columns)), title=TITLES[language], language=language)


def _over(language: str, number: int) -> Screen:
    played = [_small(language, 2 + place % 2, 2) for place in range(number)]
    played[0] = a_round(
        {NAMES[language][0]: "aa", NAMES[language][1]: "ab"}, _questions(language, 2), language=language
    )
    there = [len(one.players) for one in played]
    pupils = [
        Pupil(name, tuple(place + 1 if place < players else None for players in there))
        for place, name in enumerate(NAMES[language][:4])
    ]
    return class_screen(CLASSES[language], number, class_results(played, pupils), language)


def pictures() -> list[Scene]:
    """The words of a picture, and the heads of the sheets."""
    return [
        Scene("The words of a picture", {language: [_picture(_odd(language, 5))] for language in LANGUAGES}),
        Scene("Of many questions", {language: [_picture(_odd(language, 12))] for language in LANGUAGES}),
        Scene("The sheets of a workbook", {language: _sheets(language) for language in LANGUAGES}),
    ]


def _odd(language: str, number: int) -> Results:
    """One of the names has no letter."""
    answers = dict.fromkeys((NAMES[language][0], "🦊", *NAMES[language][2:10]), "a" * number)
    return a_round(answers, _questions(language, number), title=TITLES[language], language=language)


def _picture(results: Results) -> Piece:
    chart, letters = chart_of(results), letters_of_font()
    lines = [chart.title, *chart.summary]
    for part in chart.parts:
        lines += ["", part.heading]
        for row in part.rows:
            name = row.label if is_drawable(row.label, letters) else row.instead
            lines.append(f"{row.number} {name} {row.value}")
        if part.rest:
            lines.append(part.rest)
    return Piece("picture", tuple(lines))


def _sheets(language: str) -> list[Piece]:
    results = _small(language, 2, 1)
    answers, analysis, whole = tables_of(results, "Europe/Berlin")
    pupils = [Pupil(name, (place,)) for place, name in enumerate(NAMES[language][:2], start=1)]
    table = class_table([results], class_results([results], pupils), "Europe/Berlin", language)
    figures = [str(row[0]) for row in whole.rows]
    return [
        *(Piece(f"sheet: {one.name}", (" | ".join(one.head),)) for one in (answers, analysis, table)),
        Piece(f"sheet: {whole.name}", (" | ".join(whole.head), *figures)),
    ]
