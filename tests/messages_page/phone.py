"""What appears on a phone, drawn in letters: lines as wide as a narrow phone's, buttons in their rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from delivery.markup import columns
from delivery.screen import PLAIN, Screen
from simulator.conversation import Button, Entity, Message, Rows, read_entities, read_rows
from simulator.entities import trim
from simulator.html_mode import parse_html
from simulator.reading import lines_of

WIDTH = 36
"""Columns of a Latin letter that a line of a message has on a narrow phone, as near as letters of one width can say."""
MESSAGE, EDITED, DELETED, TOAST, ALERT, MENU = "message", "edited", "deleted", "toast", "alert", "menu"


@dataclass(frozen=True)
class Piece:
    """One thing that appears: a message, new or edited, one that goes, or the words that answer a press."""

    kind: str
    lines: tuple[str, ...]
    rows: Rows = ()

    def drawn(self) -> str:
        """How it looks, with a line above that says what it is."""
        head = f"── {self.kind} ".ljust(WIDTH, "─")
        parts = ["\n".join(wrapped(self.lines)), "\n".join(map(_row, self.rows))]
        return "\n".join([head, "\n\n".join(part for part in parts if part)])


def message(shown: Message, kind: str = MESSAGE) -> Piece:
    """A message as the simulator has it."""
    return Piece(kind, _lines(shown.text, shown.entities), shown.rows)


def screen(shown: Screen, kind: str = MESSAGE) -> Piece:
    """A message as `delivery` makes it, in the form that every Telegram takes."""
    given = shown.parameters(PLAIN)
    text, entities = trim(*parse_html(given["text"]))
    return Piece(kind, _lines(text, read_entities(entities)), read_rows(given.get("reply_markup")))


def words(text: str, kind: str = TOAST) -> Piece:
    """A toast, an alert: words alone."""
    return Piece(kind, tuple(text.split("\n")))


def wrapped(lines: Sequence[str]) -> Iterator[str]:
    """The lines, broken where a phone breaks them: between words, none wider than the phone."""
    for line in lines:
        begun, *rest = line.split(" ")
        for word in rest:
            if columns(f"{begun} {word}") <= WIDTH:
                begun += f" {word}"
            else:
                yield begun.rstrip()
                begun = word
        yield begun.rstrip()


def _lines(text: str, entities: Sequence[Entity]) -> tuple[str, ...]:
    # A link is words on a phone: where it leads is seen by who presses it.
    shown = tuple(entity for entity in entities if entity.type != "text_link")
    return tuple(line.plain for line in lines_of(text, shown, colour=False))


def _row(row: Sequence[Button]) -> str:
    wide = " ".join(map(_button, row))
    return wide if columns(wide) <= WIDTH else "".join(_button(one, space="") for one in row)


def _button(button: Button, space: str = " ") -> str:
    begins, ends = "[]" if button.can_be_pressed else "()"
    arrow = " ↗" if button.url else ""
    return f"{begins}{space}{button.text}{arrow}{space}{ends}"
