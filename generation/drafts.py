"""From an object that a model wrote to a draft, and from a draft that passed to a question."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, ValidationError

from generation.chance import chance_of
from generation.invisible import JOINERS, without_invisible
from generation.phrases import ADDRESS
from generation.request import Draft, Unreadable
from quiz.languages import TRUE_FALSE_WORDS
from quiz.question import MAX_SOURCE, OPTION_IDS, Checked, Kind, Level, Option, Origin, Question, Source, utf16_length
from quiz.topics import CONTROLS

KINDS = {
    **dict.fromkeys(("single", "singlechoice", "singleanswer", "one"), Kind.SINGLE),
    **dict.fromkeys(("multiple", "multi", "multipleanswers", "multipleresponse", "several"), Kind.MULTIPLE),
    **dict.fromkeys(("truefalse", "trueorfalse", "boolean", "tf"), Kind.TRUE_FALSE),
}
"""What models call kinds; "multiple choice" is missing, since it says nothing about how many are right."""

LABEL = re.compile(r"\(?(?:([^\W\d_])|(\d{1,2}))[).:]\s+(?=\S)")
"""A letter or a number that a model put before an option."""
LETTER = re.compile(r"\(?([A-La-l])(?:[).:]+(?:\s+(.+))?)?")
"""How a model names an option: `b`, `(B)`, `B. Venus`."""
ALPHABETS = ("ABCDEFGHIJKL", "АБВГДЕЖЗИКЛМ", "АБВГҐДЕЄЖЗИІ")


def cleaned(text: str) -> str:
    """A text as it may be shown: no controls, nothing that nobody sees, and no more than one blank line.

    Among what is dropped are marks that turn the direction; what joins letters, or keeps them apart, stays.
    """
    seen = without_invisible(text.replace("\t", "    "), keep=JOINERS)
    lines = re.split(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]", seen)
    kept = ["".join(one for one in line if unicodedata.category(one) not in CONTROLS) for line in lines]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in kept)).strip()


def _as_text(value: object) -> object:
    return cleaned(value) if isinstance(value, str) else value


def _as_option(value: object) -> object:
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    return " ".join(cleaned(value).split()) if isinstance(value, str) else value


def _as_list(value: object) -> object:
    return cast("list[object]", value) if isinstance(value, list) else [value]


def _as_kind(value: object) -> Kind | None:
    return KINDS.get(re.sub(r"[^a-z]", "", value.casefold())) if isinstance(value, str) else None


def _as_level(value: object) -> Level | None:
    text = str(value).strip() if isinstance(value, int | str) and not isinstance(value, bool) else ""
    return Level(text) if text in set(Level) else None


def _as_optional_text(value: object) -> str:
    return cleaned(value) if isinstance(value, str) else ""


_Text = Annotated[str, BeforeValidator(_as_text), StringConstraints(min_length=1)]
_OptionText = Annotated[str, BeforeValidator(_as_option), StringConstraints(min_length=1)]


class _Line(BaseModel):
    """A question as the prompt asks for it."""

    model_config = ConfigDict(extra="ignore", strict=True)

    kind: Annotated[Kind | None, BeforeValidator(_as_kind)] = None
    question: _Text
    options: list[_OptionText] = []
    right: Annotated[list[bool | int | str], BeforeValidator(_as_list)]
    explanation: Annotated[str, BeforeValidator(_as_optional_text)] = ""
    level: Annotated[Level | None, BeforeValidator(_as_level)] = None
    source: Annotated[str, BeforeValidator(_as_optional_text)] = ""


def read_draft(line: Mapping[str, object], *, language: str, level: Level | None) -> Draft | Unreadable:
    """The draft in an object, else `Unreadable` with the field that breaks the form.

    - `right` is a place from 0, or several: numbers, also as text, the right option's own words, or its letter, with
      its own words after it or without. A text that is one option's place and another option's words is unreadable; so
      is a place where there is no option.
    - A kind that is missing or unknown follows from the rest: true or false without options, or with those two words
      for options; several right answers; else one. A kind that does not fit the number of right answers: `right`.
    - A statement that is true or false has the words of the quiz's language, true first, whatever its options said,
      and `right` may be true or false itself.
    - Letters or numbers before the options are dropped when all options have them, in order.
    - A level that is missing or unknown is the one asked for, else understanding. An explanation or a source that is
      missing, or is no text, is empty: the checks decide on that.
    """
    try:
        read = _Line.model_validate(dict(line))
    except ValidationError as error:
        return Unreadable(str(error.errors()[0]["loc"][0]))
    options = without_labels(read.options)
    statement = _read_statement(read, options, language)
    if statement is not None:
        kind, options, right = Kind.TRUE_FALSE, list(true_false_words(language)), {statement}
    elif not options or read.kind is Kind.TRUE_FALSE:
        unclear = not options or {_truth(option, language) for option in options} != {True, False}
        return Unreadable("options" if unclear else "right")
    else:
        places = [_place(one, options, read.options) for one in read.right]
        right = {place for place in places if place is not None}
        kind = read.kind or (Kind.MULTIPLE if len(right) > 1 else Kind.SINGLE)
        if not right or None in places or (kind is Kind.SINGLE and len(right) > 1):
            return Unreadable("right")
    return Draft(
        kind=kind,
        stem=read.question,
        options=tuple(options),
        right=frozenset(right),
        explanation=read.explanation,
        level=read.level or level or Level.UNDERSTANDING,
        source=" ".join(read.source.split()) or None,
    )


def to_question(draft: Draft, *, question_id: str, origin: Origin, checked: Checked = Checked.SOLVER) -> Question:
    """The question of a draft that every check passed; raises `quiz.question.InvalidQuestion` when it is not sound.

    Its options are in an order that depends on its id alone, true and false in their own; a source that is too long,
    or that leads to a page, is left out.
    """
    places = list(range(len(draft.options)))
    if draft.kind is not Kind.TRUE_FALSE:
        chance_of(question_id).shuffle(places)
    source = draft.source or ""
    fits = 0 < utf16_length(source) <= MAX_SOURCE and not ADDRESS.search(source)
    ids = (*OPTION_IDS, *(f"option {place}" for place in places[len(OPTION_IDS) :]))
    return Question(
        id=question_id,
        revision=1,
        kind=draft.kind,
        stem=draft.stem,
        options=tuple(Option(ids[new], draft.options[old]) for new, old in enumerate(places)),
        key=frozenset(ids[new] for new, old in enumerate(places) if old in draft.right),
        explanation=draft.explanation,
        level=draft.level,
        checked=checked,
        source=Source(source) if fits else None,
        origin=origin,
        evidence=draft.evidence,
    )


def without_labels(options: Sequence[str]) -> list[str]:
    """The options without the letters or numbers before them, if all have them and in order."""
    matches = [LABEL.match(option) for option in options]
    labels = [(match[1] or match[2]).upper() for match in matches if match]
    orders: list[Sequence[str]] = [*ALPHABETS, *([str(begin + at) for at in range(len(options))] for begin in (0, 1))]
    if len(labels) < len(options) or not any(labels == list(order[: len(labels)]) for order in orders):
        return list(options)
    return [option[match.end() :] for option, match in zip(options, matches, strict=True) if match]


def true_false_words(language: str) -> tuple[str, str]:
    """The words for true and false in a language; in English where it is not known."""
    return TRUE_FALSE_WORDS.get(language, TRUE_FALSE_WORDS["en"])


def _read_statement(read: _Line, options: Sequence[str], language: str) -> int | None:
    """0 where the line is a statement that is true, 1 where it is false, None where it is no statement or unclear."""
    if read.kind not in {Kind.TRUE_FALSE, None} or len(read.right) != 1:
        return None
    truths = [_truth(option, language) for option in options]
    if truths and set(truths) != {True, False}:
        return None
    right = read.right[0]
    if isinstance(right, bool):
        return 0 if right else 1
    truth = _truth(right, language) if isinstance(right, str) else None
    if truth is None and (options or read.kind):
        place = _place(right, truths or [True, False], ())
        truth = None if place is None else (truths or [True, False])[place]
    return None if truth is None else 0 if truth else 1


def _truth(word: str, language: str) -> bool | None:
    """Whether a word says true or false in the quiz's language or in English; None when it is neither."""
    folded = word.strip(" .!").casefold()
    for true, false in (true_false_words(language), TRUE_FALSE_WORDS["en"]):
        if folded in {true.casefold(), false.casefold()}:
            return folded == true.casefold()
    return None


def _place(right: bool | int | str, options: Sequence[Any], labelled: Sequence[str]) -> int | None:
    """The place that an entry of `right` means; None when it means none, or two."""
    if isinstance(right, bool):
        return None
    if isinstance(right, int):
        return right if 0 <= right < len(options) else None
    text = " ".join(cleaned(right).split())
    meant = {place for among in (options, labelled) for place, option in enumerate(among) if option == text}
    if re.fullmatch(r"[0-9]{1,2}", text) and int(text) < len(options):
        meant.add(int(text))
    if not meant and (match := LETTER.fullmatch(text)):
        place = ALPHABETS[0].index(match[1].upper())
        if place < len(options) and match[2] in {None, options[place]}:
            meant.add(place)
    return meant.pop() if len(meant) == 1 else None
