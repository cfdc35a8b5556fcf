"""How OpenAI's chat completions and Anthropic's messages look on the wire, streamed and in one."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Usage = tuple[int, int]
STOP_REASONS = {"stop": "end_turn", "length": "max_tokens", "content_filter": "refusal"}


@dataclass(frozen=True)
class Protocol:
    """The parts of a reply: as events of a stream, and as one object."""

    begins: Callable[[Usage], str]
    piece: Callable[[str], str]
    ends: Callable[[Usage, str, str | None], str]
    whole: Callable[[str, Usage, str, str | None], dict[str, Any]]


def _openai_chunk(delta: dict[str, Any] | None, finish: str | None = None, **more: Any) -> str:  # noqa: ANN401 - JSON
    choices = [] if delta is None else [{"index": 0, "delta": delta, "finish_reason": finish}]
    chunk = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "scripted"}
    return f"data: {json.dumps({**chunk, 'choices': choices, **more})}\n\n"


def _openai_usage(usage: Usage) -> dict[str, int]:
    return {"prompt_tokens": usage[0], "completion_tokens": usage[1], "total_tokens": sum(usage)}


def _openai_ends(usage: Usage, finish: str, refusal: str | None) -> str:
    refused = _openai_chunk({"refusal": refusal}) if refusal else ""
    return refused + _openai_chunk({}, finish) + _openai_chunk(None, usage=_openai_usage(usage)) + "data: [DONE]\n\n"


def _openai_whole(text: str, usage: Usage, finish: str, refusal: str | None) -> dict[str, Any]:
    message = {"role": "assistant", "content": None if refusal else text, "refusal": refusal}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "scripted",
        "choices": [{"index": 0, "message": message, "finish_reason": finish}],
        "usage": _openai_usage(usage),
    }


def _anthropic_event(kind: str, **data: Any) -> str:  # noqa: ANN401 - JSON
    return f"event: {kind}\ndata: {json.dumps({'type': kind, **data})}\n\n"


def _anthropic_message(content: list[dict[str, str]], stop: str | None, usage: Usage) -> dict[str, Any]:
    return {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": "scripted",
        "content": content,
        "stop_reason": stop,
        "stop_sequence": None,
        "usage": {"input_tokens": usage[0], "output_tokens": usage[1]},
    }


def _anthropic_begins(usage: Usage) -> str:
    block = {"type": "text", "text": ""}
    return _anthropic_event("message_start", message=_anthropic_message([], None, (usage[0], 1))) + _anthropic_event(
        "content_block_start", index=0, content_block=block
    )


def _anthropic_ends(usage: Usage, finish: str, refusal: str | None) -> str:
    stop = "refusal" if refusal else STOP_REASONS[finish]
    delta = {"stop_reason": stop, "stop_sequence": None}
    counted = {"input_tokens": usage[0], "output_tokens": usage[1]}
    return (
        _anthropic_event("content_block_stop", index=0)
        + _anthropic_event("message_delta", delta=delta, usage=counted)
        + _anthropic_event("message_stop")
    )


OPENAI = Protocol(
    # As the real one: the first chunk says who speaks, and is empty.
    begins=lambda _usage: _openai_chunk({"role": "assistant", "content": ""}),
    piece=lambda text: _openai_chunk({"content": text}),
    ends=_openai_ends,
    whole=_openai_whole,
)
ANTHROPIC = Protocol(
    begins=_anthropic_begins,
    piece=lambda text: _anthropic_event("content_block_delta", index=0, delta={"type": "text_delta", "text": text}),
    ends=_anthropic_ends,
    whole=lambda text, usage, finish, refusal: _anthropic_message(
        [{"type": "text", "text": text}], "refusal" if refusal else STOP_REASONS[finish], usage
    ),
)
