"""What a draft on a material must hold to besides: words of it that show the answer, and wrong options beside it."""

from collections.abc import Callable, Mapping

from generation.offline.source import stands_in
from generation.option_kinds import FIGURE, OptionKinds
from generation.other_names import OtherNames
from generation.request import Draft
from generation.said_elsewhere import SaidElsewhere
from generation.table_cells import TableCells, is_comparison
from generation.word_forms import are_forms, words_of
from quiz.material import Material
from quiz.question import Kind

NAMES = (
    "evidence",
    "same_kind",
    "no_distractor_in_evidence",
    "no_form_of_key",
    "no_other_name_of_key",
    "no_distractor_right_elsewhere",
)
"""What the figures know these checks by, in the order in which they are made."""


class SourceChecks:
    """The checks of drafts on one material; making it reads all of that, so make it in a thread."""

    def __init__(self, material: Material, language: str) -> None:
        self._language = language
        self._names = OtherNames(material, language)
        self._kinds = OptionKinds(material, language)
        self._elsewhere = SaidElsewhere(material, language)
        self._cells = TableCells(material)
        checks = (
            evidence,
            self.same_kind,
            self.no_distractor_in_evidence,
            self.no_form_of_key,
            self.no_other_name_of_key,
            self.no_distractor_right_elsewhere,
        )
        self._checks: Mapping[str, Callable[[Draft], bool]] = dict(zip(NAMES, checks, strict=True))

    def failed(self, draft: Draft) -> str | None:
        """The name of the first check that a draft does not pass; None when it passes all."""
        return next((name for name, check in self._checks.items() if not check(draft)), None)

    def same_kind(self, draft: Draft) -> bool:
        """All options are of one kind and form (`OptionKinds`); what the source has in one column of a table is."""
        if draft.kind is Kind.TRUE_FALSE or self._cells.are_of_one_column(draft.options):
            return True
        return self._kinds.are_alike(draft)

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
        """No wrong option is another name of the right one, by the source or by its initials (`OtherNames`)."""
        return not any(self._names.are_names(wrong, key) for wrong in _distractors(draft) for key in _keys(draft))

    def no_distractor_right_elsewhere(self, draft: Draft) -> bool:
        """The source says of no wrong option, in another sentence, what the question asks for (`SaidElsewhere`)."""
        if draft.kind is Kind.TRUE_FALSE:
            return True
        return not any(self._elsewhere.makes_right(wrong, draft) for wrong in _distractors(draft))

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


def evidence(draft: Draft) -> bool:
    """Its answer is shown by words that stand in the source."""
    return draft.evidence is not None


def _keys(draft: Draft) -> list[str]:
    return [draft.options[place] for place in sorted(draft.right)]


def _distractors(draft: Draft) -> list[str]:
    return [option for place, option in enumerate(draft.options) if place not in draft.right]
