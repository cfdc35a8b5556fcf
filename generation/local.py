"""Opens a GGUF file as a chat model that llama.cpp runs in this process.

What llama.cpp's server does beside what it is asked for is undone here: it listens (on a socket in a private folder
that is gone as soon as it does) and takes SIGINT and SIGTERM away from Python.
"""

import ctypes
import importlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, cast

from generation.models import CannotOpen
from generation.request import Trouble

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

MAGIC = b"GGUF"
CONTEXT_TOKENS = 8192
BATCH_TOKENS = 64
"""A prompt is read in pieces of this size; between two of them, as between two tokens, a call can be stopped."""
SLOTS = 2
"""Prompts kept as they were read: the writer's and the solver's take turns."""
CACHE_MIB = 512

PROBE_SECONDS = 300
PROBE_WORDS = "Plants turn the light of the sun into sugar. " * 8
PROBE_TOKENS = 8
SIGNALS = (signal.SIGINT, signal.SIGTERM)
MOST_BYTES_OF_SIGACTION = 512
"""More than C's `struct sigaction` has anywhere: 152 in glibc and musl, 16 on macOS."""


def open_local(path: str) -> "BaseChatModel":
    """The model in a file, with as many threads as were the fastest when this process first tried.

    It is tried in a process of its own, which a file that makes llama.cpp abort may end. Raises ImportError without
    xllamacpp, and `CannotOpen` for a file that is missing, no GGUF, or broken. To be called in a thread; even so
    Python stands still for the one to three seconds in which the model is loaded: xllamacpp keeps the interpreter.
    """
    importlib.import_module("xllamacpp")
    from generation.local_chat import LocalChat

    file = Path(path).expanduser()
    try:
        with file.open("rb") as opened:
            magic = opened.read(len(MAGIC))
    except OSError as error:
        raise _cannot_open(path, f"the file cannot be read ({error.strerror})") from None
    if magic != MAGIC:
        raise _cannot_open(path, "the file is no GGUF")
    try:
        return LocalChat(load(str(file), fastest(str(file))))
    except (RuntimeError, ValueError, subprocess.SubprocessError):
        why = "llama.cpp cannot load the file: it is broken or too new, or there is no memory for it"
        raise _cannot_open(path, why) from None


@cache
def fastest(path: str) -> int:
    """One thread or one for each core, whichever was faster for a few words; on shared cores it may be one.

    Raises SubprocessError or ValueError when the file could not be loaded.
    """
    command = [sys.executable, "-m", "generation.local", path]
    # The same modules as here, wherever they were found.
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    ran = subprocess.run(  # noqa: S603 - our own words
        command, env=environment, capture_output=True, check=True, timeout=PROBE_SECONDS
    )
    seconds = cast("dict[str, float]", json.loads(ran.stdout.decode().rpartition("\n")[2]))
    return int(min(seconds, key=seconds.__getitem__))


def load(path: str, threads: int) -> Any:  # noqa: ANN401 - xllamacpp has no types
    """llama.cpp's server with the model in it; raises RuntimeError when it cannot be loaded."""
    llama: Any = importlib.import_module("xllamacpp")
    wanted = llama.CommonParams()
    wanted.model.path = path
    wanted.n_ctx, wanted.n_parallel, wanted.kv_unified = CONTEXT_TOKENS, SLOTS, True
    wanted.n_batch = wanted.n_ubatch = BATCH_TOKENS
    wanted.cpuparams.n_threads = wanted.cpuparams_batch.n_threads = threads
    wanted.cache_ram_mib = CACHE_MIB
    # Loading is to be short. Weights in another order in memory would be no faster here, and come twice.
    wanted.warmup, wanted.no_extra_bufts = False, True
    wanted.verbosity, wanted.n_threads_http, wanted.ui = -1, 1, False
    with TemporaryDirectory() as private, signals_kept():
        wanted.hostnames = [str(Path(private, "s.sock"))]
        return llama.Server(wanted)


@contextmanager
def signals_kept() -> Generator[None]:
    """Whatever C code within makes of SIGINT and SIGTERM, Python's own handlers are back afterwards."""
    # `signal.signal` would do in the main thread only.
    sigaction = ctypes.CDLL(None).sigaction
    kept = {one: ctypes.create_string_buffer(MOST_BYTES_OF_SIGACTION) for one in SIGNALS}
    for one, action in kept.items():
        sigaction(int(one), None, action)
    try:
        yield
    finally:
        for one, action in kept.items():
            sigaction(int(one), action, None)


def _cannot_open(path: str, why: str) -> CannotOpen:
    return CannotOpen(Trouble.UNREACHABLE, f"local:{path} cannot be opened: {why}")


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def seconds_with(path: str, threads: int) -> float:
    """How long a few words take with so many threads, the file once loaded."""
    server = load(path, threads)
    request = {"messages": [{"role": "user", "content": PROBE_WORDS}], "max_tokens": PROBE_TOKENS}
    begun = time.monotonic()
    answer = cast("dict[str, Any]", server.handle_chat_completions(request))
    if "choices" not in answer:
        raise RuntimeError(answer)
    return time.monotonic() - begun


if __name__ == "__main__":
    measured = {threads: seconds_with(sys.argv[1], threads) for threads in {1, cores()}}
    # Whatever llama.cpp has said stands in lines before.
    sys.stdout.write(f"\n{json.dumps(measured)}")
