"""The words of a paragraph of Word or PowerPoint, with its formulas, and without what is hidden or was deleted."""

from collections.abc import Callable, Iterator
from typing import Any

from generation.sources.office_formulas import latex
from generation.sources.scripts import lowered, raised

Element = Any
"""An element of lxml, which has no types."""
NOT_SHOWN = {"del", "moveFrom", "instrText", "delText", "Fallback", "txbxContent", "pPr", "rPr", "rt"}
"""What was deleted, codes of fields, what stands for a newer form, text boxes, properties, readings of characters."""
SPACES = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-"}


def local(element: Element) -> str:
    """The name of an element without its namespace; empty for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def child(element: Element, name: str) -> Element:
    """The first child of a name, or None."""
    return next((one for one in element if local(one) == name), None)


def value(element: Element, name: str = "val") -> str:
    """An attribute, whatever its namespace; empty where there is none, or no element."""
    if element is None:
        return ""
    return next((text for key, text in element.attrib.items() if key.rpartition("}")[2] == name), "")


def text_of(paragraph: Element, is_hidden: Callable[[Element], bool]) -> str:
    """What a reader sees of a paragraph, without the runs that are hidden; formulas as `\\(LaTeX\\)`."""
    return "".join(_words(paragraph, is_hidden))


def _words(element: Element, is_hidden: Callable[[Element], bool]) -> Iterator[str]:
    for one in element:
        name = local(one)
        if name == "t":
            yield one.text or ""
        elif name in SPACES:
            yield SPACES[name]
        elif name == "r" and is_hidden(one):
            continue
        elif name == "r" and (shift := _shift(one)):
            yield shift("".join(_words(one, is_hidden)))
        elif name == "oMath":
            yield f"\\({latex(one)}\\)"
        elif name and name not in NOT_SHOWN:
            yield from _words(one, is_hidden)


def _shift(run: Element) -> Callable[[str], str] | None:
    """How the words of a run are written that is raised or lowered; None for one on the line."""
    properties = child(run, "rPr")
    if properties is None:
        return None
    # Word says it in words, PowerPoint in thousandths of the height.
    said = value(child(properties, "vertAlign")) or value(properties, "baseline")
    if said in {"superscript", "subscript"}:
        return raised if said == "superscript" else lowered
    return None if not said.lstrip("-").strip("0").isdigit() else lowered if said.startswith("-") else raised
