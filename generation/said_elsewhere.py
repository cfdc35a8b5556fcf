"""Whether another sentence of a material makes a wrong option right: says of it what the evidence says of the key."""

import re
from collections.abc import Sequence

from generation.offline.source import stands_in
from generation.request import Draft
from generation.word_forms import BEGINNING, are_forms, content_words, words_of
from quiz.material import Material

SENTENCE = re.compile(r"[^\n]+?(?:[.!?…]+[»”\")]*(?=\s)|$)", re.MULTILINE)
ENOUGH = 2
"""Words that a question has in common with its evidence, from which on they say what is asked."""
MORE = 1
"""So many words of its own may a sentence have that tells of one of them alone."""
OTHERWISE = {
    "en": re.compile(
        r"\b(?:not|no|nor|never|neither|without|unlike|except|than|but|second|third|next|almost|nearly|until|once"
        r"|formerly|or)\b|n[’']t\b",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"\b(?:не|нет|ни|без|кроме|чем|но|а|втор\w+|трет\w+|почти|раньше|прежде|когда-то|или|в отличие)\b",
        re.IGNORECASE,
    ),
}
"""With these a sentence says something else of an option than its words alone."""
ABOUT_STATEMENTS = re.compile(
    r"\b(?:statements?|of (?:these|the following)(?: sentences)?) (?:is|are) (?:true|correct|right)\b"
    r"|\bутверждени\w+\b.*\b(?:верн|правильн|истинн)\w+|\b(?:верн|правильн|истинн)\w+ утверждени\w+",
    re.IGNORECASE,
)
DESCRIBED = re.compile(r"\W*(?P<head>[^\n—–:]+?)(?:\s[—–-]\s|:\s)")
STATEMENT = 3
"""Words that carry a meaning: fewer state nothing."""


class SaidElsewhere:
    """The sentences of a material and the rows of its tables, found by their words."""

    def __init__(self, material: Material, language: str) -> None:
        self._language = language
        self._sentences = [match[0] for one in material.passages for match in SENTENCE.finditer(one.text)]
        self._where: dict[str, dict[str, set[int]]] = {}
        for place, sentence in enumerate(self._sentences):
            for word in words_of(sentence):
                self._where.setdefault(word[:BEGINNING], {}).setdefault(word, set()).add(place)
        self._known: dict[str, frozenset[int]] = {}

    def makes_right(self, wrong: str, draft: Draft) -> bool:
        """Whether a sentence outside the evidence has the option, all that question and evidence have in common, and
        not the right answer.

        Where these have one word in common, the sentence says little else; where it describes the option ("X — …"), it
        says nothing else. Of statements, one of which is true, it says
        the whole option, in its order.
        """
        if draft.evidence is None:
            return False
        if ABOUT_STATEMENTS.search(draft.stem):
            return self._states(wrong)
        option = self._content(wrong) or words_of(wrong)
        keys = [draft.options[place] for place in draft.right]
        apart = [*option, *(word for key in keys for word in words_of(key))]
        shown = words_of(draft.evidence.quote)
        asked = [one for one in self._content(draft.stem) if self._in(one, shown) and not self._in(one, apart)]
        if not option or not asked:
            return False
        for place in self._with([*option, *asked]):
            sentence = self._sentences[place]
            if sentence.strip() in draft.evidence.quote or draft.evidence.quote in sentence:
                continue
            if self._says_otherwise(sentence, draft.evidence.quote) or any(stands_in(key, sentence) for key in keys):
                continue
            if not self._in_order(option, self._content(sentence), close=True):
                continue
            told = [*option, *self._content(draft.stem)]
            own = sum(not self._in(one, told) for one in self._content(sentence))
            enough = len(asked) >= ENOUGH or own <= MORE
            if not own or (enough and not self._is_described(wrong, sentence)):
                return True
        return False

    @staticmethod
    def _is_described(option: str, sentence: str) -> bool:
        """Whether a sentence is an entry for an option: two of a list share words, and are not the same."""
        head = DESCRIBED.match(sentence)
        return bool(head) and stands_in(option, head["head"])

    def _states(self, statement: str) -> bool:
        words = self._content(statement)
        if len(words) < STATEMENT:
            return False
        return any(
            self._in_order(words, self._content(self._sentences[place]), close=False)
            and not self._says_otherwise(self._sentences[place], statement)
            and not self._says_otherwise(statement, self._sentences[place])
            for place in self._with(words)
        )

    def _says_otherwise(self, sentence: str, beside: str) -> bool:
        pattern = OTHERWISE.get(self._language)
        if pattern is None:
            return False
        return bool(
            {one.casefold() for one in pattern.findall(sentence)} - {*map(str.casefold, pattern.findall(beside))}
        )

    def _with(self, words: Sequence[str]) -> frozenset[int]:
        """The places of the sentences that have all of these words, in any form."""
        found = sorted((self._having(word) for word in words), key=len)
        return found[0].intersection(*found[1:]) if found else frozenset()

    def _having(self, word: str) -> frozenset[int]:
        if word not in self._known:
            written = self._where.get(word[:BEGINNING], {})
            forms = (places for other, places in written.items() if are_forms(word, other, self._language))
            self._known[word] = frozenset().union(*forms)
        return self._known[word]

    def _content(self, text: str) -> list[str]:
        return content_words(text, self._language)

    def _in(self, word: str, words: Sequence[str]) -> bool:
        return any(are_forms(word, other, self._language) for other in words)

    def _in_order(self, words: Sequence[str], among: Sequence[str], *, close: bool) -> bool:
        """Whether words stand among others in their order; `close`: with nothing between them."""
        if close:
            spans = (among[begin : begin + len(words)] for begin in range(len(among) - len(words) + 1))
            return any(all(map(self._are_forms, words, span)) for span in spans)
        left = iter(among)
        return all(any(self._are_forms(word, other) for other in left) for word in words)

    def _are_forms(self, one: str, other: str) -> bool:
        return are_forms(one, other, self._language)
