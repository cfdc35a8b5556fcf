"""Starting the bot imports nothing that it does not need yet."""

import subprocess
import sys

import pytest

LATER = ("langchain", "langchain_core", "langchain_openai", "langchain_anthropic", "openai", "anthropic", "py3langid")
"""Seconds of imports, which a bot without a model never needs."""

READERS = ("pypdfium2", "docx", "pptx", "lxml", "trafilatura", "chardet")
"""Libraries that read documents, of which several are written in C: they belong into the process that is sealed."""

DICTIONARIES = ("sentencex", "pymorphy3", "pymorphy3_dicts_ru", "dawg2", "dawg_python")
"""What reads somebody's notes without a model, 30 MB of memory with it."""

ONLY_WHEN_SERVING = ("uvicorn", "starlette")
"""A bot that polls and has no port for its figures serves nothing."""

DRAWING = ("matplotlib", "openpyxl", "numpy")
"""What draws results and writes them as workbooks: 100 MB of memory, in a process or a thread of its own."""


def test_no_web_server_is_imported_before_something_is_served() -> None:
    assert imported("bot.app", ONLY_WHEN_SERVING) == []


@pytest.mark.parametrize("module", ["bot.cli", "bot.app", "generation.request", "generation.author"])
def test_no_model_is_imported_before_one_is_called(module: str) -> None:
    assert imported(module, LATER) == []


@pytest.mark.parametrize("module", ["generation.sources.conversion", "generation.sources.fetch"])
def test_nothing_that_reads_documents_is_imported_by_the_bot_itself(module: str) -> None:
    assert imported(module, READERS) == []


@pytest.mark.parametrize("module", ["bot.cli", "bot.app", "generation.offline.writer", "generation.offline.russian"])
def test_no_dictionary_is_imported_before_notes_are_read(module: str) -> None:
    assert imported(module, DICTIONARIES) == []


@pytest.mark.parametrize("module", ["bot.app", "delivery.chart_process", "delivery.sheets"])
def test_nothing_that_draws_is_imported_by_the_bot_itself(module: str) -> None:
    assert imported(module, DRAWING) == []


def imported(module: str, others: tuple[str, ...]) -> list[str]:
    """Which of the others come with a module."""
    program = f"import sys, {module}; print(*[name for name in {others} if name in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)  # noqa: S603
    return ran.stdout.split()
