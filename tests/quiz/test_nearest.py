"""What is suggested for a topic that there is no deck on."""

from time import process_time

import pytest

from quiz.nearest import NearestDecks
from quiz.subjects import Subject
from quiz.topic_search import TopicIndex
from tests.samples import a_deck

DECKS = [
    a_deck("solar-system", en=["planets", "outer space"], ru=["планеты", "космос"], subject=Subject.ASTRONOMY),
    a_deck("stars", en=["stars and galaxies"], ru=["звёзды"], subject=Subject.ASTRONOMY),
    a_deck("french-revolution", en=["revolution of 1789"], ru=["революция"], subject=Subject.HISTORY),
    a_deck("ancient-rome", en=["roman empire", "history basics"], ru=["древний рим"], subject=Subject.HISTORY),
    *(a_deck(f"basics-{number}", en=["basics"], subject=Subject.ARTS) for number in range(3)),
]
NEAREST = NearestDecks(DECKS, TopicIndex(DECKS))


def suggested(topic: str, most: int = 4) -> list[str]:
    """The names of the decks that are suggested."""
    return [deck.name for deck in NEAREST.nearest(topic, most)]


@pytest.mark.parametrize(
    ("topic", "first"),
    [
        ("planets of other stars", "solar-system"),
        ("the dwarf planet Pluto", "solar-system"),
        ("космические полёты и космос", "solar-system"),
        ("русская революция 1917 года", "french-revolution"),
        ("Roman roads", "ancient-rome"),
        ("galaxy and galaxies", "stars"),
    ],
)
def test_a_deck_that_shares_a_telling_word_comes_first(topic: str, first: str) -> None:
    assert suggested(topic)[0] == first


def test_others_of_its_subject_come_after_it() -> None:
    assert suggested("the dwarf planet Pluto") == ["solar-system", "stars"]
    assert suggested("the dwarf planet Pluto", most=1) == ["solar-system"]


@pytest.mark.parametrize("topic", ["knots", "basics of cooking", "1799", "xy", "?", "C"])
def test_where_nothing_is_near_nothing_is_suggested(topic: str) -> None:
    assert suggested(topic) == []


@pytest.mark.parametrize("topic", ["x" * 200, "planets of space " * 12, "ab " * 66, "космос и звёзды " * 12])
def test_the_longest_topic_is_looked_up_at_once(topic: str) -> None:
    """The event loop waits for it: with sixty decks of sixty names it may take 20 ms, and takes one.

    Counted is the time of this process, which does not depend on what else the machine does.
    """
    decks = [
        a_deck(f"deck-{number}", en=[f"name {number} of {word} and more" for word in range(60)], ru=[f"тема {number}"])
        for number in range(60)
    ]
    index = TopicIndex(decks)
    nearest = NearestDecks(decks, index)
    seconds: list[float] = []
    for _ in range(5):
        began = process_time()
        index.find(topic[:200], "en")
        nearest.nearest(topic[:200], 4)
        seconds.append(process_time() - began)

    assert min(seconds) < 0.02
