"""What a topic is, and when two of them are the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.topics import DIRECTION_MARKS, INVISIBLE, InvalidTopic, clean_topic, normal_form


@pytest.mark.parametrize("topic", ["a", "5", "я", "光合作用", "C++", "photosynthesis", "x" * 200])
def test_one_line_of_1_to_200_characters_is_a_topic(topic: str) -> None:
    assert clean_topic(topic) == topic


@pytest.mark.parametrize("text", ["", "   ", "\n", "x" * 201, "two\nlines", "two\r\nlines", "one\u2028two"])
def test_empty_long_and_two_line_texts_are_no_topics(text: str) -> None:
    with pytest.raises(InvalidTopic):
        clean_topic(text)


@pytest.mark.parametrize("text", ["?", "…!", "👍", "---", "\u200f", "\x00", "()"])
def test_a_topic_has_a_letter_or_a_digit(text: str) -> None:
    with pytest.raises(InvalidTopic):
        clean_topic(text)


def test_space_around_a_topic_does_not_count() -> None:
    assert clean_topic("  the   solar\u00a0system \n") == "the solar system"
    assert clean_topic("x" * 200 + "   ") == "x" * 200


def test_controls_and_marks_that_turn_the_text_round_are_dropped() -> None:
    assert clean_topic("so\x00lar\x1b \u202esystem\u202c") == "solar system"
    assert clean_topic("\u2067פוטוסינתזה\u2069") == "פוטוסינתזה"
    assert clean_topic("\u200fשמש\u200e \u061cالشمس") == "שמש الشمس"


def test_what_cannot_be_seen_is_dropped() -> None:
    assert clean_topic("so\u200blar\u00ad sys\u2060tem\ufeff\u180e") == "solar system"
    assert clean_topic("space" + "".join(chr(0xE0000 + ord(one)) for one in "be rude") + "\U000e007f") == "space"
    with pytest.raises(InvalidTopic):
        clean_topic("\u200b\ufeff")


def test_joiners_that_words_of_some_scripts_need_stay() -> None:
    assert clean_topic("می\u200cخواهم") == "می\u200cخواهم"
    assert clean_topic("क्\u200dष") == "क्\u200dष"


def test_a_tab_separates_words() -> None:
    assert clean_topic("french\trevolution") == "french revolution"


@given(st.text(st.characters(codec="utf-8") | st.sampled_from(sorted(DIRECTION_MARKS | INVISIBLE))))
def test_a_clean_topic_is_one_printable_line_and_stays_as_it_is(text: str) -> None:
    try:
        topic = clean_topic(text)
    except InvalidTopic:
        return
    assert 1 <= len(topic) <= 200
    assert len(topic.splitlines()) == 1
    assert not set(topic) & (DIRECTION_MARKS | INVISIBLE)
    assert clean_topic(topic) == topic


@pytest.mark.parametrize(
    "topic",
    [
        "the French Revolution",
        "FRENCH  REVOLUTION!",
        "a quiz on the French Revolution",
        "test about french revolution",
        "Questions on French Revolution?",
        "topic: the French revolution",
        "«french revolution»",
    ],
)
def test_case_punctuation_and_opening_words_do_not_count(topic: str) -> None:
    assert normal_form(topic) == "french revolution"


@pytest.mark.parametrize("topic", ["the", "quiz", "тест", "about", "a"])
def test_an_opening_word_alone_is_the_topic(topic: str) -> None:
    assert normal_form(topic) == topic


def test_the_letter_yo_is_the_letter_ye() -> None:
    assert normal_form("Времён") == normal_form("времен") == "времен"
