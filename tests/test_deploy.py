"""The image and the compose file: made of what the tree has, and set as the bot wants it."""

import asyncio
import re
import shlex
import tomllib
from pathlib import Path
from typing import Any, cast

import yaml
from typer.main import get_command

from bot.cli import app
from bot.settings import PREFIX, Settings
from storage.connection import connect
from storage.embedded import SHORT_FOLDER
from storage.valkey_process import server_binary
from tests.docker_rehearsal import instructions

ROOT = Path(__file__).parent.parent
DOCKERFILE = instructions((ROOT / "Dockerfile").read_text("utf-8"))
COMPOSE = cast("dict[str, Any]", yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text("utf-8")))
SETTINGS = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
COMMANDS = set(getattr(get_command(app), "commands"))  # noqa: B009 - click's groups have them


def test_the_image_has_every_package_of_the_wheel_and_nothing_that_the_context_leaves_out() -> None:
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    copied = {source.rstrip("/") for name, rest in DOCKERFILE if name == "COPY" for source in rest.split()[:-1]}
    context = {line[1:].rstrip("/") for line in (ROOT / ".dockerignore").read_text().splitlines() if line[:1] == "!"}

    assert copied - {"--from=build", "/opt/quizbot"} == context
    assert set(wheel["packages"]) <= copied


def test_the_bot_of_the_image_is_no_root_and_writes_to_a_volume() -> None:
    last = DOCKERFILE[max(place for place, (name, _) in enumerate(DOCKERFILE) if name == "FROM") :]

    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", dict(last)["USER"])
    assert dict(last)["VOLUME"] == "/data"
    assert "QUIZBOT_DATA_DIR=/data" in dict(last)["ENV"]


def test_every_setting_and_command_that_is_named_exists() -> None:
    texts = [(ROOT / name).read_text("utf-8") for name in ("Dockerfile", "deploy/compose.yaml", "deploy/example.env")]
    bots = [service for service in COMPOSE["services"].values() if service["image"] == "quizbot"]

    assert set(re.findall(rf"{PREFIX}\w+", "".join(texts))) <= SETTINGS
    assert {service["command"] for service in bots} == {"serve", "worker"} <= COMMANDS


def test_no_container_is_given_more_than_it_needs() -> None:
    for name, service in COMPOSE["services"].items():
        assert service["read_only"], name
        assert service["cap_drop"] == ["ALL"], name
        assert "no-new-privileges:true" in service["security_opt"], name
    published = [port for service in COMPOSE["services"].values() for port in service.get("ports", [])]
    assert published == ["127.0.0.1:8080:8080"], "a proxy on the same machine stands before it"


async def test_the_server_starts_as_the_compose_file_says_and_loses_nothing(tmp_path: Path) -> None:
    command = shlex.split(COMPOSE["services"]["valkey"]["command"])
    socket = SHORT_FOLDER / f"quizbot-compose-{tmp_path.name[-20:]}.sock"
    moved = {"valkey-server": str(server_binary()), "/run/valkey/valkey.sock": str(socket), "/data": str(tmp_path)}
    server = await asyncio.create_subprocess_exec(
        *(moved.get(word, word) for word in command), stdout=asyncio.subprocess.DEVNULL
    )
    try:
        async with asyncio.timeout(20):
            while not socket.exists():  # noqa: ASYNC110 - a file does not say that it came
                await asyncio.sleep(0.01)
        async with connect(f"unix://{socket}") as storage:
            await storage.set("a", "b", None)
            kept = [await storage.ask("CONFIG", "GET", name) for name in ("appendfsync", "maxmemory-policy")]
            written = await storage.ask("INFO", "persistence")
    finally:
        server.kill()
        await server.wait()
        socket.unlink(missing_ok=True)

    assert kept == [{"appendfsync": "always"}, {"maxmemory-policy": "noeviction"}]
    assert cast("dict[str, int]", written)["aof_enabled"] == 1
