"""Beginning a live round: what is asked in which order, whether the pace can be carried, and one round for a group."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from quiz.identity import derived_id
from quiz.pace import goes_together
from quiz.planning import plan_question
from quiz.question import Question
from quiz.round import Mode, Round, RoundQuestion, RoundSettings
from storage.groups import Group
from storage.round_record import NewRound
from storage.rounds import leader
from storage.sending import Pace
from tasks.live import Live, go_on_or_later, look_later


class TooFast(Exception):
    """The limits of sending in a group allow no such pace; `seconds` for a question would do."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"{seconds} s for a question would do")
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class ToPlay:
    """A version of a quiz that a group is to play: its questions in the order in which they are asked."""

    quiz: str
    version: str
    title: str
    language: str
    plan: tuple[RoundQuestion, ...]


@dataclass(frozen=True, slots=True)
class Begun:
    """A round that was begun, or that is open in the group instead."""

    round: Round | None
    other: str | None = None


def plan_round(questions: Sequence[Question], seed: str) -> tuple[RoundQuestion, ...]:
    """All of these questions and their options in an order that comes from the seed; those of a deck."""
    dice = Random(seed)  # noqa: S311 - the same order when the update is delivered again
    return tuple(RoundQuestion(plan_question(one, dice)) for one in dice.sample(questions, len(questions)))


def goes_together_in(pace: Pace, settings: RoundSettings, plan: Sequence[RoundQuestion]) -> bool:
    """Whether results must go out with the next question; raises `TooFast` when even so there are too many messages."""
    seconds = [one.seconds or settings.seconds for one in plan] or [settings.seconds]
    # What may go at once is spent in the lobby: what counts is how many go in the long run.
    lasting, per = pace.calls - pace.burst, pace.seconds
    together = goes_together(seconds, settings.pause, lasting, per)
    if together is None or (together and settings.mode is Mode.POLLS):
        each = per / lasting
        needed = 2 * each - settings.pause if settings.mode is Mode.POLLS else each
        raise TooFast(int(-(-needed // 1)))
    return together


async def begin(
    live: Live,
    group: Group,
    to_play: ToPlay,
    settings: RoundSettings,
    *,
    cause: str,
    owner: int,
    thread: int | None,
) -> Begun:
    """Begin a round in a group, unless one is open there; the update `cause` begins it once.

    Raises `TooFast`.
    """
    round_id = derived_id("round", cause)
    new = NewRound(
        id=round_id,
        group=group.id,
        chat_id=group.chat_id,
        thread=thread,
        owner=owner,
        quiz=to_play.quiz,
        version=to_play.version,
        title=to_play.title,
        language=to_play.language,
        plan=to_play.plan,
        settings=settings,
        together=goes_together_in(live.pace, settings, to_play.plan),
    )
    owner_of_step = leader(cause)
    await look_later(live, round_id, cause)
    reply = await live.rounds.begin(new, owner_of_step)
    if reply.round is None or reply.round.is_over:
        return Begun(reply.round)
    has = await live.groups.take(group.id, round_id)
    if has != round_id:
        other = await live.rounds.load(has)
        if other is not None and not other.is_over:
            await live.rounds.drop(round_id)
            return Begun(None, has)
        await live.groups.release(group.id, has)
        await live.groups.take(group.id, round_id)
    await go_on_or_later(live, round_id, owner_of_step)
    return Begun(reply.round)
