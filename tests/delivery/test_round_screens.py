"""What a group sees of a round always fits a message, and says no more than it may."""

from dataclasses import replace

import pytest

from delivery.quiz_poll import poll_of
from delivery.round_question import question_after_result, round_question_screen
from delivery.round_result import Closed, Score, end_screens, result_html, short_result_html, standing_html
from quiz.question import Question, utf16_length
from quiz.round import RoundQuestion, RoundState
from quiz.round_score import LiveAnswer, Place, Standing
from tests.samples import a_question, a_round, planned

LONGEST = a_question(
    "S" * 900,
    [letter * 160 for letter in "ABCDEFGHIJKL"],
    "abcdefghijkl",
    id="longest",
    explanation="E" * 500,
)
NAMES = dict.fromkeys(range(1, 41), f"<b>{'N' * 60}</b>")


def closed(question: Question, answers: int = 40) -> Closed:
    """Everybody has chosen the key."""
    return Closed(0, question, {number: LiveAnswer(question.key, 100 * number) for number in range(1, answers + 1)})


def score(players: int = 40) -> Score:
    return Score([Place(number, number, 12_345, 10, 99_000) for number in range(1, players + 1)], NAMES)


def test_the_longest_result_and_the_longest_question_fit_a_message_together() -> None:
    one = a_round([LONGEST, LONGEST], position=1, players=40, title="T" * 200)

    screen = question_after_result(one, LONGEST, closed(LONGEST), score())
    assert utf16_length(screen.html) <= 4096
    assert "⏰ <b>1/2</b> ✅ A, B" in screen.html
    assert utf16_length(result_html(one, closed(LONGEST), score())) <= 4096


def test_the_end_fits_its_messages_and_a_name_is_never_markup() -> None:
    one = replace(a_round([LONGEST], players=40), state=RoundState.DONE, closed={0: 1})

    screens = end_screens(one, [closed(LONGEST)], score())
    assert all(utf16_length(screen.html) <= 4096 for screen in screens)
    assert "&lt;b&gt;NNN" in screens[-1].html
    assert "… and 10 more" in screens[-1].html


def test_a_question_shows_no_key_and_the_buttons_of_all() -> None:
    question = a_question(key="b")
    screen = round_question_screen(a_round([question]), question)
    assert screen.keyboard is not None
    labels = [button.text for row in screen.keyboard.rows for button in row]

    assert labels == ["Mercury", "Venus", "Mars", "⏸", "⏭", "⏹"]
    assert question.explanation not in screen.html


def test_who_is_forgotten_or_has_a_name_of_spaces_is_a_number() -> None:
    question = a_question()
    one = a_round([question], players=3)
    standing = Standing.of([1, 2, 3])
    standing.add(one, 0, {1: LiveAnswer(frozenset("a"), 900)})

    html = standing_html(one, Score(standing.places(), {2: " ", 3: "Cleo"}), 5)
    assert html.split("\n")[1:] == ["🥇 Player 1 — 1 · 0.9 s", "2. Player 2 — 0", "2. Cleo — 0"]


def test_the_result_of_a_question_that_nobody_answered_has_no_bars_and_no_fastest() -> None:
    question = a_question()
    html = result_html(a_round([question], players=2), Closed(0, question, {}), Score((), {}))

    assert "✅ Mercury — 0\n" in html
    assert "No answer: 2" in html
    assert "▇" not in html
    assert "⚡" not in html


def test_the_short_result_counts_who_had_exactly_the_key() -> None:
    question = a_question(key="ab")
    one = a_round([RoundQuestion(planned(question))], players=3)
    answers = {1: LiveAnswer(frozenset("ab"), 1), 2: LiveAnswer(frozenset("a"), 1)}

    assert "Right: 1 of 3" in short_result_html(one, Closed(0, question, answers), Score((), {}))


@pytest.mark.parametrize(
    ("question", "fits"),
    [
        (a_question(), True),
        (a_question("S" * 298), True),
        (a_question("S" * 299), False),
        (a_question(options=("M" * 100, "b")), True),
        (a_question(options=("M" * 101, "b")), False),
        (a_question("What does `print` do?"), False),
        (a_question(options=("$x^2$", "b")), False),
    ],
)
def test_a_question_is_asked_by_a_poll_only_where_it_fits_one(question: Question, fits: bool) -> None:
    assert (poll_of("1/", question, planned(question), 20) is not None) == fits


def test_a_poll_has_the_key_in_the_order_shown_and_half_an_explanation_is_none() -> None:
    question = a_question(key="ac", explanation="E" * 201)
    poll = poll_of("1/2. ", question, planned(question, "cba"), 30)

    assert poll is not None
    assert (poll.key, poll.several, poll.explanation, poll.seconds) == ((0, 2), True, "", 30)
    assert poll.parameters()["is_anonymous"] is False
