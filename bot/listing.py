"""How the settings are listed, for `quizbot settings` and for the page of settings alike."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pydantic import SecretStr
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings

ROLES = ("run", "serve", "worker")
"""The commands that are the bot; `quizbot doctor` looks at every setting besides."""


class Group(StrEnum):
    """Under what a setting stands; in this order."""

    TELEGRAM = "Telegram"
    KEPT = "Where answers are kept"
    DECKS = "Decks"
    MODELS = "Language models"
    BUDGETS = "What language models may take"
    WEBHOOK = "Webhook and ports"
    SENDING = "How fast messages go out"
    LOGS = "Logs"


@dataclass(frozen=True, slots=True)
class Listed:
    """Beside a field of the settings: its group, an example, the commands that go by it, and what unset means."""

    group: Group
    example: str
    roles: tuple[str, ...] = ROLES
    unset: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A setting as it is listed; `default` is what holds where it is not set."""

    name: str
    group: Group
    meaning: str
    default: str
    example: str
    roles: tuple[str, ...]


def rows(settings: type[BaseSettings]) -> Iterator[Row]:
    """Every setting, group by group, and within a group in the order of the fields."""
    prefix = settings.model_config.get("env_prefix", "")
    found = [_row(f"{prefix}{name.upper()}", field) for name, field in settings.model_fields.items()]
    for group in Group:
        yield from (row for row in found if row.group is group)


def _row(name: str, field: FieldInfo) -> Row:
    listed = next((one for one in field.metadata if isinstance(one, Listed)), None)
    if listed is None:
        raise TypeError(f"{name} has no Listed beside its type: say there how it is listed")
    meaning = f"{field.description}{_bounds(field)}"
    return Row(name, listed.group, meaning, listed.unset or _written(field.default), listed.example, listed.roles)


def _bounds(field: FieldInfo) -> str:
    bounds = {end: getattr(one, end) for one in field.metadata for end in ("ge", "le") if hasattr(one, end)}
    least, most = bounds.get("ge"), bounds.get("le")
    if most is not None:
        return f" ({least} to {most})"
    return f" (at least {least})" if least else ""


def _written(default: object) -> str:
    """A default as one would write it down; no secret is one."""
    if default is None or isinstance(default, SecretStr):
        return ""
    return str(default).lower() if isinstance(default, bool) else str(default)
