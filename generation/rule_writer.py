"""The offline writer as a writer of quizzes: rules in a thread, no model."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace
from hashlib import sha256

from generation.chance import chance_of
from generation.failures import not_installed
from generation.focus import wanted
from generation.language import language_of
from generation.offline.grammar import LANGUAGES
from generation.offline.writer import Nothing, NothingToAsk, write_offline
from generation.passage_choice import sample_of
from generation.request import Draft, ModelTrouble, PromptName, Tally, Trouble, WriteRequest
from generation.source_checks import SourceChecks

NAME = "rules"
VERSION = 1
"""Of the rules, as far as the figures tell versions apart."""
CHARACTERS = 150_000
"""Of a material that the rules read: some 20,000 words, for which they compute for a second or two."""
TROUBLES = {
    Nothing.LANGUAGE: Trouble.LANGUAGE,
    Nothing.NO_FACTS: Trouble.NOTHING,
    Nothing.ASKED: Trouble.ALL_ASKED,
}


class RuleWriter:
    """Writes questions on a material by rules alone; no level is kept to, as the rules choose none.

    What its checks drop is added to `dropped`, each draft with the name of the check.
    """

    model = NAME

    def __init__(self, dropped: list[tuple[Draft, str]] | None = None) -> None:
        self._dropped = dropped

    def prompt(self, language: str) -> PromptName:
        """What stands in a prompt's place: the rules, and which they are."""
        return PromptName(NAME, VERSION, sha256(f"{NAME} {VERSION} {language}".encode()).hexdigest()[:12])

    async def write(self, request: WriteRequest, tally: Tally) -> AsyncGenerator[Draft]:
        """All drafts, in the order of the material; raises ModelTrouble where these are fewer than were asked for.

        They are in the language of the material where the rules know it. Without the extra [notes] there are no rules,
        and the trouble is `NOT_INSTALLED`.
        """
        del tally
        try:
            drafts = await asyncio.to_thread(_written, request, self._dropped)
        except NothingToAsk as nothing:
            raise ModelTrouble(TROUBLES[nothing.why]) from nothing
        except ModuleNotFoundError as missing:
            raise not_installed(missing) from missing
        for draft in drafts:
            yield draft
        if len(drafts) < request.count:
            raise ModelTrouble(Trouble.NOTHING)


def _written(request: WriteRequest, dropped: list[tuple[Draft, str]] | None) -> list[Draft]:
    material = request.material
    if material is None:
        raise NothingToAsk(Nothing.NO_FACTS)
    found = language_of(material)
    language = found if found in LANGUAGES else request.language
    if found not in {None, language}:
        raise NothingToAsk(Nothing.LANGUAGE)
    checks = SourceChecks(material, language)
    part = wanted(material, request.focus, language)
    if part.is_all:
        sample = sample_of(material.passages, CHARACTERS, chance_of(request.quiz))
        material = replace(material, passages=tuple(sample))
    of = None if part.is_all else part.has
    return write_offline(
        material, language, request.count, request.quiz, request.avoid, of=of, checks=checks, dropped=dropped
    )
