"""What is said to somebody who reports a question."""

from delivery.markup import isolate, plain_text, to_html
from delivery.screen import Screen
from delivery.words import translations
from quiz.reported import Whence

LONGEST_STEM = 160


def thanks(whence: Whence, language: str) -> str:
    """What comes of a report; as a toast, so 200 characters at most."""
    _ = translations(language).gettext
    return {
        Whence.POOL: _("Thank you. If others report it too, nobody will be asked it again."),
        Whence.NOTES: _("Thank you. I will not ask you this question again."),
        Whence.DECK: _("Thank you. Whoever runs me will see it."),
        Whence.QUIZ: _("Thank you. Whoever runs me will see it."),
    }[whence]


def reported_screen(stem: str, whence: Whence, language: str) -> Screen:
    """What /report says: which question it took, and what comes of it."""
    _ = translations(language).gettext
    short = " ".join(plain_text(stem).split())
    if len(short) > LONGEST_STEM:
        short = short[:LONGEST_STEM].rsplit(" ", 1)[0] + " …"
    reported = _("Reported: {question}").format(question=to_html(isolate(short)))
    return Screen(f"⚑ {reported}\n\n{thanks(whence, language)}")


def nothing_to_report(language: str) -> Screen:
    """What /report says to one who has answered nothing yet."""
    _ = translations(language).gettext
    return Screen(_("Answer a question first. If it is wrong, press “⚑ Report a mistake” under it, or send /report."))
