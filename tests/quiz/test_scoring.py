"""What an attempt came to."""

from hypothesis import given
from hypothesis import strategies as st

from quiz.attempt import State
from quiz.scoring import Score, score
from tests.samples import a_question, an_attempt

ONE, TWO = a_question(key="a", id="one"), a_question(key="ab", id="two")


def test_right_wrong_and_skipped_are_counted() -> None:
    attempt = an_attempt([ONE, ONE, ONE, ONE], {0: "a", 1: "b", 2: None, 3: "a"}, took=1500)

    assert score(attempt) == Score(total=4, right=2, wrong=1, skipped=1, time=6000, missed=(1, 2))


def test_questions_not_reached_are_neither_wrong_nor_missed() -> None:
    result = score(an_attempt([ONE, ONE, ONE], {0: "b"}, state=State.STOPPED))

    assert (result.total, result.right, result.wrong, result.skipped) == (3, 0, 1, 0)
    assert result.missed == (0,)


def test_of_several_right_answers_the_exact_set_is_right() -> None:
    assert score(an_attempt([TWO], {0: "ab"})).right == 1
    for chosen in ("a", "b", "c", "abc", "ac"):
        assert score(an_attempt([TWO], {0: chosen})).wrong == 1


def test_what_was_answered_is_told_by_position() -> None:
    attempt = an_attempt([ONE, ONE, ONE], {0: "a", 1: "c"})

    assert attempt.is_right(0)
    assert not attempt.is_right(1)
    assert not attempt.is_right(2)
    assert list(attempt.unjudged()) == [0, 1]
    assert attempt.current == attempt.plan[2]


def test_nothing_waits_for_an_answer_once_an_attempt_has_ended() -> None:
    assert an_attempt([ONE], {0: "a"}).current is None
    assert an_attempt([ONE, ONE], {0: "a"}, state=State.STOPPED).current is None


@given(st.lists(st.sampled_from(["a", "b", "c", None]), max_size=20), st.integers(0, 5))
def test_every_question_is_counted_once(chosen: list[str | None], unreached: int) -> None:
    answers = dict(enumerate(chosen))
    result = score(an_attempt([ONE] * (len(chosen) + unreached), answers, state=State.STOPPED))

    assert result.right + result.wrong + result.skipped == len(chosen) == result.total - unreached
    assert len(result.missed) == result.wrong + result.skipped
