"""Questions of one quiz that ask for nearly the same."""

from dataclasses import replace

from quiz.material import Evidence, Place, PlaceKind
from quiz.near_duplicates import near_duplicates
from quiz.question import Question
from tests.samples import a_question, true_or_false

FACT = Evidence("Mercury goes round the Sun in 88 days.", Place(PlaceKind.LINE, 3))


def on(fact: Evidence, question: Question) -> Question:
    return replace(question, evidence=fact)


def test_the_same_asked_in_other_words_is_found() -> None:
    one = a_question("Which planet is nearest to the Sun?")
    other = a_question("Which is the planet nearest to our Sun?", ("Saturn", "Venus", "Mercury"), "c")

    assert near_duplicates([one, other, a_question("Which planet has rings?", ("Saturn", "Mars"))]) == [(one, other)]


def test_two_questions_on_one_sentence_with_one_answer_are_found() -> None:
    one = on(FACT, a_question("How long is a year there?", ("88 days", "a year")))
    other = on(FACT, a_question("In what time does Mercury go round?", ("88 days", "a week")))

    assert near_duplicates([one, other]) == [(one, other)]


def test_other_answers_to_a_like_question_are_no_duplicate() -> None:
    one = on(FACT, a_question("What is the capital of France?", ("Paris", "Rome")))
    other = on(FACT, a_question("What is the capital of Italy?", ("Rome", "Paris")))

    assert near_duplicates([one, other]) == []


def test_statements_are_compared_by_their_words_alone() -> None:
    one, other = true_or_false("Venus is a star."), true_or_false("A star is Venus", truth=True)

    assert near_duplicates([one, other, true_or_false("Mars has two moons.")]) == [(one, other)]
