"""`quizbot doctor`: tries every setting out, and says in words what it found and what to do.

The checks run side by side, each within its time, and change nothing. No secret is in what they say: what others
write, errors foremost, is not repeated.
"""

import asyncio
import os
from collections.abc import Awaitable, Coroutine, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from httpx import URL
from rich.console import Console
from rich.text import Text

from bot.settings import Settings, WrongSettings
from storage.connection import connect
from storage.embedded import DataFolderInUse, ServerDidNotStart, attach_server
from storage.errors import StorageUnavailable
from storage.health import OLDEST, RedisHealth, examine, is_loopback, read_address, without_password

if TYPE_CHECKING:
    from generation.health import ModelHealth

HEALTHY, SICK = 0, 1
SECONDS = 30.0
MODEL_SECONDS, LOCAL_SECONDS = 100.0, 300.0
"""Two calls as long as their own bounds allow, and the import of the client; a model in this process is read first."""
CALL_SECONDS = 5.0
CLOCK_MS = 1000
TRACING = ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2")
OFF = {"", "0", "false", "no", "off"}


class Mark(Enum):
    """How well something works, with the colour it is shown in."""

    WORKS = ("✓", "green")
    WORKS_BUT = ("!", "yellow")
    FAILS = ("✗", "red")


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what was looked at, how it is, and in words what was found."""

    mark: Mark
    what: str
    words: str


async def doctor(settings: Settings, console: Console | None = None) -> int:
    """Check everything, say what was found line by line, and return the exit status: 0 when nothing fails, else 1."""
    console = console or Console()
    checks = [asyncio.create_task(check) for check in _checks(settings)]
    status = HEALTHY
    for check in checks:
        for finding in await check:
            sign, colour = finding.mark.value
            line = Text.assemble((sign, colour), " ", (finding.what, "bold"), ": ", " ".join(finding.words.split()))
            console.print(line, soft_wrap=True)
            if finding.mark is Mark.FAILS:
                status = SICK
    return status


def _checks(settings: Settings) -> Sequence[Coroutine[None, None, list[Finding]]]:
    checks = [within(SECONDS, "Telegram", check_telegram(settings)), within(SECONDS, "Redis", check_redis(settings))]
    if settings.models:
        names = dict.fromkeys([*settings.models, settings.check_model or settings.models[0]])
        checks += [within(_patience(name), f"Model {name}", check_model(settings, name)) for name in names]
        checks.append(within(SECONDS, "Budgets", check_budgets(settings)))
    else:
        checks.append(within(SECONDS, "Model", no_model(settings)))
    checks.append(within(SECONDS, "Tracing", check_tracing()))
    return checks


def _patience(name: str) -> float:
    return LOCAL_SECONDS if name.startswith("local:") else MODEL_SECONDS


async def within(seconds: float, what: str, check: Awaitable[list[Finding]]) -> list[Finding]:
    """What a check found; that it took too long, or failed itself, is a finding too."""
    limit = asyncio.timeout(seconds)
    try:
        async with limit:
            return await check
    except Exception as error:  # noqa: BLE001 - nobody is to read a traceback here, and its text may hold a secret
        late = f"nothing came of it within {seconds:g} s"
        words = late if limit.expired() else f"the check itself failed ({type(error).__name__})"
        return [Finding(Mark.FAILS, what, words)]


async def check_telegram(settings: Settings) -> list[Finding]:
    """Whether the Bot API server of the settings knows the token, and which bot it is."""
    from telegram import Bot
    from telegram.error import InvalidToken, TelegramError, TimedOut

    from bot.network import network_to
    from bot.request import NotTelegrams, TelegramRequest

    if settings.token is None:
        words = "QUIZBOT_TOKEN is not set: ask @BotFather for one (or try the bot without: quizbot try)"
        return [Finding(Mark.FAILS, "Telegram", words)]
    url = URL(settings.api_base_url)
    where = f"{url.scheme}://{url.host}" + (f":{url.port}" if url.port else "")  # no user, password or path
    try:
        request = TelegramRequest(
            network_to(settings.api_base_url), 1, connect_timeout=CALL_SECONDS, read_timeout=CALL_SECONDS
        )
    except WrongSettings as error:
        return [Finding(Mark.FAILS, "Telegram", str(error))]
    bot = Bot(settings.token.get_secret_value(), base_url=f"{settings.api_base_url}/bot", request=request)
    try:
        async with bot:
            name = f"@{bot.username}"
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


async def check_redis(settings: Settings) -> list[Finding]:
    """Whether the Redis of the settings, or the embedded server, can be trusted with what the bot keeps."""
    if settings.redis_url is None:
        try:
            async with attach_server(settings.data_dir) as server:
                return await _server(server.url, f"the embedded server on {settings.data_dir}")
        except ServerDidNotStart as error:
            return [Finding(Mark.FAILS, "Redis", error.reason)]
        except DataFolderInUse as error:
            return [Finding(Mark.FAILS, "Redis", str(error))]
    url = settings.redis_url.get_secret_value()
    return [*_address(url), *await _server(url, "by QUIZBOT_REDIS_URL")]


def _address(url: str) -> list[Finding]:
    address = read_address(url)
    what = "Redis address"
    if not address.is_remote:
        return [Finding(Mark.WORKS, what, "on this machine")]
    missing = [name for name, has in (("password", address.has_password), ("TLS", address.has_tls)) if not has]
    if missing:
        words = (
            f"{address.host} is another machine, reached without {' and '.join(missing)}: whoever writes to this Redis "
            "runs code in the bot (SECURITY.md). Use rediss://:password@host, a socket, or a Redis on this machine"
        )
        return [Finding(Mark.FAILS, what, words)]
    if not address.checks_certificate:
        words = (
            f"{address.host} is not asked for its certificate: leave out ssl_cert_reqs, or others can take its place"
        )
        return [Finding(Mark.WORKS_BUT, what, words)]
    return [Finding(Mark.WORKS, what, f"{address.host}, with password and TLS")]


async def _server(url: str, which: str) -> list[Finding]:
    try:
        async with connect(url, CALL_SECONDS) as storage:
            health = await examine(storage)
    except StorageUnavailable as error:
        reason = without_password(str(error), url)
        return [
            Finding(Mark.FAILS, "Redis", f"{which}: cannot be used ({reason}): is it running, and the address right?")
        ]
    return [_version(health, which), _durability(health), _clock(health), _memory(health), _records(health)]


def _version(health: RedisHealth, which: str) -> Finding:
    words = f"{health.server} {health.version}, {which}"
    if health.is_recent is None:
        return Finding(Mark.WORKS_BUT, "Redis", f"{which}; it does not say its version: Redis 7 or Valkey 8 is needed")
    if not health.is_recent:
        return Finding(Mark.FAILS, "Redis", f"{words}: {health.server} {OLDEST[health.server]} or newer is needed")
    return Finding(Mark.WORKS, "Redis", words)


def _durability(health: RedisHealth) -> Finding:
    what = "Redis on disk"
    if health.appendonly == "no":
        words = "appendonly is no: answers are lost when Redis ends. Set `appendonly yes` and `appendfsync always`"
        return Finding(Mark.WORKS_BUT, what, words)
    if health.appendfsync is None:
        words = "it does not say its settings: `appendfsync always` is what keeps every answer when its machine fails"
        return Finding(Mark.WORKS_BUT, what, words)
    if health.appendfsync != "always":
        words = (
            f"appendfsync is {health.appendfsync}: the last answers are lost when its machine fails. Set it to always"
        )
        return Finding(Mark.WORKS_BUT, what, words)
    return Finding(Mark.WORKS, what, "every answer is written before it counts (appendfsync always)")


def _clock(health: RedisHealth) -> Finding:
    if abs(health.clock_ms) <= CLOCK_MS:
        return Finding(Mark.WORKS, "Redis clock", f"within {CLOCK_MS // 1000} s of this machine's")
    side = "ahead of" if health.clock_ms > 0 else "behind"
    words = f"{abs(health.clock_ms) / 1000:.1f} s {side} this machine's: set both by NTP, or tasks come at wrong times"
    return Finding(Mark.FAILS, "Redis clock", words)


def _memory(health: RedisHealth) -> Finding:
    if health.maxmemory_policy == "noeviction":
        return Finding(Mark.WORKS, "Redis memory", "a full server refuses and forgets nothing (noeviction)")
    found = (
        f"maxmemory-policy is {health.maxmemory_policy}" if health.maxmemory_policy else "it does not say its policy"
    )
    return Finding(
        Mark.WORKS_BUT, "Redis memory", f"{found}: set `maxmemory-policy noeviction`, or it may drop answers"
    )


def _records(health: RedisHealth) -> Finding:
    if health.wrong_schema:
        return Finding(Mark.FAILS, "Redis records", health.wrong_schema)
    return Finding(Mark.WORKS, "Redis records", "this release can read them")


async def no_model(settings: Settings) -> list[Finding]:
    """What is missing without one."""
    words = (
        "none: quizzes come from the decks alone. With QUIZBOT_MODEL=openai:NAME or anthropic:NAME, and the provider's "
        "key, students get quizzes on any topic"
    )
    if settings.check_model:
        words += "; QUIZBOT_CHECK_MODEL alone does nothing"
    return [Finding(Mark.WORKS_BUT, "Model", words)]


async def check_model(settings: Settings, name: str) -> list[Finding]:
    """Whether a model does what the settings want of it, one thing after the other, and what it costs."""
    from generation.health import examine_solver, examine_writer, patient, price_words, trouble_words

    checks = name == (settings.check_model or settings.models[0])
    is_priced, price = price_words(name)
    mark = Mark.WORKS if is_priced else Mark.WORKS_BUT
    findings = [] if name in settings.models else [Finding(mark, f"Price of {name}", price)]
    async with patient(name) as model:
        if name in settings.models:
            health = await examine_writer(model)
            if health.trouble:  # which checking would meet again
                return [Finding(Mark.FAILS, f"Model {name}", _in_a_checkout(trouble_words(name, health), name))]
            words = f"works in {health.seconds:.1f} s; {price}"
            findings.append(Finding(mark, f"Model {name}", words))
        health = await examine_solver(model) if checks else None
    if health:
        trouble = _in_a_checkout(trouble_words(name, health), name) if health.trouble else ""
        findings.append(Finding(Mark.FAILS, f"Check {name}", trouble) if trouble else _checker(name, health))
    if checks and name == settings.models[0]:
        unset = "is the model that writes" if settings.check_model else "is not set"
        words = f"QUIZBOT_CHECK_MODEL {unset}: {name} checks its own questions, which is weaker. Set another model"
        findings.append(Finding(Mark.WORKS_BUT, "Check", words))
    return findings


def _in_a_checkout(words: str, name: str) -> str:
    """What is to be installed, said for a checkout too, where make does it."""
    if "pip install" not in words:
        return words
    return f"{words} (in a checkout: make {'.venv/local' if name.startswith('local:') else 'models'})"


def _checker(name: str, health: "ModelHealth") -> Finding:
    form = "structured answers" if health.is_structured else "no structured answers: the plain form is used"
    words = f"answers questions blind, in {health.seconds:.1f} s; {form}"
    if health.is_right:
        return Finding(Mark.WORKS, f"Check {name}", words)
    return Finding(Mark.WORKS_BUT, f"Check {name}", f"{words}; it got 2 + 3 wrong: use a stronger model")


async def check_budgets(settings: Settings) -> list[Finding]:
    """What may be taken of the models, and what that costs at the very most."""
    from generation.prices import cost
    from generation.request import Usage

    days = {"a person": settings.user_tokens, "a group": settings.chat_tokens, "everyone": settings.all_tokens}
    limits = ", ".join(f"{tokens:,} a day for {whom}" for whom, tokens in days.items())
    words = f"{settings.quiz_tokens:,} tokens a quiz; {limits}"
    models = [*settings.models, *([settings.check_model] if settings.check_model else [])]
    dear = [
        cost(Usage(name, *tokens)) for name in models for tokens in ((settings.all_tokens, 0), (0, settings.all_tokens))
    ]
    if None not in dear:
        words += f": at the very most ${max(one or 0 for one in dear) / 1_000_000:,.2f} a day"
    short = [whom for whom, tokens in days.items() if tokens < settings.quiz_tokens]
    if short:
        words += f"; the day of {' and '.join(short)} does not have room for one whole quiz"
    return [Finding(Mark.WORKS_BUT if short else Mark.WORKS, "Budgets", words)]


async def check_tracing() -> list[Finding]:
    """Whether LangChain hands all prompts on."""
    on = [name for name in TRACING if os.environ.get(name, "").strip().lower() not in OFF]
    if not on:
        return []
    words = f"{' and '.join(on)} set: all prompts, students' topics in them, go to LangSmith, a third party; unset it"
    return [Finding(Mark.WORKS_BUT, "Tracing", words)]
