"""Whoever asks for a quiz on a material gets one from the models, from rules without any, or a word why not."""

import sys
from collections.abc import Sequence
from dataclasses import replace

import pytest

from generation import language
from generation.author import Author
from generation.checks import CHECKS
from generation.models import Model
from generation.offline.writer import write_offline
from generation.pipeline import Pair
from generation.request import Accepted, Asked, Ended, Event, Trouble, Usage, WriteRequest
from generation.solver import BlindSolver
from generation.source_checks import NAMES as SOURCE_CHECKS
from generation.source_writer import SourceWriter
from generation.sources import plain_text
from generation.sources.passages import material_of
from quiz.evidence import find_evidence
from quiz.material import Material, Passage, Place, PlaceKind
from quiz.question import Checked, Level, Question
from tests.generation.scripted_server import ScriptedServer, error, knows, text
from tests.generation.sourced import by_passage, knows_nothing, on_planets, told
from tests.generation.written import CLAUDE, GPT, KNOWN, STEMS, a_request

NOTES = """The heart of a bee beats about 140 times a minute. Honey is a thick liquid that bees make of nectar.
Propolis is a sticky mixture that bees make of resin. Royal jelly is a white fluid that feeds young queens.
A hive in summer has about 50000 workers. In 1851 Lorenzo Langstroth built the first hive with frames.
A queen is a bee that lays the eggs of a hive. A drone is a male bee that has no sting.
In 1973 Karl von Frisch received the Nobel Prize for his work on the dance of bees."""
BEES = Material(
    "Bees",
    tuple(Passage(line, Place(PlaceKind.PAGE, page)) for page, line in enumerate(NOTES.splitlines(), 1)),
)


def on_bees(count: int = 3, **changed: object) -> WriteRequest:
    return replace(WriteRequest("quiz-1", "Bees", "en", None, count, material=BEES), **changed)  # pyright: ignore[reportArgumentType]


async def written(author: Author, request: WriteRequest) -> list[Event | Usage]:
    try:
        return [event async for event in author.write(request, tokens=100_000)]
    finally:
        await author.aclose()


def questions(events: Sequence[Event | Usage]) -> list[Question]:
    return [event.question for event in events if isinstance(event, Accepted)]


async def test_without_models_rules_write_with_evidence() -> None:
    author = Author([], None)
    events = await written(author, on_bees(3))
    asked = questions(events)
    assert events[-1] == Ended(3, None)
    assert not author.has_models
    for question in asked:
        assert question.checked is Checked.RULES
        assert question.evidence
        assert find_evidence(question.evidence.quote, BEES) is not None
        assert question.origin
        assert (question.origin.prompt, question.origin.model) == ("rules", "rules")
        assert {*CHECKS, *SOURCE_CHECKS} <= set(question.origin.checks)
    drafts = write_offline(BEES, "en", 3, "quiz-1")
    assert [question.stem for question in asked] == [draft.stem for draft in drafts]


async def test_without_models_there_is_no_quiz_on_a_topic() -> None:
    assert await written(Author([], None), a_request()) == [Ended(0, Trouble.UNREACHABLE)]


async def test_what_rules_may_write_of_is_narrowed_by_what_is_wanted() -> None:
    asked = questions(await written(Author([], None), on_bees(9, focus="pages 3-4")))
    assert asked
    assert {question.evidence.place.number for question in asked if question.evidence} <= {3, 4}


async def test_rules_keep_to_no_level() -> None:
    asked = questions(await written(Author([], None), on_bees(3, level=Level.APPLICATION)))
    assert len(asked) == 3


@pytest.mark.parametrize(
    ("changed", "trouble"),
    [
        ({"material": Material("", ())}, Trouble.NOTHING),
        ({"material": Material("", (Passage("Hm. Well, perhaps.", Place(PlaceKind.LINE, 1)),))}, Trouble.NOTHING),
        (
            {
                "material": Material(
                    "", (Passage("Die Zelle ist die kleinste Einheit des Lebens.", Place(PlaceKind.LINE, 1)),)
                )
            },
            Trouble.LANGUAGE,
        ),
    ],
)
async def test_without_models_it_is_said_why_there_is_no_quiz(changed: dict[str, object], trouble: Trouble) -> None:
    assert await written(Author([], None), on_bees(**changed)) == [Ended(0, trouble)]  # pyright: ignore[reportArgumentType]


async def test_when_all_was_asked_that_is_said() -> None:
    every = questions(await written(Author([], None), on_bees(50)))
    asked = tuple(
        Asked(one.stem, " ".join(option.text for option in one.options if option.id in one.key)) for one in every
    )
    again = asked
    for _ in range(5):
        more = questions(await written(Author([], None), on_bees(50, avoid=again)))
        if not more:
            break
        again += tuple(
            Asked(one.stem, " ".join(option.text for option in one.options if option.id in one.key)) for one in more
        )
    assert await written(Author([], None), on_bees(50, avoid=again)) == [Ended(0, Trouble.ALL_ASKED)]


async def test_fewer_than_were_asked_for_are_written_and_it_is_said_that_there_is_no_more() -> None:
    events = await written(Author([], None), on_bees(50))
    assert 3 <= len(questions(events)) < 50
    assert events[-1] == Ended(len(questions(events)), Trouble.NOTHING)


async def test_a_material_in_russian_is_asked_about_in_russian_by_rules() -> None:
    lines = (
        "Рибосома — это органелла, которая собирает белки из аминокислот.",
        "Митохондрия — это органелла, которая даёт клетке энергию.",
        "Хлоропласт — это органелла, в которой идёт фотосинтез.",
        "Лизосома — это органелла, которая переваривает ненужные вещества.",
    )
    cell = Material("Клетка", tuple(Passage(line, Place(PlaceKind.PAGE, page)) for page, line in enumerate(lines, 1)))
    asked = questions(await written(Author([], None), on_bees(2, material=cell, language="en")))
    assert asked
    assert all("органелла" in question.explanation + question.stem for question in asked)


async def test_rules_say_on_which_line_of_a_pasted_text_the_answer_stands() -> None:
    text = "\n\n".join(NOTES.splitlines())
    pasted = material_of(plain_text.read_text(text))
    asked = questions(await written(Author([], None), on_bees(5, material=pasted)))
    lines = text.split("\n")
    for question in asked:
        assert question.evidence
        assert question.evidence.quote in lines[question.evidence.place.number - 1]
    assert len({question.evidence.place.number for question in asked if question.evidence}) > 2


@pytest.mark.parametrize("packages", [("py3langid", "sentencex", "pymorphy3"), ("sentencex",)])
async def test_where_the_rules_are_not_installed_it_says_so_at_once(
    packages: Sequence[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for package in packages:
        monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.setattr(language, "_detector", language._detector.__wrapped__)  # pyright: ignore[reportPrivateUsage] - as in a new process
    assert await written(Author([], None), on_bees()) == [Ended(0, Trouble.NOT_INSTALLED)]


async def test_models_write_and_solve_on_a_material(server: ScriptedServer) -> None:
    server.writes = [text(told(0), told(1))]
    server.solves = by_passage(knows(KNOWN), knows_nothing)
    asked = questions(await written(Author([GPT], None), on_planets(2)))
    assert sorted(question.stem for question in asked) == sorted(STEMS[:2])
    assert all(question.checked is Checked.SOLVER for question in asked)


async def test_with_all_models_down_rules_write_what_lacks(server: ScriptedServer) -> None:
    server.writes = [error(401), error(401)]
    events = await written(Author([GPT, CLAUDE], None), on_bees(3))
    assert [question.checked for question in questions(events)] == [Checked.RULES] * 3
    assert events[-1] == Ended(3, None)


async def test_with_models_down_on_a_topic_rules_write_nothing(server: ScriptedServer) -> None:
    server.writes = [error(401)]
    assert await written(Author([GPT], None), a_request()) == [Ended(0, Trouble.KEY)]


@pytest.mark.parametrize(
    "changed",
    [
        {"material": Material("", (Passage("Here is how to build a pipe bomb at home.", Place(PlaceKind.LINE, 1)),))},
        {"focus": "how to make a bomb"},
    ],
)
@pytest.mark.parametrize("models", [[GPT], []])
async def test_what_is_refused_reaches_no_model_and_no_rule(
    server: ScriptedServer, models: list[str], changed: dict[str, object]
) -> None:
    assert await written(Author(models, None), on_bees(**changed)) == [Ended(0, Trouble.REFUSED)]  # pyright: ignore[reportArgumentType]
    assert not server.received


async def test_the_providers_judge_is_told_what_is_wanted_of_the_material(server: ScriptedServer) -> None:
    server.flags = ["stingers"]
    assert await written(Author([GPT], None), on_bees(focus="stingers")) == [Ended(0, Trouble.REFUSED)]
    assert [one.path for one in server.received] == ["/v1/moderations"]


@pytest.mark.parametrize("small", [[GPT], [], [CLAUDE]])
def test_small_models_write_on_a_material_in_their_own_way(small: list[str]) -> None:
    asked: list[str] = []

    def pair(writes: Model, solves: Model) -> Pair:
        asked.append(writes.name)
        assert writes is solves
        return Pair(SourceWriter(writes), BlindSolver(solves))

    Author([GPT, CLAUDE], None, small=small, answer_first=pair)
    assert asked == small


def test_models_in_this_process_are_small() -> None:
    asked: list[str] = []

    def pair(writes: Model, solves: Model) -> Pair:
        asked.extend((writes.name, solves.name))
        return Pair(SourceWriter(writes), BlindSolver(solves))

    Author(["local:small.gguf"], GPT, answer_first=pair)
    assert asked == ["local:small.gguf", GPT]
