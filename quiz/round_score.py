"""What a round came to: points, tallies and standings, computed from the answers each time, never stored."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from quiz.attempt import PlannedQuestion
from quiz.round import Points, Round

FULL = 1000
"""What a question of one point is worth at once, where points fall with time."""


@dataclass(frozen=True, slots=True)
class LiveAnswer:
    """What a player chose, and the ms from the opening of the question to that."""

    chosen: frozenset[str]
    took: int


Answers = Mapping[int, LiveAnswer]
"""The answers to one question, by the players' numbers."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a player stands; `time` is what their right answers took, in ms."""

    place: int
    number: int
    points: int
    right: int
    time: int


def is_right(planned: PlannedQuestion, answer: LiveAnswer) -> bool:
    """Whether exactly the key was chosen."""
    return answer.chosen == planned.key


def points_for(one: Round, position: int, answer: LiveAnswer) -> int:
    """What an answer is worth: falling points go evenly from full, at once, to half, as the question closes."""
    question = one.plan[position]
    if not is_right(question.planned, answer):
        return 0
    if one.settings.points is Points.PLAIN:
        return question.points
    part = min(1.0, answer.took / (1000 * one.seconds(position)))
    return round(question.points * FULL * (1 - part / 2))


def tally(planned: PlannedQuestion, answers: Answers) -> Mapping[str, int]:
    """Option → how many chose it, in the order shown."""
    counts = Counter(option for answer in answers.values() for option in answer.chosen)
    return {option: counts[option] for option in planned.order}


def fastest(planned: PlannedQuestion, answers: Answers, most: int) -> Sequence[tuple[int, int]]:
    """The players who were right soonest, and the ms it took them."""
    right = [(answer.took, number) for number, answer in answers.items() if is_right(planned, answer)]
    return [(number, took) for took, number in sorted(right)[:most]]


@dataclass
class Standing:
    """The players of a round, to whom the answers of one question after another are added."""

    players: dict[int, tuple[int, int, int]]
    """Number → points, right answers, ms."""

    @staticmethod
    def of(numbers: Iterable[int]) -> "Standing":
        """All of them, before the first question."""
        return Standing(dict.fromkeys(numbers, (0, 0, 0)))

    def add(self, one: Round, position: int, answers: Answers) -> None:
        """Count what was answered to a question."""
        planned = one.plan[position].planned
        for number, answer in answers.items():
            if is_right(planned, answer):
                points, right, time = self.players.get(number, (0, 0, 0))
                worth = points_for(one, position, answer)
                self.players[number] = (points + worth, right + 1, time + answer.took)

    def places(self) -> Sequence[Place]:
        """From the first on: by points, of the same points by the time of right answers; who is even shares a place."""
        ordered = sorted(self.players.items(), key=lambda one: (-one[1][0], one[1][2], one[0]))
        places: list[Place] = []
        for at, (number, (points, right, time)) in enumerate(ordered, 1):
            before = places[-1] if places else None
            is_even = before is not None and (before.points, before.time) == (points, time)
            places.append(Place(before.place if before and is_even else at, number, points, right, time))
        return places
