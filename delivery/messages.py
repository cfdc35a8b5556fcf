"""Everything else the bot says in a message of its own."""

from delivery.buttons import (
    MOST_COUNT,
    AnotherTopic,
    OpenSettings,
    Replace,
    Resume,
    SetCount,
    SetLanguage,
    SetLevel,
    Stop,
)
from delivery.keyboard import Keyboard, KeyboardButton
from delivery.markup import as_typed, isolate, to_html
from delivery.question import button
from delivery.screen import Screen
from delivery.words import LANGUAGES, translations
from quiz.attempt import Attempt
from quiz.languages import own_name
from quiz.question import Level
from quiz.topics import MAX_TOPIC

COUNTS_IN_A_ROW = 5


def refused_topic(language: str) -> Screen:
    """What is said to a topic that no quiz is written on."""
    _ = translations(language).gettext
    return Screen(_("I do not write quizzes on this topic. Please send another one."))


def invalid_topic(language: str) -> Screen:
    """What is said to a text that cannot be a topic."""
    _ = translations(language).gettext
    text = _(
        "Please send the topic in one line: a word or a few, {most} characters at most. For example: photosynthesis"
    )
    return Screen(text.format(most=MAX_TOPIC))


def only_text(language: str) -> Screen:
    """What is said to a sticker, a voice message and the like."""
    _ = translations(language).gettext
    return Screen(_("I read text, documents and links only. Send a topic, for example: photosynthesis"))


def no_such_level(title: str, language: str) -> Screen:
    """What is said when a deck has no question of the level that a person's settings ask for."""
    _ = translations(language).gettext
    text = _("“{title}” has no questions at your level. Choose another level:")
    keyboard = Keyboard([[button("⚙️ " + _("Settings"), OpenSettings())]])
    return Screen(text.format(title=as_typed(title)), keyboard)


def fewer_questions(available: int, wanted: int, language: str) -> Screen:
    """An honest line when a quiz is shorter than the settings ask for."""
    text = translations(language).ngettext(
        "This topic has only {available} question for your settings, not {wanted}.",
        "This topic has only {available} questions for your settings, not {wanted}.",
        available,
    )
    return Screen(text.format(available=available, wanted=wanted))


def busy(attempt: Attempt, wanted: str, dialog: str, language: str) -> Screen:
    """The question whether to leave the quiz that is open for another one."""
    _ = translations(language).gettext
    text = _("You are at question {number} of {total} in “{title}”.\n\nStop it and start “{wanted}”?").format(
        number=min(attempt.position + 1, attempt.total),
        total=attempt.total,
        title=as_typed(attempt.title),
        wanted=to_html(isolate(wanted)),
    )
    rows = [
        [button("▶️ " + _("Go on with this one"), Resume(attempt.id))],
        [button("⏹ " + _("Stop it and start the new one"), Replace(attempt.id, dialog))],
    ]
    return Screen(text, Keyboard(rows))


def still_open(attempt: Attempt, language: str) -> Screen:
    """What /start says while a quiz is open: where one is, and the ways on."""
    _ = translations(language).gettext
    text = _("You are at question {number} of {total} in “{title}”.\n\nGo on, or send another topic.").format(
        number=min(attempt.position + 1, attempt.total),
        total=attempt.total,
        title=as_typed(attempt.title),
    )
    rows = [
        [button("▶️ " + _("Go on with this one"), Resume(attempt.id))],
        [button("⏹ " + _("Stop"), Stop(attempt.id))],
    ]
    return Screen(text, Keyboard(rows))


def finish_first(attempt: Attempt, language: str) -> Screen:
    """What is said to one who begins a quiz again while another one is open."""
    _ = translations(language).gettext
    text = _("“{title}” is open. Finish it first, or /stop it.").format(title=as_typed(attempt.title))
    keyboard = Keyboard([[button("▶️ " + _("Go on with this one"), Resume(attempt.id))]])
    return Screen(text, keyboard)


def replaced(attempt: Attempt, language: str) -> Screen:
    """What is left of the question above once the open quiz was stopped for another."""
    _ = translations(language).gettext
    text = _("Stopped “{title}” after {answered} of {total} questions.").format(
        title=as_typed(attempt.title), answered=len(attempt.answers), total=attempt.total
    )
    return Screen(text, Keyboard([[button("▶️ " + _("Go back to it"), Resume(attempt.id))]]))


def press_a_button(attempt: Attempt, language: str) -> Screen:
    """What is said to “B”, “B) in the leaf”, “2” or “stop” while a quiz is open: an answer is a press of a button."""
    _ = translations(language).gettext
    rows = [[button("⏹ " + _("Stop"), Stop(attempt.id))]]
    if attempt.is_waiting:
        text = _("There is nothing to answer yet: the next question is on its way.")
    else:
        text = _("Please answer with the buttons under the question.")
        rows.insert(0, [button("▶️ " + _("Show the question again"), Resume(attempt.id))])
    return Screen(text, Keyboard(rows))


def nothing_to_stop(language: str) -> Screen:
    """What /stop says when no quiz is open."""
    _ = translations(language).gettext
    return Screen(_("No quiz is open here. Send a topic to begin one."))


def play_in_private(link: str, language: str) -> Screen:
    """What is said in a group, where a quiz of one's own has no place."""
    _ = translations(language).gettext
    keyboard = Keyboard([[KeyboardButton(_("Open the private chat"), url=link)]])
    return Screen(
        _("Here an administrator begins a round for all: /quiz and a topic. By yourself you can play in private:"),
        keyboard,
    )


def help_text(language: str) -> Screen:
    """What the bot can do, command by command."""
    _ = translations(language).gettext
    text = _(
        "Send me a topic, for example: photosynthesis\n\n"
        "Or send your own notes: text, a PDF, Word or PowerPoint file, a link.\n\n"
        "After each answer you see what is right, why, and the source.\n\n"
        "In a group an administrator begins a round for all: /quiz and a topic.\n\n"
        "/quiz — begin a quiz\n"
        "/notes — a quiz from your notes\n"
        "/stop — stop; you can go on later\n"
        "/report — a mistake in the last question\n"
        "/settings — length, level, language\n"
        "/forget — delete everything I keep about you\n"
        "/help — this text"
    )
    return Screen(text)


def settings_screen(count: int, level: Level | None, chosen: str | None, language: str) -> Screen:
    """The settings, each possible value a button, the one in force marked."""
    _ = translations(language).gettext
    text = "\n".join(
        [
            "<b>" + _("Settings") + "</b>",
            _("Questions in a quiz: <b>{count}</b>").format(count=count),
            _("Level: <b>{level}</b>").format(level=level_names(language)[level]),
            _("Language: <b>{language}</b>").format(language=own_name(chosen) if chosen else _("same as Telegram")),
        ]
    )
    counts = [button(_marked(str(number), on=number == count), SetCount(number)) for number in range(1, MOST_COUNT + 1)]
    levels = [button(_marked(name, on=one == level), SetLevel(one)) for one, name in _level_labels(language).items()]
    languages = [
        button(_marked(name, on=code == chosen), SetLanguage(code))
        for code, name in [(None, _("same as Telegram")), *((code, own_name(code)) for code in LANGUAGES)]
    ]
    rows = [counts[start : start + COUNTS_IN_A_ROW] for start in range(0, len(counts), COUNTS_IN_A_ROW)]
    rows += [levels[:2], levels[2:], languages[:1], languages[1:]]
    return Screen(text, Keyboard(rows))


def level_names(language: str) -> dict[Level | None, str]:
    """What the levels are called, with what each asks of a student."""
    _ = translations(language).gettext
    return {
        None: _("any"),
        Level.RECALL: _("easy (recall)"),
        Level.UNDERSTANDING: _("medium (understand)"),
        Level.APPLICATION: _("hard (apply)"),
    }


def after_trouble(language: str) -> Screen:
    """What a person is told whose message or press could not be handled."""
    _ = translations(language).gettext
    text = _("Sorry, something went wrong on my side. Your answers are safe. Please try again, or choose a topic:")
    return Screen(text, Keyboard([[button("💡 " + _("Choose a topic"), AnotherTopic())]]))


def _level_labels(language: str) -> dict[Level | None, str]:
    """The same in a word each, for two buttons in a row."""
    _ = translations(language).gettext
    return {
        None: _("any"),
        Level.RECALL: _("easy"),
        Level.UNDERSTANDING: _("medium"),
        Level.APPLICATION: _("hard"),
    }


def _marked(label: str, *, on: bool) -> str:
    return f"• {label} •" if on else label
