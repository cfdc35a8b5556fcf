"""What went wrong, in the words of whoever has to live with it."""

from delivery.words import translations
from generation.request import Trouble

CHECKS = "checks"
BUDGET = "budget"
NO_MODEL = "no-model"
OURS = "ours"
NOTES_GONE = "notes-gone"
PASSING = frozenset(
    {
        CHECKS,
        OURS,
        Trouble.UNREACHABLE,
        Trouble.SILENT,
        Trouble.BUSY,
        Trouble.GARBAGE,
        Trouble.BROKEN,
    }
)
"""What may be over when it is tried again with nothing changed."""


def shortfall_words(shortfall: str, language: str, *, ready: int) -> str:
    """Why a quiz has only so many of the questions asked for; `shortfall` as it is recorded with the attempt."""
    _ = translations(language).gettext
    words = {
        CHECKS: _("The others did not pass the checks.") if ready else _("No question passed the checks."),
        BUDGET: _(
            "Today's limit for new quizzes is reached. It starts afresh at 00:00 UTC. "
            "Ready-made quizzes still work: /quiz"
        ),
        NO_MODEL: _("New quizzes are not written here any more. Ready-made quizzes still work: /quiz"),
        OURS: _("Something went wrong on my side. Please try again later."),
        NOTES_GONE: _("I keep notes for 7 days, and these are gone by now. Please send them again."),
        Trouble.UNREACHABLE: _("The AI that writes quizzes cannot be reached just now. Please try again later."),
        Trouble.SILENT: _("The AI that writes quizzes did not answer in time. Please try again later."),
        Trouble.KEY: _("I am not set up correctly. Please tell whoever runs me."),
        Trouble.BUSY: _("The AI that writes quizzes is too busy just now. Please try again later."),
        Trouble.REFUSED: _("The AI that writes quizzes did not want to write on this topic. Please try another one."),
        Trouble.GARBAGE: _("What the AI wrote could not be used. Please try again, or name the topic in other words."),
        Trouble.BROKEN: _("The AI that writes quizzes is having problems just now. Please try again later."),
        Trouble.TOKENS: _("This is as long as one quiz can get. For more, begin another one.")
        if ready
        else _("No question passed the checks before one quiz's limit was reached. Please try another topic."),
        Trouble.NOTHING: _("Your notes say no more that I can ask about.")
        if ready
        else _("I found nothing in your notes that I can ask about. A text in whole sentences works best."),
        Trouble.ALL_ASKED: _("I have asked you all that I can make of these notes."),
        Trouble.LANGUAGE: _("Without an AI I can make quizzes from notes in English and Russian only."),
        Trouble.NOT_INSTALLED: _("Quizzes from notes are not set up here. Ready-made quizzes work: /quiz"),
    }
    return words.get(shortfall, words[OURS])
