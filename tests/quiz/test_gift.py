"""Reading GIFT: what a deck's author may write, and what is refused with its line."""

from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.formats.gift import GiftError, GiftOption, GiftQuestion, read_gift
from quiz.question import Kind


def read_one(text: str) -> GiftQuestion:
    (question,) = read_gift(dedent(text))
    return question


def test_a_single_choice_has_one_right_option() -> None:
    question = read_one("Which is a star? {=The Sun ~The Moon ~Mars}")

    assert question.kind is Kind.SINGLE
    assert question.stem == "Which is a star?"
    assert question.options == (
        GiftOption("The Sun", right=True),
        GiftOption("The Moon", right=False),
        GiftOption("Mars", right=False),
    )


def test_options_may_stand_on_lines_of_their_own() -> None:
    question = read_one("""
        Which is a star? {
          ~The Moon
          =The Sun
        }
        """)

    assert question.options == (GiftOption("The Moon", right=False), GiftOption("The Sun", right=True))


def test_weights_that_make_100_percent_are_several_right_answers() -> None:
    question = read_one("Which are planets? {~%50%Mars ~%50%Venus ~%-100%The Sun}")

    assert question.kind is Kind.MULTIPLE
    assert [(option.text, option.right) for option in question.options] == [
        ("Mars", True),
        ("Venus", True),
        ("The Sun", False),
    ]


def test_thirds_make_100_percent_too() -> None:
    question = read_one("Which are planets? {~%33.33333%Mars ~%33.33333%Venus ~%33.33333%Earth ~The Sun}")

    assert [option.right for option in question.options] == [True, True, True, False]


def test_a_full_weight_is_the_same_as_an_equals_sign() -> None:
    assert read_one("Star? {~%100%Sun ~Mars}").kind is Kind.SINGLE


def test_one_right_answer_may_be_asked_for_as_if_there_were_several() -> None:
    assert read_one("Stars? {~%100%Sun ~%-100%Mars}").kind is Kind.MULTIPLE


@pytest.mark.parametrize(
    ("written", "truth"), [("T", True), ("TRUE", True), ("true", True), ("F", False), ("FALSE", False), (" f ", False)]
)
def test_a_statement_is_true_or_false(written: str, *, truth: bool) -> None:
    question = read_one(f"Venus is a star. {{{written}}}")

    assert (question.kind, question.truth, question.options) == (Kind.TRUE_FALSE, truth, ())


def test_feedback_after_four_signs_is_the_explanation() -> None:
    assert read_one("Star? {=Sun ~Mars ####It shines by itself.}").explanation == "It shines by itself."
    assert read_one("It is a star. {T#### It shines. }").explanation == "It shines."
    assert read_one("Star? {=Sun ~Mars}").explanation == ""


def test_the_explanation_may_hold_marks_of_options() -> None:
    assert read_one("Sum? {=4 ~5 ####2 + 2 = 4, and 1 ~ 1.}").explanation == "2 + 2 = 4, and 1 ~ 1."


def test_a_title_stands_between_double_colons() -> None:
    question = read_one("::The nearest star::Which star is nearest? {=Sun ~Sirius}")

    assert (question.title, question.stem) == ("The nearest star", "Which star is nearest?")


def test_a_title_may_be_indented() -> None:
    (question,) = read_gift("  ::Star::Which is one? {=Sun ~Mars}")

    assert (question.title, question.stem) == ("Star", "Which is one?")


def test_ids_and_tags_stand_in_a_comment() -> None:
    question = read_one("""
        // [id:nearest-star] [tag:level-2] [tag:source-nasa] and a word to the author
        Which star is nearest? {=Sun ~Sirius}
        """)

    assert question.id == "nearest-star"
    assert question.tags == ("level-2", "source-nasa")
    assert question.tag("level-") == "2"
    assert question.tag("source-") == "nasa"
    assert question.tag("revision-") is None


def test_a_tag_given_twice_is_no_tag() -> None:
    question = read_one("""
        // [tag:level-2] [tag:level-3]
        Which star is nearest? {=Sun ~Sirius}
        """)

    assert question.tag("level-") is None
    assert question.id is None


def test_comments_and_categories_are_no_questions() -> None:
    text = """
        $CATEGORY: astronomy

        // a comment alone

        Which is a star? {
          // the easy one
          =Sun
          ~Mars
        }
        """

    question = read_one(text)

    assert [option.text for option in question.options] == ["Sun", "Mars"]


def test_blank_lines_separate_questions_and_lines_are_counted_from_one() -> None:
    questions = read_gift("First? {=a ~b}\n\n\n  \n// [id:second]\nSecond? {=a ~b}\n")

    assert [(question.stem, question.line) for question in questions] == [("First?", 1), ("Second?", 5)]


@pytest.mark.parametrize("text", ["", "\n\n", "// nothing yet", "$CATEGORY: none\n"])
def test_a_file_without_questions_is_empty(text: str) -> None:
    assert read_gift(text) == []


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    questions = read_gift("\ufeff::One::First? {=a ~b}\r\n\r\nSecond? {=a ~b}\r\n")

    assert [question.stem for question in questions] == ["First?", "Second?"]


def test_a_backslash_takes_the_meaning_from_a_mark() -> None:
    question = read_one(r"Which is \{a set\}\: 1 \~ 2? {=\{1\} \= \#1 ~C\:\\dir}")

    assert question.stem == "Which is {a set}: 1 ~ 2?"
    assert [option.text for option in question.options] == ["{1} = #1", r"C:\dir"]


def test_backslash_n_is_a_line_break() -> None:
    assert read_one(r"One\nTwo {=a ~b}").stem == "One\nTwo"


def test_a_code_block_keeps_its_indentation() -> None:
    question = read_gift(
        "What is printed?\n```python\nfor n in range(2)\\:\n    if n\\:\n        print(n)\n```\n{=1 ~0}"
    )[0]

    assert question.stem == "What is printed?\n```python\nfor n in range(2):\n    if n:\n        print(n)\n```"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("A question without answers", "must stand in { }"),
        ("Which? {=a ~b", "must stand in { }"),
        ("Which? =a ~b}", "must stand in { }"),
        ("::Title without end {=a ~b}", "the title has no end"),
        ("The {=sun ~moon} is a star.", "a missing word"),
        ("Which? {=a ~b} {=c ~d}", "a missing word"),
        (
            "An essay {}",
            "an essay, {}. is not taken: decks take choices with one right answer or several, and true/fal",
        ),
        ("How many? {#3}", "a numeric question .* is not taken: decks take choices with one right answer or several"),
        ("Which? {Sun}", "neither a choice nor true/false"),
        ("Which? {=a#good ~b#bad}", "feedback on a single option"),
        ("Capital? {=Paris}", "two options"),
        ("Match. {=a -> 1 =b -> 2}", "a matching question .* is not taken: decks take choices"),
        ("Which? {~a ~b}", "make 0 %"),
        ("Which? {~%50%a ~%30%b ~c}", "make 80 %"),
        ("Which? {~%50%a =b}", "make 150 %"),
    ],
)
def test_what_is_not_read_is_refused_with_its_line(text: str, reason: str) -> None:
    with pytest.raises(GiftError, match=reason) as refused:
        read_gift(f"First? {{=a ~b}}\n\n{text}\n")

    assert refused.value.line == 3
    assert str(refused.value).startswith("line 3: ")


def test_a_blank_line_that_is_missing_is_asked_for_where_it_is_missing() -> None:
    with pytest.raises(GiftError) as refused:
        read_gift("// [id:one]\nFirst? {\n=a\n~b\n}\n// [id:two]\nSecond? {=c ~d}\n")

    assert str(refused.value) == "line 6: the next question begins here: leave a blank line before it"


def test_an_arrow_in_a_choice_matches_nothing() -> None:
    question = read_gift("Which? {=a -> b ~b -> a}")[0]

    assert question.options == (GiftOption("a -> b", right=True), GiftOption("b -> a", right=False))


def escaped(text: str) -> str:
    """The text as an author would write it into a file."""
    marked = "".join(f"\\{one}" if one in "~=#{}:\\/%$" else one for one in text)
    return marked.replace("\n", "\\n")


texts = st.text(
    st.characters(codec="utf-8", exclude_characters="\r") | st.sampled_from("~=#{}:\\/%$ \n"), max_size=40
).map(str.strip)


@given(stem=texts.filter(bool), right=texts, wrong=texts, why=texts, title=texts)
def test_whatever_is_escaped_comes_back_as_it_was(stem: str, right: str, wrong: str, why: str, title: str) -> None:
    text = f"::{escaped(title)}::{escaped(stem)}{{={escaped(right)}~{escaped(wrong)}####{escaped(why)}}}"

    (question,) = read_gift(text)

    assert (question.title, question.stem, question.explanation) == (title, stem, why)
    assert question.options == (GiftOption(right, right=True), GiftOption(wrong, right=False))


fragments = st.sampled_from(
    [
        "{",
        "}",
        "=",
        "~",
        "#",
        "####",
        "::",
        ":",
        "\\",
        "%50%",
        "%",
        "%-100%",
        "//",
        "\n",
        "\n\n",
        "T",
        "$CATEGORY:",
        "[id:",
    ]
)


@given(st.lists(fragments | st.text(max_size=5)).map("".join))
def test_any_text_is_read_or_refused_with_a_line_of_it(text: str) -> None:
    lines: list[int] = []
    try:
        questions = read_gift(text)
    except GiftError as error:
        lines = [error.line]
    else:
        lines = [question.line for question in questions]
        assert all(len(question.options) > 1 or question.truth is not None for question in questions)
    assert all(1 <= line <= text.count("\n") + text.count("\r") + 1 for line in lines)
