"""The page of messages is what the bot says, all of it, and fits a phone."""

from collections.abc import Sequence

import pytest
import pytest_asyncio

from delivery.markup import columns
from delivery.question import WIDEST_BUTTON, WIDEST_HALF
from delivery.words import LANGUAGES
from tests.messages_page.catalogue import unread
from tests.messages_page.page import PAGE, markdown, sections
from tests.messages_page.phone import WIDTH
from tests.messages_page.scenes import Section, blocks

MARK = "✅ "
"""A half of a row has room for it beside the widest option."""
WIDEST = {1: WIDEST_BUTTON, 2: WIDEST_HALF + columns(MARK), 3: 8, 4: 7, 5: 6, 6: 5}
"""Buttons in a row → columns that each of them shows."""


pytestmark = pytest.mark.xdist_group("the page of messages")
"""In one worker, so that everything is played once."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def said() -> Sequence[Section]:
    """Everything the bot says, played once."""
    return await sections()


def test_the_page_is_up_to_date(said: Sequence[Section]) -> None:
    assert PAGE.read_text("utf-8") == markdown(said), "run: make messages"


def test_everything_the_bot_can_say_stands_there(said: Sequence[Section]) -> None:
    assert list(unread(markdown(said))) == [], "show it in a scene of tests/messages_page"


def test_what_is_missing_is_named(said: Sequence[Section]) -> None:
    page = markdown(said).replace("Saved", "Kept")

    assert list(unread(page)) == [("en", "Saved")]


def test_nothing_is_wider_than_a_phone(said: Sequence[Section]) -> None:
    lines = [line for block in blocks(markdown(said)) for line in block.split("\n")]

    assert [line for line in lines if columns(line) > WIDTH] == []


def test_every_button_is_shown_whole(said: Sequence[Section]) -> None:
    pieces = [piece for part in said for scene in part.scenes for one in LANGUAGES for piece in scene.shown[one]]
    rows = {row for piece in pieces for row in piece.rows}

    pressed = {(one.text, len(row)) for row in rows for one in row}
    assert {text for text, number in pressed if columns(text) > WIDEST[number]} == set()
