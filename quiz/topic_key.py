"""When two topics are one, so that they share a pool of questions.

A pool that is missed costs a model's quiz; two topics in one pool ask a student about something else. So only what is
sure is taken for the same: case, spaces, punctuation, phrases around a topic, plurals that change no meaning, and the
cases of Russian nouns. The order of words stays.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from quiz.description import Description
from quiz.word_forms import english_form, russian_form, russian_head

PLEASE = re.compile(r"^(?:please|пожалуйста) | (?:please|пожалуйста)$")
ASKING_ENGLISH = re.compile(
    r"^(?:(?:can|could) you (?:please )?|i (?:want|need|would like) (?:to (?:take|do|play|try|learn about) )?|i d like "
    r"|(?:please )?(?:give|make|write|create|do|start|begin)(?: me)? |let s (?:do|play|have) )?"
    r"(?:(?:a|an|the|some|my) )?(?:(?:short|quick|new|small|little) )?"
    r"(?:quiz(?:zes)?|test|questions?)(?: me)? (?:on|about) "
    r"|^(?:quiz|test|ask) me (?:on|about) |^i (?:want|need|would like) to learn about |^topic "
)
ASKING_RUSSIAN = re.compile(
    r"^(?:(?:хочу|давай|дай|сделай|создай|составь|напиши|придумай)(?:те)?(?: мне)?(?: пройти)? )?"
    r"(?:(?:новый|короткий|небольшой) )?(?:квиз|тест|викторин[ау]|вопросы)(?: на тему)? (?:по |про |об? )?"
    r"|^на тему |^тема "
)
QUIZ_BEHIND = re.compile(r"(?<! of)(?<! the)(?<! a) (?:quiz|квиз)$")
MARKS_BEHIND = "+#*"
"""They make another word where they stand behind one: C, C++, C#, A*."""
DECIMAL = ".,"
ARTICLES = ("the", "a", "an")
CYRILLIC = re.compile(r"[а-я]+")


class TopicKeys:
    """What each topic is the same as; names of decks in any language are the same as the deck's."""

    def __init__(self, decks: Iterable[Description]) -> None:
        named: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for deck in decks:
            for language, title in deck.titles.items():
                for name in (title, *deck.names[language]):
                    named[tuple(_forms(name, language))].add(deck.name)
        self._named = {forms: next(iter(names)) for forms, names in named.items() if len(names) == 1}

    def key(self, topic: str, language: str) -> str:
        """The same text for topics that are the same in a quiz of this language, another one for all others."""
        for spoken in (language, "ru" if re.search("[а-яё]", topic.casefold()) else "en"):
            deck = self._named.get(tuple(_forms(topic, spoken)))
            if deck is not None:
                return f"deck {deck}"
        return f"topic {topic_key(topic, language)}"


def topic_key(topic: str, language: str) -> str:
    """The form of a topic in which two that are the same are equal; `language` is that of the quiz."""
    return " ".join(_forms(topic, language))


def _forms(topic: str, language: str) -> list[str]:
    given = _words(topic)
    words, dative = _without_asking([word.casefold().replace("ё", "е") for word in given])
    words = _without_article(words, given)
    if language == "en":
        words = [english_form(word, first=place == 0 and len(words) > 1) for place, word in enumerate(words)]
    elif language == "ru":
        head = russian_head(words) if dative else None
        words = [
            russian_form(word, dative=place == head) if CYRILLIC.fullmatch(word) else word
            for place, word in enumerate(words)
        ]
    return words


def _words(topic: str) -> list[str]:
    """Its words as they stand, with the signs that make another word of one, and signs of mathematics and money."""
    text = "".join(_raised(one) for one in topic)
    text = unicodedata.normalize("NFKC", text).replace("&", " and ")
    text = re.sub(r"(?<=[^\W\d_])['’ʼ`](?=[^\W\d_])", "", text)
    words: list[str] = []
    joined = False
    for place, one in enumerate(text):
        kind = unicodedata.category(one)
        goes_on = joined and (one in MARKS_BEHIND or one == "%")
        begins = one == "." and not joined and text[place + 1 : place + 2].isalpha()
        if kind[0] in "LNM" or goes_on or begins:
            words[-1:] = [words[-1] + one] if joined else [*words[-1:], one]
            joined = True
        elif kind in {"Sm", "Sc"} or one == "^":
            words.append(one)
            joined = False
        else:
            joined = joined and one in DECIMAL and _between_digits(text, place)
            if joined:
                words[-1] += "."
    return words


def _between_digits(text: str, place: int) -> bool:
    return text[place - 1 : place].isdigit() and text[place + 1 : place + 2].isdigit()


def _raised(one: str) -> str:
    """A raised digit is no digit beside the others: 10⁵ is not 105."""
    return f"^{one}" if unicodedata.decomposition(one).startswith("<super>") else one


def _without_asking(words: list[str]) -> tuple[list[str], bool]:
    """The words without the phrases of who asks, unless nothing is left; whether the topic is in the dative then."""
    text = PLEASE.sub("", " ".join(words))
    for phrase in (ASKING_ENGLISH, ASKING_RUSSIAN):
        found = phrase.match(text)
        if found and text[found.end() :].strip():
            return text[found.end() :].split(), found[0].endswith(" по ")
    shorter = QUIZ_BEHIND.sub("", text)
    return (shorter or text or " ".join(words)).split(), False


def _without_article(words: list[str], given: list[str]) -> list[str]:
    """The words without the article before them; a name of one word may have it: The Who, The Police."""
    if len(words) < 2 or words[0] not in ARTICLES:
        return words
    is_name = len(words) == 2 and given[-2:-1] == ["The"] and given[-1][:1].isupper()
    return words if is_name else words[1:]
