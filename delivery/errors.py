"""What went wrong, in the words of whoever has to live with it."""

from delivery.words import translations
from generation.request import Trouble

CHECKS = "checks"
BUDGET = "budget"
NO_MODEL = "no-model"
OURS = "ours"


def shortfall_words(shortfall: str, language: str) -> str:
    """Why a quiz has fewer questions than asked for, or none; `shortfall` as it is recorded with the attempt."""
    _ = translations(language).gettext
    words = {
        CHECKS: _("Not enough questions passed the checks; the others are not shown."),
        BUDGET: _("Today's share of writing is used up; it starts afresh at 00:00 UTC."),
        NO_MODEL: _("No language model is set up here any more."),
        OURS: _("Something went wrong on my side. Please try again later."),
        Trouble.UNREACHABLE: _("The language model cannot be reached just now. Please try again later."),
        Trouble.SILENT: _("The language model did not answer in time. Please try again later."),
        Trouble.KEY: _("The language model does not accept the bot's key; whoever runs the bot must check it."),
        Trouble.BUSY: _("The language model is too busy just now. Please try again later."),
        Trouble.REFUSED: _("The language model did not want to write on this. Try another topic."),
        Trouble.GARBAGE: _("The language model wrote nothing that could be used. Try again, or in other words."),
        Trouble.BROKEN: _("The language model has an error of its own just now. Please try again later."),
        Trouble.TOKENS: _("This quiz has used up the writing that one quiz may take."),
    }
    return words.get(shortfall, words[OURS])
