"""Whatever a stranger sends becomes text that is data only, or is refused with a reason; nothing takes the bot down."""

import time

import pytest

from generation.sources.conversion import SECONDS, convert
from generation.sources.passages import MOST_LETTERS, MOST_PASSAGES, MOST_WORDS, visible, words_in
from generation.sources.refusal import NotConverted, Reason
from quiz.material import Material
from tests.hostile import bombs, unseen, words
from tests.hostile.piece import Piece

pytestmark = pytest.mark.timeout(240)


@pytest.mark.parametrize("piece", [*words.PIECES, *unseen.PIECES, *bombs.PIECES], ids=lambda piece: piece.title)
async def test_it_becomes_data_or_is_refused(piece: Piece) -> None:
    data = piece.make()
    begun = time.monotonic()
    found = await outcome(data, piece.name)
    took = time.monotonic() - begun

    assert took < SECONDS + 10
    if isinstance(found, Reason):
        assert found in piece.outcomes
        return
    every_word = "\n".join(one.text for one in found.passages)
    assert piece.says in " ".join(every_word.split()) or piece.outcomes
    assert not [hidden for hidden in piece.hides if hidden in every_word]
    assert found.whole is piece.whole
    assert_within_limits(found)


async def test_what_is_too_big_is_not_even_looked_at() -> None:
    assert await outcome(bytes((20 << 20) + 1), "x.txt") is Reason.TOO_BIG


def assert_within_limits(material: Material) -> None:
    """Of any source no more is taken than a quiz can be made from, and nothing that nobody sees."""
    assert 0 < len(material.passages) <= MOST_PASSAGES
    assert sum(len(one.text) for one in material.passages) <= MOST_LETTERS
    for one in material.passages:
        assert words_in(one.text) <= 2 * MOST_WORDS
        assert one.text == visible(one.text)
        assert one.text.strip()
        assert len(one.place.heading) <= 800


async def outcome(data: bytes, name: str) -> Material | Reason:
    """What becomes of a document."""
    try:
        return await convert(data, name)
    except NotConverted as refusal:
        return refusal.reason
