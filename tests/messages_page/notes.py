"""What students see of a quiz on their own notes, and of being forgotten, made by `delivery` as it would be."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from delivery import messages, toasts
from delivery.errors import BUDGET
from delivery.forget import deleted_screen, forget_screen, forgetting_screen, forgotten_screen, kept_screen
from delivery.notes import LINES, begun_screen, dropped_screen, not_there_screen, notes_screen, notes_title
from delivery.progress import Progress, waiting_screen
from delivery.question import asked_screen, verdict_screen
from delivery.refusals import FULL, NOT_DELIVERED, NOT_READ, OURS
from delivery.report import nothing_to_report, reported_screen, thanks
from delivery.score import score_screens
from delivery.screen import Screen
from delivery.words import LANGUAGES
from generation.sources.fetch import PageReason
from generation.sources.refusal import Reason
from quiz.attempt import Notes, State, Writing
from quiz.collection import MOST_PARTS, Collection, Part, PartKind, Reading, Stage
from quiz.identity import derived_id
from quiz.material import Evidence, Place, PlaceKind
from quiz.question import Checked
from quiz.reported import Whence
from tests.messages_page import phone
from tests.messages_page.scenes import Scene
from tests.samples import a_question, an_attempt

ID = derived_id("notes")
FILES = (
    Reading(words=3400, places=12, counted_in=PlaceKind.PAGE),
    Reading(words=1, places=1, counted_in=PlaceKind.PAGE),
    Reading(words=2, places=2, counted_in=PlaceKind.SLIDE),
    Reading(words=12, places=1, counted_in=PlaceKind.SLIDE),
    Reading(words=50_000, places=3, counted_in=PlaceKind.PAGE, whole=False),
    Reading(words=400, places=25, counted_in=PlaceKind.SLIDE),
)
PICTURED = (
    Reading(words=3400, places=12, counted_in=PlaceKind.PAGE, pictured=(3, 5, 6, 7)),
    Reading(words=210, places=2, counted_in=PlaceKind.PAGE, pictured=(2,)),
)
OF_READING = (NOT_DELIVERED, NOT_READ, BUDGET, OURS, FULL)
HEADING = {"en": "Chapter 2", "ru": "Глава 2"}
QUOTE = {"en": "Magma is molten rock below the surface.", "ru": "Магма — это расплавленная порода в недрах."}
TOASTS = {
    "Done, while something is still being read": toasts.still_reading,
    "Cancel": toasts.dropped,
    "A button of notes whose quiz has begun": toasts.notes_have_begun,
    "A button of notes that are gone": toasts.notes_are_gone,
    "Yes, delete everything": toasts.deleting,
    "No, keep it": toasts.kept,
}


def sent() -> list[Scene]:
    """From the first file to the quiz."""
    first, last = _collection(FILES[:1]), _collection(FILES)
    full = replace(
        _collection([FILES[0]] * (LINES + 2)),
        only=True,
        tells_known=True,
        sent=MOST_PARTS + 7,
        left_out=dict.fromkeys(range(31, 38), "b.pdf"),
    )
    pictures = _collection([Reading(words=120)] * 7 + [Reading(refused=NOT_READ)] * 2, kind=PartKind.PICTURE, name="")
    being_read = replace(last, read={1: FILES[0]})
    refused = _collection([Reading(refused=Reason.PICTURE)], kind=PartKind.PICTURE, name="")
    return [
        _scene("/notes", _of(_collection([]))),
        _scene("/notes chapter 2", _of(replace(_collection([]), focus=HEADING["en"]))),
        _scene("A file, which is read", _of(first)),
        _scene("Files of which some pages are scans", _of(_collection(PICTURED))),
        _scene("Several, that are still being read", _of(being_read)),
        _scene("They are read; the student has written what to ask about", _of(replace(last, focus=HEADING["en"]))),
        _scene("Where a model tells what is known anyway", _of(replace(first, tells_known=True))),
        _scene("That is left out, and there are very many of them", _of(full)),
        _scene("Photos, where a model reads them", _of(pictures)),
        _scene("Done, while something is still being read", _of(replace(being_read, stage=Stage.DONE))),
        _scene("A picture, and nothing else", _of(refused)),
        _scene("The quiz has begun", lambda language: begun_screen(replace(first, language=language))),
        _scene("What was to be asked about is not there", _lacking(all_instead=True)),
        _scene("Some of it is", _lacking(all_instead=False)),
        _scene("Cancel, or /stop", dropped_screen),
        _scene("A sticker, a voice message", messages.only_text),
        *(_toast(f"{title}: the toast", words) for title, words in TOASTS.items()),
    ]


def refusals() -> list[Scene]:
    """What cannot be read, and why."""
    return [
        _scene("Files", _of(_collection([Reading(refused=one) for one in Reason]))),
        _scene(
            "Files and pictures that could not be read just now",
            _of(_collection([Reading(refused=one) for one in OF_READING])),
        ),
        _scene("Pages", _of(_pages([*PageReason][: LINES // 2]))),
        _scene("And more of them", _of(_pages([*PageReason][LINES // 2 :]))),
    ]


def answers() -> list[Scene]:
    """Answered questions with their evidence, in every kind of source; and the score."""
    kinds = [*PlaceKind]
    return [
        _scene("The quiz is being made", _waiting),
        *(_scene(f"The evidence: a {kind}", _verdict(kind, heading=not place)) for place, kind in enumerate(kinds)),
        _scene("The first question, where common knowledge was to be left out and no model can be reached", _by_rules),
        _scene("The score", _score),
    ]


def reports() -> list[Scene]:
    """A mistake in a question, by the button under it and by /report."""
    toasts_of = {
        "A mistake in a question of a deck: the toast": Whence.DECK,
        "A mistake in a question on one's own notes: the toast": Whence.NOTES,
    }
    return [
        *(_toast(title, partial(thanks, whence)) for title, whence in toasts_of.items()),
        _scene("/report", lambda language: reported_screen(a_question().stem, Whence.DECK, language)),
        _scene("/report, before the first answer", nothing_to_report),
        _toast("Again, and all of the questions were reported: the toast", toasts.all_reported),
    ]


def forgetting() -> list[Scene]:
    """/forget."""
    return [
        _scene("/forget", lambda language: forget_screen(ID, language)),
        _scene("Yes, delete everything", forgetting_screen),
        _scene("It is done", forgotten_screen),
        _scene("Yes, pressed once more", deleted_screen),
        _scene("No, keep it", kept_screen),
    ]


def _scene(title: str, screen: Callable[[str], Screen]) -> Scene:
    return Scene(title, {language: [phone.screen(screen(language))] for language in LANGUAGES})


def _toast(title: str, words: Callable[[str], str]) -> Scene:
    return Scene(title, {language: [phone.words(words(language))] for language in LANGUAGES})


def _lacking(*, all_instead: bool) -> Callable[[str], Screen]:
    return lambda language: not_there_screen(language, [HEADING[language]], all_instead=all_instead)


def _of(collection: Collection) -> Callable[[str], Screen]:
    return lambda language: notes_screen(replace(collection, language=language))


def _collection(
    readings: Sequence[Reading], *, kind: PartKind = PartKind.FILE, name: str = "lecture.pdf"
) -> Collection:
    return Collection(
        id=ID,
        chat_id=7,
        language="en",
        stage=Stage.OPEN,
        version=1,
        shown=0,
        round=0,
        last=9,
        status=None,
        parts={number: Part(kind, "", name) for number, _ in enumerate(readings, 1)},
        read=dict(enumerate(readings, 1)),
    )


def _pages(reasons: Sequence[PageReason]) -> Collection:
    return _collection([Reading(refused=one) for one in reasons], kind=PartKind.PAGE, name="example.org/page")


def _verdict(kind: PlaceKind, *, heading: bool) -> Callable[[str], Screen]:
    def screen(language: str) -> Screen:
        place = Place(kind, 4, HEADING[language] if heading else "")
        asked = a_question(explanation="", checked=Checked.RULES)
        question = replace(asked, evidence=Evidence(QUOTE[language], place), common_knowledge=heading)
        return verdict_screen(an_attempt([question], {0: "a"}, language=language, title="lecture.pdf"), 0, question)

    return screen


def _by_rules(language: str) -> Screen:
    question = replace(a_question(), checked=Checked.RULES)
    attempt = replace(an_attempt([question], language=language, title="lecture.pdf"), notes=Notes(ID, only=True))
    return asked_screen(attempt, 0, {question.id: question})


def _waiting(language: str) -> Screen:
    attempt = replace(
        an_attempt([], language=language), notes=Notes(ID), writing=Writing(10, language, is_open=True, shortfall="")
    )
    return waiting_screen(attempt, Progress(ready=0))


def _score(language: str) -> Screen:
    question = a_question()
    attempt = an_attempt([question], {0: "a"}, state=State.DONE, language=language, took=42_000)
    title = notes_title(replace(_collection(FILES[:3]), language=language))
    (screen,) = score_screens(replace(attempt, title=title, notes=Notes(ID)), {question.id: question})
    return screen
