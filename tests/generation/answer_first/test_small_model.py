"""Questions that a real small model words and answers, in this process: `make test-model GGUF=FILE`.

Whether they are good is not asked here, but that what is delivered keeps the promises, whatever the model writes.
"""

import importlib.util
import os
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing

import pytest

from generation.answer_first.solver import AnswerFirstSolver
from generation.answer_first.writer import AnswerFirstWriter
from generation.checks import failed_check
from generation.first_token import FirstTokens
from generation.models import Model
from generation.request import Draft, Unreadable, Usage
from quiz.material import Material
from tests.generation.answer_first.materials import BRIDGE, EARTH, SHAKING, about

VARIABLE = "QUIZBOT_TEST_GGUF"
FILE = os.environ.get(VARIABLE, "")

pytestmark = [
    pytest.mark.skipif(not FILE, reason=f"{VARIABLE} is not set: make test-model GGUF=FILE"),
    pytest.mark.skipif(importlib.util.find_spec("xllamacpp") is None, reason="it needs the extra [local]"),
    pytest.mark.timeout(1800),
]


@pytest.fixture
async def model() -> AsyncGenerator[Model]:
    model = Model(f"local:{FILE}")
    yield model
    await model.aclose()


async def test_it_tells_how_likely_each_letter_is(model: Model) -> None:
    reply = await FirstTokens(model).ask(
        "Which is the capital of France? A. Rome B. Paris C. Oslo Answer with the letter."
    )
    assert reply is not None
    assert max(reply.chances, key=reply.chances.__getitem__).strip() == "B"
    assert 0.5 < sum(reply.chances.values()) <= 1.001
    assert reply.usage is not None
    assert reply.usage.output_tokens == 1


@pytest.mark.parametrize(("material", "language"), [(BRIDGE, "en"), (EARTH, "ru"), (SHAKING, "ru")])
async def test_what_is_delivered_is_about_the_material_and_was_answered(
    model: Model, material: Material, language: str
) -> None:
    request = about(material, language, count=3)
    solver, usages, delivered = AnswerFirstSolver(model), list[Usage](), list[Draft]()
    begun = time.monotonic()
    async with aclosing(AnswerFirstWriter(model).write(request)) as proposals:
        async for proposal in proposals:
            match proposal:
                case Usage():
                    usages.append(proposal)
                    continue
                case Unreadable(why):
                    fate = f"no good: {why}"
                case Draft():
                    check = failed_check(proposal, request)
                    verdict = None if check else await solver.solve(proposal, request, usages.append)
                    fate = f"dropped: {check}" if check else "delivered" if verdict and verdict.agrees else "not agreed"
                    if fate == "delivered":
                        delivered.append(proposal)
            shown = f"{proposal.stem} {list(proposal.options)}" if isinstance(proposal, Draft) else ""
            print(f"{time.monotonic() - begun:5.0f} s {fate}: {shown}")  # noqa: T201 - this is what the test is run for

    for draft in delivered:
        assert draft.evidence is not None
        assert draft.evidence.quote in material.passages[0].text
        assert draft.options[0].split()[0].casefold() not in draft.stem.casefold()
        assert draft.stem.endswith("?")
    assert usages
    assert all(usage.input_tokens > 0 and usage.output_tokens > 0 for usage in usages)
