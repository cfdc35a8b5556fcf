"""Any requests in any order keep what an attempt promises."""

from collections.abc import Awaitable, Callable
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quiz.attempt import Attempt, State
from storage.attempts import Attempts
from tests.storage.attempt_requests import held
from tests.storage.examples import CHAT, FIRST, new

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
