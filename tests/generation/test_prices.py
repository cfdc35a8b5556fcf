"""What calls cost, and that nothing is guessed."""

from datetime import UTC, datetime

import pytest

from generation.prices import cost, price_table
from generation.request import Usage


@pytest.mark.parametrize(
    ("model", "micro_dollars"),
    [
        ("openai:gpt-5-mini", 1000 * 0.25 + 100 * 2),
        ("openai:gpt-5-mini-2025-08-07", 1000 * 0.25 + 100 * 2),
        ("openai:gpt-5", 1000 * 1.25 + 100 * 10),
        ("anthropic:claude-haiku-4-5-20251001", 1000 + 100 * 5),
        ("anthropic:claude-haiku-4-5-latest", 1000 + 100 * 5),
        ("local:qwen.gguf", 0),
    ],
)
def test_a_call_costs_what_the_table_says(model: str, micro_dollars: int) -> None:
    assert cost(Usage(model, 1000, 100)) == micro_dollars


@pytest.mark.parametrize(
    "model",
    ["openai:gpt-5-maxi", "openai:gpt-55", "openai:gpt-5-mini-fast", "anthropic:gpt-5", "ollama:llama3", "gpt-5", ""],
)
def test_a_model_without_a_price_is_not_guessed(model: str) -> None:
    assert cost(Usage(model, 1000, 100)) is None


def test_parts_of_a_micro_dollar_are_rounded_up() -> None:
    assert cost(Usage("openai:gpt-5-nano", 1, 0)) == 1
    assert cost(Usage("openai:gpt-5-nano", 0, 0)) == 0


def test_the_table_says_its_day_and_its_sources() -> None:
    table = price_table()
    assert table.date < datetime.now(UTC).date()
    assert any("OpenAI" in source for source in table.sources)
    assert any("Anthropic" in source for source in table.sources)


def test_every_price_is_for_input_and_output() -> None:
    for (provider, name), price in price_table().prices.items():
        assert 0 <= price.input <= price.output, f"{provider}:{name}"
