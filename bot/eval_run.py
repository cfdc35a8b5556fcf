"""`quizbot eval`: makes quizzes of sources and topics, and says how good they are."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import orjson

from bot.eval_figures import print_figures
from bot.eval_page import page
from bot.eval_subjects import NotThere, files_of, read_subjects
from bot.settings import Settings
from generation.evaluation.makers import Maker, ModelMaker, OfflineMaker
from generation.evaluation.measures import Figure, measure
from generation.evaluation.readings import items_of
from generation.evaluation.result import Made, QuizRecord, Result
from generation.evaluation.run import Subject, make_quiz, with_answers
from generation.evaluation.writers import WriterName
from generation.models import LOCAL, Model
from generation.pipeline import AT_ONCE
from generation.request import ModelTrouble
from generation.solver import BlindSolver
from quiz.formats.reading_sheet import write_reading_sheet
from quiz.languages import TRUE_FALSE_WORDS

BOM = "\ufeff"
"""By which a spreadsheet knows that the sheet is in UTF-8."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be made, of what, and where it goes."""

    paths: Sequence[str]
    topics: Path | None
    writer: WriterName
    count: int
    seed: int
    language: str | None
    solver: str | None
    json: Path | None
    html: Path | None
    sheet: Path | None
    sheet_without_source: Path | None

    @property
    def written(self) -> list[Path]:
        """The files that are asked for."""
        files = (self.json, self.html, self.sheet, self.sheet_without_source)
        return [file for file in files if file is not None]


async def evaluate(settings: Settings, wanted: Wanted, say: Callable[[str], None]) -> None:
    """Make the quizzes, print the figures and write the files; raises `NotThere`.

    The JSON is written again after each quiz, so that what was paid for is not lost when it ends early.
    """
    _must_be_apart(wanted)
    for file in wanted.written:
        _must_be_writable(file)
    if wanted.language is not None and wanted.language not in TRUE_FALSE_WORDS:
        raise NotThere(f"no quiz can be in the language {wanted.language!r}: give a code like en or ru")
    maker = _maker(settings, wanted)
    subjects = await read_subjects(wanted.paths, wanted.topics, wanted.language)
    if wanted.writer is not WriterName.WHOLE and (bare := next(filter(_is_topic, subjects), None)):
        raise NotThere(f"the writer {wanted.writer} needs sources, and cannot write on the topic “{bare.name}”")
    result = Result(made=_made(settings, wanted), quizzes=[])
    solver = Model(result.made.solver) if result.made.solver else None
    try:
        await maker.warm_up()
        if solver:
            await solver.open()
        for subject in subjects:
            quiz = await make_quiz(subject, maker, wanted.count, wanted.seed)
            if solver:
                at_once = 1 if solver.name.startswith(LOCAL) else AT_ONCE
                quiz = await with_answers(quiz, subject, BlindSolver(solver), wanted.seed, at_once)
            result = result.model_copy(update={"quizzes": [*result.quizzes, quiz]})
            _write(wanted.json, to_json(result, ()))
            say(_line(quiz))
    except ModelTrouble as failed:
        raise NotThere(f"a model cannot be opened: {failed}") from None
    finally:
        await maker.aclose()
        if solver:
            await solver.aclose()
    figures = measure(result)
    _write(wanted.json, to_json(result, figures))
    _write(wanted.html, page(result, figures))
    _write(wanted.sheet, BOM + write_reading_sheet(items_of(result), with_source=True))
    _write(wanted.sheet_without_source, BOM + write_reading_sheet(items_of(result), with_source=False))
    print_figures(figures)


def to_json(result: Result, figures: Sequence[Figure]) -> str:
    """The file that is kept: what was made, every question and every draft, and the figures."""
    record = {**result.model_dump(), "figures": [asdict(figure) for figure in figures]}
    return orjson.dumps(record, option=orjson.OPT_INDENT_2).decode() + "\n"


def _must_be_apart(wanted: Wanted) -> None:
    """No file is written over what is read, or over another one that is written."""
    read = [*files_of(wanted.paths), *([wanted.topics] if wanted.topics else [])]
    taken = {file.resolve() for file in read}
    for file in wanted.written:
        if file.resolve() in taken:
            raise NotThere(f"{file} would be written over: give each result a file of its own")
        taken.add(file.resolve())


def _maker(settings: Settings, wanted: Wanted) -> Maker:
    if wanted.writer is WriterName.OFFLINE:
        return OfflineMaker()
    if not settings.models:
        raise NotThere(f"the writer {wanted.writer} needs a model: set QUIZBOT_MODEL")
    return ModelMaker(wanted.writer, settings.models, settings.check_model)


def _made(settings: Settings, wanted: Wanted) -> Made:
    models = [] if wanted.writer is WriterName.OFFLINE else list(settings.models)
    return Made(
        version=version("quizbot"),
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        writer=str(wanted.writer),
        models=models,
        check_model=settings.check_model if models else None,
        solver=wanted.solver or settings.check_model,
        count=wanted.count,
        seed=wanted.seed,
    )


def _is_topic(subject: Subject) -> bool:
    return subject.material is None and subject.why is None


def _line(quiz: QuizRecord) -> str:
    solved = f"; the solver: {quiz.solver_trouble}" if quiz.solver_trouble else ""
    ended = f"; {quiz.ended}" if quiz.ended else ""
    questions = f"{len(quiz.questions)} of {quiz.asked_for} questions, {len(quiz.dropped)} dropped"
    return f"{quiz.name}: {questions}, {quiz.seconds:.1f} s{ended}{solved}"


def _must_be_writable(file: Path) -> None:
    if file.is_dir():
        raise NotThere(f"{file} cannot be written: it is a folder")
    if not file.absolute().parent.is_dir():
        raise NotThere(f"{file} cannot be written: there is no folder {file.parent}")


def _write(file: Path | None, text: str) -> None:
    if file is None:
        return
    try:
        file.write_text(text, "utf-8", newline="")
    except OSError as error:
        raise NotThere(f"{file} cannot be written: {error.strerror}") from error
