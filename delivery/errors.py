"""What went wrong, in the words of whoever has to live with it."""

from delivery.words import translations
from generation.request import Trouble

CHECKS = "checks"
BUDGET = "budget"
TOPIC = "topic"
NO_MODEL = "no-model"
OURS = "ours"


def shortfall_words(shortfall: str, language: str) -> str:
    """Why a quiz has fewer questions than asked for, or none; `shortfall` as it is recorded with the attempt."""
    _ = translations(language).gettext
    words = {
        CHECKS: _("Not enough questions passed the checks, and I show no question that did not."),
        BUDGET: _("The questions that can be written for you today are used up. It starts afresh at 00:00 UTC."),
        TOPIC: _("I do not write quizzes on this topic."),
        NO_MODEL: _("No language model is set up here any more."),
        OURS: _("Something went wrong on my side; the error is on record."),
        Trouble.UNREACHABLE: _("The language model cannot be reached just now."),
        Trouble.SILENT: _("The language model did not answer in time."),
        Trouble.KEY: _("The language model does not let this bot in; whoever runs the bot has to mend that."),
        Trouble.BUSY: _("The language model is too busy just now."),
        Trouble.REFUSED: _("The language model did not want to write on this."),
        Trouble.GARBAGE: _("The language model wrote nothing that could be used."),
        Trouble.BROKEN: _("The language model has trouble of its own just now."),
        Trouble.TOKENS: _("The quiz took as much writing as one quiz may."),
    }
    return words.get(shortfall, words[OURS])
