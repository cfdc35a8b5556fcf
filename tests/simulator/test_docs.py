"""`docs/simulator.md` names all that can be ordered and seen, and its examples run."""

import asyncio
import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from simulator import orders
from simulator.control import routes
from simulator.conversation import EventKind
from simulator.faults import Foreign, Refusing
from simulator.methods import EFFECTS
from simulator.world import World

PAGE = Path(__file__).parents[2].joinpath("docs", "simulator.md").read_text("utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
ORDERS = [order for order in vars(orders).values() if isinstance(order, type) and issubclass(order, orders.Order)]


def named_in_code(text: str) -> set[str]:
    return set(re.findall(r"`([^`\n]+)`", text))


WORDS = named_in_code(re.sub(r"```.*?```", "", PAGE, flags=re.DOTALL))


def test_every_order_stands_in_the_table() -> None:
    ways = {
        (method, route.path.removeprefix("/control").replace(":int", ""))
        for route in routes(World(), asyncio.Event(), "t")
        for method in (route.methods or set()) - {"HEAD"}
    }
    told = {tuple(word.split(" ", 1)) for word in WORDS if re.match(r"(GET|POST|DELETE) /", word)}
    assert told == ways


@pytest.mark.parametrize("order", ORDERS)
def test_every_field_of_an_order_is_told(order: type[orders.Order]) -> None:
    assert order.model_fields.keys() <= WORDS


def test_every_fault_event_and_method_is_told() -> None:
    kinds = {kind for literal in (Refusing, Foreign) for kind in get_args(literal)} | {"hang", "reset"}
    for told in (kinds, set(get_args(EventKind)), {*EFFECTS, "getUpdates"}):
        assert told <= WORDS


def run_pytest(folder: Path, *options: str) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-o", "timeout=60", *options]
    run = subprocess.run(  # noqa: S603 - our own examples
        command, cwd=folder, capture_output=True, text=True, timeout=100, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "1 passed" in run.stdout


def test_a_bot_is_tested_in_ten_lines(tmp_path: Path) -> None:
    bot, test, _in_process = BLOCKS
    assert len(test.splitlines()) <= 10
    (tmp_path / "bot.py").write_text(bot, "utf-8")
    (tmp_path / "test_bot.py").write_text(test, "utf-8")
    run_pytest(tmp_path)


def test_a_bot_in_the_tests_own_process_too(tmp_path: Path) -> None:
    *_others, in_process = BLOCKS
    assert len(in_process.splitlines()) <= 10
    (tmp_path / "test_bot.py").write_text(in_process, "utf-8")
    run_pytest(tmp_path, "-o", "asyncio_mode=auto")


def test_the_fixture_costs_nothing_where_it_is_not_used() -> None:
    """The plugin is loaded wherever the package is installed."""
    script = "import sys, pytest; before = set(sys.modules); import simulator.pytest_plugin; "
    script += "print(sorted(set(sys.modules) - before))"
    run = subprocess.run(  # noqa: S603 - the line above
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True
    )
    assert run.stdout.strip() == "['simulator', 'simulator.pytest_plugin']"
