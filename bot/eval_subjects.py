"""What `quizbot eval` makes quizzes of: files, folders of files, web pages, and topics, one a line."""

import asyncio
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from generation.evaluation.run import Subject
from generation.language import language_of
from generation.sources.conversion import convert
from generation.sources.fetch import NotFetched, fetch_page
from generation.sources.refusal import NotConverted
from quiz.languages import asked_language
from quiz.topics import InvalidTopic, clean_topic

ENDINGS = {".csv", ".docx", ".htm", ".html", ".markdown", ".md", ".pdf", ".pptx", ".tsv", ".txt", ".xhtml"}
"""What is taken of a folder; a file that is named is taken whatever it is called."""
README = "readme"
ADDRESS = re.compile(r"https?://", re.IGNORECASE)


class NotThere(Exception):
    """A path or a list of topics that cannot be used; the message is one line for whoever named it."""


async def read_subjects(paths: Sequence[str], topics: Path | None, language: str | None) -> list[Subject]:
    """A subject for each file, then each web page and each topic, in order; raises `NotThere`.

    The language is the one given, else that of the source, or the one that a topic asks for ("in German"), or English.
    A file or a page that gives no passages is a subject that says why.
    """
    addresses = [path for path in dict.fromkeys(paths) if ADDRESS.match(path)]
    files = files_of(paths)
    subjects = [await _source(file, name, language) for file, name in zip(files, _names(files), strict=True)]
    subjects += [await _page(address, language) for address in addresses]
    subjects += [_topic(line, language) for line in _lines(topics)] if topics else []
    if not subjects:
        raise NotThere("there is nothing to make quizzes of: name files, folders, or a list with --topics")
    return subjects


def files_of(paths: Sequence[str]) -> list[Path]:
    """The documents that paths name, each once, in order; raises `NotThere`."""
    named = [Path(path) for path in paths if not ADDRESS.match(path)]
    return list(dict.fromkeys(file for path in named for file in _files(path)))


def _files(path: Path) -> list[Path]:
    if not path.exists():
        raise NotThere(f"{path} is not there")
    if path.is_file():
        return [path]
    found = sorted(one for one in path.rglob("*") if _is_source(one, path))
    if not found:
        raise NotThere(f"{path} has no documents: they end in {', '.join(sorted(ENDINGS))}")
    return found


def _is_source(file: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
    return file.is_file() and file.suffix.lower() in ENDINGS and file.stem.lower() != README and not hidden


def _names(files: Sequence[Path]) -> list[str]:
    """What files are called in the result: by their names alone where these differ, so that no folder of whoever
    measured stands there."""
    names = [file.name for file in files]
    return names if len(set(names)) == len(names) else [str(file) for file in files]


async def _source(file: Path, name: str, language: str | None) -> Subject:
    try:
        material = await convert(await asyncio.to_thread(file.read_bytes), file.name)
    except OSError as error:
        raise NotThere(f"{file} cannot be read: {error.strerror}") from error
    except NotConverted as refused:
        return Subject(name, file.stem, language or "en", why=str(refused.reason))
    spoken = language or await asyncio.to_thread(language_of, material) or "en"
    return Subject(name, material.title or file.stem, spoken, material)


async def _page(address: str, language: str | None) -> Subject:
    """The page at an address, fetched as the bot fetches those of its users, and refused as they are."""
    try:
        page = await fetch_page(address)
        material = await convert(page.data, page.url)
    except (NotFetched, NotConverted) as refused:
        return Subject(address, address, language or "en", why=str(refused.reason))
    spoken = language or await asyncio.to_thread(language_of, material) or "en"
    return Subject(address, material.title or address, spoken, material)


def _lines(topics: Path) -> Iterable[str]:
    try:
        text = topics.read_text("utf-8-sig")
    except OSError as error:
        raise NotThere(f"{topics} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise NotThere(f"{topics} is not in UTF-8: save the file in UTF-8") from error
    return dict.fromkeys(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


def _topic(line: str, language: str | None) -> Subject:
    try:
        name = clean_topic(line)
    except InvalidTopic:
        raise NotThere(f"“{line[:60]}” is no topic: one is a line of at most 200 characters") from None
    topic, asked = asked_language(name, language or "en")
    return Subject(name, topic, asked)
