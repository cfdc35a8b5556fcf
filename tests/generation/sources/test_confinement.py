"""The process that reads documents can do nothing but that: each thing is tried in a process that was sealed."""

import platform
import subprocess
import sys

import pytest

from generation.sources.kinds import Kind

CONFINED = """
import ctypes, os, socket, subprocess, sys, zlib
from generation.sources.confinement import limit, seal
libc = ctypes.CDLL(None, use_errno=True)
limit()
sealed = seal()
{code}
"""
BY_KERNEL = sys.platform == "linux" and platform.machine() in {"x86_64", "aarch64"}
needs_kernel = pytest.mark.skipif(not BY_KERNEL, reason="only Linux on these processors keeps native code in")


def confined(code: str) -> str:
    """What a sealed process says."""
    command = [sys.executable, "-I", "-c", CONFINED.format(code=code)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)  # noqa: S603 - our own words
    return ran.stdout.strip() or f"{ran.returncode} {ran.stderr[-300:]}"


@pytest.mark.parametrize(
    "tried",
    [
        "socket.socket()",
        "socket.create_connection(('127.0.0.1', 80))",
        "socket.getaddrinfo('localhost', 80)",
        "open('/etc/passwd')",
        "open('/proc/self/environ')",
        "os.listdir('/')",
        "os.fork()",
        "os.kill(os.getppid(), 0)",
        "subprocess.run(['/bin/true'])",
        "os.system('true')",
        "os.unlink('/tmp/nothing')",
    ],
)
def test_python_cannot_open_connect_or_start_anything(tried: str) -> None:
    code = f"try:\n    {tried}\n    print('it could')\nexcept Exception as error:\n    print('refused')"

    assert confined(code) == "refused"


@needs_kernel
@pytest.mark.parametrize(
    "call",
    [
        "libc.socket(2, 1, 0)",
        "libc.socket(1, 1, 0)",
        "libc.open(b'/etc/passwd', 0)",
        "libc.fork()",
        "libc.kill(os.getpid(), 0)",
        "libc.ptrace(16, os.getppid(), 0, 0)",
        "libc.execv(b'/bin/true', None)",
        "libc.unlink(b'/tmp/nothing')",
        "libc.syscall(425, 1, 0)",
    ],
)
def test_native_code_cannot_either(call: str) -> None:
    assert confined(f"print(sealed, {call}, ctypes.get_errno())") == "True -1 1"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says how many threads there are")
@pytest.mark.parametrize("kind", Kind)
def test_no_reader_starts_threads_which_a_limited_process_may_not(kind: Kind) -> None:
    read = f"from generation.sources.convert import Kind, reader_of; reader_of(Kind({kind.value!r}))"
    code = f"{read}; print(open('/proc/self/status').read())"
    ran = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, timeout=60, check=True)  # noqa: S603

    assert "Threads:\t1\n" in ran.stdout


@needs_kernel
def test_what_a_reader_needs_it_can_do() -> None:
    code = "print(len(zlib.compress(bytes(10_000_000))) > 0, len(bytearray(50_000_000)), sys.stdout.flush())"

    assert confined(code) == "True 50000000 None"


def test_memory_is_bounded() -> None:
    assert confined("try:\n    bytearray(1 << 30)\nexcept MemoryError:\n    print('no memory')") == "no memory"
