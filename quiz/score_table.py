"""The table that every figure of item analysis is computed from: who had what right.

Who answered nothing is not in it. What one of the others skipped, left open or was not there for counts as wrong, as it
does for their score: item analysis asks what a question adds to just that score. What nobody was asked is left out.
"""

from dataclasses import dataclass

from quiz.question import Question
from quiz.results import Player, Results

GROUP_SHARE = 0.27
"""Upper and lower groups of so many tell good questions from bad ones best where scores are normally distributed: as
different as can be, and still large (T. L. Kelley, The selection of upper and lower groups for the validation of test
items, Journal of Educational Psychology 30: 17-24, 1939)."""


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """Rows are the takers, best first: by right answers, then by the time these took; columns are the questions.

    `chosen` has None where a question was not answered.
    """

    takers: tuple[Player, ...]
    questions: tuple[Question, ...]
    right: tuple[tuple[bool, ...], ...]
    points: tuple[tuple[float, ...], ...]
    chosen: tuple[tuple[frozenset[str] | None, ...], ...]

    @property
    def scores(self) -> tuple[int, ...]:
        """Right answers of each taker."""
        return tuple(map(sum, self.right))

    @property
    def group(self) -> int:
        """How many are in the upper group, and in the lower one: 27 % each, rounded, and one at least of two takers."""
        takers = len(self.takers)
        return min(max(1, round(GROUP_SHARE * takers)), takers // 2)


def score_table(results: Results) -> ScoreTable:
    """The table of these results."""
    rows = sorted(
        (row for row in results.places if row.present), key=lambda row: (-row.right, row.time, row.player.number)
    )
    takers = tuple(row.player for row in rows)
    outcomes = [[results.outcome(player, question) for question in results.asked] for player in takers]
    return ScoreTable(
        takers=takers,
        questions=results.asked,
        right=tuple(tuple(one is not None and one.right for one in row) for row in outcomes),
        points=tuple(tuple(one.points if one else 0.0 for one in row) for row in outcomes),
        chosen=tuple(tuple(one.chosen if one else None for one in row) for row in outcomes),
    )
