"""What the columns of a sheet mean: by our own header, or by that of Kahoot, Quizizz, Blooket, iSpring and others."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

QUESTION, KIND, RIGHT, EXPLANATION, SECONDS, POINTS, LEVEL, SOURCE, LINK = (
    *("question", "kind", "right", "explanation", "seconds", "points", "level", "source", "link"),
)
MOST_COLUMNS = 60
MOST_OF_A_NAME = 200
SIZE = r"(?: ?[-–(] ?(?:max|min|макс)\b.{0,60})?(?: ?\(optional\))?"
OPTION = re.compile(
    r"(?:answer|option|choice|alternative|ответ|вариант(?: ответа)?|опция)(?: option)? ?#?(\d{1,2}|[a-lа-м])" + SIZE
)
KNOWN = {
    QUESTION: rf"(?:question|question (?:text|title)|stem|вопрос|текст вопроса){SIZE}",
    KIND: r"kind|(?:question )?type|вид|тип(?: вопроса)?",
    RIGHT: (
        r"right(?: answers?)?|(?:correct|right) (?:answer|option|choice)(?:\(s\)|s)?(?: ?[-–(].{0,60})?|correct"
        r"|answers?|key|answer key|(?:правильн|верн)(?:ый|ые) (?:ответы?|варианты?)|ключ|ответ|верно"
    ),
    EXPLANATION: r"(?:answer )?explanation|(?:general |correct )?feedback|rationale|пояснение|объяснение|комментарий",
    SECONDS: r"seconds|time|time limit(?: ?[-–(].{0,80})?|time in seconds|время(?: ?[-–(,].{0,40})?|секунды?",
    POINTS: r"points|score|баллы?|очки",
    LEVEL: r"level|уровень",
    SOURCE: r"source|источник",
    LINK: r"link|url|ссылка",
}
PICTURES = re.compile(r"(?:image|picture|video|audio|media|картинка|изображение|видео|аудио)(?: (?:link|url))?")
IGNORED = re.compile(r"(?:question )?(?:#|№|no|n|id|number)|номер|incorrect feedback|")
KAHOOT = "Kahoot"
SHEETS = {
    KAHOOT: {"choose at least one"},
    "Blooket": {"only include answer #"},
    "Quizizz": {"question text", "question type", "correct answer", "time in seconds"},
}
"""Programs whose sheets name the right answer by its number, and what stands in the header of each."""
FORM = re.compile(r"timestamp|отметка времени")
KNOWN_WORDS = (
    "question, option 1, option 2 …, right; kind, explanation, level, source, link, seconds and points may be there"
)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where what stands in a row: places count from 0."""

    places: dict[str, int]
    options: tuple[int, ...]
    pictures: tuple[int, ...] = ()
    unknown: tuple[str, ...] = ()
    program: str = ""
    """Whose sheet this is, if its header tells."""
    by_number: bool = False
    """Whether the right answer is surely given by its number, not by its text."""

    def cell(self, row: Sequence[str], name: str) -> str:
        """What a row has in a column; empty where there is no such column."""
        place = self.places.get(name)
        return row[place].strip() if place is not None and place < len(row) else ""


def columns_of(row: Sequence[str]) -> Columns | None:
    """What the columns mean if this row is a header, with a question and at least two options or a right answer."""
    places: dict[str, int] = {}
    options: dict[str, int] = {}
    pictures: list[int] = []
    unknown: list[str] = []
    names = [" ".join(cell[:MOST_OF_A_NAME].casefold().split()) for cell in row[:MOST_COLUMNS]]
    for place, name in enumerate(names):
        option = OPTION.fullmatch(name)
        meaning = next((one for one, form in KNOWN.items() if re.fullmatch(form, name)), None)
        if option and option[1] not in options:
            options[option[1]] = place
        elif meaning and meaning not in places and not option:
            places[meaning] = place
        elif PICTURES.fullmatch(name):
            pictures.append(place)
        elif not IGNORED.fullmatch(name):
            unknown.append(row[place].strip()[:40])
    if QUESTION not in places or (len(options) < (1 if RIGHT in places else 2) and not {KIND, RIGHT} <= places.keys()):
        return None
    told = (one for one, parts in SHEETS.items() if all(any(part in name for name in names) for part in parts))
    program = next(told, "")
    by_number = bool(program) or (RIGHT in places and names[places[RIGHT]] == RIGHT)
    return Columns(places, tuple(sorted(options.values())), tuple(pictures), tuple(unknown), program, by_number)


def is_of_a_form(row: Sequence[str]) -> bool:
    """Whether this is the header of a sheet of what people answered to a form."""
    return bool(row) and bool(FORM.fullmatch(row[0].strip().casefold()))
