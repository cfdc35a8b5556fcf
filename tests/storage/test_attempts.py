"""Attempts in a real Valkey: each request has one outcome, and the same request again changes nothing."""

import asyncio

import pytest

from quiz.attempt import State
from storage import keys
from storage.attempts import SCORE, Attempts, Outcome, claimant
from storage.connection import Storage
from storage.errors import StorageUnavailable, UnknownRecord
from tests.storage.attempt_requests import begun, held, press, shift
from tests.storage.examples import ANN, BOB, CHAT, FIRST, GROUP, MULTIPLE, SECOND, SINGLE, new


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
        assert attempt.claims["1"] == claimant("press")

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
        assert attempt.claims[SCORE] == claimant("press")
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


class TestRefusedPress:
    """Delivered again, it is refused again, even where another press would count by then."""

    async def test_of_a_question_not_yet_asked(self, attempts: Attempts) -> None:
        await begun(attempts)
        assert (await press(attempts, press="early", position=2)).outcome is Outcome.INVALID
        await press(attempts, "skip", press="first")
        await press(attempts, "skip", press="second", position=1)

        assert (await press(attempts, press="early", position=2)).outcome is Outcome.INVALID
        assert (await press(attempts, press="new", position=2)).outcome is Outcome.TAKEN

    async def test_of_a_stopped_attempt(self, attempts: Attempts) -> None:
        await begun(attempts)
        await attempts.stop(ANN, CHAT, FIRST, update="stop", message_id=20)
        assert (await press(attempts, press="closed")).outcome is Outcome.CLOSED
        await attempts.resume(ANN, CHAT, FIRST, update="resume")

        assert (await press(attempts, press="closed")).outcome is Outcome.INVALID
        assert (await press(attempts, press="new")).outcome is Outcome.TAKEN

    async def test_of_a_choice_that_was_changed(self, attempts: Attempts) -> None:
        await begun(attempts)
        await press(attempts, "skip", press="first")
        assert (await press(attempts, "submit", press="old", position=1, shown="a")).outcome is Outcome.CHANGED
        place = MULTIPLE.order.index("a")
        await attempts.select(ANN, FIRST, press="on", position=1, place=place, on=True)

        assert (await press(attempts, "submit", press="old", position=1, shown="a")).outcome is Outcome.INVALID
        assert (await press(attempts, "submit", press="new", position=1, shown="a")).outcome is Outcome.TAKEN

    async def test_that_switches_an_option(self, attempts: Attempts) -> None:
        await begun(attempts)
        early = {"press": "early", "position": 1, "place": 0, "on": True}
        assert (await attempts.select(ANN, FIRST, **early)).outcome is Outcome.INVALID  # type: ignore[arg-type]
        await press(attempts, "skip", press="first")

        again = held(await attempts.select(ANN, FIRST, **early))  # type: ignore[arg-type]
        assert again.selections == {}


async def test_no_attempt_stands_without_its_owner_whatever_dies_in_between(
    attempts: Attempts, storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tasks know an attempt's id only, and whoever began it may be told of no update again."""

    async def dies(*_: object) -> None:
        raise StorageUnavailable("killed before it")

    monkeypatch.setattr(storage, "set", dies)
    with pytest.raises(StorageUnavailable):
        await attempts.start(new(), owner="update")
    assert await attempts.load(ANN, FIRST) is None


async def test_of_an_attempt_that_could_not_begin_nothing_stays(attempts: Attempts, storage: Storage) -> None:
    await attempts.start(new(), owner="update")
    await attempts.start(new(SECOND), owner="another")

    assert await attempts.owner(FIRST) == ANN
    life = await storage.call(storage.client.ttl(keys.owner(SECOND)))
    assert 0 < life <= keys.DUE.total_seconds()


async def test_a_record_of_another_version_is_not_guessed_at(attempts: Attempts, storage: Storage) -> None:
    await begun(attempts)
    await storage.call(storage.client.hset(keys.attempt(ANN, FIRST), "record", "2"))  # type: ignore[arg-type]

    with pytest.raises(UnknownRecord):
        await attempts.load(ANN, FIRST)


async def test_scripts_are_sent_again_to_a_server_that_forgot_them(attempts: Attempts, storage: Storage) -> None:
    await begun(attempts)
    await storage.client.script_flush()

    assert (await press(attempts)).outcome is Outcome.TAKEN
