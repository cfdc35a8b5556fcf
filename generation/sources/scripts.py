"""What is raised or lowered keeps its meaning in plain letters: x², H₂O, 10^{n+1}."""

import re

RAISED = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
NOTE = re.compile(r"\[[\w\s.,:–-]{1,20}\]|[*†‡]")
"""A reference to a note."""
ORDINAL = re.compile(r"(?:st|nd|rd|th|er|re|e|o|a|-?й|-?я|-?е|-?го)")


def raised(text: str) -> str:
    """What stands for a text that is raised; nothing for a reference to a note."""
    text = text.strip()
    if NOTE.fullmatch(text):
        return ""
    return text if ORDINAL.fullmatch(text) else _shifted(text, RAISED, "^")


def lowered(text: str) -> str:
    """What stands for a text that is lowered."""
    return _shifted(text.strip(), LOWERED, "_")


def _shifted(text: str, letters: dict[int, int], mark: str) -> str:
    if all(ord(one) in letters for one in text):
        return text.translate(letters)
    return f"{mark}{text}" if len(text) == 1 else f"{mark}{{{text}}}"
