"""What blind readers answered: the digest of what they read, and a record in which nothing is replaced."""

import os
import subprocess
import sys
from dataclasses import replace

import pytest

from quiz.blind import (
    AMBIGUOUS,
    COLUMNS,
    BlindAnswer,
    InvalidAnswers,
    digest_of,
    first_answers,
    is_confirmed,
    read_answers,
    with_new,
    write_answers,
)
from quiz.question import Kind, Level, Option, Source
from tests.samples import a_question

QUESTION = a_question()
RIGHT = BlindAnswer("en", QUESTION.id, digest_of(QUESTION, "en"), "a", "a")
WRONG = replace(RIGHT, answer="b", remark="Why not “b”, then?\nI wonder.", done="option b reworded")


def test_the_digest_changes_with_whatever_bears_on_the_answer() -> None:
    others = [
        replace(QUESTION, stem="Which planet is farthest from the Sun?"),
        replace(QUESTION, options=(*QUESTION.options[:2], Option("c", "Earth"))),
        replace(QUESTION, options=(*QUESTION.options, Option("d", "Earth"))),
        replace(QUESTION, key=frozenset("b")),
        replace(QUESTION, kind=Kind.MULTIPLE),
    ]

    digests = {digest_of(QUESTION, "en"), digest_of(QUESTION, "ru"), *(digest_of(one, "en") for one in others)}

    assert len(digests) == len(others) + 2
    assert all(len(one) == 12 for one in digests)


def test_the_digest_stays_when_only_the_feedback_changes() -> None:
    changed = replace(QUESTION, explanation="It is.", source=Source("NASA"), level=Level.APPLICATION, revision=2)

    assert digest_of(changed, "en") == digest_of(QUESTION, "en")


def test_every_process_has_the_same_digest() -> None:
    program = """if True:
        from decks import load_decks
        from quiz.blind import digest_of
        print([digest_of(one, 'en') for deck in load_decks() for one in deck.questions['en']])
    """
    said = {
        subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-c", program], env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }

    assert len(said) == 1


def test_what_is_written_is_read_back() -> None:
    answers = [RIGHT, WRONG, replace(RIGHT, language="ru", answer=AMBIGUOUS, remark='"x", y;z')]

    assert read_answers(write_answers(answers)) == answers
    assert write_answers([]) == ",".join(COLUMNS) + "\n"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("language,question\n", "blind.csv:1: the columns are language,question,digest,key,answer,remark,done"),
        (write_answers([RIGHT]) + "en,x\n", "blind.csv:3: there are 2 columns, not 7"),
        (write_answers([RIGHT]) + "en,x,0,a,x,,\n", "blind.csv:3: “x” are no ids of options"),
        (write_answers([RIGHT]) + "en,x,0,,a,,\n", "blind.csv:3: “” are no ids of options"),
        (write_answers([RIGHT]) + 'en,x,0,a,a,"never closed\n', "blind.csv:3: "),
    ],
)
def test_a_record_that_was_spoiled_by_hand_is_refused_with_its_line(text: str, reason: str) -> None:
    with pytest.raises(InvalidAnswers) as refused:
        read_answers(text)

    assert str(refused.value).startswith(reason)


def test_a_question_is_confirmed_by_the_last_who_answered_it_as_it_is() -> None:
    assert is_confirmed(QUESTION, "en", [WRONG, RIGHT])
    assert not is_confirmed(QUESTION, "en", [RIGHT, WRONG])
    assert not is_confirmed(QUESTION, "ru", [RIGHT])
    assert not is_confirmed(QUESTION, "en", [])


def test_a_question_that_was_changed_is_confirmed_no_longer() -> None:
    changed = replace(QUESTION, stem="Which planet goes round the Sun nearest to it?")
    anew = replace(RIGHT, digest=digest_of(changed, "en"))

    assert not is_confirmed(changed, "en", [RIGHT])
    assert is_confirmed(changed, "en", [WRONG, anew])


def test_the_first_answer_to_a_question_stays_the_first() -> None:
    other = replace(RIGHT, question="other")

    assert first_answers("en", [WRONG, other, RIGHT, replace(WRONG, language="ru")]) == [WRONG, other]


def test_nothing_that_was_answered_is_replaced_and_nothing_kept_twice() -> None:
    assert with_new([WRONG], [RIGHT]) == [WRONG, RIGHT]
    assert with_new([WRONG, RIGHT], [replace(RIGHT, remark="again")]) == [WRONG, RIGHT]
