"""Which Russian sentences are understood without the one before them."""

import re
from collections.abc import Sequence
from itertools import pairwise

from generation.offline.grammar import Words
from generation.offline.russian_forms import AGREEING, Forms

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
FINITE = frozenset({"VERB", "PRTS", "ADJS"})
CALLED = re.compile(
    r"\b(?:называется|называются|называют|называли|назвали|называлась|называлось|назывался|именуется)\b"
)
LATER = re.compile(r"через\s(?:\w+\s)?(?:лет|год[а]?|месяц\w*|дн\w+|день|недел\w+|час\w*|минут\w*)\b")
"""Counted from a time that another sentence names."""
WITHIN_A_CLAUSE = re.compile(r"[^,;:—–]*?\b(?P<pronoun>его|её|их|ему|ей|им|ими|них|него|неё)\b\s?(?P<after>[\w-]*)")
NEW_CLAUSE = re.compile(r"\b(?:и|или|который|что|чтобы|если|когда)\b")
PRONOUNS = {
    **dict.fromkeys(("он", "его", "него", "ему", "нему", "нём", "им", "ним"), ("sing", "masc")),
    **dict.fromkeys(("она", "её", "неё", "ей", "ней", "ею", "нею"), ("sing", "femn")),
    "оно": ("sing", "neut"),
    **dict.fromkeys(("они", "их", "них", "ими", "ними"), ("plur", "")),
}
"""What number and gender a noun has that they stand for."""
SHORTEST_NOUN = 3
BEFORE_A_MARK = re.compile(r"([^\W\d_]+)[.,:;]")


class Standing:
    """The rules."""

    def __init__(self, words: Words, forms: Forms) -> None:
        self._words = words
        self._forms = forms

    def stands_alone(self, text: str, earlier: Sequence[str], context: str) -> bool:
        """Whether a sentence is understood without those before it in its passage."""
        lowered = text.casefold().lstrip('«"„')
        words = WORD.findall(lowered)
        if not words or self._leans(words[0]) or self._points_outside(lowered, words):
            return False
        if not self._has_predicate(text, words) or not self._has_subject(text, words):
            return False
        if LATER.match(lowered) or self._object_is_unknown(text) or self._compares_with_nothing(lowered):
            return False
        if not all(self._is_understood(word, words[:place]) for place, word in enumerate(words)):
            return False
        return not self._tells_of_what_is_known(text, context) and not self._is_about_the_one_before(
            words, earlier, context
        )

    def _leans(self, word: str) -> bool:
        leaning = self._words.set("leaning")
        return word in leaning or (self._forms.normal(word) in leaning and not self._forms.is_first(word, {"NOUN"}))

    def _points_outside(self, lowered: str, words: Sequence[str]) -> bool:
        leads, anywhere = self._words.pattern("leaning_phrases"), self._words.pattern("pointing_phrases")
        return bool(set(words) & self._words.set("pointing") or leads.match(lowered) or anywhere.search(lowered))

    def _has_predicate(self, text: str, words: Sequence[str]) -> bool:
        return " — " in text or " – " in text or any(self._forms.is_any(word, FINITE) for word in words)

    def _has_subject(self, text: str, words: Sequence[str]) -> bool:
        """Whether there is a noun that can be the subject, or a plural verb that needs none (называют)."""
        nouns = any(self._forms.is_in_case(word, "nomn") for word in words)
        return nouns or bool(re.search(r"\d", text) or CALLED.search(text))

    def _compares_with_nothing(self, lowered: str) -> bool:
        """Whether something is thicker, and another sentence says than what."""
        words = set(WORD.findall(lowered))
        if words & {"чем", "тем", "всех", "всего", "всё"}:
            return False
        return any(self._forms.is_first(word, {"COMP"}) for word in BEFORE_A_MARK.findall(lowered))

    def _object_is_unknown(self, text: str) -> bool:
        """Whether the first clause has a pronoun that is no possessive: what it means stands in another sentence."""
        match = WITHIN_A_CLAUSE.match(text)
        if not match or NEW_CLAUSE.search(match[0]):
            return False
        owns = match["pronoun"] in {"его", "её", "их"} and match["after"]
        return not (owns and self._forms.is_any(match["after"], {"NOUN", "ADJF", "ADJS", "PRTF"}))

    def _is_understood(self, word: str, before: Sequence[str]) -> bool:
        """Whether a word is no pronoun of the third person, or a noun before it can be what is meant."""
        number, gender = PRONOUNS.get(word, ("", ""))
        times = self._words.set("times")
        return not number or any(
            form.part == "NOUN" and form.number == number and (not gender or form.gender == gender)
            for noun in before
            for form in self._forms.readings(noun)
            if form.normal not in times and len(noun) >= SHORTEST_NOUN
        )

    def _tells_of_what_is_known(self, text: str, context: str) -> bool:
        """Whether it is told in the past of a thing without any word that says which: дорога получила имя.

        Such a noun stands before the verb, by itself, and the heading does not name it; or behind a measure of it:
        длина пути составляла.
        """
        tokens = list(re.finditer(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+", text))
        words = [token[0] for token in tokens]
        verb = next((place for place, word in enumerate(words) if self._forms.is_past(word.casefold())), 0)
        named = self._nouns(context)
        for place, word in enumerate(words[:verb]):
            quoted = text[tokens[place].end() :].lstrip()[:1] in {"«", "("}
            proper = word[0].isupper() and (place > 0 or self._forms.is_proper(word))
            if self._is_lone_noun(words, place) and not quoted and not proper and not self._nouns(word) & named:
                return True
            if self._measures_a_lone_noun(words, place, named):
                return True
        return False

    def _is_lone_noun(self, words: Sequence[str], place: int) -> bool:
        """Whether a word is a noun with no adjective, number or noun in the genitive, and no name, to say which."""
        first = self._forms.readings(words[place].casefold())[0]
        if first.part != "NOUN" or first.normal in self._words.set("times"):
            return False
        if len(first.normal) < SHORTEST_NOUN:
            return False
        before, after = words[max(0, place - 1) : place], words[place + 1 : place + 2]
        placed = any(self._forms.is_first(word.casefold(), {"PREP"}) for word in words[max(0, place - 2) : place - 1])
        saying = {*AGREEING, "NUMR"} if placed else {*AGREEING, "NUMR", "NOUN"}
        said = any(self._forms.is_any(word, saying) or word.isdigit() for word in before)
        more = any(word[0].isupper() or word.isdigit() or self._may_be_genitive(word) for word in after)
        return not said and not more

    def _measures_a_lone_noun(self, words: Sequence[str], place: int, named: set[tuple[str, str]]) -> bool:
        following = words[place + 1 : place + 2]
        if self._forms.normal(words[place].casefold()) not in self._words.set("general") or not following:
            return False
        ends = place + 2 >= len(words) or not self._forms.is_in_case(words[place + 2], "gent")
        lone = following[0].islower() and self._is_lone_noun(following, 0)
        return lone and ends and not self._nouns(following[0]) & named

    def _may_be_genitive(self, word: str) -> bool:
        return any(form.case == "gent" for form in self._forms.readings(word))

    def _nouns(self, text: str) -> set[tuple[str, str]]:
        """The nouns of a text, each with the number it stands in."""
        firsts = [self._forms.readings(word)[0] for word in WORD.findall(text.casefold())]
        return {(form.normal, form.number) for form in firsts if form.part == "NOUN"}

    def _is_about_the_one_before(self, words: Sequence[str], earlier: Sequence[str], context: str) -> bool:
        """Whether it begins with a lone noun that a sentence before it says more of, and the heading does not name."""
        normal = self._forms.normal(words[0])
        alone = len(words) == 1 or not self._may_be_genitive(words[1])
        if not alone or any(normal == noun for noun, _ in self._nouns(context)):
            return False
        is_noun = self._forms.is_any(words[0], {"NOUN"})
        return normal in self._words.set("general") | self._words.set("anaphoric") or (
            is_noun and any(self._came_with_more(normal, sentence) for sentence in earlier)
        )

    def _came_with_more(self, normal: str, sentence: str) -> bool:
        """Whether a sentence has the noun with an adjective: битва is Полтавская битва."""
        words = WORD.findall(sentence.casefold())
        return any(
            self._forms.normal(word) == normal and self._forms.is_first(before, AGREEING)
            for before, word in pairwise(words)
        )
