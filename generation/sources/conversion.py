"""Documents are made into passages by a process of their own each, which can do nothing else."""

import asyncio
import base64
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, Any, cast

import orjson
import structlog

from generation.sources.confinement import CPU_SECONDS
from generation.sources.refusal import NotConverted, Reason
from quiz.material import Material, Passage, PassageKind, Place, PlaceKind

MOST_BYTES = 20 << 20
"""What a bot may download from Telegram."""
SECONDS = 60.0
"""A document has them from when its process starts; CPU time is bounded by `CPU_SECONDS`."""
AT_ONCE = 2
MOST_OF_ANSWER = 24 << 20
MOST_OF_NAME = 300
INHERITED = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT")
"""What Python may need to start; nothing else of the bot's environment is handed on."""
COMMAND = ("-I", "-B", "-X", "utf8", "-m", "generation.sources.convert")

log = structlog.stdlib.get_logger(__name__)
_room = ThreadPoolExecutor(AT_ONCE, "conversion")


async def convert(data: bytes, name: str) -> Material:
    """The passages of a document; its kind is told by its bytes, the name gives the title. Without a name it was typed.

    Two are converted at once, others wait. Raises NotConverted, with the reason, for what cannot be read within 20 MB,
    60 s and 768 MB, whatever it does to its reader; of a very long source only the beginning is taken, and
    `Material.whole` says so. The event loop is never held up, and cancelling ends the process.
    """
    if len(data) > MOST_BYTES:
        raise NotConverted(Reason.TOO_BIG)
    return material_from(await _run(Child(data, name)))


@dataclass(frozen=True, slots=True)
class Picture:
    """A page of a scan, or a photo, as a JPEG that has nothing but what is seen; `number` counts from 1."""

    number: int
    jpeg: bytes


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pages of a scan, or a photo; unless it is `whole`, there were more than are taken.

    They are `placed` by their numbers where they are pages of a document, and not a photo or a single page.
    """

    pages: tuple[Picture, ...]
    whole: bool = True
    placed: bool = False


async def pictures_of(data: bytes, name: str, pages: Sequence[int] = ()) -> Pictures:
    """The first pages of a scan, or a photo (JPEG, PNG, WebP, GIF), for a model to read; bounds as for `convert`.

    Of a PDF some `pages` may be asked for in place of the first ones, of which as many are taken.
    """
    if len(data) > MOST_BYTES:
        raise NotConverted(Reason.TOO_BIG)
    said = _checked(await _run(Child(data, name, pictures=tuple(pages))))
    try:
        found = tuple(Picture(int(number), base64.b64decode(jpeg)) for number, jpeg in said["pictures"])
        return Pictures(found, said["whole"] is True, placed=bool(pages) or len(found) > 1)
    except (ValueError, KeyError, TypeError):
        raise NotConverted(Reason.DAMAGED) from None


async def _run(child: "Child") -> dict[str, Any]:
    try:
        return await asyncio.get_running_loop().run_in_executor(_room, child.run)
    except asyncio.CancelledError:
        child.kill()
        raise


class Child:
    """One process for one document."""

    def __init__(self, data: bytes, name: str, *, pictures: tuple[int, ...] | None = None) -> None:
        """It gives passages, or `pictures` of these pages (of none: of the first ones)."""
        self._data = data
        self._pictures = pictures
        self._name = name[-MOST_OF_NAME:].encode("utf-8", "replace").decode()
        self._pid: int | None = None
        self._unwanted = False
        self.cpu_seconds = 0.0
        self.peak = 0
        """Bytes of memory that its process had at most; 0 where it did not live to say so."""

    def run(self) -> dict[str, Any]:
        """Start it, feed it, hear it out; for a thread. No process is left, whatever happens."""
        process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, *COMMAND],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env={name: os.environ[name] for name in INHERITED if name in os.environ},
            start_new_session=True,
        )
        self._pid = process.pid
        timer = threading.Timer(SECONDS, self.kill)
        timer.start()
        try:
            if self._unwanted:
                self.kill()
            answer = self._talk(process)
        except BaseException:
            self.kill()
            raise
        finally:
            # Not Popen's own wait, which does not say what the process used; nor its kill, which waits too.
            _, status, used = os.wait4(process.pid, 0)
            self._pid = None
            process.returncode = os.waitstatus_to_exitcode(status)
            self.cpu_seconds = used.ru_utime + used.ru_stime
            timer.cancel()
        if answer is None:
            raise NotConverted(Reason.DAMAGED)
        if process.returncode:
            raise NotConverted(_why(process.returncode, self.cpu_seconds, killed=self._unwanted))
        said = _said(answer)
        self.peak = said.get("peak", 0)
        return said

    def kill(self) -> None:
        """End it, now or as soon as it starts."""
        self._unwanted = True
        with suppress(ProcessLookupError):
            if self._pid is not None:
                os.kill(self._pid, signal.SIGKILL)

    def _talk(self, process: "subprocess.Popen[bytes]") -> bytes | None:
        """What it answers; None, and its end, where that is more than it may be."""
        stdin, stdout = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
        with suppress(BrokenPipeError), stdin:
            stdin.write(orjson.dumps({"name": self._name, "pictures": self._pictures}) + b"\n")
            stdin.write(self._data)
        with stdout:
            answer = stdout.read(MOST_OF_ANSWER + 1)
        if len(answer) <= MOST_OF_ANSWER:
            return answer
        self.kill()
        return None


def _why(status: int, cpu_seconds: float, *, killed: bool) -> Reason:
    """Why a process ended without an answer; a crash says that a library written in C could not go on."""
    if killed or status == -signal.SIGXCPU or cpu_seconds >= CPU_SECONDS - 1:
        return Reason.TOOK_TOO_LONG
    if status == -signal.SIGKILL:
        return Reason.TOO_MUCH_MEMORY
    if status > 0:
        # Not by a signal, so not by the document: the reader itself could not work.
        log.error("the process that reads documents failed", status=status)
    return Reason.DAMAGED


def _said(answer: bytes) -> dict[str, Any]:
    try:
        said = orjson.loads(answer)
    except ValueError:
        said = None
    if not isinstance(said, dict):
        raise NotConverted(Reason.DAMAGED)
    return cast("dict[str, Any]", said)


def _checked(said: dict[str, Any]) -> dict[str, Any]:
    """What a process answered; raises NotConverted for a refusal."""
    if sys.platform == "linux" and said.get("sealed") is False:
        log.warning("the kernel does not keep the process that reads documents from the network")
    if "not_imported" in said:
        log.error("what reads documents lacks a module", module=str(said["not_imported"]))
    if "refused" in said:
        known = said["refused"] in set(Reason)
        raise NotConverted(Reason(said["refused"]) if known else Reason.DAMAGED)
    return said


def material_from(said: dict[str, Any]) -> Material:
    """The passages that a process answered; raises NotConverted for a refusal, and for what none of ours answers."""
    _checked(said)
    try:
        passages = tuple(_passage(*one) for one in said["passages"])
        return Material(str(said["title"]), passages, said["whole"] is True, tuple(map(int, said["pictured"])))
    except (ValueError, KeyError, TypeError):
        raise NotConverted(Reason.DAMAGED) from None


def _passage(
    text: object, kind: object, counted_in: object, number: object, heading: object, lines: list[object]
) -> Passage:
    if not (isinstance(text, str) and isinstance(number, int) and isinstance(heading, str)):
        raise TypeError
    numbers = tuple(line for line in lines[: text.count("\n") + 1] if isinstance(line, int))
    return Passage(text, Place(PlaceKind(counted_in), number, heading), PassageKind(kind), numbers)
