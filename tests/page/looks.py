"""What can be measured of how a page looks: contrast, names of controls, their size, and where the focus is."""

from pathlib import Path

from playwright.async_api import Page

MEASURES = (Path(__file__).parent / "looks.js").read_text("utf-8")


async def faint(page: Page) -> list[str]:
    """Texts with less contrast to what is behind them than WCAG 2.2 (1.4.3) asks for."""
    return await _measured(page, "faint")


async def nameless(page: Page) -> list[str]:
    """Controls and pictures that a screen reader could not name."""
    return await _measured(page, "nameless")


async def small(page: Page) -> list[str]:
    """Controls smaller than WCAG 2.2 (2.5.8) asks for; those within a line of text may be."""
    return await _measured(page, "small")


async def unfocused(page: Page) -> list[str]:
    """The element with the focus, if nothing around it shows that."""
    return await _measured(page, "unfocused")


async def _measured(page: Page, what: str) -> list[str]:
    found: list[str] = await page.evaluate(f"({MEASURES}).{what}()")
    return found
