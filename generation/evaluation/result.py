"""What `quizbot eval` keeps: every question delivered and every draft dropped, as JSON that it reads back itself."""

from pydantic import BaseModel, ConfigDict, ValidationError

from generation.request import Draft
from quiz.material import Evidence, Place, PlaceKind
from quiz.question import OPTION_IDS, Checked, InvalidQuestion, Kind, Level, Option, Question

FORM = 1


class NoResult(ValueError):
    """A text that is no result of `quizbot eval`; the message says in a line what is the matter."""


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True)


class PlaceOf(_Record):
    """Where evidence stands: page 4, under these headings."""

    kind: str
    number: int
    heading: str


class Asking(_Record):
    """A question as it was written: its options in the order in which they are kept, the key as places from 0."""

    kind: str
    question: str
    options: list[str]
    key: list[int]
    level: str
    explanation: str
    evidence: str | None
    place: PlaceOf | None


class Answered(_Record):
    """What the independent solver said: the places of the options it holds right, None where it gave no answer."""

    agrees: bool
    said: list[int] | None


class Delivered(Asking):
    """A question that a student would get."""

    id: str
    passage: str | None
    """The passage of the source that the evidence stands in."""
    checked: str
    checks: list[str]
    model: str
    prompt: str
    common_knowledge: bool | None
    seconds: float
    """Since the quiz was asked for."""
    flaws: list[str]
    with_source: Answered | None = None
    without_source: Answered | None = None

    def to_question(self) -> Question:
        """The question that the measures are taken of; raises `InvalidQuestion`."""
        place = self.place and Place(PlaceKind(self.place.kind), self.place.number, self.place.heading)
        return Question(
            id=self.id,
            revision=1,
            kind=Kind(self.kind),
            stem=self.question,
            options=tuple(Option(one, text) for one, text in zip(OPTION_IDS, self.options, strict=False)),
            key=frozenset(OPTION_IDS[place] for place in self.key),
            explanation=self.explanation,
            level=Level(self.level),
            checked=Checked(self.checked),
            evidence=Evidence(self.evidence, place) if self.evidence and place else None,
            common_knowledge=bool(self.common_knowledge),
        )

    def to_draft(self) -> Draft:
        """The question as a solver is shown it."""
        question = self.to_question()
        return Draft(
            kind=question.kind,
            stem=self.question,
            options=tuple(self.options),
            right=frozenset(self.key),
            explanation=self.explanation,
            level=question.level,
            evidence=question.evidence,
        )


class DroppedDraft(_Record):
    """A draft that nobody would see, by the check that dropped it.

    Where it could not be read, `draft` is None and `why` says which rule of the form it breaks.
    """

    by: str
    why: str
    model: str
    prompt: str
    seconds: float
    draft: Asking | None


class Used(_Record):
    """What one model took for one quiz; `microdollars` is None where no price is known."""

    model: str
    input_tokens: int
    output_tokens: int
    microdollars: int | None


class QuizRecord(_Record):
    """One source or topic, and what came of it."""

    name: str
    topic: str
    language: str
    words: int | None
    asked_for: int
    questions: list[Delivered]
    dropped: list[DroppedDraft]
    drafted: int
    ended: str | None
    """What went wrong, or why there is nothing; None where nothing did."""
    seconds: float
    used: list[Used]
    solver_trouble: str | None = None


class Made(_Record):
    """How the quizzes were made."""

    form: int = FORM
    version: str
    at: str
    writer: str
    models: list[str]
    check_model: str | None
    solver: str | None
    count: int
    seed: int


class Result(_Record):
    """A whole evaluation."""

    made: Made
    quizzes: list[QuizRecord]

    @property
    def questions(self) -> list[Delivered]:
        """Every question delivered."""
        return [question for quiz in self.quizzes for question in quiz.questions]


def read_result(text: str) -> Result:
    """The result in a file; raises `NoResult`."""
    try:
        result = Result.model_validate_json(text)
        for question in result.questions:
            question.to_question()
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise NoResult(f"this is no result of quizbot eval: {where + ': ' if where else ''}{first['msg']}") from None
    except (InvalidQuestion, ValueError, IndexError) as error:
        raise NoResult(f"a question in it cannot be: {error}") from None
    if result.made.form != FORM:
        raise NoResult(f"it was written by another version of quizbot: its form is {result.made.form}, not {FORM}")
    return result


def asking(draft: Draft) -> Asking:
    """How a draft is kept."""
    return Asking(
        kind=str(draft.kind),
        question=draft.stem,
        options=list(draft.options),
        key=sorted(draft.right),
        level=str(draft.level),
        explanation=draft.explanation,
        evidence=draft.evidence.quote if draft.evidence else None,
        place=place_of(draft.evidence),
    )


def place_of(evidence: Evidence | None) -> PlaceOf | None:
    """How the place of evidence is kept."""
    if evidence is None:
        return None
    return PlaceOf(kind=str(evidence.place.kind), number=evidence.place.number, heading=evidence.place.heading)
