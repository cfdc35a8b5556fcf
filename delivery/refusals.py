"""Why a file, a page or a picture was not read, and what to do instead."""

from delivery.errors import BUDGET
from delivery.words import translations
from generation.sources.fetch import PageReason
from generation.sources.refusal import Reason
from quiz.collection import PartKind

FULL = "full"
NOT_DELIVERED = "not_delivered"
"""Telegram did not give the bot a file."""
NOT_READ = "not_read"
"""The model that reads pictures could not be asked."""
OURS = "ours"


def refusal_words(kind: PartKind, refused: str, language: str) -> str:
    """What is said of a part that was refused for this reason."""
    _ = translations(language).gettext
    words = _of_page(language) if kind is PartKind.PAGE else _of_file(language)
    return words.get(refused, _("something went wrong on my side. Please send it again."))


def _of_file(language: str) -> dict[str, str]:
    _ = translations(language).gettext
    too_much = _("it is too much for me. Send the part that you need.")
    return {
        Reason.PICTURE: _("I cannot read pictures. Send the text itself, or a file with text in it."),
        NOT_READ: _("I could not read it just now. Send it again later, or send the text itself."),
        BUDGET: _("today's limit for reading pictures is reached. Send the text itself, or come back tomorrow."),
        FULL: _("this is more than I can take for one quiz."),
        NOT_DELIVERED: _("Telegram did not give me the file. Please send it again."),
        Reason.TOO_BIG: _("the file is too big: I read up to 20 MB. Send the part that you need."),
        Reason.ENCRYPTED: _("it has a password. Send it without one."),
        Reason.NO_TEXT: _("I see no text in it: is it a scan? Send the text itself."),
        Reason.NOT_A_DOCUMENT: _(
            "I cannot read such files. I read PDF, Word (.docx), PowerPoint (.pptx), web pages and plain text."
        ),
        Reason.DAMAGED: _("the file is damaged. Save it anew, or send the text itself."),
        Reason.TOOK_TOO_LONG: too_much,
        Reason.TOO_MUCH_MEMORY: too_much,
        Reason.NOT_INSTALLED: _("I read only plain text here. Send the text itself."),
    }


def _of_page(language: str) -> dict[str, str]:
    _ = translations(language).gettext
    closed = _("the site does not let me read this page. Send its text instead.")
    silent = _("the page does not open. Try later, or send its text.")
    nothing = _("I see no text on this page. Send the text itself.")
    too_much = _("the page is too big. Send the part that you need as text.")
    return {
        FULL: _("this is more than I can take for one quiz."),
        PageReason.NOT_AN_ADDRESS: _("I cannot open this link. Send the text itself."),
        PageReason.PRIVATE_ADDRESS: _("this link does not lead to a public page. Send the text itself."),
        PageReason.UNREACHABLE: silent,
        PageReason.TIMEOUT: silent,
        PageReason.TOO_MANY_REDIRECTS: silent,
        PageReason.NOT_FOUND: _("there is no such page. Look at the link again."),
        PageReason.FORBIDDEN: closed,
        PageReason.FORBIDDEN_BY_ROBOTS: closed,
        PageReason.TOO_BIG: too_much,
        PageReason.NOT_A_PAGE: nothing,
        PageReason.NOT_INSTALLED: _("I cannot open links here. Send the text itself."),
        Reason.ENCRYPTED: closed,
        Reason.NO_TEXT: nothing,
        Reason.PICTURE: nothing,
        Reason.NOT_A_DOCUMENT: nothing,
        Reason.DAMAGED: nothing,
        Reason.TOOK_TOO_LONG: too_much,
        Reason.TOO_MUCH_MEMORY: too_much,
    }
