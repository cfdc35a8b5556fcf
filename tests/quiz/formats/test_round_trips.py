"""What a format can carry comes back from it as it was, whatever signs stand in the texts."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from quiz.formats.aiken import ANSWER, EXPLANATION, MARK, write_aiken
from quiz.formats.csv_file import write_csv
from quiz.formats.exported import Exported
from quiz.formats.gift_writer import write_gift
from quiz.formats.imported import ImportedQuestion, cleaned
from quiz.formats.moodle_xml_writer import write_moodle_xml
from quiz.formats.quiz_json import write_json
from quiz.formats.reading import read_quiz
from quiz.formats.xlsx_file import write_xlsx
from quiz.question import InvalidQuestion, Kind, Question, Source
from tests.quiz.formats.questions import question, questions, texts

Writer = Callable[[str, str, Sequence[Question]], Exported]
slow = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])


def come_back(write: Writer, asked: Sequence[Question], name: str) -> tuple[ImportedQuestion, ...]:
    """The questions after they were written and read; nothing is refused, and nothing said to be lost."""
    imported = read_quiz(write("A quiz", "en", asked).data, name)
    assert imported.refused == ()
    assert imported.warnings == ()
    return imported.taken


def told(one: Question) -> tuple[object, ...]:
    """Everything of a question that a file carries."""
    return one.stem, one.kind, tuple(option.text for option in one.options), one.key, one.explanation, one.level


def told_of(one: ImportedQuestion) -> tuple[object, ...]:
    return told(one.to_question("q1"))


plain = texts().filter(lambda text: cleaned(text) == text)


def as_html_has_it(text: str) -> str:
    """Space as HTML knows it."""
    return "\n".join(" ".join(line.split()) for line in text.split("\n"))


@slow
@given(st.lists(questions(plain), min_size=1, max_size=2))
def test_gift_carries_all_but_sources(asked: list[Question]) -> None:
    assert list(map(told_of, come_back(write_gift, asked, "quiz.gift"))) == list(map(told, asked))


@slow
@given(
    st.lists(questions(plain), min_size=1, max_size=2), st.sampled_from([None, Source("A book", "https://a.example/b")])
)
def test_json_carries_everything(asked: list[Question], source: Source | None) -> None:
    asked = [sourced(one, source) for one in asked]

    came = come_back(write_json, asked, "quiz.json")
    assert list(map(told_of, came)) == list(map(told, asked))
    assert [one.source for one in came] == [source] * len(asked)


in_cells = plain.filter(lambda text: as_html_has_it(text) == text and "\n\n\n" not in text and "\t" not in text)
"""Space within a text that has HTML in it is HTML's."""


@pytest.mark.parametrize(("write", "name"), [(write_csv, "quiz.csv"), (write_xlsx, "quiz.xlsx")])
@slow
@given(data=st.data())
def test_sheets_carry_everything(write: Writer, name: str, data: st.DataObject) -> None:
    asked = data.draw(st.lists(questions(in_cells), min_size=1, max_size=2))
    source = data.draw(st.sampled_from([None, Source("=1+1", "https://a.example/b")]))
    asked = [sourced(one, source) for one in asked]

    came = come_back(write, asked, name)
    assert list(map(told_of, came)) == list(map(told, asked))
    assert [one.source for one in came] == [source] * len(asked)


in_html = in_cells.filter(lambda text: "$" not in text and "`" not in text)


@slow
@given(st.lists(questions(in_html), min_size=1, max_size=2))
def test_moodle_xml_carries_all_but_sources(asked: list[Question]) -> None:
    assert list(map(told_of, come_back(write_moodle_xml, asked, "quiz.xml"))) == list(map(told, asked))


def test_moodle_xml_carries_code_and_formulas() -> None:
    code = "What is printed?\n```python\nfor n in range(2):\n    print(n < 1)\n```\nby `print(n)` and \\(a_1 < b^2\\)?"
    asked = [question(code, ("`x < 1`", "```\na\n  b\n```"), "a", explanation="See $$\\frac{1}{2}$$.")]

    assert list(map(told_of, come_back(write_moodle_xml, asked, "quiz.xml"))) == list(map(told, asked))


in_one_line = texts(lines=False).filter(
    lambda text: (
        cleaned(text) == text
        and " ".join(text.split()) == text
        and not any(form.match(text) for form in (MARK, ANSWER, EXPLANATION))
    )
)


@slow
@given(st.lists(questions(in_one_line, (Kind.SINGLE,), explained=False), min_size=1, max_size=2))
def test_aiken_carries_choices_with_one_right_answer(asked: list[Question]) -> None:
    came = come_back(write_aiken, asked, "quiz.txt")

    assert [told_of(one)[:4] for one in came] == [told(one)[:4] for one in asked]


def test_aiken_says_what_it_cannot_carry() -> None:
    several = question("Which?", ("a", "b", "c"), "ab", Kind.MULTIPLE, explanation="Both.")
    code = question("What is printed?\n```\nprint(1)\n```", ("1", "2"), "a")
    statement = question("It is so.", ("True", "False"), "b", Kind.TRUE_FALSE)

    written = write_aiken("A quiz", "en", [several, code, statement])

    assert written.data.decode() == "It is so.\nA. True\nB. False\nANSWER: B\n"
    assert [words.partition(":")[0] for words in written.lost] == [
        "question 1 is left out",
        "question 2 is left out",
        "explanations and sources are left out",
    ]


def sourced(one: Question, source: Source | None) -> Question:
    try:
        return question(
            one.stem,
            tuple(option.text for option in one.options),
            "".join(sorted(one.key)),
            one.kind,
            explanation=one.explanation,
            level=one.level,
            source=source,
        )
    except InvalidQuestion:
        assume(condition=False)
        raise
