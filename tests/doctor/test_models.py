"""What is found of language models: that they answer, and what they may cost."""

import pytest

from bot.settings import Settings
from generation.prices import price_table
from tests.doctor.examined import KEY, KNOWN, examined, line
from tests.generation.scripted_server import Reply, ScriptedServer, error, text
from tests.generation.written import CLAUDE, GPT


async def test_a_model_that_checks_itself_is_weaker_and_a_price_that_is_not_known_is_said(
    settings: Settings, provider: ScriptedServer
) -> None:
    del provider
    status, said = await examined(settings, model=GPT)

    assert status == 0
    assert line(said, "Model").startswith(f"! Model {GPT}: works in ")
    assert f"price unknown (the table of {price_table().date}" in line(said, "Model")
    assert line(said, f"Check {GPT}").startswith("✓")
    assert "structured answers" in line(said, f"Check {GPT}")
    assert line(said, "Check:").startswith("! Check: QUIZBOT_CHECK_MODEL is not set")
    assert line(said, "Budgets").startswith("✓ Budgets: 60,000 tokens a quiz; 300,000 a day for a person")
    assert "$" not in line(said, "Budgets")


async def test_with_prices_the_most_that_a_day_can_cost_is_said(settings: Settings, provider: ScriptedServer) -> None:
    del provider
    _, said = await examined(settings, model=KNOWN, check_model="openai:gpt-4.1-nano", user_tokens=1000)

    assert line(said, f"Model {KNOWN}").startswith("✓")
    assert line(said, "Check openai:gpt-4.1-nano").startswith("✓")
    assert "at the very most $10.00 a day" in line(said, "Budgets")
    assert line(said, "Budgets").startswith("!"), "nobody gets a quiz of a thousand tokens"


@pytest.mark.parametrize(
    ("reply", "words"),
    [(error(401, code=KEY), "does not let this bot in"), (error(429), "too busy"), (error(503), "error of its own")],
    ids=["401", "429", "503"],
)
async def test_trouble_with_a_model_is_told_in_words(
    settings: Settings, provider: ScriptedServer, reply: Reply, words: str
) -> None:
    provider.writes = [reply, reply]

    status, said = await examined(settings, model=f"{GPT}, {CLAUDE}")

    assert status == 1
    assert len([one for one in said.splitlines() if one.startswith("✗") and words in one]) == 2


async def test_a_checker_of_its_own_is_examined_as_one(settings: Settings, provider: ScriptedServer) -> None:
    provider.solves = lambda _: text("It is B, of course!")

    status, said = await examined(settings, model=GPT, check_model=CLAUDE)

    assert status == 1
    assert line(said, f"Check {CLAUDE}").startswith(f"✗ Check {CLAUDE}: answered with nothing that can be used")
    assert line(said, f"Price of {CLAUDE}").startswith("! ")
    assert "weaker" not in said


@pytest.mark.parametrize(
    ("reply", "found"),
    [
        (text("4711 0815"), f"✓ Pictures {CLAUDE}: reads photos and scans"),
        (text("I see no picture."), f"✗ Pictures {CLAUDE}: did not read the number in a picture"),
        (error(400), f"✗ Pictures {CLAUDE}: has an error of its own"),
    ],
    ids=["reads it", "sees nothing", "takes none"],
)
async def test_a_model_that_is_to_read_pictures_is_shown_one(
    settings: Settings, provider: ScriptedServer, reply: Reply, found: str
) -> None:
    provider.solves = lambda _: reply

    status, said = await examined(settings, picture_model=CLAUDE)

    assert line(said, "Pictures").startswith(found)
    assert status == (0 if found.startswith("✓") else 1)


async def test_what_reads_notes_is_missed_where_it_is_not_installed(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert line((await examined(settings))[1], "Notes").startswith("✓")

    monkeypatch.setattr("bot.doctor.NOTES", ("quiz", "a_package_that_nobody_has"))
    status, said = await examined(settings)

    assert (status, line(said, "Notes")[:9]) == (0, "! Notes: ")
    assert "(a_package_that_nobody_has missing): `make notes`" in line(said, "Notes")


@pytest.mark.parametrize(("value", "warns"), [("true", True), ("1", True), ("false", False), ("", False)])
@pytest.mark.parametrize("name", ["LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"])
async def test_tracing_that_hands_prompts_on_is_a_warning(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, name: str, value: str, warns: bool
) -> None:
    monkeypatch.setenv(name, value)

    _, said = await examined(settings)

    assert (f"! Tracing: {name} set: all prompts" in said) is warns
