"""Small questions, attempts and decks that tests build on: each names only what it is about."""

from collections.abc import Mapping, Sequence

from quiz.attempt import Answer, Attempt, PlannedQuestion, State
from quiz.deck import Deck
from quiz.identity import derived_id
from quiz.question import OPTION_IDS, Checked, Kind, Level, Option, Question, Source
from quiz.round import Round, RoundQuestion, RoundSettings, RoundState
from quiz.subjects import Subject

ATTEMPT_ID = derived_id("an attempt")


def a_question(
    stem: str = "Which planet is nearest to the Sun?",
    options: Sequence[str] = ("Mercury", "Venus", "Mars"),
    key: str = "a",
    *,
    id: str = "nearest-planet",  # noqa: A002 - named as in Question
    kind: Kind | None = None,
    explanation: str = "Mercury goes round the Sun at 58 million km.",
    level: Level = Level.RECALL,
    checked: Checked = Checked.PERSON,
    source: Source | None = None,
) -> Question:
    """A question with the options a, b, c …; of several right answers when the key has several letters."""
    return Question(
        id=id,
        revision=1,
        kind=kind or (Kind.SINGLE if len(key) == 1 else Kind.MULTIPLE),
        stem=stem,
        options=tuple(Option(OPTION_IDS[place], text) for place, text in enumerate(options)),
        key=frozenset(key),
        explanation=explanation,
        level=level,
        checked=checked,
        source=source,
    )


def true_or_false(stem: str = "Venus is a star.", *, truth: bool = False) -> Question:
    """A statement to be judged."""
    return a_question(stem, ("True", "False"), "a" if truth else "b", id="a-statement", kind=Kind.TRUE_FALSE)


def planned(question: Question, order: str = "") -> PlannedQuestion:
    """The question with its options in this order, else as written."""
    ids = "".join(option.id for option in question.options)
    return PlannedQuestion(question.id, question.revision, question.kind, order or ids, question.key)


def an_attempt(
    plan: Sequence[Question | PlannedQuestion],
    answers: Mapping[int, str | None] | None = None,
    *,
    state: State | None = None,
    language: str = "en",
    title: str = "Planets",
    took: int = 4000,
    selections: Mapping[int, str] | None = None,
) -> Attempt:
    """An attempt at these questions; `answers` are the option ids chosen at each position, None for skipped."""
    answers = answers or {}
    if state is None:
        state = State.DONE if len(answers) == len(plan) else State.OPEN
    return Attempt(
        id=ATTEMPT_ID,
        chat_id=7,
        language=language,
        quiz="deck.planets.en",
        version="v1",
        title=title,
        level="any",
        origin="origin",
        origin_message=1,
        plan=tuple(one if isinstance(one, PlannedQuestion) else planned(one) for one in plan),
        position=len(answers),
        state=state,
        began=0,
        ended=None if state is State.OPEN else 1,
        answers={
            place: Answer(None if chosen is None else frozenset(chosen), 1, took, f"press {place}", 100 + place)
            for place, chosen in answers.items()
        },
        selections={place: frozenset(chosen) for place, chosen in (selections or {}).items()},
        asked={},
        judged=frozenset(),
        score_message=None,
        claims={},
    )


def a_round(
    plan: Sequence[Question | RoundQuestion],
    settings: RoundSettings | None = None,
    *,
    state: RoundState = RoundState.ASKING,
    position: int = 0,
    players: int = 0,
    language: str = "en",
    title: str = "Planets",
) -> Round:
    """A round of these questions; those before its position are closed, and all of one that is done."""
    questions = tuple(one if isinstance(one, RoundQuestion) else RoundQuestion(planned(one)) for one in plan)
    closed = range(len(questions) if state is RoundState.DONE else position)
    return Round(
        id=derived_id("a round"),
        group=derived_id("a group"),
        chat_id=-7,
        thread=None,
        owner=1,
        quiz="deck.planets.en",
        version="v1",
        title=title,
        language=language,
        plan=questions,
        settings=settings or RoundSettings(),
        together=False,
        state=state,
        position=position,
        turn=5,
        began=0,
        ended=None,
        ending=None,
        players=players,
        opened={},
        closed=dict.fromkeys(closed, 1),
        closes=None,
        until=None,
        starts=None,
        away=0,
        pauses=0,
        messages={},
        claims={},
    )


def a_deck(
    name: str,
    *,
    en: Sequence[str] = (),
    ru: Sequence[str] = (),
    subject: Subject = Subject.OTHER,
    questions: Sequence[Question] | None = None,
    languages: Sequence[str] = ("en", "ru"),
    not_meant: Sequence[str] = (),
) -> Deck:
    """A deck that is found under its name and these, of one question where it is not said of which."""
    asked = (a_question(),) if questions is None else tuple(questions)
    return Deck(
        name=name,
        subject=subject,
        titles=dict.fromkeys(languages, name),
        names={language: tuple(en if language == "en" else ru) for language in languages},
        questions=dict.fromkeys(languages, asked),
        versions=dict.fromkeys(languages, "v1"),
        not_meant=tuple(not_meant),
    )
