"""How likely each first token of a model's answer is, where its provider tells."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generation.failures import CallFailed
from generation.models import NOT_UNDERSTOOD, Model
from generation.request import Usage

TELL_CHANCES = ("local:", "openai:")
"""Models that may tell how likely each token was."""
LIKELIEST = 10
"""So many of them."""


@dataclass(frozen=True, slots=True)
class FirstToken:
    """Of the likeliest tokens that an answer may begin with, their texts and how likely each is; and what that took."""

    chances: Mapping[str, float]
    usage: Usage | None


class FirstTokens:
    """Asks a model for the first token of an answer; one that does not tell how likely it was is not asked again."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._tells = model.name.startswith(TELL_CHANCES)

    async def ask(self, prompt: str) -> FirstToken | None:
        """The first token of the answer to a prompt; None where the provider does not tell them."""
        if not self._tells:
            return None
        chat: Any = await self._model.open()
        try:
            message = await self._model.call(chat.bind(logprobs=True, top_logprobs=LIKELIEST, max_tokens=1), prompt)
        except CallFailed as failed:
            if failed.status not in NOT_UNDERSTOOD:
                raise
            self._tells = False
            return None
        chances = _chances(message.response_metadata)
        self._tells = bool(chances)
        return FirstToken(chances, self._model.took(message))


def _chances(metadata: Mapping[str, Any]) -> Mapping[str, float]:
    """Empty when what a server sent in their place is none."""
    try:
        likeliest = metadata["logprobs"]["content"][0]["top_logprobs"]
        return {str(one["token"]): math.exp(min(0.0, float(one["logprob"]))) for one in likeliest}
    except (LookupError, TypeError, ValueError):
        return {}
