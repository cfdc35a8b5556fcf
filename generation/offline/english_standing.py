"""Which English sentences are understood without the one before them."""

import re
from collections.abc import Callable, Sequence

from generation.offline.english_forms import looks_plural, stem
from generation.offline.grammar import Name, NameKind, Words

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
PEOPLE = re.compile(r"\b(?:he|she|him|his|her|hers|himself|herself)\b", re.IGNORECASE)
ONE = re.compile(r"\b(?:it|its|itself)\b", re.IGNORECASE)
SEVERAL = re.compile(r"\b(?:they|them|their|theirs|themselves)\b", re.IGNORECASE)
WITHIN_A_CLAUSE = re.compile(
    r"[^,;:—–]*?(?:\b(?:it|them)\b"
    r"|\bone\b(?=[.,;:]|\s(?:of\sthem|at|in|on|to|by|with|from|around|for|and|after|before)\b))",
    re.IGNORECASE,
)
"""A pronoun in the first clause: what it means is not the subject, and stands in another sentence."""
NEW_CLAUSE = re.compile(
    r"\b(?:and|but|or|that|which|who|whose|when|while|because|so|if|as|where|until|before|after|than)\b", re.IGNORECASE
)
ELSEWHEN = re.compile(
    r"\b(?:years?|months?|weeks?|days?|hours?|minutes?|centur(?:y|ies)|decades?)\s"
    r"(?:later|earlier|afterwards?|before(?=[,.]))"
    r"|\bthere\b(?!\s(?:is|are|was|were|has|have|had|must|can|may|will|exist))"
)
"""Counted from a time, or told of a place, that another sentence names."""
THAT = re.compile(
    r"\b(?:in|of|at|on|for|to|from|by|with|during|after|before|until|since|under|over|about)\sthat\b"
    r"|\bthat\s(?:problem|question|time|year|day|moment|place|country|city|town|way|reason|case|period|point|age|war|law"
    r"|man|woman|book|idea|task|kind|sort|work|rule|method|process|number|amount|group|area|region|state)s?\b"
)
"""Something that another sentence names."""
ABOUT_THE = re.compile(
    r"(?:(?:In|On|At|By|From|After|During|Since|For|Until)\s[^,]{1,40}?,?\sthe|The)"
    r"\s(?P<noun>[\w’'-]+)(?P<more>\s[\w’'-]+)?"
)
APPOSITION = re.compile(r",\s(?:the|an?|now|once|formerly)\s[^,;:]*,")
"""What a thing is, told beside its name: it ends no clause."""
ONE_OF_SEVERAL = re.compile(
    r"\bthe\s(?P<which>\d[\d,]*|two|three|four|five|six|first|last|only|other|upper|lower)\s(?P<noun>[\w’'-]+)"
    r"(?!\s(?:of|that|which|who|whose|to|[\w’'-]+s?\sof|version|time|half|part)\b)"
)
"""Which ones they are, the sentence does not say; it does behind "the first man to"."""
THE_LONE = re.compile(r"\bthe\s(?P<noun>[\w’'-]+)(?=[.,;:)]|\s(?P<more>[\w’'-]+))")
THAN = re.compile(r"\b(?:is|are|was|were)\s(?:much\s|even\s|far\s)?(?:\w{2,}[^ht\W]er|(?:more|less)\s\w+)[.,;:]")
"""Compared with what, another sentence says."""


class Standing:
    """The rules; `names` finds the names in a stretch of a sentence, `verbs` are all forms of verbs that are known."""

    def __init__(self, words: Words, verbs: frozenset[str], names: Callable[[str], Sequence[Name]]) -> None:
        self._words = words
        self._verbs = verbs
        self._names = names
        self._function = words.set("function")

    def stands_alone(self, text: str, earlier: Sequence[str], context: str) -> bool:
        """Whether a sentence is understood without those before it in its passage."""
        lowered = text.casefold().lstrip('“"«')
        words = WORD.findall(lowered)
        leaning = self._words.set("leaning") - self._words.set("numerals")
        if not words or words[0] in leaning or self._points_outside(lowered):
            return False
        if not self._verbs.intersection(words) and not any(word.endswith("ed") for word in words):
            return False
        if ELSEWHEN.search(lowered) or (THAN.search(lowered) and "than" not in words):
            return False
        if not self._are_pronouns_understood(text) or self._means_some_of_several(lowered, earlier, context):
            return False
        return not self._is_about_the_one_before(text, earlier, context)

    def _points_outside(self, lowered: str) -> bool:
        words = set(re.findall(r"[\w’'-]+", lowered))
        leads, anywhere = self._words.pattern("leaning_phrases"), self._words.pattern("pointing_phrases")
        return bool(
            words & self._words.set("pointing")
            or THAT.search(lowered)
            or leads.match(lowered)
            or anywhere.search(lowered)
        )

    def _are_pronouns_understood(self, text: str) -> bool:
        """Whether something stands before each kind of pronoun that it can mean."""
        told = APPOSITION.search(text)
        plain = text if not told or self._verbs.intersection(WORD.findall(told[0])) else APPOSITION.sub("", text)
        within = WITHIN_A_CLAUSE.match(plain)
        if within and not NEW_CLAUSE.search(within[0]):
            return False
        rules = ((PEOPLE, self._is_person_in), (ONE, self._is_thing_in), (SEVERAL, self._are_several_in))
        matches = ((pattern.search(text), is_meant) for pattern, is_meant in rules)
        return all(is_meant(text[: match.start()]) for match, is_meant in matches if match)

    def _is_person_in(self, before: str) -> bool:
        people = self._words.set("people") & set(WORD.findall(before.casefold()))
        return bool(people) or any(name.kind is not NameKind.PLACE for name in self._names(before))

    def _is_thing_in(self, before: str) -> bool:
        names = self._names(before)
        named = {word.casefold() for name in names for word in name.text.split()}
        places_only = bool(names) and all(name.kind is NameKind.PLACE for name in names)
        return places_only or any(word not in named and not self._is_plural(word) for word in self._things(before))

    def _are_several_in(self, before: str) -> bool:
        things = self._things(before)
        return any(map(self._is_plural, things)) or (" and " in before and bool(things))

    def _is_plural(self, word: str) -> bool:
        return looks_plural(word) or word in self._words.set("irregular_plurals")

    def _things(self, text: str) -> list[str]:
        """The words that may be nouns, each the last of those that stand together: "bones" of "small bones"."""
        words = [*WORD.findall(text.casefold()), ""]
        able = [bool(word) and word not in self._function and word not in self._verbs for word in words]
        return [word for place, word in enumerate(words) if able[place] and not able[place + 1]]

    def _means_some_of_several(self, lowered: str, earlier: Sequence[str], context: str) -> bool:
        """Whether it tells of "the first tablets", "the 60 riders" or "the invention", which others brought in."""
        for match in ONE_OF_SEVERAL.finditer(lowered):
            known = any(stem(match["noun"]) in self._stems(one) for one in earlier)
            sure = not match["which"].isalpha() or match["which"] in {"upper", "lower", "other"}
            if (sure or known) and stem(match["noun"]) not in self._stems(context):
                return True
        lone = (
            match["noun"]
            for match in THE_LONE.finditer(lowered)
            if not match["more"] or match["more"] in self._function - {"of"} or match["more"] in self._verbs
        )
        return any(noun in self._words.set("anaphoric") and stem(noun) not in self._stems(context) for noun in lone)

    def _is_about_the_one_before(self, text: str, earlier: Sequence[str], context: str) -> bool:
        """Whether it tells of "the" and a lone noun that a sentence before it brought in, and no heading names."""
        match = ABOUT_THE.match(text)
        if not match:
            return False
        noun, more = match["noun"].casefold(), (match["more"] or "").strip().casefold()
        is_lone = not more or more in self._verbs or more in self._function - {"of"}
        if not is_lone or stem(noun) in self._stems(context):
            return False
        superlative = noun.endswith("est") and noun not in self._words.set("nouns_in_est")
        return (
            superlative or noun in self._words.set("general") or any(stem(noun) in self._stems(one) for one in earlier)
        )

    @staticmethod
    def _stems(text: str) -> set[str]:
        return set(map(stem, WORD.findall(text.casefold())))
