"""Forms of words that stand for one: English plurals, and the cases of Russian nouns and adjectives.

Stemmers go further: with Snowball marketing is market, физика is физик, график is графика (docs/decisions).
"""

import re
from collections.abc import Sequence

IRREGULAR = {
    "men": "man",
    "women": "woman",
    "children": "child",
    "mice": "mouse",
    "teeth": "tooth",
    "feet": "foot",
    "geese": "goose",
    "cacti": "cactus",
    "fungi": "fungus",
    "nuclei": "nucleus",
    "stimuli": "stimulus",
    "bacteria": "bacterium",
    "criteria": "criterion",
    "phenomena": "phenomenon",
    "matrices": "matrix",
    "mitochondria": "mitochondrion",
    "vertices": "vertex",
    "wolves": "wolf",
    "knives": "knife",
    "lives": "life",
    "analyses": "analysis",
    "crises": "crisis",
    "hypotheses": "hypothesis",
    "quizzes": "quiz",
    "leaves": "leaf",
    "halves": "half",
    "shelves": "shelf",
    "potatoes": "potato",
    "tomatoes": "tomato",
    "volcanoes": "volcano",
    "heroes": "hero",
    "viruses": "virus",
    "buses": "bus",
    "octopuses": "octopus",
    "cactuses": "cactus",
}
GERUNDS = {
    "solving": "solve",
    "writing": "write",
    "using": "use",
    "making": "make",
    "learning": "learn",
    "adding": "add",
    "subtracting": "subtract",
    "multiplying": "multiply",
    "dividing": "divide",
    "finding": "find",
    "calculating": "calculate",
    "simplifying": "simplify",
    "factoring": "factor",
    "converting": "convert",
    "comparing": "compare",
    "rounding": "round",
    "identifying": "identify",
    "understanding": "understand",
    "balancing": "balance",
    "conjugating": "conjugate",
    "forming": "form",
}
"""What one learns to do, as the first of several words; elsewhere -ing makes another word: market, marketing."""
PLURALS_APART = (
    "aids airs arms ashes athens blues boots brains cars cats classics clippers colors colours contents cookies "
    "customs damages diabetes directions doors economics eagles effects ethics forces friends games genetics giants "
    "glasses goods graphics greens grounds guts heads heroics hades humanities jaws letters lights looks manners "
    "mars maths means measles minutes mumps news numbers papers parts physics politics powers premises proceedings "
    "quarters remains rockets sands savings scales senses series sides species spirits stars statistics stocks "
    "suits tables tails thanks things times trousers troubles wales waters windows wits woods words works writings "
    "yankees"
)
"""A plural that is, or may be, another thing than several of one: windows, customs, arms; and words that are none."""
OTHER_WORDS = frozenset(PLURALS_APART.split())
SHORTEST_PLURAL = 4
WITH_ES = ("ches", "shes", "sses", "xes", "zzes")
NO_PLURAL = ("ss", "us", "is", "as", "os", "ics")

NOUN_IN_I = re.compile(r"(?<=..)(?:иями|иях|иям|ией|ием|ия|ии|ию|ие|ий)")
ADJECTIVE = re.compile(r"(?<=..)(?:ыми|ими|ого|его|ому|ему|ая|яя|ую|юю|ое|ее|ые|ие|ый|ий|ой|ей|ым|им|ом|ем|ых|их)")
NOUN = re.compile(r"(?<=..)(?:ами|ями|ах|ях|ам|ям|а|я|ы|и|е|у|ю)")
HARD = ("ск", "цк", "к", "г", "х", "ж", "ш", "щ", "ч")
"""After these an adjective has -ий: английский, общий."""


def english_form(word: str, *, first: bool) -> str:
    """The singular of a plural that means several of the same, and the verb of a gerund that is the `first` word."""
    if word in IRREGULAR:
        return IRREGULAR[word]
    if first and word in GERUNDS:
        return GERUNDS[word]
    is_plural = len(word) >= SHORTEST_PLURAL and word.isascii() and word.isalpha() and word.endswith("s")
    if not is_plural or word in OTHER_WORDS or word.endswith(NO_PLURAL):
        return word
    if word.endswith("ies") and len(word) > SHORTEST_PLURAL + 1:
        return f"{word[:-3]}y"
    return word[:-2] if word.endswith(WITH_ES) else word[:-1]


def russian_form(word: str, *, dative: bool = False) -> str:
    """The stem of a word, and after a dot the kind of its endings: two words of one stem and kind are one.

    The kind keeps apart what one stem would bring together: физика (а) and физик (none), партия (ия) and парта (а),
    поле (а) and пол (none), соль and соло (as they are). A noun that is known to be in the `dative` loses its -у.
    """
    if dative and word.endswith("у") and len(word) > 2:
        return word[:-1]
    for endings, kind in ((NOUN_IN_I, "ия"), (ADJECTIVE, "ый"), (NOUN, "а")):
        found = re.fullmatch(rf"(?P<stem>\w+?)(?:{endings.pattern})", word)
        if found and _is_of(kind, found["stem"], word):
            return f"{found['stem']}.{kind}"
    return word


def russian_head(words: Sequence[str]) -> int | None:
    """The place of the first word that is no adjective: закону, in общему закону природы."""
    return next((place for place, word in enumerate(words) if not _is_adjective(word)), None)


def _is_adjective(word: str) -> bool:
    return russian_form(word).endswith(".ый")


def _is_of(kind: str, stem: str, word: str) -> bool:
    """Whether the endings that were found are those of this kind."""
    if kind == "ия":
        return not stem.endswith(HARD)
    if kind == "ый" and word.endswith(("ом", "ем", "ой", "ей", "им", "их", "ие")):
        # Of nouns too: томом, войной; of an adjective only behind the letters that adjectives end in.
        return stem.endswith((*HARD, "н", "в", "т", "л", "р", "м", "д", "п")) and not word.endswith(("ом", "ем"))
    return True
