"""Which options of a question are right, told by the part of the points that each gives."""

from collections.abc import Sequence

from quiz.question import Kind

ASKED = "the bot asks choices with one right answer or several, and true/false"
NEARLY = 0.001
"""Thirds are written as 33.33333 %."""


class NotTaken(ValueError):
    """A question that the bot does not ask as it is; the message says why."""


def decide(options: Sequence[tuple[str, float]], *, several: bool) -> tuple[Kind, tuple[bool, ...], list[str]]:
    """The kind, which options are right, and what of their weights is lost.

    Each option has its text and its fraction of the points; `several` says whether more than one may be chosen. Raises
    NotTaken where that gives no key: none is right, several are right each by itself, or not all points can be had.
    """
    if len(options) < len(("right", "wrong")):
        raise NotTaken(f"a choice has two options at least, this has {len(options)}")
    fractions = [fraction for _text, fraction in options]
    return _several(fractions) if several else _single(options)


def _single(options: Sequence[tuple[str, float]]) -> tuple[Kind, tuple[bool, ...], list[str]]:
    rights = tuple(fraction >= 1 - NEARLY for _text, fraction in options)
    if sum(rights) > 1:
        names = " and ".join(
            f"“{text[:40]}”" for (text, _fraction), right in zip(options, rights, strict=True) if right
        )
        raise NotTaken(
            f"{names} are each right by themselves, and one may be chosen: leave one, or let several be chosen"
        )
    if not any(rights):
        best = max(fraction for _text, fraction in options)
        raise NotTaken(
            f"no option is wholly right: the best gives {best:.0%} of the points" if best > 0 else "no option is right"
        )
    lost = [
        f"“{text[:40]}” {'gives' if fraction > 0 else 'takes'} {abs(fraction):.4g} of the points: here it is wrong, "
        "and gives and takes none"
        for text, fraction in options
        if fraction and fraction < 1 - NEARLY
    ]
    return Kind.SINGLE, rights, lost


def _several(fractions: Sequence[float]) -> tuple[Kind, tuple[bool, ...], list[str]]:
    right = [fraction for fraction in fractions if fraction > 0]
    if not right:
        raise NotTaken("no option is right")
    if abs(sum(right) - 1) > len(right) * NEARLY:
        raise NotTaken(f"the weights of the right answers make {100 * sum(right):.4g} %, not 100 %")
    uneven = max(right) - min(right) > NEARLY
    lost = ["the right answers count unequally: here all of them together are right, and nothing less"] * uneven
    return Kind.MULTIPLE, tuple(fraction > 0 for fraction in fractions), lost
