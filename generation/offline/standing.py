"""Which sentences are worth asking about: whole, clean, a statement, and understood without their neighbours."""

import re

from generation.offline.grammar import Grammar
from generation.offline.reading import Sentence

FEWEST_WORDS = 5
MOST_WORDS = 40
MOST_CHARACTERS = 280
PAIRS = ("()", "[]", "«»", "“”")
CODE = re.compile(r"[{}<>=\\$|^#@~_\[\]]|https?:|www\.|\w\(|\.\.\.|…")
REFERENCES = re.compile(
    r"\(see\b|\bsee\s(?:fig|table|page|chapter|section|above|below|also)|\b(?:figs?|eq|pp?|ibid)\.\s?\d"
    r"|\b(?:figure|table|page|chapter|section)\s\d"
    r"|(?<!\d\s)(?<!\d)\b(?:рис|табл|илл|стр|гл|см|ср)\.|\b(?:на рисунке|в таблице|на странице|в главе|в параграфе)\b",
    re.IGNORECASE,
)
BROKEN_WORD = re.compile(
    r"[^\W\d_]-\s+[a-zа-яё]"  # broken at the end of a line
    r"|(?<!\w)[^\W\d_A-Z]+\d+[^\W\d_]|(?<!\w)\d+[^\W\d_]*[a-zа-яё]\d"  # a digit for a letter: hal1s
    r"|[a-z][а-яё]|[а-яё][a-z]|[a-zа-яё][A-ZА-ЯЁ][a-zа-яё]{2}"  # two alphabets, a capital within
    r"|\s[,.;:!?](?:\s|$)|[,;:]{2}|\.,|\w[,;][^\W\d_]",  # marks where they do not belong
)
LONE_LETTERS = re.compile(r"(?<![\w.'’-])[b-hj-zB-HJ-Z](?![\w.'’-])")
"""English letters that are no word; several of them, and the text was badly read."""
MOST_LONE_LETTERS = 2
SPEECH = re.compile(r"^\s*[—–-]\s|^[A-ZА-ЯЁ][\w .]{0,20}:\s|,\s[—–-]\s\S+\s(?:он|она|they|he|she)\b")


def is_worth_asking(sentence: Sentence, grammar: Grammar) -> bool:
    """Whether a question can be made of a sentence at all."""
    return is_whole(sentence.text) and grammar.stands_alone(sentence.text, sentence.earlier, sentence.context)


def is_whole(text: str) -> bool:
    """Whether a text is one whole clean statement: no question, no speech, no code, no half of a quotation."""
    words = text.split()
    return (
        FEWEST_WORDS <= len(words) <= MOST_WORDS
        and len(text) <= MOST_CHARACTERS
        and text.endswith(".")
        and (text[0].isupper() or text[0].isdigit() or text[0] in '«“"')
        and not any(mark in text for mark in "!?")
        and all(text.count(pair[0]) == text.count(pair[1]) for pair in PAIRS)
        and text.count('"') % 2 == 0
        and not any(pattern.search(text) for pattern in (CODE, REFERENCES, BROKEN_WORD, SPEECH))
        and len(LONE_LETTERS.findall(text)) < MOST_LONE_LETTERS
        and not text.isupper()
    )
