"""From what a student types to a deck: names and synonyms in each language, a small typo allowed."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from quiz.deck import Deck

MAX_TOPIC = 200
SHORTEST_WITH_TYPO = 5
LETTERS_PER_TYPO = 7
MOST_TYPOS = 3
NUMBER = re.compile(r".*\d.*|[ivx]+")
"""A word with a digit, or a Roman numeral: world war i is not world war ii with a letter left out."""
OPENING_WORDS = re.compile(
    r"^(?:(?:a |the )?(?:quiz|test|questions?)(?: me)? (?:on|about) "
    r"|(?:квиз|тест|викторина|вопросы) (?:по|про|о|об) "
    r"|(?:тема|topic) )?(?:the |an? )?"
)
OTHER_TOPICS = {
    *("plant", "plants", "plane", "planes", "планер", "планеры"),  # planet, planets, планета, планеты
    *("pace", "spare", "spice", "spade", "spaces"),  # space
    *("senses", "lenses", "menses"),  # tenses
    *("gastronomy", "гастрономия"),  # astronomy, астрономия
    *("photon", "пион", "пилон"),  # phyton, питон
    *("pastille", "castille"),  # bastille
    *("romeo", "romani"),  # rome, romans
    *("capital",),  # capitals
    *("leather", "feather", "heather", "порода", "породе", "климт"),  # weather, погода, погоде, климат
    *("genre", "genres", "genus", "cello", "cellos"),  # gene, genes, cell, cells
    *("литология", "литологии", "планшеты"),  # цитология, цитологии, планеты
    *("осмос", "осмосе", "фитинг", "фитинге"),  # космос, космосе, фишинг, фишинге
    *("интернат", "интерната", "интернате"),  # интернет, интернета, интернете
}
"""What is no typo although it is one letter from a name of a deck, which stands beside it."""
CONTROLS = {"Cc", "Cs", "Co"}
DIRECTION_MARKS = {*map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C))}
"""Marks that turn the direction of what follows: a topic is shown back among the bot's own words."""
INVISIBLE = {*map(chr, (0x00AD, 0x180E, 0x200B, 0x2060, 0xFEFF, *range(0xE0000, 0xE0080)))}
"""What is not seen and would still be read by a model; joiners are not among them, words of some scripts need them."""


class InvalidTopic(ValueError):
    """A text that cannot be a topic: empty, longer than `MAX_TOPIC`, or of several lines."""


@dataclass(frozen=True, slots=True)
class DeckMatch:
    """A deck found for a topic, and the language of the name that was typed."""

    deck: Deck
    language: str


def clean_topic(text: str) -> str:
    """The topic as typed, without outer space, controls, direction and invisible marks; raises `InvalidTopic`."""
    stripped = text.strip()
    if len(stripped) > MAX_TOPIC or len(stripped.splitlines()) > 1:
        raise InvalidTopic(stripped[:MAX_TOPIC])
    cleaned = "".join(
        one
        for one in " ".join(stripped.split())
        if one not in DIRECTION_MARKS | INVISIBLE and unicodedata.category(one) not in CONTROLS
    )
    if not any(one.isalnum() for one in cleaned):
        raise InvalidTopic(cleaned)
    return " ".join(cleaned.split())


def normal_form(topic: str) -> str:
    """The form in which topics are compared: case, spaces, punctuation, ё and opening words do not count."""
    folded = unicodedata.normalize("NFKC", topic).casefold().replace("ё", "е")
    spaced = " ".join("".join(one if one.isalnum() else " " for one in folded).split())
    return OPENING_WORDS.sub("", spaced) or spaced


def find_deck(decks: Iterable[Deck], topic: str, language: str) -> DeckMatch | None:
    """The deck whose name is nearest to the topic, within a typo for each 7 letters, at most 3; else None.

    `language` decides where both languages have the name. Distance is optimal string alignment: a letter
    more, a letter less, another letter, or two letters swapped count as one typo. The typos must be spread as
    they fall: a word that differs by more than its own share is another word (quartic, quadratic), and so is
    another number (1789, 1989) and what is a topic itself (plants, planets).
    """
    near = [
        (distance, match.language != language, match.deck.name, match)
        for distance, match in _near(decks, normal_form(topic))
    ]
    return min(near, key=lambda one: one[:3])[3] if near else None


def _near(decks: Iterable[Deck], wanted: str) -> Iterable[tuple[int, DeckMatch]]:
    for deck in decks:
        for language, names in deck.names.items():
            for name in names:
                known = normal_form(name)
                allowed = 0 if wanted in OTHER_TOPICS else _typos_in(max(wanted, known, key=len))
                distance = OSA.distance(wanted, known, score_cutoff=allowed)
                if distance <= allowed and _same_words(wanted, known):
                    yield distance, DeckMatch(deck, language)


def _typos_in(text: str) -> int:
    return 0 if len(text) < SHORTEST_WITH_TYPO else min(MOST_TYPOS, max(1, len(text) // LETTERS_PER_TYPO))


def _same_words(wanted: str, known: str) -> bool:
    """Whether no word is another one; where words were joined or split there is nothing to compare."""
    pairs = list(zip(wanted.split(), known.split(), strict=False))
    if len(wanted.split()) != len(known.split()):
        return True
    return all(OSA.distance(one, other) <= _typos_in_word(one, other) for one, other in pairs)


def _typos_in_word(one: str, other: str) -> int:
    if NUMBER.fullmatch(one) or NUMBER.fullmatch(other):
        return 0
    return max(1, _typos_in(max(one, other, key=len)))
