"""Telegram's HTML parse mode: markup in, plain text and entities out, with Telegram's own error texts."""

import re
import string
from dataclasses import dataclass
from typing import Any

from simulator.entities import CannotParse, MarkupReader, is_link

JsonObject = dict[str, Any]

SIMPLE_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
TAGS = {*SIMPLE_TAGS, "a", "code", "pre", "blockquote", "tg-emoji", "tg-time"}
# Telegram knows four named references and no more: `&apos;` and `&nbsp;` stay as they are.
REFERENCES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
SPACE = set(" \t\r\n\0\v")
NAME_CHARACTERS = set(string.ascii_letters + string.digits + ".-")
REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]*)|#([0-9]*)|([A-Za-z]+));?")


@dataclass
class _Open:
    tag: str
    argument: str
    offset: int
    begins: int


class _Reader(MarkupReader):
    """HTML read from left to right."""

    def __init__(self, markup: str) -> None:
        super().__init__(markup)
        self.open: list[_Open] = []

    def peek(self) -> str:
        """The character at hand, empty at the end."""
        return self.markup[self.at : self.at + 1]

    def reference(self) -> str:
        """Decode the character reference at hand and step over it; empty when it is none."""
        found = REFERENCE.match(self.markup, self.at)
        if found is None:
            return ""
        hexadecimal, decimal, name = found.groups()
        if name is not None:
            decoded = REFERENCES.get(name, "")
        else:
            digits = hexadecimal if hexadecimal is not None else decimal
            # Ten characters are more than any code point needs; Telegram leaves such a thing as text.
            too_long = len(found.group().rstrip(";")) >= 10
            code = 0 if too_long or not digits else int(digits, 16 if hexadecimal is not None else 10)
            decoded = chr(code) if 0 < code < 0x10FFFF else ""
        if decoded:
            self.at = found.end()
        return decoded

    def skip_space(self) -> None:
        while self.peek() in SPACE and self.peek():
            self.at += 1

    def read(self) -> None:
        while self.at < len(self.markup):
            character = self.peek()
            if character == "&" and (decoded := self.reference()):
                self.put(decoded)
            elif character == "<":
                self.read_tag()
            else:
                self.put(character)
                self.at += 1
        if self.open:
            raise CannotParse(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')

    def read_tag(self) -> None:
        begins = self.at
        self.at += 1
        if self.peek() == "/":
            self.read_end_tag(begins)
        else:
            self.read_start_tag(begins)

    def read_start_tag(self, begins: int) -> None:
        while self.peek() and self.peek() not in SPACE and self.peek() != ">":
            self.at += 1
        if not self.peek():
            self.fail("Unclosed start tag", begins)
        tag = self.markup[begins + 1 : self.at].lower()
        if tag not in TAGS:
            self.fail(f'Unsupported start tag "{tag}"', begins)
        attributes: dict[str, str] = {}
        while True:
            self.skip_space()
            if self.peek() == ">":
                break
            name, value = self.read_attribute(tag, begins)
            attributes[name] = value
        self.at += 1
        argument = _argument(tag, attributes)
        if tag == "span" and argument != "spoiler":
            self.fail('Tag "span" must have class "tg-spoiler"', begins)
        self.open.append(_Open(tag, argument, self.offset, len(self.text)))

    def read_attribute(self, tag: str, begins: int) -> tuple[str, str]:
        name_begins = self.at
        while self.peek() and self.peek() not in SPACE and self.peek() not in {"=", ">"}:
            self.at += 1
        name = self.markup[name_begins : self.at]
        if not name:
            if not self.peek():
                self.fail(f'Unclosed start tag "{tag}"', begins)
            self.fail(f'Empty attribute name in the tag "{tag}"', begins)
        self.skip_space()
        if self.peek() != "=":
            if tag == "blockquote" and name == "expandable":
                return name, "true"
            self.fail(f'Expected equal sign in declaration of an attribute of the tag "{tag}"', begins)
        self.at += 1
        self.skip_space()
        if not self.peek():
            self.fail(f'Unclosed start tag "{tag}"', begins)
        value = self.read_quoted() if self.peek() in {"'", '"'} else self.read_token()
        if not self.peek():
            self.fail("Unclosed start tag", begins)
        return name, value

    def read_token(self) -> str:
        begins = self.at
        while self.peek() in NAME_CHARACTERS and self.peek():
            self.at += 1
        if self.peek() and self.peek() not in SPACE and self.peek() != ">":
            self.fail("Unexpected end of name token", begins)
        return self.markup[begins : self.at].lower()

    def read_quoted(self) -> str:
        quote = self.peek()
        self.at += 1
        value: list[str] = []
        while self.peek() and self.peek() != quote:
            if self.peek() == "&" and (decoded := self.reference()):
                value.append(decoded)
            else:
                value.append(self.peek())
                self.at += 1
        self.at += 1
        return "".join(value)

    def read_end_tag(self, begins: int) -> None:
        if not self.open:
            self.fail("Unexpected end tag", begins)
        self.at += 1
        while self.peek() and self.peek() not in SPACE and self.peek() != ">":
            self.at += 1
        tag = self.markup[begins + 2 : self.at].lower()
        self.skip_space()
        if self.peek() != ">":
            self.fail("Unclosed end tag", begins)
        self.at += 1
        opened = self.open.pop()
        if tag and tag != opened.tag:
            self.fail("Unmatched end tag", begins, f', expected "</{opened.tag}>", found "</{tag}>"')
        if self.offset > opened.offset:
            self.close(opened)

    def close(self, opened: _Open) -> None:
        entity: JsonObject = {"offset": opened.offset, "length": self.offset - opened.offset}
        if opened.tag in SIMPLE_TAGS:
            entity["type"] = SIMPLE_TAGS[opened.tag]
        elif opened.tag == "a":
            url = opened.argument or "".join(self.text[opened.begins :])
            if not is_link(url):
                return
            entity |= {"type": "text_link", "url": url}
        elif opened.tag == "tg-emoji":
            if not opened.argument.isdecimal():
                raise CannotParse("Invalid custom emoji identifier specified")
            entity |= {"type": "custom_emoji", "custom_emoji_id": opened.argument}
        elif opened.tag in {"code", "pre"}:
            if self.join_code(opened, entity):
                return
            entity |= {"type": opened.tag, "language": opened.argument}
        elif opened.tag == "blockquote":
            entity["type"] = "expandable_blockquote" if opened.argument else "blockquote"
        else:
            return
        self.entities.append(entity)

    def join_code(self, opened: _Open, entity: JsonObject) -> bool:
        """`<pre><code class="language-x">` is one entity with a language; say whether it was joined."""
        last = self.entities[-1] if self.entities else {}
        same = last.get("offset") == entity["offset"] and last.get("length") == entity["length"]
        if not same or {last.get("type"), opened.tag} != {"code", "pre"}:
            return False
        language = last.get("language") or opened.argument
        if not language:
            return False
        last |= {"type": "pre", "language": language}
        return True


def _argument(tag: str, attributes: dict[str, str]) -> str:
    match tag:
        case "a":
            return attributes.get("href", "")
        case "code":
            value = attributes.get("class", "")
            return value.removeprefix("language-") if value.startswith("language-") else ""
        case "span":
            value = attributes.get("class", "")
            return value.removeprefix("tg-") if value.startswith("tg-") else ""
        case "tg-emoji":
            return attributes.get("emoji-id", "")
        case "blockquote":
            return "expandable" if "expandable" in attributes else ""
        case _:
            return ""


def parse_html(markup: str) -> tuple[str, list[JsonObject]]:
    """Text and entities (offsets in UTF-16 units, outer before inner); CannotParse on wrong markup."""
    reader = _Reader(markup)
    reader.read()
    text, entities = reader.result()
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise CannotParse(
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        )
    for entity in entities:
        if entity["type"] != "pre" or not entity["language"]:
            entity.pop("language", None)
    return text, entities
