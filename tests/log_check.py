"""What a bot has logged during a test, held against everything that was said in it and every secret it was given.

The simulator's log has all that people and the bot said to each other, so that no test has to name its own texts.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from simulator.client import Simulator
from tests.bot_process import BotProcess

TROUBLES = {
    "an update could not be handled",
    "a task failed",
    "a dead letter could not be kept",
    "not everything ended in time",
    "was never",  # a coroutine awaited, or an exception retrieved: Python's own words
}
"""What the bot logs only where a test makes it."""

WORDS = {"text", "caption", "html", "question", "explanation"}
NAMES = {"first_name", "last_name", "username", "title"}
"""The keys in Telegram's JSON under which people's words and names stand, and the bot's own words."""
PIECE = 20
"""So many characters in a row are no accident."""
SHORTEST_TEXT = 8
"""A shorter text, as that of most buttons, is a word that anybody may use."""


async def assert_well_logged(bot: BotProcess, simulator: Simulator, *, after: int = 0, said: str | None = None) -> None:
    """Nothing went wrong but what the test made go wrong, and no text, name or secret stands in what was logged."""
    said = bot.said if said is None else said
    assert_untroubled(bot, said)
    events = [vars(event) for event in await simulator.events(after=after)]
    texts, names = set(found(events, WORDS)), set(found(events, NAMES))
    leaked = leaks(said, texts, names, bot.secrets)
    assert not leaked, f"in the log stands what must not: {sorted(leaked)}"


def assert_untroubled(bot: BotProcess, said: str) -> None:
    """Nothing went wrong but what the test made go wrong."""
    troubles = [trouble for trouble in TROUBLES - bot.expected if trouble in said]
    assert not troubles, f"the bot logged: {troubles}"


def assert_no_secret(bot: BotProcess, said: str, names: Iterable[str]) -> None:
    """Neither a secret nor a name stands in a log, however long that is; whatever else was said is not looked for."""
    secrets = "|".join(re.escape(secret) for secret in bot.secrets)
    named = "|".join(re.escape(name) for name in names)
    leaked = re.search(rf"{secrets}|\b(?:{named})\b", said)
    assert leaked is None, f"in the log stands what must not: {leaked[0]}"


def leaks(said: str, texts: Iterable[str], names: Iterable[str], secrets: Iterable[str]) -> set[str]:
    """The pieces of a text, the names, and the secrets that stand in a log."""
    said = said.replace("\\n", "\n").replace('\\"', '"')
    leaked = {secret for secret in secrets if secret in said}
    leaked |= {name for name in names if re.search(rf"\b{re.escape(name)}\b", said)}
    pieces = {said[place : place + PIECE] for place in range(len(said) - PIECE + 1)}
    for text in texts:
        if SHORTEST_TEXT <= len(text) < PIECE:
            leaked |= {text} if re.search(rf"(?<!\w){re.escape(text)}(?!\w)", said) else set()
        leaked |= pieces & {text[place : place + PIECE] for place in range(len(text) - PIECE + 1)}
    return leaked


def found(value: object, keys: set[str]) -> Iterator[str]:
    """The texts under these keys, however deep; but not those of a bot about itself."""
    match value:
        case {"is_bot": True}:
            return
        case Mapping():
            for key, one in value.items():  # pyright: ignore[reportUnknownVariableType] - as JSON is
                if key in keys and isinstance(one, str):
                    yield one
                yield from found(one, keys)  # pyright: ignore[reportUnknownArgumentType]
        case list() | tuple():
            for one in value:  # pyright: ignore[reportUnknownVariableType]
                yield from found(one, keys)  # pyright: ignore[reportUnknownArgumentType]
        case _ if hasattr(value, "__dataclass_fields__"):
            yield from found(vars(value), keys)
        case _:
            return
