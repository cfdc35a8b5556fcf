"""What a process says of itself."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Readiness:
    """What keeps this process from doing its work, in words; and how many workers are at each docket, in all."""

    troubles: list[str]
    workers: dict[str, int] = field(default_factory=dict[str, int])


Look = Callable[[], Awaitable[Readiness]]
