"""Each writer has its own solver, and rules write where no model can."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field

import pytest

from generation.pipeline import Pair, write_quiz
from generation.request import (
    Accepted,
    Draft,
    Dropped,
    Ended,
    Event,
    ModelTrouble,
    PromptName,
    Tally,
    Trouble,
    Usage,
    WriteRequest,
)
from generation.solver import Verdict
from quiz.material import Evidence, Material, Passage, Place, PlaceKind
from quiz.question import Checked
from tests.generation.written import STEMS, a_draft, a_request

PLACE = Place(PlaceKind.PAGE, 4)
TOLD = "Of all planets Venus is the hottest."
MATERIAL = Material("Planets", (Passage(TOLD, PLACE),))


@dataclass
class Writes:
    """A writer of these drafts, which then fails or is done; keeps what it was asked for."""

    drafts: Sequence[Draft] = ()
    trouble: Trouble | None = None
    model: str = "scripted"
    asked: list[WriteRequest] = field(default_factory=list[WriteRequest])

    def prompt(self, language: str) -> PromptName:
        return PromptName(f"writes {language}", 1, "0" * 12)

    async def write(self, request: WriteRequest, tally: Tally) -> AsyncGenerator[Draft]:
        del tally
        self.asked.append(request)
        for draft in self.drafts[: request.count]:
            yield draft
        if self.trouble:
            raise ModelTrouble(self.trouble)


@dataclass
class Says:
    """A solver that says the same of every draft, or fails."""

    verdict: Verdict | Trouble
    asked: list[str] = field(default_factory=list[str])

    async def solve(self, draft: Draft, request: WriteRequest, took: object) -> Verdict:
        del request, took
        self.asked.append(draft.stem)
        await asyncio.sleep(0)
        if isinstance(self.verdict, Trouble):
            raise ModelTrouble(self.verdict)
        return self.verdict


def agrees(*, common_knowledge: bool | None = None) -> Says:
    return Says(Verdict(agrees=True, said=frozenset({0}), common_knowledge=common_knowledge))


def drafts(*stems: str) -> list[Draft]:
    return [a_draft(stem) for stem in stems]


async def played(pairs: Sequence[Pair], fallback: Writes | None = None, *, count: int = 2) -> list[Event | Usage]:
    return [event async for event in write_quiz(a_request(count), pairs, clock=lambda: 0, pause=0, fallback=fallback)]


def stems(events: Sequence[Event | Usage], checked: Checked = Checked.SOLVER) -> list[str]:
    questions = [event.question for event in events if isinstance(event, Accepted)]
    return [question.stem for question in questions if question.checked is checked]


async def test_each_writers_questions_go_to_the_solver_beside_it() -> None:
    first, second = agrees(), agrees()
    events = await played(
        [
            Pair(Writes(drafts(STEMS[0]), Trouble.BUSY), first),
            Pair(Writes(drafts(STEMS[1], STEMS[2])), second),
        ]
    )
    assert first.asked == STEMS[:1]
    assert second.asked == STEMS[1:2]
    assert sorted(stems(events)) == sorted(STEMS[:2])


@pytest.mark.parametrize(
    ("common", "only_material", "outcome"),
    [
        (True, False, "marked"),
        (True, True, "dropped"),
        (False, False, "plain"),
        (False, True, "plain"),
        (None, False, "plain"),
        (None, True, "dropped"),
    ],
)
async def test_what_is_answered_without_the_material_is_marked_or_left_out(
    common: bool | None, only_material: bool, outcome: str
) -> None:
    asked = WriteRequest("quiz-1", "Planets", "en", None, 1, material=MATERIAL, only_material=only_material)
    draft = a_draft(STEMS[0])
    pair = Pair(Writes([draft_with_evidence(draft)]), agrees(common_knowledge=common))
    events = [event async for event in write_quiz(asked, [pair], clock=lambda: 0)]
    questions = [event.question for event in events if isinstance(event, Accepted)]
    assert [question.common_knowledge for question in questions] == {"marked": [True], "plain": [False], "dropped": []}[
        outcome
    ]
    assert {event.check for event in events if isinstance(event, Dropped) and event.check != "no_repeat"} == (
        {"common"} if outcome == "dropped" else set()
    )
    assert all(question.evidence == Evidence(TOLD, PLACE) for question in questions)


def draft_with_evidence(draft: Draft) -> Draft:
    return Draft(
        draft.kind,
        draft.stem,
        draft.options,
        draft.right,
        draft.explanation,
        draft.level,
        evidence=Evidence(TOLD, PLACE),
    )


@pytest.mark.parametrize("trouble", [Trouble.UNREACHABLE, Trouble.KEY, Trouble.SILENT, Trouble.BUSY, Trouble.BROKEN])
async def test_rules_write_what_lacks_when_no_model_can_be_asked(trouble: Trouble) -> None:
    rules = Writes(drafts(STEMS[1], STEMS[2]), model="rules")
    events = await played([Pair(Writes(drafts(STEMS[0]), trouble), agrees())], rules)
    assert stems(events) == STEMS[:1]
    assert stems(events, Checked.RULES) == STEMS[1:2]
    assert events[-1] == Ended(2, None)
    (asked,) = rules.asked
    assert asked.count == 1
    assert STEMS[0] in [one.stem for one in asked.avoid]


async def test_rules_write_what_lacks_when_no_solver_can_be_asked() -> None:
    rules = Writes(drafts(STEMS[1], STEMS[2]), model="rules")
    events = await played([Pair(Writes(drafts(STEMS[0])), Says(Trouble.UNREACHABLE))], rules)
    assert not stems(events)
    assert stems(events, Checked.RULES) == STEMS[1:3]


async def test_rules_add_nothing_to_what_models_wrote_too_little_of() -> None:
    rules = Writes(drafts(STEMS[1]), model="rules")
    events = await played([Pair(Writes(drafts(STEMS[0])), agrees())], rules)
    assert stems(events) == STEMS[:1]
    assert not rules.asked
    assert events[-1] == Ended(1, None)


async def test_rules_add_nothing_where_one_model_of_two_could_be_asked() -> None:
    rules = Writes(drafts(STEMS[1]), model="rules")
    pairs = [Pair(Writes(drafts(STEMS[0])), agrees()), Pair(Writes((), Trouble.KEY), agrees())]
    events = await played(pairs, rules)
    assert not rules.asked
    assert events[-1] == Ended(1, Trouble.KEY)


async def test_rules_write_all_where_models_brought_no_good_question() -> None:
    rules = Writes(drafts(STEMS[1], STEMS[2]), model="rules")
    never = Says(Verdict(agrees=False, said=frozenset({1})))
    events = await played([Pair(Writes(drafts(STEMS[0])), never)], rules)
    assert stems(events, Checked.RULES) == STEMS[1:3]
    assert events[-1] == Ended(2, None)


async def test_rules_write_nothing_that_a_model_would_not() -> None:
    rules = Writes(drafts(STEMS[1]), model="rules")
    events = await played([Pair(Writes((), Trouble.REFUSED), agrees())], rules)
    assert events == [Ended(0, Trouble.REFUSED)]
    assert not rules.asked


async def test_without_models_rules_write_and_say_why_there_is_less() -> None:
    rules = Writes(drafts(STEMS[1]), Trouble.NOTHING, model="rules")
    events = await played([], rules)
    assert stems(events, Checked.RULES) == STEMS[1:2]
    assert events[-1] == Ended(1, Trouble.NOTHING)


async def test_why_models_could_not_be_asked_is_said_before_what_the_rules_lack() -> None:
    rules = Writes((), Trouble.LANGUAGE, model="rules")
    events = await played([Pair(Writes((), Trouble.KEY), agrees())], rules)
    assert events == [Ended(0, Trouble.KEY)]
