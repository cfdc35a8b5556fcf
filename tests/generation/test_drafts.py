"""What a model wrote becomes a draft by forgiving rules, and a draft a question with its options shuffled."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generation.drafts import cleaned, read_draft, to_question, true_false_words
from generation.request import Draft, Unreadable
from quiz.question import Checked, InvalidQuestion, Kind, Level, Origin, Source
from quiz.topics import DIRECTION_MARKS

LINE: dict[str, object] = {
    "kind": "single",
    "question": "Which planet is nearest to the Sun?",
    "options": ["Venus", "Mercury", "Mars"],
    "right": [1],
    "explanation": "Mercury goes round the Sun at 58 million km.",
    "level": 1,
}
ORIGIN = Origin("question", 1, "abcdefabcdef", "a-model", ("form", "solver"), 1_700_000_000_000)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def read(language: str = "en", level: Level | None = None, **changes: object) -> Draft | Unreadable:
    """The draft of the sample line with other fields; None leaves a field out."""
    line = {name: value for name, value in (LINE | changes).items() if value is not None}
    return read_draft(line, language=language, level=level)


def draft(language: str = "en", level: Level | None = None, **changes: object) -> Draft:
    """The same, where it must be readable."""
    result = read(language, level, **changes)
    assert isinstance(result, Draft), result
    return result


def test_a_line_as_the_prompt_asks_for_it_is_a_draft() -> None:
    assert draft(source="NASA") == Draft(
        kind=Kind.SINGLE,
        stem="Which planet is nearest to the Sun?",
        options=("Venus", "Mercury", "Mars"),
        right=frozenset({1}),
        explanation="Mercury goes round the Sun at 58 million km.",
        level=Level.RECALL,
        source="NASA",
    )


@pytest.mark.parametrize(
    "right", [1, [1], "1", ["1"], "Mercury", ["Mercury"], " Mercury ", "B", ["b"], "B)", "(b)", "b. Mercury", [1, 1]]
)
def test_the_right_option_is_named_by_its_place_its_words_or_its_letter(right: object) -> None:
    assert draft(right=right).right == {1}


@pytest.mark.parametrize(
    "right",
    [3, -1, [], "Pluto", "D", "B) Venus", "bronze", "d)", None, True, [True], 1.5, {"a": 1}, [[1]], ["1", "x"], [0, 1]],
)
def test_a_right_option_that_is_not_there_or_not_clear_is_unreadable(right: object) -> None:
    assert read(right=right) == Unreadable("right")


def test_a_number_that_is_one_options_place_and_anothers_text_is_unreadable() -> None:
    assert read(options=["1", "2", "3"], right=["1"]) == Unreadable("right")
    assert draft(options=["2", "3", "4"], right=["4"]).right == {2}
    assert draft(options=[2, 3, 4.5], right=[2]).options == ("2", "3", "4.5")


@pytest.mark.parametrize(
    ("kind", "right", "read_as"),
    [
        (None, [1], Kind.SINGLE),
        (None, [0, 1], Kind.MULTIPLE),
        ("multiple choice", [1], Kind.SINGLE),
        ("Multiple-Choice", [0, 1], Kind.MULTIPLE),
        ("multiple", [1], Kind.MULTIPLE),
        ("Single choice", 1, Kind.SINGLE),
        (7, 1, Kind.SINGLE),
    ],
)
def test_a_kind_that_is_missing_or_unknown_follows_from_the_rest(kind: object, right: object, read_as: Kind) -> None:
    assert draft(kind=kind, right=right).kind is read_as


@pytest.mark.parametrize(
    ("level", "read_as"), [(2, "2"), ("3", "3"), (None, "2"), (9, "2"), ("hard", "2"), (True, "2")]
)
def test_a_level_that_is_missing_or_unknown_is_the_one_asked_for_else_the_middle_one(
    level: object, read_as: str
) -> None:
    result = read_draft({**LINE, "level": level}, language="en", level=None)

    assert isinstance(result, Draft)
    assert result.level == read_as


def test_the_level_asked_for_stands_in_for_a_missing_one() -> None:
    line = {name: value for name, value in LINE.items() if name != "level"}
    result = read_draft(line, language="en", level=Level.APPLICATION)
    assert isinstance(result, Draft)
    assert result.level is Level.APPLICATION


@pytest.mark.parametrize(
    ("labelled", "options"),
    [
        (["A) Venus", "B) Mercury", "C) Mars"], ("Venus", "Mercury", "Mars")),
        (["(a) Venus", "(b) Mercury"], ("Venus", "Mercury")),
        (["1. Venus", "2. Mercury"], ("Venus", "Mercury")),
        (["0: Venus", "1: Mercury"], ("Venus", "Mercury")),
        (["А) Венера", "Б) Меркурий", "В) Марс"], ("Венера", "Меркурий", "Марс")),
        (["A) Venus", "Mercury"], ("A) Venus", "Mercury")),
        (["B) Venus", "A) Mercury"], ("B) Venus", "A) Mercury")),
        (["A. Lincoln", "G. Washington"], ("A. Lincoln", "G. Washington")),
        (["1.5", "2.5"], ("1.5", "2.5")),
        (["A", "B"], ("A", "B")),
    ],
)
def test_letters_before_options_are_dropped_when_all_have_them_in_order(
    labelled: list[str], options: tuple[str, ...]
) -> None:
    assert draft(options=labelled).options == options
    assert draft(options=labelled, right=labelled[1]).right == {1}


@pytest.mark.parametrize(
    ("kind", "options", "right", "place"),
    [
        ("truefalse", None, [0], 0),
        ("true/false", None, 1, 1),
        ("truefalse", None, True, 0),
        ("truefalse", [], [False], 1),
        (None, None, "true", 0),
        (None, None, "Неверно", 1),
        (None, ["True", "False"], 1, 1),
        ("truefalse", ["False", "True"], [0], 1),
        ("truefalse", ["Неверно", "Верно"], "Верно", 0),
        ("truefalse", ["A) True", "B) False"], [1], 1),
    ],
)
def test_a_statement_has_the_words_of_the_quizs_language_true_first(
    kind: object, options: object, right: object, place: int
) -> None:
    statement = draft("ru", kind=kind, options=options, right=right)

    assert statement.kind is Kind.TRUE_FALSE
    assert statement.options == ("Верно", "Неверно")
    assert statement.right == {place}


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"kind": "truefalse", "options": ["Yes", "No"], "right": 0}, "options"),
        ({"kind": "truefalse", "options": ["True", "False", "Perhaps"], "right": 0}, "options"),
        ({"kind": "truefalse", "options": ["True", "False"], "right": [0, 1]}, "right"),
        ({"options": None}, "options"),
        ({"options": "Venus"}, "options"),
        ({"options": {"a": "Venus"}}, "options"),
        ({"options": ["Venus", None]}, "options"),
        ({"options": ["Venus", " \x00"]}, "options"),
        ({"options": ["Venus", ["Mars"]]}, "options"),
        ({"question": None}, "question"),
        ({"question": ""}, "question"),
        ({"question": "\u202e\x07"}, "question"),
        ({"question": 5}, "question"),
        ({"question": ["Who?"]}, "question"),
    ],
)
def test_an_object_that_breaks_the_form_is_named_by_the_field(changes: dict[str, object], why: str) -> None:
    line = {name: value for name, value in (LINE | changes).items() if value is not None}

    assert read_draft(line, language="en", level=None) == Unreadable(why)


def test_the_words_for_true_and_false_of_an_unknown_language_are_english() -> None:
    assert true_false_words("de") == ("Richtig", "Falsch")
    assert true_false_words("xx") == ("True", "False")


def test_texts_lose_controls_and_marks_that_turn_them_round_but_keep_their_lines() -> None:
    messy = draft(
        question="What\x00 prints\r\n\tprint(1)\u2028\n\n\nhere\u202e? ",
        options=["\u2067one\ntwo\u2069", "three", " four\t"],
        explanation=["no text"],
        source="a\nbook",
    )

    assert messy.stem == "What prints\n    print(1)\n\nhere?"
    assert messy.options == ("one two", "three", "four")
    assert messy.explanation == ""
    assert messy.source == "a book"


INVISIBLE = [0x200B, 0x2060, 0xFEFF, 0x00AD, 0x180E, 0xE0000, 0xE0001, 0xE0041, 0xE007F, 0x2062]


@pytest.mark.parametrize("code", INVISIBLE, ids=hex)
def test_what_nobody_sees_is_dropped(code: int) -> None:
    assert cleaned(f"{chr(code)}Ve{chr(code)}nus{chr(code)}") == "Venus"
    assert draft(options=["Venus", f"Mer{chr(code)}cury", "Mars"], right="Mercury").right == {1}
    assert read(question=chr(code)) == Unreadable("question")


@pytest.mark.parametrize("text", ["می\u200cخواهم", "👩\u200d🚀", "क्\u200dष"])
def test_what_joins_letters_or_emoji_stays(text: str) -> None:
    assert cleaned(text) == text


@given(st.text())
def test_a_cleaned_text_stays_as_it_is(text: str) -> None:
    clean = cleaned(text)

    assert cleaned(clean) == clean
    assert not set(clean) & (DIRECTION_MARKS | set(map(chr, range(0x20))) - {"\n"})


@given(st.fixed_dictionaries({}, optional={name: JSON | st.just(value) for name, value in LINE.items()}))
def test_any_object_is_read_or_named_unreadable(line: dict[str, object]) -> None:
    result = read_draft(line, language="ru", level=None)

    if isinstance(result, Draft):
        assert result.right
        assert all(0 <= place < len(result.options) for place in result.right)
    else:
        assert result.why in {"question", "options", "right"}


def test_a_question_has_its_options_in_an_order_that_its_id_alone_decides() -> None:
    orders = set[tuple[str, ...]]()
    for number in range(40):
        question = to_question(draft(), question_id=f"q{number}", origin=ORIGIN)
        again = to_question(draft(), question_id=f"q{number}", origin=ORIGIN)
        assert question == again
        assert [option.id for option in question.options] == ["a", "b", "c"]
        assert [question.option(key).text for key in question.key] == ["Mercury"]
        orders.add(tuple(option.text for option in question.options))
    assert len(orders) == 6


def test_a_question_says_who_made_and_who_checked_it() -> None:
    question = to_question(draft(source="NASA"), question_id="q", origin=ORIGIN)

    assert (question.checked, question.origin, question.source) == (Checked.SOLVER, ORIGIN, Source("NASA"))
    assert (question.id, question.revision, question.level) == ("q", 1, Level.RECALL)


def test_true_and_false_keep_their_order() -> None:
    statement = draft(kind="truefalse", options=None, right=1)
    for number in range(10):
        question = to_question(statement, question_id=f"q{number}", origin=ORIGIN)
        assert [option.text for option in question.options] == ["True", "False"]
        assert question.key == {"b"}


@pytest.mark.parametrize("source", ["x" * 201, "https://evil.test/now", "NASA (t.me/evil)"])
def test_a_source_that_is_too_long_or_leads_to_a_page_is_left_out(source: str) -> None:
    assert to_question(draft(source=source), question_id="q", origin=ORIGIN).source is None


@pytest.mark.parametrize(
    "changes",
    [{"question": "x" * 1001}, {"options": ["a b", "a  b"]}, {"options": list(map(str, range(13))), "right": 3}],
)
def test_what_the_domain_refuses_is_no_question(changes: dict[str, object]) -> None:
    refused = read_draft(LINE | changes, language="en", level=None)

    assert isinstance(refused, Draft)
    with pytest.raises(InvalidQuestion):
        to_question(refused, question_id="q", origin=ORIGIN)
