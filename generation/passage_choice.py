"""How much of a material a writer is shown for its questions: as much as a prompt holds, from all over it."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from random import Random

from quiz.material import Evidence, Material, Passage

CHARACTERS_A_CALL = 12_000
"""Of passages in one prompt: three to five thousand tokens."""
QUESTIONS_A_CALL = 5
"""Where a material is longer than one prompt."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Passages that are shown to a writer together, and how many questions are asked about them."""

    passages: tuple[Passage, ...]
    count: int


def stretches(
    passages: Sequence[Passage], count: int, covered: Sequence[Evidence], chance: Random
) -> Sequence[Stretch]:
    """What is shown to a writer for so many questions, call by call, spread evenly over the passages.

    All passages in one call where they are few, else at most `CHARACTERS_A_CALL` of them for `QUESTIONS_A_CALL`
    questions each: one question for each of as many equal parts, those parts first that no evidence in `covered` is
    from. Which passages of a long part are shown is left to chance.
    """
    if sum(len(passage.text) for passage in passages) <= CHARACTERS_A_CALL:
        return [Stretch(tuple(passages), count)]
    parts = _equal_parts(passages, count + len(covered))
    untouched = [part for part in parts if not any(_is_from(evidence, part) for evidence in covered)]
    rest = [part for part in parts if part not in untouched]
    # Evenly over the parts, where there are more than questions.
    among = _spread(untouched, count) if len(untouched) >= count else [*untouched, *rest][:count]
    shares = Counter(place % len(among) for place in range(count))
    asked = sorted(((part, shares[place]) for place, part in enumerate(among)), key=lambda one: parts.index(one[0]))
    calls = math.ceil(count / QUESTIONS_A_CALL)
    size = math.ceil(len(asked) / calls)
    shown: list[Stretch] = []
    for begin in range(0, len(asked), size):
        group = asked[begin : begin + size]
        room = CHARACTERS_A_CALL // len(group)
        sampled = [passage for part, _ in group for passage in _sample(part, room, chance)]
        shown.append(Stretch(tuple(sampled), sum(share for _, share in group)))
    return shown


def sample_of(passages: Sequence[Passage], characters: int, chance: Random) -> Sequence[Passage]:
    """As many passages as have so many characters, spread evenly, in order; all where there are no more."""
    if sum(len(passage.text) for passage in passages) <= characters:
        return passages
    size = max(1, round(sum(len(passage.text) for passage in passages) / len(passages)))
    parts = _equal_parts(passages, max(1, characters // size))
    return [passage for part in parts for passage in _sample(part, max(1, characters // len(parts)), chance)]


def passages_of(evidence: Evidence, material: Material) -> Sequence[Passage]:
    """The passage that evidence stands in; several where it may be any of them, none where it is of none."""
    return [one for one in material.passages if one.has(evidence)]


def as_data(passage: Passage, number: int) -> dict[str, str]:
    """What a prompt says of a passage."""
    place = passage.place
    return {
        "passage": str(number),
        "place": f"{place.kind} {place.number}",
        "headings": place.heading,
        "text": passage.text,
    }


def _equal_parts(passages: Sequence[Passage], number: int) -> list[tuple[Passage, ...]]:
    """The passages in at most so many parts of about as many characters, none of them empty."""
    starts = [0, *accumulate(len(passage.text) for passage in passages)]
    parts: dict[int, list[Passage]] = {}
    for passage, (start, end) in zip(passages, pairwise(starts), strict=True):
        place = (start + end) * number // (2 * max(1, starts[-1]))
        parts.setdefault(min(place, number - 1), []).append(passage)
    return [tuple(parts[place]) for place in sorted(parts)]


def _spread(parts: Sequence[tuple[Passage, ...]], number: int) -> list[tuple[Passage, ...]]:
    return [parts[place * len(parts) // number] for place in range(number)]


def _sample(part: Sequence[Passage], characters: int, chance: Random) -> Sequence[Passage]:
    """Neighbours from anywhere in a part, as many as fit, one at least."""
    first = last = chance.randrange(len(part))
    room = characters - len(part[first].text)
    while last + 1 < len(part) and len(part[last + 1].text) <= room:
        last += 1
        room -= len(part[last].text)
    while first and len(part[first - 1].text) <= room:
        first -= 1
        room -= len(part[first].text)
    return part[first : last + 1]


def _is_from(evidence: Evidence, part: Sequence[Passage]) -> bool:
    return bool(passages_of(evidence, Material("", tuple(part))))
