"""How far a test's scores can be relied on: would the same students come out the same with other questions like these?

Variances are those of the takers themselves, divided by N.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from quiz.item_indices import LEAST_TAKERS
from quiz.score_table import ScoreTable


@dataclass(frozen=True, slots=True)
class Reliability:
    """The figures of a whole test, and on how many takers and questions they stand; None where one is not defined."""

    takers: int
    questions: int
    mean: float
    """Right answers."""
    deviation: float
    """Standard deviation of right answers."""
    kr20: float | None
    alpha: float | None
    """Of points; the same as KR-20 where every right answer is worth the same."""
    error: float | None
    """Standard error of measurement, in right answers."""

    @property
    def says_enough(self) -> bool:
        """Whether there are as many takers as such figures need."""
        return self.takers >= LEAST_TAKERS


def reliability(table: ScoreTable) -> Reliability | None:
    """The figures of these scores; None where nobody answered anything."""
    if not table.takers:
        return None
    spread = variance(table.scores)
    found = kr20(table.right)
    return Reliability(
        takers=len(table.takers),
        questions=len(table.questions),
        mean=sum(table.scores) / len(table.scores),
        deviation=sqrt(spread),
        kr20=found,
        alpha=cronbach_alpha(table.points),
        error=standard_error(sqrt(spread), found),
    )


def kr20(right: Sequence[Sequence[bool]]) -> float | None:
    """Kuder and Richardson's formula 20, for right and wrong: k / (k - 1) * (1 - sum of p q / variance of scores).

    p is the share of takers who had a question right, q = 1 - p, k the number of questions (G. F. Kuder, M. W.
    Richardson, The theory of the estimation of test reliability, Psychometrika 2: 151-160, 1937). None for fewer than
    two questions, and where all have the same score.
    """
    return cronbach_alpha(right)


def cronbach_alpha(scores: Sequence[Sequence[float]]) -> float | None:
    """Cronbach's alpha, for any points: k / (k - 1) * (1 - sum of the questions' variances / variance of the sums).

    L. J. Cronbach, Coefficient alpha and the internal structure of tests, Psychometrika 16: 297-334, 1951. It is a
    lower bound of the reliability (M. R. Novick, C. Lewis, Coefficient alpha and the reliability of composite
    measurements, Psychometrika 32: 1-13, 1967); of right and wrong it is KR-20, since p q is their variance. None for
    fewer than two questions, and where all have the same sum.
    """
    questions = len(scores[0]) if scores else 0
    whole = variance([sum(row) for row in scores])
    if questions <= 1 or whole <= 0:
        return None
    parts = sum(variance([row[place] for row in scores]) for place in range(questions))
    return questions / (questions - 1) * (1 - parts / whole)


def standard_error(deviation: float, found: float | None) -> float | None:
    """By how much the scores of one student would differ from one time to the next: s * sqrt(1 - reliability).

    F. M. Lord, M. R. Novick, Statistical Theories of Mental Test Scores, 1968. It is about scores that are seen around
    what the student knows, not the other way round (F. J. Dudek, The continuing misinterpretation of the standard error
    of measurement, Psychological Bulletin 86: 335-337, 1979). A reliability below 0 counts as 0: chance alone.
    """
    return None if found is None else deviation * sqrt(1 - max(found, 0.0))


def variance(values: Sequence[float]) -> float:
    """The mean squared distance from the mean; 0 of none."""
    if not values:
        return 0.0
    mean = sum(values) / len(values)
    return sum((one - mean) ** 2 for one in values) / len(values)
