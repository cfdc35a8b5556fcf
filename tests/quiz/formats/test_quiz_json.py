"""The bot's own form in JSON: what is written is by the published schema, and all else is refused by its line."""

import json
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from quiz.formats.quiz_json import read_json, schema, write_json
from quiz.question import Kind, Question, Source
from tests.quiz.formats.questions import question, questions, texts

VALIDATOR: Any = Draft202012Validator(schema())


def written(*changes: dict[str, Any]) -> str:
    """A quiz of these questions, a line each; what a change leaves out is as in a sound one."""
    sound = {"stem": "Star?", "kind": "single", "options": [option("Sun", right=True), option("Mars", right=False)]}
    lines = ",\n".join(json.dumps({**sound, **change}) for change in changes)
    return f'{{"format": "quizbot-quiz", "version": 1, "title": "Stars", "language": "en", "questions": [\n{lines}\n]}}'


def option(text: str, *, right: bool, **more: float) -> dict[str, Any]:
    return {"text": text, "right": right, **more}


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(schema())


@given(questions(texts()))
def test_what_is_written_is_by_the_schema(asked: Question) -> None:
    VALIDATOR.validate(json.loads(write_json("A quiz", "en", [asked]).data))


def test_a_source_is_by_the_schema_too() -> None:
    asked = [
        question("Star?", ("Sun", "Mars"), "a", source=source)
        for source in (Source("A"), Source("B", "https://b.example"))
    ]

    VALIDATOR.validate(json.loads(write_json("A quiz", "en", asked).data))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"kind": "essay"}, "the kind “essay” is none of"),
        ({"kind": 5}, "kind is missing, or no text"),
        ({"stem": None}, "stem is missing, or no text"),
        ({"stem": ""}, "the question is empty"),
        ({"options": "a, b"}, "options is a list"),
        ({"options": [option("Sun", right=True)]}, "two options at least"),
        ({"options": ["Sun", "Mars"]}, "an option is an object"),
        ({"options": [{"text": "Sun", "right": "yes"}, option("Mars", right=False)]}, "true or false"),
        ({"options": [option("Sun", right=True), option("Mars", right=True)]}, "are each right"),
        ({"options": [option("Sun", right=True, fraction=2), option("Mars", right=False)]}, "from -1 to 1"),
        ({"options": [option("Sun", right=True), option("Mars", right=False, fraction=1)]}, "has the fraction 1"),
        (
            {"kind": "truefalse", "options": [option("Yes", right=True), option("No", right=True)]},
            "one of them is right",
        ),
        ({"level": "4"}, "a level is one of"),
        ({"level": ["1"]}, "a level is one of"),
        ({"seconds": 1}, "seconds is a whole number"),
        ({"points": True}, "points is a whole number"),
        ({"source": "a book"}, "a source is an object"),
        ({"answer": 1}, "a question has no “answer”"),
    ],
)
def test_what_is_not_by_the_schema_is_refused_by_its_line(change: dict[str, Any], why: str) -> None:
    file = read_json(written({}, change, {"stem": "Moon?"}))

    assert [(one.line, one.stem) for one in file.taken] == [(2, "Star?"), (4, "Moon?")]
    (refusal,) = file.refused
    assert refusal.line == 3
    assert why in refusal.why


def test_everything_of_a_question_is_read() -> None:
    change = {
        "kind": "multiple",
        "options": [
            option("a", right=True, fraction=0.5),
            option("b", right=True),
            option("c", right=False, fraction=-1),
        ],
        "explanation": "why",
        "level": "3",
        "source": {"title": "A book", "url": None},
        "seconds": 30,
        "points": 2,
        "id": "q1",
    }
    VALIDATOR.validate(json.loads(written(change)))
    (taken,) = read_json(written(change)).taken

    assert (taken.kind, taken.explanation, taken.level.value, taken.seconds, taken.points) == (
        Kind.MULTIPLE,
        "why",
        "3",
        30,
        2,
    )
    assert taken.source == Source("A book")
    assert [(one.right, one.fraction) for one in taken.options] == [(True, 0.5), (True, 0.5), (False, -1.0)]


def test_half_a_character_and_what_is_no_address_do_not_come_in() -> None:
    change = {"stem": "\ud800?", "source": {"title": "A \u202eb", "url": "javascript:alert(1)"}}
    file = read_json(written(change, {"kind": "\udfff\n"}))

    assert file.taken[0].stem == "\ufffd?"
    assert file.taken[0].source == Source("A b")
    assert "“\ufffd ”" in file.refused[0].why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{}", "its format is not"),
        ("[]", "a quiz is an object"),
        ('{"format": "quizbot-quiz", "version": 2, "questions": []}', "of version 2"),
        ('{"format": "quizbot-quiz", "version": 1}', "no list of questions"),
        ('{"format": "quizbot-quiz", "version": 1, "questions": {}}', "no list of questions"),
        ('{"format": "quizbot-quiz",\n"version": 1 "questions": []}', "no JSON"),
        ('{"format": "quizbot-quiz", "version": 1, "questions": []}', "no question"),
    ],
)
def test_what_is_no_quiz_is_said(text: str, why: str) -> None:
    file = read_json(text)

    assert file.taken == ()
    assert why in file.refused[0].why


def test_json_that_breaks_off_says_where() -> None:
    text = written({}, {"stem": "Moon?"})

    (refusal,) = read_json(text[:-30]).refused
    assert refusal.line == 3
