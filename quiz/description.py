"""What `deck.yaml` says of a deck: what it is called, how it is found, and where its facts stand."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeVar

from quiz.flaws import Note, guessed
from quiz.formats.lined_yaml import Entry, read_yaml
from quiz.question import MAX_SOURCE, Checked, Source, utf16_length
from quiz.subjects import Subject
from quiz.topics import normal_form
from quiz.unseen import note_unseen

LANGUAGES = ("en", "ru")
"""What a deck can be in: the bot says everything around a question in the question's language."""
VERSION = "1"
LONGEST_TITLE = 60
"""A title stands on a button, and before each question."""
LONGEST_NAME = 59
"""`d:NAME:ru` is a button's data, 64 bytes at most."""
NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
KEYS = ("version", "name", "subject", "checked", "title", "names", "not_meant", "sources")
A_SOURCE = "nasa: {title: NASA, url: https://nasa.gov}"
OF_A_SOURCE = ("title", "url")

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Description:
    """What is needed to offer a deck and to find it, without its questions."""

    name: str
    subject: Subject
    titles: Mapping[str, str]
    """Language → title, of each language that the deck is in."""
    names: Mapping[str, tuple[str, ...]]
    """Language → what a student may type for it, besides its title."""
    not_meant: tuple[str, ...] = field(default=(), kw_only=True)
    """What is another topic, although it looks like one of these names with a typo: plants, for planets."""

    def quiz_id(self, language: str) -> str:
        """The id under which the deck's questions of a language are kept as a quiz."""
        return f"deck.{self.name}.{language}"

    def language_for(self, wanted: str) -> str:
        """The language in which somebody plays it who wants this one: this one, if the deck is in it."""
        return wanted if wanted in self.titles else next(iter(self.titles))


@dataclass(frozen=True, slots=True)
class Written:
    """Everything that a `deck.yaml` says, and the lines where names and sources stand in it."""

    description: Description
    checked: Checked
    sources: Mapping[str, Mapping[str, Source]]
    """Source → language → what is shown of it."""
    lines: Mapping[str, int]


def read_description(folder: str, text: str, note: Note) -> Written | None:
    """The description of the deck in a folder of this name; None when nothing can be made of it.

    Whatever is wrong is noted; what could be read all the same is there.
    """
    root = read_yaml(text, note)
    if root is None:
        return None
    given = _mapping(root, "the file", "title: {en: The Moon}", note, KEYS)
    if not isinstance(root.value, dict):
        return None
    lines: dict[str, int] = {}
    if "version" in given and _text(given["version"], "version", note) not in {VERSION, None}:
        note(given["version"].line, f"this bot reads version {VERSION} of decks: take another bot, or write {VERSION}")
    _check_name(folder, given, note)
    titles = _titles(given, note)
    description = Description(
        name=folder,
        subject=_one_of(Subject, given, "subject", note) or Subject.OTHER,
        titles=titles,
        names=_names(given, titles, note, lines),
    )
    description = replace(description, not_meant=_not_meant(given, description, note, lines))
    sources = _sources(given, titles, note, lines)
    return Written(description, _one_of(Checked, given, "checked", note) or Checked.PERSON, sources, lines)


def name_line(language: str, name: str) -> str:
    """Under what the line of a name is found in `Written.lines`."""
    return f"names.{language}.{name}"


def not_meant_line(topic: str) -> str:
    """Under what the line of a topic that is not meant is found in `Written.lines`."""
    return f"not_meant.{topic}"


def source_line(source: str) -> str:
    """Under what the line of a source is found in `Written.lines`."""
    return f"sources.{source}"


def _check_name(folder: str, given: Mapping[str, Entry], note: Note) -> None:
    name = given.get("name")
    line = name.line if name else 1
    if name is not None and _text(name, "name", note) not in {folder, None}:
        note(line, f"the name is that of the folder, “{folder}”: write that, or leave the line out")
    if not NAME.fullmatch(folder) or len(folder) > LONGEST_NAME:
        form = f"up to {LONGEST_NAME} of a-z 0-9 -, a letter or digit first"
        note(line, f"the folder is called “{folder}”, and a deck's name has {form}: rename it")


def _titles(given: Mapping[str, Entry], note: Note) -> dict[str, str]:
    if "title" not in given:
        note(1, "there is no title: write “title: {en: The Moon}”, with a language or two")
        return {}
    titles: dict[str, str] = {}
    for language, entry in _by_language(given["title"], "title", note).items():
        title = _text(entry, f"the title in {language}", note)
        if title is not None and len(title) > LONGEST_TITLE:
            note(entry.line, f"a title has 1 to {LONGEST_TITLE} characters, not {len(title)}: make it shorter")
        if title is not None:
            titles[language] = title
    return {language: titles[language] for language in LANGUAGES if language in titles}


def _names(
    given: Mapping[str, Entry], titles: Mapping[str, str], note: Note, lines: dict[str, int]
) -> dict[str, tuple[str, ...]]:
    names: dict[str, tuple[str, ...]] = dict.fromkeys(titles, ())
    for language, entry in _by_language(given["names"], "names", note).items() if "names" in given else ():
        if language not in titles:
            note(entry.line, f"there are names in {language}, and no title: add a title in {language}")
        read = _listed(entry, f"the names in {language}", "a name", note)
        lines |= {name_line(language, name): line for name, line in read.items()}
        names[language] = tuple(read)
    return names


def _not_meant(
    given: Mapping[str, Entry], description: Description, note: Note, lines: dict[str, int]
) -> tuple[str, ...]:
    if "not_meant" not in given:
        return ()
    read = _listed(given["not_meant"], "the topics under not_meant", "a topic under not_meant", note)
    called = {normal_form(one) for names in (description.titles.values(), *description.names.values()) for one in names}
    for topic, line in read.items():
        lines[not_meant_line(topic)] = line
        if normal_form(topic) in called:
            note(line, f"“{topic}” is a name of this deck, and stands under not_meant: take it out of one of them")
    return tuple(read)


def _listed(entry: Entry, what: str, one_of_them: str, note: Note) -> dict[str, int]:
    """The texts of a list by which something can be found, and their lines."""
    if not isinstance(entry.value, list):
        note(entry.line, f"{what} are a list: one a line, with “- ” before it")
        return {}
    read: dict[str, int] = {}
    for one in entry.value:
        text = _text(one, one_of_them, note)
        if text is not None and not normal_form(text):
            note(one.line, f"“{text}” has no letter or number by which it could be found: take it out")
        elif text is not None:
            read[text] = one.line
    return read


def _sources(
    given: Mapping[str, Entry], titles: Mapping[str, str], note: Note, lines: dict[str, int]
) -> dict[str, dict[str, Source]]:
    if "sources" not in given:
        note(1, "there are no sources: list the books or pages where the facts stand")
        return {}
    sources: dict[str, dict[str, Source]] = {}
    for name, entry in _mapping(given["sources"], "sources", A_SOURCE, note).items():
        lines[source_line(name)] = entry.line
        parts = _mapping(entry, f"the source “{name}”", "title: NASA", note, OF_A_SOURCE)
        url = _text(parts["url"], f"the url of “{name}”", note) if "url" in parts else None
        if url is not None and not re.match(r"https?://[^\s/]+\.\S+$", url):
            note(parts["url"].line, f"an address begins with https://, and “{url}” does not look like one")
        shown = _shown(parts.get("title"), f"the title of “{name}”", titles, note)
        sources[name] = {}
        for language, title in shown.items():
            words = _text(title, f"the title of “{name}” in {language}", note)
            if words is not None and utf16_length(words) > MAX_SOURCE:
                note(title.line, f"the title of a source has at most {MAX_SOURCE} characters: make it shorter")
            elif words is not None:
                sources[name][language] = Source(words, url)
        missing = [language for language in titles if language not in shown]
        if missing and (shown or "title" not in parts):
            note(entry.line, f"the source “{name}” has no title in {' and '.join(missing)}: add it")
    return sources


def _mapping(entry: Entry, what: str, example: str, note: Note, known: tuple[str, ...] = ()) -> Mapping[str, Entry]:
    if not isinstance(entry.value, dict):
        note(entry.line, f"{what} must have lines such as “{example}”: a word, a colon, and what belongs to it")
        return {}
    for key, value in entry.value.items():
        if known and key not in known:
            note(value.line, f"the key “{key}” is unknown here: {guessed(key, known)}")
    return entry.value


def _shown(title: Entry | None, what: str, languages: Iterable[str], note: Note) -> Mapping[str, Entry]:
    """The titles of a source by their languages; one text is its title in all of them."""
    if title is None:
        return {}
    if isinstance(title.value, str):
        return dict.fromkeys(languages, title)
    return _by_language(title, what, note)


def _by_language(entry: Entry, what: str, note: Note) -> Mapping[str, Entry]:
    if not isinstance(entry.value, dict):
        note(entry.line, f"{what} must say in which language: put {' or '.join(LANGUAGES)} and a colon before it")
        return {}
    entries = _mapping(entry, what, "en: The Moon", note, LANGUAGES)
    return {language: one for language, one in entries.items() if language in LANGUAGES}


def _text(entry: Entry, what: str, note: Note) -> str | None:
    if not isinstance(entry.value, str):
        note(entry.line, f"{what} is one text: write it on one line, in quotes if it has a colon")
        return None
    if not entry.value.strip():
        note(entry.line, f"{what} is empty: write it, or take the line out")
        return None
    note_unseen(entry.value, entry.line, note)
    return entry.value.strip()


def _one_of(kind: type[Choice], given: Mapping[str, Entry], key: str, note: Note) -> Choice | None:
    text = _text(given[key], key, note) if key in given else None
    if text is not None and text not in set(kind):
        note(given[key].line, f"{key} cannot be “{text}”: {guessed(text, kind)}")
        return None
    return kind(text) if text is not None else None
