"""From what a student types to a deck."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decks import load_decks
from quiz.topics import DIRECTION_MARKS, INVISIBLE, OTHER_TOPICS, InvalidTopic, clean_topic, find_deck, normal_form
from tests.samples import a_deck

DECKS = load_decks()


def found(topic: str, language: str = "en") -> tuple[str, str] | None:
    """The deck that is found for a topic, and in which language it is played."""
    match = find_deck(DECKS, topic, language)
    return (match.deck.name, match.language) if match else None


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


@pytest.mark.parametrize(
    ("topic", "deck"),
    [
        ("photosynthesis", "photosynthesis"),
        ("Photosynthesis in plants", "photosynthesis"),
        ("the French Revolution", "french-revolution"),
        ("Solar System", "solar-system"),
        ("the solar system", "solar-system"),
        ("quiz me on quadratic equations", "quadratic-equations"),
        ("Python", "python-basics"),
        ("English tenses", "english-tenses"),
        ("planets", "solar-system"),
        ("the planets", "solar-system"),
        ("quiz me on the eight planets", "solar-system"),
        ("space", "solar-system"),
        ("astronomy", "solar-system"),
        ("tenses", "english-tenses"),
        ("past simple", "english-tenses"),
        ("a test on the present perfect", "english-tenses"),
        ("Bastille", "french-revolution"),
        ("the storming of the Bastille", "french-revolution"),
        ("1789", "french-revolution"),
        ("chlorophyll", "photosynthesis"),
        ("Calvin cycle", "photosynthesis"),
        ("Vieta's theorem", "quadratic-equations"),
        ("coding in Python", "python-basics"),
    ],
)
def test_an_english_name_finds_its_deck_in_english(topic: str, deck: str) -> None:
    assert found(topic) == (deck, "en")


@pytest.mark.parametrize(
    ("topic", "deck"),
    [
        ("Фотосинтез", "photosynthesis"),
        ("квиз по фотосинтезу", "photosynthesis"),
        ("французская революция", "french-revolution"),
        ("вопросы о французской революции", "french-revolution"),
        ("квиз по Великой французской революции", "french-revolution"),
        ("викторина о планетах", "solar-system"),
        ("Солнечная система", "solar-system"),
        ("тест по солнечной системе", "solar-system"),
        ("квадратные уравнения", "quadratic-equations"),
        ("тест по квадратным уравнениям", "quadratic-equations"),
        ("питон", "python-basics"),
        ("времена английского глагола", "english-tenses"),
        ("теорема Виета", "quadratic-equations"),
        ("тест по теореме Виета", "quadratic-equations"),
        ("времена глагола", "english-tenses"),
        ("презент перфект", "english-tenses"),
        ("взятие бастилии", "french-revolution"),
        ("хлорофилл", "photosynthesis"),
        ("цикл Кальвина", "photosynthesis"),
        ("астрономия", "solar-system"),
        ("тест по астрономии", "solar-system"),
        ("космос", "solar-system"),
        ("викторина о космосе", "solar-system"),
        ("питон основы", "python-basics"),
    ],
)
def test_a_russian_name_finds_its_deck_in_russian_whatever_telegram_speaks(topic: str, deck: str) -> None:
    assert found(topic, "en") == found(topic, "ru") == (deck, "ru")


def test_a_name_of_both_languages_is_played_in_that_of_the_person() -> None:
    assert found("python", "en") == ("python-basics", "en")
    assert found("python", "ru") == ("python-basics", "ru")
    assert found("present perfect", "ru") == ("english-tenses", "ru")
    assert found("1789", "ru") == ("french-revolution", "ru")


@pytest.mark.parametrize(
    ("typed", "deck"),
    [
        ("photosynthsis", "photosynthesis"),
        ("photosyntehsis", "photosynthesis"),
        ("pyhton", "python-basics"),
        ("phyton", "python-basics"),
        ("fotosynthesis", "photosynthesis"),
        ("astronmy", "solar-system"),
        ("planetes", "solar-system"),
        ("bastile", "french-revolution"),
        ("clorophyll", "photosynthesis"),
        ("frnech revolution", "french-revolution"),
        ("solar sistem", "solar-system"),
        ("quadratic equatons", "quadratic-equations"),
        ("фотосинтиз", "photosynthesis"),
        ("францусская революция", "french-revolution"),
        ("солнечная ситема", "solar-system"),
    ],
)
def test_a_small_typo_is_forgiven(typed: str, deck: str) -> None:
    match = find_deck(DECKS, typed, "en")

    assert match is not None
    assert match.deck.name == deck


@pytest.mark.parametrize(
    "topic",
    [
        "chemosynthesis",
        "photography",
        "the Russian Revolution",
        "the industrial revolution",
        "French cuisine",
        "French",
        "revolution",
        "linear equations",
        "cubic equations",
        "quartic equations",
        "биквадратные уравнения",
        "Spanish tenses",
        "immune system",
        "stellar systems",
        "Python the snake and its habits",
        "Java basics",
        "typhoon",
        "хемосинтез",
        "русская революция",
        "система координат",
        "времена года",
        "German tenses",
        "solar panels",
        "snake python",
        "gastronomy",
        "lenses",
        "the sixth sense",
        "photons",
        "plane",
        "space race",
        "carbon cycle",
        "revolutions of 1989",
        "revolution of 1989",
        "1798",
        "революция 1799 года",
        "python 2",
        "теорема Фалеса",
        "теорема Ферма",
        "русский космизм",
        "plants",
        "genres",
        "cello",
        "осмос",
        "тест об интернате",
        "xyz",
        "a",
    ],
)
def test_another_topic_finds_no_deck(topic: str) -> None:
    assert found(topic) is None


@pytest.mark.parametrize("topic", sorted(OTHER_TOPICS))
def test_a_topic_of_its_own_is_no_typo(topic: str) -> None:
    decks = [a_deck("other", en=[f"{topic}s"])]

    assert found(topic) is None
    assert find_deck([*decks, a_deck("own", en=[topic])], topic, "en") is not None
    assert find_deck(decks, topic, "en") is None


def test_a_number_must_be_typed_as_it_is() -> None:
    decks = [a_deck("history", en=["revolution of 1789"])]

    assert find_deck(decks, "revolutoin of 1789", "en") is not None
    assert find_deck(decks, "revolution of 1798", "en") is None


def test_a_roman_numeral_must_be_typed_as_it_is() -> None:
    decks = [a_deck("history", en=["history of world war ii"])]

    assert find_deck(decks, "histroy of world war ii", "en") is not None
    assert find_deck(decks, "history of world war i", "en") is None


def test_a_short_name_must_be_typed_as_it_is() -> None:
    decks = [a_deck("sun", en=["star"]), a_deck("physics", en=["light"])]

    assert find_deck(decks, "stat", "en") is None
    assert find_deck(decks, "night", "en") is not None


def test_the_nearest_name_wins() -> None:
    decks = [a_deck("one", en=["planetary motion"]), a_deck("two", en=["planetary motions"])]

    match = find_deck(decks, "planetary motions", "en")

    assert match is not None
    assert match.deck.name == "two"


@given(st.text(max_size=60), st.sampled_from(["en", "ru"]))
def test_any_text_can_be_looked_for(topic: str, language: str) -> None:
    match = find_deck(DECKS, topic, language)

    assert match is None or match.deck in DECKS
