"""A question whose form is not sound cannot be made, and the reason says what is wrong with it."""

import pytest

from quiz.question import InvalidQuestion, Kind, Source, utf16_length
from tests.samples import a_question


def test_a_question_knows_its_options_by_id() -> None:
    question = a_question(options=("Mercury", "Venus"))

    assert question.option("b").text == "Venus"
    with pytest.raises(KeyError):
        question.option("c")


@pytest.mark.parametrize("number", [2, 12])
def test_two_to_twelve_options_are_allowed(number: int) -> None:
    assert len(a_question(options=[f"option {place}" for place in range(number)]).options) == number


def test_one_option_is_no_choice() -> None:
    with pytest.raises(InvalidQuestion, match="2 to 12 options, not 1"):
        a_question(options=("Mercury",))


def test_options_that_say_the_same_are_refused_however_they_are_spaced() -> None:
    with pytest.raises(InvalidQuestion, match="two options say the same"):
        a_question(options=("the  Sun", " the Sun", "Mars"))


def test_options_that_differ_in_case_are_two() -> None:
    assert len(a_question(options=("print()", "Print()")).options) == 2


def test_the_key_must_be_among_the_options() -> None:
    with pytest.raises(InvalidQuestion, match="not among the options"):
        a_question(options=("Mercury", "Venus"), key="c")


def test_a_question_without_a_key_is_refused() -> None:
    with pytest.raises(InvalidQuestion, match="not among the options"):
        a_question(key="", kind=Kind.SINGLE)


@pytest.mark.parametrize("kind", [Kind.SINGLE, Kind.TRUE_FALSE])
def test_only_a_question_of_several_answers_has_several_right_ones(kind: Kind) -> None:
    assert a_question(options=("yes", "no"), key="ab", kind=Kind.MULTIPLE).key == {"a", "b"}
    with pytest.raises(InvalidQuestion, match="one right answer"):
        a_question(options=("yes", "no"), key="ab", kind=kind)


def test_a_statement_is_true_or_false_and_nothing_else() -> None:
    with pytest.raises(InvalidQuestion, match="two options"):
        a_question(options=("True", "False", "Perhaps"), kind=Kind.TRUE_FALSE)


@pytest.mark.parametrize("blank", ["", " ", "\n\t"])
def test_empty_questions_and_options_are_refused(blank: str) -> None:
    with pytest.raises(InvalidQuestion, match="is empty"):
        a_question(stem=blank)
    with pytest.raises(InvalidQuestion, match="is empty"):
        a_question(options=("Mercury", blank))


def test_an_explanation_may_be_missing() -> None:
    assert a_question(explanation="").explanation == ""


def test_each_text_may_be_as_long_as_its_limit_and_no_longer() -> None:
    a_question(stem="s" * 1000)
    a_question(options=("o" * 200, "short"))
    a_question(explanation="e" * 800)
    a_question(source=Source("t" * 200))
    with pytest.raises(InvalidQuestion, match="question is longer than 1000"):
        a_question(stem="s" * 1001)
    with pytest.raises(InvalidQuestion, match="option is longer than 200"):
        a_question(options=("o" * 201, "short"))
    with pytest.raises(InvalidQuestion, match="explanation is longer than 800"):
        a_question(explanation="e" * 801)
    with pytest.raises(InvalidQuestion, match="source is longer than 200"):
        a_question(source=Source("t" * 201))


def test_lengths_are_counted_as_telegram_counts_them() -> None:
    assert utf16_length("a€😀") == 4
    a_question(stem="😀" * 500)
    with pytest.raises(InvalidQuestion, match="longer than 1000"):
        a_question(stem="😀" * 501)


def test_everything_together_must_fit_one_message() -> None:
    options = [chr(ord("a") + place) * 160 for place in range(10)]
    a_question(stem="s" * 1000, options=options, explanation="e" * 800)
    with pytest.raises(InvalidQuestion, match="do not fit one message"):
        a_question(stem="s" * 1000, options=options, explanation="e" * 800, source=Source("t"))
