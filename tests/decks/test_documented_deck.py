"""The deck that docs/decks.md shows how to write is one."""

import re
from pathlib import Path
from textwrap import dedent

from bot.deck_advice import advice
from decks import examine

PAGE = Path(__file__).parents[2] / "docs" / "decks.md"


def shown(beginning: str) -> str:
    """The block of the page that begins so."""
    blocks = [dedent(block) for block in re.findall(r"```\w*\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)]
    (found,) = [block for block in blocks if block.startswith(beginning)]
    return found


def test_the_deck_that_is_written_in_ten_minutes_is_sound(tmp_path: Path) -> None:
    folder = tmp_path / "knots"
    folder.mkdir()
    (folder / "deck.yaml").write_text(shown("title: {en: Knots}"), "utf-8")
    (folder / "en.gift").write_text(shown("// [id:loop-that-holds]"), "utf-8")

    examined = examine(folder)

    assert examined.flaws == ()
    assert advice(examined, []) == []
    assert examined.deck is not None
    assert len(examined.deck.questions["en"]) == 3
