"""Finds the prompt for a task and a language, and fills in its inputs, which are data and never part of the prompt."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, cast

import yaml

DIGEST_LENGTH = 12
FALLBACK_LANGUAGE = "en"
LANGUAGE_NAME = "language_name"
"""What every prompt is given without asking: the English name of the language of the quiz."""

FILE = re.compile(r"(?P<version>[1-9]\d*)\.(?P<language>[a-z]{2})\.md")
FRONT_MATTER = re.compile(r"---\n(?P<matter>.*?)\n---\n(?P<body>.*)", re.DOTALL)
PLACE = re.compile(r"\{\{(\w+)\}\}")

Input = str | int | list[str] | dict[str, str] | list[dict[str, str]]
"""A text or several, rendered as JSON; a number; the name of a choice."""


class InvalidPrompt(ValueError):
    """A prompt file that breaks the form, one that does not exist, or inputs that are not those it declares."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One version of a prompt in one language, as its file has it.

    `inputs` says of each input what it is: `data` (a text, or several), `number`, or choices: a mapping from a
    value to the sentence that stands for it. `digest` is the first 12 hex digits of the SHA-256 of the file.
    """

    name: str
    version: int
    digest: str
    language: str
    purpose: str
    inputs: Mapping[str, str | Mapping[str, str]]
    body: str

    def render(self, **inputs: Input) -> str:
        """The prompt with these inputs, exactly those declared; raises `InvalidPrompt` otherwise.

        Data become JSON with no closing tag in it: whatever they say, they stay between the tags around them.
        """
        missing, unknown = self.inputs.keys() - inputs.keys(), inputs.keys() - self.inputs.keys()
        if missing or unknown:
            raise InvalidPrompt(
                f"{self.name} {self.version}: inputs {_names(missing)} missing, {_names(unknown)} unknown"
            )
        filled = {name: self._filled(name, value) for name, value in inputs.items()}
        filled[LANGUAGE_NAME] = language_name(self.language)
        # One pass: what is filled in is not looked at again.
        return PLACE.sub(lambda place: filled[place[1]], self.body)

    @property
    def _where(self) -> str:
        return f"{self.name} {self.version}"

    def _filled(self, name: str, value: Input) -> str:
        match self.inputs[name]:
            case "data":
                return json.dumps(value, ensure_ascii=False).replace("</", "<\\/")
            case "number" if isinstance(value, int):
                return str(value)
            case "number":
                raise InvalidPrompt(f"{self._where}: {name} is a number, not {value!r}")
            case choices:
                if not isinstance(value, str) or not isinstance(choices, Mapping) or value not in choices:
                    raise InvalidPrompt(
                        f"{self.name} {self.version}: {name} is one of {_names(choices)}, not {value!r}"
                    )
                return choices[value]


@cache
def find_prompt(name: str, language: str, version: int | None = None) -> Prompt:
    """The newest version of a prompt, or this one; a language without a file of its own takes the English one.

    `prompt.language` is the language asked for. Raises `InvalidPrompt` when there is none or it is not sound.
    """
    folder = files(__package__ or __name__).joinpath(name)
    found = {one: file for one, file in prompt_files(folder) if version in (None, one[0])}
    newest = max((one[0] for one in found), default=None)
    for wanted in (language, FALLBACK_LANGUAGE):
        if newest is not None and (newest, wanted) in found:
            return read_prompt(name, newest, language, found[newest, wanted].read_bytes())
    which = name if version is None else f"{name} {version}"
    raise InvalidPrompt(f"there is no prompt {which} for the language {language}")


def all_prompts() -> list[Prompt]:
    """Every prompt file that ships with the bot, by name, version and language."""
    return [
        read_prompt(folder.name, version, language, file.read_bytes())
        for folder in sorted(files(__package__ or __name__).iterdir(), key=lambda one: one.name)
        for (version, language), file in sorted(prompt_files(folder), key=lambda one: one[0])
    ]


def prompt_files(folder: Traversable) -> Iterable[tuple[tuple[int, str], Traversable]]:
    """The prompt files of a folder, by version and language."""
    for file in folder.iterdir() if folder.is_dir() else ():
        if named := FILE.fullmatch(file.name):
            yield (int(named["version"]), named["language"]), file


def read_prompt(name: str, version: int, language: str, content: bytes) -> Prompt:
    """The prompt of a file: front matter with `purpose` and `inputs`, then the text with `{{input}}` in places."""
    where = f"{name} {version}"
    parts = FRONT_MATTER.fullmatch(content.decode())
    if not parts:
        raise InvalidPrompt(f"{where}: a prompt begins with front matter between lines of ---")
    try:
        matter = cast("dict[str, Any]", yaml.safe_load(parts["matter"]))
        purpose, inputs = str(matter["purpose"]), cast("dict[str, Any]", matter["inputs"])
    except (yaml.YAMLError, KeyError, TypeError) as error:
        raise InvalidPrompt(f"{where}: the front matter must declare purpose and inputs: {error}") from error
    if not set(matter) == {"purpose", "inputs"} or "\n" in purpose.strip():
        raise InvalidPrompt(f"{where}: the front matter has a purpose of one line, inputs, and nothing else")
    for one, kind in inputs.items():
        if kind not in ("data", "number") and not isinstance(kind, dict):
            raise InvalidPrompt(f"{where}: the input {one} is data, a number or choices, not {kind!r}")
    used = set(PLACE.findall(parts["body"])) - {LANGUAGE_NAME}
    if used != set(inputs):
        raise InvalidPrompt(f"{where}: declared and not used, or used and not declared: {_names(used ^ set(inputs))}")
    digest = sha256(content).hexdigest()[:DIGEST_LENGTH]
    return Prompt(name, version, digest, language, purpose.strip(), inputs, parts["body"].strip())


def language_name(code: str) -> str:
    """The English name of a language, by its code; the code itself when nobody knows it."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale(code).get_language_name("en") or code
    except (UnknownLocaleError, ValueError):
        return code


def _names(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "none"
