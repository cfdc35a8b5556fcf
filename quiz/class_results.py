"""A class over several rounds: who was there, and what that adds up to."""

from collections.abc import Sequence
from dataclasses import dataclass

from quiz.results import Results, Standing


@dataclass(frozen=True, slots=True)
class Pupil:
    """Somebody over several rounds, and the number that they had in each; None where they took no part."""

    name: str
    numbers: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A pupil over a class's rounds: their standing in each (None: not there), and what that adds up to."""

    pupil: Pupil
    rounds: tuple[Standing | None, ...]

    @property
    def attended(self) -> int:
        """In how many rounds the pupil answered something."""
        return sum(one is not None for one in self.rounds)

    @property
    def points(self) -> float:
        """The sum over all rounds."""
        return sum(one.points for one in self.rounds if one)

    @property
    def right(self) -> int:
        """Right answers over all rounds."""
        return sum(one.right for one in self.rounds if one)

    @property
    def mean_points(self) -> float | None:
        """Per round that the pupil was in; None where there is none."""
        return self.points / self.attended if self.attended else None

    @property
    def share(self) -> float | None:
        """Right answers of all that was asked in the rounds that the pupil was in, from 0 to 1; None where none was."""
        asked = sum(one.asked for one in self.rounds if one)
        return self.right / asked if asked else None


def class_results(rounds: Sequence[Results], pupils: Sequence[Pupil]) -> tuple[ClassRow, ...]:
    """Who was there, and what they have over several rounds; most points first, then by name.

    Who joined a round and answered nothing was not there.
    """
    standings = [{row.player.number: row for row in one.places} for one in rounds]

    def row(pupil: Pupil) -> ClassRow:
        found = (
            by_number.get(number) if number is not None else None
            for by_number, number in zip(standings, pupil.numbers, strict=True)
        )
        return ClassRow(pupil, tuple(one if one and one.present else None for one in found))

    rows = map(row, pupils)
    return tuple(sorted(rows, key=lambda one: (-round(one.points, 6), one.pupil.name)))
