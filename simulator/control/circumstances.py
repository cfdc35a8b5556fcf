"""Orders of the control API: faults, limits, how updates come, and what time it is."""

import random

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from simulator.control.requests import Table, body
from simulator.limits import TELEGRAM, Limit, Limits
from simulator.orders import Advance, NewDelivery, NewFaults, NewLimits, Reset
from simulator.updates import Delivery
from simulator.world import Unknown, World


class Circumstances:
    """What a bot has to cope with in one world."""

    def __init__(self, world: World) -> None:
        self._world = world

    def table(self) -> Table:
        """Who answers which request."""
        return [
            ("POST", "/faults", self.add_faults),
            ("GET", "/faults", self.faults),
            ("DELETE", "/faults", self.lift_faults),
            ("DELETE", "/faults/{fault:int}", self.lift_faults),
            ("POST", "/limits", self.set_limits),
            ("POST", "/delivery", self.set_delivery),
            ("POST", "/clock", self.advance),
            ("GET", "/clock", self.clock),
            ("POST", "/reset", self.reset),
        ]

    async def add_faults(self, request: Request) -> Response:
        order = await body(request, NewFaults)
        if order.seed is not None:
            self._world.faults.seed(order.seed)
        added = [self._world.faults.add(rule.model_dump()) for rule in order.rules]
        return JSONResponse({"ids": [fault.id for fault in added]})

    async def faults(self, _request: Request) -> Response:
        return JSONResponse({"rules": [fault.as_json() for fault in self._world.faults.rules()]})

    async def lift_faults(self, request: Request) -> Response:
        fault_id: int | None = request.path_params.get("fault")
        lifted = self._world.faults.remove(fault_id)
        if fault_id is not None and not lifted:
            raise Unknown(f"There is no fault {fault_id}.")
        return JSONResponse({"ids": lifted})

    async def set_limits(self, request: Request) -> Response:
        order = await body(request, NewLimits)
        asked = {"chat": order.chat, "group": order.group, "everyone": order.everyone}
        usual = TELEGRAM if order.telegram else {}
        limits = {
            name: Limit(one.calls, one.seconds) if one is not None else usual.get(name) for name, one in asked.items()
        }
        self._world.limits = Limits(self._world.clock, **limits)
        return JSONResponse(self._world.limits.as_json())

    async def set_delivery(self, request: Request) -> Response:
        order = await body(request, NewDelivery)
        dice = random.Random(order.seed)  # noqa: S311 - repeatable on purpose
        self._world.set_delivery(Delivery((order.copies[0], order.copies[1]), float(order.late), dice))
        return JSONResponse({})

    async def advance(self, request: Request) -> Response:
        self._world.clock.advance((await body(request, Advance)).advance)
        return await self.clock(request)

    async def clock(self, _request: Request) -> Response:
        clock = self._world.clock
        return JSONResponse({"now": clock.now(), "advanced": clock.advanced})

    async def reset(self, request: Request) -> Response:
        self._world.reset(bots=(await body(request, Reset)).bots)
        return JSONResponse({})
