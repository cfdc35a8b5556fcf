"""What a student sees of the notes that they send: what was read, what was not, and what can be done next."""

from collections.abc import Sequence
from itertools import groupby

from babel.numbers import format_decimal

from delivery.buttons import BeginNotes, DropNotes, OnlyNotes
from delivery.keyboard import Keyboard, KeyboardButton
from delivery.markup import as_typed
from delivery.question import button
from delivery.refusals import refusal_words
from delivery.screen import Screen
from delivery.words import translations
from quiz.collection import Collection, PartKind, Reading, Stage, in_order
from quiz.material import PlaceKind

LINES = 12
"""So many parts are shown one by one; of more, the newest."""
RANGES = 8
"""So many pages, or rows of pages, are named that were not read."""
SIGNS = {PartKind.TEXT: "📝", PartKind.FILE: "📄", PartKind.PAGE: "🔗", PartKind.PICTURE: "🖼"}


def notes_screen(collection: Collection) -> Screen:
    """How the notes stand, with the buttons that begin the quiz, say what may be asked, and give up."""
    _ = translations(collection.language).gettext
    if not collection.parts:
        return Screen(_invitation(collection.language), Keyboard([[_drop(collection)]]))
    parts = ["\n".join([_heading(collection.language), *_lines(collection)])]
    if collection.is_full:
        parts.append(_("That is as much as I can take for one quiz."))
    if collection.focus:
        parts.append("🎯 " + _("To ask about: {focus}").format(focus=f"<b>{as_typed(collection.focus)}</b>"))
    parts.append(_next_step(collection))
    rows: list[list[KeyboardButton]] = []
    if collection.usable or collection.unread:
        if collection.stage is Stage.OPEN:
            rows.append([button("✅ " + _("Done, start the quiz"), BeginNotes(collection.id))])
        label = _("From the notes only: off") if collection.only else _("From the notes only: on")
        rows.append([button(label, OnlyNotes(collection.id, on=not collection.only))])
    return Screen("\n\n".join(parts), Keyboard([*rows, [_drop(collection)]]))


def begun_screen(collection: Collection) -> Screen:
    """What is left of that once the quiz has begun."""
    return Screen("\n".join([_heading(collection.language), *_lines(collection)]))


def dropped_screen(language: str) -> Screen:
    """What is left of it once the student has given it up."""
    _ = translations(language).gettext
    return Screen(_("I have dropped these notes. Send others, or a topic."))


def not_there_screen(language: str, missing: Sequence[str], *, all_instead: bool) -> Screen:
    """That the notes lack something they were to be asked about, and what the questions are about instead."""
    _ = translations(language).gettext
    named = ", ".join(f"<b>{as_typed(one)}</b>" for one in missing)
    if all_instead:
        return Screen(
            "🔎 " + _("I did not find this in your notes: {named}. So I ask about all of them.").format(named=named)
        )
    text = _("I did not find this in your notes: {named}. So I ask about the rest of what you wanted.")
    return Screen("🔎 " + text.format(named=named))


def notes_title(collection: Collection) -> str:
    """What a quiz on these notes is called: by the first of them, and how many more there are."""
    gettext = translations(collection.language)
    first, *more = collection.usable
    title = collection.title_of(first) or gettext.gettext("Your notes")
    if not more:
        return title
    text = gettext.ngettext("{title} and {number} more", "{title} and {number} more", len(more))
    return text.format(title=title, number=len(more))


def _invitation(language: str) -> str:
    _ = translations(language).gettext
    return _(
        "📚 Send me your notes, and I will make a quiz from them: text, a PDF, Word or PowerPoint file, or a link to "
        "a page. Several in a row are fine.\n\nI keep your notes for 7 days at most."
    )


def _heading(language: str) -> str:
    return "📚 <b>" + translations(language).gettext("Your notes") + "</b>"


def _next_step(collection: Collection) -> str:
    _ = translations(collection.language).gettext
    if collection.stage is Stage.DONE:
        return _("I am still reading. The quiz begins by itself.")
    if collection.usable or collection.unread:
        return _("Send more, write what to ask about (for example: only chapter 3), or press Done.")
    return _("There is nothing to ask about yet. Send something else, or a topic.")


def _lines(collection: Collection) -> list[str]:
    messages = in_order(collection.parts)
    hidden = len(messages) - LINES
    lines = [_line(collection, message) for message in messages[max(0, hidden) :]]
    if hidden > 0:
        text = translations(collection.language).ngettext("… and {number} before", "… and {number} before", hidden)
        lines.insert(0, text.format(number=hidden))
    return lines


def _line(collection: Collection, message: int) -> str:
    gettext = translations(collection.language)
    part, reading = collection.parts[message], collection.read.get(message)
    name = as_typed(collection.title_of(message) or gettext.gettext("Picture"))
    if reading is None:
        return f"⏳ {name} — " + gettext.gettext("reading…")
    if reading.refused:
        return f"⚠️ {name} — " + refusal_words(part.kind, reading.refused, collection.language)
    return f"{SIGNS[part.kind]} {name} — " + _amount(reading, collection.language)


def _amount(reading: Reading, language: str) -> str:
    """12 pages, 3,400 words."""
    gettext = translations(language)
    words = format_decimal(reading.words, locale=language)
    counts = [gettext.ngettext("{number} word", "{number} words", reading.words).format(number=words)]
    if reading.counted_in is PlaceKind.PAGE:
        text = gettext.ngettext("{number} page", "{number} pages", reading.places)
        counts.insert(0, text.format(number=reading.places))
    elif reading.counted_in is PlaceKind.SLIDE:
        text = gettext.ngettext("{number} slide", "{number} slides", reading.places)
        counts.insert(0, text.format(number=reading.places))
    if not reading.whole:
        counts.append(gettext.gettext("the beginning only"))
    amount = ", ".join(counts)
    return f"{amount}; {_pictured(reading.pictured, language)}" if reading.pictured else amount


def _pictured(pages: Sequence[int], language: str) -> str:
    """That these pages were not read; not by `ngettext`, since 21 of them are no singular."""
    _ = translations(language).gettext
    if len(pages) == 1:
        return _("page {pages} is a picture and was not read").format(pages=pages[0])
    return _("pages {pages} are pictures and were not read").format(pages=_ranges(pages))


def _ranges(pages: Sequence[int]) -> str:
    """3, 5–7; no more than a line or two of it."""
    rows = [[number for _, number in row] for _, row in groupby(enumerate(pages), lambda one: one[1] - one[0])]
    shown = [f"{row[0]}–{row[-1]}" if len(row) > 1 else str(row[0]) for row in rows[:RANGES]]
    return ", ".join([*shown, *(["…"] if len(rows) > RANGES else [])])


def _drop(collection: Collection) -> KeyboardButton:
    return button("✖️ " + translations(collection.language).gettext("Cancel"), DropNotes(collection.id))
