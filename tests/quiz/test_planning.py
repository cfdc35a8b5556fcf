"""Which questions an attempt asks, and in which order."""

from collections import Counter
from itertools import permutations
from random import Random

from quiz.planning import plan_attempt, plan_question
from quiz.question import Level
from tests.samples import a_question, true_or_false

SEEDS = 6000
CRITICAL_23 = 49.7
"""Chi-square of 23 degrees of freedom: 1 in 1,000 even dice exceed it; the seeds are fixed, so these do or do not."""


def chi_square(counts: Counter[str], cells: int) -> float:
    """How far counts are from all cells being alike."""
    expected = counts.total() / cells
    return sum((seen - expected) ** 2 / expected for seen in counts.values()) + expected * (cells - len(counts))


LEVELS = [Level(number) for number in "312231"]
QUESTIONS = [a_question(id=f"q{place}", level=level) for place, level in enumerate(LEVELS)]


def test_easy_questions_come_first() -> None:
    for seed in range(50):
        plan = plan_attempt(QUESTIONS, count=6, level=None, dice=Random(seed))

        level_of = {question.id: question.level for question in QUESTIONS}
        assert [level_of[one.question_id] for one in plan] == sorted(LEVELS)


def test_a_level_asked_for_is_the_only_one() -> None:
    plan = plan_attempt(QUESTIONS, count=2, level=Level.RECALL, dice=Random(1))

    assert {one.question_id for one in plan} == {"q1", "q5"}


def test_no_question_is_asked_twice() -> None:
    plan = plan_attempt(QUESTIONS, count=5, level=None, dice=Random(1))

    assert len({one.question_id for one in plan}) == 5


def test_with_fewer_questions_than_asked_for_all_are_asked() -> None:
    assert len(plan_attempt(QUESTIONS, count=20, level=None, dice=Random(1))) == 6
    assert plan_attempt([], count=20, level=None, dice=Random(1)) == ()
    assert plan_attempt(QUESTIONS[:1], count=3, level=Level.RECALL, dice=Random(1)) == ()


def test_the_same_dice_make_the_same_plan() -> None:
    first, second, other = (plan_attempt(QUESTIONS, count=6, level=None, dice=Random(seed)) for seed in (1, 1, 2))

    assert first == second
    assert first != other


def test_a_plan_keeps_what_answering_needs() -> None:
    question = a_question(options=("a", "b", "c"), key="ac")

    planned = plan_question(question, Random(1))

    assert (planned.question_id, planned.revision, planned.kind) == (question.id, question.revision, question.kind)
    assert planned.key == {"a", "c"}
    assert sorted(planned.order) == ["a", "b", "c"]


def test_every_order_of_the_options_is_as_likely_as_any_other() -> None:
    question = a_question(options=("w", "x", "y", "z"))

    orders = Counter(plan_question(question, Random(seed)).order for seed in range(SEEDS))

    assert orders.keys() == {"".join(order) for order in permutations("abcd")}
    assert chi_square(orders, 24) < CRITICAL_23


def test_every_question_is_chosen_as_often_as_any_other() -> None:
    questions = [a_question(id=f"q{place}") for place in range(24)]

    chosen = Counter(
        one.question_id
        for seed in range(SEEDS // 5)
        for one in plan_attempt(questions, count=5, level=None, dice=Random(seed))
    )

    assert chi_square(chosen, 24) < CRITICAL_23


def test_true_comes_before_false() -> None:
    assert {plan_question(true_or_false(), Random(seed)).order for seed in range(50)} == {"ab"}
