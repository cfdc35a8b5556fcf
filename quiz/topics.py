"""What a topic is, and when two of them are the same."""

import re
import unicodedata

MAX_TOPIC = 200
OPENING_WORDS = re.compile(
    r"^(?:(?:a |the )?(?:quiz|test|questions?)(?: me)? (?:on|about) "
    r"|(?:квиз|тест|викторина|вопросы) (?:по|про|о|об) "
    r"|(?:тема|topic) )?(?:the |an? )?"
)
CONTROLS = {"Cc", "Cs", "Co"}
DIRECTION_MARKS = {*map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C))}
"""Marks that turn the direction of what follows: a topic is shown back among the bot's own words."""
INVISIBLE = {*map(chr, (0x00AD, 0x180E, 0x200B, 0x2060, 0xFEFF, *range(0xE0000, 0xE0080)))}
"""What is not seen and would still be read by a model; joiners are not among them, words of some scripts need them."""


class InvalidTopic(ValueError):
    """A text that cannot be a topic: empty, longer than `MAX_TOPIC`, or of several lines."""


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
