"""Who takes the next step of an attempt, and how long an attempt is kept."""

import pytest

from storage import keys
from storage.attempts import SCORE, Attempts, Outcome, claimant, verdict_step
from storage.connection import Storage
from tests.storage.attempt_requests import age_claim, begun, held, press
from tests.storage.examples import ANN, CHAT, FIRST

DAY = 24 * 3600 * 1000


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

        assert (await attempts.record(ANN, FIRST, {"0": 50})).outcome is Outcome.RECORDED

        reply = await attempts.touch(ANN, FIRST, owner="beginning")
        assert (reply.outcome, held(reply).asked, held(reply).claims) == (Outcome.DONE, {0: 50}, {})

    async def test_the_score_is_the_last_step(self, attempts: Attempts) -> None:
        await begun(attempts, length=1)
        await press(attempts)

        assert (await attempts.touch(ANN, FIRST, owner=claimant("press"))).outcome is Outcome.YOURS
        await attempts.record(ANN, FIRST, {verdict_step(0): 50, SCORE: 60})
        reply = await attempts.touch(ANN, FIRST, owner=claimant("press"))

        assert (reply.outcome, held(reply).score_message, held(reply).judged) == (Outcome.DONE, 60, {0})
        assert list(held(reply).unjudged()) == []

    async def test_a_late_press_takes_a_step_that_was_left_undone(self, attempts: Attempts, storage: Storage) -> None:
        await begun(attempts)
        await press(attempts)
        await age_claim(storage, "1", 6000)

        reply = await press(attempts, press="second tap")

        assert (reply.outcome, held(reply).claims["1"]) == (Outcome.LATE, claimant("second tap"))

    async def test_a_score_sent_for_a_stop_that_was_taken_back_is_no_score(self, attempts: Attempts) -> None:
        await begun(attempts)
        await attempts.stop(ANN, CHAT, FIRST, update="stop", message_id=20)
        await attempts.resume(ANN, CHAT, FIRST, update="resume")

        await attempts.record(ANN, FIRST, {SCORE: 60})

        assert held(await attempts.touch(ANN, FIRST, owner=claimant("resume"))).score_message is None

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
