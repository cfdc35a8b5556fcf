"""`quizbot doctor`: tries every setting out, and says in words what it found and what to do.

The checks run side by side, each within its time, and change nothing. No secret is in what they say: what others
write, errors foremost, is not repeated, but for what Telegram says of the webhook, without the secrets we know.
"""

import asyncio
import os
from collections.abc import Awaitable, Coroutine, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from bot.finding import Finding, Mark
from bot.library import open_library
from bot.redis_findings import check_redis
from bot.settings import Settings, WrongSettings
from bot.telegram_findings import check_telegram, check_webhook
from decks import shipped

if TYPE_CHECKING:
    from generation.health import ModelHealth

HEALTHY, SICK = 0, 1
SECONDS = 30.0
MODEL_SECONDS, LOCAL_SECONDS = 100.0, 300.0
"""Two calls as long as their own bounds allow, and the import of the client; a model in this process is read first."""
TRACING = ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2")
NOTES = ("pypdfium2", "docx", "pptx", "trafilatura", "sentencex", "pymorphy3", "py3langid")
"""Packages of the extra [notes]."""
OFF = {"", "0", "false", "no", "off"}


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
    checks.append(within(SECONDS, "Decks", check_decks(settings)))
    if settings.webhook_url:
        checks.append(within(SECONDS, "Webhook", check_webhook(settings, settings.webhook_url)))
    if settings.models:
        names = dict.fromkeys([*settings.models, *_solvers(settings)])
        checks += [within(_patience(name), f"Model {name}", check_model(settings, name)) for name in names]
        checks.append(within(SECONDS, "Budgets", check_budgets(settings)))
    else:
        checks.append(within(SECONDS, "Model", no_model(settings)))
    checks.append(within(SECONDS, "Notes", check_notes()))
    if settings.picture_model:
        name = settings.picture_model
        checks.append(within(_patience(name), f"Pictures {name}", check_pictures(name)))
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


async def check_decks(settings: Settings) -> list[Finding]:
    """How many decks there are, and whether those of one's own can be used."""
    try:
        library = open_library(settings.decks)
    except WrongSettings as error:
        return [Finding(Mark.FAILS, "Decks", str(error))]
    own = len(library.decks) - len(shipped())
    words = f"{len(library.decks) - own} that ship with the bot"
    return [Finding(Mark.WORKS, "Decks", f"{words}, {own} in {settings.decks}" if settings.decks else words)]


async def no_model(settings: Settings) -> list[Finding]:
    """What is missing without one."""
    words = (
        "none: quizzes come from the decks alone. With QUIZBOT_MODEL=openai:NAME or anthropic:NAME, and the provider's "
        "key, students get quizzes on any topic"
    )
    if settings.check_model:
        words += "; QUIZBOT_CHECK_MODEL alone does nothing"
    return [Finding(Mark.WORKS_BUT, "Model", words)]


async def check_notes() -> list[Finding]:
    """Whether what reads one's own notes is installed."""
    missing = [name for name in NOTES if find_spec(name) is None]
    if not missing:
        return [Finding(Mark.WORKS, "Notes", "quizzes from students' own notes, documents and web pages")]
    words = (
        f"students' documents and web pages are not read, and without a model their texts are not either "
        f"({', '.join(missing)} missing): `make notes` in a checkout, or the extra [notes] of this package"
    )
    return [Finding(Mark.WORKS_BUT, "Notes", words)]


async def check_pictures(name: str) -> list[Finding]:
    """Whether a model reads what stands in a picture."""
    from generation.health import examine_pictures, patient, trouble_words

    what = f"Pictures {name}"
    if find_spec("PIL") is None:
        return [Finding(Mark.FAILS, what, "photos are made small by a package of the extra [notes], which is not here")]
    async with patient(name) as model:
        health = await examine_pictures(model)
    if health.trouble:
        words = trouble_words(name, health)
        return [Finding(Mark.FAILS, what, f"{words}. Does the model see pictures?" if health.status else words)]
    if health.is_right:
        return [Finding(Mark.WORKS, what, f"reads photos and scans, one in {health.seconds:.1f} s")]
    return [Finding(Mark.FAILS, what, "did not read the number in a picture: use a model that sees pictures")]


async def check_model(settings: Settings, name: str) -> list[Finding]:
    """Whether a model does what the settings want of it, one thing after the other, and what it costs."""
    from generation.health import examine_solver, examine_writer, patient, price_words, trouble_words

    checks = name in _solvers(settings)
    is_priced, price = price_words(name)
    mark = Mark.WORKS if is_priced else Mark.WORKS_BUT
    findings = [] if name in settings.models else [Finding(mark, f"Price of {name}", price)]
    async with patient(name) as model:
        if name in settings.models:
            health = await examine_writer(model)
            if health.trouble:  # which checking would meet again
                return [Finding(Mark.FAILS, f"Model {name}", trouble_words(name, health))]
            words = f"works in {health.seconds:.1f} s; {price}"
            findings.append(Finding(mark, f"Model {name}", words))
        health = await examine_solver(model) if checks else None
    if health:
        trouble = trouble_words(name, health) if health.trouble else ""
        findings.append(Finding(Mark.FAILS, f"Check {name}", trouble) if trouble else _checker(name, health))
    if checks and name == settings.models[0]:
        unset = "is the model that writes" if settings.check_model else "is not set"
        words = f"QUIZBOT_CHECK_MODEL {unset}: {name} checks its own questions, which is weaker. Set another model"
        findings.append(Finding(Mark.WORKS_BUT, "Check", words))
    return findings


def _solvers(settings: Settings) -> Sequence[str]:
    """The models that answer questions blind."""
    return [settings.check_model] if settings.check_model else settings.models


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
