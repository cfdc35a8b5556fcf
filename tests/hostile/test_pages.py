"""A hostile page that is fetched becomes what the same page as a file does: data, without what nobody sees."""

import pytest
from aiohttp import web

from generation.sources.fetch import fetch_page
from tests.documents.web_site import site
from tests.hostile import unseen, words
from tests.hostile.test_corpus import outcome

PAGES = [piece for piece in (*words.PIECES, *unseen.PIECES) if piece.name.endswith(".html")]


@pytest.mark.parametrize("piece", PAGES, ids=lambda piece: piece.title)
async def test_a_page_from_the_web_is_read_as_the_same_page_in_a_file(piece: words.Piece) -> None:
    data = piece.make()
    async with site({"/page.html": web.Response(body=data, content_type="text/html")}) as here:
        page = await fetch_page(here.url("/page.html"), may_connect=here.may_connect)
        fetched = await outcome(page.data, page.url)

    assert fetched == await outcome(data, piece.name)
