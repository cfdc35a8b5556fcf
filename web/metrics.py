"""`/metrics`: what this process has counted, and what is kept in Redis over all processes, for Prometheus."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, disable_created_metrics, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response

from prompts.registry import all_prompts
from storage.connection import Storage
from storage.deadletters import DeadLetters
from storage.errors import StorageUnavailable
from storage.tallies import DRAFTED, Tallies
from tasks.queues import Waiting, WaitingAt

LOOKS_FOR_SECONDS = 1.0
"""A scrape is answered then without what Redis has not said."""

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Kept:
    """What Redis has, the same whichever process is asked; `drafts` by prompt, its version, and model."""

    queues: Mapping[str, Waiting] = field(default_factory=dict[str, Waiting])
    dead_letters: int = 0
    drafts: Sequence[tuple[str, int, str, Counts]] = ()


class Figures:
    """The endpoint. `queues` are looked into by name; of these models the drafts are shown."""

    def __init__(self, storage: Storage, queues: Mapping[str, WaitingAt], models: Iterable[str]) -> None:
        self._storage = storage
        self._queues = queues
        # What is counted stands under known names: the keys of a big Redis are not searched at every scrape.
        prompts = sorted({(prompt.name, prompt.version) for prompt in all_prompts()})
        self._drafts = [(name, edition, model) for name, edition in prompts for model in models]
        disable_created_metrics()  # when each series began doubles their number and tells nothing

    async def get(self, _request: Request) -> Response:
        """Answer a scrape, within a second or little more; without Redis, with this process's own counts alone."""
        try:
            async with asyncio.timeout(LOOKS_FOR_SECONDS):
                kept = await self._look()
        except (StorageUnavailable, TimeoutError):
            kept = None
        return Response(text_of(kept), media_type=CONTENT_TYPE_LATEST)

    async def _look(self) -> Kept:
        now = await self._storage.now() / 1000
        tallies = Tallies(self._storage)
        return Kept(
            queues={name: await look(now) for name, look in self._queues.items()},
            dead_letters=await DeadLetters(self._storage).count(),
            drafts=[(*one, await tallies.of(*one)) for one in self._drafts],
        )


def text_of(kept: Kept | None) -> bytes:
    """Everything in Prometheus's text format; None: Redis did not say."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Known(kept))
    return generate_latest(REGISTRY) + generate_latest(registry)


class Known(Collector):
    """Hands prometheus_client what was looked up before."""

    def __init__(self, kept: Kept | None) -> None:
        self._kept = kept

    def collect(self) -> Iterable[Metric]:
        """The families of one scrape."""
        yield InfoMetricFamily("quizbot_build", "The bot's version.", value={"version": bot_version()})
        yield GaugeMetricFamily(
            "quizbot_redis_up",
            "Whether Redis told in time what follows: 1, or 0 and the rest is left out.",
            value=int(self._kept is not None),
        )
        if self._kept is not None:
            yield from families(self._kept)


def families(kept: Kept) -> Iterable[Metric]:
    """What Redis has, as families."""
    tasks = GaugeMetricFamily(
        "quizbot_queue_tasks",
        "Tasks of a docket (soon, long, reading): due and not begun, running, or for later. The same at every process.",
        labels=["queue", "state"],
    )
    oldest = GaugeMetricFamily(
        "quizbot_queue_oldest_seconds",
        "How long the oldest task that is due has waited for a worker; 0 when none does. The same at every process.",
        labels=["queue"],
    )
    for name, waiting in kept.queues.items():
        for state, number in (("due", waiting.due), ("running", waiting.running), ("later", waiting.later)):
            tasks.add_metric([name, state], number)
        oldest.add_metric([name], waiting.oldest_seconds)
    letters = GaugeMetricFamily(
        "quizbot_dead_letters",
        "Updates and tasks of the last 7 days that could not be handled. The same at every process.",
        value=kept.dead_letters,
    )
    return [tasks, oldest, letters, *_drafts(kept)]


def _drafts(kept: Kept) -> Iterable[Metric]:
    drafts = CounterMetricFamily(
        "quizbot_drafts",
        "Questions that a model of the settings proposed by a prompt. The same at every process: take max, not sum.",
        labels=["prompt", "version", "model"],
    )
    outcomes = CounterMetricFamily(
        "quizbot_draft_outcomes",
        "What became of such questions: accepted, or the name of the check that dropped it. The same at every process.",
        labels=["prompt", "version", "model", "outcome"],
    )
    for prompt, edition, model, counts in kept.drafts:
        if not counts:
            continue
        labels = [prompt, str(edition), model]
        drafts.add_metric(labels, counts.get(DRAFTED, 0))
        for outcome, number in sorted(counts.items()):
            if outcome != DRAFTED:
                outcomes.add_metric([*labels, outcome], number)
    return [drafts, outcomes]


@cache
def bot_version() -> str:
    """The version of the installed bot."""
    try:
        return version("quizbot")
    except PackageNotFoundError:
        return "unknown"
