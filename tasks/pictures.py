"""Having photos and scans read by a model, on the account of whoever sent them."""

from dataclasses import dataclass, replace

import structlog

from delivery.errors import BUDGET
from delivery.refusals import NOT_READ
from generation.picture_reader import PictureReader
from generation.request import ModelTrouble, Usage
from generation.sources.conversion import Pictures as Shown
from generation.sources.conversion import pictures_of
from generation.sources.refusal import NotConverted, Reason
from quiz.material import Material, Passage
from storage.budgets import Budgets
from tasks.booking import book_usage

log = structlog.stdlib.get_logger(__name__)

TOKENS_EACH = 6000
"""The most that a page takes: the picture itself, and what is written down of it."""


class Unread(Exception):
    """A picture that is not read, and why."""


@dataclass(frozen=True, slots=True)
class Pictures:
    """What it takes to read pictures."""

    reader: PictureReader
    budgets: Budgets

    async def read(self, user: int, chat: int, cause: str, data: bytes, name: str, language: str) -> Material:
        """The text of a photo or a scan; `cause` is the same when it is read again.

        Raises NotConverted for what is no picture or has no text, and Unread where the day is used up or the model
        cannot be asked.
        """
        return await self._written_down(user, chat, cause, await pictures_of(data, name), name, language)

    async def read_beside(
        self, user: int, chat: int, cause: str, data: bytes, material: Material, language: str
    ) -> Material:
        """The material of a PDF with those of its pages that are pictures, each in its place, as many as are taken.

        What cannot be read, for whatever reason, stays among its `pictured` pages.
        """
        try:
            pictures = await pictures_of(data, "", material.pictured)
            read = await self._passages_of(user, chat, cause, pictures, language)
        except (Unread, NotConverted) as refusal:
            log.info("pages that are pictures were not read", reason=str(refusal))
            return material
        passages = sorted((*material.passages, *read), key=lambda one: one.place.number)
        return replace(material, passages=tuple(passages), pictured=material.pictured[len(pictures.pages) :])

    async def _passages_of(
        self, user: int, chat: int, cause: str, pictures: Shown, language: str
    ) -> tuple[Passage, ...]:
        """What they say; on pictures among text there may be no word."""
        try:
            return (await self._written_down(user, chat, cause, pictures, "", language)).passages
        except NotConverted as refusal:
            if refusal.reason is Reason.NO_TEXT:
                return ()
            raise

    async def _written_down(
        self, user: int, chat: int, cause: str, pictures: Shown, title: str, language: str
    ) -> Material:
        account = await self.budgets.account(user, chat, cause)
        if not await self.budgets.reserve(account, TOKENS_EACH * len(pictures.pages)):
            raise Unread(BUDGET)
        taken: list[Usage] = []
        try:
            return await self.reader.read(pictures, title, language, taken.append)
        except ModelTrouble as trouble:
            log.warning("a picture was not read", trouble=str(trouble.trouble), reason=str(trouble))
            raise Unread(NOT_READ) from None
        finally:
            for usage in taken:
                await book_usage(self.budgets, account, usage)
            await self.budgets.settle(account)
