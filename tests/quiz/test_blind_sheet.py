"""The sheet of a blind reader: it does not tell the keys, and is read back strictly."""

from collections import Counter
from collections.abc import Mapping, Sequence

import pytest

from decks import load_decks
from quiz.blind import key_of
from quiz.formats.blind_sheet import LETTERS, Asked, read_sheet, write_sheet
from quiz.question import Kind
from tests.samples import a_question, true_or_false

SINGLE = Asked("planets", "en", 1, a_question("Which planet\n[2 is nearest]?", ["Mercury", "Venus", "Mars"], "b"))
SEVERAL = Asked(
    "planets", "en", 2, a_question("Which have moons?", ["Mercury", "Earth", "Venus", "Mars"], "bd", id="m")
)
STATEMENT = Asked("stars", "en", 1, true_or_false())
ALL = [SINGLE, SEVERAL, STATEMENT]
DECKS = load_decks()
SHIPPED = [
    Asked(deck.name, language, number, question)
    for deck in DECKS
    for language, questions in deck.questions.items()
    for number, question in enumerate(questions, 1)
]


def letters(asked: Asked, ids: str) -> str:
    """How a reader names these options."""
    return ", ".join(LETTERS[asked.order.index(one)] for one in ids)


def filled(asked: Sequence[Asked], answers: Mapping[str, str]) -> str:
    """The sheet with these answers, by the id of the question; else that of the key."""
    parts = write_sheet(asked).split("\nAnswer:")
    given = [answers.get(one.question.id, letters(one, key_of(one.question))) for one in asked]
    return parts[0] + "".join(f"\nAnswer: {answer}{part}" for answer, part in zip(given, parts[1:], strict=True))


def read(text: str, asked: Sequence[Asked] = ALL) -> tuple[list[tuple[str, str, str]], list[str]]:
    """Question, answer and remark of each that was read; and what was noted."""
    noted: list[str] = []
    answers = read_sheet(text, asked, lambda line, words: noted.append(f"{line}: {words}"))
    return [(answer.question, answer.answer, answer.remark) for _asked, answer in answers], noted


def test_a_sheet_shows_questions_and_shuffled_options_and_nothing_else() -> None:
    order = [SINGLE.question.option(one).text for one in SINGLE.order]
    block = write_sheet([SINGLE]).partition("== planets, en\n\n")[2]

    assert block.splitlines() == [
        f"[1 {SINGLE.digest}]",
        "    Which planet",
        "    [2 is nearest]?",
        "    (one letter)",
        f"    A. {order[0]}",
        f"    B. {order[1]}",
        f"    C. {order[2]}",
        "Answer:",
        "Remark:",
    ]


def test_no_id_explanation_title_or_source_is_on_a_sheet() -> None:
    sheet = write_sheet(SHIPPED)

    for one in SHIPPED:
        assert f"{one.question.id}\n" not in sheet
        assert one.question.explanation not in sheet
        assert one.question.source is None or str(one.question.source.url) not in sheet


def test_the_order_is_the_same_each_time_and_tells_nothing() -> None:
    singles = [one for one in SHIPPED if one.question.kind is Kind.SINGLE and len(one.question.options) == 4]
    places = Counter(one.order.index(key_of(one.question)) for one in singles)

    assert write_sheet(SHIPPED) == write_sheet(list(SHIPPED))
    assert sum((places[place] - len(singles) / 4) ** 2 / (len(singles) / 4) for place in range(4)) < 16.3
    assert all(sorted(one.order) == sorted(option.id for option in one.question.options) for one in SHIPPED)
    assert all(one.order == "ab" for one in SHIPPED if one.question.kind is Kind.TRUE_FALSE)


def test_what_was_filled_in_is_read_back() -> None:
    text = filled(ALL, {"m": letters(SEVERAL, "ab")}).replace("\nRemark:", "\nRemark: hm", 1)

    assert read(text) == ([("nearest-planet", "b", "hm"), ("m", "ab", ""), ("a-statement", "b", "")], [])


def test_every_shipped_question_can_be_answered_with_its_key() -> None:
    answers = read_sheet(filled(SHIPPED, {}), SHIPPED, lambda line, words: pytest.fail(f"{line}: {words}"))

    assert [one for one, _answer in answers] == SHIPPED
    assert all(answer.agrees for _one, answer in answers)


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("none", "none"),
        ("None.", "none"),
        ("ambiguous", "ambiguous"),
        ("more than one", "ambiguous"),
        ("a", SEVERAL.order[0]),
        ("**A**", SEVERAL.order[0]),
        ("AB", "".join(sorted(SEVERAL.order[:2]))),
        ("b a", "".join(sorted(SEVERAL.order[:2]))),
        ("A, B,C", "".join(sorted(SEVERAL.order[:3]))),
    ],
)
def test_an_answer_may_be_written_in_several_ways(written: str, answer: str) -> None:
    assert read(filled([SEVERAL], {"m": written})) == ([("m", answer, "")], [])


@pytest.mark.parametrize(
    ("asked", "written", "words"),
    [
        (SINGLE, "", "there is no answer: write a letter, or “none”, or “ambiguous”"),
        (SINGLE, "D", "“D” is no answer: write letters from A to C, or “none”, or “ambiguous”"),
        (SINGLE, "Venus", "“Venus” is no answer"),
        (SINGLE, "A?", "“A?” is no answer"),
        (SINGLE, "А", "“А” has a Cyrillic letter: write Latin ones"),
        (SINGLE, "A, B", "“A, B”: one letter is asked for; if more than one is right, write “ambiguous”"),
        (STATEMENT, "AB", "“AB”: one letter is asked for"),
        (STATEMENT, "True", "“True” is no answer: write letters from A to B"),
    ],
)
def test_what_is_no_answer_is_noted_with_its_line(asked: Asked, written: str, words: str) -> None:
    text = filled([asked], {asked.question.id: written})
    line = next(number for number, one in enumerate(text.splitlines(), 1) if one.startswith("Answer:"))

    answers, noted = read(text)

    assert answers == []
    assert len(noted) == 1
    assert noted[0].startswith(f"{line}: {words}")


def test_marks_and_answers_alone_are_enough() -> None:
    first, second = f"[1 {SINGLE.digest}]\nAnswer: none\n", f"[2 {SEVERAL.digest}]\nAnswer: ambiguous\n"
    text = f"{first}{second}Remark: it depends,\n\n  I think\n"

    assert read(text) == ([("nearest-planet", "none", ""), ("m", "ambiguous", "it depends, I think")], [])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "1: there is no question on this sheet"),
        (f"[1 {SINGLE.digest}]\n", "1: one line that begins with “Answer:” must follow, not 0"),
        (f"[1 {SINGLE.digest}]\nAnswer: A\nAnswer: B\n", "1: one line that begins with “Answer:” must follow, not 2"),
        (f"[1 {SINGLE.digest}]\nAnswer: A\n[1 {SINGLE.digest}]\nAnswer: A\n", "3: this mark stands in line 1 too"),
        ("[1 0123456789ab]\nAnswer: A\n", "1: no question of these decks has this mark"),
        (f"[1 {SINGLE.digest[:-1]}]\nAnswer: A\n", "1: this looks like a mark and is none"),
        ("Answer: A\n", "1: this answer has no mark above it"),
    ],
)
def test_a_spoiled_sheet_is_noted_with_its_line(text: str, words: str) -> None:
    answers, noted = read(text)

    assert noted[0].startswith(words)
    assert len(answers) == (1 if "stands in" in words else 0)


def test_what_stands_under_the_heading_of_another_deck_is_left_out() -> None:
    answers, noted = read(filled(ALL, {}), [STATEMENT])

    assert ([question for question, *_ in answers], noted) == (["a-statement"], [])
