"""What is found of Telegram: the token, the server, the webhook."""

import asyncio

import pytest
from telegram import Bot

from bot.settings import Settings
from bot.telegram_findings import check_webhook
from simulator.client import Simulator
from tests.bot_process import TOKEN
from tests.doctor.examined import SECRET, examined, line
from tests.generation.scripted_server import ScriptedServer


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
