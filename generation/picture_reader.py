"""Photos and scans are read by a model: what it writes down is a source like any text, and is as little trusted."""

import asyncio
from dataclasses import replace

from generation.models import Model
from generation.request import ModelTrouble
from generation.solver import Took
from generation.sources.conversion import Picture, Pictures, convert
from generation.sources.refusal import NotConverted, Reason
from prompts.registry import find_prompt
from quiz.material import Material, Passage, Place, PlaceKind

PROMPT = "picture"
NOTHING = "NOTHING"
"""What the prompt asks for where no text can be read."""
AT_ONCE = 2


class PictureReader:
    """Has a chat model that sees pictures write down the text in them."""

    def __init__(self, model: Model) -> None:
        self._model = model

    async def read(self, pictures: Pictures, title: str, language: str, took: Took) -> Material:
        """The text of a photo, or of the pages of a scan, which are then its places.

        Raises ModelTrouble where the model cannot be asked, NotConverted where it finds no text. `took` is told what
        each call took. `language` is that of the prompt; the text stays in its own.
        """
        prompt = find_prompt(PROMPT, language).render()
        room = asyncio.Semaphore(AT_ONCE)

        async def passages_of(picture: Picture) -> tuple[Passage, ...]:
            async with room:
                text = await self._written_down(prompt, picture, took)
            if text.strip(" \n.`") in {"", NOTHING}:
                return ()
            material = await convert(text.encode("utf-8", "replace"), "picture.md")
            return tuple(_on_page(one, picture.number) if pictures.placed else one for one in material.passages)

        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(passages_of(picture)) for picture in pictures.pages]
        except* (ModelTrouble, NotConverted) as failed:
            # One page that cannot be read is enough: a quiz on half a scan would look like one on all of it.
            raise failed.exceptions[0] from None
        passages = tuple(one for task in tasks for one in task.result())
        if not passages:
            raise NotConverted(Reason.NO_TEXT)
        return Material(title, passages, pictures.whole)

    async def _written_down(self, prompt: str, picture: Picture, took: Took) -> str:
        reply = await self._model.read_picture(prompt, picture.jpeg)
        if reply.usage:
            took(reply.usage)
        return reply.text


def _on_page(passage: Passage, number: int) -> Passage:
    return replace(passage, place=Place(PlaceKind.PAGE, number, passage.place.heading))
