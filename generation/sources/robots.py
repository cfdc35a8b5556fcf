"""What a site wants left alone by programs: its robots.txt, as RFC 9309 has it."""

import re
import string
from collections.abc import Iterator
from urllib.parse import quote

MOST_LETTERS = 500_000
"""So much of a file must be read at least."""
ASCII = string.punctuation
AGENT = re.compile(r"[a-z_-]+")


def may_fetch(robots: str, agent: str, path: str) -> bool:
    """Whether rules allow an agent a path (with its query): the longest rule that fits decides, in doubt it is allowed.

    The rules are those of all groups for the agent, or else of those for everybody. Paths are compared as they stand in
    an address, `%` and all.
    """
    groups = list(_groups(robots[:MOST_LETTERS]))
    mine = [rules for agents, rules in groups if agent in agents] or [
        rules for agents, rules in groups if "*" in agents
    ]
    fitting = [(len(pattern), allowed) for rules in mine for pattern, allowed in rules if _fits(pattern, path)]
    return max(fitting, default=(0, True))[1]


def _groups(robots: str) -> Iterator[tuple[set[str], list[tuple[str, bool]]]]:
    agents = set[str]()
    rules = list[tuple[str, bool]]()
    begun = False
    for line in robots.splitlines():
        key, _, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if key == "user-agent":
            if begun:
                yield agents, rules
                agents, rules, begun = set[str](), list[tuple[str, bool]](), False
            name = AGENT.match(value.lower())
            agents.add("*" if value.startswith("*") else name[0] if name else "")
        elif key in {"allow", "disallow"}:
            begun = True
            if value:
                rules.append((quote(value, safe=ASCII), key == "allow"))
    yield agents, rules


def _fits(pattern: str, path: str) -> bool:
    """Whether a path begins as a pattern says: `*` is anything, `$` at its end the path's own."""
    # Not by a regular expression: with many stars one can be made to run for ever.
    whole = pattern.endswith("$")
    first, *others = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for other in others[:-1] if whole else others:
        found = path.find(other, at)
        if found < 0:
            return False
        at = found + len(other)
    if not whole:
        return True
    return path.endswith(others[-1]) and len(path) - len(others[-1]) >= at if others else at == len(path)
