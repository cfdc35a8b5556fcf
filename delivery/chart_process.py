"""Pictures of results are drawn by a process of their own, one at a time, with limits on time and memory."""

import asyncio
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import structlog

from delivery.chart import Chart, chart_of
from delivery.charts import NOT_INSTALLED
from quiz.results import Results

SECONDS = 30.0
COMMAND = ("-I", "-B", "-X", "utf8", "-m", "delivery.charts")
INHERITED = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR")
"""What Python may need to start; nothing else of the bot's environment is handed on."""
PNG = b"\x89PNG\r\n\x1a\n"

log = structlog.stdlib.get_logger(__name__)
_room = ThreadPoolExecutor(1, "chart")


class NotDrawn(Exception):
    """There is no picture; the message with the numbers has to do."""


async def picture_of(results: Results, *, dark: bool) -> bytes:
    """A PNG of results; raises `NotDrawn` where the extra `charts` is missing, or drawing takes too much.

    The event loop is never held up. A process that was begun ends within 30 s, also when nobody waits for it any more.
    """
    return await asyncio.get_running_loop().run_in_executor(_room, run, chart_of(results), dark)


def run(chart: Chart, dark: bool, seconds: float = SECONDS) -> bytes:
    """Have a process draw, for a thread."""
    asked = json.dumps({"dark": dark}) + "\n" + chart.written_down()
    environment = {name: os.environ[name] for name in INHERITED if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            [sys.executable, *COMMAND],
            input=asked.encode("utf-8", "replace"),
            capture_output=True,
            timeout=seconds,
            cwd="/",
            # One thread: with more, numpy reserves more memory than the process may have.
            env={**environment, "OPENBLAS_NUM_THREADS": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        log.warning("a picture of results took too long", seconds=seconds)
        raise NotDrawn from None
    if done.returncode == NOT_INSTALLED:
        log.warning("pictures of results need the extra [teachers]")
        raise NotDrawn
    if done.returncode or not done.stdout.startswith(PNG):
        log.error("a picture of results was not drawn", status=done.returncode)
        raise NotDrawn
    return done.stdout
