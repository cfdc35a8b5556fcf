"""Which topics are one, and which are not however alike they look."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decks import shipped
from decks.library import Library
from quiz.topic_key import TopicKeys, topic_key
from tests.samples import a_deck

SAME = {
    "en": [
        (
            *("The French Revolution", "french  revolution", "Quiz about the French Revolution!"),
            *("French Revolution quiz", "give me a quiz on the French Revolution, please"),
            "I want a short quiz about the French revolution",
        ),
        ("Planets", "planet", "quiz on planets", "the planets", "A planet", "Test me on planets"),
        ("Newton's laws", "newtons law", "Newton’s Laws", "Newton's law"),
        ("C++", "c++", "Quiz on C++"),
        ("photosynthesis", "Photosynthesis.", "  PHOTOSYNTHESIS  ", "#photosynthesis", "“Photosynthesis”"),
        ("solving quadratic equations", "solve quadratic equation", "Solving Quadratic-Equations"),
        ("TCP/IP", "tcp ip", "TCP-IP"),
        ("H2O", "H₂O", "h2o"),
        ("R&D", "r and d"),
        ("bacteria", "bacterium"),
        ("Cities of Italy", "city of italy"),
        ("the Moon", "moon"),
    ],
    "ru": [
        (
            *("История России", "история  россии", "квиз по истории России", "тест про историю России"),
            *("сделай мне тест по истории России, пожалуйста", "викторина на тему история России"),
        ),
        ("физика", "квиз по физике", "тест про физику", "викторина о физике"),
        ("Вторая мировая война", "квиз по второй мировой войне", "вопросы про вторую мировую войну"),
        ("закон Ома", "тест по закону Ома"),
        ("английский язык", "тест по английскому языку"),
        ("Пушкин", "Квиз по Пушкину"),
        ("ёлка", "елка", "Ёлки"),
        ("органическая химия", "квиз по органической химии"),
        ("планета", "планеты", "квиз по планетам"),
        ("Древняя Греция", "тест по Древней Греции"),
        ("уравнения", "уравнение"),
    ],
}
DIFFERENT = {
    "en": [
        ("Java", "JavaScript"),
        ("World War I", "World War II", "World War 1", "World War 2", "World War"),
        ("organ", "organic", "organs of plants", "organism"),
        ("C", "C++", "C#", "C*"),
        ("market", "marketing", "marketing research", "market research"),
        ("universe", "university", "universal"),
        ("10⁵", "105", "10 5"),
        ("A", "A*", "A+"),
        ("window", "Windows"),
        ("The Who", "who are you", "The Police", "policy"),
        ("police", "policy", "The Police", "polices of Rome"),
        ("net", ".NET"),
        ("glass", "glasses"),
        ("physics", "physic", "physicist", "physical"),
        ("3.5", "35", "3 5"),
        ("man of war", "war of man"),
        ("Mars", "mar", "march"),
        ("relative", "relativity", "relation"),
        ("custom", "customs"),
        ("n!", "n+1", "n-1 = 0"),
        ("résumé", "resume"),
        ("Turing", "Turing test"),
        ("bank", "banking"),
        ("Henry VIII", "Henry VII"),
        ("x<y", "x>y", "x=y"),
    ],
    "ru": [
        ("физика", "физик", "физиология"),
        ("график", "графика"),
        ("партия", "парта", "парт"),
        ("поле", "пол"),
        ("банк", "банка"),
        ("соль", "соло"),
        ("орган", "органика", "организм", "организация"),
        ("первая мировая война", "вторая мировая война", "мировая война"),
        ("кит", "Китай"),
        ("биология", "биолог"),
        ("химия", "химик"),
        ("угол", "уголь"),
        ("право", "правая партия", "левая партия"),
        ("море", "мор"),
        ("война и мир", "мир и война"),
        ("Крым", "крымская война"),
        ("Александр I", "Александр II", "Александр III"),
        ("Рим", "римская империя"),
        ("экономика", "экономист", "экономия"),
        ("Java", "JavaScript"),
        ("деление", "делитель"),
    ],
}
# Words of several scripts: letters, marks that belong to them, and what stands between.
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=60)


@pytest.mark.parametrize(("language", "topics"), [(one, group) for one, groups in SAME.items() for group in groups])
def test_the_same_topic_in_other_words_is_one(language: str, topics: tuple[str, ...]) -> None:
    keys = {topic: topic_key(topic, language) for topic in topics}
    assert len(set(keys.values())) == 1, keys


@pytest.mark.parametrize(
    ("language", "topics"), [(one, group) for one, groups in DIFFERENT.items() for group in groups]
)
def test_topics_that_only_look_alike_are_two(language: str, topics: tuple[str, ...]) -> None:
    for one, other in combinations(topics, 2):
        assert topic_key(one, language) != topic_key(other, language), (one, other)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_no_two_of_these_groups_are_one(language: str) -> None:
    """Each group against each other one."""
    keys = [topic_key(group[0], language) for group in SAME[language]]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    "topic", ["कि", "का", "שָׁלוֹם", "你好", "ไทย", "π", "☕", "2⁵", "½", "???", "квиз", "quiz about", "the"]
)
def test_every_topic_has_a_key_of_its_own(topic: str) -> None:
    """A mark that makes another word of the same letters counts."""
    assert topic_key(topic, "hi") != topic_key("something else", "hi")
    assert topic_key("कि", "hi") != topic_key("का", "hi")


@given(TEXTS, st.sampled_from(["en", "ru", "de", "hi"]))
def test_case_and_space_never_count(topic: str, language: str) -> None:
    spaced = f"  {topic}\u00a0 "
    assert topic_key(spaced, language) == topic_key(topic, language)


@given(st.text("абвгдеиклмнопрстуяь ", min_size=1), st.text("abcdefghiklmnopqrstuxyz ", min_size=1))
def test_words_of_two_scripts_are_never_one(russian: str, english: str) -> None:
    if russian.strip() and english.strip():
        assert topic_key(f"{russian}ж", "ru") != topic_key(f"{english}w", "ru")


@given(st.lists(st.sampled_from(["moon", "stars", "light", "gravity", "orbit"]), min_size=2, max_size=4, unique=True))
def test_the_order_of_words_counts(words: list[str]) -> None:
    assert topic_key(" ".join(words), "en") != topic_key(" ".join(reversed(words)), "en")


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_two_numbers_are_two_topics(one: int, other: int) -> None:
    if one != other:
        assert topic_key(f"the year {one}", "en") != topic_key(f"the year {other}", "en")
        assert topic_key(f"{one} год", "ru") != topic_key(f"{other} год", "ru")


def test_names_of_a_deck_are_one_topic_in_any_language() -> None:
    """A quiz in a third language, asked for in English or in Russian."""
    keys = TopicKeys([a_deck("photosynthesis", en=["how plants feed"], ru=["фотосинтез", "питание растений"])])
    named = {keys.key(topic, "de") for topic in ("Photosynthesis", "how plants feed", "Фотосинтез", "питание растений")}
    assert len(named) == 1
    assert keys.key("fotosynthese", "de") not in named


def test_a_name_that_two_decks_have_is_neither() -> None:
    keys = TopicKeys([a_deck("one", en=["ring"]), a_deck("other", en=["ring"])])
    assert len({keys.key("ring", "en"), keys.key("one", "en"), keys.key("other", "en")}) == 3


def test_no_name_of_a_deck_that_ships_is_another_decks() -> None:
    """Some thousand names that people wrote: none of one deck falls together with one of another."""
    whose: dict[tuple[str, str], set[str]] = {}
    for deck in Library(shipped()).decks:
        for language, title in deck.titles.items():
            for name in (title, *deck.names[language]):
                whose.setdefault((language, topic_key(name, language)), set()).add(deck.name)
    assert len(whose) > 300
    assert {key: decks for key, decks in whose.items() if len(decks) > 1} == {}
