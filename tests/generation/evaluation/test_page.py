"""The page of an evaluation: whole in itself, and read on a phone, in the dark and on paper."""

from pathlib import Path

import pytest
from playwright.async_api import Page

from bot.eval_page import page
from generation.evaluation.measures import measure
from tests.generation.evaluation.made import a_quiz, a_result, delivered
from tests.page.browser import DESKTOP, PHONE, Fuss, chromium

HOSTILE = "<script>document.title = 'owned'</script><img src=x onerror=alert(1)>"
RESULT = a_result(
    a_quiz(
        delivered(f"Which is it? {HOSTILE}", [f"This {HOSTILE}", "that"], with_source=False, without_source=True),
        delivered("Which of these is not a planet?", ["averyveryverylongword" * 8, "Mars"], [1]),
        drops=["solver", "unreadable"],
        name=f"notes {HOSTILE}.md",
    ),
    a_quiz(ended="nothing"),
    solver="openai:b",
)
PAGE = page(RESULT, measure(RESULT))


def test_what_a_source_says_is_text_on_the_page() -> None:
    assert "<script>document" not in PAGE
    assert "<img" not in PAGE
    assert PAGE.count("&lt;script&gt;") == 3


def test_the_page_needs_nothing_else() -> None:
    assert not any(word in PAGE for word in ("http:", "https:", "@import", "<link", "url("))


def test_a_key_a_verdict_and_a_flaw_are_shown() -> None:
    assert "<li dir=auto class=key>This" in PAGE
    assert "solver with the source: none is right" in PAGE
    assert "solver without it: the key" in PAGE
    assert "what is not so is asked for, unstressed</span>" in PAGE
    assert "dropped by solver<" in PAGE
    assert "dropped by unreadable: options" in PAGE


async def opened(one: Page, file: Path) -> list[str]:
    """What the page does that it should not, once it is open."""
    fuss = Fuss(one, file.as_uri())
    await one.goto(file.as_uri())
    return fuss.unexpected


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_nothing_is_cut_off_and_nothing_is_asked_for(tmp_path: Path, size: dict[str, int], scheme: str) -> None:
    file = tmp_path / "page.html"
    file.write_text(PAGE, "utf-8")
    async with chromium() as browser:
        context = await browser.new_context(viewport=size, color_scheme=scheme)  # pyright: ignore[reportArgumentType]
        one = await context.new_page()
        unexpected = await opened(one, file)
        await one.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert unexpected == []
        assert await one.title() == "Quizzes by the writer whole"
        assert await one.evaluate("document.querySelectorAll('details:not([open])').length") == 0
        assert await one.evaluate("document.documentElement.scrollWidth") <= size["width"]
        light = await one.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (light == "rgb(253, 252, 250)") is (scheme == "light")
