"""Small results of an evaluation."""

from collections.abc import Sequence

from generation.evaluation.result import Answered, Asking, Delivered, DroppedDraft, Made, QuizRecord, Result, Used
from quiz.item_flaws import flaws


def delivered(
    stem: str = "Which planet is nearest to the Sun?",
    options: Sequence[str] = ("Mercury", "Venus", "Mars", "Saturn"),
    key: Sequence[int] = (0,),
    *,
    seconds: float = 1.0,
    with_source: bool | None = None,
    without_source: bool | None = None,
) -> Delivered:
    """A question, and whether the independent solver agrees with its key."""
    question = Delivered(
        id=f"id of {stem}",
        kind="single" if len(key) == 1 else "multiple",
        question=stem,
        options=list(options),
        key=list(key),
        level="1",
        explanation="Mercury goes round the Sun at 58 million km.",
        evidence=None,
        place=None,
        passage=None,
        checked="solver",
        checks=["form"],
        model="openai:a",
        prompt="writer 1 abc",
        common_knowledge=False,
        seconds=seconds,
        flaws=[],
        with_source=_answered(with_source),
        without_source=_answered(without_source),
    )
    return question.model_copy(update={"flaws": flaws(question.to_question())})


def dropped(by: str) -> DroppedDraft:
    """A draft that a check dropped."""
    draft = Asking(
        kind="single",
        question="Which planet is a star?",
        options=["Mars", "Venus", "None of these"],
        key=[2],
        level="1",
        explanation="",
        evidence=None,
        place=None,
    )
    return DroppedDraft(
        by=by,
        why="options" if by == "unreadable" else "",
        model="openai:a",
        prompt="writer 1 abc",
        seconds=0.5,
        draft=None if by == "unreadable" else draft,
    )


def a_quiz(
    *questions: Delivered,
    drops: Sequence[str] = (),
    words: int | None = None,
    used: Sequence[Used] = (),
    asked_for: int = 5,
    name: str = "planets.md",
    ended: str | None = None,
) -> QuizRecord:
    """A quiz of these questions."""
    return QuizRecord(
        name=name,
        topic="Planets",
        language="en",
        words=words,
        asked_for=asked_for,
        questions=list(questions),
        dropped=[dropped(by) for by in drops],
        drafted=len(questions) + len(drops),
        ended=ended,
        seconds=3.0,
        used=list(used),
    )


def a_result(
    *quizzes: QuizRecord,
    writer: str = "whole",
    models: Sequence[str] = ("openai:a",),
    check_model: str | None = None,
    solver: str | None = None,
) -> Result:
    """A result of these quizzes."""
    made = Made(
        version="0",
        at="2026-11-28T00:00:00+00:00",
        writer=writer,
        models=list(models),
        check_model=check_model,
        solver=solver,
        count=5,
        seed=1,
    )
    return Result(made=made, quizzes=list(quizzes))


def _answered(agrees: bool | None) -> Answered | None:
    return None if agrees is None else Answered(agrees=agrees, said=[0] if agrees else [])
