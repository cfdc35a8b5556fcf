"""What the scripts of a round promise: who may answer when, what a turn of the clock does, and who sends what."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from quiz.round import Absence, Control, Ending, Mode, Round, RoundSettings, RoundState, question_step, result_step
from quiz.round_score import LiveAnswer
from storage import keys
from storage.connection import Storage
from storage.forgetting import Forgetting
from storage.rounds import AnswerReply, Presser, RoundOutcome, RoundReply, Rounds
from tests.storage.examples import ANN, BOB, GROUP
from tests.storage.round_examples import ANN_HERE, BOB_HERE, MULTIPLE, ROUND, SINGLE, new_round

SECOND, MINUTE = 1000, 60_000


@pytest.fixture
def rounds(storage: Storage) -> Rounds:
    return Rounds(storage)


async def press(rounds: Rounds, presser: Presser, place: int, *, press: str, position: int = 0) -> AnswerReply:
    return await rounds.answer(ROUND, presser, press=press, position=position, what=f"b{place}")


async def lead(rounds: Rounds, control: Control, update: str, turn: int | None = None) -> RoundReply:
    return await rounds.control(ROUND, control, update=update, turn=turn, owner="leader")


async def now_round(rounds: Rounds) -> Round:
    one = await rounds.load(ROUND)
    assert one is not None
    return one


async def set_back(storage: Storage, fields: Mapping[str, int]) -> None:
    """Let so many ms have passed since these fields were set."""
    key = keys.of_round(ROUND, "round")
    record = await storage.hash(key)
    for field, ms in fields.items():
        await storage.write(key, "HSET", key, field, int(record[field]) - ms)


async def asking(rounds: Rounds, settings: RoundSettings | None = None, *, together: bool = False) -> Round:
    """A round whose first question Telegram has confirmed."""
    await rounds.begin(new_round(settings, together=together), "one")
    await rounds.record(ROUND, {"lobby": 10})
    await rounds.ready(ROUND, ANN_HERE)
    await lead(rounds, Control.START, "start")
    await rounds.record(ROUND, {question_step(0): 11})
    return await now_round(rounds)


async def test_a_round_is_kept_as_it_was_begun_and_begun_once(rounds: Rounds) -> None:
    new = new_round(RoundSettings(mode=Mode.POLLS, change=False, absence=Absence.GO_ON), together=True)
    begun = await rounds.begin(new, "one")
    again = await rounds.begin(replace(new, title="another"), "two")

    assert (begun.outcome, again.outcome) == (RoundOutcome.STARTED, RoundOutcome.REPEATED)
    one = await now_round(rounds)
    for name in ("group", "chat_id", "thread", "owner", "quiz", "version", "title", "plan", "settings", "together"):
        assert getattr(one, name) == getattr(new, name)
    assert (one.state, one.position, one.players, one.total) == (RoundState.LOBBY, 0, 0, 3)
    assert one.plan == (SINGLE, MULTIPLE, replace(SINGLE, points=3))


async def test_a_question_counts_from_its_confirmation_or_its_first_press_whichever_is_first(rounds: Rounds) -> None:
    await rounds.begin(new_round(), "one")
    await lead(rounds, Control.START, "start")
    assert (await now_round(rounds)).closes is None, "nobody has seen it"

    await press(rounds, ANN_HERE, 0, press="p")
    opened = await now_round(rounds)
    await rounds.record(ROUND, {question_step(0): 11})

    assert opened.closes == opened.opened[0] + 20 * SECOND
    assert (await now_round(rounds)).closes == opened.closes


async def test_an_answer_counts_once_however_often_its_press_comes(rounds: Rounds) -> None:
    await asking(rounds)
    first = await press(rounds, BOB_HERE, 1, press="p1")
    second = await press(rounds, BOB_HERE, 0, press="p2")
    again = await press(rounds, BOB_HERE, 1, press="p1")

    assert (first.outcome, first.chosen) == (RoundOutcome.TAKEN, frozenset("a"))
    assert (second.outcome, second.chosen) == (RoundOutcome.TAKEN, frozenset("b"))
    assert (again.outcome, again.chosen) == (RoundOutcome.REPEATED, frozenset("b")), "the older press changes nothing"
    answers = await rounds.answers(ROUND, 0)
    assert {number: one.chosen for number, one in answers.items()} == {2: frozenset("b")}
    assert await rounds.names(ROUND) == {1: "Ann", 2: "Bob | b:"}


async def test_where_the_first_answer_counts_no_other_is_taken(rounds: Rounds) -> None:
    await asking(rounds, RoundSettings(change=False))
    await press(rounds, BOB_HERE, 1, press="p1")
    refused = await press(rounds, BOB_HERE, 0, press="p2")

    assert (refused.outcome, refused.chosen) == (RoundOutcome.FINAL, frozenset("a"))


async def test_options_of_several_are_switched_and_a_press_that_comes_again_switches_nothing_back(
    rounds: Rounds,
) -> None:
    await asking(rounds)
    await lead(rounds, Control.NEXT, "next")
    await rounds.record(ROUND, {result_step(0): 12})
    await lead(rounds, Control.NEXT, "next again")
    for number, place in enumerate((0, 1, 0, 2), 1):
        await press(rounds, ANN_HERE, place, press=f"p{number}", position=1)
    again = await press(rounds, ANN_HERE, 0, press="p3", position=1)

    assert again.chosen == frozenset("ab"), "c on, a on, c off, b on"
    assert (await rounds.answers(ROUND, 1))[1].chosen == frozenset("ab")
    for number, place in enumerate((1, 2), 5):
        await press(rounds, ANN_HERE, place, press=f"p{number}", position=1)
    assert await rounds.answers(ROUND, 1) == {}, "taken back"


async def test_nothing_is_taken_once_the_time_is_up_whether_anybody_has_closed_the_question_or_not(
    rounds: Rounds, storage: Storage
) -> None:
    await asking(rounds)
    await set_back(storage, {"closes": 20 * SECOND})

    assert (await press(rounds, BOB_HERE, 0, press="p1")).outcome is RoundOutcome.LATE
    assert await rounds.answers(ROUND, 0) == {}


async def test_a_question_is_closed_by_the_clock_of_redis_and_never_before_its_time(
    rounds: Rounds, storage: Storage
) -> None:
    await asking(rounds)
    await set_back(storage, {"closes": 19 * SECOND})
    early = await rounds.touch(ROUND, "timer")
    await set_back(storage, {"closes": SECOND})
    on_time = await rounds.touch(ROUND, "timer")

    assert early.round is not None
    assert (early.outcome, early.round.state) == (RoundOutcome.DONE, RoundState.ASKING)
    assert on_time.round is not None
    assert (on_time.outcome, on_time.round.state) == (RoundOutcome.YOURS, RoundState.BETWEEN)
    assert on_time.round.closed[0] == on_time.now


async def test_the_next_question_comes_after_the_pause_and_the_last_is_followed_by_the_end(
    rounds: Rounds, storage: Storage
) -> None:
    one = await asking(rounds)
    for position in range(3):
        await set_back(storage, {"closes": MINUTE // 2})
        closed = await rounds.touch(ROUND, "timer")
        assert closed.round is not None
        one = closed.round
        if position == 2:
            break
        assert one.until is None, "the pause begins with the confirmation of the result"
        shown = (await rounds.record(ROUND, {result_step(position): 20 + position})).round
        assert shown is not None
        assert shown.until is not None
        await set_back(storage, {"until": 5 * SECOND})
        following = await rounds.touch(ROUND, "timer")
        assert following.round is not None
        assert (following.outcome, following.round.step) == (RoundOutcome.YOURS, question_step(position + 1))
        asked = await rounds.record(ROUND, {question_step(position + 1): 30 + position})
        assert asked.round is not None
        assert asked.round.closes == asked.now + (30 if position == 0 else 20) * SECOND, "the second has its own time"
    assert (one.state, one.unshown) == (RoundState.DONE, [2])
    assert one.ended is not None


async def test_where_results_go_out_with_the_next_question_that_is_asked_at_once(
    rounds: Rounds, storage: Storage
) -> None:
    await asking(rounds, together=True)
    await set_back(storage, {"closes": 20 * SECOND})
    following = (await rounds.touch(ROUND, "timer")).round

    assert following is not None
    assert (following.step, following.unshown) == (question_step(1), [0])


async def test_a_step_is_taken_by_one_and_by_another_only_after_five_seconds(rounds: Rounds, storage: Storage) -> None:
    await rounds.begin(new_round(), "one")
    assert (await rounds.touch(ROUND, "two")).outcome is RoundOutcome.TAKEN_BY_OTHER
    assert (await rounds.touch(ROUND, "one")).outcome is RoundOutcome.YOURS
    key = keys.of_round(ROUND, "round")
    held = await rounds.now() - 5 * SECOND
    await storage.write(key, "HSET", key, "c:lobby", f"one|{held}")
    assert (await rounds.touch(ROUND, "two")).outcome is RoundOutcome.YOURS
    await rounds.record(ROUND, {"lobby": 10})
    assert (await rounds.touch(ROUND, "one")).outcome is RoundOutcome.DONE


async def test_a_pause_stops_the_clock_and_the_question_is_asked_again_with_the_time_that_was_left(
    rounds: Rounds, storage: Storage
) -> None:
    await asking(rounds)
    await press(rounds, ANN_HERE, 1, press="p1")
    await set_back(storage, {"o:0": 12 * SECOND, "closes": 12 * SECOND})
    opened = (await now_round(rounds)).opened[0]
    pausing = await lead(rounds, Control.PAUSE, "pause")
    paused = pausing.round
    assert paused is not None
    assert (await press(rounds, BOB_HERE, 0, press="p2")).outcome is RoundOutcome.PAUSED
    assert (await rounds.touch(ROUND, "leader")).outcome is RoundOutcome.YOURS, "the pause is to be said"
    await rounds.record(ROUND, {paused.step: 12})
    again = (await lead(rounds, Control.GO_ON, "on", paused.turn)).round
    assert again is not None
    assert again.step not in again.messages
    asked = await rounds.record(ROUND, {again.step: 13})

    assert asked.round is not None
    assert asked.round.closes is not None
    assert asked.round.closes - asked.now == 20 * SECOND - (pausing.now - opened)
    assert (await rounds.answers(ROUND, 0))[1].chosen == frozenset("a"), "what was answered stays"


async def test_what_a_button_of_an_older_turn_asks_for_is_not_done(rounds: Rounds) -> None:
    one = await asking(rounds)
    first = await lead(rounds, Control.NEXT, "next", one.turn)
    again = await lead(rounds, Control.NEXT, "next", one.turn)
    late = await lead(rounds, Control.NEXT, "another press", one.turn)

    assert [reply.outcome for reply in (first, again, late)] == [
        RoundOutcome.CHANGED,
        RoundOutcome.REPEATED,
        RoundOutcome.OUTDATED,
    ]
    assert (await now_round(rounds)).step == result_step(0)


async def test_the_round_begins_once_so_many_are_ready(rounds: Rounds) -> None:
    await rounds.begin(new_round(RoundSettings(quorum=2)), "one")

    assert (await rounds.ready(ROUND, ANN_HERE)).outcome is RoundOutcome.READY
    assert (await rounds.ready(ROUND, ANN_HERE)).outcome is RoundOutcome.READY, "the same person is one"
    assert (await rounds.ready(ROUND, BOB_HERE)).outcome is RoundOutcome.STARTED
    assert (await rounds.ready(ROUND, replace(BOB_HERE, user=3))).outcome is RoundOutcome.RUNNING
    assert (await now_round(rounds)).step == question_step(0)


async def test_the_round_begins_at_its_time_if_somebody_is_ready(rounds: Rounds, storage: Storage) -> None:
    await rounds.begin(new_round(), "one")
    await rounds.record(ROUND, {"lobby": 10})
    await rounds.ready(ROUND, ANN_HERE)
    await rounds.configure(ROUND, RoundSettings(), together=False, starts=MINUTE)
    assert (await rounds.touch(ROUND, "timer")).outcome is RoundOutcome.DONE
    await set_back(storage, {"starts": MINUTE})

    one = (await rounds.touch(ROUND, "timer")).round
    assert one is not None
    assert one.step == question_step(0)


async def test_where_nobody_is_ready_at_its_time_the_round_does_not_begin(rounds: Rounds, storage: Storage) -> None:
    await rounds.begin(new_round(), "one")
    await rounds.configure(ROUND, RoundSettings(), together=False, starts=MINUTE)
    await set_back(storage, {"starts": MINUTE})

    one = (await rounds.touch(ROUND, "timer")).round
    assert one is not None
    assert (one.state, one.ending) == (RoundState.STOPPED, Ending.NOBODY)


@pytest.mark.parametrize(("hours", "field"), [(1, "until"), (23, "until")], ids=["lobby", "pause"])
async def test_a_round_that_nobody_goes_on_with_ends(rounds: Rounds, storage: Storage, hours: int, field: str) -> None:
    if hours == 1:
        await rounds.begin(new_round(), "one")
    else:
        await asking(rounds)
        await lead(rounds, Control.PAUSE, "pause")
    await set_back(storage, {field: hours * 60 * MINUTE})

    one = (await rounds.touch(ROUND, "timer")).round
    assert one is not None
    assert (one.state, one.ending) == (RoundState.STOPPED, Ending.LEFT)


@pytest.mark.parametrize("absence", Absence)
async def test_after_an_hour_away_the_round_goes_on_or_ends_as_it_is_set(
    rounds: Rounds, storage: Storage, absence: Absence
) -> None:
    await asking(rounds, RoundSettings(absence=absence))
    await press(rounds, ANN_HERE, 1, press="p1")
    await set_back(storage, {"closes": 60 * MINUTE + 20 * SECOND, "o:0": 60 * MINUTE})

    one = (await rounds.touch(ROUND, "timer")).round
    assert one is not None
    assert 59 * MINUTE < one.away < 61 * MINUTE
    if absence is Absence.END:
        assert (one.state, one.ending) == (RoundState.STOPPED, Ending.AWAY)
    else:
        assert (one.step, one.closes) == (question_step(0), None), "asked again, with all its time"
        assert one.step not in one.messages
        await rounds.record(ROUND, {one.step: 12})
        assert (await now_round(rounds)).away == 0, "said once"
    assert (await rounds.answers(ROUND, 0))[1] == LiveAnswer(frozenset("a"), (await rounds.answers(ROUND, 0))[1].took)


@pytest.mark.parametrize("absence", Absence)
async def test_a_result_that_was_not_sent_for_an_hour_is_an_absence_too(
    rounds: Rounds, storage: Storage, absence: Absence
) -> None:
    await asking(rounds, RoundSettings(absence=absence))
    await lead(rounds, Control.NEXT, "next")
    await set_back(storage, {"since": 60 * MINUTE})

    one = (await rounds.touch(ROUND, "timer")).round
    assert one is not None
    assert one.away > 59 * MINUTE
    if absence is Absence.END:
        assert one.ending is Ending.AWAY
    else:
        assert one.step == result_step(0)
        await rounds.record(ROUND, {result_step(0): 12})
        assert (await now_round(rounds)).away, "the next question says it"


async def test_a_few_seconds_away_change_nothing(rounds: Rounds, storage: Storage) -> None:
    await asking(rounds)
    await set_back(storage, {"closes": 40 * SECOND})

    one = (await rounds.touch(ROUND, "timer")).round
    assert one is not None
    assert (one.step, one.away) == (result_step(0), 0)


async def test_a_press_from_another_chat_is_none(rounds: Rounds) -> None:
    await asking(rounds)
    elsewhere = replace(BOB_HERE, chat=-999)

    assert (await press(rounds, elsewhere, 0, press="p1")).outcome is RoundOutcome.ELSEWHERE
    assert (await rounds.ready(ROUND, elsewhere)).outcome is RoundOutcome.ELSEWHERE
    await rounds.move(ROUND, -999)
    assert (await press(rounds, elsewhere, 0, press="p1")).outcome is RoundOutcome.TAKEN


async def test_a_vote_is_the_whole_answer_and_is_taken_a_moment_longer(rounds: Rounds, storage: Storage) -> None:
    await asking(rounds, RoundSettings(mode=Mode.POLLS))
    await set_back(storage, {"closes": 20 * SECOND})
    voter = replace(BOB_HERE, chat=None)
    assert (await rounds.touch(ROUND, "timer")).outcome is RoundOutcome.DONE, "votes may be on their way"

    reply = await rounds.answer(ROUND, voter, press="v1", position=0, what="p2")
    assert (reply.outcome, reply.chosen) == (RoundOutcome.TAKEN, frozenset("c"))
    retracted = await rounds.answer(ROUND, voter, press="v2", position=0, what="p")
    assert (retracted.outcome, await rounds.answers(ROUND, 0)) == (RoundOutcome.TAKEN, {})


async def test_who_is_forgotten_has_no_name_in_a_round_and_their_answers_stay(rounds: Rounds, storage: Storage) -> None:
    await asking(rounds)
    await press(rounds, ANN_HERE, 1, press="p1")
    await press(rounds, BOB_HERE, 1, press="p2")
    assert await rounds.of_person(ANN) == [ROUND]
    await Forgetting(storage).erase(ANN, GROUP)

    assert await rounds.of_person(ANN) == []
    assert await rounds.numbers(ROUND) == {BOB: 2}
    assert await rounds.names(ROUND) == {2: "Bob | b:"}
    assert (await now_round(rounds)).owner == 0
    assert set(await rounds.answers(ROUND, 0)) == {1, 2}


async def test_nothing_is_made_of_a_round_that_there_is_not(rounds: Rounds) -> None:
    replies = [
        await rounds.touch(ROUND, "one"),
        await rounds.record(ROUND, {"lobby": 1}),
        await lead(rounds, Control.START, "start"),
        await rounds.end(ROUND, Ending.REMOVED),
        await rounds.configure(ROUND, RoundSettings(), together=False, starts=None),
        await press(rounds, ANN_HERE, 0, press="p"),
        await rounds.ready(ROUND, ANN_HERE),
    ]

    assert {reply.outcome for reply in replies} == {RoundOutcome.GONE}
    assert await rounds.load(ROUND) is None
