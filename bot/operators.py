"""What is for whoever runs the bot: its figures, and a port that the world does not reach, for them and its health."""

import asyncio
from collections.abc import Mapping
from functools import partial

from docket import Docket

from bot.http_server import serve
from bot.settings import Settings
from storage.connection import Storage
from tasks.queues import waiting
from web.app import make_app
from web.metrics import Figures
from web.readiness import Look


def figures_of(settings: Settings, storage: Storage, dockets: Mapping[str, Docket]) -> Figures:
    """What a process of these settings tells Prometheus."""
    return Figures(storage, {name: partial(waiting, docket) for name, docket in dockets.items()}, settings.models)


async def serve_operators(host: str, port: int, look: Look, figures: Figures, stopping: asyncio.Event) -> None:
    """Serve until told to stop; raises `WrongSettings` when the port is taken."""
    await serve(make_app(look, figures=figures), host, port, "QUIZBOT_METRICS_PORT", stopping)
