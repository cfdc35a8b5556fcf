"""HTML of other programs becomes text as the bot shows it: lists, powers and indices, code, formulas in LaTeX."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from quiz.small_letters import SUBSCRIPTS, SUPERSCRIPTS

MOST_HTML = 60_000
EMBEDDED = re.compile(r"data:[\w/+.;=-]{0,80},[^\"'\s>]*")
"""A picture within the HTML, of any size."""
TAG = re.compile(
    r"</?(?:p|br|b|i|em|strong|u|s|sub|sup|ul|ol|li|span|div|img|code|pre|t[rdh]|table|tbody|a|h[1-6]|hr|font|tt|small"
    r"|big|del|blockquote|center|math)(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
ENTITY = re.compile(
    r"&(?:amp|lt|gt|quot|apos|nbsp|[mn]dash|[lr]aquo|times|deg|#\d{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE
)
UNCLOSED = re.compile(r"<(?=[^<>]*(?:<|\Z))")
"""A sign that begins no tag. Python's reader looks for the end of each through all the rest: it would take minutes."""
SPACE = re.compile(r"[ \t\r\n\f\xa0]+")
VOID = {"br", "hr", "img"}
HIDDEN = {"script", "style", "head", "title", "template"}
PARAGRAPHS = {"p", "table", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"}
BLOCKS = PARAGRAPHS | {"pre", "div", "ul", "ol", "tr", "center", "hr", "section", "article", "dl", "dt", "dd"}
MEDIA = {
    **dict.fromkeys(("img", "picture", "svg", "canvas"), "a picture"),
    **dict.fromkeys(("video", "iframe", "object", "embed"), "a video or another object"),
    "audio": "a sound",
}
MARKED = {**dict.fromkeys(("u", "ins"), "underlined"), **dict.fromkeys(("s", "del", "strike"), "struck through")}
LINE, PARAGRAPH = "\ue002", "\ue003"
"""Where a line or a paragraph begins or ends, as long as not all around it is read."""
BREAKS = re.compile("[ \n\ue002\ue003]*[\ue002\ue003][ \n\ue002\ue003]*")
KEPT = re.compile("\ue000(\\d+)\ue001")
OWN = re.compile("[\ue000-\ue003]")
PROGRAM = re.compile(r"language-([a-z]+)")


@dataclass(frozen=True, slots=True)
class Shown:
    """A text as the bot shows it, and what of it is lost, each as the beginning of a sentence."""

    text: str
    losses: tuple[str, ...] = ()


class TooLong(ValueError):
    """More HTML than a question can have."""


def looks_like_html(text: str) -> bool:
    """Whether a text that may be HTML is.

    It has a character reference that programs write, or tags that are closed: “What does <b> do?” has none.
    """
    if ENTITY.search(text):
        return True
    tags = [found[0].lower() for found in TAG.finditer(text)]
    opened = {tag[1:-1].strip("/").split()[0] for tag in tags if not tag.startswith("</")}
    closed = {tag[2:-1].strip() for tag in tags if tag.startswith("</")}
    return bool(tags) and bool(opened) and opened - VOID <= closed


def from_text(text: str) -> Shown:
    """A text that may be HTML, in which line breaks are what they are; raises TooLong as `from_html` does.

    Where nothing is left of it, as of “<p></p>”, it asks about HTML, and stays.
    """
    if not looks_like_html(text):
        return Shown(text)
    shown = from_html(text.replace("\n", "<br>"))
    return shown if shown.text or shown.losses else Shown(text)


def from_html(html: str) -> Shown:
    """The text of a piece of HTML; raises TooLong beyond 60,000 characters, embedded pictures apart."""
    html = EMBEDDED.sub("data:", html)
    if len(html) > MOST_HTML:
        raise TooLong
    reader = _Reader()
    reader.feed(UNCLOSED.sub("&lt;", _without_comments(html)))
    reader.close()
    return Shown(reader.text(), tuple(dict.fromkeys(reader.losses)))


def _without_comments(html: str) -> str:
    kept: list[str] = []
    at = 0
    while (begun := html.find("<!--", at)) >= 0 and (ended := html.find("-->", begun)) >= 0:
        kept.append(html[at:begun])
        at = ended + len("-->")
    return "".join([*kept, html[at:]])


class _Reader(HTMLParser):
    """Gathers the text in pieces; what must stay as it is, code, is a piece of its own kind."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.losses: list[str] = []
        self._pieces: list[str] = []
        self._kept: list[str] = []
        """Code, for which a private character stands among the pieces."""
        self._hidden = 0
        self._lists: list[int | None] = []
        """Of each list that is open the number of its last item; None where it has no numbers."""
        self._open: list[tuple[str, int]] = []
        """What is made of its whole content at its end, and where that begins."""
        self._program = ""
        self._tex = ""

    def text(self) -> str:
        """Everything read, with its space in order."""
        joined = BREAKS.sub(_break, re.sub(r" *\n *", "\n", "".join(self._pieces)))
        return self._with_code(re.sub(r"\n{3,}", "\n\n", re.sub(r" {2,}", " ", joined)).strip())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in HIDDEN:
            self._hidden += 1
        elif tag in MEDIA:
            self._lose_media(tag, {name: value or "" for name, value in attrs})
        elif tag in MARKED:
            self.losses.append(f"words are {MARKED[tag]}, which is not shown")
        if tag == "br":
            self._pieces.append("\n")
        if tag in BLOCKS:
            self._pieces.append(PARAGRAPH if tag in PARAGRAPHS else LINE)
        match tag:
            case "ul" | "ol":
                self._lists.append(0 if tag == "ol" else None)
            case "li":
                self._begin_item()
            case "td" | "th":
                self._pieces.append(" | " if self._pieces and self._pieces[-1] != LINE else "")
            case "sup" | "sub" | "code" | "tt" | "pre" | "math" | "annotation":
                classes = dict(attrs).get("class") or ""
                program = PROGRAM.search(classes)
                self._program = program[1] if program else self._program if tag == "code" else ""
                self._open.append((tag, len(self._pieces)))
            case _:
                pass

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in MEDIA or tag in {"br", "hr"}:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag in {"ul", "ol"} and self._lists:
            self._lists.pop()
        elif any(one == tag for one, _place in self._open):
            while self._open:
                opened, place = self._open.pop()
                self._close(opened, place)
                if opened == tag:
                    break
        if tag in BLOCKS:
            self._pieces.append(PARAGRAPH if tag in PARAGRAPHS else LINE)

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            is_code = any(tag == "pre" for tag, _place in self._open)
            data = OWN.sub("", data)
            self._pieces.append(data if is_code else SPACE.sub(" ", data))

    def close(self) -> None:
        super().close()
        while self._open:
            self._close(*self._open.pop())

    def _begin_item(self) -> None:
        if self._lists and self._lists[-1] is not None:
            self._lists[-1] += 1
            sign = f"{self._lists[-1]}."
        else:
            sign = "•"
        self._pieces.append(f"{LINE}{sign} ")

    def _lose_media(self, tag: str, attributes: dict[str, str]) -> None:
        name = attributes.get("alt") or attributes.get("src", "").partition("?")[0].rpartition("/")[2]
        of_what = f" ({name[:60]})" if name and not name.startswith("data:") else ""
        self.losses.append(f"{MEDIA[tag]}{of_what} is not taken")

    def _close(self, tag: str, place: int) -> None:
        inside = "".join(self._pieces[place:])
        del self._pieces[place:]
        self._pieces.append(self._made_of(tag, inside))

    def _made_of(self, tag: str, inside: str) -> str:
        match tag:
            case "sup":
                return _small(inside, SUPERSCRIPTS, "^")
            case "sub":
                return _small(inside, SUBSCRIPTS, "_")
            case "pre":
                return self._block(inside)
            case "math":
                return self._formula(inside)
            case "annotation":
                self._tex = inside
                return ""
            case _:
                return self._code(inside)

    def _keep(self, code: str) -> str:
        self._kept.append(self._with_code(code))
        return f"\ue000{len(self._kept) - 1}\ue001"

    def _with_code(self, text: str) -> str:
        return KEPT.sub(lambda found: self._kept[int(found[1])], text)

    def _code(self, inside: str) -> str:
        if not inside.strip() or "`" in inside or "\n" in inside or any(tag == "pre" for tag, _place in self._open):
            return inside
        return self._keep(f"`{inside.strip()}`")

    def _block(self, inside: str) -> str:
        program, self._program = self._program, ""
        return self._keep(f"```{program}\n{inside.strip(chr(10))}\n```") if inside.strip() else ""

    def _formula(self, inside: str) -> str:
        tex, self._tex = self._tex, ""
        if tex:
            return f"\\({tex.strip()}\\)"
        self.losses.append("a formula in MathML is shown as plain letters")
        return inside


def _break(found: re.Match[str]) -> str:
    return "\n\n" if PARAGRAPH in found[0] else "\n" * max(1, found[0].count("\n"))


def _small(text: str, letters: dict[str, str], sign: str) -> str:
    text = text.strip()
    if all(one in letters for one in text):
        return "".join(letters[one] for one in text)
    return f"{sign}{text}" if len(text) == 1 else f"{sign}({text})"
