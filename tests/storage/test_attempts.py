"""Attempts in a real Valkey: each request has one outcome, and the same request again changes nothing."""

import asyncio
from collections.abc import Awaitable, Callable
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quiz.attempt import Attempt, State
from storage import keys
from storage.attempts import SCORE, Attempts, Outcome, Reply, verdict_step
from storage.connection import Storage
from storage.errors import UnknownRecord
from tests.storage.examples import ANN, BOB, CHAT, FIRST, GROUP, MULTIPLE, SECOND, SINGLE, new

DAY = 24 * 3600 * 1000


@pytest.fixture
def attempts(storage: Storage) -> Attempts:
    return Attempts(storage)


async def begun(attempts: Attempts, **changes: int) -> None:
    assert (await attempts.start(new(**changes), "beginning")).outcome is Outcome.STARTED  # type: ignore[arg-type]


async def press(
    attempts: Attempts,
    what: str = "0",
    *,
    press: str = "press",
    position: int = 0,
    user: int = ANN,
    shown: str = "",
    attempt: str = FIRST,
) -> Reply:
    return await attempts.answer(
        user, CHAT, attempt, press=press, position=position, what=what, shown=shown, message_id=50 + position
    )


def held(reply: Reply) -> Attempt:
    """The attempt that came with a reply."""
    assert reply.attempt is not None
    return reply.attempt


class TestStart:
    async def test_an_attempt_is_kept_as_it_was_begun(self, attempts: Attempts) -> None:
        reply = await attempts.start(new(), "beginning")

        attempt = held(reply)
        assert reply.outcome is Outcome.STARTED
        assert attempt.plan == (SINGLE, MULTIPLE, SINGLE)
        assert (attempt.title, attempt.language, attempt.chat_id) == ("Planets | and: more", "en", CHAT)
        assert (attempt.state, attempt.position, attempt.answers) == (State.OPEN, 0, {})
        assert attempt.claims == {"0": "beginning"}
        assert attempt.began == reply.now
        assert await attempts.load(ANN, FIRST) == attempt
        assert await attempts.active(ANN, CHAT) == await attempts.latest(ANN) == FIRST
        assert await attempts.owner(FIRST) == ANN

    async def test_the_same_update_begins_nothing_new(self, attempts: Attempts) -> None:
        await begun(attempts)
        await press(attempts)

        reply = await attempts.start(new(length=1), "beginning")

        assert reply.outcome is Outcome.REPEATED
        assert len(held(reply).plan) == 3
        assert held(reply).position == 1

    async def test_one_quiz_at_a_time_is_open_in_a_chat(self, attempts: Attempts) -> None:
        await begun(attempts)

        reply = await attempts.start(new(SECOND), "another")

        assert (reply.outcome, reply.other, reply.attempt) == (Outcome.BUSY, FIRST, None)
        assert await attempts.load(ANN, SECOND) is None

    async def test_another_chat_or_person_is_not_in_the_way(self, attempts: Attempts) -> None:
        await begun(attempts)

        assert (await attempts.start(new(SECOND, chat=GROUP), "b")).outcome is Outcome.STARTED
        assert (await attempts.start(new(SECOND, user=BOB), "b")).outcome is Outcome.STARTED


class TestAnswer:
    async def test_a_press_is_taken_as_the_option_shown_at_its_place(self, attempts: Attempts) -> None:
        await begun(attempts)

        reply = await press(attempts, "1")

        attempt = held(reply)
        assert reply.outcome is Outcome.TAKEN
        assert attempt.answers[0].chosen == {"a"}
        assert (attempt.answers[0].press, attempt.answers[0].message_id) == ("press", 50)
        assert attempt.answers[0].at == reply.now
        assert attempt.is_right(0)
        assert attempt.position == 1
        assert attempt.claims["1"] == "press"

    async def test_the_same_press_again_changes_nothing(self, attempts: Attempts) -> None:
        await begun(attempts)
        first = await press(attempts, "1")

        again = await press(attempts, "0")

        assert again.outcome is Outcome.REPEATED
        assert held(again).answers == held(first).answers
        assert held(again).position == 1

    async def test_another_press_is_late(self, attempts: Attempts) -> None:
        await begun(attempts)
        first = await press(attempts, "1")

        late = await press(attempts, "0", press="second tap")

        assert late.outcome is Outcome.LATE
        assert held(late).answers == held(first).answers

    async def test_skipping_is_an_answer(self, attempts: Attempts) -> None:
        await begun(attempts)

        reply = await press(attempts, "skip")

        assert reply.outcome is Outcome.TAKEN
        assert held(reply).answers[0].skipped

    @pytest.mark.parametrize("what", ["3", "-1", "99", "submit", "", "x"])
    async def test_what_a_question_does_not_offer_is_invalid(self, attempts: Attempts, what: str) -> None:
        await begun(attempts)

        reply = await press(attempts, what)

        assert reply.outcome is Outcome.INVALID
        assert held(reply).answers == {}

    @pytest.mark.parametrize("position", [1, 2, 3, 99])
    async def test_a_question_not_yet_asked_takes_no_answer(self, attempts: Attempts, position: int) -> None:
        await begun(attempts)

        assert (await press(attempts, position=position)).outcome is Outcome.INVALID

    async def test_several_right_answers_are_submitted_not_chosen(self, attempts: Attempts) -> None:
        await begun(attempts)
        await press(attempts)

        assert (await press(attempts, "0", press="p", position=1)).outcome is Outcome.INVALID

    async def test_the_last_answer_ends_the_attempt(self, attempts: Attempts) -> None:
        await begun(attempts, length=1)

        reply = await press(attempts)

        attempt = held(reply)
        assert (attempt.state, attempt.current, attempt.ended) == (State.DONE, None, reply.now)
        assert attempt.claims[SCORE] == "press"
        assert await attempts.active(ANN, CHAT) is None
        assert await attempts.latest(ANN) == FIRST

    async def test_time_runs_from_the_moment_the_question_was_asked(self, attempts: Attempts, storage: Storage) -> None:
        await begun(attempts)
        await attempts.record(ANN, FIRST, {"0": 50})
        await shift(storage, "o:0", -7000)

        answer = held(await press(attempts)).answers[0]

        assert 7000 <= answer.took < 9000

    async def test_a_press_before_telegrams_confirmation_took_no_time(self, attempts: Attempts) -> None:
        await begun(attempts)

        assert held(await press(attempts)).answers[0].took == 0

    async def test_nobody_answers_for_another(self, attempts: Attempts) -> None:
        await begun(attempts)
        before = await attempts.load(ANN, FIRST)

        assert (await press(attempts, user=BOB)).outcome is Outcome.GONE
        for reply in (
            await attempts.select(BOB, FIRST, press="p", position=0, place=0, on=True),
            await attempts.stop(BOB, CHAT, FIRST, update="u", message_id=99),
            await attempts.resume(BOB, CHAT, FIRST, update="u"),
            await attempts.touch(BOB, FIRST, owner="o"),
            await attempts.record(BOB, FIRST, {"0": 1}),
        ):
            assert (reply.outcome, reply.attempt) == (Outcome.GONE, None)
        assert await attempts.load(ANN, FIRST) == before
        assert await attempts.load(BOB, FIRST) is None

    async def test_an_attempt_is_played_in_its_own_chat_only(self, attempts: Attempts) -> None:
        await begun(attempts)

        answered = await attempts.answer(ANN, GROUP, FIRST, press="p", position=0, what="0", shown="", message_id=50)
        stopped = await attempts.stop(ANN, GROUP, FIRST, update="u", message_id=99)
        resumed = await attempts.resume(ANN, GROUP, FIRST, update="u")

        assert answered.outcome is Outcome.INVALID
        assert stopped.outcome is resumed.outcome is Outcome.CLOSED
        assert held(resumed).state is State.OPEN
        assert held(resumed).answers == {}
        assert await attempts.active(ANN, GROUP) is None

    async def test_of_presses_at_the_same_moment_one_is_taken(self, attempts: Attempts) -> None:
        await begun(attempts)

        replies = await asyncio.gather(*(press(attempts, str(tap % 3), press=f"tap {tap}") for tap in range(12)))

        outcomes = [reply.outcome for reply in replies]
        assert outcomes.count(Outcome.TAKEN) == 1
        assert outcomes.count(Outcome.LATE) == 11
        assert len({held(reply).answers[0] for reply in replies}) == 1


class TestSelect:
    async def at_the_second_question(self, attempts: Attempts) -> None:
        await begun(attempts)
        await press(attempts)

    async def switch(self, attempts: Attempts, place: int, *, on: bool, press: str, position: int = 1) -> Reply:
        return await attempts.select(ANN, FIRST, press=press, position=position, place=place, on=on)

    async def test_options_are_switched_on_and_off(self, attempts: Attempts) -> None:
        await self.at_the_second_question(attempts)

        assert held(await self.switch(attempts, 0, on=True, press="1")).selections[1] == {"c"}
        assert held(await self.switch(attempts, 1, on=True, press="2")).selections[1] == {"c", "a"}
        reply = await self.switch(attempts, 0, on=False, press="3")

        assert (reply.outcome, held(reply).selections[1]) == (Outcome.SELECTED, {"a"})

    async def test_an_option_that_is_on_stays_on(self, attempts: Attempts) -> None:
        await self.at_the_second_question(attempts)
        await self.switch(attempts, 0, on=True, press="1")

        assert held(await self.switch(attempts, 0, on=True, press="2")).selections[1] == {"c"}

    async def test_an_old_press_delivered_again_undoes_nothing(self, attempts: Attempts) -> None:
        await self.at_the_second_question(attempts)
        await self.switch(attempts, 0, on=True, press="1")
        await self.switch(attempts, 0, on=False, press="2")

        reply = await self.switch(attempts, 0, on=True, press="1")

        assert (reply.outcome, held(reply).selections[1]) == (Outcome.SELECTED, set())

    async def test_what_is_on_is_the_answer_that_submit_gives(self, attempts: Attempts) -> None:
        await self.at_the_second_question(attempts)
        await self.switch(attempts, 0, on=True, press="1")
        await self.switch(attempts, 1, on=True, press="2")

        reply = await press(attempts, "submit", press="3", position=1, shown="ac")

        assert reply.outcome is Outcome.TAKEN
        assert held(reply).is_right(1)

    async def test_submit_counts_only_for_what_its_message_shows(self, attempts: Attempts) -> None:
        await self.at_the_second_question(attempts)
        await self.switch(attempts, 0, on=True, press="1")

        reply = await press(attempts, "submit", press="2", position=1, shown="")

        assert reply.outcome is Outcome.CHANGED
        assert 1 not in held(reply).answers

    async def test_nothing_cannot_be_submitted_but_skipped(self, attempts: Attempts) -> None:
        await self.at_the_second_question(attempts)

        assert (await press(attempts, "submit", press="1", position=1)).outcome is Outcome.EMPTY
        assert (await press(attempts, "skip", press="2", position=1)).outcome is Outcome.TAKEN

    async def test_an_answered_question_is_switched_no_more(self, attempts: Attempts) -> None:
        await self.at_the_second_question(attempts)
        await self.switch(attempts, 0, on=True, press="1")
        await press(attempts, "submit", press="2", position=1, shown="c")

        reply = await self.switch(attempts, 1, on=True, press="3")

        assert (reply.outcome, held(reply).selections[1]) == (Outcome.LATE, {"c"})

    @pytest.mark.parametrize(("position", "place"), [(1, 3), (1, 11), (2, 0), (9, 0)])
    async def test_what_is_not_offered_cannot_be_switched(self, attempts: Attempts, position: int, place: int) -> None:
        await self.at_the_second_question(attempts)

        assert (await self.switch(attempts, place, on=True, press="1", position=position)).outcome is Outcome.INVALID

    async def test_a_single_choice_has_nothing_to_switch(self, attempts: Attempts) -> None:
        await begun(attempts)

        assert (await self.switch(attempts, 0, on=True, press="1", position=0)).outcome is Outcome.INVALID

    async def test_a_stopped_attempt_is_closed(self, attempts: Attempts) -> None:
        await self.at_the_second_question(attempts)
        await attempts.stop(ANN, CHAT, FIRST, update="stop", message_id=20)

        assert (await self.switch(attempts, 0, on=True, press="1")).outcome is Outcome.CLOSED
        assert (await press(attempts, "skip", press="2", position=1)).outcome is Outcome.CLOSED


class TestStopAndResume:
    async def stop(self, attempts: Attempts, update: str = "stop", message_id: int = 20) -> Reply:
        return await attempts.stop(ANN, CHAT, FIRST, update=update, message_id=message_id)

    async def test_a_stopped_attempt_keeps_its_answers_and_frees_the_chat(self, attempts: Attempts) -> None:
        await begun(attempts)
        await press(attempts)

        reply = await self.stop(attempts)

        attempt = held(reply)
        assert reply.outcome is Outcome.STOPPED
        assert (attempt.state, attempt.ended, len(attempt.answers)) == (State.STOPPED, reply.now, 1)
        assert attempt.claims[SCORE] == "stop"
        assert await attempts.active(ANN, CHAT) is None

    async def test_stopping_twice_is_stopping_once(self, attempts: Attempts) -> None:
        await begun(attempts)
        await self.stop(attempts)

        assert (await self.stop(attempts)).outcome is Outcome.REPEATED
        assert (await self.stop(attempts, "another")).outcome is Outcome.CLOSED

    async def test_an_old_stop_delivered_again_does_not_stop_what_was_resumed(self, attempts: Attempts) -> None:
        await begun(attempts)
        await self.stop(attempts)
        await attempts.resume(ANN, CHAT, FIRST, update="resume")

        reply = await self.stop(attempts)

        assert (reply.outcome, held(reply).state) == (Outcome.REPEATED, State.OPEN)

    async def test_a_stop_older_than_the_attempt_meant_another_one(self, attempts: Attempts) -> None:
        await begun(attempts, message=30)

        reply = await self.stop(attempts, message_id=29)

        assert (reply.outcome, held(reply).state) == (Outcome.REPEATED, State.OPEN)
        assert await attempts.active(ANN, CHAT) == FIRST

    async def test_a_resumed_attempt_goes_on_where_it_stopped(self, attempts: Attempts) -> None:
        await begun(attempts)
        await press(attempts)
        await attempts.record(ANN, FIRST, {"1": 51, verdict_step(0): 50})
        await self.stop(attempts)
        await attempts.record(ANN, FIRST, {SCORE: 60})

        reply = await attempts.resume(ANN, CHAT, FIRST, update="resume")

        attempt = held(reply)
        assert reply.outcome is Outcome.RESUMED
        assert (attempt.state, attempt.position, attempt.ended, attempt.score_message) == (State.OPEN, 1, None, None)
        assert 1 not in attempt.asked, "its question is to be asked anew"
        assert attempt.judged == {0}
        assert attempt.claims["1"] == "resume"
        assert await attempts.active(ANN, CHAT) == FIRST

    async def test_resuming_twice_is_resuming_once(self, attempts: Attempts) -> None:
        await begun(attempts)
        await self.stop(attempts)
        await attempts.resume(ANN, CHAT, FIRST, update="resume")
        await attempts.record(ANN, FIRST, {"0": 70})

        reply = await attempts.resume(ANN, CHAT, FIRST, update="resume")

        assert (reply.outcome, held(reply).asked) == (Outcome.REPEATED, {0: 70})

    async def test_a_resume_delivered_again_does_not_open_what_was_stopped_since(self, attempts: Attempts) -> None:
        await begun(attempts)
        await self.stop(attempts)
        await attempts.resume(ANN, CHAT, FIRST, update="resume")
        await self.stop(attempts, "stop again")

        reply = await attempts.resume(ANN, CHAT, FIRST, update="resume")

        assert (reply.outcome, held(reply).state) == (Outcome.REPEATED, State.STOPPED)

    async def test_an_open_attempt_can_have_its_question_shown_again(self, attempts: Attempts) -> None:
        await begun(attempts)
        await attempts.record(ANN, FIRST, {"0": 50})

        reply = await attempts.resume(ANN, CHAT, FIRST, update="show")

        assert (reply.outcome, held(reply).asked) == (Outcome.RESUMED, {})

    async def test_a_finished_attempt_is_not_opened_again(self, attempts: Attempts) -> None:
        await begun(attempts, length=1)
        await press(attempts)

        reply = await attempts.resume(ANN, CHAT, FIRST, update="resume")

        assert (reply.outcome, held(reply).state) == (Outcome.CLOSED, State.DONE)

    async def test_another_open_quiz_comes_first(self, attempts: Attempts) -> None:
        await begun(attempts)
        await self.stop(attempts)
        await attempts.start(new(SECOND), "second")

        reply = await attempts.resume(ANN, CHAT, FIRST, update="resume")

        assert (reply.outcome, reply.other) == (Outcome.BUSY, SECOND)
        assert await attempts.active(ANN, CHAT) == SECOND

    async def test_stopping_one_attempt_leaves_another_open(self, attempts: Attempts) -> None:
        await begun(attempts)
        await self.stop(attempts)
        await attempts.start(new(SECOND), "second")

        await self.stop(attempts, "again")

        assert await attempts.active(ANN, CHAT) == SECOND


class TestSteps:
    """The next step is given to one owner for 5 s, so that two do not send the same question."""

    async def test_a_step_belongs_to_whoever_took_it_first(self, attempts: Attempts) -> None:
        await begun(attempts)

        assert (await attempts.touch(ANN, FIRST, owner="beginning")).outcome is Outcome.YOURS
        assert (await attempts.touch(ANN, FIRST, owner="other")).outcome is Outcome.TAKEN_BY_OTHER

    async def test_a_step_not_done_in_five_seconds_is_given_to_the_next(
        self, attempts: Attempts, storage: Storage
    ) -> None:
        await begun(attempts)
        await age_claim(storage, "0", 4000)
        assert (await attempts.touch(ANN, FIRST, owner="other")).outcome is Outcome.TAKEN_BY_OTHER

        await age_claim(storage, "0", 5001)
        reply = await attempts.touch(ANN, FIRST, owner="other")

        assert (reply.outcome, held(reply).claims) == (Outcome.YOURS, {"0": "other"})

    async def test_a_step_that_is_done_is_given_to_nobody(self, attempts: Attempts) -> None:
        await begun(attempts)

        reply = await attempts.record(ANN, FIRST, {"0": 50})

        assert (reply.outcome, held(reply).asked, held(reply).claims) == (Outcome.RECORDED, {0: 50}, {})
        assert (await attempts.touch(ANN, FIRST, owner="beginning")).outcome is Outcome.DONE

    async def test_the_score_is_the_last_step(self, attempts: Attempts) -> None:
        await begun(attempts, length=1)
        await press(attempts)

        assert (await attempts.touch(ANN, FIRST, owner="press")).outcome is Outcome.YOURS
        await attempts.record(ANN, FIRST, {verdict_step(0): 50, SCORE: 60})
        reply = await attempts.touch(ANN, FIRST, owner="press")

        assert (reply.outcome, held(reply).score_message, held(reply).judged) == (Outcome.DONE, 60, {0})
        assert list(held(reply).unjudged()) == []

    async def test_a_late_press_takes_a_step_that_was_left_undone(self, attempts: Attempts, storage: Storage) -> None:
        await begun(attempts)
        await press(attempts)
        await age_claim(storage, "1", 6000)

        reply = await press(attempts, press="second tap")

        assert (reply.outcome, held(reply).claims["1"]) == (Outcome.LATE, "second tap")

    async def test_a_score_sent_for_a_stop_that_was_taken_back_is_no_score(self, attempts: Attempts) -> None:
        await begun(attempts)
        await attempts.stop(ANN, CHAT, FIRST, update="stop", message_id=20)
        await attempts.resume(ANN, CHAT, FIRST, update="resume")

        reply = await attempts.record(ANN, FIRST, {SCORE: 60})

        assert held(reply).score_message is None

    async def test_an_attempt_that_is_not_there_is_gone(self, attempts: Attempts) -> None:
        assert (await attempts.touch(ANN, FIRST, owner="o")).outcome is Outcome.GONE
        assert (await press(attempts)).outcome is Outcome.GONE
        assert await attempts.load(ANN, FIRST) is None
        assert await attempts.owner(FIRST) is None
        assert await attempts.latest(ANN) is None


class TestLife:
    async def life(self, storage: Storage, key: str) -> float:
        """For how many days a key is kept from now on."""
        return await storage.client.pttl(key) / DAY

    async def test_an_open_attempt_is_kept_30_days_and_a_finished_one_180(
        self, attempts: Attempts, storage: Storage
    ) -> None:
        await begun(attempts, length=1)
        assert await self.life(storage, keys.attempt(ANN, FIRST)) == pytest.approx(30, abs=0.01)
        assert await self.life(storage, keys.active(ANN, CHAT)) == pytest.approx(30, abs=0.01)

        await press(attempts)

        assert await self.life(storage, keys.attempt(ANN, FIRST)) == pytest.approx(180, abs=0.01)
        assert await self.life(storage, keys.attempts(ANN)) == pytest.approx(180, abs=0.01)
        assert await self.life(storage, keys.owner(FIRST)) == pytest.approx(180, abs=0.01)

    async def test_a_stopped_attempt_can_be_resumed_for_30_days(self, attempts: Attempts, storage: Storage) -> None:
        await begun(attempts)
        await storage.client.pexpire(keys.attempt(ANN, FIRST), DAY)

        await attempts.stop(ANN, CHAT, FIRST, update="stop", message_id=20)

        assert await self.life(storage, keys.attempt(ANN, FIRST)) == pytest.approx(30, abs=0.01)

    async def test_resuming_gives_an_attempt_30_days_again(self, attempts: Attempts, storage: Storage) -> None:
        await begun(attempts)
        await attempts.stop(ANN, CHAT, FIRST, update="stop", message_id=20)
        await storage.client.pexpire(keys.attempt(ANN, FIRST), DAY)

        await attempts.resume(ANN, CHAT, FIRST, update="resume")

        assert await self.life(storage, keys.attempt(ANN, FIRST)) == pytest.approx(30, abs=0.01)
        assert await self.life(storage, keys.active(ANN, CHAT)) == pytest.approx(30, abs=0.01)

    async def test_the_index_forgets_attempts_older_than_180_days(self, attempts: Attempts, storage: Storage) -> None:
        old = await storage.now() - 181 * DAY
        await storage.client.zadd(keys.attempts(ANN), {"old": old, "younger": old + 2 * DAY})

        await begun(attempts)

        assert await storage.client.zrange(keys.attempts(ANN), 0, -1) == ["younger", FIRST]  # pyright: ignore[reportUnknownMemberType]


async def test_a_record_of_another_version_is_not_guessed_at(attempts: Attempts, storage: Storage) -> None:
    await begun(attempts)
    await storage.call(storage.client.hset(keys.attempt(ANN, FIRST), "record", "2"))  # type: ignore[arg-type]

    with pytest.raises(UnknownRecord):
        await attempts.load(ANN, FIRST)


async def test_scripts_are_sent_again_to_a_server_that_forgot_them(attempts: Attempts, storage: Storage) -> None:
    await begun(attempts)
    await storage.client.script_flush()

    assert (await press(attempts)).outcome is Outcome.TAKEN


numbers = count(1000)
places = st.integers(0, 3)
Request = Callable[[Attempts, int, Attempt], Awaitable[object]]
"""Something asked of a person's first attempt, which stands as it was seen last."""


def answering(position: int, what: str, tap: int) -> Request:
    def ask(attempts: Attempts, user: int, seen: Attempt) -> Awaitable[object]:
        shown = "".join(sorted(seen.selections.get(position, ())))
        return attempts.answer(
            user, CHAT, FIRST, press=f"tap {tap}", position=position, what=what, shown=shown, message_id=50
        )

    return ask


def switching(position: int, place: int, on: bool) -> Request:
    return lambda attempts, user, _: attempts.select(
        user, FIRST, press=f"switch {place} {on}", position=position, place=place, on=on
    )


def stopping(update: int) -> Request:
    return lambda attempts, user, _: attempts.stop(user, CHAT, FIRST, update=f"stop {update}", message_id=20)


def resuming(update: int) -> Request:
    return lambda attempts, user, _: attempts.resume(user, CHAT, FIRST, update=f"resume {update}")


def recording(message: int) -> Request:
    return lambda attempts, user, seen: attempts.record(user, FIRST, {str(min(seen.position, 2)): message})


requests = st.one_of(
    st.builds(answering, places, st.sampled_from(["0", "1", "2", "skip", "submit"]), places),
    st.builds(switching, places, places, st.booleans()),
    st.builds(stopping, places),
    st.builds(resuming, places),
    st.builds(recording, st.integers(50, 60)),
)


@given(st.lists(requests, max_size=25))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_whatever_is_asked_an_answer_counts_once_and_stays(attempts: Attempts, asked: list[Request]) -> None:
    user = next(numbers)
    await attempts.start(new(user=user), "beginning")
    before = held(await attempts.touch(user, FIRST, owner="beginning"))
    for request in asked:
        await request(attempts, user, before)

        after = await attempts.load(user, FIRST)
        assert after is not None
        assert before.answers.items() <= after.answers.items()
        assert sorted(after.answers) == list(range(after.position))
        assert (after.state is State.DONE) == (after.position == len(after.plan))
        assert (await attempts.active(user, CHAT) == FIRST) == (after.state is State.OPEN)
        before = after


async def shift(storage: Storage, field: str, by: int) -> None:
    """Move a time in Ann's first attempt."""
    await storage.call(storage.client.hincrby(keys.attempt(ANN, FIRST), field, by))  # type: ignore[arg-type]


async def age_claim(storage: Storage, step: str, milliseconds: int) -> None:
    """Make the claim on a step of Ann's first attempt so old."""
    key = keys.attempt(ANN, FIRST)
    owner = (await storage.hash(key))[f"c:{step}"].rpartition("|")[0]
    taken = f"{owner}|{await storage.now() - milliseconds}"
    await storage.call(storage.client.hset(key, f"c:{step}", taken))  # type: ignore[arg-type]
