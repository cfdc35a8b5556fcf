"""What a picture of results shows: the words and shares of its rows, for whatever draws them."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from delivery.markup import plain_text
from delivery.numbers import percent
from delivery.results import counted_more, mean_words, place_number, present, score_words, summary
from delivery.words import translations
from quiz.results import QuestionResult, Results, Standing, question_results

MOST_PLAYERS = 8
MOST_QUESTIONS = 8
"""A picture much higher than wide is shown small in a chat."""


@dataclass(frozen=True, slots=True)
class Row:
    """A player or a question: its number, its name, a bar of a share of the whole width, and what that stands for.

    `instead` is shown where no letter of the name can be drawn.
    """

    number: str
    label: str
    value: str
    share: float
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, its rows, and a line on what it leaves out."""

    heading: str
    rows: tuple[Row, ...]
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """The picture."""

    title: str
    summary: tuple[str, ...]
    parts: tuple[Part, ...]

    def written_down(self) -> str:
        """The chart as text, for `read`."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @staticmethod
    def read(text: str) -> "Chart":
        """The chart that was written down."""
        given = json.loads(text)
        parts = tuple(
            Part(part["heading"], tuple(Row(**row) for row in part["rows"]), part["rest"]) for part in given["parts"]
        )
        return Chart(given["title"], tuple(given["summary"]), parts)


def chart_of(results: Results) -> Chart:
    """The first players and their scores, and the share of right answers of each question, of many the hardest."""
    rows = present(results)
    parts = [_players(rows, results)] if rows else []
    if results.asked:
        parts.append(_questions(question_results(results), results))
    return Chart(results.title, tuple(summary(results)), tuple(parts))


def _players(rows: Sequence[Standing], results: Results) -> Part:
    _ = translations(results.language).gettext
    best = max((row.points for row in rows), default=0.0) or 1.0
    whole = float(rows[0].asked) if all(row.points == row.right for row in rows) else best
    shown = [
        Row(
            number=place_number(row),
            label=row.player.name,
            value=score_words(row, results),
            share=row.points / whole,
            instead=_("Player {number}").format(number=row.player.number),
        )
        for row in rows[:MOST_PLAYERS]
    ]
    others = rows[MOST_PLAYERS:]
    rest = f"{counted_more(len(others), results.language)} · {mean_words(others, results)}" if others else ""
    return Part(_("Players"), tuple(shown), rest)


def _questions(asked: Sequence[QuestionResult], results: Results) -> Part:
    _ = translations(results.language).gettext
    numbered = list(enumerate(asked, start=1))
    if len(asked) <= MOST_QUESTIONS:
        heading, shown = _("Questions: right answers"), numbered
    else:
        heading = _("The hardest questions: right answers")
        shown = sorted(sorted(numbered, key=_hardest)[:MOST_QUESTIONS])
    rows = tuple(
        Row(f"{place}.", plain_text(one.question.stem), percent(one.share, results.language), one.share)
        for place, one in shown
    )
    left = len(asked) - len(shown)
    return Part(heading, rows, counted_more(left, results.language) if left else "")


def _hardest(one: tuple[int, QuestionResult]) -> tuple[float, int]:
    place, result = one
    return result.share, place
