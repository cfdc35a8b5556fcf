"""`make try`: a whole quiz in the terminal, as a stranger's first minute with the bot."""

import asyncio
import fcntl
import os
import pty
import re
import select
import signal
import stat
import subprocess
import sys
import termios
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from simulator.client import Simulator, connect

ROOT = Path(__file__).parent.parent
QUIZBOT = Path(sys.executable).with_name("quizbot")
OF_A_REAL_BOT = {"QUIZBOT_LOG_LEVEL": "nonsense", "QUIZBOT_REDIS_URL": "redis://127.0.0.1:1"}
"""Settings that would end the bot at once, if they reached that of the trial."""
SHOWS_WITHIN = 60.0
pytestmark = pytest.mark.timeout(240)


async def output_of(*command: str | Path, **variables: str) -> tuple[int, str]:
    """The exit status and the whole output of a program that has no keyboard."""
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=ROOT,
        env={**os.environ, **variables},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, output.decode()


@pytest.mark.parametrize(
    ("topic", "first", "last"),
    [("photosynthesis", "1/10 · Photosynthesis", "of 10 right"), ("фотосинтез", "1/10 · Фотосинтез", "Верно")],
)
async def test_without_a_keyboard_it_plays_itself_to_the_score(topic: str, first: str, last: str) -> None:
    status, output = await output_of(QUIZBOT, "try", TOPIC=topic, **OF_A_REAL_BOT)

    assert status == 0, output
    assert first in output
    assert last in output.partition("🏁")[2]


NASTY = "$(touch broken) `id` $HOME \"' ; exit 1 # 50 % & <b>bold</b> \\n $5"


async def test_a_topic_passes_make_exactly_as_it_was_typed() -> None:
    status, output = await output_of("make", "try", TOPIC=NASTY)

    assert status == 0, output
    assert f"“{NASTY}”" in output, "the bot answers that it has no questions on just this"
    assert not (ROOT / "broken").exists()


async def test_a_topic_given_to_make_as_an_argument_is_not_expanded() -> None:
    status, output = await output_of("make", "try", "TOPIC=a 'b' \"c\" $5 `d` $(shell id)")

    assert status == 0, output
    assert "“a 'b' \"c\" $5 `d` $(shell id)”" in output


@pytest.mark.parametrize("topic", ["one\ntwo", "   "])
async def test_what_is_no_topic_is_refused_in_one_line(topic: str) -> None:
    status, output = await output_of(QUIZBOT, "try", TOPIC=topic)

    assert status == 2
    assert output == "quizbot: a topic is needed: one line of 1 to 200 characters with a word in it\n"


async def test_at_a_keyboard_a_person_plays_and_leaves_with_an_empty_line() -> None:
    keyboard, terminal = pty.openpty()
    process = await asyncio.create_subprocess_exec(
        QUIZBOT, "try", "photosynthesis", cwd=ROOT, stdin=terminal, stdout=terminal, stderr=terminal
    )
    os.close(terminal)
    screen = await asyncio.to_thread(read_until, keyboard, "Stop")
    os.write(keyboard, b"1\n")
    screen += await asyncio.to_thread(read_until, keyboard, "2/10")
    os.write(keyboard, b"\n")
    drained = asyncio.create_task(asyncio.to_thread(read_until, keyboard, "no such text"))

    assert await process.wait() == 0
    await drained
    os.close(keyboard)
    assert "1/10" in screen
    assert "Toast" in screen


@pytest.mark.parametrize("seen", ["Type a number", "1/10"])
async def test_ctrl_c_ends_it_quietly_and_leaves_nothing_running(seen: str) -> None:
    keyboard, terminal = pty.openpty()
    process = await asyncio.create_subprocess_exec(
        *(QUIZBOT, "try", "photosynthesis"),
        cwd=ROOT,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(terminal, termios.TIOCSCTTY, 0),  # Ctrl-C goes to all of its programs
    )
    os.close(terminal)
    await asyncio.to_thread(read_until, keyboard, seen)
    rest = asyncio.create_task(asyncio.to_thread(read_until, keyboard, "no such text"))
    os.write(keyboard, b"\x03")

    assert await process.wait() == 130
    after = (await rest).partition("^C")[2]
    os.close(keyboard)
    # What was said at that moment may still be shown, but nothing of how it ended.
    assert not any(word in after for word in ("Traceback", "Interrupt", "Error", "error"))
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)


@asynccontextmanager
async def trial_in_a_browser(**variables: str) -> AsyncGenerator[tuple[asyncio.subprocess.Process, Simulator]]:
    """A trial on the chat page, of which only the address is seen; it has no terminal."""
    environment = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    process = await asyncio.create_subprocess_exec(
        *(QUIZBOT, "try", "--web"),
        cwd=ROOT,
        env={**environment, **variables},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        line = (await process.stdout.readline()).decode()
        found = re.search(r"(http://127\.0\.0\.1:\d+)/#token=(\S+)$", line.strip())
        assert found, line
        async with connect(found[1], found[2]) as simulator:
            yield process, simulator
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def test_in_a_browser_a_student_a_teacher_and_their_group_wait_and_nothing_is_played() -> None:
    async with trial_in_a_browser(LC_ALL="ru_RU.UTF-8") as (process, simulator):
        seen = await simulator.state()

        assert [user["first_name"] for user in seen["users"]] == ["Аня", "Марина Олеговна"]
        (group,) = seen["chats"]
        assert group["members"] == [user["id"] for user in seen["users"]]
        assert group["admins"] == [seen["users"][1]["id"]]
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0


async def test_in_a_browser_the_student_has_sent_the_topic_that_was_given() -> None:
    async with trial_in_a_browser(TOPIC="photosynthesis") as (process, simulator):
        student = (await simulator.state())["users"][0]["id"]

        first = await simulator.wait_for_message(student, lambda message: bool(message.buttons))
        assert first.text.startswith("1/10 · Photosynthesis")
        process.send_signal(signal.SIGINT)
        assert await process.wait() == 0


@pytest.mark.parametrize(
    ("on", "opened"), [({"DISPLAY": ":99", "CI": ""}, True), ({"DISPLAY": ":99", "CI": "true"}, False)]
)
async def test_a_browser_is_opened_where_there_is_a_desktop(tmp_path: Path, on: dict[str, str], opened: bool) -> None:
    browser = tmp_path / "browser"
    script = f'#!/bin/sh\necho "$*" > {tmp_path}/started\nfile="${{1#file://}}"\ncp -p "$file" {tmp_path}/opened\n'
    browser.write_text(script, "utf-8")
    browser.chmod(0o700)
    async with trial_in_a_browser(BROWSER=f"{browser} %s", **on) as (process, simulator):
        await simulator.state()
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0
        address, token = simulator.page_url, simulator.token

    assert (tmp_path / "started").exists() == opened
    if opened:
        started = (tmp_path / "started").read_text("utf-8").strip()
        assert token not in started, "everybody on this machine sees how a program was started"
        assert not Path(started.removeprefix("file://")).parent.exists()
        assert f'url={address}"' in (tmp_path / "opened").read_text("utf-8")
        assert stat.S_IMODE((tmp_path / "opened").stat().st_mode) == 0o600


def read_until(keyboard: int, text: str) -> str:
    """What a terminal shows until this text, or until the program has gone."""
    shown = b""
    # Whoever holds the other end open longer than that would keep this thread for ever.
    while text.encode() not in shown and select.select([keyboard], [], [], SHOWS_WITHIN)[0]:
        try:
            chunk = os.read(keyboard, 4096)
        except OSError:  # the other end of a pseudo-terminal is closed
            break
        if not chunk:
            break
        shown += chunk
    return shown.decode(errors="replace")
