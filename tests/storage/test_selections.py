"""Questions with several right answers: options are switched one by one, in the order of the presses."""

import pytest

from storage.attempts import Attempts, Outcome, Reply
from tests.storage.attempt_requests import begun, held, press
from tests.storage.examples import ANN, CHAT, FIRST


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
