"""How good quizzes are, in figures with 95 % intervals."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generation.evaluation.result import Delivered, QuizRecord, Result
from generation.writing import UNREADABLE
from quiz.balance import evenness, key_places, longest_is_key
from quiz.intervals import Interval, Share, median, median_interval, share_of
from quiz.item_flaws import RULES, flaws
from quiz.near_duplicates import near_duplicates
from quiz.question import Question

IN_WORDS = 300
MICRO = 1_000_000


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: a share, or a number in its `unit`; None where there is nothing to measure, and `note` says why."""

    group: str
    name: str
    value: float | None
    interval: Interval | None = None
    share: Share | None = None
    unit: str = ""
    note: str = ""


def measure(result: Result) -> list[Figure]:
    """Every figure of an evaluation, group by group.

    The intervals take questions for independent of each other; those of one source are not quite, so that the true ones
    are somewhat wider.
    """
    asked = [one.to_question() for one in result.questions]
    return [
        *_written(result),
        *_dropped(result.quizzes),
        *_confirmed(result),
        *_flaws(asked),
        *_form(result.quizzes, asked),
        *_time_and_cost(result.quizzes),
    ]


def _written(result: Result) -> Iterator[Figure]:
    group = "What was written"
    quizzes, questions = result.quizzes, result.questions
    yield _number(group, "sources or topics", len(quizzes))
    yield _share(group, "of them with a quiz", share_of(bool(quiz.questions) for quiz in quizzes))
    yield _number(group, "questions delivered", len(questions))
    asked_for = Share(len(questions), sum(quiz.asked_for for quiz in quizzes))
    yield _share(group, "of those asked for", asked_for)
    words = sum(quiz.words or 0 for quiz in quizzes)
    of_sources = sum(len(quiz.questions) for quiz in quizzes if quiz.words)
    rate = IN_WORDS * of_sources / words if words else None
    yield Figure(group, "questions in 300 words", rate, note="" if words else "there is no source")
    drafted = sum(quiz.drafted for quiz in quizzes)
    unreadable = sum(one.by == UNREADABLE for quiz in quizzes for one in quiz.dropped)
    note = "" if result.made.models else "this writer writes no lines"
    lines = Share(drafted - unreadable, drafted) if result.made.models else Share(0, 0)
    yield _share(group, "well-formed lines", lines, note)


def _dropped(quizzes: Sequence[QuizRecord]) -> Iterator[Figure]:
    group = "Dropped, by the check that did it, of all drafts"
    drafted = sum(quiz.drafted for quiz in quizzes)
    counted = Counter(one.by for quiz in quizzes for one in quiz.dropped)
    yield _share(group, "all", Share(counted.total(), drafted))
    for check, number in counted.most_common():
        yield _share(group, check, Share(number, drafted))


def _confirmed(result: Result) -> Iterator[Figure]:
    group = "Keys that an independent solver confirms"
    made, questions = result.made, result.questions
    note = "" if made.solver else "not asked: name one with --solver or QUIZBOT_CHECK_MODEL"
    if made.solver and made.solver in {made.check_model, *([] if made.check_model else made.models)}:
        note = "it is the model that checked them when they were written: it says little"
    with_source = [one.with_source.agrees for one in questions if one.with_source]
    without = [one.without_source.agrees for one in questions if one.without_source]
    yield _share(group, "with the source", share_of(with_source), note)
    yield _share(group, "without the source", share_of(without), note)
    unknown = [one for one in questions if one.with_source and one.without_source and one.with_source.agrees]
    needs = share_of(not one.without_source.agrees for one in unknown if one.without_source)
    yield _share(group, "confirmed only with it: takes the source", needs, note)


def _flaws(questions: Sequence[Question]) -> Iterator[Figure]:
    group = "Item-writing flaws"
    found = [flaws(question) for question in questions]
    yield _share(group, "at most one flaw", share_of(len(one) <= 1 for one in found))
    yield _share(group, "no flaw", share_of(not one for one in found))
    for name, rule in RULES.items():
        yield _share(group, name, share_of(name in one for one in found), f"{rule.meaning} ({rule.source})")


def _form(quizzes: Sequence[QuizRecord], questions: Sequence[Question]) -> Iterator[Figure]:
    group = "What a guesser could use"
    longest, chance = longest_is_key(questions)
    note = f"by chance {chance:.1%}; of questions in which one option alone is the longest" if longest.of else ""
    yield _share(group, "the longest option is the key", longest, note)
    places = key_places(questions)
    for number, counted in places.items():
        for place in range(1, number + 1):
            share = Share(counted[place], counted.total())
            yield _share(group, f"key at place {place} of {number}", share, f"by chance {1 / number:.1%}")
    spread = evenness(places)
    if spread:
        note = f"chance alone makes it as large in {spread.p:.1%} of cases ({spread.degrees} degrees of freedom)"
        yield Figure(group, "chi-square of the places", spread.chi_square, note=note)
    else:
        yield Figure(group, "chi-square of the places", None, note="too few questions to say")
    near = sum(len(_twins([one.to_question() for one in quiz.questions])) for quiz in quizzes)
    yield _share(group, "near-duplicates", Share(near, len(questions)), "questions with an earlier one like them")


def _twins(questions: Sequence[Question]) -> set[str]:
    return {later.id for _earlier, later in near_duplicates(questions)}


def _time_and_cost(quizzes: Sequence[QuizRecord]) -> Iterator[Figure]:
    group = "Time and cost of a quiz"
    with_any = [quiz.questions for quiz in quizzes if quiz.questions]
    for name, at in (("first question", 0), ("last question", -1)):
        yield _median(group, f"time to the {name}", [_seconds(one)[at] for one in with_any], "s")
    tokens = [float(sum(one.input_tokens + one.output_tokens for one in quiz.used)) for quiz in quizzes if quiz.used]
    yield _median(group, "tokens", tokens, "tokens")
    unpriced = sorted({one.model for quiz in quizzes for one in quiz.used if one.microdollars is None})
    if unpriced:
        yield Figure(group, "cost", None, note=f"no price is known of {', '.join(unpriced)}")
        return
    costs = [sum(one.microdollars or 0 for one in quiz.used) / MICRO for quiz in quizzes if quiz.used]
    yield _median(group, "cost", costs, "$")
    questions = sum(len(one) for one in with_any)
    each = sum(costs) / questions if costs and questions else None
    yield Figure(group, "cost of a question delivered", each, unit="$")


def _seconds(questions: Sequence[Delivered]) -> list[float]:
    return sorted(question.seconds for question in questions)


def _median(group: str, name: str, values: Sequence[float], unit: str) -> Figure:
    note = f"median of {len(values)}" if values else "nothing was taken"
    return Figure(group, name, median(values), median_interval(values), unit=unit, note=note)


def _number(group: str, name: str, value: float) -> Figure:
    return Figure(group, name, value)


def _share(group: str, name: str, share: Share, note: str = "") -> Figure:
    return Figure(group, name, share.value, share.interval, share, note=note)
