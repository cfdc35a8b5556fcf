"""Moodle XML: reading and writing.

Read: multiple choice (one or several right answers), all-or-nothing multiple choice, true/false. Other kinds of
question are refused with their name. A document type, with which entities could be defined, makes the file refused.
Format: https://docs.moodle.org/en/Moodle_XML_format
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.sax import SAXException, handler
from xml.sax.xmlreader import AttributesImpl, Locator

from defusedxml.common import DefusedXmlException
from defusedxml.sax import parseString

from quiz.formats.html_text import Shown, TooLong, from_html, from_text
from quiz.formats.imported import UNKNOWN, Draft, DraftOption, Imported, Intake, Refusal
from quiz.formats.markdown_text import from_markdown
from quiz.formats.weights import ASKED, NotTaken
from quiz.question import Level

NAME = "moodle-xml"
CHOICE, ALL_OR_NOTHING, STATEMENT, CATEGORY = "multichoice", "multichoiceset", "truefalse", "category"
NAMES = {
    "shortanswer": "a short answer",
    "numerical": "a numeric question",
    "essay": "an essay",
    "description": "a description",
    "match": "a matching question",
    "matching": "a matching question",
    "randomsamatch": "a matching question",
    "cloze": "a text with gaps (cloze)",
    "multianswer": "a text with gaps (cloze)",
    "gapselect": "a text with gaps",
    "ddwtos": "a text to drag words into",
    "ddmarker": "a picture to drag markers onto",
    "ddimageortext": "a picture to drag things onto",
    "ordering": "an ordering question",
    "calculated": "a calculated question",
    "calculatedmulti": "a calculated question",
    "calculatedsimple": "a calculated question",
    "stack": "a STACK question",
    "coderunner": "a CodeRunner question",
    "random": "a random question",
}
FOREIGN = {
    "questestinterop": "QTI 1.2, as Canvas and Blackboard export it",
    "assessmentitem": "QTI 2",
    "assessmenttest": "QTI 2",
    "qti-assessment-item": "QTI 3",
    "manifest": "an IMS package",
    "pool": "a Blackboard pool",
    "examview": "ExamView",
    "html": "a web page",
    "moodle_backup": "a Moodle backup",
    "svg": "a picture",
}
"""The first element of files that are often taken for Moodle XML, in small letters."""
COMBINED = {"correctfeedback": "right", "partiallycorrectfeedback": "partly right", "incorrectfeedback": "wrong"}
OWN_WORDS = re.compile(
    r"(?:Your answer is (?:partially )?(?:in)?correct|Ваш ответ (?:частично )?(?:не)?(?:верный|правильный))\.?"
)
"""What Moodle itself puts there."""
DECLARED = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What no XML may have, and careless programs write."""
DEEPEST = 50
FULL = 100


@dataclass(slots=True)
class Element:
    """An element of the file, its text, and its line."""

    name: str
    line: int
    attributes: dict[str, str]
    children: list["Element"] = field(default_factory=list["Element"])
    texts: list[str] = field(default_factory=list[str])

    def child(self, name: str) -> "Element | None":
        """The first child of this name."""
        return next((one for one in self.children if one.name == name), None)

    @property
    def text(self) -> str:
        """Its own text."""
        return "".join(self.texts)


class _Questions(handler.ContentHandler):
    """Takes each question as it is read, so that never more than one is in memory."""

    def __init__(self, intake: Intake) -> None:
        super().__init__()
        self._intake = intake
        self._open: list[Element] = []
        self._locator: Locator | None = None

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802 - the name is given
        self._locator = locator

    @property
    def line(self) -> int:
        """Where the parser is."""
        return (self._locator.getLineNumber() if self._locator else None) or 1

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        name = name.rpartition(":")[2].lower()
        if not self._open and name != "quiz":
            raise _Foreign(FOREIGN.get(name, f"XML that begins with <{name[:40]}>"))
        if len(self._open) >= DEEPEST:
            raise _Foreign("XML nested more deeply than any quiz")
        self._open.append(Element(name, self.line, dict(attrs.items())))

    def characters(self, content: str) -> None:
        if self._open and self._open[-1].name != "file":
            self._open[-1].texts.append(content)

    def endElement(self, name: str) -> None:  # noqa: N802
        del name
        ended = self._open.pop()
        if len(self._open) == 1 and ended.name == "question":
            _take(ended, self._intake)
            if self._intake.is_full:
                raise _Enough
        elif len(self._open) > 1:
            self._open[-1].children.append(ended)


class _Foreign(SAXException):
    """No Moodle XML: the message says what else."""


class _Enough(SAXException):
    """More questions than are taken."""

    def __init__(self) -> None:
        super().__init__("enough")


def read_moodle_xml(text: str) -> Imported:
    """What comes of a file, however its encoding is declared."""
    intake = Intake(NAME)
    questions = _Questions(intake)
    # The declaration keeps its lines, but says nothing of an encoding any more.
    text = DECLARED.sub(lambda found: "\n" * found[0].count("\n"), CONTROLS.sub("", text), count=1)
    try:
        parseString(text.encode("utf-8", "replace"), questions, forbid_dtd=True)
    except _Enough:
        pass
    except _Foreign as error:
        what = error.getMessage()
        return Imported(UNKNOWN, refused=(Refusal(1, f"this is {what}, no Moodle XML: {INSTEAD}"),))
    except DefusedXmlException:
        intake.refuse(1, "the file has a document type (<!DOCTYPE …>), which may hide a bomb: take it out")
    except SAXException as error:
        intake.refuse(questions.line, f"from here on the XML is damaged: {error.getMessage()}")
    return intake.imported()


INSTEAD = "export the questions as Moodle XML, GIFT, Aiken or a spreadsheet"


def _take(question: Element, intake: Intake) -> None:
    kind = question.attributes.get("type", "").lower()
    if kind == CATEGORY:
        return
    try:
        intake.take(_draft(question, kind))
    except NotTaken as error:
        intake.refuse(question.line, str(error))
    except TooLong:
        intake.refuse(question.line, "the question is longer than any can be")


def _draft(question: Element, kind: str) -> Draft:
    """The question; raises NotTaken for a kind that is not asked."""
    if kind not in {CHOICE, ALL_OR_NOTHING, STATEMENT}:
        what = NAMES.get(kind) or (f"a question of the kind “{kind[:40]}”" if kind else "a question without a kind")
        raise NotTaken(f"{what} is not taken: {ASKED}")
    lost: list[str] = []
    stem, explanation = (_shown(question.child(name), lost) for name in ("questiontext", "generalfeedback"))
    options = [_option(one, lost) for one in question.children if one.name == "answer"]
    for name, verdict in COMBINED.items():
        said = _shown(question.child(name), [])
        if said and not OWN_WORDS.fullmatch(said):
            lost.append(f"what is said when the answer is {verdict} (“{said[:40]}”) is not taken")
    draft = Draft(question.line, stem, explanation=explanation, lost=lost, level=_level(question))
    if kind == STATEMENT:
        draft.truth, draft.options = _truth(options)
        return draft
    single = question.child("single")
    draft.several = kind == ALL_OR_NOTHING or (single is not None and single.text.strip().lower() in {"false", "0"})
    draft.options = options
    if kind == ALL_OR_NOTHING:
        right = sum(one.fraction > 0 for one in options)
        draft.options = [DraftOption(one.text, (one.fraction > 0) / (right or 1), one.feedback) for one in options]
    return draft


def _option(answer: Element, lost: list[str]) -> DraftOption:
    try:
        fraction = float(answer.attributes.get("fraction", "0").replace(",", ".")) / FULL
    except ValueError:
        raise NotTaken(f"the fraction “{answer.attributes['fraction'][:20]}” of an answer is no number") from None
    if not abs(fraction) <= 1:
        raise NotTaken(f"the fraction {fraction * FULL:g} of an answer is not between -100 and 100")
    return DraftOption(_shown(answer, lost), fraction, _shown(answer.child("feedback"), lost))


def _truth(options: list[DraftOption]) -> tuple[bool, list[DraftOption]]:
    """Whether a statement is true, and its two answers, that for “true” first; raises NotTaken."""
    named = {one.text.strip().lower(): one for one in options}
    if set(named) != {"true", "false"} or len(options) != len(named):
        raise NotTaken("a true/false question has the answers true and false")
    if (named["true"].fraction > 0) == (named["false"].fraction > 0):
        raise NotTaken("of a true/false question one answer is right")
    return named["true"].fraction > 0, [named["true"], named["false"]]


def _level(question: Element) -> Level:
    tags = question.child("tags")
    texts = (text.text for tag in (tags.children if tags else ()) for text in tag.children if text.name == "text")
    found = [text.removeprefix("level-") for text in texts if text.startswith("level-")]
    return Level(found[0]) if len(found) == 1 and found[0] in set(Level) else Level.UNDERSTANDING


def _shown(element: Element | None, lost: list[str]) -> str:
    """The text of what has a format and a child `text`; what is lost of it is added."""
    text = element.child("text") if element else None
    if element is None or text is None:
        return ""
    shown = _of_format(text.text, element.attributes.get("format", "moodle_auto_format").lower())
    lost += (loss for loss in shown.losses if loss not in lost)
    return shown.text


def _of_format(text: str, name: str) -> Shown:
    match name:
        case "html" | "1":
            return from_html(text)
        case "plain_text" | "plain" | "2":
            return Shown(text)
        case "markdown" | "4":
            return from_markdown(text)
        case _:
            return from_text(text)


def kinds_refused() -> Iterator[tuple[str, str]]:
    """Each kind of Moodle's that is refused by its name, for the page that lists them."""
    yield from NAMES.items()
