"""A question of a live round, which everybody in the group answers; the message never changes."""

from delivery.keyboard import Keyboard, KeyboardButton
from delivery.lobby import away_line
from delivery.markup import as_typed, columns, to_html
from delivery.question import (
    LETTERS_IN_A_ROW,
    LONGEST_MESSAGE,
    beside_each_other,
    button,
    in_rows,
    label_of,
    needs_letters,
    option_line,
)
from delivery.quiz_poll import QuizPoll, poll_of
from delivery.round_buttons import Lead, RoundAnswer
from delivery.round_result import Closed, Score, short_result_html
from delivery.screen import Screen
from delivery.words import translations
from quiz.attempt import LETTERS
from quiz.question import Kind, Question, utf16_length
from quiz.round import Control, Round


def round_question_screen(one: Round, question: Question, before: str = "") -> Screen:
    """The open question; `before` is what stands above it: the result of the one before."""
    _ = translations(one.language).gettext
    planned = one.plan[one.position].planned
    lettered = needs_letters(question)
    parts = [before] if before else []
    if one.away:
        parts.append(away_line(one) + " " + _("We go on:"))
    parts += [heading(one, one.position), to_html(question.stem)]
    if lettered:
        parts.append("\n".join(option_line(question, planned, option) for option in planned.order))
    if question.kind is Kind.MULTIPLE:
        parts.append("<i>" + _("More than one can be right: press each. Press again to take it back.") + "</i>")
    labels = [
        LETTERS[place] if lettered else label_of(question.option(option).text)
        for place, option in enumerate(planned.order)
    ]
    options = [button(label, RoundAnswer(one.id, one.position, place)) for place, label in enumerate(labels)]
    in_a_row = LETTERS_IN_A_ROW if lettered else beside_each_other(max(map(columns, labels)))
    return Screen("\n\n".join(parts), Keyboard([*in_rows(options, in_a_row), _lead(one)]))


def question_after_result(one: Round, question: Question, closed: Closed, score: Score) -> Screen:
    """The open question, and above it the result of the one before, in as many words as there is room for."""
    room = LONGEST_MESSAGE - utf16_length(round_question_screen(one, question).html) - len("\n\n")
    return round_question_screen(one, question, short_result_html(one, closed, score, room))


def round_poll(one: Round, question: Question) -> QuizPoll | None:
    """The open question as a poll; None where it does not fit one."""
    number = f"{one.position + 1}/{one.total}. "
    return poll_of(number, question, one.plan[one.position].planned, one.seconds(one.position))


def heading(one: Round, position: int) -> str:
    """Which question it is, of which quiz, and for how long it is open."""
    _ = translations(one.language).gettext
    time = _("{seconds} s").format(seconds=one.seconds(position))
    return f"<b>{position + 1}/{one.total}</b> · {as_typed(one.title)} · ⏱ {time}"


def _lead(one: Round) -> list[KeyboardButton]:
    """What is for who leads the round; whoever else presses it is told so."""
    return [
        button("⏸", Lead(one.id, Control.PAUSE, one.turn)),
        button("⏭", Lead(one.id, Control.NEXT, one.turn)),
        button("⏹", Lead(one.id, Control.STOP, one.turn)),
    ]
