"""Russian as the rules know it: a dictionary of word forms, and where the parts of a plain sentence stand."""

import re
from collections.abc import Sequence
from functools import cached_property

from generation.offline.grammar import SIGNS, Definition, Name, Phrase, Term, Words, load_words
from generation.offline.russian_forms import Forms
from generation.offline.russian_names import RussianNames
from generation.offline.russian_standing import CALLED, FINITE, WORD, Standing

MOST_WORDS = 4
"""Of a term."""
FEWEST_OF_A_MEANING = 3
DASH = re.compile(r"\s(?:\([^()]+\)\s)?[—–-]\s(?:это\s)?(?P<meaning>[а-яё].+)\.$")
VERBS_OF_BEING = re.compile(r"\s(?:представляет собой|представляют собой|является|являются)\s(?P<meaning>.+)\.$")
AFTER_CALLED = re.compile(
    r"\s(?P<term>[^\W\d_][\w-]*(?:\s[^\W\d_][\w-]*){0,3}?)(?=[.,;:]|\s(?:и|а|или|в|на|с|от|из|по|за)\s)"
)
UNDERSTOOD = re.compile(
    r"^Под\s(?P<term>[^\W\d_][\w-]*(?:\s[^\W\d_][\w-]*){0,2})\s(?:понимают|понимается|подразумевают)\s"
)
EVENT = re.compile(
    r"\b(?:был|была|было|были)\s\w+|\b(?:перв|единственн|столиц|последн)\w+|\bсам(?:ый|ая|ое|ые|ого|ой|ом)\b"
    r"|\bв\s(?:\d{1,2}\s\w+\s)?\d{3,4}\b"
)
TEENS = range(11, 15)
FEW = range(2, 5)
"""Numbers whose last digit is one of these take another form of the word behind them than those from five on."""
ASKING_FOR_A_NAME = re.compile(r"(?P<begins>как называ)ется(?=\s(?P<named>[\w-]+))", re.IGNORECASE)
"""A question for the name of what stands behind it: Как называется ледник?"""


class Russian:
    """Russian, by the word forms of OpenCorpora."""

    language = "ru"

    def __init__(self) -> None:
        self._words = load_words("ru")

    @property
    def words(self) -> Words:
        return self._words

    def has_predicate(self, text: str) -> bool:
        return any(self._forms.is_first(word, FINITE) for word in WORD.findall(text.casefold()))

    def is_ungrammatical(self, text: str) -> bool:
        words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+|[^\w\s]", text.casefold())
        return any(
            self._forms.disagree(first, second)
            for before, first, second in zip(("", *words), words, words[1:], strict=False)
            if not (before.isdigit() or self._forms.is_any(before, {"NUMR"}))
        )

    def in_agreement(self, stem: str) -> str:
        found = ASKING_FOR_A_NAME.match(stem)
        if not found:
            return stem
        named = [form for form in self._forms.readings(found["named"].casefold()) if form.case == "nomn"]
        are_many = bool(named) and all(form.number == "plur" for form in named)
        return f"{found['begins']}ются{stem[found.end() :]}" if are_many else stem

    def is_broken_off(self, text: str) -> bool:
        words = WORD.findall(text.casefold())
        return bool(words) and (words[0] in self.words.set("leaning") or self.has_predicate(text))

    def stands_alone(self, text: str, earlier: Sequence[str], context: str) -> bool:
        return self._standing.stands_alone(text, earlier, context)

    def is_negated(self, text: str) -> bool:
        return bool(self.words.set("negation") & set(WORD.findall(text.casefold())))

    def content(self, text: str) -> frozenset[str]:
        words = re.findall(r"[^\W_]+(?:-[^\W_]+)*", text.casefold())
        return frozenset(map(self._forms.meaning, words)) - self.words.set("without_meaning") - {""}

    def definition(self, text: str) -> Definition | None:
        if understood := UNDERSTOOD.match(text):
            return self._defined(text, *understood.span("term"), text[understood.end() :])
        if called := CALLED.search(text):
            return self._called(text, called.start(), called.end())
        phrase = self.subject(text)
        match = phrase and (DASH.match(text, phrase.end) or VERBS_OF_BEING.match(text, phrase.end))
        if not phrase or not match or self.is_general(phrase.term.text) or not self._is_telling(match["meaning"]):
            return None
        first = WORD.match(match["meaning"])
        if first and match.re is DASH and not self._forms.begins_a_meaning(first[0]):
            return None
        return Definition(phrase, match["meaning"])

    def is_animate(self, noun: str) -> bool:
        return "anim" in self._forms.readings(noun)[0].marks

    def genus(self, meaning: str) -> Sequence[str]:
        first = [self._forms.readings(word)[0] for word in WORD.findall(meaning.casefold())]
        nouns = [form.normal for form in first if form.part == "NOUN"]
        sees_through = nouns[:1] and nouns[0] in self.words.set("transparent")
        return nouns[: 2 if sees_through else 1]

    def subject(self, text: str) -> Phrase | None:
        tokens = list(re.finditer(r"[\w-]+", text))
        for length in range(min(MOST_WORDS, len(tokens) - 1), 0, -1):
            start, end, then = tokens[0].start(), tokens[length - 1].end(), tokens[length]
            has_verb = text[end : then.start()].isspace() and self._forms.is_first(then[0], FINITE)
            if not has_verb and not re.match(r"\s(?:\([^()]*\)\s)?[—–-]\s", text[end:]):
                continue
            one_line = re.fullmatch(r"[\w-]+(?:\s[\w-]+)*", text[start:end])
            term = self._forms.noun_phrase(text[start:end], "nomn") if one_line else None
            if term:
                return Phrase(start, end, term, "nomn")
        return None

    def as_term(self, text: str) -> Term | None:
        return self._forms.noun_phrase(text, "nomn") if 1 <= len(text.split()) <= MOST_WORDS else None

    def fit(self, term: Term, gap: Phrase, text: str) -> str | None:
        if term.number != gap.term.number or term.proper != gap.term.proper:
            return None
        if gap.case == "nomn" and term.number == "sing" and term.gender != gap.term.gender and self._shows_gender(text):
            return None
        shown = term.text if gap.case == "nomn" else self._forms.in_case(term.text, gap.case)
        if shown is None:
            return None
        return shown[0].upper() + shown[1:] if text[gap.start].isupper() else shown

    def names(self, text: str) -> Sequence[Name]:
        return self._names.find(text)

    def fit_name(self, name: Name, gap: Name, text: str) -> str | None:
        if name.gender != gap.gender and gap.case == "nomn" and self._shows_gender(text):
            return None
        return self._names.fit(name, gap)

    def plain_name(self, name: Name) -> str | None:
        return self._names.plain(name)

    def is_event(self, text: str) -> bool:
        lowered = text.casefold()
        return bool(EVENT.search(lowered)) or any(map(self._forms.is_past, WORD.findall(lowered)))

    def is_general(self, text: str) -> bool:
        general = self.words.set("general")
        heads = (word for word in text.split()[:2] if self._forms.is_any(word, {"NOUN"}))
        return any(self._forms.normal(word) in general for word in heads)

    def is_counted(self, word: str) -> bool:
        return word in SIGNS or word in self.words.set("unchanging") or self._forms.is_in_case(word, "gent")

    def agrees(self, number: int, unit: str) -> int:
        if unit.casefold() in self.words.set("unchanging") or not unit[:1].isalpha():
            return 0
        last = number % 10
        if number % 100 in TEENS or last not in {1, *FEW}:
            return max(FEW) + 1
        return min(last, *FEW)

    def numerals(self, word: str, after: str) -> Sequence[str]:
        following = WORD.findall(after)[:2] if self._forms.is_any(word.casefold(), {"NUMR"}) else ()
        if not following or not self._forms.is_any(following[0], {"NOUN", "ADJF"}):
            return ()
        if self._forms.normal(following[0]) in self.words.set("parts"):
            return ()
        counted = next((one for one in following if self._forms.is_any(one, {"NOUN"})), following[0])
        gender = self._forms.readings(counted)[0].gender
        return self._forms.numerals_like(word.casefold(), tuple(self.words.ordered("numerals")), gender)

    @cached_property
    def _forms(self) -> Forms:
        return Forms()

    @cached_property
    def _names(self) -> RussianNames:
        return RussianNames(self._forms)

    @cached_property
    def _standing(self) -> Standing:
        return Standing(self.words, self._forms)

    def _called(self, text: str, start: int, end: int) -> Definition | None:
        """X называется Y: Y stands in the instrumental case, behind the verb or at the beginning."""
        after = AFTER_CALLED.match(text, end)
        found = after and self._defined(text, *after.span("term"), text[:start] + text[after.end() :])
        lead = text[:start].rstrip()
        if found or not re.fullmatch(r"[\w-]+(?:\s[\w-]+){0,2}", lead):
            return found or None
        return self._defined(text, 0, len(lead), text[end:])

    def _defined(self, text: str, start: int, end: int, meaning: str) -> Definition | None:
        term = self._forms.noun_phrase(text[start:end], "ablt")
        if not term or self.is_general(term.text) or not self._is_telling(meaning):
            return None
        return Definition(Phrase(start, end, term, "ablt"), meaning)

    def _is_telling(self, meaning: str) -> bool:
        return len(self.content(meaning)) >= FEWEST_OF_A_MEANING

    def _shows_gender(self, text: str) -> bool:
        """Whether a verb in the past, a short form or a relative pronoun tells the gender of the subject."""
        return any(map(self._forms.tells_gender, WORD.findall(text.casefold())))
