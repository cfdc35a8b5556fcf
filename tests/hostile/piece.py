"""A piece of the hostile corpus: what is sent, and what must become of it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from generation.sources.refusal import Reason


@dataclass(frozen=True)
class Piece:
    """A document that somebody sends to do harm; `make` writes its bytes.

    `outcomes` are the reasons for which it may be refused; without any it must become text. Then `says` must stand in
    that text, as data, and `hides` must not.
    """

    title: str
    name: str
    make: Callable[[], bytes]
    outcomes: frozenset[Reason] = frozenset()
    says: str = ""
    hides: tuple[str, ...] = field(default=())
    whole: bool = True


def refused(title: str, name: str, make: Callable[[], bytes], *reasons: Reason) -> Piece:
    """A piece that is refused, for one of these reasons."""
    return Piece(title, name, make, frozenset(reasons))
