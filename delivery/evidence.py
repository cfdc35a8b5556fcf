"""The words of a student's own material that show an answer to be right, and where they stand."""

from delivery.markup import isolate, to_html
from delivery.words import translations
from quiz.collection import ELLIPSIS, cut
from quiz.material import UNDER, Evidence, Place, PlaceKind
from quiz.question import utf16_length

LONGEST_QUOTE = 300
LONGEST_HEADING = 60


def evidence_line(evidence: Evidence, language: str, room: int) -> str:
    """The quote and its place, the quote as long as there is room for; without any, the place alone."""
    _ = translations(language).gettext
    place = to_html(isolate(place_words(evidence.place, language)))
    most = LONGEST_QUOTE
    while most > len(ELLIPSIS):
        quote = to_html(isolate(cut(evidence.quote, most)))
        line = "📖 <i>" + _("“{quote}” — {place}").format(quote=quote, place=place) + "</i>"
        if utf16_length(line) <= room:
            return line
        most //= 2
    return f"📖 <i>{place}</i>"


def place_words(place: Place, language: str) -> str:
    """Page 4, slide 7, line 12; and the innermost headings that it stands under."""
    _ = translations(language).gettext
    where = {
        PlaceKind.PAGE: _("page {number}"),
        PlaceKind.SLIDE: _("slide {number}"),
        PlaceKind.SHEET_ROW: _("row {number}"),
        PlaceKind.LINE: _("line {number}"),
        PlaceKind.PARAGRAPH: _("paragraph {number}"),
        PlaceKind.MESSAGE: _("message {number}"),
    }[place.kind].format(number=place.number)
    if not place.heading:
        return where
    heading = place.heading
    while len(heading) > LONGEST_HEADING and UNDER in heading:
        heading = heading.partition(UNDER)[2]
    return _("{place}, “{heading}”").format(place=where, heading=cut(heading, LONGEST_HEADING))
