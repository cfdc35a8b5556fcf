"""Every figure that the bot counts, from the code that counts it."""

import pkgutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module

from prometheus_client.metrics import MetricWrapperBase

from bot.logs import OURS
from web.metrics import Kept, Known

HEAD = """\
# Figures

What the bot counts, for [Prometheus](https://prometheus.io).
{made}

`QUIZBOT_METRICS_PORT=9464` has any process of the bot (`run`, `serve`, `worker`) answer `/metrics` there, with
`/healthz` and `/readyz`, on the address `QUIZBOT_HOST`. It is a port of its own, and none by default, because the one
of the webhook is open to the world: a proxy before it makes every caller look like a neighbour, and figures say how
many students there are and what they cost. Let no proxy lead to it. Who sets it to the webhook's port has `/metrics`
beside `/telegram`, and has the proxy let only `/telegram` through.

No figure has a person, a chat, a topic or a text in its labels. Each process counts for itself; what is called the same
at every process is kept in Redis: take its `max`, not its `sum`. Python's own figures (`process_…`, `python_…`) come
along.
"""


@dataclass(frozen=True, order=True)
class Figure:
    """One figure; `name` is that of its series in Prometheus, without `_bucket`, `_count` and `_sum`."""

    name: str
    type: str
    labels: tuple[str, ...]
    meaning: str


def figures() -> set[Figure]:
    """Every figure of the bot."""
    counted = (one for module in modules() for one in vars(module).values() if isinstance(one, MetricWrapperBase))
    return {*map(_counted, counted), *_kept()}


def table() -> Iterator[Sequence[str]]:
    """A row for each, by their names."""
    for one in sorted(figures()):
        yield f"`{one.name}`", one.type, ", ".join(f"`{label}`" for label in one.labels), one.meaning


def modules() -> Iterator[object]:
    """Every module of the bot, imported."""
    for package in sorted(OURS):
        yield import_module(package)
        for found in pkgutil.walk_packages(import_module(package).__path__, f"{package}."):
            if not found.name.endswith("__main__"):
                yield import_module(found.name)


def _counted(one: MetricWrapperBase) -> Figure:
    (family,) = one.describe()
    labels = getattr(one, "_labelnames", ())
    return _figure(family.name, family.type, labels, family.documentation)


def _kept() -> Iterable[Figure]:
    for family in Known(Kept()).collect():
        labels = getattr(family, "_labelnames", None)
        if labels is None or family.type == "info":
            labels = tuple(name for sample in family.samples for name in sample.labels)
        yield _figure(family.name, family.type, labels, family.documentation)


def _figure(name: str, kind: str, labels: Iterable[str], meaning: str) -> Figure:
    ending = {"counter": "_total", "info": "_info"}.get(kind, "")
    return Figure(name + ending, kind, tuple(labels), meaning)
