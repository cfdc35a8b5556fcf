"""What the doctor says to settings, which holds no secret."""

from io import StringIO

from rich.console import Console

from bot.doctor import doctor
from bot.settings import Settings
from tests.bot_process import TOKEN

SECRET = "HUSH-HUSH"  # noqa: S105 - what must not be shown

KEY = f"sk-{SECRET}"

KNOWN = "openai:gpt-5-mini"


async def examined(settings: Settings, **changed: object) -> tuple[int, str]:
    """The exit status, and what was said."""
    said = StringIO()
    changed_settings = Settings.model_validate(settings.model_dump() | changed)
    status = await doctor(changed_settings, Console(file=said))
    assert SECRET not in said.getvalue()
    assert TOKEN not in said.getvalue()
    return status, said.getvalue()


def line(said: str, beginning: str) -> str:
    """The only line that begins so."""
    [found] = [one for one in said.splitlines() if one[2:].startswith(beginning)]
    return found
