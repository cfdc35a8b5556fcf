"""An attempt is stopped and resumed, each once for each update that asks for it."""

from quiz.attempt import State
from storage.attempts import SCORE, Attempts, Outcome, Reply, claimant, verdict_step
from tests.storage.attempt_requests import begun, held, press
from tests.storage.examples import ANN, CHAT, FIRST, SECOND, new


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
        assert attempt.claims[SCORE] == claimant("stop")
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
        assert attempt.claims["1"] == claimant("resume")
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
