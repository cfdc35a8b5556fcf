"""`quizbot prompts`: which prompts there are, what became of what models wrote by them, and what that took today."""

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table

from bot.kept import open_storage
from bot.settings import Settings
from prompts.registry import all_prompts
from storage.budgets import Budgets, Limits, Use
from storage.connection import Storage
from storage.tallies import ACCEPTED, DRAFTED, Tallies

WIDTH = 120
"""Columns where standard output is no terminal."""


async def report(settings: Settings) -> None:
    """Print the prompts, what became of the drafts by prompt and model, and what was taken today."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=WIDTH)
    prompts = Table("prompt", "version", "language", "digest", "purpose", title="Prompts", title_justify="left")
    for prompt in all_prompts():
        prompts.add_row(prompt.name, str(prompt.version), prompt.language, prompt.digest, prompt.purpose)
    console.print(prompts)
    async with open_storage(settings) as storage:
        counted = await Tallies(storage).all()
        use = await _use_of_today(storage)
    if counted:
        console.print(_written(counted))
    else:
        console.print("No model has written anything here in the last 90 days.")
    console.print(_taken(use), soft_wrap=True)


def _written(counted: Sequence[tuple[str, int, str, Mapping[str, int]]]) -> Table:
    written = Table(
        "prompt", "model", "drafts", "accepted", "dropped by", title="What was written", title_justify="left"
    )
    for name, version, model, counts in counted:
        drafts = counts.get(DRAFTED, 0)
        written.add_row(f"{name} {version}", model, str(drafts), *_shares(counts, drafts))
    return written


async def _use_of_today(storage: Storage) -> Use:
    budgets = Budgets(storage, Limits(0, 0, 0))  # which bound nothing where one only reads
    nobody = await budgets.account(0, 0, "")
    return await budgets.use_of_all(nobody.day)


def _taken(use: Use) -> str:
    words = f"Taken today (UTC) by everyone: {use.input_tokens:,} tokens in, {use.output_tokens:,} tokens out"
    unpriced = f", of which {use.unpriced_tokens:,} tokens of models in no price table" if use.unpriced_tokens else ""
    return f"{words}{unpriced}; ${use.microdollars / 1_000_000:,.4f}"


def _shares(counts: Mapping[str, int], drafts: int) -> tuple[str, str]:
    dropped = {what: count for what, count in counts.items() if what not in {DRAFTED, ACCEPTED}}
    ordered = sorted(dropped.items(), key=lambda one: (-one[1], one[0]))
    return _share(counts.get(ACCEPTED, 0), drafts), ", ".join(
        f"{what} {_share(count, drafts)}" for what, count in ordered
    )


def _share(count: int, drafts: int) -> str:
    return f"{count} ({count / drafts:.0%})" if drafts else str(count)
