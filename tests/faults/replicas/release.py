"""Another release of the bot: its code out of git, run by this interpreter."""

import os
import subprocess
import sys
import tarfile
from pathlib import Path
from shutil import which

from simulator.client import Simulator
from tests.bot_process import LIVES_AT_MOST, Running
from tests.faults.replicas.replica import Replica
from tests.log_check import assert_no_secret, assert_untroubled

HERE = Path(__file__).parents[3]
BEFORE = os.environ.get("QUIZBOT_TEST_BEFORE", "HEAD~1")
"""The release before this one; any name that git knows."""
NAMES_HERE = ("Ann", "Bob")
START = f"""
import signal, sys
signal.alarm({LIVES_AT_MOST})
import bot.cli
print("code of", bot.cli.__file__, file=sys.stderr, flush=True)
bot.cli.main()
"""


class NoRelease(Exception):
    """Its code cannot be had here; the message says why."""


def code_before(folder: Path) -> Path:
    """The code of the release before, in a folder; raises `NoRelease` where git does not have it."""
    git = which("git")
    if git is None or not (HERE / ".git").exists():
        raise NoRelease("no git repository here: the code of the release before cannot be had")
    archive, code = folder / "before.tar", folder / "before"
    made = subprocess.run(  # noqa: S603 - git, and a name of ours
        [git, "-C", str(HERE), "archive", "--output", str(archive), BEFORE], check=False, capture_output=True, text=True
    )
    if made.returncode:
        raise NoRelease(f"git does not have {BEFORE} here (a shallow clone?): {made.stderr.strip()}")
    with tarfile.open(archive) as opened:
        opened.extractall(code, filter="data")
    return code


class Program:
    """A process as multiprocessing has them, of a program."""

    def __init__(self, arguments: list[str], environment: dict[str, str], folder: Path) -> None:
        with (folder / "log").open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - this interpreter
                arguments, env={**os.environ, **environment}, cwd=folder, stderr=log, stdin=subprocess.DEVNULL
            )

    @property
    def exitcode(self) -> int | None:
        """None while it lives; negative for the signal that ended it."""
        return self._process.poll()

    @property
    def pid(self) -> int | None:
        """Its process id."""
        return self._process.pid

    def is_alive(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def kill(self) -> None:
        """SIGKILL."""
        self._process.kill()

    def terminate(self) -> None:
        """SIGTERM."""
        self._process.terminate()

    def join(self, timeout: float | None = None) -> None:
        """Wait for its end, so long at the most."""
        try:
            self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            return


class OlderReplica(Replica):
    """One process that runs the code of another folder."""

    def __init__(
        self,
        folder: Path,
        simulator: Simulator,
        redis: str,
        command: str,
        *,
        code: Path,
        address: str,
        settings: dict[str, str],
    ) -> None:
        super().__init__(folder, simulator, redis, command, address=address, settings=settings)
        self.code = code

    def _launched(self) -> Running:
        arguments = [sys.executable, "-c", START, self.command]
        return Program(arguments, {**self.environment, "PYTHONPATH": str(self.code)}, self.folder)

    async def is_up(self) -> None:
        """Wait until it does its work; a worker of that release may not say how it is."""
        await self.has_said(f"code of {self.code}/bot/cli.py")
        if self.command == "worker":
            await self.has_said("the bot is running")
        else:
            await super().is_up()

    async def is_well_logged(self) -> None:
        """Fail unless nothing went wrong and nobody is named; what else it logged cannot be mended any more."""
        said = self.said
        assert_untroubled(self, said)
        assert_no_secret(self, said, NAMES_HERE)
