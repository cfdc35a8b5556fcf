"""A question is taken out when answers say that it is bad, and hardly ever because it is hard or by chance."""

from random import Random

import pytest

from quiz.item_analysis import Fault, ItemStatistics, fault_of
from quiz.question import Kind, Question
from tests.samples import a_question, true_or_false

OPTIONS = ("Mercury", "Venus", "Mars", "Earth")
SINGLE = a_question(options=OPTIONS)


def counted(question: Question, chosen: dict[str, int], good: dict[str, int] | None = None) -> ItemStatistics:
    """The counts of a question of which each option was chosen so often, by good students so often."""
    answered = sum(chosen.values())
    right = sum(number for option, number in chosen.items() if option in question.key)
    return ItemStatistics(answered, answered, right, 0, chosen, good or {})


def test_what_fewer_have_right_than_would_by_guessing_has_a_wrong_key() -> None:
    assert fault_of(SINGLE, counted(SINGLE, {"a": 1, "b": 35, "c": 2, "d": 2})) is Fault.BELOW_GUESSING


def test_what_good_students_answer_otherwise_has_a_wrong_key() -> None:
    """Although enough others choose the key."""
    counts = counted(SINGLE, {"a": 20, "b": 20, "c": 5, "d": 5}, {"a": 1, "b": 15, "c": 0, "d": 0})
    assert fault_of(SINGLE, counts) is Fault.OTHER_KEY


@pytest.mark.parametrize(
    ("chosen", "good"),
    [
        pytest.param({"a": 0, "b": 15}, {}, id="few answers"),
        pytest.param({"a": 12, "b": 14, "c": 12, "d": 12}, {}, id="hard, as if all guessed"),
        pytest.param({"a": 20, "b": 25}, {"a": 6, "b": 9}, id="good students are of two minds"),
        pytest.param({"a": 40, "b": 5}, {"a": 20}, id="easy"),
        pytest.param({"a": 3, "b": 4}, {"b": 4}, id="few good students"),
    ],
)
def test_a_question_that_may_be_sound_stays(chosen: dict[str, int], good: dict[str, int]) -> None:
    assert fault_of(SINGLE, counted(SINGLE, chosen, good)) is None


def test_of_true_and_false_half_are_right_by_guessing() -> None:
    statement = true_or_false(truth=False)
    assert fault_of(statement, counted(statement, {"a": 28, "b": 12})) is None
    assert fault_of(statement, counted(statement, {"a": 32, "b": 8})) is Fault.BELOW_GUESSING


def test_of_several_right_answers_one_set_in_many_is_right_by_guessing() -> None:
    """Few are right on a hard one, and that is no fault."""
    several = a_question(options=OPTIONS, key="ac", kind=Kind.MULTIPLE)
    assert fault_of(several, ItemStatistics(60, 60, 2)) is None
    assert fault_of(several, ItemStatistics(200, 200, 0)) is Fault.BELOW_GUESSING


def test_by_chance_hardly_a_sound_question_is_taken_out() -> None:
    """A thousand questions that everybody guesses at, looked at after every tenth of a hundred answers each."""
    dice = Random(1)
    taken_out = 0
    for _ in range(1000):
        chosen = dict.fromkeys("abcd", 0)
        for answer in range(100):
            chosen[dice.choice("abcd")] += 1
            if answer % 10 == 9 and fault_of(SINGLE, counted(SINGLE, chosen, chosen)) is not None:
                taken_out += 1
                break
    assert taken_out <= 50
