"""The choice of a topic: subjects first, then the topics of one; and what is offered where there is no deck."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from delivery.buttons import AllTopics, OpenSettings, PlayDeck, TopicsOf
from delivery.keyboard import Keyboard, KeyboardButton
from delivery.markup import as_typed
from delivery.question import button
from delivery.screen import Screen
from delivery.words import LANGUAGES, translations
from quiz.description import Description
from quiz.subjects import Subject
from quiz.topic_search import TopicIndex

IN_A_ROW = 2
TOPICS_ON_A_SCREEN = 8
SIGNS = {
    Subject.MATHEMATICS: "📐",
    Subject.PHYSICS: "🧲",
    Subject.CHEMISTRY: "🧪",
    Subject.BIOLOGY: "🌱",
    Subject.ASTRONOMY: "🪐",
    Subject.GEOGRAPHY: "🌍",
    Subject.HISTORY: "🏛",
    Subject.LANGUAGES: "💬",
    Subject.ARTS: "🎨",
    Subject.COMPUTING: "💻",
    Subject.EVERYDAY_LIFE: "🏠",
    Subject.OTHER: "📚",
}


@dataclass(frozen=True, slots=True)
class Offer:
    """What a person can choose from: the subjects there are, and a deck that chance chose for them."""

    subjects: Sequence[Subject]
    surprise: Description


def welcome(offer: Offer, language: str) -> Screen:
    """The first words to a person, with quizzes to begin at once."""
    _ = translations(language).gettext
    text = _(
        "Hi! Name a topic and a quiz begins at once: one question at a time, and after each answer you see "
        "what is right, why, and the source.\n\nOr send me your own notes: text, a file or a link.\n\n"
        "Send a topic, or choose a subject:"
    )
    return Screen(text, Keyboard(_subjects(offer, language)))


def dead_link(offer: Offer, language: str) -> Screen:
    """The first words to a person whose link names a deck that there is not, or not any more."""
    _ = translations(language).gettext
    text = _("Hi! The link that brought you here leads to no quiz any more.\n\nSend a topic, or choose a subject:")
    return Screen(text, Keyboard(_subjects(offer, language)))


def ask_topic(offer: Offer, language: str) -> Screen:
    """What a person is asked who wants a quiz and has not said on what."""
    _ = translations(language).gettext
    text = _("What is the quiz about? Send a topic, or choose a subject:")
    return Screen(text, Keyboard(_subjects(offer, language)))


def topics(subject: Subject, decks: Sequence[Description], page: int, language: str) -> Screen:
    """The topics of a subject, some on each page, and the way back; a page that there is not is the last one."""
    _ = translations(language).gettext
    last = max(0, len(decks) - 1) // TOPICS_ON_A_SCREEN
    page = min(page, last)
    first = page * TOPICS_ON_A_SCREEN
    rows = [[_play(deck, language)] for deck in decks[first : first + TOPICS_ON_A_SCREEN]]
    turning = [button("◀️", TopicsOf(subject, page - 1))] if page > 0 else []
    turning += [button("▶️", TopicsOf(subject, page + 1))] if page < last else []
    rows += [turning] if turning else []
    rows.append([button("⬅️ " + _("All subjects"), AllTopics())])
    return Screen(f"<b>{_called(subject, language)}</b>\n\n" + _("Choose a topic:"), Keyboard(rows))


def no_deck(topic: str, near: Sequence[Description], offer: Offer, language: str) -> Screen:
    """The honest answer to a topic that there are no questions on, with what comes nearest to it, or all there is."""
    _ = translations(language).gettext
    text = _("I have no questions on “{topic}” yet.").format(topic=as_typed(topic))
    if not near:
        return Screen(text + "\n\n" + _("Ready to play:"), Keyboard(_subjects(offer, language)))
    rows = [[_play(deck, language)] for deck in near]
    rows.append([button("⬅️ " + _("All subjects"), AllTopics())])
    return Screen(text + "\n\n" + _("Perhaps one of these:"), Keyboard(rows))


def subject_called(topic: str) -> Subject | None:
    """The subject that a topic names in one of the bot's languages, a small typo or ending allowed; else None."""
    match = _subject_index().find(topic, LANGUAGES[0])
    return match.deck.subject if match else None


@cache
def _subject_index() -> TopicIndex:
    """The names of subjects, to be looked up as those of decks are."""
    return TopicIndex(
        Description(
            name=subject,
            subject=subject,
            titles={language: subject_names(language)[subject] for language in LANGUAGES},
            names=dict.fromkeys(LANGUAGES, ()),
        )
        for subject in Subject
        if subject is not Subject.OTHER
    )


def subject_names(language: str) -> dict[Subject, str]:
    """What the subjects are called."""
    _ = translations(language).gettext
    return {
        Subject.MATHEMATICS: _("Mathematics"),
        Subject.PHYSICS: _("Physics"),
        Subject.CHEMISTRY: _("Chemistry"),
        Subject.BIOLOGY: _("Biology"),
        Subject.ASTRONOMY: _("Astronomy"),
        Subject.GEOGRAPHY: _("Geography"),
        Subject.HISTORY: _("History"),
        Subject.LANGUAGES: _("Languages"),
        Subject.ARTS: _("Arts"),
        Subject.COMPUTING: _("Computing"),
        Subject.EVERYDAY_LIFE: _("Everyday life"),
        Subject.OTHER: _("Other topics"),
    }


def _called(subject: Subject, language: str) -> str:
    return f"{SIGNS[subject]} {subject_names(language)[subject]}"


def _subjects(offer: Offer, language: str) -> list[list[KeyboardButton]]:
    _ = translations(language).gettext
    subjects = [button(_called(subject, language), TopicsOf(subject, 0)) for subject in offer.subjects]
    rows = [subjects[first : first + IN_A_ROW] for first in range(0, len(subjects), IN_A_ROW)]
    surprise = PlayDeck(offer.surprise.name, offer.surprise.language_for(language))
    return [
        *rows,
        [button("🎲 " + _("Surprise me"), surprise)],
        [button("⚙️ " + _("How many and how hard"), OpenSettings())],
    ]


def _play(deck: Description, language: str) -> KeyboardButton:
    spoken = deck.language_for(language)
    return button(deck.titles[spoken], PlayDeck(deck.name, spoken))
