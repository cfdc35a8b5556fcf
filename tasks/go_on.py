"""The task of the `soon` docket that goes on with a live round, now or when something in it is due."""

from collections.abc import Awaitable, Callable

from docket import Docket, Execution, ExponentialRetry, Timeout

from delivery.failures import Held, NotNow
from tasks.dockets import THIS_TASK
from tasks.later import RETRY, TASK_LIMIT, Patience
from tasks.live import Live, go_on

ANY_TURN = -1
"""For a task that is no timer."""
AGAIN_SECONDS = 2.0
"""A round goes on as soon as Telegram lets it, however long that takes: to wait is no failed try."""


def register(docket: Docket, live: Live, patience: Patience) -> None:
    """Make the docket know the task, under a name that never changes."""
    docket.register(go_on_task(live, patience), names=["go_on"])


def go_on_task(live: Live, patience: Patience) -> Callable[..., Awaitable[None]]:
    """The task that goes on with a round, as docket calls it."""

    async def go_on_with(
        round_id: str,
        owner: str,
        turn: int,
        retry: ExponentialRetry = RETRY,
        limit: Timeout = TASK_LIMIT,
        task: Execution = THIS_TASK,
    ) -> None:
        del limit
        await patience.until_due(task)
        await patience.until_done(task, {"round": round_id}, _go_on(live, round_id, owner, turn), retry)

    return go_on_with


async def _go_on(live: Live, round_id: str, owner: str, turn: int) -> None:
    try:
        one = await go_on(live, round_id, owner)
    except Held:
        raise
    except NotNow as error:
        raise Held(max(error.seconds, AGAIN_SECONDS)) from error
    if one is not None and one.turn == turn and one.due is not None:
        # It was set before anybody had seen the question, from when on its time counts.
        raise Held(await live.rounds.seconds_until(one.due))
