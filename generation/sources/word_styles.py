"""What the styles of a document of Word say of its paragraphs, and of words that nobody sees."""

from collections.abc import Iterator
from typing import Any

from generation.sources.office_text import child, local, value

Element = Any
"""An element of lxml, which has no types."""
OFF = {"0", "false", "off"}
WHITE = {"FFFFFF", "#FFFFFF"}
TINY = 4
"""Half points: smaller letters nobody reads."""
MAY_BE_FILLED = {"tc", "txbxContent"}
"""What words stand in that may have a colour of its own, by a style of a table or the fill of a shape."""


class Styles:
    """The styles of a document, each by its id; what one does not say, that says which it is based on."""

    def __init__(self, styles: Element) -> None:
        self._styles = {value(one, "styleId"): one for one in styles if local(one) == "style"}
        self._inherited: dict[tuple[str, str, str], Element] = {}

    def name(self, properties: Element) -> str:
        """The English name of the style of a paragraph, which is the same in any language."""
        return value(self._from_style(_style_of(properties, "pStyle"), "", "name")).lower()

    def says(self, properties: Element, name: str) -> Element:
        """What a paragraph, or the nearest of its styles, says of something; None where none does."""
        found = child(properties, name) if properties is not None else None
        return found if found is not None else self._from_style(_style_of(properties, "pStyle"), "pPr", name)

    def hides(self, run: Element) -> bool:
        """Whether nobody sees a run: it is hidden, tiny, or white where nothing behind it can have a colour."""
        vanish, size = self._said_of(run, "vanish"), value(self._said_of(run, "sz"))
        if vanish is not None and value(vanish) not in OFF:
            return True
        if size.isdigit() and int(size) <= TINY:
            return True
        return value(self._said_of(run, "color")).upper() in WHITE and not self._may_be_coloured_behind(run)

    def _said_of(self, run: Element, name: str) -> Element:
        """What a run, its style, or that of its paragraph says of its letters."""
        properties = child(run, "rPr")
        found = child(properties, name) if properties is not None else None
        if found is None:
            found = self._from_style(_style_of(properties, "rStyle"), "rPr", name)
        if found is None:
            found = self._from_style(_style_of(_properties_of_paragraph(run), "pStyle"), "rPr", name)
        return found

    def _may_be_coloured_behind(self, run: Element) -> bool:
        if any(local(one) in MAY_BE_FILLED for one in run.iterancestors()):
            return True
        if child(run.getroottree().getroot(), "background") is not None:
            return True
        shades = (self._said_of(run, "shd"), self.says(_properties_of_paragraph(run), "shd"))
        coloured = any(value(one, "fill").upper() not in {"", "AUTO", *WHITE} for one in shades if one is not None)
        return coloured or self._said_of(run, "highlight") is not None

    def _from_style(self, style: str, holder: str, name: str) -> Element:
        """What a style says of something among its properties of a kind (empty: of itself)."""
        asked = style, holder, name
        if style and asked not in self._inherited:
            self._inherited[asked] = next((one for one in self._said_by(*asked) if one is not None), None)
        return self._inherited.get(asked)

    def _said_by(self, style: str, holder: str, name: str) -> Iterator[Element]:
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            found = self._styles[style]
            properties = child(found, holder) if holder else found
            yield child(properties, name) if properties is not None else None
            style = value(child(found, "basedOn"))


def _style_of(properties: Element, kind: str) -> str:
    return value(child(properties, kind)) if properties is not None else ""


def _properties_of_paragraph(run: Element) -> Element:
    paragraph = next(run.iterancestors("{*}p"), None)
    return None if paragraph is None else child(paragraph, "pPr")
