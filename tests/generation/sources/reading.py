"""What readers find in documents, in short forms for tests."""

from types import ModuleType

from generation.sources.passages import material_of
from quiz.material import Material, Passage, PassageKind


def material(reader: ModuleType, data: bytes | str) -> Material:
    """What a reader makes of a document; a text is one in UTF-8."""
    return material_of(reader.read(data.encode() if isinstance(data, str) else data))


def passages(reader: ModuleType, data: bytes | str) -> list[tuple[str, str, int, str]]:
    """The passages: kind, text, number of the place, headings."""
    return [_short(one) for one in material(reader, data).passages]


def texts(reader: ModuleType, data: bytes | str, kind: PassageKind = PassageKind.PROSE) -> list[str]:
    """The texts of the passages of a kind."""
    return [one.text for one in material(reader, data).passages if one.kind is kind]


def _short(passage: Passage) -> tuple[str, str, int, str]:
    return passage.kind.value, passage.text, passage.place.number, passage.place.heading
