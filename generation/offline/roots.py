"""Whether the words of a question give its answer away: the conical one is drawn on a cone."""

from functools import cache
from itertools import takewhile

from generation.offline.grammar import Grammar
from generation.offline.phrasing import PHRASES
from generation.request import Draft
from quiz.question import Kind

SHORT, LONG = 4, 6
"""Letters: a short word shares all of its own with another of its root, a long one all but two."""
MOST_NEEDED = 6


def gives_away(draft: Draft, grammar: Grammar) -> bool:
    """Whether the key alone shares a root with what is asked."""
    if draft.kind is not Kind.SINGLE:
        return False
    asked = grammar.content(draft.stem) - _words_of_phrases(grammar)
    wrong = [grammar.content(option) for place, option in enumerate(draft.options) if place not in draft.right]
    (key,) = (grammar.content(draft.options[place]) for place in draft.right)
    own = key - frozenset[str]().union(*wrong)
    return _share_a_root(own, asked) and not any(_share_a_root(option, asked) for option in wrong)


def are_of_one_root(one: str, other: str) -> bool:
    """Whether two words, without their endings, are likely of one root."""
    if one[0].isdigit() or other[0].isdigit():
        return False
    short, long = sorted((one, other), key=len)
    common = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(short, long, strict=False)))
    if len(short) <= SHORT:
        return common == len(short) > 2 or (len(short) == SHORT and long.endswith(short))
    needed = min(MOST_NEEDED, len(short) - (1 if len(short) < LONG else 2))
    return common >= needed or long.endswith(short)


@cache
def _words_of_phrases(grammar: Grammar) -> frozenset[str]:
    return frozenset[str]().union(*map(grammar.content, PHRASES[grammar.language].values()))


def _share_a_root(words: frozenset[str], others: frozenset[str]) -> bool:
    return any(are_of_one_root(one, other) for one in words for other in others)
