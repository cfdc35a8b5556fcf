"""What a process takes from itself before it reads what a stranger sent: memory, time, files, the network.

On Linux (x86-64 and arm64) the kernel then lets through only the calls in `ALLOWED`: what is open can be read and
written, memory can be had, and that is all, whatever a flaw in a parser would make of the process. On other processors
it is moved into a network of its own, where the system permits that. Everywhere else, macOS included, Python refuses
what opens files, sockets and processes; code that a parser written in C is brought to run could go round that.
"""

import ctypes
import os
import platform
import resource
import sys
from contextlib import suppress
from pathlib import Path

MEMORY = 768 << 20
"""Bytes of address space."""
CPU_SECONDS = 30
FILES = 64

PR_SET_NO_NEW_PRIVS = 38
PR_SET_SECCOMP = 22
SECCOMP_MODE_FILTER = 2
LOAD, JUMP_IF_EQUAL, RETURN = 0x20, 0x15, 0x06
NUMBER_AT, ARCHITECTURE_AT = 0, 4
ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050001, 0x80000000
"""What the kernel does: the call, EPERM, the end of the process."""
NAMESPACES = 0x10000000 | 0x40000000
"""CLONE_NEWUSER and CLONE_NEWNET."""

ARM_CALLS = """
    57 62 63 64 65 66 67 80 93 94 98 113 114 115 123 124 128 132 134 135 139 165 172 178 179 214 215 216 222 226 233 278
    283 293
"""
INTEL_CALLS = """
    0 1 3 5 8 9 10 11 12 13 14 15 17 19 20 24 25 28 39 60 98 99 131 186 202 204 219 228 229 230 231 318 324 334
"""
ALLOWED = {"x86_64": (0xC000003E, INTEL_CALLS), "aarch64": (0xC00000B7, ARM_CALLS)}
"""Processor → its name for the kernel (`AUDIT_ARCH_…`), and the numbers of the same calls on both.

They are read, write, close, fstat, lseek, mmap, mprotect, munmap, brk, rt_sigaction, rt_sigprocmask, rt_sigreturn,
pread64, readv, writev, sched_yield, mremap, madvise, getpid, exit, getrusage, sysinfo, sigaltstack, gettid, futex,
sched_getaffinity, restart_syscall, clock_gettime, clock_getres, clock_nanosleep, exit_group, getrandom, membarrier
and rseq.
"""
REFUSED = ("open", "socket.", "subprocess.", "os.", "shutil.", "ctypes.dlopen", "urllib.", "ftplib.", "http.", "mmap.")
"""What Python itself refuses; importing opens files, too."""


class _Instruction(ctypes.Structure):
    """One of the kernel's filter, as C has it."""

    _fields_ = (
        ("code", ctypes.c_uint16),
        ("then", ctypes.c_uint8),
        ("otherwise", ctypes.c_uint8),
        ("k", ctypes.c_uint32),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("instructions", ctypes.POINTER(_Instruction)))


class Peak:
    """How much memory this process has had at most; to be made before it is sealed, and read at any time."""

    def __init__(self) -> None:
        # Kept open, since nothing can be opened later.
        self._status = os.open("/proc/self/status", os.O_RDONLY) if sys.platform == "linux" else None

    @property
    def bytes(self) -> int:
        """So many bytes of memory, at most at once."""
        if self._status is None:
            return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        # Not getrusage, which on Linux counts what the parent had when it started this process.
        said = os.pread(self._status, 10_000, 0)
        line = next(line for line in said.splitlines() if line.startswith(b"VmHWM:"))
        return int(line.split()[1]) * 1024


class Confined(PermissionError):
    """Something was tried that this process must not do."""


def limit() -> None:
    """Bound what this process may take: memory, time, and files it could write. It dies before the bot does."""
    for kind, most in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, FILES),
    ):
        # macOS knows some of them and holds fewer.
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))
    with suppress(OSError):
        # The kernel's word for how gladly a process is ended when memory runs out.
        Path("/proc/self/oom_score_adj").write_text("1000", "ascii")
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def seal() -> bool:
    """From now on nothing can be opened, connected or started; what is not imported yet cannot be either.

    Returns whether the kernel sees to it.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    by_kernel = sys.platform == "linux" and _filter(libc)
    if sys.platform == "linux" and not by_kernel:
        # Refused in many containers; then only Python holds.
        libc.unshare(NAMESPACES)
    sys.addaudithook(_refuse)
    return by_kernel


def _filter(libc: ctypes.CDLL) -> bool:
    architecture, numbers = ALLOWED.get(platform.machine(), (0, ""))
    calls = [int(number) for number in numbers.split()]
    if not calls:
        return False
    steps = [
        (LOAD, 0, 0, ARCHITECTURE_AT),
        (JUMP_IF_EQUAL, 1, 0, architecture),
        (RETURN, 0, 0, KILL),
        (LOAD, 0, 0, NUMBER_AT),
    ]
    # Each jumps over the others, and over the refusal.
    steps += [(JUMP_IF_EQUAL, len(calls) - place, 0, call) for place, call in enumerate(calls)]
    steps += [(RETURN, 0, 0, REFUSE), (RETURN, 0, 0, ALLOW)]
    program = _Program(len(steps), (_Instruction * len(steps))(*steps))
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return False
    return libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0) == 0


def _refuse(event: str, _arguments: tuple[object, ...]) -> None:
    if event.startswith(REFUSED):
        raise Confined(event)
