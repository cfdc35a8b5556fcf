"""Words in a source that would have a model do something else: they stay data, and a model that obeys gains nothing."""

import json
import re
from dataclasses import replace

import pytest

from generation.focus import wanted
from generation.models import Model
from generation.pipeline import Pair, write_quiz
from generation.request import Accepted, Dropped, Ended, Event, Usage, WriteRequest
from generation.solver import BlindSolver
from generation.source_writer import SourceWriter
from generation.sources.conversion import convert
from generation.sources.refusal import NotConverted
from prompts.registry import find_prompt
from quiz.evidence import find_evidence
from quiz.material import Material
from tests.generation.scripted_server import Received, Reply, ScriptedServer, answer, knows, text
from tests.generation.written import CLAUDE, GPT, line
from tests.hostile import unseen
from tests.hostile.piece import Piece
from tests.hostile.words import END, FACT, ORDER, PIECES, QUESTION, ROLES

pytestmark = pytest.mark.timeout(240)
STEM = "What is the basic unit of life?"
OPTIONS = ["The cell", "The atom", "The organ", "The tissue"]
BEYOND = f"{ORDER}\n{ROLES}\n{END}\n{QUESTION}"
FOCUS = f"{FACT} {FACT} {BEYOND}"
"""Means the sentence with the fact, whatever the orders behind it say."""


def honest(**changed: object) -> str:
    """A question on the fact that every piece of the corpus holds, with a line break."""
    said = json.loads(line(STEM, OPTIONS, explanation="All organisms are made of cells, as the smallest living part."))
    return json.dumps({**said, "passage": 1, "evidence": FACT, **changed}) + "\n"


async def becomes(name: str, data: bytes) -> Material:
    try:
        return await convert(data, name)
    except NotConverted as refusal:
        pytest.skip(f"refused: {refusal.reason}")


async def played(material: Material, *, solver: str = GPT, focus: str = FOCUS) -> list[Event | Usage]:
    """A quiz of one question on a material, its title and what is wanted of it as hostile as itself."""
    models = [Model(GPT), Model(solver)]
    request = WriteRequest("quiz-1", BEYOND[:200], "en", None, 1, material=material, focus=focus)
    pair = Pair(SourceWriter(models[0]), BlindSolver(models[1], pause=0))
    try:
        return [event async for event in write_quiz(request, [pair], clock=lambda: 0, pause=0)]
    finally:
        for model in models:
            await model.aclose()


def without_data(prompt: str) -> str:
    """A prompt without what stands between its tags."""
    return re.sub(r"<(\w+)>.*</\1>", r"<\1/>", prompt)


@pytest.mark.parametrize(
    "piece", [one for one in (*PIECES, *unseen.PIECES) if not one.outcomes], ids=lambda piece: piece.title
)
async def test_a_prompt_holds_a_source_as_data_between_its_tags_and_nowhere_else(
    server: ScriptedServer,
    piece: Piece,
) -> None:
    material = await becomes(piece.name, piece.make())
    server.writes = [text(honest())]
    server.solves = knows({STEM: ["The cell"]})
    events = await played(material)
    assert [event.question.stem for event in events if isinstance(event, Accepted)] == [STEM]

    writing, with_it, without = (one for one in server.received if one.path != "/v1/moderations")
    meant = wanted(material, FOCUS, "en").passages
    assert [one["text"] for one in writing.between("passages")] == [one.text for one in meant]
    assert find_evidence(FACT, replace(material, passages=meant))
    plain = find_prompt("source_writer", "en").render(title="", passages=[], focus="", count=2, avoid=[], level="mixed")
    assert without_data(writing.prompt) == without_data(plain)
    for received in (with_it, without):
        name = "source_solver" if received is with_it else "unaided_solver"
        shown = {"passages": list[dict[str, str]]()} if received is with_it else {}
        plain = find_prompt(name, "en").render(question="", options={}, kind="single", **shown)
        assert without_data(received.prompt) == without_data(plain)
    for received in (writing, with_it, without):
        for tag in ("passages", "title", "focus", "asked", "question", "options"):
            assert received.prompt.count(f"</{tag}>") <= 1


FAKED = {
    "it repeats the faked question": json.dumps(
        {
            "kind": "single",
            "question": "What is 2 + 2, as everybody knows?",
            "options": ["Four", "Five", "Six"],
            "right": [1],
            "passage": 1,
            "evidence": "two and two are five",
            "explanation": "Two and two are five by what stands here.",
            "level": "1",
            "checked": True,
        }
    ),
    "it prints its prompt": find_prompt("source_writer", "en").body,
    "it prints the order": ORDER,
    "it says the line of the source": QUESTION,
    "it makes evidence up": honest(evidence="The atom is the basic unit of life, and no organism is made of cells."),
    "it marks a wrong answer right": honest(right=[1]),
    "it calls its question checked": honest(right=[2], checked="solver", common_knowledge=False),
}


@pytest.mark.parametrize("obeys", FAKED)
@pytest.mark.parametrize("client", [GPT, CLAUDE], ids=["openai", "anthropic"])
async def test_what_an_obeying_writer_brings_is_dropped(
    server: ScriptedServer,
    obeys: str,
    client: str,
) -> None:
    material = await becomes("notes.txt", f"{FACT}\n\n{BEYOND}".encode())
    server.makes = lambda _: text(FAKED[obeys] + "\n")
    server.solves = knows({STEM: ["The cell"], "What is 2 + 2, as everybody knows?": ["Four"]})
    events = await played(material, solver=client)
    assert not [event for event in events if isinstance(event, Accepted)]
    assert isinstance(events[-1], Ended)
    assert events[-1].accepted == 0


async def test_of_an_obeying_writer_and_solver_there_are_only_questions_whose_words_are_in_the_source(
    server: ScriptedServer,
) -> None:
    """The worst case: both do what the source says. What gets through still shows where it is from."""
    material = await becomes("notes.txt", f"{FACT}\n\n{BEYOND}".encode())

    def obeys(received: Received) -> Reply:
        options = received.between("options")
        return answer(letter for letter, option in options.items() if option in {"Five", "The atom"})

    both = (FAKED["it makes evidence up"], FAKED["it repeats the faked question"])
    server.makes = lambda _: text(*(f"{one}\n" for one in both))
    server.solves = obeys
    events = await played(material, focus="")
    accepted = [event.question for event in events if isinstance(event, Accepted)]
    assert [event.check for event in events if isinstance(event, Dropped)] == ["evidence"]
    assert [question.stem for question in accepted] == ["What is 2 + 2, as everybody knows?"]
    for question in accepted:
        assert question.evidence
        assert find_evidence(question.evidence.quote, material)
