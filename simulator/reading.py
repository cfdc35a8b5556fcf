"""Messages as a person reads them in a terminal: styles where there are colours, plain signs where not."""

import difflib
import io
import unicodedata
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from simulator.conversation import Button, Event, Message
from simulator.entities import utf16_length
from simulator.markup import Entity, segments

JsonObject = dict[str, Any]

STYLES = {
    "bold": "bold",
    "italic": "italic",
    "underline": "underline",
    "strikethrough": "strike",
    "code": "cyan",
    "pre": "cyan",
    "spoiler": "reverse dim",
    "blockquote": "dim",
    "expandable_blockquote": "dim",
    "text_link": "underline blue",
    "url": "underline blue",
    "bot_command": "blue",
    "mention": "blue",
}
# What stands around a stretch where there are no styles to show it.
SIGNS = {"code": "`", "spoiler": "||", "strikethrough": "~~"}
QUOTED = {"blockquote", "expandable_blockquote"}
EXCERPT = 40


def readable(text: str) -> str:
    """The text without what could take over a terminal; letters, emoji and direction marks stay as they are."""
    return "".join(
        "\N{REPLACEMENT CHARACTER}" if unicodedata.category(each) == "Cc" and each not in "\n\t" else each
        for each in text
    )


def lines_of(text: str, entities: tuple[Entity, ...], *, colour: bool) -> list[Text]:
    """The lines of a message. A code block is set in by four columns, a quotation has a bar before it."""
    whole = Text()
    blocks: list[str] = []
    offset = 0
    for piece, over in segments(text, entities):
        ends = offset + utf16_length(piece)
        kinds = {entity.type for entity in over}
        style = " ".join(STYLES[kind] for kind in sorted(kinds) if kind in STYLES) if colour else ""
        opening = "".join(_sign(each, colour=colour) for each in over if each.offset == offset)
        closing = "".join(
            _end_sign(each, colour=colour) for each in reversed(over) if each.offset + each.length == ends
        )
        whole.append(f"{opening}{readable(piece)}{closing}", style=style)
        before = "    " if "pre" in kinds else "▎ " if kinds & QUOTED else ""
        first, *rest = [before] * (piece.count("\n") + 1)
        # The piece's first line goes on where the piece before it ended.
        blocks = [*blocks[:-1], (blocks[-1] if blocks else "") or first, *rest]
        offset = ends
    lines = list(whole.split("\n", allow_blank=True))
    return [Text(before) + line for before, line in zip(blocks or [""], lines, strict=True)]


def _sign(entity: Entity, *, colour: bool) -> str:
    """What shows the beginning and the end of a stretch where no style does."""
    return "" if colour else SIGNS.get(entity.type, "")


def _end_sign(entity: Entity, *, colour: bool) -> str:
    address = f" ({readable(entity.url)})" if entity.type == "text_link" and entity.url else ""
    return _sign(entity, colour=colour) + address


def excerpt(message: Message) -> str:
    """The beginning of the first line, to name a message by."""
    first = readable(message.text).split("\n", 1)[0]
    return f"“{first if len(first) <= EXCERPT else first[: EXCERPT - 1] + '…'}”"


class Page:
    """A conversation put into text, piece by piece; each method returns what to print, lines ended."""

    def __init__(self, *, colour: bool, width: int) -> None:
        self._colour = colour
        self._width = width

    def show(self, event: Event) -> str:
        """What a person sees of an event; empty for what nobody sees."""
        match event.kind, event.message:
            case "message", Message() as message:
                return self.message(message)
            case "message_edited", Message() as message:
                return self.edited(message)
            case "message_deleted", Message() as message:
                return self.note(f"✗ deleted: {excerpt(message)}")
            case "toast", _ if event.text:
                return self.note(f"{'Alert' if event.show_alert else 'Toast'}: {readable(event.text)}")
            case _:
                return ""

    def message(self, message: Message) -> str:
        """A new message, with its buttons numbered; what happened in the chat is a small line."""
        if message.service is not None:
            happened = str(message.service["type"]).replace("_", " ")
            return self.note(f"{readable(message.sender_name)}: {happened}")
        body = _attached(message) + (self._lines(message) if message.text else [])
        return self._print(self._name(message), body, self._button_lines(message.buttons))

    def edited(self, message: Message) -> str:
        """An edited message again, with a mark before each line that is new; or just its new buttons."""
        before = message.history[-1]
        old = [line.plain for line in lines_of(before.text, before.entities, colour=self._colour)]
        body = self._lines(message)
        buttons = self._button_lines(message.buttons)
        if [line.plain for line in body] == old:
            if not message.buttons:
                return self.note(f"✎ the buttons under {excerpt(message)} are gone")
            return self._print(Text(f"✎ the buttons under {excerpt(message)} are now", "dim"), [], buttons)
        kept = _kept(old, [line.plain for line in body])
        marked = [line if place in kept else Text("» ") + line for place, line in enumerate(body)]
        return self._print(self._name(message) + Text(" ✎ edited", "dim"), marked, buttons)

    def pressed(self, button: Button) -> str:
        """A press by the person who reads this."""
        return self.note(f"You press [{readable(button.text)}]")

    def note(self, text: str) -> str:
        """A small line that is not a message."""
        return self._print(Text(text, "dim"), [], [])

    def _name(self, message: Message) -> Text:
        return Text(readable(message.sender_name), "bold green" if message.from_bot else "bold yellow")

    def _lines(self, message: Message) -> list[Text]:
        return lines_of(message.text, message.entities, colour=self._colour)

    def _button_lines(self, buttons: tuple[Button, ...]) -> list[Text]:
        """One a line: on a shared line, right-to-left texts would change places with each other's numbers.

        What cannot be pressed has no number.
        """
        lines: list[Text] = []
        for number, button in enumerate(buttons, 1):
            mark = Text(f"[{number}] ", "bold magenta") if button.can_be_pressed else Text("[–] ", "dim")
            line = mark.append(readable(button.text), "not bold")
            lines.append(line.append(f" ({readable(button.url)})", "dim") if button.url else line)
        return lines

    def _print(self, head: Text, body: list[Text], buttons: list[Text]) -> str:
        """The head, and under it, set in, the rest. Without colours lines are as long as they are."""
        paper = io.StringIO()
        console = Console(
            file=paper,
            force_terminal=self._colour,
            color_system="standard" if self._colour else None,
            width=self._width,
            highlight=False,
            emoji=False,
            legacy_windows=False,
        )
        for line in [head, *_set_in(body), *_set_in(buttons)]:
            if self._colour:
                console.print(_hanging(line))
            else:
                paper.write(f"{line.plain}\n")
        if body or buttons:
            paper.write("\n")
        return paper.getvalue()


def _attached(message: Message) -> list[Text]:
    """The file or the poll of a message, in lines."""
    lines: list[Text] = []
    if message.file is not None:
        lines.append(Text(f"📎 {readable(message.file['file_name'])} ({message.file['size']} bytes)", "dim"))
    if message.poll is not None:
        lines.append(Text(readable(message.poll["question"]), "bold"))
        options: list[JsonObject] = message.poll["options"]
        lines += [Text(f"○ {readable(one['text'])}").append(f" ({one['voter_count']})", "dim") for one in options]
    return lines


def _kept(old: list[str], new: list[str]) -> set[int]:
    """The places of lines in `new` that were in `old` as well, in the same order."""
    blocks = difflib.SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return {place for block in blocks for place in range(block.b, block.b + block.size)}


def _set_in(lines: list[Text]) -> list[Text]:
    return [Text("  ") + line if not line.plain.startswith("» ") else line for line in lines]


def _hanging(line: Text) -> Padding | Text:
    """Wrapped lines stay set in like their first one."""
    plain = line.plain
    columns = len(plain) - len(plain.lstrip(" "))
    return Padding(line[columns:], (0, 0, 0, columns)) if 0 < columns < len(plain) else line
