"""What a draft on a material must hold to besides: words of it that show the answer, and wrong options beside it."""

import re
from collections.abc import Callable, Iterator, Mapping

from generation.offline.source import ALSO_CALLED, stands_in
from generation.request import Draft
from generation.table_cells import TableCells, is_comparison
from generation.word_forms import are_forms, words_of
from quiz.material import Material
from quiz.question import Kind

FIGURE = re.compile(r"[^\w]*\d[\d\s.,:/–—-]*\s*[%‰°]?[^\W\d]{0,12}\.?(?:/\w{1,4})?[^\w]*")
"""A number, a year or a span of them, with one word behind it at most."""

EITHER = re.compile(r"\s(?:or|или)\s(?:(?:an?|the)\s)?")


NAMES = ("evidence", "same_kind", "no_distractor_in_evidence", "no_form_of_key", "no_other_name_of_key")
"""What the figures know these checks by, in the order in which they are made."""


class SourceChecks:
    """The checks of drafts on one material; making it reads all of that, so make it in a thread."""

    def __init__(self, material: Material, language: str) -> None:
        self._language = language
        self._named = [
            (words_of(match["one"]), words_of(match["other"]))
            for passage in material.passages
            for match in _also_called(passage.text, language)
        ]
        self._cells = TableCells(material)
        checks = (
            evidence,
            self.same_kind,
            self.no_distractor_in_evidence,
            self.no_form_of_key,
            self.no_other_name_of_key,
        )
        self._checks: Mapping[str, Callable[[Draft], bool]] = dict(zip(NAMES, checks, strict=True))

    def failed(self, draft: Draft) -> str | None:
        """The name of the first check that a draft does not pass; None when it passes all."""
        return next((name for name, check in self._checks.items() if not check(draft)), None)

    def same_kind(self, draft: Draft) -> bool:
        """Figures stand beside figures: the right options are all figures, and the wrong ones too, or none of them is.

        What the source has in one column of a table is of one kind, however it is written.
        """
        if draft.kind is Kind.TRUE_FALSE or self._cells.are_of_one_column(draft.options):
            return True
        return len({bool(FIGURE.fullmatch(option)) for option in draft.options}) == 1

    def no_distractor_in_evidence(self, draft: Draft) -> bool:
        """No wrong option stands in the words that show the right one, but a figure, as several of these are told
        together, or a row of a table that is compared with the right one's."""
        if draft.evidence is None or draft.kind is Kind.TRUE_FALSE:
            return True
        quote = draft.evidence.quote
        named = [wrong for wrong in _distractors(draft) if not FIGURE.fullmatch(wrong) and stands_in(wrong, quote)]
        return not named or is_comparison(draft, self._language)

    def no_form_of_key(self, draft: Draft) -> bool:
        """No wrong option is the right one with its words in another form, unless several are: then forms are asked
        for."""
        return sum(self._is_form(wrong, key) for wrong in _distractors(draft) for key in _keys(draft)) != 1

    def no_other_name_of_key(self, draft: Draft) -> bool:
        """The source gives no wrong option as another name of the right one: "X, or Y", "X (Y)", "X, also called Y"."""
        return not any(self._are_names(wrong, key) for wrong in _distractors(draft) for key in _keys(draft))

    def _is_form(self, one: str, other: str) -> bool:
        return self._same_words(words_of(one), words_of(other))

    def _same_words(self, first: list[str], second: list[str]) -> bool:
        """Whether two texts have the same words in any form and order; words of grammar, and numbers, in theirs."""
        left = list(second)
        for word in first:
            alike = next((other for other in left if are_forms(word, other, self._language)), None)
            if alike is None:
                return False
            left.remove(alike)
        return bool(first) and not left

    def _are_names(self, one: str, other: str) -> bool:
        pair = words_of(one), words_of(other)
        return any(
            self._ends_in(first, words) and self._same_words(second, others)
            for first, second in self._named
            for words, others in (pair, pair[::-1])
        )

    def _ends_in(self, named: list[str], words: list[str]) -> bool:
        """Whether a name is these words; the first word of what stands before "or" may be none of it."""
        return self._same_words(named, words) or self._same_words(named[1:], words)


def evidence(draft: Draft) -> bool:
    """Its answer is shown by words that stand in the source."""
    return draft.evidence is not None


def _also_called(text: str, language: str) -> Iterator[re.Match[str]]:
    """Where a text gives a thing another name; "X or Y" without a comma may name two things."""
    pattern = ALSO_CALLED.get(language)
    for match in pattern.finditer(text) if pattern else ():
        if not EITHER.fullmatch(text[match.end("one") : match.start("other")]):
            yield match


def _keys(draft: Draft) -> list[str]:
    return [draft.options[place] for place in sorted(draft.right)]


def _distractors(draft: Draft) -> list[str]:
    return [option for place, option in enumerate(draft.options) if place not in draft.right]
