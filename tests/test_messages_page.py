"""The page of messages is what the bot says; all of it stands there."""

from collections.abc import Sequence

import pytest_asyncio

from tests.messages_page.catalogue import unread
from tests.messages_page.page import PAGE, markdown, sections
from tests.messages_page.scenes import Section


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
