"""Deep links: what `https://t.me/<bot>?start=PARAM` can carry. PARAM has 1–64 of A-Z a-z 0-9 _ -."""

import re

DECK = "d_"


def deck_parameter(name: str) -> str:
    """The start parameter that begins the deck of this name."""
    return DECK + name


def deck_of(parameter: str) -> str | None:
    """The deck a start parameter names; None when it names none."""
    found = re.fullmatch(DECK + r"([a-z0-9][a-z0-9-]{0,61})", parameter)
    return found.group(1) if found else None


def names_a_deck(parameter: str) -> bool:
    """Whether a start parameter is meant to begin a deck, which there need not be."""
    return parameter.startswith(DECK)


def start_link(bot_username: str, parameter: str) -> str:
    """The link a person taps to open the bot with a parameter."""
    return f"https://t.me/{bot_username}?start={parameter}"
