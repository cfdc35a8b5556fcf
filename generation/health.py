"""Whether a model answers as a quiz needs it to: one tiny call of each kind, for `quizbot doctor`."""

import io
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass

from generation.failures import FIRST_ERROR, CallFailed
from generation.models import LOCAL, Bounds, CannotOpen, Model
from generation.prices import price_table
from generation.request import ModelTrouble, Trouble
from generation.solver import ANSWER, read_answer

BOUNDS = Bounds(first=30.0, whole=40.0)
WORD = "ready"
WRITE = f"Answer with this one word and nothing else: {WORD}"
CHECK = """Which options are right? Answer with one JSON object and nothing else, of this form:
{"why": "one short sentence", "right": ["the letter"]}
How much is 2 + 3?
A: 4
B: 5
C: 6"""
NUMBER = "47110815"
READ = "Write the number that stands in the picture, and nothing else."
OPTIONS, RIGHT = ("4", "5", "6"), frozenset({1})
TROUBLE_WORDS = {
    Trouble.UNREACHABLE: "cannot be reached: check the network and the provider's base URL",
    Trouble.SILENT: "did not answer in time: is its server overloaded, or the model too big for it?",
    Trouble.KEY: "does not let this bot in: check the provider's key, and that the account may use the model",
    Trouble.BUSY: "is too busy, or the account is used up: try again later, and look at the provider's billing",
    Trouble.REFUSED: "did not want to answer: use another model",
    Trouble.GARBAGE: "answered with nothing that can be used: check the base URL, or use a stronger model",
    Trouble.BROKEN: "has an error of its own: try again later; with a server of your own look at its log",
    Trouble.TOKENS: "took too much: use another model",
}
NOT_FOUND = 404


@dataclass(frozen=True, slots=True)
class ModelHealth:
    """What came of a call. `detail` says what to install or set where the model cannot be opened; no key is in it.

    `is_structured`: it was held to the form of an answer, or answered in plain text; `is_right`: 2 + 3 is 5, or the
    number in the picture is read.
    """

    seconds: float
    trouble: Trouble | None = None
    detail: str = ""
    status: int | None = None
    is_structured: bool | None = None
    is_right: bool | None = None


@asynccontextmanager
async def patient(name: str) -> AsyncGenerator[Model]:
    """A model to be examined, opened once for all that is asked of it; it is closed at the end."""
    model = Model(name, None if name.startswith(LOCAL) else BOUNDS)
    try:
        yield model
    finally:
        await model.aclose()


async def examine_writer(model: Model) -> ModelHealth:
    """Have a model write one word, streamed as quizzes are; never raises for trouble with it."""
    began = time.monotonic()
    try:
        async with aclosing(model.stream(WRITE)) as pieces:
            said = "".join([piece async for piece in pieces if isinstance(piece, str)])
    except ModelTrouble as trouble:
        return _troubled(trouble, began)
    return ModelHealth(time.monotonic() - began, None if said.strip() else Trouble.GARBAGE)


async def examine_solver(model: Model) -> ModelHealth:
    """Have a model answer one question in the form of the blind solver; never raises for trouble with it."""
    began = time.monotonic()
    try:
        reply = await model.answer(CHECK, ANSWER)
    except ModelTrouble as trouble:
        return _troubled(trouble, began)
    chosen = read_answer(reply.text, OPTIONS)
    return ModelHealth(
        time.monotonic() - began,
        Trouble.GARBAGE if chosen is None else None,
        is_structured=reply.is_structured,
        is_right=chosen == RIGHT,
    )


async def examine_pictures(model: Model) -> ModelHealth:
    """Have a model read a number in a picture, which takes Pillow; never raises for trouble with it."""
    from PIL import Image, ImageDraw, ImageFont

    picture = Image.new("L", (400, 160), "white")
    ImageDraw.Draw(picture).text((60, 40), NUMBER, "black", ImageFont.load_default(64))
    made = io.BytesIO()
    picture.save(made, "JPEG")
    began = time.monotonic()
    try:
        reply = await model.read_picture(READ, made.getvalue())
    except ModelTrouble as trouble:
        return _troubled(trouble, began)
    return ModelHealth(time.monotonic() - began, is_right=NUMBER in reply.text.replace(" ", ""))


def price_words(name: str) -> tuple[bool, str]:
    """Whether the price of a model is known, and in words what it is, or that it is not."""
    table = price_table()
    price = table.price(name)
    if price is None:
        return False, f"price unknown (the table of {table.date} does not have it): its cost is counted as unknown"
    if not price.input and not price.output:
        return True, "costs nothing"
    return True, f"${price.input} in and ${price.output} out a million tokens (table of {table.date})"


def trouble_words(name: str, health: ModelHealth) -> str:
    """What is the matter with a model, and what to do about it."""
    if health.detail:
        return health.detail.removeprefix(f"{name}: ")
    said = f" (status {health.status})" if health.status and health.status >= FIRST_ERROR else ""
    if health.status == NOT_FOUND:
        return f"is not known there: check its name and the base URL (of OpenAI's kind it mostly ends in /v1){said}"
    return TROUBLE_WORDS[health.trouble or Trouble.BROKEN] + said


def _troubled(error: ModelTrouble, began: float) -> ModelHealth:
    return ModelHealth(
        time.monotonic() - began,
        error.trouble,
        str(error).partition(": ")[2] if isinstance(error, CannotOpen) else "",
        error.status if isinstance(error, CallFailed) else None,
    )
