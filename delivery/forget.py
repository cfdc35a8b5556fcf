"""What is said of deleting everything that is kept of a person."""

from delivery import toasts
from delivery.buttons import Forget, KeepAll
from delivery.keyboard import Keyboard
from delivery.question import button
from delivery.screen import Screen
from delivery.words import translations


def forget_screen(request: str, language: str) -> Screen:
    """The question whether to delete everything, which says what that is."""
    _ = translations(language).gettext
    text = _(
        "🗑 <b>Delete everything I keep about you?</b>\n\n"
        "• your quizzes, with answers and scores\n"
        "• the notes that you sent, and the questions made from them\n"
        "• your settings\n\n"
        "This cannot be undone. Backups that whoever runs me has made are not touched."
    )
    rows = [
        [button("🗑 " + _("Yes, delete everything"), Forget(request))],
        [button("✖️ " + _("No, keep it"), KeepAll())],
    ]
    return Screen(text, Keyboard(rows))


def forgetting_screen(language: str) -> Screen:
    """What stands there while it is deleted."""
    return Screen(translations(language).gettext("🗑 Deleting everything I keep about you…"))


def forgotten_screen(language: str) -> Screen:
    """What is said once all is deleted."""
    _ = translations(language).gettext
    return Screen(_("Done. I keep nothing about you any more.\n\nIf you want to play again, just send a topic."))


def deleted_screen(language: str) -> Screen:
    """What stands there for who asks once more."""
    return Screen(toasts.deleted(language))


def kept_screen(language: str) -> Screen:
    """What stands there when nothing is to be deleted."""
    return Screen(translations(language).gettext("Nothing was deleted."))
