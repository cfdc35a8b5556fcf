"""The bot's own form: a quiz in JSON, with everything that belongs to its questions, by a published schema."""

import json
from collections.abc import Iterator, Mapping, Sequence
from json.decoder import WHITESPACE, JSONDecoder  # type: ignore[attr-defined]
from typing import Any, cast

from quiz.formats.exported import Exported
from quiz.formats.imported import Draft, DraftOption, Imported, Intake
from quiz.formats.weights import NotTaken
from quiz.question import (
    MAX_EXPLANATION,
    MAX_OPTION,
    MAX_SOURCE,
    MAX_STEM,
    OPTION_IDS,
    Kind,
    Level,
    Question,
    Source,
)

NAME = "json"
FORMAT = "quizbot-quiz"
VERSION = 1
SECONDS = (5, 600)
MOST_POINTS = 100
DEEP = "the file is nested more deeply than any quiz"


def schema() -> dict[str, Any]:
    """The schema (JSON Schema 2020-12) of what is written and read."""
    text = {"type": "string"}
    option = {
        "type": "object",
        "required": ["text", "right"],
        "additionalProperties": False,
        "properties": {
            "text": {**text, "minLength": 1, "maxLength": MAX_OPTION},
            "right": {"type": "boolean"},
            "fraction": {
                "type": "number",
                "minimum": -1,
                "maximum": 1,
                "description": "The part of the points that it gave in the program that it comes from.",
            },
        },
    }
    question = {
        "type": "object",
        "required": ["stem", "kind", "options"],
        "additionalProperties": False,
        "properties": {
            "id": {**text, "description": "Stable within the quiz; not needed."},
            "stem": {
                **text,
                "minLength": 1,
                "maxLength": MAX_STEM,
                "description": "Plain text; `code`, ```blocks of code``` and formulas \\(x^2\\) are shown as such.",
            },
            "kind": {"enum": [kind.value for kind in Kind]},
            "options": {
                "type": "array",
                "minItems": 2,
                "maxItems": len(OPTION_IDS),
                "items": option,
                "description": "In the order of the author; of a true/false question the option for true comes first.",
            },
            "explanation": {**text, "maxLength": MAX_EXPLANATION},
            "level": {
                "enum": [level.value for level in Level],
                "description": "1 recall, 2 understanding, 3 application.",
            },
            "source": {
                "type": "object",
                "required": ["title"],
                "additionalProperties": False,
                "properties": {"title": {**text, "maxLength": MAX_SOURCE}, "url": {"type": ["string", "null"]}},
            },
            "seconds": {"type": "integer", "minimum": SECONDS[0], "maximum": SECONDS[1]},
            "points": {"type": "integer", "minimum": 1, "maximum": MOST_POINTS},
        },
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A quiz",
        "description": "What quizbot export --format json writes and quizbot import reads.",
        "type": "object",
        "required": ["format", "version", "questions"],
        "properties": {
            "format": {"const": FORMAT},
            "version": {"const": VERSION},
            "title": text,
            "language": {**text, "description": "A code as in BCP 47: en, ru …"},
            "questions": {"type": "array", "items": question},
        },
    }


def write_json(title: str, language: str, questions: Sequence[Question]) -> Exported:
    """Everything of the questions but how a machine made them."""
    quiz = {
        "format": FORMAT,
        "version": VERSION,
        "title": title,
        "language": language,
        "questions": list(map(_written, questions)),
    }
    return Exported(f"{json.dumps(quiz, ensure_ascii=False, indent=2)}\n".encode())


def _written(question: Question) -> dict[str, Any]:
    written: dict[str, Any] = {
        "id": question.id,
        "stem": question.stem,
        "kind": question.kind.value,
        "options": [{"text": one.text, "right": one.id in question.key} for one in question.options],
        "explanation": question.explanation,
        "level": question.level.value,
    }
    if question.source:
        written["source"] = {"title": question.source.title, "url": question.source.url}
    return written


def read_json(text: str) -> Imported:
    """What comes of a file; each question by the line that it begins on."""
    intake = Intake(NAME)
    try:
        line, seen = 1, 0
        for place, value in _questions(text):
            if intake.is_full:
                break
            line, seen = line + text.count("\n", seen, place), place
            try:
                intake.take(_draft(line, value))
            except NotTaken as error:
                intake.refuse(line, str(error))
    except _NoQuiz as error:
        intake.refuse(1, str(error))
    except json.JSONDecodeError as error:
        intake.refuse(error.lineno, f"from here on this is no JSON: {error.msg}")
    except RecursionError:
        intake.refuse(1, DEEP)
    return intake.imported()


class _NoQuiz(ValueError):
    """JSON of another kind."""


def _questions(text: str) -> Iterator[tuple[int, object]]:
    """Each question with its place in the text, so that its line can be told; what else there is is checked."""
    decoder = JSONDecoder()
    place = _after_space(text, 0)
    if text[place : place + 1] != "{":
        raise _NoQuiz(f"this is JSON, and no quiz: a quiz is an object with the format “{FORMAT}”")
    head: dict[str, object] = {}
    found: list[tuple[int, object]] | None = None
    place = _after_space(text, place + 1)
    while text[place : place + 1] != "}":
        name, place = decoder.raw_decode(text, place)
        place = _after_sign(text, place, ":")
        if name == "questions" and text[place : place + 1] == "[":
            found, place = _items(text, place, decoder)
        else:
            head[str(name)], place = decoder.raw_decode(text, place)
        place = _after_space(text, place)
        if text[place : place + 1] != "}":
            place = _after_sign(text, place, ",")
    if head.get("format") != FORMAT:
        raise _NoQuiz(f"this is JSON, and no quiz: its format is not “{FORMAT}” (docs/reference/quiz.schema.json)")
    if head.get("version") != VERSION:
        raise _NoQuiz(f"this quiz is of version {head.get('version')!r}, and version {VERSION} is read")
    if found is None:
        raise _NoQuiz("this quiz has no list of questions")
    yield from found


def _items(text: str, place: int, decoder: JSONDecoder) -> tuple[list[tuple[int, object]], int]:
    items: list[tuple[int, object]] = []
    place = _after_space(text, place + 1)
    while text[place : place + 1] != "]":
        begun = place
        value, place = decoder.raw_decode(text, place)
        items.append((begun, value))
        place = _after_space(text, place)
        if text[place : place + 1] != "]":
            place = _after_sign(text, place, ",")
    return items, place + 1


def _after_space(text: str, place: int) -> int:
    return cast("Any", WHITESPACE).match(text, place).end()


def _after_sign(text: str, place: int, sign: str) -> int:
    place = _after_space(text, place)
    if text[place : place + 1] != sign:
        raise json.JSONDecodeError(f"“{sign}” is expected", text, place)
    return _after_space(text, place + 1)


def _draft(line: int, value: object) -> Draft:
    """The question; raises NotTaken where it is not by the schema."""
    written = _object(value, "a question")
    unknown = set(written) - set(schema()["properties"]["questions"]["items"]["properties"])
    if unknown:
        raise NotTaken(f"a question has no “{min(unknown)[:40]}”")
    kind = _text(written, "kind")
    if kind not in set(Kind):
        raise NotTaken(f"the kind “{kind[:40]}” is none of {', '.join(Kind)}")
    options = [_option(one) for one in _list(written.get("options"), "options")]
    rights = [right for _option, right in options]
    draft = Draft(
        line=line,
        stem=_text(written, "stem"),
        options=[option for option, _right in options],
        several=kind == Kind.MULTIPLE,
        explanation=_text(written, "explanation", ""),
        level=_level(written.get("level", Level.UNDERSTANDING)),
        source=_source(written["source"]) if written.get("source") is not None else None,
        seconds=_number(written, "seconds", *SECONDS),
        points=_number(written, "points", 1, MOST_POINTS),
    )
    if kind == Kind.TRUE_FALSE:
        if len(rights) != len(("true", "false")) or sum(rights) != 1:
            raise NotTaken("a true/false question has two options, the first for true, and one of them is right")
        draft.truth, draft.options = rights[0], ()
        return draft
    return _weighed(draft, rights)


def _weighed(draft: Draft, rights: Sequence[bool]) -> Draft:
    """With the fractions that are not given; raises NotTaken where one given says another option is right."""
    for option, right in zip(draft.options, rights, strict=True):
        if option.fraction != option.fraction:
            option.fraction = right / max(1, sum(rights)) if draft.several else float(right)
        says_right = option.fraction > 0 if draft.several else option.fraction == 1
        if says_right != right:
            raise NotTaken(
                f"“{option.text[:40]}” has the fraction {option.fraction:g}, and right is {str(right).lower()}"
            )
    return draft


def _option(value: object) -> tuple[DraftOption, bool]:
    written = _object(value, "an option")
    right, fraction = written.get("right"), written.get("fraction", float("nan"))
    if not isinstance(right, bool):
        raise NotTaken("of an option it is said whether it is right: true or false")
    if isinstance(fraction, bool) or not isinstance(fraction, int | float) or abs(fraction) > 1:
        raise NotTaken("the fraction of an option is a number from -1 to 1")
    return DraftOption(_text(written, "text"), float(fraction)), right


def _level(value: object) -> Level:
    if not isinstance(value, str) or value not in set(Level):
        raise NotTaken(f"a level is one of {', '.join(Level)}")
    return Level(value)


def _source(value: object) -> Source:
    written = _object(value, "a source")
    return Source(_text(written, "title"), _text(written, "url", "") or None)


def _object(value: object, what: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise NotTaken(f"{what} is an object {{…}}")
    return cast("Mapping[str, object]", value)


def _list(value: object, what: str) -> list[object]:
    if not isinstance(value, list):
        raise NotTaken(f"{what} is a list […]")
    return cast("list[object]", value)


def _text(written: Mapping[str, object], name: str, default: str | None = None) -> str:
    value = written.get(name, default)
    if value is None and default is not None:
        return default
    if not isinstance(value, str):
        raise NotTaken(f"{name} is missing, or no text")
    return value


def _number(written: Mapping[str, object], name: str, least: int, most: int) -> int | None:
    value = written.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise NotTaken(f"{name} is a whole number from {least} to {most}")
    return value
