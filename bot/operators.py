"""What is served to whoever runs the bot, at a port that the world does not reach: figures and health."""

import asyncio
from collections.abc import Mapping
from functools import partial

from bot.server import serve_until
from bot.settings import Settings
from storage.connection import Storage
from tasks.queues import Look
from web.app import make_operators_app, storage_troubles
from web.metrics import Figures


async def serve_operators(
    settings: Settings, port: int, storage: Storage, queues: Mapping[str, Look], stopping: asyncio.Event
) -> None:
    """Serve until told to stop; raises `WrongSettings` when the port is taken."""
    app = make_operators_app(partial(storage_troubles, storage), Figures(storage, queues, settings.models))
    await serve_until(stopping, app, settings.host, port, "QUIZBOT_METRICS_PORT")
