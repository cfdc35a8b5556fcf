"""What `quizbot import` and `quizbot export` do and say."""

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import orjson
import typer

from bot.library import open_library
from bot.settings import Settings, WrongSettings
from decks import is_deck, load_deck
from delivery.markup import plain_text
from quiz.deck import Deck, InvalidDeck
from quiz.formats.exported import NotInstalled
from quiz.formats.imported import Imported
from quiz.formats.printed import write_pdf
from quiz.formats.reading import MOST_BYTES, read_quiz
from quiz.formats.template import template_csv, template_xlsx
from quiz.formats.writing import FORMATS, PDF
from quiz.languages import language_name

SOMETHING_TAKEN, NOTHING_TAKEN = 0, 1
TEMPLATES = {"csv": template_csv, "xlsx": template_xlsx}
LONGEST_STEM = 60


class CannotBeDone(Exception):
    """What was asked for cannot be done; the message says why, to whoever asked."""


def try_import(file: Path | None, *, dry_run: bool, as_json: bool) -> int:
    """Say what would be taken of a file and what not; the exit status. Raises `CannotBeDone` where none is read."""
    if file is None:
        raise CannotBeDone("which FILE? Or, for a sheet to fill in: --template csv")
    if not dry_run:
        raise CannotBeDone(
            "quizzes of one's own cannot be kept yet: with --dry-run it is said what would be taken of the file"
        )
    try:
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise CannotBeDone(f"{file} cannot be read: {error.strerror}") from error
    imported = read_quiz(data, file.name)
    if as_json:
        sys.stdout.write(f"{orjson.dumps(as_object(imported), option=orjson.OPT_INDENT_2).decode()}\n")
    else:
        for line in _lines(imported):
            typer.echo(line)
    return SOMETHING_TAKEN if imported.taken else NOTHING_TAKEN


def as_object(imported: Imported) -> dict[str, object]:
    """What came of a file, as it is said in JSON."""
    return {
        "format": imported.format,
        "taken": [
            {
                "stem": one.stem,
                "kind": one.kind.value,
                "options": [
                    {"text": option.text, "right": option.right, "fraction": option.fraction} for option in one.options
                ],
                "explanation": one.explanation,
                "line": one.line,
            }
            for one in imported.taken
        ],
        "refused": [{"line": one.line, "why": one.why} for one in imported.refused],
        "warnings": list(imported.warnings),
    }


def _lines(imported: Imported) -> Iterator[str]:
    number = len(imported.taken)
    yield f"{number} question{'s' * (number != 1)} taken, {len(imported.refused)} not ({imported.format})"
    if imported.taken:
        yield f"{'line':>6}  {'kind':9}  {'right':>5}  question"
    for one in imported.taken:
        stem = " ".join(one.stem.split())
        shown = stem if len(stem) <= LONGEST_STEM else f"{stem[: LONGEST_STEM - 1]}…"
        right = f"{sum(option.right for option in one.options)}/{len(one.options)}"
        yield f"{one.line:6}  {one.kind.value:9}  {right:>5}  {shown}"
    for refusal in imported.refused:
        yield f"not taken: line {refusal.line}: {refusal.why}"
    for warning in imported.warnings:
        yield f"taken, but: {warning}"


def write_template(name: str, out: Path | None) -> None:
    """Write a sheet to fill in into a file, or to standard output. Raises `CannotBeDone`."""
    try:
        written = TEMPLATES[name]()
    except NotInstalled as error:
        raise CannotBeDone(str(error)) from error
    if out is not None:
        _write(out, written)
    elif name == "xlsx" and sys.stdout.isatty():
        raise CannotBeDone("a spreadsheet is nothing to read here: --out FILE")
    else:
        sys.stdout.buffer.write(written)


def export_deck(name: str, format_name: str, out: Path, language: str, *, keys: bool) -> None:
    """Write a deck in one language into a file, and say what of it the file cannot carry. Raises `CannotBeDone`."""
    if not keys and format_name != PDF:
        raise CannotBeDone(f"--without-keys is for a PDF: in {format_name} a question without its key is none")
    deck = _deck(name)
    if language not in deck.questions:
        there = " and ".join(deck.questions)
        raise CannotBeDone(f"{name} is not in {language_name(language, 'en')}: it is in {there}")
    write = partial(write_pdf, keys=keys, plain=plain_text) if format_name == PDF else FORMATS[format_name].write
    try:
        exported = write(deck.titles[language], language, deck.questions[language])
    except NotInstalled as error:
        raise CannotBeDone(str(error)) from error
    _write(out, exported.data)
    for words in exported.lost:
        typer.echo(words, err=True)


def _deck(name: str) -> Deck:
    folder = Path(name)
    try:
        if folder.is_dir() and is_deck(folder):
            return load_deck(folder.resolve())
        deck = open_library(Settings.read().decks).deck(name)
    except (InvalidDeck, WrongSettings) as error:
        raise CannotBeDone(str(error)) from error
    except OSError as error:
        raise CannotBeDone(f"{name} cannot be read: {error.strerror}") from error
    if deck is None:
        raise CannotBeDone(f"there is no deck “{name}”: docs/decks.md lists them, or name the folder of one")
    return deck


def _write(out: Path, data: bytes) -> None:
    try:
        out.write_bytes(data)
    except OSError as error:
        raise CannotBeDone(f"{out} cannot be written: {error.strerror}") from error
