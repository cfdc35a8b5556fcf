"""`quizbot doctor`: what it finds, in words, against real servers; it never shows a secret."""

import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import AsyncGenerator, Awaitable, Callable
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from rich.console import Console
from telegram import Bot
from typer.testing import CliRunner

from bot import doctor as doctors
from bot import redis_findings
from bot.cli import app
from bot.doctor import doctor, within
from bot.finding import Finding, Mark
from bot.settings import Settings
from bot.telegram_findings import check_webhook
from decks import shipped
from generation.prices import price_table
from simulator.client import Simulator
from storage.connection import connect
from storage.embedded import SHORT_FOLDER, EmbeddedServer, own_server
from tests.bot_process import TOKEN, BotProcess
from tests.decks.written import write_deck
from tests.generation.scripted_server import Reply, ScriptedServer, answer, error, text
from tests.generation.written import CLAUDE, GPT
from tests.redis_servers import PASSWORD, Cluster, Watched, no_redis

QUIZBOT = Path(sys.executable).with_name("quizbot")
SECRET = "HUSH-HUSH"  # noqa: S105 - what must not be shown
KEY = f"sk-{SECRET}"
KNOWN = "openai:gpt-5-mini"
PROVIDERS = ("OPENAI_", "ANTHROPIC_", "LANGSMITH_", "LANGCHAIN_")


@pytest.fixture(autouse=True)
def only_these(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting and no key of whoever runs the tests, and no file of them."""
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith(("QUIZBOT_", *PROVIDERS)):
            monkeypatch.delenv(name)


@pytest.fixture
async def provider(monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[ScriptedServer]:
    """A provider of models on this machine, that the environment points to."""
    async with ScriptedServer.running() as server:
        server.solves = lambda _: answer("B")
        server.writes = [text("ready"), text("ready")]
        for name, url in (("OPENAI", f"{server.url}/v1"), ("ANTHROPIC", server.url)):
            monkeypatch.setenv(f"{name}_API_KEY", KEY)
            monkeypatch.setenv(f"{name}_BASE_URL", url)
        yield server


@pytest.fixture
async def redis() -> AsyncGenerator[EmbeddedServer]:
    """A Redis that the bot is given by its address."""
    with tempfile.TemporaryDirectory(prefix="quizbot-test-", dir=SHORT_FOLDER) as folder:
        async with own_server(Path(folder) / "data") as server:
            yield server


@pytest.fixture
async def settings(redis: EmbeddedServer, simulator: Simulator) -> Settings:
    """Those of a bot in good order, without a model."""
    return Settings.model_validate({"token": TOKEN, "api_base_url": simulator.url, "redis_url": redis.url})


async def examined(settings: Settings, **changed: object) -> tuple[int, str]:
    """The exit status, and what was said."""
    said = StringIO()
    changed_settings = Settings.model_validate(settings.model_dump() | changed)
    status = await doctor(changed_settings, Console(file=said))
    assert SECRET not in said.getvalue()
    assert TOKEN not in said.getvalue()
    return status, said.getvalue()


def line(said: str, beginning: str) -> str:
    """The only line that begins so."""
    [found] = [one for one in said.splitlines() if one[2:].startswith(beginning)]
    return found


async def test_a_bot_without_a_model_works_and_hears_what_one_would_add(settings: Settings) -> None:
    status, said = await examined(settings)

    assert status == 0
    assert "✗" not in said
    assert line(said, "Telegram") == f"✓ Telegram: @{await username(settings)} at {settings.api_base_url}"
    assert line(said, "Redis on disk").startswith("✓")
    assert line(said, "Model") == (
        "! Model: none: quizzes come from the decks alone. With QUIZBOT_MODEL=openai:NAME or anthropic:NAME, and the "
        "provider's key, students get quizzes on any topic"
    )


async def test_decks_are_counted_and_those_of_ones_own_tried(settings: Settings, tmp_path: Path) -> None:
    place = tmp_path / "decks"
    folder = write_deck(place)
    assert line((await examined(settings))[1], "Decks") == f"✓ Decks: {len(shipped())} that ship with the bot"

    status, said = await examined(settings, decks=place)

    assert status == 0
    assert line(said, "Decks") == f"✓ Decks: {len(shipped())} that ship with the bot, 1 in {place}"
    (folder / "en.gift").unlink()
    status, said = await examined(settings, decks=place)
    assert status == 1
    assert line(said, "Decks").startswith(f"✗ Decks: QUIZBOT_DECKS: {place}/stars/en.gift:1: there is no such file")
    assert line(said, "Decks").endswith(f"quizbot decks check {folder}")


async def username(settings: Settings) -> str:
    async with Bot(TOKEN, base_url=f"{settings.api_base_url}/bot") as bot:
        return bot.username


async def test_the_command_tries_everything_out_in_plain_text(
    bot: BotProcess, simulator: Simulator, provider: ScriptedServer
) -> None:
    environment = {
        "QUIZBOT_TOKEN": TOKEN,
        "QUIZBOT_API_BASE_URL": simulator.url,
        "QUIZBOT_DATA_DIR": str(bot.data_dir),  # of a bot that runs
        "QUIZBOT_MODEL": KNOWN,
        "QUIZBOT_CHECK_MODEL": CLAUDE,
    }

    ran = await asyncio.to_thread(
        subprocess.run,
        [QUIZBOT, "doctor"],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.splitlines()[1].endswith(f"the embedded server on {bot.data_dir}")
    assert line(ran.stdout, f"Check {CLAUDE}").startswith("✓")
    assert "\x1b" not in ran.stdout
    assert not [secret for secret in (SECRET, TOKEN) if secret in ran.stdout]
    assert len(provider.received) == 2


def test_without_a_token_the_exit_status_is_1_and_with_a_wrong_setting_2(monkeypatch: pytest.MonkeyPatch) -> None:
    failed = CliRunner().invoke(app, ["doctor"])
    assert failed.exit_code == 1
    assert failed.output.startswith("✗ Telegram: QUIZBOT_TOKEN is not set")

    monkeypatch.setenv("QUIZBOT_TOKEN", SECRET)
    refused = CliRunner().invoke(app, ["doctor"])
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr.startswith("quizbot: QUIZBOT_TOKEN: ")
    assert SECRET not in refused.stderr


async def test_a_check_without_a_model_needs_no_langchain() -> None:
    code = "import sys, bot.doctor; assert not {'langchain', 'langchain_core', 'openai', 'telegram'} & set(sys.modules)"
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code)
    assert await process.wait() == 0


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"token": f"123456:{SECRET}"}, "does not know the token"),
        ({"api_base_url": f"http://me:{SECRET}@127.0.0.1:9"}, "http://127.0.0.1:9 cannot be reached"),
    ],
)
async def test_trouble_with_telegram_is_told(settings: Settings, changed: dict[str, object], words: str) -> None:
    status, said = await examined(settings, **changed)

    assert status == 1
    assert line(said, "Telegram").startswith("✗")
    assert words in line(said, "Telegram")


async def test_a_proxy_that_cannot_be_used_is_told(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "https_proxy"):  # of which the latter counts where both are set
        monkeypatch.setenv(name, f"socks5://ann:{SECRET}@proxy:1080")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")

    status, said = await examined(settings, api_base_url="https://api.telegram.org")

    assert status == 1
    assert line(said, "Telegram").startswith("✗ Telegram: HTTPS_PROXY")


async def test_something_else_than_a_bot_api_server_is_told(settings: Settings, provider: ScriptedServer) -> None:
    status, said = await examined(settings, api_base_url=provider.url)

    assert status == 1
    assert "is no Bot API server" in line(said, "Telegram")


@pytest.mark.parametrize(
    ("url", "mark", "words"),
    [
        ("https://bot.example.org", "✓", "https://bot.example.org; the bot itself listens on 127.0.0.1:8080"),
        (f"https://bot.example.org:8443/{SECRET}", "✓", "https://bot.example.org:8443; the bot"),
        ("http://bot.example.org", "✗", "Telegram posts to https alone"),
        ("https://bot.example.org:8080", "✗", "ports 443, 80, 88 and 8443 alone: QUIZBOT_WEBHOOK_URL has 8080"),
    ],
)
async def test_telegram_itself_posts_to_few_addresses(url: str, mark: str, words: str) -> None:
    findings = await check_webhook(Settings(webhook_url=url), url)

    assert [(one.mark.value[0], one.what) for one in findings] == [(mark, "Webhook address")]
    assert words in findings[0].words
    assert SECRET not in findings[0].words


async def test_a_bot_api_server_of_ones_own_posts_anywhere(settings: Settings) -> None:
    status, said = await examined(settings, webhook_url="http://127.0.0.1:8080")

    assert status == 0
    assert line(said, "Webhook address").startswith("✓")
    assert line(said, "Webhook:") == (
        "! Webhook: Telegram is not told of it yet: quizbot serve, or run, tells it when it starts"
    )
    assert "Webhook" not in (await examined(settings))[1], "a bot that polls has none"


async def test_whether_updates_come_to_the_webhook_is_told(settings: Settings, simulator: Simulator) -> None:
    url = "http://127.0.0.1:9"  # where nobody listens
    async with Bot(TOKEN, base_url=f"{settings.api_base_url}/bot") as bot:
        await bot.set_webhook(f"{url}/telegram")
        _, said = await examined(settings, webhook_url=url)
        assert line(said, "Webhook:") == "✓ Webhook: Telegram posts here; updates that wait: 0"

        await simulator.say(await simulator.add_user("Ann"), "hello")
        async with asyncio.timeout(20):
            while not (await bot.get_webhook_info()).last_error_message:  # noqa: ASYNC110 - another process rings no bell
                await asyncio.sleep(0.05)
        status, said = await examined(settings, webhook_url=url)
        assert (
            status,
            line(said, "Webhook:").startswith("! Webhook: Telegram posts here; updates that wait: 1; "),
        ) == (
            0,
            True,
        )
        assert "the last post that failed, failed at 20" in line(said, "Webhook:")

        await bot.set_webhook(f"http://127.0.0.1:9/{SECRET}/telegram")
        _, said = await examined(settings, webhook_url=url)
        assert "Telegram posts to another address, at http://127.0.0.1:9: " in line(said, "Webhook:")


async def test_figures_at_the_port_of_the_webhook_are_told(settings: Settings) -> None:
    _, said = await examined(settings, webhook_url="http://127.0.0.1:8080", port=8080, metrics_port=8080)

    assert line(said, "Webhook figures").startswith("! Webhook figures: QUIZBOT_METRICS_PORT is QUIZBOT_PORT")


async def test_a_redis_that_may_lose_answers_is_a_warning(settings: Settings, redis: EmbeddedServer) -> None:
    async with connect(redis.url, 30) as storage:
        for name, value in (("appendfsync", "everysec"), ("maxmemory-policy", "allkeys-lru")):
            await storage.call(storage.client.config_set(name, value))  # pyright: ignore[reportUnknownMemberType]
        status, said = await examined(settings)
        assert line(said, "Redis on disk").startswith("! Redis on disk: appendfsync is everysec")
        assert line(said, "Redis memory").startswith("! Redis memory: maxmemory-policy is allkeys-lru")

        await storage.call(storage.client.config_set("appendonly", "no"))  # pyright: ignore[reportUnknownMemberType]
        await storage.set("schema", "99", None)
        worse, said = await examined(settings)

    assert (status, worse) == (0, 1)
    assert line(said, "Redis on disk").startswith("! Redis on disk: appendonly is no")
    assert line(said, "Redis records").startswith("✗ Redis records: the data are of version 99")


async def test_a_password_that_is_not_taken_is_told_but_not_shown(settings: Settings, redis: EmbeddedServer) -> None:
    status, said = await examined(settings, redis_url=redis.url.replace("unix://", f"unix://nobody:{SECRET}@"))

    assert status == 1
    assert line(said, "Redis:").startswith("✗ Redis: the server by QUIZBOT_REDIS_URL: cannot be used (")


async def test_a_redis_that_is_the_wrong_one_is_told(settings: Settings, redis: EmbeddedServer) -> None:
    status, said = await examined(settings, redis_url=f"{redis.url}?db=99")
    assert (status, "cannot be used (it has no database of the number" in line(said, "Redis:")) == (1, True)

    async with no_redis(b"SSH-2.0-OpenSSH\r\n") as url:
        status, said = await examined(settings, redis_url=url)
    assert (status, "cannot be used (what answers there is no Redis)" in line(said, "Redis:")) == (1, True)

    async with connect(redis.url, 30) as storage:
        await storage.ask("LPUSH", "schema", "public")
    status, said = await examined(settings)
    assert (status, "somebody else's" in line(said, "Redis records")) == (1, True)


@pytest.mark.parametrize(
    ("url", "mark", "words"),
    [
        ("redis://redis.invalid", "✗", "reached without password and TLS: whoever writes to this Redis runs code"),
        (f"redis://:{SECRET}@redis.invalid", "✗", "reached without TLS"),
        ("rediss://redis.invalid", "✗", "reached without password"),
        (f"rediss://:{SECRET}@redis.invalid", "✓", "redis.invalid, with password and TLS"),
        (f"rediss://:{SECRET}@redis.invalid?ssl_cert_reqs=none", "!", "is not asked for its certificate"),
        ("redis://127.0.0.1:9", "✓", "on this machine"),
        (
            f"redis+sentinel://:{SECRET}@one.invalid,two.invalid/quiz",
            "✗",
            "one.invalid, two.invalid is another machine",
        ),
        ("rediss+cluster://redis.invalid", "✗", "reached without password"),
        (f"rediss+cluster://:{SECRET}@redis.invalid", "✓", "redis.invalid, with password and TLS"),
    ],
)
async def test_a_redis_elsewhere_needs_a_password_and_tls(
    settings: Settings, url: str, mark: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redis_findings, "CALL_SECONDS", 0.5)
    status, said = await examined(settings, redis_url=url)

    assert status == 1, "nobody is there"
    assert line(said, "Redis address").startswith(mark)
    assert words in line(said, "Redis address")


async def test_behind_sentinels_it_is_told_what_a_failover_loses(settings: Settings, watched_redis: Watched) -> None:
    for replicas, mark, words in (
        (0, "!", "the last answers may be lost"),
        (1, "!", "an answer counts once 1 of 2 have it; with `min-replicas-to-write 1`"),
        (3, "✗", "a master has 2, QUIZBOT_REDIS_REPLICAS is 3: no answer would ever count"),
    ):
        status, said = await examined(settings, redis_url=watched_redis.url, redis_replicas=replicas)
        assert status == (1 if mark == "✗" else 0)
        assert line(said, "Redis:").endswith("the master that Sentinels name by QUIZBOT_REDIS_URL")
        assert line(said, "Redis replicas").startswith(mark)
        assert words in line(said, "Redis replicas")
        assert PASSWORD not in said


async def test_of_a_cluster_every_master_is_asked(settings: Settings, redis_cluster: Cluster) -> None:
    last = redis_cluster.nodes[-1]
    await last.ask("CONFIG", "SET", "appendfsync", "everysec")
    try:
        _, said = await examined(settings, redis_url=redis_cluster.url)
    finally:
        await last.ask("CONFIG", "SET", "appendfsync", "always")

    assert line(said, "Redis:").endswith("the Cluster by QUIZBOT_REDIS_URL")
    assert line(said, "Redis on disk").startswith("! Redis on disk: appendfsync is everysec")


async def test_an_embedded_server_that_cannot_start_is_told(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    status, said = await examined(settings, redis_url=None, data_dir=tmp_path / "file" / "data")

    assert status == 1
    assert "QUIZBOT_DATA_DIR" in line(said, "Redis")


def full(_folder: Path) -> SimpleNamespace:
    """The room on a full disk."""
    return SimpleNamespace(free=0)


async def test_a_full_disk_under_the_embedded_server_is_told(
    settings: Settings, bot: BotProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", full)

    status, said = await examined(settings, redis_url=None, data_dir=bot.data_dir)

    assert status == 1
    assert line(said, "Redis room") == (
        f"✗ Redis room: the disk of {bot.data_dir} is full: make room on it, or no answer can be kept"
    )


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


@pytest.mark.parametrize(("value", "warns"), [("true", True), ("1", True), ("false", False), ("", False)])
@pytest.mark.parametrize("name", ["LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"])
async def test_tracing_that_hands_prompts_on_is_a_warning(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, name: str, value: str, warns: bool
) -> None:
    monkeypatch.setenv(name, value)

    _, said = await examined(settings)

    assert (f"! Tracing: {name} set: all prompts" in said) is warns


async def hangs() -> list[Finding]:
    await asyncio.Event().wait()
    return []


async def breaks() -> list[Finding]:
    raise RuntimeError(SECRET)


@pytest.mark.parametrize(
    ("check", "words"),
    [(hangs, "nothing came of it within 0.05 s"), (breaks, "the check itself failed (RuntimeError)")],
)
async def test_a_check_that_hangs_or_fails_is_a_line_too(
    check: Callable[[], Awaitable[list[Finding]]], words: str
) -> None:
    assert await within(0.05, "Redis", check()) == [Finding(Mark.FAILS, "Redis", words)]


async def test_checks_run_side_by_side(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    both = asyncio.Barrier(2)

    async def meets(_settings: Settings) -> list[Finding]:
        await both.wait()
        return []

    monkeypatch.setattr(doctors, "check_telegram", meets)
    monkeypatch.setattr(doctors, "check_redis", meets)
    monkeypatch.setattr(doctors, "SECONDS", 20)

    assert (await examined(settings))[0] == 0
