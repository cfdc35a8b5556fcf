"""A whole quiz on the page with the real bot: by clicks, by the keyboard alone, and on a phone in Russian."""

import itertools
import re

import pytest
from playwright.async_api import Locator, expect

from simulator.client import Simulator
from tests.page.browser import Pages
from tests.page.chat import Chat

QUESTIONS = 10
OFF, ON = "☐", "☑"
REPORT = "⚑"
TO_PRESS = ".key:not([aria-disabled])"
"""What can be pressed: the options of an answered question stay to be looked at."""
numbers = itertools.count(1)
pytestmark = pytest.mark.timeout(120)


async def new_person(simulator: Simulator, name: str, language: str) -> str:
    """Somebody whom the bot has not met; returns the name."""
    name = f"{name} {next(numbers)}"
    await simulator.add_user(name, language_code=language)
    return name


def asked(chat: Chat, number: int) -> Locator:
    """The message with this question."""
    return chat.messages.filter(has_text=re.compile(rf"{number}/{QUESTIONS} ·"))


def to_answer(question: Locator) -> Locator:
    """The buttons that answer a question; the one that reports a mistake stays when it is answered."""
    return question.locator(TO_PRESS).filter(has_not_text=REPORT)


async def press(key: Locator, *, touch: bool) -> None:
    """With a finger, or with a mouse."""
    await (key.tap() if touch else key.click())


async def play(chat: Chat, submit: str, *, touch: bool = False) -> None:
    """Answer question after question by pressing, until the score is there."""
    for number in range(1, QUESTIONS + 1):
        question = asked(chat, number)
        first = to_answer(question).first
        await expect(first).to_be_visible()
        await expect(question).to_be_in_viewport()
        assert await chat.overflow() == []
        if (await first.inner_text()).startswith(OFF):
            await press(first, touch=touch)
            await expect(first).to_contain_text(ON)
            await press(question.get_by_role("button", name=submit), touch=touch)
        else:
            await press(first, touch=touch)
        await expect(to_answer(question)).to_have_count(0)
    await expect(chat.newest).to_contain_text("🏁")


async def test_by_clicks(school: Simulator, pages: Pages) -> None:
    name = await new_person(school, "Ann", "en")
    chat = Chat(await pages.open(school))
    await chat.become(name)

    await chat.page.get_by_role("button", name="Start", exact=True).click()
    await expect(chat.newest).to_contain_text("quiz")
    await chat.say("photosynthesis")
    await play(chat, "Submit")

    await expect(chat.newest).to_contain_text("of 10 right")
    first = asked(chat, 1)
    await expect(first).to_contain_text("your answer")
    await first.get_by_text("edited", exact=True).click()
    dialog = chat.page.get_by_role("dialog", name="What it said before")
    await expect(dialog.get_by_role("listitem").first).to_contain_text("Now")
    await expect(dialog.get_by_text("Skip")).to_be_visible()


async def test_by_the_keyboard_alone(school: Simulator, pages: Pages) -> None:
    name = await new_person(school, "Kay", "en")
    page = await pages.open(school)
    chat, keyboard = Chat(page), page.keyboard
    person = page.get_by_role("radio", name=name)
    await expect(person).to_be_visible()

    await tab_to(chat, "[role=radio]")
    while not await person.evaluate("one => one === document.activeElement"):
        await keyboard.press("ArrowRight")
    await keyboard.press("Enter")
    await tab_to(chat, ".start-button")
    await keyboard.press("Enter")
    await expect(chat.newest).to_contain_text("quiz")
    await tab_to(chat, ".composer-text")
    await keyboard.type("photosynthesis")
    await keyboard.press("Enter")
    await expect(asked(chat, 1).locator(TO_PRESS).first).to_be_visible()

    await keyboard.press("ArrowUp")  # from the empty field to the newest buttons
    for number in range(1, QUESTIONS + 1):
        question = asked(chat, number)
        await expect(to_answer(question).first).to_be_visible()
        if number > 1:
            await expect(asked(chat, number - 1)).to_be_focused()
            await tab_to(chat, TO_PRESS, most=3)  # the source is a link on the way
            assert REPORT in await focused(chat)
            await tab_to(chat, TO_PRESS, most=3)
        await expect(to_answer(question).first).to_be_focused()
        if (await to_answer(question).first.inner_text()).startswith(OFF):
            await keyboard.press("Enter")
            await expect(to_answer(question).first).to_contain_text(ON)
            await expect(to_answer(question).first).to_be_focused()
            while "Submit" not in await focused(chat):
                await keyboard.press("ArrowDown")
        await keyboard.press("Space")
        await expect(to_answer(question)).to_have_count(0)
    await expect(chat.newest).to_contain_text("of 10 right")


async def tab_to(chat: Chat, selector: str, most: int = 40) -> None:
    """Press Tab until the focus is on such an element; it can be seen there."""
    for _ in range(most):
        await chat.page.keyboard.press("Tab")
        if await chat.page.evaluate("which => document.activeElement.matches(which)", selector):
            return
    raise AssertionError(f"{selector} is not reached by {most} presses of Tab, only {await focused(chat)}")


async def focused(chat: Chat) -> str:
    """What the element with the focus says."""
    said: str = await chat.page.evaluate("() => document.activeElement.textContent")
    return said


async def test_on_a_phone_in_russian(school: Simulator, pages: Pages) -> None:
    name = await new_person(school, "Аня", "ru")
    chat = Chat(await pages.open(school, phone=True, language="ru-RU"))
    await expect(chat.page.get_by_role("heading", name="Симулятор")).to_be_visible()
    assert await chat.overflow() == []
    await chat.become(name)
    await chat.open("Simulated bot")

    await chat.page.get_by_role("button", name="Начать", exact=True).tap()
    await chat.say("фотосинтез")
    await chat.page.get_by_role("button", name="Отправить").tap()
    await play(chat, "Ответить", touch=True)

    await expect(chat.newest).to_contain_text("Фотосинтез")
    await chat.page.get_by_role("button", name="К чатам").tap()
    await expect(chat.page.get_by_role("radio", name=name)).to_be_visible()
    await chat.page.go_forward()
    await expect(chat.newest).to_be_visible()
