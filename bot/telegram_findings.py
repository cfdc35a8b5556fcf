"""What `quizbot doctor` says of Telegram: whether the token is good, and whether updates come to the webhook."""

from typing import TYPE_CHECKING

from httpx import URL

from bot.finding import Finding, Mark
from bot.logs import Blotter
from bot.settings import Settings, WrongSettings
from storage.health import is_loopback

if TYPE_CHECKING:
    from telegram import Bot, WebhookInfo

CALL_SECONDS = 5.0
TELEGRAM = "api.telegram.org"
PORTS = {None, 443, 80, 88, 8443}
"""To these alone Telegram itself posts; https without a port is 443. A Bot API server of one's own takes any."""
MOST_OF_AN_ERROR = 200


async def check_telegram(settings: Settings) -> list[Finding]:
    """Whether the Bot API server of the settings knows the token, and which bot it is."""
    from telegram.error import InvalidToken, TelegramError, TimedOut

    from bot.request import NotTelegrams

    if settings.token is None:
        words = "QUIZBOT_TOKEN is not set: ask @BotFather for one (or try the bot without: quizbot try)"
        return [Finding(Mark.FAILS, "Telegram", words)]
    url = URL(settings.api_base_url)
    where = _place(url)
    try:
        async with _bot(settings, settings.token.get_secret_value()) as bot:
            name = f"@{bot.username}"
    except WrongSettings as error:
        words = str(error)
    except InvalidToken:
        words = f"{where} does not know the token: copy QUIZBOT_TOKEN from @BotFather again"
    except NotTelegrams:
        words = f"what answers at {where} is no Bot API server: check QUIZBOT_API_BASE_URL, and for a proxy's page"
    except TimedOut:
        words = f"{where} does not answer within {CALL_SECONDS:g} s: check the network and QUIZBOT_API_BASE_URL"
    except TelegramError as error:
        words = (
            f"{where} cannot be reached or refuses ({type(error).__name__}): check the network and QUIZBOT_API_BASE_URL"
        )
    else:
        if url.scheme == "http" and not is_loopback(url.host):
            words = f"{name} at {where}, to which the token goes unencrypted: use https unless the network is your own"
            return [Finding(Mark.WORKS_BUT, "Telegram", words)]
        return [Finding(Mark.WORKS, "Telegram", f"{name} at {where}")]
    return [Finding(Mark.FAILS, "Telegram", words)]


async def check_webhook(settings: Settings, webhook_url: str) -> list[Finding]:
    """Whether Telegram can post to the webhook of the settings, whether it does, and who else reads the figures."""
    from telegram.error import TelegramError

    findings = [_address(settings, URL(webhook_url))]
    if settings.metrics_port == settings.port:
        words = (
            "QUIZBOT_METRICS_PORT is QUIZBOT_PORT: whoever reaches the webhook can read the figures. "
            "Give them another port, or let the proxy before it hand on /telegram alone"
        )
        findings.append(Finding(Mark.WORKS_BUT, "Webhook figures", words))
    if settings.token is None:
        return findings
    try:
        async with _bot(settings, settings.token.get_secret_value()) as bot:
            info = await bot.get_webhook_info()
    except (WrongSettings, TelegramError):  # of which `check_telegram` tells
        return findings
    return [*findings, _updates(info, webhook_url, Blotter(settings.secrets))]


def _address(settings: Settings, url: URL) -> Finding:
    what, is_telegrams = "Webhook address", URL(settings.api_base_url).host == TELEGRAM
    if is_telegrams and url.scheme != "https":
        return Finding(Mark.FAILS, what, "Telegram posts to https alone: begin QUIZBOT_WEBHOOK_URL with https://")
    if is_telegrams and url.port not in PORTS:
        words = f"Telegram posts to the ports 443, 80, 88 and 8443 alone: QUIZBOT_WEBHOOK_URL has {url.port}"
        return Finding(Mark.FAILS, what, words)
    return Finding(Mark.WORKS, what, f"{_place(url)}; the bot itself listens on {settings.host}:{settings.port}")


def _updates(info: "WebhookInfo", webhook_url: str, blotter: Blotter) -> Finding:
    from web.app import PATH

    what = "Webhook"
    if not info.url:
        words = "Telegram is not told of it yet: quizbot serve, or run, tells it when it starts"
        return Finding(Mark.WORKS_BUT, what, words)
    if info.url != f"{webhook_url}{PATH}":
        words = (
            f"Telegram posts to another address, at {_place(URL(info.url))}: quizbot serve, or run, tells it this one "
            "when it starts; if they run, somebody else uses this token"
        )
        return Finding(Mark.WORKS_BUT, what, words)
    words = f"Telegram posts here; updates that wait: {info.pending_update_count}"
    if not info.last_error_message:
        return Finding(Mark.WORKS, what, words)
    when = f" at {info.last_error_date:%Y-%m-%d %H:%M} UTC" if info.last_error_date else ""
    error = blotter(None, "", info.last_error_message[:MOST_OF_AN_ERROR])
    return Finding(Mark.WORKS_BUT, what, f"{words}; the last post that failed, failed{when}: {error}")


def _bot(settings: Settings, token: str) -> "Bot":
    """A bot whose calls take a moment at most; raises `WrongSettings` when there is no way to Telegram."""
    from telegram import Bot

    from bot.network import network_to
    from bot.request import TelegramRequest

    request = TelegramRequest(
        network_to(settings.api_base_url), 1, connect_timeout=CALL_SECONDS, read_timeout=CALL_SECONDS
    )
    return Bot(token, base_url=f"{settings.api_base_url}/bot", request=request)


def _place(url: URL) -> str:
    """An address without user, password and path, which may be secret."""
    return f"{url.scheme}://{url.host}" + (f":{url.port}" if url.port else "")
