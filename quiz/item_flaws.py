"""Item-writing flaws that rules can see, in English and Russian: each rule is named after the literature on them.

HDR with a number is a guideline of Haladyna, Downing & Rodriguez 2002, "A Review of Multiple-Choice Item-Writing
Guidelines for Classroom Assessment", Applied Measurement in Education 15: 309-334. IWF is one of the 19 flaws of
Tarrant, Knierim, Hayes & Ware 2006, Nurse Education in Practice 6: 354-363, as SAQUET counts them (Moore, Nguyen, Chen
& Stamper 2023, "Assessing the Quality of Multiple-Choice Questions Using GPT-4 and Rule-Based Methods").

What is not here no rule can see, or the bot does it on purpose; `NOT_JUDGED` says which.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from types import MappingProxyType

from quiz.balance import MOST_LONGER, key_length
from quiz.flaw_phrases import (
    ABSOLUTE,
    ALL_OF_THE_ABOVE,
    ARTICLE,
    ARTICLE_BEFORE_A_BLANK,
    ASKS,
    BLANK,
    CLAUSE,
    COMBINED,
    EXCEPTED,
    NEGATED,
    NEGATIVE,
    NONE_OF_THE_ABOVE,
    NOT_RUSSIAN,
    PREPOSITION_BEFORE_A_BLANK,
    QUOTED,
    RANGE,
    RUSSIAN_VOWEL,
    UNCERTAIN_VOWEL,
    UNFOCUSED,
    VAGUE,
    VOWEL,
)
from quiz.question import Kind, Question
from quiz.topics import normal_form

LONG_KEY = 12
"""Characters: that a key of a word is longer nobody sees."""
LONG_STEM = 60
"""Words."""
TELLING_WORD = 5
"""Letters: shorter words are mostly of grammar."""
AFTER_A_BLANK = 3
"""Words that may follow a blank which still stands at the end: in the year ____ of our era."""
COMMON_BEGINNING = 2

Found = Callable[[Question], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """One flaw: what it is, where the literature has it, and whether a question has it."""

    name: str
    meaning: str
    source: str
    found: Found


def flaws(question: Question) -> list[str]:
    """The names of the flaws that a question has."""
    return [name for name, rule in RULES.items() if rule.found(question)]


def longest_key(question: Question) -> bool:
    """The key of a single choice is the longest option, and over 1.5 times as long as the others are on average."""
    if question.kind is not Kind.SINGLE:
        return False
    key, others = len(_key(question)), [len(option) for option in _distractors(question)]
    return key > max(others) and key > LONG_KEY and key_length(question) > MOST_LONGER


def all_of_the_above(question: Question) -> bool:
    """An option says that all others are right."""
    return any(ALL_OF_THE_ABOVE.fullmatch(option) for option in _said(question))


def none_of_the_above(question: Question) -> bool:
    """An option says that no other is right."""
    return any(NONE_OF_THE_ABOVE.fullmatch(option) for option in _said(question))


def combined_options(question: Question) -> bool:
    """An option is made of others: by their letters, or of the words of two of them."""
    forms = [f" {normal_form(option)} " for option in _said(question) if any(map(str.isalpha, option))]
    return any(COMBINED.fullmatch(option) for option in _said(question)) or any(
        sum(other in one for other in forms if other != one and len(other) > TELLING_WORD) > 1 for one in forms
    )


def absolute_terms(question: Question) -> bool:
    """A wrong option says always or never and the key does not; or a statement does, and is false."""
    if question.kind is Kind.TRUE_FALSE:
        return "b" in question.key and bool(ABSOLUTE.search(question.stem))
    wrong = any(ABSOLUTE.search(option) for option in _distractors(question))
    return wrong and not any(ABSOLUTE.search(option) for option in _keys(question))


def vague_terms(question: Question) -> bool:
    """An option says often, usually or sometimes, which means to everybody something else."""
    return any(VAGUE.search(option) for option in _said(question))


def word_repeats(question: Question) -> bool:
    """The key of a single choice has a word of the stem, in whatever form, and no wrong option has one."""
    if question.kind is not Kind.SINGLE:
        return False
    stem, key = _words(question.stem), _words(_key(question))
    return _meet(stem, key) and not any(_meet(stem, _words(option)) for option in _distractors(question))


def convergence(question: Question) -> bool:
    """The key of a single choice shares one word with one wrong option and another word with another one, as no wrong
    option does: whoever counts words finds it."""
    if question.kind is not Kind.SINGLE:
        return False
    options = [_words(option) for option in (_key(question), *_distractors(question))]
    return [_converges(place, options) for place in range(len(options))] == [True, *[False] * (len(options) - 1)]


def grammatical_cue(question: Question) -> bool:
    """What stands before the blank, or ends the stem, fits the key and not every wrong option: a or an, о or об."""
    if question.kind is not Kind.SINGLE:
        return False
    stem = question.stem.rstrip(" .")
    article = ARTICLE_BEFORE_A_BLANK.search(stem) or ARTICLE.search(stem)
    preposition = PREPOSITION_BEFORE_A_BLANK.search(stem)
    if article:
        wants_vowel, vowel, uncertain = len(article[1]) > 1, VOWEL, UNCERTAIN_VOWEL
    elif preposition:
        wants_vowel, vowel, uncertain = len(preposition[1]) > 1, RUSSIAN_VOWEL, NOT_RUSSIAN
    else:
        return False
    begin = [None if uncertain.match(option) else bool(vowel.match(option)) for option in _distractors(question)]
    key = None if uncertain.match(_key(question)) else bool(vowel.match(_key(question)))
    return key == wants_vowel and (not wants_vowel) in begin


def negative_stem(question: Question) -> bool:
    """What is asked for is what is not so, and the word for it is not in capitals."""
    if question.kind is Kind.TRUE_FALSE:
        return False
    asked = _what_asks(QUOTED.sub(" ", question.stem))
    if match := ASKS.search(asked):
        asked = CLAUSE.split(asked[match.start() :])[0]
        return bool(NEGATIVE.search(asked)) and not NEGATED.search(asked)
    return bool(EXCEPTED.search(asked)) and not NEGATED.search(asked)


def blank_in_the_middle(question: Question) -> bool:
    """The stem begins with a blank, or goes on after it: all must be kept in mind to fill it.

    One in an example that is quoted is none.
    """
    line = QUOTED.sub(" ", question.stem.strip().splitlines()[-1])
    match = BLANK.search(line)
    if not match or question.kind is Kind.TRUE_FALSE:
        return False
    before, after = line[: match.start()].split(), [word for word in line[match.end() :].split() if word[0].isalnum()]
    return not before or len(after) > AFTER_A_BLANK


def unfocused_stem(question: Question) -> bool:
    """The stem asks for nothing in particular: which of these is true?"""
    return bool(UNFOCUSED.fullmatch(question.stem.strip(" .?:")))


def key_of_another_form(question: Question) -> bool:
    """The key of a single choice is the only option, or the only one not, to begin with a digit or a capital, to end
    with a full stop, or to have brackets."""
    if question.kind is not Kind.SINGLE or len(question.options) <= COMMON_BEGINNING:
        return False
    forms: Sequence[Callable[[str], bool]] = (
        lambda text: text[:1].isdigit(),
        lambda text: text[:1].isupper(),
        lambda text: text.endswith("."),
        lambda text: "(" in text,
    )
    key, wrong = _key(question), _distractors(question)
    return any(all(form(option) != form(key) for option in wrong) for form in forms)


def overlapping_ranges(question: Question) -> bool:
    """Two options are ranges of numbers that have more than an end in common."""
    ranges = [_range(option) for option in _said(question)]
    pairs = combinations([one for one in ranges if one], 2)
    return any(max(one[0], other[0]) < min(one[1], other[1]) for one, other in pairs)


def same_beginning(question: Question) -> bool:
    """All options begin with the same two words, which belong into the stem."""
    beginnings = [tuple(option.casefold().split()[: COMMON_BEGINNING + 1]) for option in _said(question)]
    long = all(len(beginning) > COMMON_BEGINNING for beginning in beginnings)
    return long and len({beginning[:COMMON_BEGINNING] for beginning in beginnings}) == 1


def too_much_to_read(question: Question) -> bool:
    """The stem has over 60 words."""
    return len(question.stem.split()) > LONG_STEM


def _rule(found: Found, meaning: str, source: str) -> Rule:
    return Rule(found.__name__, meaning, source, found)


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        rule.name: rule
        for rule in (
            _rule(longest_key, "the key is much the longest option", "HDR 24; IWF longest option correct"),
            _rule(all_of_the_above, "“all of the above”", "HDR 26; IWF all of the above"),
            _rule(none_of_the_above, "“none of the above”", "HDR 25; IWF none of the above"),
            _rule(combined_options, "an option made of others", "HDR 9; IWF complex or K-type"),
            _rule(absolute_terms, "only what is wrong says always or never", "HDR 28a; IWF absolute terms"),
            _rule(vague_terms, "an option says often or usually", "IWF vague terms"),
            _rule(word_repeats, "only the key repeats a word of the stem", "HDR 28b; IWF word repeats"),
            _rule(convergence, "the key shares most with the others", "HDR 28e; IWF convergence cues"),
            _rule(grammatical_cue, "only some options fit the word before them", "HDR 28c; IWF grammatical cues"),
            _rule(negative_stem, "what is not so is asked for, unstressed", "HDR 17; IWF negative worded stem"),
            _rule(blank_in_the_middle, "a blank with more after it", "HDR 15; IWF fill in the blank"),
            _rule(unfocused_stem, "the stem asks for nothing in particular", "HDR 14, 15; IWF unfocused stem"),
            _rule(key_of_another_form, "the key is written in another form", "HDR 23, 28d; IWF grammatical cues"),
            _rule(overlapping_ranges, "options overlap", "HDR 22; IWF more than one correct"),
            _rule(same_beginning, "all options begin alike", "HDR 15; IWF gratuitous information"),
            _rule(too_much_to_read, "the stem is long", "HDR 13, 16; IWF gratuitous information"),
        )
    }
)
"""All rules by name."""

NOT_JUDGED: Mapping[str, str] = MappingProxyType(
    {
        "ambiguous or unclear information": "the reader of the sheet says it: clear?",
        "more than one correct": "the solver and the reader of the sheet say it, beyond overlapping ranges",
        "implausible distractors": "answers of students show it, or a reader's remark",
        "logical cues": "takes the sense of the words",
        "lost sequence": "options are shuffled for every student on purpose",
        "true/false questions": "the bot asks them on purpose, as HDR 9 allows",
    }
)
"""The other flaws of the 19, and why no rule is here for them."""


def _key(question: Question) -> str:
    return question.option(min(question.key)).text.strip()


def _keys(question: Question) -> list[str]:
    return [option.text.strip() for option in question.options if option.id in question.key]


def _distractors(question: Question) -> list[str]:
    return [option.text.strip() for option in question.options if option.id not in question.key]


def _said(question: Question) -> list[str]:
    """The options of a choice, without what ends a sentence; none of a statement."""
    return [] if question.kind is Kind.TRUE_FALSE else [option.text.strip(" .!") for option in question.options]


def _words(text: str) -> list[str]:
    return [word for word in normal_form(text).split() if len(word) >= TELLING_WORD and not word.isdigit()]


def _alike(one: str, other: str) -> bool:
    """Whether two words may be forms of one: they differ in their endings only."""
    long = max(TELLING_WORD, min(len(one), len(other)) - 1, max(len(one), len(other)) - 3)
    return one == other or (one[:long] == other[:long] and long <= min(len(one), len(other)))


def _meet(words: Sequence[str], others: Sequence[str]) -> bool:
    return any(_alike(one, other) for one in words for other in others)


def _converges(place: int, options: Sequence[Sequence[str]]) -> bool:
    others = [words for at, words in enumerate(options) if at != place]
    met: Iterator[frozenset[int]] = (
        frozenset(at for at, words in enumerate(others) if _meet([word], words)) for word in options[place]
    )
    shared = [one for one in met if one and len(one) < len(others)]
    return any(not one & other for one, other in combinations(shared, 2))


def _what_asks(stem: str) -> str:
    """The last one that asks, else the last one."""
    sentences = re.split(r"(?<=[.!?…:])\s+(?=\S)", stem.strip())
    return next((one for one in reversed(sentences) if "?" in one), sentences[-1])


def _range(option: str) -> tuple[float, float] | None:
    match = RANGE.search(option)
    if not match:
        return None
    low, high = (float(one.replace(",", ".")) for one in match.groups())
    return (low, high) if low < high else None
