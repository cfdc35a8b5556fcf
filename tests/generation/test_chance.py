"""Chance that comes out alike for the same seed."""

from generation.chance import chance_of


def order(seed: str) -> list[int]:
    numbers = list(range(50))
    chance_of(seed).shuffle(numbers)
    return numbers


def test_the_same_seed_makes_the_same_order_and_another_one_another() -> None:
    assert order("quiz-1") == order("quiz-1")
    assert order("quiz-1") != order("quiz-2")
