"""Traces: whatever is logged of one update carries one id, and so does whatever is logged of one run of a task.

docket sends the trace of whoever adds a task along with it (W3C's `traceparent`), so that no argument is needed; but
not with a task for later, which its scripts rebuild without it. Such a run has a trace of its own, and is found by its
`key`, which whoever left it for later has logged. Where OpenTelemetry's SDK is set up, the trace is that of its spans.
"""

from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from random import getrandbits

from docket import CurrentExecution
from docket.execution import Execution
from opentelemetry import context, trace
from structlog.contextvars import bind_contextvars, reset_contextvars

TRACE_BITS, SPAN_BITS = 128, 64


@contextmanager
def trace_update(update: int) -> Generator[None]:
    """Within, every line of a log carries the update's id and a trace, which goes with every task that is added."""
    span = trace.get_current_span()
    if not span.get_span_context().is_valid:
        span = _new_span()
    token = context.attach(trace.set_span_in_context(span))
    bound = bind_contextvars(update=update, trace=_name_of(span))
    try:
        yield
    finally:
        reset_contextvars(**bound)
        context.detach(token)


@asynccontextmanager
async def trace_task(execution: Execution = CurrentExecution()) -> AsyncGenerator[None]:  # noqa: B008 - docket's way
    """Within, every line of a log carries the task's name, its key and its trace.

    Nothing has to be taken back: each run is an asyncio task of its own.
    """
    span = trace.get_current_span()
    if not span.get_span_context().is_valid:
        added_by = trace.get_current_span(execution.trace_context)
        span = added_by if added_by.get_span_context().is_valid else _new_span()
        context.attach(trace.set_span_in_context(span))
    bind_contextvars(task=execution.function_name, key=execution.key, trace=_name_of(span))
    yield


def _new_span() -> trace.Span:
    """A span that is recorded nowhere, and only has an id."""
    ids = getrandbits(TRACE_BITS) or 1, getrandbits(SPAN_BITS) or 1  # no secrets
    return trace.NonRecordingSpan(trace.SpanContext(*ids, is_remote=False))


def _name_of(span: trace.Span) -> str:
    return trace.format_trace_id(span.get_span_context().trace_id)
