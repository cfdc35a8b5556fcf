"""What a question that a model has worded must hold to, before anybody is asked it."""

import re

from generation.answer_first.matching import meaning
from generation.answer_first.targets import Target
from generation.language import is_in_language
from generation.offline.grammar import Grammar

MOST = 300
"""Characters."""
FEWEST_WORDS = 4
SHARED = 2
"""Words that carry a meaning which the question has in common with its fact, where that has so many."""
LABEL = re.compile(r"^(?:question|вопрос)\s*\d*\s*[:.—–-]\s*", re.IGNORECASE)
AROUND = "*_#`\"“”«»' \t"
POINTS_OUTSIDE = {
    "en": re.compile(
        r"\b(?:he|she|it|its|they|them|their|his|her|this|these|those|aforementioned"
        r"|(?:the|this|that)\s(?:text|passage|sentence|article|excerpt|table|list|author|answer))\b",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"\b(?:он|она|они|его|её|ее|их|ей|ему|им|ими|нём|нем|ней|них|эт(?:от|а|и|ого|ому|им|ом|ой|у|их|ими)"
        r"|текст[а-я]*|отрыв[а-я]+|предложени[а-я]+|таблиц[а-я]+|списк[а-я]+|ответ[а-я]*)\b",
        re.IGNORECASE,
    ),
}
"""What means something that stands elsewhere, or the source itself."""
DUMMY = re.compile(
    r"\b(?:is|was|does|did|has) it (?:that|take|possible|to)\b|\bhow (?:long|many \w+) (?:does|did) it take\b",
    re.IGNORECASE,
)
"""English it that means nothing."""


def read_stem(written: str) -> str:
    """The first line that says something, without a label or marks around it."""
    first = next((line for line in written.splitlines() if line.strip(AROUND)), "")
    return " ".join(LABEL.sub("", first.strip(AROUND)).strip(AROUND).split())


def stem_fault(stem: str, target: Target, grammar: Grammar) -> str | None:
    """Which rule a question breaks: it is one, short, in the language, asks for the answer without naming it, is about
    the fact, and is understood by itself."""
    words = re.findall(r"\w+", stem)
    about, fact, answer = (meaning(text, grammar) for text in (stem, target.fact, target.answer))
    if not stem.endswith("?") or stem.count("?") > 1 or len(words) < FEWEST_WORDS:
        return "no question"
    if len(stem) > MOST:
        return "long"
    if not is_in_language(stem, grammar.language):
        return "language"
    if answer & about - _said_of_all(target, grammar):
        return "answer"
    if POINTS_OUTSIDE[grammar.language].search(DUMMY.sub(" ", stem)):
        return "pronoun"
    if len(about & (fact - answer)) < min(SHARED, len(fact - answer)):
        return "fact"
    return None


def _said_of_all(target: Target, grammar: Grammar) -> frozenset[str]:
    """What every option has: it gives nothing away."""
    first, *others = (meaning(option, grammar) for option in target.wrong)
    return first.intersection(*others)
