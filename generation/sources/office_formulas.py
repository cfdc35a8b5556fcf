"""Formulas of Word and PowerPoint in LaTeX."""

from collections.abc import Callable
from typing import Any

Element = Any
"""An element of lxml, which has no types."""
GROUPED = {
    "sSup": ("e", "^", "sup"),
    "sSub": ("e", "_", "sub"),
    "limLow": ("e", "_", "lim"),
    "limUpp": ("e", "^", "lim"),
}
SUMS = {"∑": r"\sum", "∏": r"\prod", "∫": r"\int", "∬": r"\iint", "∮": r"\oint", "⋃": r"\bigcup", "⋂": r"\bigcap"}
ACCENTS = {"\u0302": r"\hat", "\u0303": r"\tilde", "\u0305": r"\bar", "\u20d7": r"\vec", "\u0307": r"\dot"}
FUNCTIONS = {"sin", "cos", "tan", "cot", "log", "ln", "exp", "lim", "max", "min", "arcsin", "arccos", "arctan"}
DEEPEST = 100


def latex(element: Element, depth: int = 0) -> str:
    """A formula, or a part of one, in LaTeX; of what is not known here, what is in it."""
    if depth > DEEPEST:
        return ""
    return "".join(_part(one, depth + 1) for one in element)


def _part(one: Element, depth: int) -> str:
    name = one.tag.rpartition("}")[2] if isinstance(one.tag, str) else ""
    if name == "t":
        return one.text or ""
    if name.endswith("Pr") or not name:
        return ""
    if name in GROUPED:
        base, mark, other = GROUPED[name]
        return f"{_within(one, base, depth)}{mark}{{{_within(one, other, depth)}}}"
    return FORMS[name](one, depth) if name in FORMS else latex(one, depth)


def _within(element: Element, name: str, depth: int) -> str:
    found = next((one for one in element if str(one.tag).rpartition("}")[2] == name), None)
    return "" if found is None else latex(found, depth).strip()


def _property(element: Element, name: str, default: str) -> str:
    """What a formula says of its form, such as its brackets; `default` where it says nothing."""
    found = next((one for one in element.iterdescendants() if str(one.tag).rpartition("}")[2] == name), None)
    if found is None:
        return default
    return next((text for key, text in found.attrib.items() if key.rpartition("}")[2] == "val"), "")


def _fraction(one: Element, depth: int) -> str:
    return rf"\frac{{{_within(one, 'num', depth)}}}{{{_within(one, 'den', depth)}}}"


def _root(one: Element, depth: int) -> str:
    degree = _within(one, "deg", depth)
    return rf"\sqrt{f'[{degree}]' if degree else ''}{{{_within(one, 'e', depth)}}}"


def _both(one: Element, depth: int) -> str:
    return f"{_within(one, 'e', depth)}_{{{_within(one, 'sub', depth)}}}^{{{_within(one, 'sup', depth)}}}"


def _sum(one: Element, depth: int) -> str:
    sign = _property(one, "chr", "∫")
    low, high = _within(one, "sub", depth), _within(one, "sup", depth)
    bounds = (f"_{{{low}}}" if low else "") + (f"^{{{high}}}" if high else "")
    return f"{SUMS.get(sign, sign)}{bounds} {_within(one, 'e', depth)}"


def _brackets(one: Element, depth: int) -> str:
    inner = [latex(part, depth).strip() for part in one if str(part.tag).rpartition("}")[2] == "e"]
    begin, end, between = (
        _property(one, name, usual) for name, usual in (("begChr", "("), ("endChr", ")"), ("sepChr", "|"))
    )
    return f"{begin}{between.join(inner)}{end}"


def _function(one: Element, depth: int) -> str:
    name = _within(one, "fName", depth)
    command = "\\" if name in FUNCTIONS else ""
    return f"{command}{name} {_within(one, 'e', depth)}"


def _accent(one: Element, depth: int) -> str:
    command = ACCENTS.get(_property(one, "chr", "\u0302"), r"\hat")
    return f"{command}{{{_within(one, 'e', depth)}}}"


def _bar(one: Element, depth: int) -> str:
    return rf"\overline{{{_within(one, 'e', depth)}}}"


def _matrix(one: Element, depth: int) -> str:
    rows = (row for row in one if str(row.tag).rpartition("}")[2] == "mr")
    lines = (" & ".join(latex(cell, depth).strip() for cell in row) for row in rows)
    return r"\begin{matrix}" + r" \\ ".join(lines) + r"\end{matrix}"


FORMS: dict[str, Callable[[Element, int], str]] = {
    "f": _fraction,
    "rad": _root,
    "sSubSup": _both,
    "nary": _sum,
    "d": _brackets,
    "func": _function,
    "acc": _accent,
    "bar": _bar,
    "m": _matrix,
}
