"""Starting the bot imports nothing that it does not need yet."""

import subprocess
import sys

import pytest

LATER = ("langchain", "langchain_core", "langchain_openai", "langchain_anthropic", "openai", "anthropic", "py3langid")
"""Seconds of imports, which a bot without a model never needs."""


@pytest.mark.parametrize("module", ["bot.cli", "bot.app", "generation.request", "generation.author"])
def test_no_model_is_imported_before_one_is_called(module: str) -> None:
    program = f"import sys, {module}; print(*[name for name in {LATER} if name in sys.modules])"

    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)  # noqa: S603

    assert ran.stdout.split() == []
