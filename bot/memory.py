"""What is made once, at start; and how often Python looks for garbage in a program that runs for months."""

import gc

from decks.library import Library
from delivery.words import LANGUAGES, translations
from quiz.languages import asked_language

LOOKS_AFTER = 10_000
"""New objects, in place of Python's 700: an answer makes some hundreds, which go by themselves."""


def make_what_is_kept(library: Library, *, can_write: bool) -> None:
    """Make what the first who needs it would wait for, with everybody else: it takes up to 50 ms of the event loop."""
    for language in LANGUAGES:
        translations(language)
    if can_write:
        library.topic_keys.key(*asked_language("a topic in English", LANGUAGES[0]))


def settle() -> None:
    """Take everything that is there now as there to stay; what comes is looked at less often. Call it once, at start.

    Looking through the modules and classes again and again took a tenth of the time of an answer.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(LOOKS_AFTER)
