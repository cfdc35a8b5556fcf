"""What the bot keeps, for commands that look into it."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from bot.settings import Settings
from storage.connection import Storage, connect
from storage.embedded import attach_server


@asynccontextmanager
async def open_storage(settings: Settings) -> AsyncGenerator[Storage]:
    """What the bot keeps, whether it runs just now or not."""
    if settings.redis_url is not None:
        async with connect(settings.redis_url.get_secret_value()) as storage:
            yield storage
        return
    async with attach_server(settings.data_dir) as server, connect(server.url) as storage:
        yield storage
