"""Forms of English words, by regular endings."""

from collections.abc import Iterator

SMALL = 3
"""Letters that a word keeps without its ending."""
ENDINGS = (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("e", ""))
NO_PLURALS = ("ss", "us", "is", "ics")


def stem(word: str) -> str:
    """A word in small letters without its regular ending, so that its forms are one."""
    for ending, instead in ENDINGS:
        enough = len(word) - len(ending) >= SMALL
        if word.endswith(ending) and enough and not (ending in {"es", "s"} and word.endswith(NO_PLURALS)):
            return word[: len(word) - len(ending)] + instead
    return word


def looks_plural(word: str) -> bool:
    """Whether a noun in small letters ends as more than one does."""
    return word.endswith("s") and not word.endswith(NO_PLURALS) and len(word) > SMALL


def forms_of_a_verb(verb: str) -> Iterator[str]:
    """The regular forms of a verb, and some that do not exist, which does no harm: nobody writes them."""
    after_a_consonant = verb.endswith("y") and verb[-2] not in "aeou"
    yield verb
    yield verb[:-1] + "ies" if after_a_consonant else verb + "s"
    if verb.endswith(("s", "sh", "ch", "x", "z", "o")):
        yield verb + "es"
    if after_a_consonant:
        yield verb[:-1] + "ied"
    elif verb.endswith("e"):
        yield verb + "d"
    else:
        yield verb + "ed"
        yield verb + verb[-1] + "ed"
