"""Has a model pick one of some options by its letter."""

from collections.abc import Callable, Mapping, Sequence

from generation.answer_first.asking import Asker
from generation.chance import chance_of
from generation.solver import LETTERS, NAMED, Took

LEAST_OF_LETTERS = 0.1
"""Where all letters together are less likely than this, it was about to write something else."""

Render = Callable[[dict[str, str]], str]
"""The prompt with these options, by their letters."""


async def pick(asker: Asker, options: Sequence[str], seed: str, render: Render, took: Took) -> int | None:
    """The place of the option that the model picks; None when it names none.

    By the chances of the letters where the model tells them, in two orders, one the reverse of the other: small models
    prefer some letters. Else by the letter that it names. The orders depend on the seed only.
    """
    order = list(range(len(options)))
    chance_of(seed).shuffle(order)
    summed = [0.0] * len(options)
    for one in (order, order[::-1]):
        prompt = render({letter: options[place] for letter, place in zip(LETTERS, one, strict=False)})
        told = await asker.first_token(prompt, took)
        shares = _shares(told.chances if told else {}, len(options))
        if not shares:
            named = NAMED.fullmatch(await asker.answer(prompt, took) or "")
            letter = LETTERS.index(named[1].upper()) if named else len(options)
            return one[letter] if letter < len(options) else None
        for place, share in zip(one, shares, strict=True):
            summed[place] += share
    return summed.index(max(summed))


def _shares(chances: Mapping[str, float], options: int) -> Sequence[float]:
    """What the letter of each option has of the chances of all letters; empty where they are unlikely."""
    summed = [0.0] * options
    for token, chance in chances.items():
        letter = LETTERS.find(token.strip()) if len(token.strip()) == 1 else -1
        if 0 <= letter < options:
            summed[letter] += chance
    together = sum(summed)
    return [chance / together for chance in summed] if together >= LEAST_OF_LETTERS else []
