"""The control API: what tests, the page and the terminal do with the simulated Telegram, JSON in and out."""

import asyncio

from starlette.routing import Route

from simulator.control.circumstances import Circumstances
from simulator.control.groups import Groups
from simulator.control.people import People
from simulator.control.requests import guard
from simulator.control.view import View
from simulator.world import World

# What may stand in the address; anything else there is an error, since it would do nothing.
QUERIES = {
    "/chats/{chat}": {"bot"},
    "/callbacks/{press}": {"timeout"},
    "/events": {"after", "timeout"},
    "/calls": {"method", "chat"},
}


def routes(world: World, stopping: asyncio.Event, token: str) -> list[Route]:
    """All its endpoints, each behind the token."""
    parts = People(world), Groups(world), View(world, stopping), Circumstances(world)
    table = [row for part in parts for row in part.table()]
    return [
        Route(f"/control{path}", guard(endpoint, token, QUERIES.get(path, set())), methods=[method])
        for method, path, endpoint in table
    ]
