"""The commands that Telegram offers while a person types."""

from delivery.words import translations


def command_list(language: str, *, private: bool) -> list[tuple[str, str]]:
    """Each command with what it does, for private chats or for groups."""
    _ = translations(language).gettext
    help_ = ("help", _("what I can do"))
    if not private:
        return [
            ("quiz", _("begin a round on a topic")),
            ("stop", _("end the round")),
            ("score", _("who is where")),
            help_,
        ]
    return [
        ("quiz", _("begin a quiz on a topic")),
        ("notes", _("a quiz from your own notes")),
        ("stop", _("stop; you can go on later")),
        ("report", _("report a mistake in the last question")),
        ("settings", _("length, level, language")),
        ("forget", _("delete everything I keep about you")),
        help_,
    ]
