"""Everything that can go wrong, at random: each trouble once in some order, then all again."""

import asyncio
import signal
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from random import Random

from simulator.client import Fault, Simulator
from tests.faults.replicas.ledger import Ledger
from tests.faults.replicas.replica import Replica
from tests.injected import inject, known
from tests.log_check import assert_no_secret, assert_untroubled
from tests.redis_servers import Server
from tests.toxic_proxy import Toxic, ToxicProxy

Trouble = Callable[[Random], Awaitable[None]]

EFFECTS = ("sendMessage", "editMessageText", "answerCallbackQuery")
REPLY_IS_LOST = 0.02
CALL_IS_REFUSED = 0.01
PRESS_LIVES = 150.0
ADVANCES_AGAIN = 0.2
LONGEST_AWAY = 1.0
LONGEST_HARM = 0.4
NAMES_HERE = ("Ann", "Bob")


class StormReplica(Replica):
    """A process whose log is too long to be looked through for whatever was said: other tests do that."""

    async def is_well_logged(self) -> None:
        """Nothing went wrong but the way to Redis and to Telegram, and nobody is named."""
        said = self.said
        assert_untroubled(self, said)
        assert_no_secret(self, said, NAMES_HERE)


class Storm:
    """The troubles, and what they have come to."""

    def __init__(
        self,
        ledger: Ledger,
        replicas: Sequence[Replica],
        redis: Server,
        links: Mapping[str, ToxicProxy],
        *,
        longest_pause: float,
    ) -> None:
        self.longest_pause = longest_pause
        self.ledger = ledger
        self.links = links
        self.has_advanced = False
        self.kills: list[Trouble] = [
            *(partial(self._kill, replica) for replica in replicas),
            partial(self._kill_redis, redis),
            partial(self._kill_redis, redis, advance=PRESS_LIVES + 1),
        ]
        self.weather: list[Trouble] = [partial(self._harm, link, toxic) for link in links for toxic in Toxic]

    async def rage(self, seed: int, enough: asyncio.Event) -> None:
        """Do every trouble at least once, and go on until it is enough."""
        await trouble_telegram(self.ledger.simulator, seed)
        async with asyncio.TaskGroup() as group:
            for name, troubles in (("kills", self.kills), ("weather", self.weather)):
                group.create_task(self._in_turn(troubles, Random(f"{seed} {name}"), enough))
        await self.ledger.simulator.lift_faults()
        await self.ledger.simulator.set_delivery()

    async def _in_turn(self, troubles: Sequence[Trouble], dice: Random, enough: asyncio.Event) -> None:
        while True:
            for trouble in dice.sample(troubles, len(troubles)):
                await asyncio.sleep(dice.random() * self.longest_pause)
                await trouble(dice)
            if enough.is_set():
                return

    def report(self) -> None:
        """Count what happened to messages, now that it is over."""
        for name, proxy in self.links.items():
            for toxic, times in proxy.harmed.items():
                inject(f"message {toxic}", name, times)

    async def _kill(self, replica: Replica, dice: Random) -> None:
        step = self.ledger.step
        await replica.kill()
        known(f"SIGKILL to quizbot {replica.command}", step)
        await asyncio.sleep(dice.random() * LONGEST_AWAY)
        replica.start()

    async def _kill_redis(self, redis: Server, dice: Random, advance: float = 0.0) -> None:
        redis.signal(signal.SIGKILL)
        known("SIGKILL to Redis", self.ledger.step)
        await asyncio.sleep(dice.random() * LONGEST_AWAY)
        # Each time all that is pending is dropped: once is enough to see it, and the others have presses to count.
        if advance and (not self.has_advanced or dice.random() < ADVANCES_AGAIN):
            self.has_advanced = True
            await self.ledger.simulator.advance_clock(advance)
        redis.start()

    async def _harm(self, link: str, toxic: Toxic, dice: Random) -> None:
        await self.links[link].harm(toxic, dice.random() * LONGEST_HARM)


async def trouble_telegram(simulator: Simulator, seed: int) -> None:
    """Telegram repeats and reorders what it delivers, loses replies, and refuses now and then."""
    await simulator.set_delivery(copies=(1, 2), late=0.5, seed=seed % 2**32)
    lost = [Fault(method, "reset", "after", probability=REPLY_IS_LOST) for method in EFFECTS]
    refused = [Fault(method, "502", probability=CALL_IS_REFUSED) for method in EFFECTS]
    await simulator.add_faults(*lost, *refused, seed=seed % 2**32)
