"""The lobby of a live round: what will be played, who is ready, and how it is set."""

import math
from collections.abc import Sequence

from delivery.keyboard import Keyboard, KeyboardButton
from delivery.markup import as_typed
from delivery.question import button, in_rows
from delivery.round_buttons import Lead, OpenLobby, Ready, RoundButton, SetRound
from delivery.screen import Screen
from delivery.words import translations
from quiz.round import CHOICES, Absence, Control, Mode, Points, Round

MINUTE_MS = 60_000
LABELS_IN_A_ROW = 4
SHORT_CHOICES = {"seconds": 3, "count": 3, "quorum": 3, "starts": 3, "mode": 2, "absence": 2}
"""Choices that are numbers or one word, and how many of them fit beside each other; each of the others has a row."""


def lobby_screen(one: Round, now: int) -> Screen:
    """The round that is to begin; `now` is the time from which minutes are counted."""
    _ = translations(one.language).gettext
    lines = [f"🎓 <b>{as_typed(one.title)}</b>", _played(one), _counted(one)]
    lines += [_poll_note(one)] if one.settings.mode is Mode.POLLS else [_answers(one)]
    if one.settings.quorum:
        lines.append(_("Begins as soon as {number} are ready.").format(number=one.settings.quorum))
    if one.starts:
        minutes = max(1, math.ceil((one.starts - now) / MINUTE_MS))
        lines.append(_("Begins in {minutes} min.").format(minutes=minutes))
    parts = ["\n".join(lines), _("Want to play? Press “I am ready”.")]
    if one.away:
        parts.insert(0, away_line(one))
    rows: list[list[tuple[str, RoundButton]]] = [
        [("✋ " + _("I am ready"), Ready(one.id))],
        [("▶️ " + _("Start now"), Lead(one.id, Control.START, 0))],
        [
            ("⚙️ " + _("Settings"), OpenLobby(one.id, settings=True)),
            ("✖️ " + _("Call it off"), Lead(one.id, Control.STOP, 0)),
        ],
    ]
    return Screen("\n\n".join(parts), _keyboard(rows))


def lobby_settings_screen(one: Round, now: int) -> Screen:
    """How the round is set; each value a button, the one in force marked."""
    _ = translations(one.language).gettext
    chosen = {
        "seconds": str(one.settings.seconds),
        "count": str(one.settings.count),
        "points": one.settings.points,
        "change": str(int(one.settings.change)),
        "mode": one.settings.mode,
        "quorum": str(one.settings.quorum),
        "starts": str(math.ceil((one.starts - now) / MINUTE_MS)) if one.starts else "0",
        "absence": one.settings.absence,
    }
    names = _names(one.language)
    labels = {
        "seconds": _("For each question"),
        "count": _("Questions at most"),
        "points": _("Points"),
        "change": _("Answers"),
        "mode": _("Asked by"),
        "quorum": _("Begins with so many ready"),
        "starts": _("Begins in"),
        "absence": _("If I am cut off for over 10 min"),
    }
    said = {name: names[name].get(value, value) for name, value in chosen.items()}
    said |= {name: _("not set") for name in ("quorum", "starts") if chosen[name] == "0"}
    values = [f"{label}: <b>{said[name]}</b>" for name, label in labels.items()]
    text = "\n".join([f"⚙️ <b>{as_typed(one.title)}</b>", *values])
    rows: list[list[KeyboardButton]] = []
    for name, values in CHOICES.items():
        buttons = [
            button(_marked(names[name][value], on=value == chosen[name]), SetRound(one.id, name, value))
            for value in values
        ]
        rows += in_rows(buttons, SHORT_CHOICES.get(name, 1))
    rows.append([button("✅ " + _("Done"), OpenLobby(one.id, settings=False))])
    return Screen(text, Keyboard(rows))


def away_line(one: Round) -> str:
    """That the bot was away, and for how long."""
    _ = translations(one.language).gettext
    minutes = max(1, round(one.away / MINUTE_MS))
    return _("⚠️ I was cut off for {minutes} min. Sorry!").format(minutes=minutes)


def _played(one: Round) -> str:
    _ = translations(one.language).gettext
    return _("Questions: {number} · {seconds} s for each").format(number=one.total, seconds=one.settings.seconds)


def _counted(one: Round) -> str:
    _ = translations(one.language).gettext
    if one.settings.points is Points.FALLING:
        return _("The sooner a right answer comes, the more points.")
    return _("A point for each right answer; of the same points the faster is first.")


def _answers(one: Round) -> str:
    _ = translations(one.language).gettext
    if one.settings.change:
        return _("You can change your answer until the time is up.")
    return _("Your first answer counts.")


def _poll_note(one: Round) -> str:
    _ = translations(one.language).gettext
    return _("Asked by polls: your first answer counts, and everybody sees it.")


def _names(language: str) -> dict[str, dict[str, str]]:
    _ = translations(language).gettext
    minutes = {value: f"{value} " + _("min") for value in CHOICES["starts"]}
    return {
        "seconds": {value: f"{value} " + _("s") for value in CHOICES["seconds"]},
        "count": {value: value for value in CHOICES["count"]} | {"0": _("all")},
        "points": {Points.PLAIN: _("1 point each"), Points.FALLING: _("faster = more")},
        "change": {"1": _("can be changed"), "0": _("first counts")},
        "mode": {Mode.BUTTONS: _("buttons"), Mode.POLLS: _("polls")},
        "quorum": {value: f"👥{value}" for value in CHOICES["quorum"]} | {"0": "👥–"},
        "starts": minutes | {"0": "⏰–"},
        "absence": {Absence.END: _("end"), Absence.GO_ON: _("go on")},
    }


def _marked(label: str, *, on: bool) -> str:
    return f"• {label} •" if on else label


def _keyboard(rows: Sequence[Sequence[tuple[str, RoundButton]]]) -> Keyboard:
    return Keyboard([[button(label, carries) for label, carries in row] for row in rows])


def which_topic(language: str) -> Screen:
    """An administrator asks for a round on nothing."""
    _ = translations(language).gettext
    return Screen(_("On which topic? Write it behind the command, for example: <code>/quiz solar system</code>"))


def no_such_quiz(topic: str, near: Sequence[str], language: str) -> Screen:
    """There is no quiz that lies ready on a topic; those that come nearest."""
    _ = translations(language).gettext
    text = _("I have no quiz ready on “{topic}”.").format(topic=as_typed(topic))
    if near:
        text += "\n\n" + _("Perhaps one of these:") + "".join(f"\n<code>/quiz {as_typed(one)}</code>" for one in near)
    return Screen(text)


def already_open(title: str, language: str) -> Screen:
    """Another round is open in the group."""
    _ = translations(language).gettext
    return Screen(_("The round “{title}” is open here. /stop ends it.").format(title=as_typed(title)))


def no_round(language: str) -> Screen:
    """No round was begun here."""
    _ = translations(language).gettext
    return Screen(_("No round is open here. An administrator begins one: /quiz and a topic."))


def leaders_only(language: str) -> Screen:
    """Who wrote may not end the round."""
    _ = translations(language).gettext
    return Screen(_("Only who began the round, or an administrator, can end it."))


def telegram_is_silent(language: str) -> Screen:
    """Telegram did not say whether somebody is an administrator."""
    _ = translations(language).gettext
    return Screen(_("Telegram does not answer just now. Please send that once more in a moment."))
