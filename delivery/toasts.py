"""The short words that answer a press, 200 characters at most."""

from delivery.words import translations
from quiz.attempt import State


def right(language: str) -> str:
    """The answer was right."""
    return "✅ " + translations(language).gettext("Right!")


def wrong(language: str) -> str:
    """The answer was wrong; the message says what is right."""
    return "❌ " + translations(language).gettext("Wrong. See why below.")


def skipped(language: str) -> str:
    """The question was passed over."""
    return "⏭ " + translations(language).gettext("Skipped")


def selected(language: str, number: int) -> str:
    """How many options are switched on: the message has their letters, and often the buttons have none."""
    _ = translations(language).gettext
    return _("Chosen: {number}").format(number=number) if number else _("Nothing chosen yet")


def changed(language: str) -> str:
    """The selection is not the one that the button showed."""
    _ = translations(language).gettext
    return _("Your choice has changed since. Look again and press Submit.")


def empty(language: str) -> str:
    """Submit was pressed with nothing chosen."""
    return translations(language).gettext("Choose at least one answer first.")


def late(language: str) -> str:
    """The question has been answered or skipped before."""
    return translations(language).gettext("This question is done already. Nothing has changed.")


def closed(language: str, state: State) -> str:
    """The quiz is over, or stopped."""
    _ = translations(language).gettext
    if state is State.STOPPED:
        return _("This quiz is stopped. To go on, press ▶️ further down.")
    return _("This quiz is finished. Send a topic to begin another.")


def not_yours(language: str) -> str:
    """Nobody of this name plays this quiz: somebody else's, or too old."""
    return translations(language).gettext("This quiz is not yours, or it is too old. Send a topic to begin your own.")


def out_of_date(language: str) -> str:
    """The button asks for nothing that can be done."""
    return translations(language).gettext("This button does not work any more. Press a newer one, or send a topic.")


def all_reported(language: str) -> str:
    """Whoever asks for questions again has reported all of them."""
    return translations(language).gettext("You have reported these questions, so I do not ask them again.")


def stopped(language: str) -> str:
    """The quiz was stopped."""
    return translations(language).gettext("Stopped")


def which_topic(language: str) -> str:
    """The question for a topic stands below."""
    return translations(language).gettext("Which topic?")


def going_on(language: str) -> str:
    """The quiz goes on."""
    return translations(language).gettext("Here we go")


def one_at_a_time(language: str) -> str:
    """Another quiz is open in this chat."""
    return translations(language).gettext("Another quiz is open here.")


def saved(language: str) -> str:
    """A setting was changed."""
    return translations(language).gettext("Saved")


def settings(language: str) -> str:
    """The settings are shown below."""
    return translations(language).gettext("Settings are below")


def in_private(language: str) -> str:
    """What is said to a press in a group."""
    return translations(language).gettext("Let us do that in our private chat.")


def still_reading(language: str) -> str:
    """The quiz begins once the notes are read."""
    return translations(language).gettext("I am still reading")


def dropped(language: str) -> str:
    """The notes were given up."""
    return translations(language).gettext("Dropped")


def notes_have_begun(language: str) -> str:
    """The quiz on the notes has begun: their buttons do nothing any more."""
    return translations(language).gettext("The quiz on these notes has begun. It is further down.")


def notes_are_gone(language: str) -> str:
    """The notes are kept no more, or another quiz has begun on them."""
    return translations(language).gettext("These notes are gone. Send them again, or send a topic.")


def deleting(language: str) -> str:
    """Everything about a person is being deleted."""
    return translations(language).gettext("Deleting…")


def deleted(language: str) -> str:
    """What a request to be forgotten was about is deleted; since then there may be more."""
    return translations(language).gettext("That is deleted already. To delete what came since, send /forget.")


def kept(language: str) -> str:
    """Nothing is deleted."""
    return translations(language).gettext("All is kept")
