"""What readers say of questions whose keys they did not see, in figures with 95 % intervals."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from itertools import combinations

from generation.evaluation.measures import Figure
from generation.evaluation.result import Result
from quiz.agreement import kappa, same
from quiz.formats.reading_sheet import Item, Judged
from quiz.intervals import share_of

Reading = Mapping[str, Judged]
"""What one reader judged, by the mark of the question."""
ASPECTS: Mapping[str, Callable[[Judged], Hashable]] = {
    "the answer": lambda one: one.answer,
    "whether the key is right": lambda one: one.right,
    "whether it is clear": lambda one: one.clear,
    "whether it is worth asking": lambda one: one.worth,
}


def items_of(result: Result) -> list[Item]:
    """The questions of a result, as they stand on a sheet."""
    return [Item(question.to_question(), question.passage) for question in result.questions]


def measure_readings(readings: Mapping[str, Reading], questions: int) -> list[Figure]:
    """What each reader says of the keys and the questions; of every two, how far they agree on what both judged."""
    found = [figure for name, reading in readings.items() for figure in _of_one(name, reading, questions)]
    for (first, one), (second, other) in combinations(readings.items(), 2):
        found += _of_two(f"{first} and {second}", one, other)
    return found


def _of_one(name: str, reading: Reading, questions: int) -> Iterator[Figure]:
    judged = list(reading.values())
    yield Figure(name, "questions judged", len(judged), note=f"of {questions}")
    for what, shares in (
        ("the key is right, and the only right one", share_of(one.right for one in judged)),
        ("clear", share_of(one.clear for one in judged)),
        ("worth asking", share_of(one.worth for one in judged)),
        ("right, clear and worth asking", share_of(one.right and one.clear and one.worth for one in judged)),
    ):
        yield Figure(name, what, shares.value, shares.interval, shares)


def _of_two(names: str, one: Reading, other: Reading) -> Iterator[Figure]:
    both = [(one[mark], other[mark]) for mark in one if mark in other]
    for aspect, of in ASPECTS.items():
        pairs = [(of(first), of(second)) for first, second in both]
        share, beyond = same(pairs), kappa(pairs)
        said = "undefined: both say the same of all" if beyond is None else f"{beyond:.2f}"
        note = f"Cohen's kappa {said}" if pairs else "no question was judged by both"
        yield Figure(f"Agreement of {names}", f"same on {aspect}", share.value, share.interval, share, note=note)
