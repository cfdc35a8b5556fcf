"""Small questions as a writer writes them, drafts, and what a test gathers from a stream."""

import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field

from generation.models import Bounds
from generation.request import Asked, Draft, ModelTrouble, Unreadable, Usage, WriteRequest
from quiz.question import Kind, Level

GPT = "openai:scripted"
CLAUDE = "anthropic:scripted"
QUICK = Bounds(connect=0.5, first=0.3, whole=0.6)
"""Bounds that a test of them reaches soon; those of other tests are never reached."""

PLANETS = {
    "Which planet is the hottest one on average?": ("Venus", "Mercury", "Mars", "Jupiter"),
    "Which planet has the most mass of all?": ("Jupiter", "Saturn", "Neptune", "Uranus"),
    "What gives Mars its reddish colour?": ("Iron oxide", "Copper dust", "Red algae", "Hot lava"),
    "Which planet rotates lying on its side?": ("Uranus", "Neptune", "Saturn", "Mercury"),
    "Which body is the natural satellite of the Earth?": ("The Moon", "Phobos", "Titan", "Europa"),
    "Who first saw four satellites near Jupiter in 1610?": ("Galilei", "Newton", "Kepler", "Huygens"),
}
"""Stem → options, the right one first."""
STEMS = list(PLANETS)
EXPLANATION = "Measurements of many probes show it, and tables of the planets list it."
KNOWN = {stem: [options[0]] for stem, options in PLANETS.items()}
"""What a solver must know to solve them."""


def a_request(
    count: int = 2,
    *,
    topic: str = "Planets",
    language: str = "en",
    level: Level | None = None,
    avoid: Sequence[Asked] = (),
) -> WriteRequest:
    return WriteRequest("quiz-1", topic, language, level, count, tuple(avoid))


def line(stem: str = STEMS[0], options: Sequence[str] | None = None, **changed: object) -> str:
    """One question, as the prompt asks for it, with a line break."""
    question = {
        "kind": "single",
        "question": stem,
        "options": list(options or PLANETS[stem]),
        "right": [0],
        "explanation": EXPLANATION,
        "level": "1",
        "source": None,
    }
    return json.dumps({**question, **changed}, ensure_ascii=False) + "\n"


def lines(count: int, begin: int = 0) -> list[str]:
    """So many different questions about planets."""
    return [line(stem) for stem in STEMS[begin : begin + count]]


def a_draft(
    stem: str = STEMS[0],
    options: Sequence[str] | None = None,
    right: Sequence[int] = (0,),
    kind: Kind = Kind.SINGLE,
    *,
    explanation: str = "A secret explanation.",
    level: Level = Level.APPLICATION,
) -> Draft:
    return Draft(kind, stem, tuple(options or PLANETS[stem]), frozenset(right), explanation, level)


def unbooked(_: Usage) -> None:
    """Of a call of which a test does not ask what it took."""


@dataclass
class Gathered:
    """What a stream brought, and how it ended."""

    drafts: list[Draft] = field(default_factory=list[Draft])
    unreadable: list[Unreadable] = field(default_factory=list[Unreadable])
    usages: list[Usage] = field(default_factory=list[Usage])
    trouble: ModelTrouble | None = None


async def gather(proposals: AsyncIterator[Draft | Usage | Unreadable]) -> Gathered:
    gathered = Gathered()
    try:
        async for one in proposals:
            match one:
                case Draft():
                    gathered.drafts.append(one)
                case Usage():
                    gathered.usages.append(one)
                case Unreadable():
                    gathered.unreadable.append(one)
    except ModelTrouble as trouble:
        gathered.trouble = trouble
    return gathered
