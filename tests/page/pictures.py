"""`python -m tests.page.pictures FOLDER`: pictures of the chat page with a real quiz, for people to look at."""

import asyncio
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.async_api import Page, ViewportSize, expect

from bot.trial import NAME, PEOPLE
from simulator.client import Simulator, start_simulator
from tests.bot_process import TOKEN
from tests.conftest import start_bot
from tests.page.browser import Pages, chromium
from tests.page.chat import Chat

TOPICS = {"en": "photosynthesis", "ru": "фотосинтез"}
LOCALES = {"en": "en-GB", "ru": "ru-RU"}


@dataclass(frozen=True)
class Picture:
    """One picture: how the page is seen in it, and after how many answers."""

    name: str
    size: ViewportSize
    language: str = "en"
    scheme: Literal["light", "dark"] = "light"
    phone: bool = False
    panel: bool = False
    answers: int = 1


PICTURES = (
    Picture("desktop", {"width": 1120, "height": 760}),
    Picture("desktop-dark", {"width": 1360, "height": 800}, scheme="dark", panel=True),
    Picture("phone", {"width": 390, "height": 844}, phone=True),
    Picture("phone-russian", {"width": 360, "height": 740}, language="ru", scheme="dark", phone=True),
)


async def take(pages: Pages, simulator: Simulator, picture: Picture, folder: Path) -> None:
    """Play a little, and take the picture."""
    student_name, teacher_name, title = PEOPLE[picture.language]
    student = await simulator.add_user(student_name, language_code=picture.language)
    teacher = await simulator.add_user(teacher_name, language_code=picture.language)
    await simulator.add_group(title, [student, teacher], admins=[teacher])
    page = await pages.open(
        simulator,
        phone=picture.phone,
        language=LOCALES[picture.language],
        scheme=picture.scheme,
        size=picture.size,
        scale=2 if picture.phone else 1,
    )
    chat = Chat(page)
    if picture.phone:
        await page.locator(".chat-row").first.tap()
    await simulator.say(student, TOPICS[picture.language])
    for number in range(1, picture.answers + 1):
        question = chat.messages.filter(has_text=f"{number}/10")
        await question.locator(".key").first.click()
        await expect(question.locator(".key:not([aria-disabled])")).to_have_count(0)
        await expect(chat.messages.filter(has_text=f"{number + 1}/10")).to_be_visible()
    if picture.panel:
        await look_behind_the_scenes(page)
    await expect(page.get_by_role("status")).to_have_text("", timeout=10_000)
    await page.mouse.move(0, 0)
    await page.evaluate("() => document.activeElement.blur()")
    await page.screenshot(path=folder / f"{picture.name}.png")


async def look_behind_the_scenes(page: Page) -> None:
    """The panel, with one call of the bot opened."""
    await page.locator(".panel-toggle").click()
    await page.locator(".call-head", has_text="editMessageText").first.click()


async def main(folder: Path) -> None:
    """Take them all."""
    async with chromium() as browser:
        for picture in PICTURES:
            async with start_simulator() as simulator:
                await simulator.add_bot(TOKEN, name=NAME)
                async with start_bot(simulator, {}):
                    pages = Pages(browser)
                    await take(pages, simulator, picture, folder)
                    await pages.close()


if __name__ == "__main__":
    Path(sys.argv[1]).mkdir(parents=True, exist_ok=True)
    asyncio.run(main(Path(sys.argv[1])))
