"""How often Python looks for garbage, set for a program that runs for months and makes little that refers to itself."""

import gc

LOOKS_AFTER = 10_000
"""New objects, in place of Python's 700: an answer makes some hundreds, which go by themselves."""


def settle() -> None:
    """Take everything that is there now as there to stay; what comes is looked at less often. Call it once, at start.

    Looking through the modules and classes again and again took a tenth of the time of an answer.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(LOOKS_AFTER)
