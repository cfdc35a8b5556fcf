"""Questions that stand in the rows of a sheet, whichever file the sheet is in; and the header that we write."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quiz.formats.columns import (
    EXPLANATION,
    KAHOOT,
    KIND,
    KNOWN_WORDS,
    LEVEL,
    LINK,
    POINTS,
    QUESTION,
    RIGHT,
    SECONDS,
    SOURCE,
    Columns,
    columns_of,
    is_of_a_form,
)
from quiz.formats.exported import escaped_html
from quiz.formats.html_text import TooLong, from_text
from quiz.formats.imported import Draft, DraftOption, Intake
from quiz.formats.weights import ASKED, NotTaken
from quiz.question import OPTION_IDS, Kind, Level, Question, Source

FEWEST_OPTIONS = 4
FIRST_ROWS = 30
"""A header stands among them; before it may be what a program says about its template."""
MOST_ROWS = 20_000
KINDS = {
    **dict.fromkeys(("single", "sc", "single choice", "one answer", "single select", "один ответ"), Kind.SINGLE),
    **dict.fromkeys(
        (
            *("multiple", "ma", "mr", "checkbox", "checkboxes", "multiple response", "multiple answer"),
            *("multi select", "multiple select", "multiple answers", "несколько ответов"),
        ),
        Kind.MULTIPLE,
    ),
    **dict.fromkeys(
        ("truefalse", "tf", "true/false", "true or false", "true false", "верно/неверно", "да/нет"), Kind.TRUE_FALSE
    ),
}
OPEN_KINDS = {"", "mc", "multiple choice", "quiz", "choice", "выбор", "выбор ответа"}
"""One or several: as many as are named right."""
TRUE = {"true", "t", "yes", "верно", "правда", "да", "истина"}
FALSE = {"false", "f", "no", "неверно", "неправда", "ложь", "нет"}
CYRILLIC_LETTERS = "абвгдежзиклм"


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, and its number, from 1."""

    number: int
    cells: Sequence[str]


def find_header(rows: Iterable[Row]) -> tuple[Row, Columns] | None:
    """The header among the first rows, and what its columns mean."""
    for row in rows:
        columns = columns_of(row.cells)
        if columns:
            return row, columns
    return None


def take_rows(rows: Sequence[Row], columns: Columns, intake: Intake) -> None:
    """Take the questions of all rows below a header."""
    for row in rows[:MOST_ROWS]:
        if intake.is_full:
            return
        asked = (columns.cell(row.cells, name) for name in (QUESTION, RIGHT))
        if not any(asked) and not any(row.cells[place].strip() for place in columns.options if place < len(row.cells)):
            continue
        try:
            intake.take(_draft(row, columns))
        except NotTaken as error:
            intake.refuse(row.number, str(error))
        except TooLong:
            intake.refuse(row.number, "the question is longer than any can be")
    if len(rows) > MOST_ROWS:
        intake.refuse(rows[MOST_ROWS].number, f"only {MOST_ROWS} rows are read: make several files of it")


def note_columns(header: Row, columns: Columns, intake: Intake) -> None:
    """Say which columns are left out."""
    for name in columns.unknown:
        intake.warn(header.number, f"the column “{name}” is not known and is left out")


def why_no_header(rows: Sequence[Row]) -> str:
    """What to say of a sheet without a header that is known."""
    if any(is_of_a_form(row.cells) for row in rows[:1]):
        return "these are the answers that people gave to a form, not its questions: Google Forms exports no questions"
    return f"there is no row with the names of columns: {KNOWN_WORDS} (quizbot import --template csv)"


def _draft(row: Row, columns: Columns) -> Draft:
    """The question of a row; raises NotTaken."""
    cells = row.cells
    kind = _kind(columns.cell(cells, KIND))
    stem = from_text(columns.cell(cells, QUESTION))
    written = [cells[place].strip() if place < len(cells) else "" for place in columns.options]
    while written and not written[-1]:
        written.pop()
    explanation = from_text(columns.cell(cells, EXPLANATION))
    options = [from_text(text) for text in written]
    lost = [loss for shown in (stem, *options, explanation) for loss in shown.losses]
    lost += [
        "a picture, sound or video is not taken"
        for place in columns.pictures
        if place < len(cells) and cells[place].strip()
    ]
    level = columns.cell(cells, LEVEL)
    source = columns.cell(cells, SOURCE)
    draft = Draft(
        line=row.number,
        stem=stem.text,
        explanation=explanation.text,
        lost=lost,
        level=Level(level) if level in set(Level) else Level.UNDERSTANDING,
        source=Source(source, columns.cell(cells, LINK) or None) if source else None,
        seconds=_number(columns.cell(cells, SECONDS)),
        points=_number(columns.cell(cells, POINTS)),
    )
    right = columns.cell(cells, RIGHT)
    if kind is Kind.TRUE_FALSE:
        draft.truth = _truth(right, written)
        return draft
    empty = [text for text, shown in zip(written, options, strict=True) if text and not shown.text]
    if empty:
        raise NotTaken(f"nothing is left of the option “{empty[0][:40]}”")
    draft.options, named = _options([shown.text for shown in options], right, columns)
    if kind is Kind.SINGLE and len(named) > 1:
        raise NotTaken(f"{len(named)} answers are named right, and the question is of a kind that has one")
    draft.several = kind is Kind.MULTIPLE or len(named) > 1
    if draft.several and columns.program == KAHOOT:
        lost.append(f"in {KAHOOT} each of the {len(named)} right answers is enough: here all of them are to be chosen")
    return draft


def _options(texts: list[str], right: str, columns: Columns) -> tuple[list[DraftOption], set[int]]:
    """The options with their fractions, and which are right."""
    if RIGHT in columns.places:
        named = _named(right, texts, by_number=columns.by_number)
    else:
        named = {place for place, text in enumerate(texts) if text.startswith("*")}
        texts = [text.removeprefix("*").strip() for text in texts]
    if not named:
        raise NotTaken(
            "no option is named right" if RIGHT in columns.places else "no option begins with *, the sign of the right"
        )
    if not all(place < len(texts) and texts[place] for place in named):
        raise NotTaken("the option that is named right is empty")
    return [DraftOption(text, (place in named) / len(named)) for place, text in enumerate(texts) if text], named


def _kind(written: str) -> Kind | None:
    """The kind that a cell names; None where the number of right answers tells it. Raises NotTaken."""
    name = " ".join(written.casefold().replace("_", " ").replace("-", " ").split())
    if name in OPEN_KINDS:
        return None
    if name not in KINDS:
        raise NotTaken(f"a question of the kind “{written[:40]}” is not taken: {ASKED}")
    return KINDS[name]


def _truth(right: str, written: list[str]) -> bool:
    """Whether a statement is true; raises NotTaken."""
    word = right.casefold()
    if word.isdecimal() and written:
        place = int(word) - 1
        word = written[place].casefold() if place < len(written) else ""
    elif not right and written:
        word = next((text[1:].strip().casefold() for text in written if text.startswith("*")), "")
    if word in TRUE | FALSE:
        return word in TRUE
    raise NotTaken(f"of a statement it must be said whether it is true or false, not “{right[:40]}”")


def _named(right: str, texts: list[str], *, by_number: bool) -> set[int]:
    """The places of the options that a cell names right: by number, letter or text. Raises NotTaken."""
    if not right:
        raise NotTaken("it is not said which option is right")
    by_text = _by_text(right, texts)
    places = _by_place(right, len(texts))
    if places is not None and by_text is not None and places != by_text and not by_number:
        raise NotTaken(f"“{right[:40]}” is the number or letter of one option and the text of another: which is right?")
    if places is None and by_text is None:
        raise NotTaken(f"the right answer “{right[:40]}” is none of the {len(texts)} options")
    return places if places is not None else by_text or set()


def _by_text(right: str, texts: list[str]) -> set[int] | None:
    folded = [" ".join(text.casefold().split()) for text in texts]
    for parts in ([right], re.split(r"[;|\n]", right), right.split(",")):
        wanted = [" ".join(part.casefold().split()) for part in parts]
        if all(part and part in folded for part in wanted):
            return {folded.index(part) for part in wanted}
    return None


def _by_place(right: str, number: int) -> set[int] | None:
    if re.fullmatch(r"\d{1,2}\.\d", right):
        # A spreadsheet in which the comma is the decimal sign makes a number of “1,3”.
        right = right.replace(".", ",")
    tokens = re.split(r"[\s,;|&]+", right.strip(" ,;.)").casefold())
    places: list[int] = []
    for token in tokens:
        if token.isdecimal() and len(token) < 3:
            places.append(int(token) - 1)
        elif len(token) == 1 and token in OPTION_IDS + CYRILLIC_LETTERS:
            places.append((OPTION_IDS if token in OPTION_IDS else CYRILLIC_LETTERS).index(token))
        else:
            return None
    valid = len(set(places)) == len(places) and all(0 <= place < number for place in places)
    return set(places) if valid else None


def _number(written: str) -> int | None:
    found = re.match(r"\d{1,4}", written)
    return int(found[0]) or None if found else None


def header(number_of_options: int) -> list[str]:
    """The names of the columns that we write."""
    options = [f"option {number}" for number in range(1, number_of_options + 1)]
    return [QUESTION, KIND, *options, RIGHT, EXPLANATION, LEVEL, SOURCE, LINK]


def rows_of(questions: Sequence[Question]) -> list[list[str]]:
    """The header, and a row for each question."""
    number = max([FEWEST_OPTIONS, *(len(one.options) for one in questions)])
    return [header(number), *(_row(one, number) for one in questions)]


def _row(question: Question, number: int) -> list[str]:
    texts = [escaped_html(option.text) for option in question.options]
    right = [str(place) for place, option in enumerate(question.options, start=1) if option.id in question.key]
    if question.kind is Kind.TRUE_FALSE:
        # The words for true and false are those of the language, whoever reads it.
        texts, right = [], ["true" if right == ["1"] else "false"]
    return [
        escaped_html(question.stem),
        question.kind.value,
        *texts,
        *[""] * (number - len(texts)),
        ",".join(right),
        escaped_html(question.explanation),
        question.level.value,
        question.source.title if question.source else "",
        (question.source.url or "") if question.source else "",
    ]
