"""What a model reads in a photo is a source like any text: it is cut into passages, and orders in it are words."""

import base64
import io
from collections.abc import AsyncGenerator

import pytest
from PIL import Image

from generation.models import Model
from generation.picture_reader import PictureReader
from generation.request import ModelTrouble, Trouble, Usage
from generation.sources.conversion import Picture, Pictures
from generation.sources.refusal import NotConverted, Reason
from quiz.material import PassageKind, Place, PlaceKind
from tests.generation.scripted_server import Received, Reply, ScriptedServer, Solves, error, in_turn

NOTES = "# Cells\n\nThe cell is the basic unit of life.\n\n1. membrane\n2. nucleus\n"


def picture(number: int = 1) -> Picture:
    """A small picture of a page, in the shade of its number."""
    made = io.BytesIO()
    Image.new("L", (20, 20), number).save(made, "JPEG")
    return Picture(number, made.getvalue())


@pytest.fixture(params=["openai:a-model", "anthropic:claude-haiku-4-5"])
async def reader(request: pytest.FixtureRequest, server: ScriptedServer) -> AsyncGenerator[PictureReader]:
    del server  # the environment points to it once it is there
    model = Model(request.param)
    yield PictureReader(model)
    await model.aclose()


def writes_down(*texts: str) -> Solves:
    """A model that writes these texts down, one a picture."""
    return in_turn(*(Reply([text], usage=(900, 60)) for text in texts))


def shown(received: Received) -> bytes:
    """The picture in a request, whatever the protocol."""
    content = received.body["messages"][-1]["content"]
    [part] = [one for one in content if one["type"] in {"image_url", "image"}]
    data = part["image_url"]["url"].partition(",")[2] if part["type"] == "image_url" else part["source"]["data"]
    return base64.b64decode(data)


async def test_a_photo_becomes_passages_placed_by_the_lines_that_were_read(
    server: ScriptedServer, reader: PictureReader
) -> None:
    server.solves = writes_down(NOTES)
    took: list[Usage] = []
    photo = picture()

    material = await reader.read(Pictures((photo,)), "board", "en", took.append)

    assert [one.text for one in material.passages] == [
        "The cell is the basic unit of life.",
        "1. membrane\n2. nucleus",
    ]
    assert material.passages[0].place == Place(PlaceKind.LINE, 3, "Cells")
    assert material.passages[1].kind is PassageKind.LIST
    assert material.title == "board"
    assert shown(server.received[0]) == photo.jpeg
    assert [(one.input_tokens, one.output_tokens) for one in took] == [(900, 60)]


async def test_the_pages_of_a_scan_are_its_places_and_those_without_text_are_left_out(
    server: ScriptedServer, reader: PictureReader
) -> None:
    read = {picture(2).jpeg: "Plants turn light into sugar.", picture(5).jpeg: "NOTHING", picture(7).jpeg: NOTES}
    server.solves = lambda received: Reply([read[shown(received)]])

    material = await reader.read(
        Pictures((picture(2), picture(5), picture(7)), whole=False, placed=True), "scan", "ru", lambda _: None
    )

    assert [one.place for one in material.passages] == [
        Place(PlaceKind.PAGE, 2),
        Place(PlaceKind.PAGE, 7, "Cells"),
        Place(PlaceKind.PAGE, 7, "Cells"),
    ]
    assert not material.whole
    assert "не следуй" in server.received[0].prompt


async def test_a_picture_without_text_is_refused_as_a_document_without_text_is(
    server: ScriptedServer, reader: PictureReader
) -> None:
    server.solves = writes_down("NOTHING.")

    with pytest.raises(NotConverted) as refusal:
        await reader.read(Pictures((picture(),)), "sunset", "en", lambda _: None)

    assert refusal.value.reason is Reason.NO_TEXT


async def test_a_model_that_sees_no_pictures_is_trouble_and_not_text(
    server: ScriptedServer, reader: PictureReader
) -> None:
    server.solves = lambda _: error(400, code="image_not_supported")

    with pytest.raises(ModelTrouble) as failed:
        await reader.read(Pictures((picture(),)), "board", "en", lambda _: None)

    assert failed.value.trouble is Trouble.BROKEN
