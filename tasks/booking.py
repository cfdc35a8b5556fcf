"""What becomes of drafts, and what models take for them, entered in accounts, tallies and figures."""

from prometheus_client import Counter

from generation.prices import cost
from generation.request import Accepted, Drafted, Dropped, Usage
from storage.budgets import Account, Budgets
from storage.tallies import ACCEPTED, DRAFTED
from tasks.desk import Desk

TOKENS = Counter(
    "quizbot_model_tokens",
    "Tokens that calls of a model took, by the model as the settings name it and by direction (in, out); estimated "
    "where its provider does not say.",
    ["model", "direction"],
)
DOLLARS = Counter(
    "quizbot_model_dollars",
    "What calls of a model cost in US dollars; one in no price table costs nothing here.",
    ["model"],
)


async def book(desk: Desk, account: Account, event: Accepted | Drafted | Dropped | Usage) -> None:
    """Enter what a call took on an account, or count what became of a draft."""
    match event:
        case Usage():
            await book_usage(desk.budgets, account, event)
        case Drafted(prompt, model):
            await desk.tallies.add(prompt.name, prompt.version, model, DRAFTED)
        case Dropped(check, prompt, model):
            await desk.tallies.add(prompt.name, prompt.version, model, check)
        case Accepted(question):
            if origin := question.origin:
                await desk.tallies.add(origin.prompt, origin.prompt_version, origin.model, ACCEPTED)


async def book_usage(budgets: Budgets, account: Account, usage: Usage) -> None:
    """Enter what a call took on an account."""
    price = cost(usage)
    TOKENS.labels(usage.model, "in").inc(usage.input_tokens)
    TOKENS.labels(usage.model, "out").inc(usage.output_tokens)
    DOLLARS.labels(usage.model).inc((price or 0) / 1_000_000)
    await budgets.take(account, usage.input_tokens, usage.output_tokens, price)
