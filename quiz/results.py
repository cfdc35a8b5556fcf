"""What a round or a homework gave: who chose what, and the standing that follows from it.

Nothing is stored of it: it is made from the answers each time, so that with a mended key everything follows.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from quiz.question import Question


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody who took part, by the number that they have in this round alone."""

    number: int
    name: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a player did with a question: option ids (None: it was asked, and left open), ms taken, points."""

    player: int
    question: str
    revision: int
    chosen: frozenset[str] | None
    took: int
    right: bool
    points: float


@dataclass(frozen=True)
class Results:
    """The questions in the order in which they were asked, the players, and an outcome for what was asked of whom.

    Times are ms since 1970. An outcome for no player or no question of these is left out of everything.
    """

    title: str
    language: str
    questions: tuple[Question, ...]
    players: tuple[Player, ...]
    outcomes: tuple[Outcome, ...]
    began: int
    ended: int

    @cached_property
    def by_place(self) -> dict[tuple[int, str], Outcome]:
        """(Number of a player, id of a question) → outcome."""
        players = {player.number for player in self.players}
        questions = {question.id for question in self.questions}
        return {
            (one.player, one.question): one
            for one in self.outcomes
            if one.player in players and one.question in questions
        }

    @cached_property
    def asked(self) -> tuple[Question, ...]:
        """The questions that were asked of somebody; a round that was stopped leaves some out."""
        reached = {question for _player, question in self.by_place}
        return tuple(question for question in self.questions if question.id in reached)

    @cached_property
    def counts_points(self) -> bool:
        """Whether points say more than how many were right: some questions are worth more, or time counts."""
        return any(outcome.right and outcome.points != 1 for outcome in self.by_place.values())

    @cached_property
    def places(self) -> "tuple[Standing, ...]":
        """All players, best first; see `standing`."""
        return standing(self)

    def outcome(self, player: Player, question: Question) -> Outcome | None:
        """What a player did with a question; None when it was not asked of them."""
        return self.by_place.get((player.number, question.id))

    def rescored(self, mended: Question, points: Callable[[Outcome], float]) -> "Results":
        """The same answers by the key of a mended question; what a right one is worth then is handed in."""

        def judged(outcome: Outcome) -> Outcome:
            if outcome.question != mended.id:
                return outcome
            now = replace(outcome, revision=mended.revision, right=outcome.chosen == mended.key)
            return replace(now, points=points(now) if now.right else 0.0)

        questions = tuple(mended if question.id == mended.id else question for question in self.questions)
        return replace(self, questions=questions, outcomes=tuple(map(judged, self.outcomes)))


def falling_points(worth: float, took: int, limit: int) -> float:
    """What a right answer is worth when speed counts: all at once, half at the end, evenly between; times in ms."""
    return worth * (1 - min(max(took, 0), limit) / limit / 2)


@dataclass(frozen=True, slots=True)
class Standing:
    """A player's place: the rank from 1, points, and how many were right, answered, and asked of anybody."""

    rank: int
    player: Player
    points: float
    right: int
    answered: int
    asked: int
    time: int
    """Ms taken for the right answers; this parts those who have the same points."""

    @property
    def present(self) -> bool:
        """Whether the player answered anything."""
        return self.answered > 0


def standing(results: Results) -> tuple[Standing, ...]:
    """All players, best first: by points, then by the time that their right answers took; `Results.places` keeps it.

    Who has both alike has the same rank, and the next rank is left out: 1, 2, 2, 4.
    """
    rows = sorted(
        (_row(results, player) for player in results.players), key=lambda row: (*_merit(row), row.player.number)
    )
    ranked: list[Standing] = []
    for place, row in enumerate(rows, start=1):
        same = ranked and _merit(ranked[-1]) == _merit(row)
        ranked.append(replace(row, rank=ranked[-1].rank if same else place))
    return tuple(ranked)


def _row(results: Results, player: Player) -> Standing:
    outcomes = [outcome for question in results.asked if (outcome := results.outcome(player, question))]
    right = [outcome for outcome in outcomes if outcome.right]
    return Standing(
        rank=0,
        player=player,
        points=sum(outcome.points for outcome in outcomes),
        right=len(right),
        answered=sum(outcome.chosen is not None for outcome in outcomes),
        asked=len(results.asked),
        time=sum(outcome.took for outcome in right),
    )


def _merit(row: Standing) -> tuple[float, int, bool]:
    """What two are compared by; points are sums of fractions, whose last digits say nothing."""
    return -round(row.points, 6), row.time, not row.present


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """A question as it was answered: how many chose each option, left it open, had it right, and who was fastest.

    `took` are the ms of the fastest right answer; two that took the same are told apart by the player's number.
    """

    question: Question
    chosen: dict[str, int]
    left_open: int
    answered: int
    right: int
    fastest: Player | None
    took: int

    @property
    def share(self) -> float:
        """How many of those had it right of whom it was asked, from 0 to 1."""
        asked = self.answered + self.left_open
        return self.right / asked if asked else 0.0


def question_results(results: Results) -> tuple[QuestionResult, ...]:
    """What became of each question that was asked, in the order in which they were asked."""
    return tuple(_question_result(results, question) for question in results.asked)


def _question_result(results: Results, question: Question) -> QuestionResult:
    given = [(player, outcome) for player in results.players if (outcome := results.outcome(player, question))]
    answered = [outcome.chosen for _player, outcome in given if outcome.chosen is not None]
    right = sorted(((outcome.took, player.number, player) for player, outcome in given if outcome.right), key=_speed)
    took, _number, fastest = right[0] if right else (0, 0, None)
    return QuestionResult(
        question=question,
        chosen={option.id: sum(option.id in chosen for chosen in answered) for option in question.options},
        left_open=len(given) - len(answered),
        answered=len(answered),
        right=len(right),
        fastest=fastest,
        took=took,
    )


def _speed(one: tuple[int, int, Player]) -> tuple[int, int]:
    return one[:2]
