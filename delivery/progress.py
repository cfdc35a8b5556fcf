"""What a student sees while the next question is still being written."""

from dataclasses import dataclass

from delivery.buttons import Stop
from delivery.keyboard import Keyboard
from delivery.markup import as_typed
from delivery.question import button
from delivery.screen import Screen
from delivery.words import translations
from quiz.attempt import Attempt


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the writing is: questions that are ready, and drafts that are being checked."""

    ready: int
    checking: int = 0


def waiting_screen(attempt: Attempt, progress: Progress) -> Screen:
    """That the next question is on its way, and how far the quiz is; no question that was not checked is shown."""
    _ = translations(attempt.language).gettext
    if attempt.position == 0 and attempt.notes:
        # With or without a model: that every answer is checked a second time holds of a model's only.
        text = _(
            "✍️ Making a quiz from your notes…\n\nYou see only the questions whose answer stands there, with its place."
        )
    elif attempt.position == 0:
        text = _(
            "✍️ Writing your quiz on “{title}”…\n\nEvery answer is checked a second time. You see only the questions "
            "that pass."
        ).format(title=as_typed(attempt.title))
    else:
        text = _("✍️ The next question is on its way…")
    status = _("Ready: {ready} of {total}").format(ready=progress.ready, total=attempt.total)
    if progress.checking:
        status += " · " + _("being checked: {number}").format(number=progress.checking)
    keyboard = Keyboard([[button("⏹ " + _("Stop"), Stop(attempt.id))]])
    return Screen(f"{text}\n\n<i>{status}</i>", keyboard)
