"""Moodle XML: writing."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from quiz.formats.exported import Exported
from quiz.formats.shown_html import to_html
from quiz.question import Kind, Question

TITLE = 60
FULL = 100


def write_moodle_xml(title: str, language: str, questions: Sequence[Question]) -> Exported:
    """Every question with its explanation, id and level; code and line breaks in HTML, formulas as Moodle sets them."""
    del language
    quiz = Element("quiz")
    if title.strip():
        category = SubElement(quiz, "question", type="category")
        _text(SubElement(category, "category"), f"$course$/top/{title.strip().replace('/', '//')}")
    for question in questions:
        quiz.append(_question(question))
    indent(quiz)
    lost = ["sources are left out: Moodle XML has no place for them"] if any(one.source for one in questions) else []
    written = tostring(quiz, encoding="unicode")
    return Exported(f'<?xml version="1.0" encoding="UTF-8"?>\n{written}\n'.encode(), tuple(lost))


def _question(question: Question) -> Element:
    is_statement = question.kind is Kind.TRUE_FALSE
    element = Element("question", type="truefalse" if is_statement else "multichoice")
    _text(SubElement(element, "name"), " ".join(question.stem.split())[:TITLE])
    _html(element, "questiontext", question.stem)
    _html(element, "generalfeedback", question.explanation)
    SubElement(element, "defaultgrade").text = "1"
    SubElement(element, "idnumber").text = question.id
    if not is_statement:
        SubElement(element, "single").text = "false" if question.kind is Kind.MULTIPLE else "true"
        SubElement(element, "shuffleanswers").text = "true"
        SubElement(element, "answernumbering").text = "abc"
    for place, option in enumerate(question.options):
        answer = SubElement(element, "answer", fraction=_fraction(question, option.id))
        if is_statement:
            answer.set("format", "moodle_auto_format")
            _text(answer, ("true", "false")[place])
        else:
            answer.set("format", "html")
            _text(answer, to_html(option.text))
        _html(answer, "feedback", "")
    _text(SubElement(SubElement(element, "tags"), "tag"), f"level-{question.level}")
    return element


def _fraction(question: Question, option_id: str) -> str:
    if question.kind is not Kind.MULTIPLE:
        return str(FULL if option_id in question.key else 0)
    return f"{FULL / len(question.key):.7g}" if option_id in question.key else str(-FULL)


def _html(parent: Element, name: str, text: str) -> None:
    _text(SubElement(parent, name, format="html"), to_html(text))


def _text(parent: Element, text: str) -> None:
    SubElement(parent, "text").text = text
