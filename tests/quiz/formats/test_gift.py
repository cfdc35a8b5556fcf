"""Reading GIFT: what a deck's author may write, and what is refused with its line."""

from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.formats.gift import GiftError, GiftQuestion, parse_gift, read_gift
from quiz.formats.gift_writer import write_gift
from quiz.formats.imported import Imported, ImportedQuestion
from quiz.question import Kind
from tests.quiz.formats.questions import single


def read_all(text: str) -> list[GiftQuestion]:
    """All questions of a text that has no faulty one."""
    read = list(parse_gift(text))
    assert all(isinstance(one, GiftQuestion) for one in read), read
    return [one for one in read if isinstance(one, GiftQuestion)]


def read_one(text: str) -> GiftQuestion:
    (question,) = read_all(dedent(text))
    return question


def take_one(text: str) -> ImportedQuestion:
    """The only question of a file, which is taken."""
    imported = read_gift(dedent(text))
    assert not imported.refused
    (question,) = imported.taken
    return question


def refused(text: str) -> list[tuple[int, str]]:
    """What is refused of a file, by line."""
    return [(one.line, one.why) for one in read_gift(text).refused]


def options(question: ImportedQuestion) -> list[tuple[str, bool]]:
    return [(option.text, option.right) for option in question.options]


def test_a_single_choice_has_one_right_option() -> None:
    question = take_one("Which is a star? {=The Sun ~The Moon ~Mars}")

    assert question.kind is Kind.SINGLE
    assert question.stem == "Which is a star?"
    assert options(question) == [("The Sun", True), ("The Moon", False), ("Mars", False)]


def test_options_may_stand_on_lines_of_their_own() -> None:
    question = take_one("""
        Which is a star? {
          ~The Moon
          =The Sun
        }
        """)

    assert options(question) == [("The Moon", False), ("The Sun", True)]


def test_weights_that_make_100_percent_are_several_right_answers() -> None:
    question = take_one("Which are planets? {~%50%Mars ~%50%Venus ~%-100%The Sun}")

    assert question.kind is Kind.MULTIPLE
    assert options(question) == [("Mars", True), ("Venus", True), ("The Sun", False)]
    assert [option.fraction for option in question.options] == [0.5, 0.5, -1.0]


def test_thirds_make_100_percent_too() -> None:
    question = take_one("Which are planets? {~%33.33333%Mars ~%33.33333%Venus ~%33.33333%Earth ~The Sun}")

    assert [option.right for option in question.options] == [True, True, True, False]


def test_a_full_weight_is_the_same_as_an_equals_sign() -> None:
    assert take_one("Star? {~%100%Sun ~Mars}").kind is Kind.SINGLE


def test_one_right_answer_may_be_asked_for_as_if_there_were_several() -> None:
    assert take_one("Stars? {~%100%Sun ~%-100%Mars}").kind is Kind.MULTIPLE


@pytest.mark.parametrize(
    ("written", "truth"), [("T", True), ("TRUE", True), ("true", True), ("F", False), ("FALSE", False), (" f ", False)]
)
def test_a_statement_is_true_or_false(written: str, *, truth: bool) -> None:
    question = read_one(f"Venus is a star. {{{written}}}")

    assert (question.truth, question.options) == (truth, ())


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
    (question,) = read_all("  ::Star::Which is one? {=Sun ~Mars}")

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
    questions = read_all("First? {=a ~b}\n\n\n  \n// [id:second]\nSecond? {=a ~b}\n")

    assert [(question.stem, question.line) for question in questions] == [("First?", 1), ("Second?", 5)]


@pytest.mark.parametrize("text", ["", "\n\n", "// nothing yet", "$CATEGORY: none\n"])
def test_a_file_without_questions_is_empty(text: str) -> None:
    assert read_all(text) == []


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    questions = read_all("\ufeff::One::First? {=a ~b}\r\n\r\nSecond? {=a ~b}\r\n")

    assert [question.stem for question in questions] == ["First?", "Second?"]


def test_a_backslash_takes_the_meaning_from_a_mark() -> None:
    question = read_one(r"Which is \{a set\}\: 1 \~ 2? {=\{1\} \= \#1 ~C\:\\dir}")

    assert question.stem == "Which is {a set}: 1 ~ 2?"
    assert [option.text for option in question.options] == ["{1} = #1", r"C:\dir"]


def test_backslash_n_is_a_line_break() -> None:
    assert read_one(r"One\nTwo {=a ~b}").stem == "One\nTwo"


def test_a_code_block_keeps_its_indentation() -> None:
    question = read_all(
        "What is printed?\n```python\nfor n in range(2)\\:\n    if n\\:\n        print(n)\n```\n{=1 ~0}"
    )[0]

    assert question.stem == "What is printed?\n```python\nfor n in range(2):\n    if n:\n        print(n)\n```"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Which? {=a ~b", "must stand in { }"),
        ("Which? =a ~b}", "must stand in { }"),
        ("::Title without end {=a ~b}", "the title has no end"),
        ("A text without answers", "a description"),
        ("Which? {=a ~b} {=c ~d}", "a cloze"),
        ("An essay {}", "an essay, {}"),
        ("How many? {#3}", "a numeric question"),
        ("How many? {#3:2 =%50%2:1}", "a numeric question"),
        ("Which? {Sun}", "a short answer"),
        ("Capital? {=Paris}", "a short answer"),
        ("Capital? {=Paris =Lutetia}", "a short answer"),
        ("Capital? {=%100%Paris =%50%Lutetia}", "a short answer"),
        ("Match. {=a -> b =b -> 2}", "a matching question"),
        ("Which? {~a ~b}", "no option is right"),
        ("Which? {~%50%a ~%30%b ~c}", "make 80 %"),
        ("Which? {=a =b ~c}", "“a” and “b” are each right"),
        ("Which? {~a}", "two options at least"),
        ("Which? {=a ~a}", "two options say the same"),
        ("Which? {=a ~}", "option 2 is empty"),
        (f"Which? {{=a ~{'b' * 201}}}", "longer than 200"),
        ("Which? {=a " + " ".join(f"~{number}" for number in range(12)) + "}", "at most 12"),
    ],
)
def test_what_is_not_asked_is_refused_with_its_line_and_the_rest_is_taken(text: str, reason: str) -> None:
    imported = read_gift(f"First? {{=a ~b}}\n\n{text}\n\nLast? {{=a ~b}}")

    (refusal,) = imported.refused
    assert refusal.line == 3
    assert reason in refusal.why
    assert [one.stem for one in imported.taken] == ["First?", "Last?"]


def test_a_blank_line_that_is_missing_is_asked_for_where_it_is_missing() -> None:
    assert refused("// [id:one]\nFirst? {\n=a\n~b\n}\n// [id:two]\nSecond? {=c ~d}\n") == [
        (6, "the next question begins here: leave a blank line before it")
    ]


def test_an_arrow_in_a_choice_matches_nothing() -> None:
    assert options(take_one("Which? {=a -> b ~b -> a}")) == [("a -> b", True), ("b -> a", False)]


def test_a_missing_word_leaves_a_gap() -> None:
    question = take_one("Grant is {~buried =entombed ~living} in Grant's tomb.")

    assert question.stem == "Grant is _____ in Grant's tomb."
    assert options(question) == [("buried", False), ("entombed", True), ("living", False)]


def test_an_imported_question_begins_below_its_comments() -> None:
    assert take_one("\n// of the first week\n// [id:one]\nFirst? {=a ~b}").line == 4


def test_a_partly_right_option_of_a_choice_is_wrong_and_said_to_be_so() -> None:
    imported = read_gift("Which? {=a ~%50%b ~%-25%c}")

    assert options(imported.taken[0]) == [("a", True), ("b", False), ("c", False)]
    assert [option.fraction for option in imported.taken[0].options] == [1.0, 0.5, -0.25]
    assert [words.partition(":")[0] for words in imported.warnings] == ["line 1", "line 1"]
    assert "“b” gives 0.5" in imported.warnings[0]
    assert "“c” takes 0.25" in imported.warnings[1]


def test_unequal_weights_are_said_to_be_lost() -> None:
    imported = read_gift("Which? {~%80%a ~%20%b ~c}")

    assert options(imported.taken[0]) == [("a", True), ("b", True), ("c", False)]
    assert imported.warnings == (
        "line 1: the right answers count unequally: here all of them together are right, and nothing less",
    )


def test_feedback_on_options_follows_the_general_one_unless_it_says_the_verdict_only() -> None:
    question = take_one("Star? {=Sun#Right! ~Mars#It is a planet. ~Moon#Wrong. ####Stars shine.}")

    assert question.explanation == "Stars shine.\nMars: It is a planet."


def test_feedback_that_stands_alone_is_the_explanation() -> None:
    assert take_one("Star? {=Sun#It shines. ~Mars}").explanation == "It shines."
    assert take_one("The Sun is a star. {T#No: it is.}").explanation == "No: it is."


def test_a_statement_in_russian_is_answered_in_russian() -> None:
    assert options(take_one("Солнце — звезда. {TRUE}")) == [("Верно", True), ("Неверно", False)]


def test_html_becomes_text_where_a_marker_or_closed_tags_say_that_it_is_html() -> None:
    marked = take_one("[html]<p>What is H<sub>2</sub>O?</p> {=<b>Water</b> ~[plain]<b>Ice</b>}")
    unmarked = take_one("What is 10<sup>3</sup> &lt; x? {=a<br>b ~c}")
    about_html = take_one("What does <b> do? {=<p> ~bold}")

    assert (marked.stem, options(marked)) == ("What is H₂O?", [("Water", True), ("<b>Ice</b>", False)])
    assert (unmarked.stem, unmarked.options[0].text) == ("What is 10³ < x?", "a\nb")
    assert (about_html.stem, about_html.options[0].text) == ("What does <b> do?", "<p>")


def test_markdown_becomes_text() -> None:
    imported = read_gift("[markdown]What **is** `**x**`, by [this](https://example.org)? ![map](a.png) {=a ~b}")

    assert imported.taken[0].stem == "What is `**x**`, by this?"
    assert imported.warnings == ("line 1: a picture (map) is not taken",)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (r"\\(x^2 \= 1\\)", r"\(x^2 = 1\)"),
        (r"\(\nu \= 1\)", r"\(\nu = 1\)"),
        (r"\(\frac\{a\}\{b\}\)", r"\(\frac{a}{b}\)"),
        (r"$$x^2$$", r"$$x^2$$"),
    ],
)
def test_formulas_stay_whether_or_not_their_backslashes_are_doubled(written: str, shown: str) -> None:
    assert take_one(f"Is {written} right? {{=a ~b}}").stem == f"Is {shown} right?"


def test_what_is_written_keeps_id_level_and_explanation() -> None:
    text = write_gift("Stars: a quiz", "en", [single(explanation="a: b = c")]).data.decode()

    (read,) = read_all(text)
    assert text.startswith("// Stars: a quiz\n")
    assert (read.id, read.tags, read.explanation) == ("q1", ("level-1",), "a: b = c")


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

    (question,) = read_all(text)

    assert (question.title, question.stem, question.explanation) == (title, stem, why)
    assert [(option.text, option.fraction) for option in question.options] == [(right, 1), (wrong, 0)]


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
        "<b>",
        "&lt;",
        "[html]",
    ]
)


@given(st.lists(fragments | st.text(max_size=5)).map("".join))
def test_any_text_is_read_or_refused_with_a_line_of_it(text: str) -> None:
    lines: list[int] = []
    for one in parse_gift(text):
        lines.append(one.line)
        assert isinstance(one, GiftError) or len(one.options) > 1 or one.truth is not None
    imported: Imported = read_gift(text)
    lines += [one.line for one in (*imported.taken, *imported.refused)]
    assert imported.taken or imported.refused
    assert all(1 <= line <= text.count("\n") + text.count("\r") + text.count("\u2028") + 1 for line in lines)
