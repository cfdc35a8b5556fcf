"""An attempt as it stands in its hash: what the scripts of `lua/` read and write."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from quiz.attempt import Answer, Attempt, Notes, PlannedQuestion, State, Writing
from quiz.question import Kind
from storage.errors import UnknownRecord

RECORD = 1
SCORE = "score"


@dataclass(frozen=True, slots=True)
class NewAttempt:
    """What an attempt is begun with."""

    id: str
    user_id: int
    chat_id: int
    language: str
    quiz: str
    version: str
    title: str
    level: str
    origin: str
    origin_message: int
    plan: tuple[PlannedQuestion, ...]
    wanted: int | None = None
    """So many questions are to be written, in the language `written_in`; None: the plan is all."""
    written_in: str = ""
    notes: Notes | None = None
    pool: str = ""
    """The pool that the questions are taken from and written for; empty: none."""


def fields_of(new: NewAttempt) -> dict[str, str]:
    """The fields an attempt begins with."""
    plan = {f"q:{position}": packed(one) for position, one in enumerate(new.plan)}
    writing = {} if new.wanted is None else {"writing": "1", "wanted": str(new.wanted), "written_in": new.written_in}
    return {
        "record": str(RECORD),
        "chat": str(new.chat_id),
        "language": new.language,
        "quiz": new.quiz,
        "version": new.version,
        "title": new.title,
        "level": new.level,
        "origin": new.origin,
        "origin_message": str(new.origin_message),
        "n": str(len(new.plan)),
        **plan,
        **writing,
        **_fields_of_notes(new.notes),
        **({"pool": new.pool} if new.pool else {}),
    }


def attempt_of(attempt_id: str, record: Mapping[str, str]) -> Attempt:
    """An attempt from the fields of its hash; raises `UnknownRecord` when another release wrote it."""
    if record["record"] != str(RECORD):
        raise UnknownRecord(f"attempt record of version {record['record']}")
    steps: dict[str, dict[str, str]] = {kind: {} for kind in ("q", "a", "s", "m", "v", "c", "w", "o", "t")}
    for name, value in record.items():
        kind, is_step, step = name.partition(":")
        if is_step:
            steps[kind][step] = value
    return Attempt(
        id=attempt_id,
        chat_id=int(record["chat"]),
        language=record["language"],
        quiz=record["quiz"],
        version=record["version"],
        title=record["title"],
        level=record["level"],
        origin=record["origin"],
        origin_message=int(record["origin_message"]),
        plan=tuple(unpacked(one) for _, one in _in_order(steps["q"])),
        position=int(record["at"]),
        state=State(record["state"]),
        began=int(record["began"]),
        ended=int(record["ended"]) if "ended" in record else None,
        answers={place: _answer(one) for place, one in _in_order(steps["a"])},
        selections={place: frozenset(one) for place, one in _in_order(steps["s"])},
        asked={place: int(message) for place, message in _in_order(steps["m"])},
        judged=frozenset(map(int, steps["v"])),
        score_message=int(record[SCORE]) if SCORE in record else None,
        claims={step: held.rpartition("|")[0] for step, held in steps["c"].items()},
        placeholders={place: int(message) for place, message in _in_order(steps["w"])},
        writing=_writing(record),
        notes=_notes(record),
        pool=record.get("pool", ""),
        repeats=frozenset(int(position) for position in record.get("repeats", "").split(",") if position),
    )


def _in_order(steps: Mapping[str, str]) -> list[tuple[int, str]]:
    """Positions and what stands there, from the first on: Redis gives the fields of a large hash in any order."""
    return sorted((int(place), one) for place, one in steps.items())


def _writing(record: Mapping[str, str]) -> Writing | None:
    if "wanted" not in record:
        return None
    return Writing(
        wanted=int(record["wanted"]),
        language=record["written_in"],
        is_open="writing" in record,
        shortfall=record.get("shortfall", ""),
    )


def _fields_of_notes(notes: Notes | None) -> dict[str, str]:
    if notes is None:
        return {}
    return {"source": notes.source, "focus": notes.focus, "only": str(int(notes.only))}


def _notes(record: Mapping[str, str]) -> Notes | None:
    if "source" not in record:
        return None
    return Notes(record["source"], record.get("focus", ""), record.get("only") == "1")


def packed(planned: PlannedQuestion) -> str:
    """A planned question as it stands in one field."""
    key = "".join(sorted(planned.key))
    return "|".join([planned.question_id, str(planned.revision), planned.kind, planned.order, key])


@lru_cache(4096)  # the same few plans come in every reply about an attempt, several times a question
def unpacked(packed: str) -> PlannedQuestion:
    """The planned question that stands in one field."""
    question_id, revision, kind, order, key = packed.split("|")
    return PlannedQuestion(question_id, int(revision), Kind(kind), order, frozenset(key))


def _answer(packed: str) -> Answer:
    press, chosen, at, took, message = packed.split("|")
    return Answer(None if chosen == "-" else frozenset(chosen), int(at), int(took), press, int(message))
