"""The answer-first writer: rules choose answer and options, the model words the question only."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

from generation.answer_first.matching import meaning
from generation.answer_first.stem import MOST, read_stem, stem_fault
from generation.answer_first.targets import Target, find_targets
from generation.failures import not_installed
from generation.models import Model
from generation.offline.grammar import Grammar, grammar_of
from generation.request import Draft, PromptName, Tally, Unreadable, Usage, WriteRequest
from prompts.registry import find_prompt
from quiz.question import Kind

PROMPT = "wording"
MOST_WRITTEN = 2 * MOST
"""Characters of one call; what writes more is not writing one question."""


class AnswerFirstWriter:
    """Has a small chat model word a question for each answer that the rules find in the material."""

    def __init__(self, model: Model) -> None:
        self._model = model

    @property
    def model(self) -> str:
        """What writes, as the settings name it."""
        return self._model.name

    def prompt(self, language: str) -> PromptName:
        """The prompt that has a question worded."""
        found = find_prompt(PROMPT, language)
        return PromptName(found.name, found.version, found.digest)

    async def write(
        self, request: WriteRequest, tally: Tally | None = None
    ) -> AsyncGenerator[Draft | Usage | Unreadable]:
        """A draft for each answer, until there are no more; each with its evidence.

        A question that breaks a rule is `Unreadable`, with the rule. Raises ModelTrouble when there is nothing to ask,
        or the model cannot be asked; `NOT_INSTALLED` without the extra [notes], whose rules choose the answers.
        """
        try:
            targets = await asyncio.to_thread(find_targets, request)
        except ModuleNotFoundError as missing:
            raise not_installed(missing) from missing
        for target in targets:
            async with aclosing(self._draft(target, request, tally or Tally())) as found:
                async for one in found:
                    yield one

    async def _draft(
        self, target: Target, request: WriteRequest, tally: Tally
    ) -> AsyncGenerator[Draft | Usage | Unreadable]:
        prompt = find_prompt(PROMPT, request.language).render(
            about=target.evidence.place.heading,
            fact=target.fact,
            answer=target.answer + target.unit,
            asks=target.asks,
        )
        tally.prompt, tally.text = len(prompt), 0
        written, counted = "", False
        async with aclosing(self._model.stream(prompt)) as pieces:
            async for piece in pieces:
                if isinstance(piece, Usage):
                    counted = True
                    yield piece
                    continue
                written += piece
                tally.text += len(piece)
                if len(written) > MOST_WRITTEN:
                    break
        if not counted:
            yield tally.estimate(self.model)
        tally.prompt = tally.text = 0  # it is booked
        grammar = grammar_of(request.language)
        yield to_draft(grammar.in_agreement(read_stem(written)), target, grammar)


def to_draft(stem: str, target: Target, grammar: Grammar) -> Draft | Unreadable:
    """The question with its options, which say what a figure counts unless the question does."""
    if fault := stem_fault(stem, target, grammar):
        return Unreadable(fault)
    unit = "" if meaning(target.unit, grammar) & meaning(stem, grammar) else target.unit
    return Draft(
        Kind.SINGLE,
        stem,
        tuple(option + unit for option in (target.answer, *target.wrong)),
        frozenset({0}),
        target.explanation,
        target.level,
        evidence=target.evidence,
    )
