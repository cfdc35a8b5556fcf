"""The steps of the Dockerfile without Docker: `sudo python -m tests.docker_rehearsal FOLDER`, on Debian as root.

Each stage begins from a Debian that mmdebstrap makes in FOLDER, whose own Python (3.11) stands in for the image's 3.13.
Its RUN lines are run there by chroot, as the user and with the variables that the Dockerfile says. At last the bot is
started as its ENTRYPOINT and CMD say, its root read-only but for /tmp and /data, against a simulator; the HEALTHCHECK
must succeed, and SIGTERM must end it.
"""

import argparse
import asyncio
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from simulator.client import start_simulator

ROOT = Path(__file__).parent.parent
PACKAGES = "python3,python3-venv,python3-pip,ca-certificates"
READY_SECONDS, STOP_SECONDS = 30.0, 20.0
TOKEN = "4242:rehearsal"  # noqa: S105 - the simulator takes any


@dataclass
class Stage:
    """The root of a stage so far, and how its next command is run."""

    root: Path
    user: str = "0:0"
    folder: str = "/"
    variables: dict[str, str] = field(default_factory=dict[str, str])
    health: list[str] = field(default_factory=list[str])
    program: list[str] = field(default_factory=list[str])
    arguments: list[str] = field(default_factory=list[str])

    def command(self, *command: str, read_only: bool = False) -> list[str]:
        """What runs a command in the stage, cut off from the mounts of this machine."""
        inside = f'cd {self.folder} && exec "$@"'
        chroot = ["chroot", f"--userspec={self.user}", str(self.root), "sh", "-c", inside, "sh", *command]
        script = 'mount --bind "$1" "$1"; mount -t proc proc "$1/proc"; mount --rbind /dev "$1/dev"'
        if read_only:
            script += '; mount -t tmpfs tmpfs "$1/tmp"; mount --bind "$1/data" "$1/data"; mount -o remount,bind,ro "$1"'
        return ["unshare", "--mount", "sh", "-euc", f'{script}; shift; exec "$@"', "sh", str(self.root), *chroot]

    def set(self, variables: str) -> None:
        """Set what an ENV line says."""
        for one in variables.split():
            name, _, value = one.partition("=")
            self.variables[name] = value.replace("$PATH", self.environment["PATH"])

    @property
    def environment(self) -> dict[str, str]:
        """The variables of the Dockerfile, and those that every container has."""
        return {"PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "LANG": "C.UTF-8", **self.variables}


def instructions(text: str) -> list[tuple[str, str]]:
    """The instructions of a Dockerfile, each with its text on one line."""
    joined = re.sub(r"\\\n", " ", re.sub(r"(?m)^\s*#.*\n", "", text))
    lines = [line.strip() for line in joined.splitlines() if line.strip()]
    return [(name.upper(), " ".join(rest.split())) for name, _, rest in (line.partition(" ") for line in lines)]


def debian(folder: Path) -> Path:
    """A fresh Debian with Python, made once."""
    base = folder / "base"
    if not base.exists():
        run("mmdebstrap", "--variant=minbase", f"--include={PACKAGES}", "bookworm", str(base))
        for name in ("/etc/resolv.conf", "/etc/pip.conf", "/etc/ssl/certs/ca-certificates.crt"):
            if Path(name).exists():
                shutil.copy(name, base / name.lstrip("/"))
    return base


def build(folder: Path) -> Stage:
    """Do all instructions in their order; the last stage."""
    base, stages = debian(folder), dict[str, Stage]()
    stage = Stage(base)
    for name, rest in instructions((ROOT / "Dockerfile").read_text()):
        print(f"{name} {rest}", flush=True)  # noqa: T201 - a program that shows what it does
        if name == "FROM":
            called = rest.partition(" AS ")[2] or "last"
            stage = stages[called] = Stage(folder / called)
            shutil.rmtree(stage.root, ignore_errors=True)
            run("cp", "-a", str(base), str(stage.root))
        else:
            follow(name, rest, stage, stages)
    return stage


def follow(name: str, rest: str, stage: Stage, stages: dict[str, Stage]) -> None:
    """Do one instruction in a stage; one that is not known is an error, since it would be left out."""
    match name:
        case "WORKDIR":
            stage.folder = rest
            (stage.root / rest.lstrip("/")).mkdir(parents=True, exist_ok=True)
        case "USER":
            stage.user = rest
        case "ENV":
            stage.set(rest)
        case "COPY":
            copy(rest.split(), stage, stages)
        case "RUN":
            pip = {key: value for key, value in os.environ.items() if key.startswith("PIP_")}
            run(*stage.command("sh", "-c", rest), environment={**stage.environment, **pip})
        case "HEALTHCHECK":
            stage.health = json.loads(rest[rest.index("[") :])
        case "ENTRYPOINT":
            stage.program = json.loads(rest)
        case "CMD":
            stage.arguments = json.loads(rest)
        case "VOLUME" | "EXPOSE" | "STOPSIGNAL":
            pass
        case _:
            raise NotImplementedError(f"the instruction {name}")


def copy(words: list[str], stage: Stage, stages: dict[str, Stage]) -> None:
    """COPY from the tree, or from another stage."""
    came_from = ROOT
    if words[0].startswith("--from="):
        came_from = stages[words.pop(0).removeprefix("--from=")].root
    *sources, target = words
    into = stage.root / (target if target.startswith("/") else f"{stage.folder}/{target}").lstrip("/")
    for source in sources:
        found = came_from / source.lstrip("/")
        if found.is_dir():
            ignored = shutil.ignore_patterns("__pycache__") if came_from == ROOT else None
            shutil.copytree(found, into, symlinks=True, dirs_exist_ok=True, ignore=ignored)
        else:
            into.mkdir(parents=True, exist_ok=True)
            shutil.copy(found, into)


async def play(stage: Stage) -> None:
    """Start the bot as the image does, see it healthy and receiving, and end it."""
    async with start_simulator() as simulator:
        await simulator.add_bot(TOKEN)
        settings = {"QUIZBOT_TOKEN": TOKEN, "QUIZBOT_API_BASE_URL": simulator.url}
        bot = await asyncio.create_subprocess_exec(
            *stage.command(*stage.program, *stage.arguments, read_only=True), env={**stage.environment, **settings}
        )
        try:
            await simulator.wait_for_event(
                lambda event: event.kind == "call_received" and event.method == "getUpdates", within=READY_SECONDS
            )
            user = await simulator.add_user("Ann")
            await simulator.say(user, "photosynthesis")
            question = await simulator.wait_for_message(user, lambda message: bool(message.buttons))
            print(f"asks: {question.text!r}")  # noqa: T201
            run(*stage.command(*stage.health), environment=stage.environment)
            bot.terminate()
            status = await asyncio.wait_for(bot.wait(), STOP_SECONDS)
        finally:
            if bot.returncode is None:
                bot.kill()
                await bot.wait()
        print(f"healthy; SIGTERM ended it with status {status}")  # noqa: T201
        if status != 0:
            sys.exit(1)


def run(*command: str, environment: dict[str, str] | None = None) -> None:
    """Run a command to its end; what fails ends the rehearsal."""
    subprocess.run(command, env=environment, check=True)  # noqa: S603 - our own Dockerfile


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where the roots are made: 1 GB")
    folder = parser.parse_args().folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(play(build(folder)))


if __name__ == "__main__":
    main()
