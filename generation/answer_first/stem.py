"""What a question that a model has worded must hold to, before anybody is asked it."""

import re

from generation.answer_first.matching import meaning
from generation.answer_first.openings import begins_well
from generation.answer_first.targets import Target
from generation.language import is_in_language
from generation.offline.grammar import Grammar

MOST = 300
"""Characters."""
FEWEST_WORDS = 4
SHARED = 2
"""Words that carry a meaning which the question has in common with its fact, where that has so many."""
TAGS = re.compile(r"</?\w+>")
LABEL = re.compile(r"^(?:question|вопрос)\s*\d*\s*[:.—–-]\s*", re.IGNORECASE)
AROUND = "*_#`\"“”«»' \t"
POINTS_OUTSIDE = {
    "en": re.compile(
        r"\b(?:he|she|it|they|them|this|these|those|aforementioned"
        r"|(?:the|this|that)\s(?:text|passage|sentence|article|excerpt|table|list|author|answer))\b",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"\b(?:он|она|они|ей|ему|им|ими|нём|нем|ней|них|эт(?:от|а|и|ого|ому|им|ом|ой|у|их|ими)"
        r"|текст[а-я]*|отрыв[а-я]+|предложени[а-я]+|таблиц[а-я]+|списк[а-я]+|ответ[а-я]*)\b",
        re.IGNORECASE,
    ),
}
"""What means something that stands elsewhere, or the source itself."""
OWN = {
    "en": re.compile(r"(?P<before>.*?)\b(?:his|her|its|their)\b", re.IGNORECASE),
    "ru": re.compile(r"(?P<before>.*?)\b(?:его|её|ее|их)\b", re.IGNORECASE),
}
"""What means something before it, where enough stands there: who is asked for, or two words that carry a meaning."""
WHO = re.compile(r"(?:who|кто)\b", re.IGNORECASE)
BE = re.compile(r"\b(?:is|are|was|were)\s(?P<subject>(?:the\s|an?\s)?[\w.-]+\s\w+)", re.IGNORECASE)
BE_ALONE = re.compile(r"\b(?:is|are|was|were|be|been|being)\b", re.IGNORECASE)
CLAUSES = {"en": re.compile(r"[,;]\s|\s(?:and|but)\s"), "ru": re.compile(r"[,;]\s|\s(?:и|а|но)\s")}
DATES = {"year", "years", "century", "decade"}
TAKES = re.compile(r"\b(?:does|did|will) it take\b|\b(?:is|was) it (?:that|possible)\b", re.IGNORECASE)
"""English it that means nothing."""


def read_stem(written: str) -> str:
    """The first line that says something, without tags, a label or marks around it."""
    first = next((line for line in TAGS.sub("", written).splitlines() if line.strip(AROUND)), "")
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
    if _points_outside(stem, grammar):
        return "pronoun"
    if not begins_well(stem, target.asks, grammar.language):
        return "opening"
    if grammar.is_ungrammatical(stem) or _is_turned(stem, target.fact):
        return "grammar"
    if fault := _lost(about, target, grammar):
        return fault
    if len(about & (fact - answer)) < min(SHARED, len(fact - answer)):
        return "fact"
    return None


def _points_outside(stem: str, grammar: Grammar) -> bool:
    if POINTS_OUTSIDE[grammar.language].search(TAKES.sub(" ", stem)):
        return True
    own = OWN[grammar.language].match(stem)
    return bool(own and not WHO.match(stem) and len(meaning(own["before"], grammar)) < SHARED)


def _lost(about: frozenset[str], target: Target, grammar: Grammar) -> str | None:
    needed = meaning(target.needed, grammar)
    if needed and not needed & about:
        return "measure"
    dated = _dated(target, grammar) if target.asks in DATES else frozenset[str]()
    return "clause" if dated and not dated & about else None


def _dated(target: Target, grammar: Grammar) -> frozenset[str]:
    """What stands in the clause that has the date: what another clause tells may be of another time."""
    clauses = CLAUSES[grammar.language].split(target.fact)
    dated = next((clause for clause in clauses if target.answer in clause), "")
    return meaning(dated, grammar) - meaning(target.answer, grammar)


def _is_turned(stem: str, fact: str) -> bool:
    """Whether what does something in the fact has something done to it in an English question: was Ann opened it."""
    found = BE.search(stem)
    subject = found["subject"].casefold() if found else ""
    return bool(subject) and fact.casefold().startswith(subject) and not BE_ALONE.search(fact)


def _said_of_all(target: Target, grammar: Grammar) -> frozenset[str]:
    """What every option has: it gives nothing away."""
    first, *others = (meaning(option, grammar) for option in target.wrong)
    return first.intersection(*others)
