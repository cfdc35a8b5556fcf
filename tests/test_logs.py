"""A line of a log: what stands in it, and what never does."""

import json
import subprocess
import sys
from typing import Any

import pytest

TOKEN = "1234567:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQ"  # noqa: S105 - nobody's
TEXT = "the words of a student"
BEGIN = """
import asyncio, logging, structlog
from bot import logs
from storage.errors import StorageUnavailable
log = structlog.stdlib.get_logger("handlers.answer")
"""


def printed(code: str, level: str = "DEBUG", secrets: tuple[str, ...] = ()) -> str:
    """What a program writes to standard error whose logs are set up like this."""
    program = f"{BEGIN}logs.configure({level!r}, {secrets!r})\n{code}"
    ran = subprocess.run(  # noqa: S603
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False
    )
    return ran.stderr


def logged(code: str, level: str = "DEBUG", secrets: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """The same, as the lines of JSON that it must be."""
    return [json.loads(line) for line in printed(code, level, secrets).splitlines()]


def test_a_line_is_an_object_with_its_time_level_and_logger() -> None:
    (line,) = logged("log.info('answered', attempt='A1')")

    assert line.pop("timestamp").endswith("Z")
    assert line == {"event": "answered", "attempt": "A1", "level": "info", "logger": "handlers.answer"}


def test_the_level_is_that_of_our_own_lines() -> None:
    lines = logged("log.debug('a')\nlog.info('b')\nlog.warning('c')", "WARNING")

    assert [line["event"] for line in lines] == ["c"]


def test_a_library_that_sets_its_own_level_is_quiet_all_the_same() -> None:
    code = f"""
for name in ("httpx", "aiohttp.client", "openai", "uvicorn.access", "docket.worker", "langchain", ""):
    logger = logging.getLogger(name)
    logger.setLevel(logging.DEBUG)
    logger.debug("POST %s", "{TEXT}")
    logger.info("POST %s", "{TEXT}")
logging.getLogger("httpx").warning("it is slow")
"""
    assert [line["event"] for line in logged(code)] == ["it is slow"]


def test_what_a_librarys_error_says_is_not_logged_and_what_ours_says_is() -> None:
    code = f"""
def read(): int({TEXT!r})
try:
    try:
        read()
    except ValueError as error:
        raise StorageUnavailable("away") from error
except StorageUnavailable:
    log.exception("no")
"""
    (line,) = logged(code)
    outer, inner = line["exception"]

    assert (outer["type"], outer["says"]) == ("storage.errors.StorageUnavailable", "away")
    assert (inner["type"], inner["says"]) == ("ValueError", "(words not shown)")
    assert inner["at"][-1].endswith(" read")
    assert TEXT not in json.dumps(line)


def test_the_errors_of_a_group_are_all_told() -> None:
    (line,) = logged("log.error('no', exc_info=ExceptionGroup('g', [OSError(28, 'full'), KeyError('name')]))")
    (group,) = line["exception"]

    assert [[one["type"] for one in errors] for errors in group["errors"]] == [["OSError"], ["KeyError"]]
    assert group["errors"][0][0]["says"] == "[Errno 28] full"


def test_errors_that_caused_each_other_come_to_an_end() -> None:
    code = """
one, two = OSError("one"), OSError("two")
one.__cause__, two.__cause__ = two, one
log.error("no", exc_info=one)
"""
    assert [error["says"] for error in logged(code)[0]["exception"]] == ["one", "two"]


def test_a_task_that_nobody_asked_for_its_result_does_not_quote_its_error() -> None:
    code = f"""
async def fails(): raise ValueError({TEXT!r})
async def main():
    asyncio.create_task(fails())
    await asyncio.sleep(0)
    import gc; gc.collect()
asyncio.run(main())
"""
    (line,) = logged(code)

    assert line["event"] == "Task exception was never retrieved"
    assert TEXT not in json.dumps(line)


def test_the_end_of_the_program_by_an_error_is_a_line_like_any_other() -> None:
    (line,) = logged(f"raise RuntimeError({TEXT!r})")

    assert (line["level"], line["event"]) == ("critical", "the program ended by an error")
    assert TEXT not in json.dumps(line)


def test_what_python_itself_would_print_is_a_line_without_the_words_of_errors() -> None:
    code = f"""
import threading, warnings
warnings.warn({TEXT!r})
warnings.warn("nobody awaited it", RuntimeWarning)
class Fails:
    def __del__(self): raise ValueError({TEXT!r})
Fails()
thread = threading.Thread(target=int, args=({TEXT!r},))
thread.start()
thread.join()
"""
    lines = logged(code)

    assert [(line["event"], line.get("says")) for line in lines] == [
        ("Python warns", "(words not shown)"),
        ("Python warns", "nobody awaited it"),
        ("an error had nowhere to go", None),
        ("a thread ended by an error", None),
    ]
    assert TEXT not in json.dumps(lines)


@pytest.mark.parametrize(
    "secret", [TOKEN, f"https://api.telegram.org/bot{TOKEN}/getMe", "sk-test-0123456789abcdef", "hush-hush", 'a"b\\c']
)
def test_a_secret_is_blotted_out_wherever_it_stands(secret: str) -> None:
    said = printed(
        f"log.info('calling', url={secret!r})\nlog.error('no', exc_info=OSError({secret!r}))",
        secrets=("hush-hush", 'a"b\\c'),
    )

    assert said.count("(not shown)") == 2
    for hidden in (TOKEN, "sk-test", "hush-hush", json.dumps('a"b\\c')[1:-1]):
        assert hidden not in said


def test_a_person_at_a_terminal_reads_lines_and_not_json() -> None:
    code = f"""
import sys
sys.stderr.isatty = lambda: True
logs.configure("INFO")
try:
    int({TEXT!r})
except ValueError:
    log.exception("no")
"""
    said = printed(code)

    assert "no" in said.splitlines()[0]
    assert not said.startswith("{")
    assert "ValueError: (words not shown)" in said
    assert TEXT not in said
