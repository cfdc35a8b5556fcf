"""What a message brings: each link is a page, words beside them are notes where they are many, else a wish."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from telegram import Chat, Document, Message, MessageEntity

from handlers.sent import Said, file_part, said_in
from quiz.collection import Part, PartKind
from tests.notes.lectures import TEXT

SITE = "https://example.org"
MANY_WORDS = "In this article it is said how leaves make sugar out of light, water and air"


def said(text: str, *entities: MessageEntity, begin: int = 0) -> Said:
    """What a message with this text brings, which Telegram has marked so."""
    when = datetime(2026, 1, 1, tzinfo=UTC)
    return said_in(Message(1, when, Chat(1, "private"), text=text, entities=entities), begin)


def page(address: str, name: str) -> Part:
    return Part(PartKind.PAGE, address, name)


def mark(text: str, words: str, url: str | None = None) -> MessageEntity:
    """The mark that Telegram puts on these words, as it counts."""
    offset = len(text[: text.index(words)].encode("utf-16-le")) // 2
    return MessageEntity("text_link" if url else "url", offset, len(words.encode("utf-16-le")) // 2, url)


@pytest.mark.parametrize(
    ("text", "pages", "wish"),
    [
        (f"{SITE}/a", ["example.org/a"], ""),
        (f"{SITE}/a {SITE}/b\n{SITE}/a", ["example.org/a", "example.org/b"], ""),
        (f"only osmosis: {SITE}/cell_(biology).", ["example.org/cell_(biology)"], "only osmosis"),
        (f"See ({SITE}/a), and «{SITE}/b», please", ["example.org/a", "example.org/b"], "See, and, please"),
        ("www.example.org/a — формулы", ["www.example.org/a"], "формулы"),
        ("example.org/lecture", ["example.org/lecture"], ""),
        ("node.js", [], "node.js"),
        ("and/or", [], "and/or"),
    ],
)
def test_bare_addresses_are_pages_and_a_few_words_beside_them_a_wish(
    text: str, pages: Sequence[str], wish: str
) -> None:
    found = said(text)
    assert [part.name for part in found.parts] == pages
    assert {part.kind for part in found.parts} <= {PartKind.PAGE}
    assert found.wish == wish


def test_many_words_beside_a_link_are_notes_whole_as_they_stand() -> None:
    text = f"{MANY_WORDS}: {SITE}/leaves"
    found = said(text)
    assert [part.kind for part in found.parts] == [PartKind.TEXT, PartKind.PAGE]
    assert found.parts[0].content == text
    assert found.wish == ""


def test_a_link_behind_words_is_called_by_its_host() -> None:
    """Telegram counts letters in UTF-16: an emoji is two. An address that is shown as it is needs no other name."""
    text = f"🧪🔬 this lecture and {SITE}/b"
    found = said(text, mark(text, "this lecture", f"{SITE}/lecture?v=1"), mark(text, f"{SITE}/b", f"{SITE}/b/"))
    assert found == Said((page(f"{SITE}/lecture?v=1", "example.org"), page(f"{SITE}/b/", "example.org/b")), "🧪🔬 and")


def test_what_telegram_marks_is_taken_as_it_is_marked() -> None:
    """Without a scheme too where it has a path; a name alone, a person or mail is no page."""
    text = "habr.com/ru/1 by @ann, ann@example.org, habr.com, Ann"
    found = said(
        text,
        mark(text, "habr.com/ru/1"),
        MessageEntity("mention", text.index("@ann"), 4),
        MessageEntity("email", text.index("ann@"), 15),
        mark(text, "habr.com, Ann"[:8]),
        mark(text, "Ann", "tg://user?id=7"),
    )
    assert [part.content for part in found.parts] == ["habr.com/ru/1"]


def test_an_address_in_code_is_part_of_the_code() -> None:
    text = f"curl {SITE}/api"
    assert said(text, MessageEntity("code", 0, len(text))).parts == ()


def test_a_long_text_is_notes_and_a_short_one_a_wish() -> None:
    assert [part.kind for part in said(TEXT).parts] == [PartKind.TEXT]
    assert said("only chapter 3") == Said(wish="only chapter 3")
    assert said(f"/notes {SITE}/a formulas", begin=7) == Said((page(f"{SITE}/a", "example.org/a"),), "formulas")


def test_a_file_without_a_name_is_called_by_what_it_is() -> None:
    """What has no name at all was typed, and is a text whatever it begins with."""
    assert file_part(Document("id", "unique", mime_type="application/pdf")).name == "file.pdf"
    assert file_part(Document("id", "unique")).name == "file"
    assert file_part(Document("id", "unique", mime_type="image/png")).kind is PartKind.PICTURE
