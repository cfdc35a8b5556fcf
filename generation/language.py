"""Whether a question is in the language that was asked for."""

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from functools import cache
from typing import Protocol, cast

from quiz.languages import SCRIPTS, TRUE_FALSE_WORDS, scripts_of
from quiz.material import Material, PassageKind

FEW_LETTERS = 20
"""Of a text shorter than this only the script is judged."""
NEAR_ENOUGH = 0.1
"""A language passes that is at least this likely beside the likeliest one."""
POSSIBLE = 0.005
"""A stem that is less likely than this in a language is in another one, whatever its options are in."""
LEAST_SHARE_LATIN = 0.5
LEAST_SHARE_OTHER = 0.15
"""Names, formulas and examples are in Latin letters in any language; the reverse is rare."""

LETTERS_JUDGED = 4_000
"""Of a material, from all over it."""
FALLBACK = "en"
"""Of a text in Latin letters that is too short to tell."""

CODE = re.compile(r"```.*?```|`[^`\n]*`|\$[^$\n]*\$|https?://\S+|\S*[_=\\<>{}()\[\]]\S*", re.DOTALL)
QUOTED = re.compile(r"«[^»]*»|“[^”]*”|„[^“”]*[“”]|\"[^\"\n]*\"|(?<!\w)'[^'\n]*'(?!\w)|‘[^’]*’")
SYMBOLS = re.compile(r"(?<![A-Za-z])[A-Za-z]{1,2}(?![A-Za-z])")
"""Of variables, units and elements: x, kg, Na."""
WORDS = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")

ALIKE: tuple[frozenset[str], ...] = (
    frozenset({"no", "nn", "da"}),
    frozenset({"hr", "sr", "bs"}),
    frozenset({"id", "ms", "jv"}),
    frozenset({"cs", "sk"}),
    frozenset({"bg", "mk"}),
    frozenset({"az", "tr", "crh"}),
    frozenset({"es", "gl", "ext", "an"}),
    frozenset({"pt", "gl"}),
    frozenset({"fa", "ur", "ar", "sdh", "arz", "ary"}),
)
"""Languages that a short text does not tell apart: each passes as the other. Where a check can be wrong, it keeps."""

STRANGE_LETTERS = {"ru": "іїєґў", "uk": "ыэъё", "be": "иїєґъ", "bg": "ыэёіїє"}
"""Letters that neighbours have and the language has not: two of them in a stem, and it is the neighbour's."""

LATIN = frozenset(TRUE_FALSE_WORDS) - {code for codes in SCRIPTS.values() for code in codes} | {"sr"}
KNOWN = frozenset(TRUE_FALSE_WORDS) | {code for codes in ALIKE for code in codes}


class _Detector(Protocol):
    """What is used of py3langid, which has no types."""

    labels: list[str]

    def set_languages(self, langs: AbstractSet[str]) -> None: ...

    def rank(self, text: str) -> list[tuple[str, float]]: ...


def is_in_language(text: str, language: str) -> bool:
    """Whether a text may be in a language, by its script first and then by its words; in doubt it is.

    The first line is the stem, the others are options; together they are judged, and where they fail, the stem alone
    without what it quotes: the options of a question may be in the language it asks about. So may what makes most of
    the text, and a stem that cannot be in the language does not pass either. Code, formulas and addresses do not
    count. A language that is not known here passes.
    """
    if language not in TRUE_FALSE_WORDS:
        return True
    together = CODE.sub(" ", text)
    stem = CODE.sub(" ", QUOTED.sub(" ", text.strip().partition("\n")[0]))
    if _is_foreign(stem, language):
        return False
    enough = FEW_LETTERS if language in LATIN else 1
    return _is_in(together, language) or (_own_letters(stem, language)[0] >= enough and _is_in(stem, language))


def language_of(material: Material) -> str | None:
    """The two-letter code of the language that most of a material is in, one that a quiz can be in; None where it has
    no words.

    Code, formulas and addresses do not count; of a text of few letters the script decides. It computes for some
    milliseconds, and for half a second when it is first called: call it in a thread.
    """
    texts = [CODE.sub(" ", passage.text) for passage in material.passages if passage.kind is not PassageKind.CODE]
    each = max(FEW_LETTERS, LETTERS_JUDGED // max(1, len(texts)))
    text = " ".join(one[:each] for one in texts[:: max(1, len(texts) * each // LETTERS_JUDGED)])
    scripts = scripts_of(text)
    letters = scripts.total()
    latin = scripts.pop("LATIN", 0)
    if not letters:
        return None
    if letters - latin < 2 * LEAST_SHARE_OTHER * letters:
        script, codes = "LATIN", tuple(LATIN)
    else:
        script = "HIRAGANA" if scripts["HIRAGANA"] else scripts.most_common(1)[0][0]
        codes = SCRIPTS.get(script, ())
    own = " ".join(one[0] for one in WORDS.finditer(text) if script in scripts_of(one[0]))
    if len(own) < FEW_LETTERS or len(codes) <= 1:
        return FALLBACK if script == "LATIN" else next(iter(codes), None)
    chances = _chances(own)
    return max(codes, key=lambda code: chances.get(code, 0.0))


def load_detector() -> None:
    """Read the model (half a second, once), in a thread: else the first text that is judged waits for it."""
    _detector()


def _is_foreign(stem: str, language: str) -> bool:
    """Whether a stem, without what it quotes, is in another language for certain, whatever its options are in."""
    own, letters = _own_letters(stem, language)
    if own < letters * LEAST_SHARE_OTHER or sum(map(stem.casefold().count, STRANGE_LETTERS.get(language, ""))) > 1:
        return True
    return own >= FEW_LETTERS and not _is_likely(_own_words(stem, language), language, POSSIBLE)


def _is_in(text: str, language: str) -> bool:
    own, letters = _own_letters(text, language)
    if own < letters * (LEAST_SHARE_LATIN if language in LATIN else LEAST_SHARE_OTHER):
        return False
    if own < FEW_LETTERS:
        return True
    return _is_likely(_own_words(text, language), language, NEAR_ENOUGH)


def _own_letters(text: str, language: str) -> tuple[int, int]:
    scripts = scripts_of(text if language in LATIN else SYMBOLS.sub("", text))
    return sum(number for script, number in scripts.items() if _writes(language, script)), scripts.total()


def _writes(language: str, script: str) -> bool:
    return language in SCRIPTS[script] if script in SCRIPTS else script != "LATIN" or language in LATIN


def _own_words(text: str, language: str) -> str:
    """The words in the language's script, the stem's before the options': those of other scripts are names."""
    words = (one[0] for one in WORDS.finditer(text))
    return " ".join(word for word in words if all(_writes(language, script) for script in scripts_of(word)))


def _is_likely(text: str, language: str, near: float) -> bool:
    chances = _chances(text)
    best = max(chances.values())
    if chances.get(language, best) >= best * near:
        return True
    likeliest = {code for code, chance in chances.items() if chance == best}
    return any(language in codes and codes & likeliest for codes in ALIKE)


def _chances(text: str) -> Mapping[str, float]:
    """Language → how likely the text is in it, beside the others."""
    if text.isupper():
        text = text.lower()
    return dict(_detector().rank(text))


@cache
def _detector() -> _Detector:
    """What tells languages, of those a quiz can be in and their neighbours; nothing in it changes when it is asked."""
    from py3langid import langid  # pyright: ignore[reportMissingTypeStubs]

    detector = cast("_Detector", langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True))  # pyright: ignore[reportUnknownMemberType]
    detector.set_languages(KNOWN & set(detector.labels))
    return detector
