"""What a student sees of the notes that they send: what was read, what was not, and what can be done next."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from babel.numbers import format_decimal

from delivery.buttons import BeginNotes, DropNotes, OnlyNotes
from delivery.keyboard import Keyboard, KeyboardButton
from delivery.markup import as_typed
from delivery.question import button
from delivery.refusals import refusal_words
from delivery.screen import Screen
from delivery.words import translations
from quiz.collection import LONGEST_TITLE, MOST_PARTS, Collection, PartKind, Reading, Stage, cut, in_order
from quiz.material import PlaceKind

LINES = 12
"""So many parts are shown one by one; of more, the newest."""
RANGES = 8
"""So many pages, or rows of pages, are named that were not read."""
NAMED = 5
"""So many of those that were left out are named."""
SIGNS = {PartKind.TEXT: "📝", PartKind.FILE: "📄", PartKind.PAGE: "🔗", PartKind.PICTURE: "🖼"}


def notes_screen(collection: Collection) -> Screen:
    """How the notes stand, with the buttons that begin the quiz, say what may be asked, and give up."""
    _ = translations(collection.language).gettext
    if collection.parts:
        parts = ["\n".join([_heading(collection.language), *_lines(collection)])]
    else:
        parts = [_invitation(collection.language)]
    if collection.too_many:
        parts.append(_left_out(collection))
    if collection.focus:
        parts.append("🎯 " + _("To ask about: {focus}").format(focus=f"<b>{as_typed(collection.focus)}</b>"))
    if collection.only:
        parts.append("📖 " + _("I will leave out what can be known without your notes."))
    if collection.parts:
        parts.append(_next_step(collection))
    rows: list[list[KeyboardButton]] = []
    if collection.usable or collection.unread:
        if collection.stage is Stage.OPEN:
            rows.append([button("✅ " + _("Done, start the quiz"), BeginNotes(collection.id))])
        if collection.tells_known:
            label = _("Also ask common knowledge") if collection.only else _("Leave out common knowledge")
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
    """A line for each part, and one for all pictures in a row of which the same is to be said."""
    lines = [
        _line(collection, list(alike))
        for _key, alike in groupby(in_order(collection.parts), lambda key: _looks(collection, key))
    ]
    hidden = len(lines) - LINES
    if hidden > 0:
        text = translations(collection.language).ngettext("… and {number} before", "… and {number} before", hidden)
        lines = [text.format(number=hidden), *lines[hidden:]]
    return lines


def _looks(collection: Collection, key: int) -> tuple[int, str, str]:
    """What makes a line of its own: each part, but for pictures without a name only what became of them."""
    part, reading = collection.parts[key], collection.read.get(key)
    if part.kind is not PartKind.PICTURE or part.name:
        return key, "", ""
    return 0, part.kind, "unread" if reading is None else reading.refused


def _line(collection: Collection, alike: Sequence[int]) -> str:
    gettext = translations(collection.language)
    first, *others = alike
    part, reading = collection.parts[first], collection.read.get(first)
    name = as_typed(collection.title_of(first) or gettext.gettext("Picture"))
    if others:
        name += f" × {len(alike)}"
    if reading is None:
        return f"⏳ {name} — " + gettext.gettext("reading…")
    if reading.refused:
        return f"⚠️ {name} — " + refusal_words(part.kind, reading.refused, collection.language)
    words = sum(collection.read[one].words for one in alike)
    return f"{SIGNS[part.kind]} {name} — " + _amount(replace(reading, words=words), collection.language)


def _left_out(collection: Collection) -> str:
    """What there was no room for, by its names, and what can be done about it."""
    gettext = translations(collection.language)
    names = [collection.left_out[key] or gettext.gettext("Picture") for key in in_order(collection.left_out)]
    named = ", ".join(as_typed(cut(name, LONGEST_TITLE)) for name in names[:NAMED])
    more = collection.too_many - len(names[:NAMED])
    if more > 0:
        text = gettext.ngettext("{names} and {number} more", "{names} and {number} more", more)
        named = text.format(names=named, number=more)
    text = gettext.gettext("⚠️ One quiz takes {most} parts at most. Left out: {names}. Send them for the next quiz.")
    return text.format(most=MOST_PARTS, names=named)


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
