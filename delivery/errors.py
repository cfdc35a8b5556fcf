"""What went wrong, in the words of whoever has to live with it."""

from delivery.words import translations
from generation.request import Trouble

CHECKS = "checks"
BUDGET = "budget"
NO_MODEL = "no-model"
OURS = "ours"


def shortfall_words(shortfall: str, language: str, *, ready: int) -> str:
    """Why a quiz has only so many of the questions asked for; `shortfall` as it is recorded with the attempt."""
    _ = translations(language).gettext
    words = {
        CHECKS: _("The others did not pass the checks.") if ready else _("No question passed the checks."),
        BUDGET: _(
            "Today's limit for new quizzes is reached; more can be written from 00:00 UTC on. "
            "Ready-made topics still work: /quiz"
        ),
        NO_MODEL: _("No language model is set up here any more."),
        OURS: _("Something went wrong on my side. Please try again later."),
        Trouble.UNREACHABLE: _("The language model cannot be reached just now. Please try again later."),
        Trouble.SILENT: _("The language model did not answer in time. Please try again later."),
        Trouble.KEY: _("The bot is not set up correctly; please tell whoever runs it."),
        Trouble.BUSY: _("The language model is too busy just now. Please try again later."),
        Trouble.REFUSED: _("The language model did not want to write on this. Try another topic."),
        Trouble.GARBAGE: _(
            "What the language model wrote could not be used. Try again, or name the topic differently."
        ),
        Trouble.BROKEN: _("The language model is having problems just now. Please try again later."),
        Trouble.TOKENS: _("This is as long as one quiz can get; start another one for more."),
    }
    return words.get(shortfall, words[OURS])
