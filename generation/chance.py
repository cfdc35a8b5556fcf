"""Chance that is the same for the same seed."""

from random import Random


def chance_of(seed: str) -> Random:
    """Dice for orders and choices that come out alike whenever they are made again; they guard no secret."""
    return Random(seed)  # noqa: S311 - no secret depends on it
