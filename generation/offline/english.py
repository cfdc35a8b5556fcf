"""English as the rules know it: lists of words, and where the parts of a plain sentence stand."""

import re
from collections.abc import Sequence
from functools import cached_property

from generation.offline.english_forms import SMALL, forms_of_a_verb, looks_plural, stem
from generation.offline.english_names import english_names, territories
from generation.offline.english_standing import WORD, Standing
from generation.offline.grammar import SIGNS, Definition, Name, NameKind, Phrase, Term, Words, load_words

MOST_WORDS = 4
"""Of a term."""
FEWEST_OF_A_MEANING = 3
ARTICLE = re.compile(r"(the|an?)\s+", re.IGNORECASE)
IS_CALLED = re.compile(
    r"\b(?:is|are|was|were|be|usually|often|also|commonly)?\s?(?:called|known as|named|termed|referred to as)"
    r"\s(?:(?P<article>a|an|the)\s)?(?P<term>[^\W\d_][\w’'-]*(?:\s[^\W\d_][\w’'-]*){0,3}?)"
    r"(?=[.,;:]|\s(?:which|that|who|when|where|because|and is|and are|by|in|from|since)\b)"
)
COPULA = re.compile(r"\s(?:\([^()]+\)\s)?(?:is|are)\s(?P<meaning>(?:an?|the|any|one of the)\s.+)\.$")
MEANS = re.compile(r"\s(?:means|refers to|stands for|denotes|describes)\s(?P<meaning>.+)\.$")
ADJECTIVE = re.compile(r"(?:ic|ical|ous|ive|[^it]al|ular)$")
"""How a lone word that is likely no noun ends: cylindrical."""
EVENT = re.compile(
    r"\b(?:was|were)\s(?:\w+ly\s)?(?:\w+ed|born|built|written|made|set|founded|found|won|lost|held|cut|fought|begun|given"
    r"|taken|sold|laid|put|known|seen|chosen|led|driven|shot|drawn|bought|brought|sent|signed)\b"
    r"|\b(?:the|its|his|her|their)\s(?:first|only|capital|oldest|\w+est|most\s\w+|last)\b|\bin\s(?:about\s)?1\d{3}\b"
    r"|\b(?:began|took place|came|broke out|won|led|fell|rose|became|wrote|built|made|found|saw|drew|gave|sent|went)\b"
)


class English:
    """English, by lists of words and regular endings: no dictionary."""

    language = "en"

    def __init__(self) -> None:
        self._words = load_words("en")

    @property
    def words(self) -> Words:
        return self._words

    def has_predicate(self, text: str) -> bool:
        return bool(self._verbs.intersection(WORD.findall(text.casefold())))

    def is_ungrammatical(self, text: str) -> bool:
        del text
        return False

    def in_agreement(self, stem: str) -> str:
        return stem

    def is_broken_off(self, text: str) -> bool:
        words = WORD.findall(text.casefold())
        leans = bool(words) and words[0] in self.words.set("leaning") - self.words.set("numerals")
        return (
            leans
            or "following" in words
            or bool(self.words.set("sure_verbs").union(self._verbs - self._verbs_or_nouns) & set(words))
        )

    def stands_alone(self, text: str, earlier: Sequence[str], context: str) -> bool:
        return self._standing.stands_alone(text, earlier, context)

    def is_negated(self, text: str) -> bool:
        words = {word.strip(".,;:()") for word in text.casefold().replace("’", "'").split()}
        return bool(words & self.words.set("negation")) or any(word.endswith("n't") for word in words)

    def content(self, text: str) -> frozenset[str]:
        words = (word.casefold() for word in re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", text))
        return frozenset(stem(word) for word in words if word not in self._function)

    def definition(self, text: str) -> Definition | None:
        phrase = self.subject(text)
        if phrase and not self.is_general(phrase.term.text):
            match = COPULA.match(text, phrase.end) or MEANS.match(text, phrase.end)
            if match and self._is_telling(match["meaning"]):
                return Definition(phrase, match["meaning"])
        called = IS_CALLED.search(text)
        term = called and self._term(called["term"], (called["article"] or "").casefold(), at_start=False)
        if not called or not term or self.is_general(term.text):
            return None
        meaning = text[: called.start()] + text[called.end() :]
        return Definition(Phrase(*called.span("term"), term), meaning) if self._is_telling(meaning) else None

    def is_animate(self, noun: str) -> bool:
        del noun
        return False

    def genus(self, meaning: str) -> Sequence[str]:
        heads: list[str] = []
        taken = ""
        for word in WORD.findall(ARTICLE.sub("", meaning, count=1).casefold()):
            ends = word in self._function or word in self._only_verbs or word.endswith("ed")
            if taken and ends:
                heads.append(taken)
                taken = ""
                if heads[-1] not in self.words.set("transparent") or word != "of":
                    break
            elif not ends:
                taken = word
        return [*heads, taken] if taken else heads

    def subject(self, text: str) -> Phrase | None:
        article = ARTICLE.match(text)
        start = article.end() if article else 0
        words = re.match(r"[\w’'-]+(?:\s[\w’'-]+){0,5}", text[start:])
        taken: list[str] = []
        following = words[0].split() if words else []
        while following and not (taken and self._is_verb(following)):
            word = following.pop(0)
            if word.casefold() in self._function or not WORD.fullmatch(word) or word.endswith("ly"):
                return None
            taken.append(word)
        if not following or self._may_be_noun(following):
            return None
        shown = " ".join(taken)
        term = self._term(shown, article[1].casefold() if article else "", at_start=not article)
        return Phrase(start, start + len(shown), term) if term else None

    def as_term(self, text: str) -> Term | None:
        article = ARTICLE.match(text)
        bare = text[article.end() :] if article else text
        if " " not in bare and ADJECTIVE.search(bare):
            return None
        return self._term(bare, article[1].casefold() if article else "", at_start=not article)

    def fit(self, term: Term, gap: Phrase, text: str) -> str | None:
        if term.number != gap.term.number or term.proper != gap.term.proper:
            return None
        if (term.article == "the") != (gap.term.article == "the") and gap.term.article not in {"a", "an"}:
            return None
        if term.article in {"a", "an"} and not gap.term.article:
            return None
        return term.text[0].upper() + term.text[1:] if text[gap.start].isupper() else term.text

    def names(self, text: str) -> Sequence[Name]:
        return english_names(text, self.words)

    def fit_name(self, name: Name, gap: Name, text: str) -> str | None:
        del text
        places = gap.kind is NameKind.PLACE
        return None if places and (name.before, name.article) != (gap.before, gap.article) else name.text

    def plain_name(self, name: Name) -> str | None:
        return name.text

    def is_event(self, text: str) -> bool:
        return bool(EVENT.search(text)) or not self.words.set("deeds").isdisjoint(WORD.findall(text.casefold()))

    def is_general(self, text: str) -> bool:
        head = re.split(r"\sof\s", text.casefold())[0].split()[-1]
        return stem(head) in self._general

    def is_counted(self, word: str) -> bool:
        return word in SIGNS or (
            word.islower() and word not in self._function and (self._is_plural(word) or len(word) <= SMALL)
        )

    def agrees(self, number: int, unit: str) -> int:
        del unit
        return int(number == 1)

    def numerals(self, word: str, after: str) -> Sequence[str]:
        following = WORD.findall(after)[:2] if word.casefold() in self.words.set("numerals") else ()
        if not following or following[0] in self.words.set("not_counted") | self._function | self._verbs:
            return ()
        return self.words.ordered("numerals") if any(map(self._is_plural, following)) else ()

    @cached_property
    def _standing(self) -> Standing:
        return Standing(self.words, self._verbs, self.names)

    @cached_property
    def _general(self) -> frozenset[str]:
        return frozenset(map(stem, self.words.set("general")))

    @cached_property
    def _function(self) -> frozenset[str]:
        return self.words.set("function")

    @cached_property
    def _verbs(self) -> frozenset[str]:
        """All forms of verbs that are known."""
        regular = (form for verb in self.words.ordered("verbs") for form in forms_of_a_verb(verb))
        return frozenset(regular) | self.words.set("irregular") | self._verbs_or_nouns

    @cached_property
    def _only_verbs(self) -> frozenset[str]:
        return (self._verbs - self._verbs_or_nouns) | self.words.set("sure_verbs")

    @cached_property
    def _verbs_or_nouns(self) -> frozenset[str]:
        return frozenset(form for verb in self.words.ordered("verbs_or_nouns") for form in forms_of_a_verb(verb))

    def _is_plural(self, word: str) -> bool:
        return looks_plural(word) or word in self.words.set("irregular_plurals")

    def _is_telling(self, meaning: str) -> bool:
        return len(self.content(meaning)) >= FEWEST_OF_A_MEANING

    def _is_verb(self, following: Sequence[str]) -> bool:
        """Whether a verb comes first; before one that looks like no noun there is none: the left lung has."""
        sure = self.words.set("sure_verbs")
        first, second = [*(word.casefold() for word in following[:2]), ""][:2]
        return first in sure or (first in self._verbs and second not in sure)

    def _may_be_noun(self, following: Sequence[str]) -> bool:
        """Whether what was taken for a verb may be a noun: "False claims lead to …", "A nest box …"."""
        sure = self.words.set("sure_verbs")
        first, second = [*(word.casefold() for word in following[:2]), ""][:2]
        return first in self._verbs_or_nouns or (first not in sure and second in self._verbs - sure)

    def _term(self, text: str, article: str, *, at_start: bool) -> Term | None:
        words = text.split()
        lowered = [word.casefold() for word in words]
        if not 1 <= len(words) <= MOST_WORDS or not all(map(WORD.fullmatch, words)):
            return None
        if len(words) == 1 and lowered[0].endswith("est") and lowered[0] not in self.words.set("nouns_in_est"):
            return None  # "The smallest is …"
        if any(word in self._function - {"of"} for word in lowered) or "of" in (lowered[0], lowered[-1]):
            return None
        inner = words[1:] if at_start else words
        capital = any(word[0].isupper() for word in inner) or any(char.isupper() for char in words[0][1:])
        proper = capital or text in territories()
        shown = text if proper or not at_start else text[0].lower() + text[1:]
        head = lowered[lowered.index("of") - 1] if "of" in lowered else lowered[-1]
        return Term(shown, "plural" if self._is_plural(head) else "singular", proper=proper, article=article)
