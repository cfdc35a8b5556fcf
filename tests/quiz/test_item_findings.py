"""What is said of a question is there, and of sound questions hardly anything is said by chance."""

from random import Random

import pytest

from quiz.item_findings import Finding, Sign, item_findings
from quiz.item_indices import item_indices
from quiz.question import Kind
from quiz.score_table import score_table
from tests.results_of_rounds import FOUR, a_round, questions, simulated
from tests.samples import a_question, true_or_false


def found(first: str, rest: list[str]) -> tuple[Finding, ...]:
    """Of the first question, which students answered so, best first: what they answered of the rest is given too."""
    answers = {f"Student {place}": [one, *others] for place, (one, others) in enumerate(zip(first, rest, strict=True))}
    asked = (a_question(options=FOUR, id="q0"), *questions(len(rest[0])))
    return item_findings(item_indices(score_table(a_round(answers, asked)))[0])


def better_to_worse(takers: int) -> list[str]:
    """Answers to ten other questions, of which the better have more right."""
    return ["a" * (10 - 10 * place // takers) + "b" * (10 * place // takers) for place in range(takers)]


def test_what_strong_students_miss_may_have_a_wrong_key() -> None:
    assert found("c" * 10 + "a" * 12 + "bbdd" * 2, better_to_worse(30))[0] == Finding(Sign.KEY_DOUBTED, "c")


def test_what_weak_students_have_right_misleads() -> None:
    """The strong ones do not agree on another answer."""
    assert found("bcdabcda" + "a" * 22, better_to_worse(30))[0] == Finding(Sign.WEAK_DO_BETTER)


def test_what_no_more_have_right_than_by_guessing_may_be_guessed() -> None:
    assert Finding(Sign.GUESSED) in found("abcdcbadabdcbacd" * 2, better_to_worse(32))


def test_what_almost_everybody_has_right_is_easy_and_no_more_is_said_of_it() -> None:
    assert found("a" * 28 + "bb", better_to_worse(30)) == (Finding(Sign.EASY),)


def test_wrong_options_that_nobody_chose_are_named() -> None:
    assert found("a" * 20 + "b" * 10, better_to_worse(30)) == (Finding(Sign.UNUSED, "cd"),)


def test_of_true_and_false_nothing_is_unused() -> None:
    statement = true_or_false(truth=True)
    answers = {f"Student {place}": "a" if place < 10 else "-" for place in range(15)}

    (item,) = item_indices(score_table(a_round(answers, [statement])))

    assert item_findings(item) == (Finding(Sign.EASY),)


def test_of_several_right_answers_the_one_that_strong_students_leave_out_is_doubted() -> None:
    several = a_question(options=FOUR, key="ab", kind=Kind.MULTIPLE, id="q0")
    rest = better_to_worse(30)
    answers = {f"Student {place}": ["ac" if place < 12 else "ab", *others] for place, others in enumerate(rest)}

    item, *_others = item_indices(score_table(a_round(answers, (several, *questions(10)))))

    assert item_findings(item)[0] == Finding(Sign.KEY_DOUBTED, "c")


@pytest.mark.parametrize("takers", [1, 5, 9])
def test_from_few_answers_nothing_is_said(takers: int) -> None:
    assert found("c" * takers, better_to_worse(takers)) == ()


def test_from_a_small_class_only_counts_are_told() -> None:
    assert found("c" * 12, better_to_worse(12)) == (Finding(Sign.UNUSED, "bd"),)


def test_of_sound_questions_hardly_any_is_doubted_by_chance() -> None:
    """400 questions of 20 classes, none of which has a wrong key."""
    signs = [
        finding.sign
        for seed in range(20)
        for item in item_indices(score_table(simulated(30, 20, seed)))
        for finding in item_findings(item)
    ]

    assert signs.count(Sign.KEY_DOUBTED) <= 8
    assert signs.count(Sign.WEAK_DO_BETTER) <= 8


def test_of_questions_that_all_guess_few_are_doubted_and_most_are_called_guessed() -> None:
    dice = Random(3)
    signs: list[Sign] = []
    for _class in range(20):
        answers = {f"Student {one}": "".join(dice.choices("abcd", k=20)) for one in range(30)}
        for item in item_indices(score_table(a_round(answers))):
            signs += [finding.sign for finding in item_findings(item)]

    assert signs.count(Sign.GUESSED) > 320
    assert signs.count(Sign.KEY_DOUBTED) < 40
