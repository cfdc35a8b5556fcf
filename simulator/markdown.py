"""Telegram's Markdown parse modes, the old one and MarkdownV2: markup in, plain text and entities out."""

from dataclasses import dataclass
from typing import Any, NoReturn

from simulator.entities import CannotParse, MarkupReader, is_link

JsonObject = dict[str, Any]

RESERVED = set("_*[]()~`>#+-=|{}.!\n")
SIGNS = {"_": "italic", "*": "bold", "~": "strikethrough", "[": "text_link", "`": "code"}
# What ends an entity that is open.
ENDS = {
    "bold": "*",
    "italic": "_",
    "underline": "__",
    "strikethrough": "~",
    "spoiler": "||",
    "code": "`",
    "pre": "```",
    "text_link": "]",
    "custom_emoji": "]",
}
# How Telegram calls them in its errors.
NAMES = {"text_link": "TextUrl", "custom_emoji": "CustomEmoji", "blockquote": "BlockQuote"}
EMOJI = "tg://emoji?id="


@dataclass
class _Open:
    kind: str
    offset: int
    begins: int
    at: int
    language: str = ""


class _Reader(MarkupReader):
    """Markdown read from left to right."""

    def next_is(self, sign: str, after: int = 0) -> bool:
        return self.markup.startswith(sign, self.at + after)

    def fence(self) -> str:
        """Step over the language after three backticks, and over one line end; returns the language."""
        ends = self.at
        while ends < len(self.markup) and not self.markup[ends].isspace() and self.markup[ends] != "`":
            ends += 1
        language = self.markup[self.at : ends]
        if ends == len(self.markup) or self.markup[ends] == "`":
            language = ""
        self.at += len(language)
        if self.next_is("\r\n") or self.next_is("\n\r"):
            self.at += 2
        elif self.next_is("\n") or self.next_is("\r"):
            self.at += 1
        return language

    def keep(self, kind: str, offset: int, **fields: str) -> None:
        if self.offset > offset:
            self.entities.append({"type": kind, "offset": offset, "length": self.offset - offset, **fields})

    def keep_link(self, offset: int, url: str) -> None:
        if is_link(url):
            self.keep("text_link", offset, url=url)


def parse_markdown(markup: str) -> tuple[str, list[JsonObject]]:
    """Text and entities by the old Markdown mode, in which nothing is nested; CannotParse on wrong markup."""
    reader = _Reader(markup)
    while reader.at < len(markup):
        sign = markup[reader.at]
        if sign == "\\" and markup[reader.at + 1 : reader.at + 2] in {"_", "*", "`", "["}:
            reader.put(markup[reader.at + 1])
            reader.at += 2
        elif sign in "_*`[":
            _read_entity(reader, sign)
        else:
            reader.put(sign)
            reader.at += 1
    return reader.result()


def _read_entity(reader: _Reader, sign: str) -> None:
    begins, offset, language = reader.at, reader.offset, ""
    kind = "pre" if reader.next_is("```") else SIGNS[sign]
    reader.at += 3 if kind == "pre" else 1
    if kind == "pre":
        language = reader.fence()
    end = reader.markup.find(ENDS[kind], reader.at)
    if end < 0:
        reader.fail("Can't find end of the entity starting", begins)
    inside = reader.markup[reader.at : end]
    reader.put(inside)
    reader.at = end + len(ENDS[kind])
    if kind == "text_link":
        url = inside
        if reader.next_is("("):
            closes = reader.markup.find(")", reader.at)
            closes = len(reader.markup) if closes < 0 else closes
            url = reader.markup[reader.at + 1 : closes]
            reader.at = closes + 1
        reader.keep_link(offset, url)
    else:
        reader.keep(kind, offset, **({"language": language} if language else {}))


class _Nested(_Reader):
    """MarkdownV2: entities in one another, and quotations of lines."""

    def __init__(self, markup: str) -> None:
        super().__init__(markup)
        self.open: list[_Open] = []
        self.in_quote = False
        self.may_quote = True

    @property
    def kind(self) -> str:
        """What is open innermost; empty when nothing is."""
        return self.open[-1].kind if self.open else ""

    def read(self) -> None:
        while self.at < len(self.markup):
            sign = self.markup[self.at]
            escaped = self.markup[self.at + 1 : self.at + 2]
            if sign == "\\" and "\0" < escaped <= "~":
                self.put(escaped)
                self.at += 2
                self.may_quote = escaped == "\n" or (escaped == "\r" and self.may_quote)
            elif sign not in ({"`"} if self.kind in {"code", "pre"} else RESERVED):
                self.put(sign)
                self.at += 1
                self.may_quote = sign == "\r" and self.may_quote
            elif self.ends(sign):
                self.end(sign)
            else:
                self.begin(sign)
        if self.in_quote:
            self.end_quotation(at_end=True)
        if self.open:
            self.fail_open()

    def fail_open(self) -> NoReturn:
        last = self.open[-1]
        name = NAMES.get(last.kind, "PreCode" if last.language else last.kind.title())
        self.fail(f"Can't find end of {name} entity", last.at)

    def ends(self, sign: str) -> bool:
        """Whether the sign at hand ends what is open."""
        if self.in_quote and sign == "\n" and not self.next_is(">", 1):
            return True
        if self.kind == "italic":
            return sign == "_" and not self.next_is("__")
        return self.kind in ENDS and self.next_is(ENDS[self.kind])

    def begin(self, sign: str) -> None:
        at, kind, language = self.at, SIGNS.get(sign, ""), ""
        if sign == "\n":
            self.put(sign)
            self.at += 1
            self.may_quote = True
            return
        if sign == ">" and self.may_quote:
            self.at += 1
            if not self.in_quote:
                self.in_quote = True
                self.open.append(_Open("blockquote", self.offset, len(self.text), at))
            return
        for longer, meaning in (("__", "underline"), ("||", "spoiler"), ("![", "custom_emoji"), ("```", "pre")):
            if self.next_is(longer):
                sign, kind = longer, meaning
        if not kind:
            raise CannotParse(f"Character '{sign}' is reserved and must be escaped with the preceding '\\'")
        self.at += len(sign)
        if kind == "pre":
            language = self.fence()
        self.open.append(_Open(kind, self.offset, len(self.text), at, language))

    def end(self, sign: str) -> None:
        if sign == "\n" and self.in_quote:
            self.end_quotation()
            return
        last = self.open.pop()
        self.at += len(ENDS[last.kind])
        if last.kind == "text_link":
            self.keep_link(last.offset, self.url() if self.next_is("(") else "".join(self.text[last.begins :]))
        elif last.kind == "custom_emoji":
            url = self.url() if self.next_is("(") else ""
            if not url.startswith(EMOJI):
                raise CannotParse("The entity must contain a tg://emoji or tg://time URL")
            self.keep(last.kind, last.offset, custom_emoji_id=url.removeprefix(EMOJI))
        else:
            self.keep(last.kind, last.offset, **({"language": last.language} if last.language else {}))

    def end_quotation(self, *, at_end: bool = False) -> None:
        """A quotation ends with its last line; `||` at the end of that makes it one that can be expanded."""
        kind = "blockquote"
        if self.kind == "spoiler" and self.open[-1].at >= self.at - 3 and self.open[-1].offset == self.offset:
            self.open.pop()
            kind = "expandable_blockquote"
        if self.kind != "blockquote":
            self.fail_open()
        last = self.open.pop()
        self.in_quote = False
        if not at_end:
            self.put("\n")
            self.at += 1
            self.may_quote = True
        self.keep(kind, last.offset)

    def url(self) -> str:
        """The address in the brackets at hand."""
        self.at += 1
        begins, url = self.at, ""
        while self.at < len(self.markup) and self.markup[self.at] != ")":
            if self.next_is("\\") and "\0" < self.markup[self.at + 1 : self.at + 2] <= "~":
                self.at += 1
            url += self.markup[self.at]
            self.at += 1
        if self.at == len(self.markup):
            self.fail("Can't find end of a URL", begins)
        self.at += 1
        return url


def parse_markdown_v2(markup: str) -> tuple[str, list[JsonObject]]:
    """Text and entities by MarkdownV2; CannotParse on wrong markup."""
    reader = _Nested(markup)
    reader.read()
    return reader.result()
