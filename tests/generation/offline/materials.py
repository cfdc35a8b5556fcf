"""Materials and what is asked about them."""

from collections.abc import Sequence
from pathlib import Path

from generation.offline.grammar import grammar_of
from generation.offline.reading import read
from generation.offline.source import Source
from generation.offline.writer import NothingToAsk, write_offline
from generation.request import Draft
from generation.sources import markdown
from generation.sources.passages import material_of
from quiz.material import Material, Passage, PassageKind, Place, PlaceKind

MANY = 50


def read_source(path: Path) -> Material:
    """A source of `benchmarks/sources`; no process of its own is needed for what we wrote ourselves."""
    return material_of(markdown.read(path.read_bytes()), path.stem)


def passage(text: str, kind: PassageKind = PassageKind.PROSE, *, heading: str = "", line: int = 1) -> Passage:
    """A passage that stands on a line, under a heading."""
    return Passage(text, Place(PlaceKind.LINE, line, heading), kind)


def prose(*texts: str, heading: str = "") -> Material:
    """A material of paragraphs."""
    return Material("", tuple(passage(text, heading=heading, line=line) for line, text in enumerate(texts, 1)))


def a_list(*items: str, heading: str = "") -> Material:
    """A material that is one list."""
    return Material("", (passage("\n".join(items), PassageKind.LIST, heading=heading),))


def a_table(*rows: str, heading: str = "") -> Material:
    """A material that is one table, its cells parted by |."""
    text = "\n".join("\t".join(cell.strip() for cell in row.split("|")) for row in rows)
    return Material("", (passage(text, PassageKind.TABLE, heading=heading),))


def asked(material: Material, language: str = "en", count: int = MANY, seed: str = "quiz") -> list[Draft]:
    """All questions about a material; none where there is nothing to ask."""
    try:
        return write_offline(material, language, count, seed)
    except NothingToAsk:
        return []


def source(material: Material, language: str = "en") -> Source:
    """A material, looked through."""
    grammar = grammar_of(language)
    return Source(read(material, grammar), grammar)


def keys(draft: Draft) -> list[str]:
    """The right options."""
    return [draft.options[place] for place in sorted(draft.right)]


def wrong(draft: Draft) -> list[str]:
    """The wrong options."""
    return [option for place, option in enumerate(draft.options) if place not in draft.right]


def with_key(drafts: Sequence[Draft], key: str) -> Draft:
    """The only question with this answer."""
    found = [draft for draft in drafts if keys(draft) == [key]]
    assert len(found) == 1, [keys(draft) for draft in drafts]
    return found[0]
