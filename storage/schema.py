"""The version of the records: a release reads its own and the one before, and says so when it cannot."""

from redis.exceptions import ResponseError

from storage import keys
from storage.connection import Storage

VERSION = 1


class WrongSchema(Exception):
    """The records are of a version this release cannot read; the message says what to do."""


async def ensure_schema(storage: Storage) -> None:
    """Mark new storage with this release's version, or make sure that what is there can be read."""
    try:
        found = int(await storage.get(keys.SCHEMA) or 0)
    except (ValueError, ResponseError):  # no number, or no text
        raise WrongSchema(
            f"the key {keys.SCHEMA!r} is somebody else's: give the bot a Redis, or a database of one, of its own"
        ) from None
    if not found:
        await storage.set(keys.SCHEMA, str(VERSION), None)
    elif not VERSION - 1 <= found <= VERSION:
        raise WrongSchema(
            f"the data are of version {found} and this release reads {VERSION}: start a release in between, or newer"
        )
