"""From what a student types to a deck."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decks import load_decks
from quiz.topic_search import TopicIndex, find_deck
from tests.samples import a_deck

DECKS = load_decks()
INDEX = TopicIndex(DECKS)


def found(topic: str, language: str = "en") -> tuple[str, str] | None:
    """The deck that is found for a topic, and in which language it is played."""
    match = INDEX.find(topic, language)
    return (match.deck.name, match.language) if match else None


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
    match = INDEX.find(typed, "en")

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


@pytest.mark.parametrize("topic", sorted({topic for deck in DECKS for topic in deck.not_meant}))
def test_what_a_shipped_deck_does_not_mean_finds_none(topic: str) -> None:
    assert found(topic) is None


def test_a_deck_is_not_found_under_what_it_does_not_mean() -> None:
    planets = a_deck("planets", en=["planets"], not_meant=["plants"])

    assert find_deck([planets], "plants", "en") is None
    assert find_deck([planets], "planet", "en") is not None


def test_what_one_deck_does_not_mean_another_may() -> None:
    planets = a_deck("planets", en=["planets"], not_meant=["plants"])
    gardens, biology = a_deck("gardens", en=["plantss"]), a_deck("biology", en=["plants"])

    for other in (gardens, biology):
        match = find_deck([planets, other], "plants", "en")

        assert match is not None
        assert match.deck is other


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
    match = INDEX.find(topic, language)

    assert match is None or match.deck in DECKS


def test_the_title_is_a_name_too() -> None:
    assert find_deck([a_deck("moon")], "The Moon", "en") is not None


def test_of_two_decks_with_a_name_the_first_is_found() -> None:
    decks = [a_deck("two", en=["planets"]), a_deck("one", en=["planets"])]

    match = find_deck(decks, "planets", "en")

    assert match is not None
    assert match.deck.name == "two"


def test_every_deck_that_may_be_meant_is_near_the_nearest_first() -> None:
    decks = [a_deck("one", en=["planetary motion"]), a_deck("two", en=["planetary motions"]), a_deck("three")]

    near = TopicIndex(decks).near("planetary motions", "ru")

    assert [(match.deck.name, match.language) for match in near] == [("two", "en"), ("one", "en")]


def test_a_deck_in_one_language_is_found_by_its_names_there() -> None:
    decks = [a_deck("zvezdy", ru=["звёзды"], languages=["ru"])]

    match = find_deck(decks, "звезды", "en")

    assert match is not None
    assert match.language == "ru"
