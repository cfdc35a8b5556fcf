"""Names in Russian sentences, whether they are of a person or a place, and the same name in another case."""

import re
from collections.abc import Iterator, Sequence

from generation.offline.grammar import Name, NameKind
from generation.offline.russian_forms import AGREEING, CASES, PROPER, Form, Forms

CAPITALISED = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁа-яё][а-яё]+)*"
PARTICLES = r"(?:(?:ван|фон|де|ди|да|дер|ла|ле|аль|бен|ибн)\s){0,2}"
NAME = re.compile(
    rf"(?<![\w-])(?:[А-ЯЁ]\.\s?){{0,2}}{CAPITALISED}"
    rf"(?:\s(?:{PARTICLES}{CAPITALISED}|[IVX]+\b|[А-ЯЁ]\.)){{0,3}}(?![\w-])"
)
BEFORE = re.compile(r"(?:^|\s)(\w{1,6})\s$")
PERSONAL = frozenset({"Name", "Surn", "Patr"})
GIVEN = frozenset({"Name"})
PLACE = frozenset({"Geox"})
HARD_TO_SAY = re.compile(r"[вфВФ][бвгджзклмнпрстфхцчшщ]|[сСзЗшШ][бвгджзклмнпрстфхцчшщ]")
"""Before these в and с become во and со."""
QUOTES = ("«", "“", "„", '"')
"""Behind them a name is that of a book, a ship or a prize."""
NAMED_FOR = re.compile(r"\b(?:титул|орден|медал|преми|имен|имя|звани|закон|теорем)\w*\s(?:\w+\s)?$", re.IGNORECASE)
"""Behind them a name is that of an honour or a law, not of who bears it."""
PREPOSITIONS = {
    **dict.fromkeys(("в", "во", "на", "о", "об"), ("loct", "accs")),
    **dict.fromkeys(("из", "от", "до", "у", "около", "для", "без", "из-за"), ("gent",)),
    **dict.fromkeys(("с", "со"), ("gent", "ablt")),
    **dict.fromkeys(("к", "ко", "по"), ("datv",)),
    **dict.fromkeys(("под", "над", "за", "перед", "между"), ("ablt", "accs")),
    "при": ("loct",),
    "через": ("accs",),
}
"""The cases that stand behind a preposition."""


class RussianNames:
    """Names, by the dictionary."""

    def __init__(self, forms: Forms) -> None:
        self._forms = forms

    def find(self, text: str) -> list[Name]:
        """The names of a sentence that are of a person or a place, each in one case for certain."""
        return list(self._find(text))

    def fit(self, name: Name, gap: Name) -> str | None:
        """A name in the case of the gap; None when that is not certain, or another preposition would stand there."""
        if gap.before in {"во", "со"} or (gap.before in {"в", "с"} and HARD_TO_SAY.match(name.text)):
            return None
        if gap.kind is NameKind.PLACE and gap.before and (name.before == "на") != (gap.before == "на"):
            return None
        form = name.text if name.case == gap.case else self._in_case(name, gap.case)
        unclear = gap.case in {"nomn", "accs"} and self._in_case(gap, "nomn") == self._in_case(gap, "accs")
        if unclear and self._in_case(name, "nomn") != self._in_case(name, "accs"):
            return None
        return form

    def plain(self, name: Name) -> str | None:
        """A name in the nominative; None when that is not certain."""
        if name.case == "nomn":
            return name.text
        is_known = all(map(self._forms.is_known, filter(_is_inflected, name.text.split())))
        return self._in_case(name, "nomn") if is_known else None

    def _find(self, text: str) -> Iterator[Name]:
        for match in NAME.finditer(text):
            words, start = match[0].split(), match.start()
            named = "." in words[0] or self._is_marked(words[0], PERSONAL | PLACE)
            if start == 0 and len(words) > 1 and not named:  # the first word of a sentence, and a name behind it
                start += len(words[0]) + 1
                words = words[1:]
            named_for = text[:start].endswith(QUOTES) or NAMED_FOR.search(text[:start])
            kind = None if named_for else self._kind(words)
            if start == 0 and len(words) == 1 and not self._is_always_a_name(words[0]):
                kind = None
            full = list(filter(_is_inflected, words))
            lead = BEFORE.search(text[:start])
            before = lead[1].casefold() if lead and lead[1].casefold() in PREPOSITIONS else ""
            case, gender = self._case(full, kind, PREPOSITIONS.get(before, CASES)) if kind and full else ("", "")
            if case:
                yield Name(start, match.end(), text[start : match.end()], kind, before, case, gender)

    def _kind(self, words: list[str]) -> NameKind | None:
        full = list(filter(_is_inflected, words))
        if not full:
            return None
        first = self._forms.readings(full[0])[0]
        given = len(full) > 1 and self._is_marked(full[0], GIVEN)
        if all(self._is_marked(word, PERSONAL) or (given and not self._forms.is_known(word)) for word in full):
            is_likely = first.part == "NOUN" and first.marks & PERSONAL and not self._is_marked(full[0], PLACE)
            is_sure = is_likely and self._forms.is_known(full[0])
            return NameKind.PERSON if is_sure or len(full) > 1 or "." in words[0] else None
        is_place = any(form.part == "NOUN" and form.marks & PLACE for form in self._forms.readings(words[0]))
        is_place = is_place and not self._forms.is_any(words[0], AGREEING)  # Великое посольство
        return NameKind.PLACE if len(words) == 1 and first.part == "NOUN" and is_place else None

    def _is_always_a_name(self, word: str) -> bool:
        """Whether a word is no common noun in another reading: Октава, Вера."""
        common = (form.part == "NOUN" and not form.marks & PROPER for form in self._forms.readings(word))
        return self._forms.is_proper(word) and not any(common)

    def _is_marked(self, word: str, marks: frozenset[str]) -> bool:
        return any(form.marks & marks for form in self._forms.readings(word))

    def _case(self, words: list[str], kind: NameKind, cases: Sequence[str]) -> tuple[str, str]:
        """The likeliest case and gender, of some cases, that all words of a name can have together."""
        best = 0.0, "", ""
        for case in cases:
            for gender in ("masc", "femn", "neut"):
                forms = ([one.likelihood for one in self._forms_in(word, kind, case, gender)] for word in words)
                best = max(best, (min(max(likelihoods, default=0.0) for likelihoods in forms), case, gender))
        return best[1:] if best[0] else ("", "")

    def _forms_in(self, word: str, kind: NameKind, case: str, gender: str) -> Iterator[Form]:
        """The readings of a part of a name in a case and gender."""
        wanted = PERSONAL if kind is NameKind.PERSON else PLACE
        for form in self._forms.readings(word):
            alike = form.case == case and form.gender in {gender, ""} and form.number == "sing"
            foreign = kind is NameKind.PERSON and form.part == "NOUN" and not self._forms.is_known(word)
            if alike and (form.marks & wanted or foreign):
                yield form

    def _in_case(self, name: Name, case: str) -> str | None:
        made: list[str] = []
        for word in name.text.split():
            if not _is_inflected(word):
                made.append(word)
                continue
            form = next(self._forms_in(word, name.kind or NameKind.PERSON, name.case, name.gender), None)
            changed = form.in_form(case, "sing") if form else None
            if not changed:
                return None
            made.append("-".join(part.capitalize() for part in changed.split("-")))
        return " ".join(made)


def _is_inflected(word: str) -> bool:
    """Whether a part of a name has cases: no initial, no number, no particle."""
    return "." not in word and word[0].isupper() and not re.fullmatch(r"[IVX]+", word)
