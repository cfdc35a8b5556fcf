"""The short words that answer a press in a live round, 200 characters at most; none says what is right."""

from collections.abc import Sequence

from delivery.words import translations

LONGEST = 150


def taken(language: str, chosen: Sequence[str], *, change: bool) -> str:
    """What stands as an answer now: the letters or texts of the options."""
    _ = translations(language).gettext
    if not chosen:
        return _("You have taken your answer back.")
    answer = "; ".join(chosen)
    answer = answer if len(answer) <= LONGEST else answer[: LONGEST - 1] + "…"
    return ("✍️ " if change else "✔️ ") + _("Taken: {answer}").format(answer=answer)


def final(language: str) -> str:
    """An answer was given before, and no other is taken."""
    return translations(language).gettext("Your first answer counts. It is taken.")


def late(language: str) -> str:
    """The question is closed."""
    return translations(language).gettext("Time is up for this question.")


def paused(language: str) -> str:
    """The round is paused."""
    return translations(language).gettext("We have paused. Wait for the round to go on.")


def over(language: str) -> str:
    """The round is over."""
    return translations(language).gettext("This round is over.")


def ready(language: str, players: int) -> str:
    """Somebody plays; so many are ready."""
    return translations(language).gettext("You are in! Ready: {players}").format(players=players)


def joined(language: str) -> str:
    """Somebody plays from the middle of a round on."""
    return translations(language).gettext("You are in! The round is running: answer the newest question.")


def for_leaders(language: str) -> str:
    """Only who began the round, or an administrator, can do that."""
    return translations(language).gettext("Only who began the round, or an administrator, can do that.")


def done(language: str) -> str:
    """It is done as it was asked for."""
    return translations(language).gettext("Done")


def outdated(language: str) -> str:
    """The round is further on than the message that was pressed."""
    return translations(language).gettext("The round is further on. Press under the newest message.")


def gone(language: str) -> str:
    """There is no such round here."""
    return translations(language).gettext("This round is not kept any more.")


def cannot_ask_telegram(language: str) -> str:
    """Telegram did not say whether somebody is an administrator."""
    return translations(language).gettext("Telegram does not answer. Please press again.")


def too_fast(language: str, seconds: int) -> str:
    """The limits of sending in a group allow no such pace."""
    _ = translations(language).gettext
    return _("Telegram would not let me send that fast. Choose {seconds} s or more.").format(seconds=seconds)
