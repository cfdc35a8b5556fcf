"""What kind of thing a term is of, by what it is said to be: nobody takes a person for a document."""

from collections.abc import Sequence

from generation.offline.grammar import Grammar

KINDS = ("person", "living", "place", "process", "substance", "thing", "amount", "state", "group", "record", "event")
ENDINGS_OF_A_PROCESS = {"en": ("ing", "tion", "sion"), "ru": ("ание", "ение", "яние", "ация", "яция")}


def kind_of(words: Sequence[str], grammar: Grammar) -> str:
    """The kind of what one of these words names, each tried in turn; empty where no list and no ending tells."""
    for word in words:
        for kind in KINDS:
            if word in grammar.words.set(f"kind_{kind}"):
                return kind
        if word.endswith(ENDINGS_OF_A_PROCESS[grammar.language]):
            return "process"
        if grammar.is_animate(word):
            return "person"
    return ""
