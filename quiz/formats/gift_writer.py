"""Moodle's GIFT format: writing."""

import re
from collections.abc import Sequence

from quiz.formats.exported import Exported
from quiz.formats.html_text import looks_like_html
from quiz.question import Kind, Question

SIGNS = re.compile(r"[\\~=#{}:]")
MARKER = re.compile(r"\s*\[(?:html|moodle|plain|markdown)\]", re.IGNORECASE)
WEIGHT = re.compile(r"\s*%-?\d")
OF_NO_ID = re.compile(r"[^\w.-]+")
ALL, NOTHING = "%100%", "%0%"
TITLE = 60


def write_gift(title: str, language: str, questions: Sequence[Question]) -> Exported:
    """Every question with its explanation, its id and its level; of sources nothing, for which GIFT has no place."""
    del language
    parts = [f"// {' '.join(title.split())}\n"] if title.strip() else []
    parts += map(_question, questions)
    lost = ["sources are left out: GIFT has no place for them"] if any(one.source for one in questions) else []
    return Exported("\n".join(parts).encode(), tuple(lost))


def _question(question: Question) -> str:
    texts = (question.stem, question.explanation, *(option.text for option in question.options))
    # As plain text, where Moodle would take it for HTML.
    marker = "[plain]" if any(looks_like_html(text) or MARKER.match(text) for text in texts) else ""
    name = " ".join(question.stem.split())[:TITLE].rstrip()
    lines = [
        f"// [id:{OF_NO_ID.sub('-', question.id)}] [tag:level-{question.level}]",
        f"::{_escaped(name)}::{marker}{_escaped(question.stem)} {{",
    ]
    explanation = f"####{_own_marker(question.explanation)}{_escaped(question.explanation)}" * bool(
        question.explanation
    )
    if question.kind is Kind.TRUE_FALSE:
        truth = "TRUE" if question.options[0].id in question.key else "FALSE"
        return "\n".join([*lines, f"  {truth}{explanation}", "}", ""])
    for option in question.options:
        mark = _mark(question, option.id, option.text)
        lines.append(f"  {mark}{_own_marker(option.text)}{_escaped(option.text)}")
    return "\n".join([*lines, *([f"  {explanation}"] if explanation else []), "}", ""])


def _own_marker(text: str) -> str:
    """What keeps the beginning of a text from being taken for a marker."""
    return "[plain]" if MARKER.match(text) else ""


def _mark(question: Question, option_id: str, text: str) -> str:
    """What stands before an option; with a weight, too, where its text begins like one."""
    right = option_id in question.key
    if question.kind is Kind.MULTIPLE:
        return f"~%{100 / len(question.key):.7g}%" if right else "~%-100%"
    weight = (ALL if right else NOTHING) if WEIGHT.match(text) else ""
    return f"{'=' if right else '~'}{weight}"


def _escaped(text: str) -> str:
    return SIGNS.sub(r"\\\g<0>", text.strip()).replace("\n", "\\n")
