"""`python -m tests.reference_pages` writes docs/reference/: what the code says of settings, commands, keys, figures
and quizzes in JSON.

`tests/test_reference_pages.py` fails when a page is not what would be written.
"""

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import groupby
from pathlib import Path

from babel import Locale

from bot.listing import Row, rows
from bot.settings import Settings
from delivery.commands import command_list
from delivery.words import LANGUAGES
from handlers.registry import COMMANDS
from quiz.formats.quiz_json import schema
from storage.keys import TABLE, KeyKind
from tests import figures
from tests.command_line import Command, Parameter, commands

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "reference"
MADE = "This page is made from the code by `make reference`."
TAGS = {"u:*": "a person", "q:*": "a quiz", "p:*": "a pool", "send": "sending"}
"""What lies together, by the hash tags of keys."""
DAY, HOUR, MINUTE, SECOND = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)
TARGET = re.compile(r"^([a-z-]+):.*## (.*)$", re.MULTILINE)

SETTINGS = f"""\
# Settings

{MADE}
`quizbot settings` prints the same list.

Settings are environment variables, or lines `NAME=value` of a file `.env` in the folder the bot is started in; the
environment goes first. An empty one counts as not set. A wrong one ends the program with exit status 2 and one clear
line. `quizbot doctor` tries all of them out.

*Read by* names the commands that go by a setting: `make run` is `quizbot run`, `make try` is `quizbot try`. Besides,
`quizbot prompts` reads where answers are kept.

What others need keeps its usual name and may stand in `.env` too: keys and addresses of providers of models
(`OPENAI_API_KEY`, `OPENAI_BASE_URL`, `ANTHROPIC_API_KEY` …), and the way to the world (`HTTPS_PROXY`, `ALL_PROXY`,
`NO_PROXY`, `SSL_CERT_FILE`, `SSL_CERT_DIR`).
"""

COMMAND_LINE = f"""\
# Commands

{MADE}

## In the chat

What Telegram offers while a person types, by the kind of chat and the language of their Telegram. Whoever
speaks another language gets the English list.
"""

KEYS = f"""\
# Keys in Redis

{MADE}
Every key that the bot writes stands here; a test fails on one that does not, and on one without its life.

A `*` stands for an id. What stands in braces is the hash tag of a Cluster: keys of one tag lie on one node, and a
script touches one tag only; a key without a tag is touched by itself. *Life* is the longest time after the last write.
"""

OF_DOCKET = """
Besides, the dockets of tasks (`soon:*`, `long:*` and `reading:*`, in braces on a Cluster) belong to
[docket](https://pypi.org/project/pydocket/). Their tasks carry ids of attempts and messages, never a person's.
"""


def settings_page() -> str:
    """Every setting, group by group."""
    groups = groupby(rows(Settings), lambda row: row.group)
    return SETTINGS + "".join(f"\n## {group}\n\n{_settings_table(of_group)}" for group, of_group in groups)


def commands_page() -> str:
    """What can be typed: to the bot in a chat, to `quizbot` and to `make` on a machine."""
    parts = [COMMAND_LINE]
    for title, private in (("a private chat", True), ("a group", False)):
        parts += [f"\n### In {title}\n\n", _offered(private=private)]
    unlisted = [f"`/{name}`" for name in COMMANDS if name not in dict(command_list(LANGUAGES[0], private=True))]
    parts += [f"\nUnderstood besides: {', '.join(unlisted)}, which Telegram has a button for.\n"]
    parts += ["\n## On the machine: quizbot\n\nEach command says the same with `--help`.\n", *map(_command, commands())]
    parts += ["\n## In a checkout: make\n\n", _table(("command", "what it does"), map(_target, targets().items()))]
    return "".join(parts)


def keys_page() -> str:
    """Every key, as the table of the code has it."""
    return KEYS + "\n" + _table(("key", "tag", "type", "life", "holds"), map(_key, TABLE)) + OF_DOCKET


def metrics_page() -> str:
    """Every figure that is counted."""
    return figures.HEAD.format(made=MADE) + "\n" + _table(("figure", "type", "labels", "meaning"), figures.table())


def quiz_schema() -> str:
    """The schema of a quiz in JSON."""
    return f"{json.dumps(schema(), indent=2, ensure_ascii=False)}\n"


PAGES: Mapping[str, Callable[[], str]] = {
    "settings.md": settings_page,
    "commands.md": commands_page,
    "keys.md": keys_page,
    "metrics.md": metrics_page,
    "quiz.schema.json": quiz_schema,
}
"""Each page of the folder that is made, by the name of its file."""
BY_HAND = {"formats.md"}


def targets() -> dict[str, str]:
    """What `make` can make, with what `make help` says of it."""
    return dict(TARGET.findall((ROOT / "Makefile").read_text("utf-8")))


def _settings_table(of_group: Iterable[Row]) -> str:
    cells = ((f"`{one.name}`", one.meaning, one.default, f"`{one.example}`", ", ".join(one.roles)) for one in of_group)
    return _table(("setting", "meaning", "default", "example", "read by"), cells)


def _offered(*, private: bool) -> str:
    lists = [command_list(language, private=private) for language in LANGUAGES]
    cells = ((f"`/{same[0][0]}`", *(what for _name, what in same)) for same in zip(*lists, strict=True))
    return _table(("command", *(Locale(language).english_name or language for language in LANGUAGES)), cells)


def _command(one: Command) -> str:
    parts = [f"\n### {one.name}\n\n{one.meaning}\n"]
    if one.arguments or one.options:
        parts += [f"\n```text\n{one.usage}\n```\n\n"]
        parts += [_table(("argument", "meaning", "default"), map(_parameter, (*one.arguments, *one.options)))]
    return "".join(parts)


def _parameter(one: Parameter) -> Sequence[str]:
    return f"`{one.name}`", one.meaning, one.default


def _target(target: tuple[str, str]) -> Sequence[str]:
    return f"`make {target[0]}`", target[1]


def _key(one: KeyKind) -> Sequence[str]:
    tag = one.pattern.partition("{")[2].partition("}")[0]
    return f"`{one.pattern}`", TAGS.get(tag, "–"), one.type, in_words(one.life), one.holds


def in_words(life: timedelta | None) -> str:
    """How long something lives, in the largest unit that tells it exactly."""
    if life is None:
        return "until it is changed"
    units = ((DAY, "day"), (HOUR, "hour"), (MINUTE, "minute"), (SECOND, "second"))
    unit, name = next((unit, name) for unit, name in units if not life % unit)
    number = life // unit
    return f"{number} {name}{'s' * (number != 1)}"


def _table(head: Sequence[str], body: Iterable[Sequence[str]]) -> str:
    return "".join(map(_line, [head, ["---"] * len(head), *body]))


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |\n"


def stale() -> Iterator[str]:
    """The pages that are not what would be written."""
    for name, page in PAGES.items():
        file = FOLDER / name
        if not file.exists() or file.read_text("utf-8") != page():
            yield name


if __name__ == "__main__":
    for stale_name in list(stale()):
        (FOLDER / stale_name).write_text(PAGES[stale_name](), "utf-8")
        sys.stderr.write(f"docs/reference/{stale_name} is written again\n")
