"""What a round gave, as one message for a group or a teacher: the places, and how each question went."""

from collections.abc import Iterable, Sequence

from delivery.markup import as_typed, columns, plain_text
from delivery.numbers import duration, number, percent, short_time
from delivery.question import LONGEST_MESSAGE
from delivery.screen import Screen
from delivery.words import translations
from quiz.class_results import ClassRow
from quiz.question import Question, utf16_length
from quiz.results import QuestionResult, Results, Standing, question_results

MOST_PLACES = 10
WIDEST_NAME = 22
WIDEST_STEM = 66
"""Columns: two lines of a narrow phone."""
WIDEST_TITLE = 100
BAR = 10
FULL, EMPTY = "▰", "▱"
MEDALS = {1: "🥇", 2: "🥈", 3: "🥉"}
ELLIPSIS = "…"


def results_screen(results: Results) -> Screen:
    """The places and the questions; what does not fit one message is counted at its end."""
    _ = translations(results.language).gettext
    lines = [f"🏁 <b>{title_of(results.title)}</b>", *summary(results), ""]
    rows = present(results)
    if not rows:
        return Screen("\n".join([*lines, _("Nobody took part.")]))
    lines += [place_line(row, results) for row in rows[:MOST_PLACES]]
    if more := rows[MOST_PLACES:]:
        lines.append(counted_more(len(more), results.language))
    blocks = [_question_block(place, one, results) for place, one in enumerate(question_results(results), start=1)]
    return Screen(_within(LONGEST_MESSAGE, "\n".join(lines), blocks, results.language))


def results_caption(results: Results) -> str:
    """The numbers of a picture of the results, as HTML under it: the first three, and the hardest question.

    Telegram takes 1,024 characters there; names and titles are cut so that it is always shorter.
    """
    _ = translations(results.language).gettext
    lines = [f"🏁 <b>{title_of(results.title)}</b>", *summary(results)]
    lines += [place_line(row, results) for row in present(results)[: len(MEDALS)]]
    asked = list(enumerate(question_results(results), start=1))
    place, hardest = min(asked, key=lambda one: (one[1].share, one[0]), default=(0, None))
    if hardest and hardest.share < 1:
        lines += ["", _("Hardest question:"), *_question_block(place, hardest, results).splitlines()[:2]]
    return "\n".join(lines)


def class_screen(title: str, rounds: int, rows: Sequence[ClassRow], language: str) -> Screen:
    """A class over several rounds: in how many each pupil was, the sum, the mean of those, and the share of right."""
    words = translations(language)
    _ = words.gettext
    counted = words.ngettext("{number} round", "{number} rounds", rounds).format(number=rounds)
    head = [f"📒 <b>{title_of(title)}</b>", counted]
    blocks = [_class_block(row, rounds, language) for row in rows]
    return Screen(_within(LONGEST_MESSAGE, "\n".join(head), blocks, language))


def title_of(title: str) -> str:
    """A title as HTML, cut where it is very long."""
    return as_typed(shortened(title, WIDEST_TITLE))


def name_of(name: str) -> str:
    """A player's name as HTML, on one line and cut to what leaves room beside it; by its number where it is blank."""
    return as_typed(shortened(name, WIDEST_NAME) or "?")


def stem_of(question: Question) -> str:
    """The beginning of a question as HTML."""
    return as_typed(shortened(plain_text(question.stem), WIDEST_STEM))


def shortened(text: str, widest: int) -> str:
    """A text on one line, cut to so many columns, and to twice as many characters, some of which have no width."""
    line = " ".join(text.split())
    if columns(line) <= widest and len(line) <= 2 * widest:
        return line
    line = line[: 2 * widest]
    while columns(line) > widest - 1:
        line = line[:-1]
    return line.rstrip() + ELLIPSIS


def present(results: Results) -> tuple[Standing, ...]:
    """The places of those who answered something."""
    return tuple(row for row in results.places if row.present)


def score_words(row: Standing, results: Results) -> str:
    """A player's score: 4 of 5, or the points where these say more."""
    words = translations(results.language)
    if results.counts_points:
        points = number(row.points, results.language)
        # A fraction takes the form of many in Russian: 2,5 балла.
        counted = round(row.points) if float(row.points).is_integer() else 2
        return words.ngettext("{number} point", "{number} points", counted).format(number=points)
    return words.gettext("{right} of {total}").format(right=row.right, total=row.asked)


def place_line(row: Standing, results: Results) -> str:
    """Rank, name, score, and the time that parts those who have the same."""
    rank = MEDALS.get(row.rank, "") if row.right else ""
    time = f" · {duration(row.time, results.language)}" if row.right else ""
    return f"{rank or place_number(row)} {name_of(row.player.name)} · {score_words(row, results)}{time}"


def place_number(row: Standing) -> str:
    """The rank as it stands in a list."""
    return f"{row.rank}."


def mean_words(rows: Sequence[Standing], results: Results) -> str:
    """The mean of some players' scores."""
    values = [row.points if results.counts_points else row.right for row in rows]
    mean = number(sum(values) / len(values), results.language)
    return translations(results.language).gettext("Mean: {number}").format(number=mean)


def summary(results: Results) -> Iterable[str]:
    """How many played how many questions, their mean, and how many only joined; a line each."""
    words = translations(results.language)
    there, asked = present(results), len(results.asked)
    players = words.ngettext("{number} player", "{number} players", len(there)).format(number=len(there))
    questions = words.ngettext("{number} question", "{number} questions", asked).format(number=asked)
    yield f"{players} · {questions}"
    if there:
        yield mean_words(there, results)
    if silent := len(results.players) - len(there):
        line = words.ngettext("{number} joined and did not answer", "{number} joined and did not answer", silent)
        yield line.format(number=silent)


def counted_more(number: int, language: str) -> str:
    """How many are left out."""
    return translations(language).ngettext("… and {number} more", "… and {number} more", number).format(number=number)


def _question_block(place: int, one: QuestionResult, results: Results) -> str:
    _ = translations(results.language).gettext
    full = round(one.share * BAR)
    bar = FULL * full + EMPTY * (BAR - full)
    lines = [f"<b>{place}.</b> {stem_of(one.question)}", f"{bar} {percent(one.share, results.language)}"]
    if one.fastest:
        time = short_time(one.took, results.language)
        lines.append(_("fastest: {name}, {time}").format(name=name_of(one.fastest.name), time=time))
    return "\n".join(lines)


def _class_block(row: ClassRow, rounds: int, language: str) -> str:
    _ = translations(language).gettext
    there = _("attended: {number} of {total}").format(number=row.attended, total=rounds)
    if not row.attended:
        return f"<b>{name_of(row.pupil.name)}</b>\n{there}"
    sums = _("sum {sum}, mean {mean}").format(
        sum=number(row.points, language), mean=number(row.mean_points or 0.0, language)
    )
    right = _("{percent} right").format(percent=percent(row.share or 0.0, language))
    return f"<b>{name_of(row.pupil.name)}</b>\n{there} · {right}\n{sums}"


def _within(most: int, text: str, blocks: Sequence[str], language: str) -> str:
    """The text with as many of the blocks as one message holds, and how many are left out."""
    for place, block in enumerate(blocks):
        more = counted_more(len(blocks) - place, language)
        if utf16_length(f"{text}\n\n{block}\n\n{more}") > most:
            return f"{text}\n\n{more}"
        text += f"\n\n{block}"
    return text
