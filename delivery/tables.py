"""Results as tables for a spreadsheet: who answered what, the item analysis, the quiz as a whole; and a class."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from delivery.item_findings import finding_words
from delivery.markup import plain_text
from delivery.words import translations
from quiz.attempt import LETTERS
from quiz.class_results import ClassRow
from quiz.item_findings import item_findings
from quiz.item_indices import ItemIndices, Use, item_indices
from quiz.question import Question
from quiz.reliability import reliability
from quiz.results import Results, Standing
from quiz.score_table import score_table

Cell = str | int | float | datetime | None
"""Times are in the zone of the group, which their column names, and carry none themselves: spreadsheets know none."""


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: its name, what its columns are called, and its rows."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def tables_of(results: Results, zone: str) -> tuple[Table, Table, Table]:
    """Answers, item analysis, and figures of the whole quiz; times in the zone (IANA)."""
    return answers_table(results, zone), analysis_table(results), whole_table(results, zone)


def answers_table(results: Results, zone: str) -> Table:
    """A row for each player, best first; of each question what was chosen, whether that was right, and seconds."""
    _ = translations(results.language).gettext
    began = _local(results.began, zone)
    head = [_("Quiz"), _("Began ({zone})").format(zone=zone), _("Rank"), _("Name"), _("Points"), _("Right")]
    head += [_("Answered"), _("Asked"), _("Attendance"), _("Seconds for right answers")]
    for place, question in enumerate(results.asked, start=1):
        head.append(f"{place}. {_one_line(question)}")
        head += [_("{number}: right").format(number=place), _("{number}: seconds").format(number=place)]
    rows = tuple((results.title, began, *_figures(row), *_answers(row, results)) for row in results.places)
    return Table(_("Answers"), tuple(head), rows)


def analysis_table(results: Results) -> Table:
    """A row for each question, with every figure and what it stands on, and what it says in words."""
    _ = translations(results.language).gettext
    table = score_table(results)
    items = item_indices(table)
    letters = LETTERS[: max((len(item.question.options) for item in items), default=0)]
    head = ["№", _("Question"), _("Key"), _("Players"), _("Right"), _("Facility"), _("In each group")]
    head += [_("Right in the upper group"), _("Right in the lower group"), _("Discrimination"), _("Point-biserial")]
    for letter in letters:
        head += _three(letter, results.language)
    head += [*_three(_("Not answered"), results.language), _("Remarks")]
    rows = tuple(_item_row(place, item, len(letters), results.language) for place, item in enumerate(items, start=1))
    return Table(_("Item analysis"), tuple(head), rows)


def whole_table(results: Results, zone: str) -> Table:
    """A row for each figure of the quiz as a whole; those that are not defined stay empty."""
    _ = translations(results.language).gettext
    whole = reliability(score_table(results))
    rows: list[tuple[Cell, ...]] = [
        (_("Quiz"), results.title),
        (_("Began ({zone})").format(zone=zone), _local(results.began, zone)),
        (_("Ended ({zone})").format(zone=zone), _local(results.ended, zone)),
        (_("Joined"), len(results.players)),
        (_("Players"), whole.takers if whole else 0),
        (_("Questions"), len(results.asked)),
        (_("Mean of right answers"), whole and whole.mean),
        (_("Standard deviation"), whole and whole.deviation),
        (_("Reliability (KR-20)"), whole and whole.kr20),
        (_("Reliability of points (Cronbach's alpha)"), whole and whole.alpha),
        (_("Standard error of measurement"), whole and whole.error),
    ]
    if whole and not whole.says_enough:
        rows.append((_("Figures from so few players say little."), None))
    return Table(_("Whole quiz"), (_("Figure"), _("Value")), tuple(rows))


def class_table(rounds: Sequence[Results], rows: Sequence[ClassRow], zone: str, language: str) -> Table:
    """A row for each pupil: in how many rounds they were, sum, mean and share, and their points in each round."""
    _ = translations(language).gettext
    head = [_("Name"), _("Attended"), _("Rounds"), _("Points"), _("Mean per round"), _("Share of right answers")]
    head += [f"{_local(one.began, zone):%Y-%m-%d %H:%M} ({zone}) {one.title}" for one in rounds]
    body = tuple(
        (
            row.pupil.name,
            row.attended,
            len(rounds),
            row.points,
            row.mean_points,
            row.share,
            *(one.points if one else None for one in row.rounds),
        )
        for row in rows
    )
    return Table(_("Class"), tuple(head), body)


def _figures(row: Standing) -> tuple[Cell, ...]:
    attendance = row.answered / row.asked if row.asked else None
    figures = (row.points, row.right, row.answered, row.asked, attendance, row.time / 1000)
    return row.rank, row.player.name, *figures


def _answers(row: Standing, results: Results) -> list[Cell]:
    cells: list[Cell] = []
    for question in results.asked:
        outcome = results.outcome(row.player, question)
        if outcome is None:
            cells += [None, None, None]
        elif outcome.chosen is None:
            cells += ["–", 0, None]
        else:
            cells += [_letters(outcome.chosen, question), int(outcome.right), outcome.took / 1000]
    return cells


def _three(what: str, language: str) -> list[str]:
    _ = translations(language).gettext
    return [what, _("{option}: upper").format(option=what), _("{option}: lower").format(option=what)]


def _item_row(place: int, item: ItemIndices, options: int, language: str) -> tuple[Cell, ...]:
    question = item.question
    uses: list[Use | None] = [item.options[option.id] for option in question.options]
    uses += [None] * (options - len(uses))
    cells: list[Cell] = [place, _one_line(question), _letters(question.key, question), item.takers, item.right.chosen]
    cells += [item.facility, item.group, item.right.upper, item.right.lower, item.discrimination, item.point_biserial]
    for use in [*uses, item.not_answered]:
        cells += [use.chosen, use.upper, use.lower] if use else [None, None, None]
    return *cells, " ".join(finding_words(one, question, language) for one in item_findings(item))


def _letters(options: frozenset[str], question: Question) -> str:
    return "".join(LETTERS[place] for place, option in enumerate(question.options) if option.id in options)


def _one_line(question: Question) -> str:
    return " ".join(plain_text(question.stem).split())


def _local(milliseconds: int, zone: str) -> datetime:
    return datetime.fromtimestamp(milliseconds // 1000, ZoneInfo(zone)).replace(tzinfo=None)
