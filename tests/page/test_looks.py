"""Everybody can read and use the page: contrast by day and night, names, a visible focus, both languages, no motion."""

from typing import Literal

import pytest
from playwright.async_api import Page, expect

from simulator.client import Simulator
from tests.page.browser import Pages
from tests.page.chat import Chat
from tests.page.looks import faint, nameless, small, unfocused
from tests.page.test_messages import NOTHING, RICH, opened
from tests.page.test_polls_and_files import png
from tests.simulator.conftest import Caller

Scheme = Literal["light", "dark"]


async def say_all_kinds_of_things(stage: Simulator, bot: Caller, ann: int) -> None:
    """A chat with one of everything, and a group in which two people speak."""
    keys = [
        [{"text": style.title(), "callback_data": style, "style": style} for style in ("primary", "success", "danger")],
        [{"text": "Plain", "callback_data": "plain"}, {"text": "Off", "disabled": NOTHING}],
        [{"text": "Elsewhere", "url": "https://books.example"}],
    ]
    await bot.result("setMyCommands", commands=[{"command": "quiz", "description": "Begin a quiz"}])
    sent = await bot.result("sendMessage", chat_id=ann, text="first")
    await bot.result("editMessageText", chat_id=ann, message_id=sent["message_id"], text=RICH, parse_mode="HTML")
    await bot.result("sendMessage", chat_id=ann, text="Which?", reply_markup={"inline_keyboard": keys})
    options = [{"text": "Physics"}, {"text": "Biology"}]
    asked = await bot.result("sendPoll", chat_id=ann, question="What next?", options=options, is_anonymous=False)
    await stage.vote(ann, asked["message_id"], 1)
    await bot.result(
        "sendPoll",
        chat_id=ann,
        question="Right?",
        options=options,
        type="quiz",
        correct_option_ids=[0],
        explanation="So.",
    )
    for method, field, name in (("sendPhoto", "photo", "a.png"), ("sendDocument", "document", "a.csv")):
        files = {field: (name, png())}
        await bot.http.post(f"/bot{bot.token}/{method}", data={"chat_id": str(ann)}, files=files)
    await bot("sendMessage", chat_id=ann, text="a", colour="red")
    first = await stage.say(ann, "My answer is `B` /help")
    await stage.say(ann, "And why?", reply_to=first.message_id)
    teacher = await stage.add_user("Ms Reed")
    group = await stage.add_group("Class 7B", [ann, teacher])
    await stage.say(teacher, "Good morning", chat=group)
    await bot.result("sendMessage", chat_id=group, text="Good morning, all")


async def check(page: Page) -> None:
    """Whatever can be seen now can be read, has a name and is large enough."""
    assert await faint(page) == []
    assert await nameless(page) == []
    assert await small(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_everything_can_be_read_by_day_and_by_night(
    stage: Simulator, bot: Caller, ann: int, pages: Pages, scheme: Scheme
) -> None:
    await say_all_kinds_of_things(stage, bot, ann)
    chat = Chat(await pages.open(stage, scheme=scheme, size={"width": 1500, "height": 900}))
    page = chat.page

    await chat.open("Class 7B")
    await expect(chat.messages.filter(has_text="Good morning, all")).to_be_visible()
    await check(page)
    await chat.open("Simulated bot")
    await expect(chat.newest).to_contain_text("And why?")
    await check(page)
    await page.get_by_role("button", name="Commands of the bot").click()
    await expect(page.get_by_role("option")).to_have_count(1)
    await check(page)
    await page.get_by_role("button", name="Behind the scenes").click()
    for tab in ("Calls", "Rules", "Trouble", "Time"):
        await page.get_by_role("tab", name=tab).click()
        if tab == "Calls":
            await page.locator(".call-head").first.click()
        await check(page)
    await page.get_by_role("button", name="Settings").click()
    await check(page)
    await page.get_by_role("menuitem", name="Keys").click()
    await check(page)


async def test_the_focus_can_be_seen_wherever_it_is(stage: Simulator, bot: Caller, ann: int, pages: Pages) -> None:
    await say_all_kinds_of_things(stage, bot, ann)
    chat = await opened(pages, stage)
    await chat.open("Simulated bot")
    await expect(chat.newest).to_contain_text("And why?")
    await chat.page.evaluate("() => document.activeElement.blur()")
    visited: set[str] = set()
    for _ in range(60):
        await chat.page.keyboard.press("Tab")
        assert await unfocused(chat.page) == []
        visited.add(await chat.page.evaluate("() => document.activeElement.className.split(' ')[0]"))
    assert visited >= {"person", "chat-row", "round", "key", "composer-text", "commands-button", "message"}


async def test_the_colours_can_be_chosen_and_stay(stage: Simulator, ann: int, pages: Pages) -> None:
    del ann
    chat = await opened(pages, stage)
    by_day = await chat.page.evaluate("() => getComputedStyle(document.body).backgroundColor")

    await chat.page.get_by_role("button", name="Settings").click()
    await chat.page.get_by_role("menuitemradio", name="Dark").click()

    by_night = await chat.page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    assert by_night != by_day
    await chat.page.reload()
    await expect(chat.messages.first).to_be_visible()
    assert await chat.page.evaluate("() => getComputedStyle(document.body).backgroundColor") == by_night


async def test_the_language_is_that_of_the_browser_until_another_is_chosen(
    stage: Simulator, ann: int, pages: Pages
) -> None:
    del ann
    page = await pages.open(stage, language="ru-RU")
    await expect(page.get_by_role("heading", name="Симулятор")).to_be_visible()
    await expect(page.locator("html")).to_have_attribute("lang", "ru")

    await page.get_by_role("button", name="Настройки").click()
    await page.get_by_role("menuitemradio", name="English").click()

    await expect(page.get_by_role("heading", name="Simulator")).to_be_visible()
    await expect(page.locator("html")).to_have_attribute("lang", "en")


async def test_nothing_moves_for_who_wants_it_still(stage: Simulator, bot: Caller, ann: int, pages: Pages) -> None:
    chat = await opened(pages, stage)

    await bot.result("sendMessage", chat_id=ann, text="news")
    await expect(chat.newest).to_contain_text("news")

    moving = "() => document.getAnimations().filter((one) => one.effect.getTiming().duration > 1).length"
    assert await chat.page.evaluate(moving) == 0


async def test_on_a_phone_nothing_is_wider_than_the_window(
    stage: Simulator, bot: Caller, ann: int, pages: Pages
) -> None:
    await say_all_kinds_of_things(stage, bot, ann)
    chat = Chat(await pages.open(stage, phone=True))
    page = chat.page
    await expect(page.get_by_role("radio", name="Ann")).to_be_visible()
    assert await chat.overflow() == []

    await chat.open("Simulated bot")
    await expect(chat.newest).to_contain_text("And why?")
    assert await chat.overflow() == []
    await check(page)
    await page.get_by_role("button", name="Behind the scenes").click()
    for tab in ("Calls", "Rules", "Trouble", "Time"):
        await page.get_by_role("tab", name=tab).click()
        assert await chat.overflow() == []
    await page.get_by_role("button", name="Close the panel").click()
    await expect(chat.field).to_be_visible()
