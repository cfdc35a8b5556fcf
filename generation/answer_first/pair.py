"""The answer-first writer and its solver, on one model."""

from generation.answer_first.solver import AnswerFirstSolver
from generation.answer_first.writer import AnswerFirstWriter
from generation.models import Model
from generation.pipeline import Pair


def answer_first(model: Model) -> Pair:
    """The model words questions, and answers them with the source before it."""
    return Pair(AnswerFirstWriter(model), AnswerFirstSolver(model))
