"""The system's Chromium, and pages in it that must not make a fuss."""

import os
import shutil
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Literal

import pytest
from playwright.async_api import Browser, ConsoleMessage, Page, Request, ViewportSize, async_playwright, expect

from simulator.client import Simulator
from tests.conftest import NO_BROWSER

WANTED = "QUIZBOT_TEST_BROWSER"
"""With this in the environment a machine without Chromium fails the tests of the page; without, it skips them."""
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 360, "height": 740}
PATIENCE = 20_000
"""Milliseconds until what should be there is missed: no test of the page fails by the clock of a busy machine."""
expect.set_options(timeout=PATIENCE)


def find_chromium() -> str | None:
    """Where the system has it."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


@asynccontextmanager
async def chromium() -> AsyncGenerator[Browser]:
    """A browser without a window; without Chromium the test is skipped, or fails where a browser is wanted."""
    path = find_chromium()
    if path is None:
        (pytest.fail if os.environ.get(WANTED) else pytest.skip)(NO_BROWSER)
    async with async_playwright() as playwright:
        # What the browser would ask of its maker's servers is no test of ours.
        browser = await playwright.chromium.launch(executable_path=path, args=["--disable-background-networking"])
        yield browser
        await browser.close()


class Fuss:
    """What a page should not have done: errors in the console, exceptions, requests to other hosts."""

    def __init__(self, page: Page, allowed: str) -> None:
        self.seen: list[str] = []
        self.expected: set[str] = set()
        """Words of what a test brings about itself."""
        self._allowed = allowed
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.seen.append(f"exception: {error}"))
        page.on("request", self._asked)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.seen.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self._allowed, f"blob:{self._allowed}", "data:")):
            self.seen.append(f"request to {request.url}")

    @property
    def unexpected(self) -> list[str]:
        """What no test has brought about."""
        return [one for one in self.seen if not any(words in one for words in self.expected)]


class Pages:
    """Opens the chat page as people have it: by desk or phone, day or night, in their language."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self.fusses: list[Fuss] = []

    async def open(
        self,
        simulator: Simulator,
        *,
        address: str | None = None,
        phone: bool = False,
        language: str = "en-GB",
        scheme: Literal["light", "dark"] = "light",
        still: bool = True,
        size: ViewportSize | None = None,
        scale: float = 1,
    ) -> Page:
        """A page in a context of its own; `still` for who wants no motion."""
        context = await self._browser.new_context(
            viewport=size or (PHONE if phone else DESKTOP),
            device_scale_factor=scale,
            has_touch=phone,
            is_mobile=phone,
            locale=language,
            color_scheme=scheme,
            reduced_motion="reduce" if still else "no-preference",
            accept_downloads=True,
        )
        context.set_default_timeout(PATIENCE)
        page = await context.new_page()
        self.fusses.append(Fuss(page, simulator.url))
        await page.goto(simulator.page_url if address is None else address)
        return page

    async def close(self) -> None:
        """Close them all; what one of them should not have done fails the test."""
        for context in self._browser.contexts:
            await context.close()
        assert [one for fuss in self.fusses for one in fuss.unexpected] == []
