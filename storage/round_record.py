"""A round as it stands in its hash: what the scripts of `lua/` read and write."""

from collections.abc import Mapping
from dataclasses import dataclass

from quiz.round import (
    Absence,
    Ending,
    Mode,
    Points,
    Round,
    RoundQuestion,
    RoundSettings,
    RoundState,
)
from quiz.round_score import LiveAnswer
from storage.attempt_record import packed, unpacked
from storage.errors import UnknownRecord

RECORD = 1


@dataclass(frozen=True, slots=True)
class NewRound:
    """What a round is begun with."""

    id: str
    group: str
    chat_id: int
    thread: int | None
    owner: int
    quiz: str
    version: str
    title: str
    language: str
    plan: tuple[RoundQuestion, ...]
    settings: RoundSettings
    together: bool


def fields_of(new: NewRound) -> dict[str, str]:
    """The fields a round begins with."""
    return {
        "record": str(RECORD),
        "group": new.group,
        "chat": str(new.chat_id),
        "thread": str(new.thread or ""),
        "owner": str(new.owner),
        "quiz": new.quiz,
        "version": new.version,
        "title": new.title,
        "language": new.language,
        "n": str(len(new.plan)),
        **{f"q:{position}": _packed(one) for position, one in enumerate(new.plan)},
        **fields_of_settings(new.settings, together=new.together),
    }


def fields_of_settings(settings: RoundSettings, *, together: bool) -> dict[str, str]:
    """How a round is played, and whether results go out with the next question."""
    return {
        "mode": settings.mode,
        "seconds": str(settings.seconds),
        "pause": str(settings.pause),
        "count": str(settings.count),
        "points": settings.points,
        "change": str(int(settings.change)),
        "quorum": str(settings.quorum),
        "absence": settings.absence,
        "together": str(int(together)),
    }


def settings_of(record: Mapping[str, str]) -> RoundSettings:
    """How a round is played."""
    return RoundSettings(
        mode=Mode(record["mode"]),
        seconds=int(record["seconds"]),
        pause=int(record["pause"]),
        count=int(record["count"]),
        points=Points(record["points"]),
        change=record["change"] == "1",
        quorum=int(record["quorum"]),
        absence=Absence(record["absence"]),
    )


def round_of(round_id: str, record: Mapping[str, str]) -> Round:
    """A round from the fields of its hash; raises `UnknownRecord` when another release wrote it."""
    if record["record"] != str(RECORD):
        raise UnknownRecord(f"round record of version {record['record']}")
    steps: dict[str, dict[str, str]] = {kind: {} for kind in ("q", "o", "x", "m", "c")}
    for name, value in record.items():
        kind, is_step, step = name.partition(":")
        if is_step:
            steps[kind][step] = value
    return Round(
        id=round_id,
        group=record["group"],
        chat_id=int(record["chat"]),
        thread=int(record["thread"]) if record["thread"] else None,
        owner=int(record["owner"]),
        quiz=record["quiz"],
        version=record["version"],
        title=record["title"],
        language=record["language"],
        plan=tuple(_unpacked(steps["q"][str(position)]) for position in range(int(record["n"]))),
        settings=settings_of(record),
        together=record["together"] == "1",
        state=RoundState(record["state"]),
        position=int(record["at"]),
        turn=int(record["turn"]),
        began=int(record["began"]),
        ended=_time(record, "ended"),
        ending=Ending(record["ending"]) if "ending" in record else None,
        players=int(record["players"]),
        opened=_times(steps["o"]),
        closed=_times(steps["x"]),
        closes=_time(record, "closes"),
        until=_time(record, "until"),
        starts=_time(record, "starts"),
        away=int(record.get("away", 0)),
        pauses=int(record.get("pauses", 0)),
        messages={step: int(message) for step, message in steps["m"].items()},
        claims={step: held.rpartition("|")[0] for step, held in steps["c"].items()},
    )


def answers_of(record: Mapping[str, str]) -> dict[int, LiveAnswer]:
    """The answers to one question, by the players' numbers; who took all back has none."""
    answers: dict[int, LiveAnswer] = {}
    for number, answer in record.items():
        chosen, took, _presses = answer.split("|")
        if chosen:
            answers[int(number)] = LiveAnswer(frozenset(chosen), int(took))
    return answers


def _time(record: Mapping[str, str], field: str) -> int | None:
    return int(record[field]) if field in record else None


def _times(steps: Mapping[str, str]) -> dict[int, int]:
    return {int(position): int(time) for position, time in steps.items()}


def _packed(one: RoundQuestion) -> str:
    return f"{packed(one.planned)}|{one.points}|{one.seconds or ''}"


def _unpacked(text: str) -> RoundQuestion:
    planned, points, seconds = text.rsplit("|", 2)
    return RoundQuestion(unpacked(planned), int(points), int(seconds) if seconds else None)
