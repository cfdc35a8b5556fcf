"""Whether a source, or the words themselves, give one thing two names: X (Y); X, or Y; X is also called Y; UN."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generation.word_forms import BEGINNING, are_forms, words_of
from quiz.material import Material

ARTICLES = {"a", "an", "the"}
MOST_WORDS = 8
"""Of a name."""
CLAUSE = re.compile(r"[.!?,;:()\[\]«»“”\"\n\t]|\s[—–-]\s")
"""What parts a name from what stands beside it."""
BESIDE = {
    "en": re.compile(
        r",?\s\((?:or\s|i\.\s?e\.,?\s|also\s(?:called\s|known\sas\s)?|formerly\s|(?:abbreviated|short)\s(?:as|to|for)?\s?)?"
        r"|,\s(?:or\s(?:simply\s)?|(?:also|otherwise)\s(?:called|known\sas|named|termed)\s"
        r"|(?:better\s|commonly\s|sometimes\s)?(?:known\sas|called)\s)"
        r"|,?\s(?:i\.\s?e\.,?|that\sis,|a\.?k\.?a\.?|abbreviated(?:\sas|\sto)?|short\sfor)\s",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r",?\s\((?:или\s|иначе\s|то\sесть\s|т\.\s?е\.\s|сокращ[её]нно\s(?:[—–-]\s)?|сокр\.\s|он[аои]?\sже\s)?"
        r"|,\s(?:или\s(?:иначе\s|просто\s)?|также\s(?:называем|именуем)\w+\s|также\sизвестн\w+\sкак\s"
        r"|называем\w+\s(?:также\s|ещё\s|иначе\s)?|он[аои]?\sже\s)"
        r"|,?\s(?:иначе(?:\sговоря,?)?|то\sесть|т\.\s?е\.|сокращ[её]нно)\s(?:[—–-]\s)?",
        re.IGNORECASE,
    ),
}
"""Between two names of one thing that stand beside each other."""
SAID = {
    "en": re.compile(
        r"\s(?:is|are|was|were)\s(?:(?:also|sometimes|commonly|often|usually|otherwise|better)\s)?"
        r"(?:called|known\sas|named|termed|referred\sto\sas|abbreviated(?:\sas|\sto)?|short\sfor|another\sname\s(?:of|for))\s"
        r"|\s(?:also|otherwise)\s(?:called|known\sas)\s|\sstands\sfor\s",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"\s(?:(?:также|ещё|иначе|иногда|обычно|часто|сокращ[её]нно)\s)?"
        r"(?:называют(?:ся)?|называется|именуют(?:ся)?|именуется|известн\w*\sкак|расшифровывается\sкак)\s"
        r"(?:(?:также|ещё|иначе|иногда|обычно|часто|сокращ[её]нно)\s)?(?:как\s)?",
        re.IGNORECASE,
    ),
}
"""Between two names, the first of which begins a clause."""
DASH = re.compile(r"\s[—–-]\s")
BARE = re.compile(r",?\s\(?(?:or\s|или\s)?")
"""What parts two names without saying so: the second one then ends its clause."""
ENUMERATES = re.compile(r",\s(?:or|или)\s(?:(?:an?|the)\s)?", re.IGNORECASE)
SHORTENED = re.compile(r"[A-ZА-ЯЁ]{2,6}")
SMALL = 3
"""Letters: such words may be left out of an abbreviation."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """The words before and behind what says that they name one thing, up to the ends of their clauses.

    A name is all of them, else their last ones, or their first ones.
    """

    before: Sequence[str]
    after: Sequence[str]
    all_before: bool
    all_after: bool

    def names(self, one: Sequence[str], other: Sequence[str], language: str) -> bool:
        before = self.before if self.all_before else self.before[-len(one) :]
        after = self.after if self.all_after else self.after[: len(other)]
        return _same(before, one, language) and _same(after, other, language)


class OtherNames:
    """The names that a material gives to one thing."""

    def __init__(self, material: Material, language: str) -> None:
        self._language = language
        self._pairs: dict[str, list[_Pair]] = {}
        for passage in material.passages:
            for pair in _pairs(passage.text, language):
                self._pairs.setdefault(pair.before[-1][:BEGINNING], []).append(pair)

    def are_names(self, one: str, other: str) -> bool:
        """Whether two options name one thing: the material says so, or one is the other's initials."""
        return any(
            _is_short_for(first, second) or self._is_given(_words(first), _words(second))
            for first, second in ((one, other), (other, one))
        )

    def _is_given(self, one: Sequence[str], other: Sequence[str]) -> bool:
        if not one or not other:
            return False
        known = self._pairs.get(one[-1][:BEGINNING], ())
        return any(pair.names(one, other, self._language) for pair in known)


def _pairs(text: str, language: str) -> Iterator[_Pair]:
    for pattern, said in ((BESIDE.get(language), False), (SAID.get(language), True)):
        for match in pattern.finditer(text) if pattern else ():
            before, ends_before = _clause_before(text, match.start())
            after = _clause_after(text, match.end())
            # Gold, silver, or lead: these are three.
            several = ENUMERATES.fullmatch(match[0]) and ends_before == ","
            if before and after and not several:
                yield _Pair(before, after, all_before=said, all_after=bool(BARE.fullmatch(match[0])))
    for match in DASH.finditer(text):
        (before, _), after = _clause_before(text, match.start()), _clause_after(text, match.end())
        if before and after and SHORTENED.fullmatch(text[: match.start()].rpartition(" ")[2].rpartition("\n")[2]):
            yield _Pair(before, after, all_before=True, all_after=False)


def _clause_before(text: str, end: int) -> tuple[list[str], str]:
    """The last words of the clause that ends here, and the mark before it."""
    begin = max(0, end - 30 * MOST_WORDS)
    ends = list(CLAUSE.finditer(text, begin, end))
    words = _words(text[ends[-1].end() if ends else begin : end])
    return words[-MOST_WORDS:], ends[-1][0] if ends else ""


def _clause_after(text: str, begin: int) -> list[str]:
    end = CLAUSE.search(text, begin, begin + 30 * MOST_WORDS)
    return _words(text[begin : end.start() if end else begin + 30 * MOST_WORDS])[:MOST_WORDS]


def _words(text: str) -> list[str]:
    words = words_of(text)
    return words[1:] if words[:1] and words[0] in ARTICLES else words


def _same(words: Sequence[str], others: Sequence[str], language: str) -> bool:
    """Whether these are the same words in the same order, each in any form."""
    return len(words) == len(others) > 0 and all(map(lambda one, other: are_forms(one, other, language), words, others))


def _is_short_for(one: str, other: str) -> bool:
    """Whether a text of capital letters alone has those that the words of the other begin with: UN, США."""
    if not SHORTENED.fullmatch(one) or len(other.split()) < 2:
        return False
    return one.casefold() in {_initials(words_of(other)), _initials(w for w in words_of(other) if len(w) > SMALL)}


def _initials(words: Iterable[str]) -> str:
    return "".join(word[0] for word in words)
