"""Which styles of an element of a page hide it from every reader, as far as the element itself says so."""

import re
from collections.abc import Mapping

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
LENGTH = re.compile(r"(-?\d*\.?\d+)([a-z%]*)")
LEAST_SIZE = {"px": 2.0, "pt": 2.0, "": 1.0, "em": 0.1, "rem": 0.1, "%": 10.0}
"""Smaller letters nobody reads."""
FAR = -300.0
"""Pixels to the left of the page, or above it: nothing scrolls there."""
CLIPPED = re.compile(r"rect\(\s*(?:[01](?:px)?[\s,]*){4}\)|inset\(\s*(?:50|100)%.*")
SIDES = ("left", "right", "top", "text-indent", "margin-left")
NAMED = {"white": "#ffffff", "black": "#000000"}


def hides(style: str) -> bool:
    """Whether an element with this `style` is seen by nobody.

    It is not shown, transparent, in letters of no size or of the colour that it says is behind them, beyond the page,
    or cut to nothing. What style sheets and scripts do is not known.
    """
    said = _declarations(style)
    return (
        said.get("display") == "none"
        or said.get("visibility") in {"hidden", "collapse"}
        or _length(said.get("opacity")) == (0.0, "")
        or said.get("transform", "").startswith("scale(0)")
        or _is_tiny(said.get("font-size"))
        or _has_one_colour(said)
        or any(_is_far(said.get(side)) for side in SIDES)
        or bool(CLIPPED.fullmatch(said.get("clip", "")) or CLIPPED.fullmatch(said.get("clip-path", "")))
        or _has_no_room(said)
    )


def _declarations(style: str) -> Mapping[str, str]:
    pairs = (one.partition(":") for one in COMMENT.sub("", style).lower().split(";"))
    return {name.strip(): value.partition("!")[0].strip() for name, _, value in pairs}


def _length(value: str | None) -> tuple[float, str] | None:
    match = LENGTH.fullmatch(value or "")
    return (float(match[1]), match[2]) if match else None


def _is_tiny(value: str | None) -> bool:
    size = _length(value)
    return size is not None and (size[0] == 0 or size[0] < LEAST_SIZE.get(size[1], 0.0))


def _is_far(value: str | None) -> bool:
    distance = _length(value)
    return distance is not None and distance[0] <= FAR


def _has_one_colour(said: Mapping[str, str]) -> bool:
    colour = _colour(said.get("color", ""))
    behind = _colour(said.get("background-color", "") or said.get("background", ""))
    return colour == "transparent" or bool(colour and colour == behind)


def _colour(value: str) -> str:
    shown = NAMED.get(value, value)
    return "#" + "".join(2 * one for one in shown[1:]) if re.fullmatch("#[0-9a-f]{3}", shown) else shown


def _has_no_room(said: Mapping[str, str]) -> bool:
    room = (_length(said.get(name)) for name in ("height", "width", "max-height", "max-width"))
    return said.get("overflow") in {"hidden", "clip"} and any(one is not None and one[0] == 0 for one in room)
