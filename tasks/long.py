"""The dockets for what takes its time: `long`, which writes, and `reading`, which reads what students send."""

from docket import Docket

from storage.connection import unavailable_when_redis_fails


class Long:
    """Adds tasks; each method raises `StorageUnavailable` unless the task is in Redis when it returns."""

    def __init__(self, docket: Docket, reading: Docket) -> None:
        self._docket = docket
        self._reading = reading

    async def top_up(self, pool: str) -> None:
        """Have more questions written for a pool, unless somebody is at it already."""
        with unavailable_when_redis_fails():
            await self._docket.add("top_up", key=f"top_up:{pool}")(pool)

    async def write(self, attempt: str) -> None:
        """Have the questions of an attempt written, unless somebody is at it already."""
        with unavailable_when_redis_fails():
            await self._docket.add("write", key=f"write:{attempt}")(attempt)

    async def convert(self, collection: str, number: int) -> None:
        """Have what somebody sends read and shown; once for each round of a collection."""
        with unavailable_when_redis_fails():
            await self._reading.add("convert", key=f"convert:{collection}:{number}")(collection, number)
