"""What a call of a model costs, by a dated table."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from functools import cache
from importlib.resources import files
from typing import cast

from generation.request import Usage

DATED = re.compile(r"-(?:\d{4}-\d{2}-\d{2}|\d{8}|latest)$")
"""What providers put behind the name of a model for one edition of it; other endings are other models."""
ANY_MODEL = "*"


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for a million tokens, which is micro-dollars a token."""

    input: Decimal
    output: Decimal


@dataclass(frozen=True, slots=True)
class PriceTable:
    """Prices by provider and model, the day they were true, and where they stand."""

    date: date
    sources: tuple[str, ...]
    prices: dict[tuple[str, str], Price]

    def price(self, model: str) -> Price | None:
        """The price of a model named as `init_chat_model` has it; one with a date at its end is priced without it."""
        provider, _, name = model.partition(":")
        for wanted in (name, DATED.sub("", name), ANY_MODEL):
            if price := self.prices.get((provider, wanted)):
                return price
        return None

    def cost(self, usage: Usage) -> int | None:
        """Micro-dollars, rounded up; None for a model without a price, which is never guessed."""
        price = self.price(usage.model)
        if price is None:
            return None
        exact = price.input * usage.input_tokens + price.output * usage.output_tokens
        return int(exact.to_integral_value(ROUND_CEILING))


@cache
def price_table() -> PriceTable:
    """The table that ships with the bot."""
    text = files(__package__ or __name__).joinpath("prices.toml").read_text("utf-8")
    table = tomllib.loads(text, parse_float=Decimal)
    prices = {
        (provider, name): Price(Decimal(pair[0]), Decimal(pair[1]))
        for provider, names in table.items()
        if isinstance(names, dict)
        for name, pair in cast("dict[str, list[Decimal]]", names).items()
    }
    return PriceTable(table["date"], tuple(table["sources"]), prices)


def cost(usage: Usage) -> int | None:
    """Micro-dollars for what a call took, by the table that ships with the bot; None for a model it does not know."""
    return price_table().cost(usage)
