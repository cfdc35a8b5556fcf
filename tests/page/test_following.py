"""The page keeps up with the chat: drafts, typing, days, the way to the end, and a simulator that goes away."""

import asyncio
import re
from html import escape
from pathlib import Path

from playwright.async_api import expect

from bot.trial import door
from simulator.client import Simulator, start_simulator
from tests.page.browser import Pages
from tests.page.chat import Chat
from tests.page.conftest import ROLE
from tests.page.test_messages import opened
from tests.simulator.conftest import Caller


async def test_a_draft_grows_until_the_message_is_there(stage: Simulator, bot: Caller, ann: int, pages: Pages) -> None:
    chat = await opened(pages, stage)
    draft = chat.page.locator(".is-draft")

    await bot.result("sendChatAction", chat_id=ann, action="typing")
    await expect(chat.page.locator(".head-status")).to_have_text("typing…")
    await bot.result("sendMessageDraft", chat_id=ann, draft_id=7, text="Leaves are")
    await expect(draft).to_have_text("Leaves are")
    await bot.result("sendMessageDraft", chat_id=ann, draft_id=7, text="Leaves are <b>green</b>", parse_mode="HTML")
    await expect(draft.locator("strong")).to_have_text("green")
    await bot.result("sendMessage", chat_id=ann, text="Leaves are green.")

    await expect(draft).to_have_count(0)
    await expect(chat.newest).to_contain_text("Leaves are green.")
    await expect(chat.page.locator(".head-status")).to_have_text("bot")
    await expect(chat.page.locator("#announcer p").last).to_have_text("Simulated bot: Leaves are green.")


async def test_days_stand_between_messages(stage: Simulator, bot: Caller, ann: int, pages: Pages) -> None:
    chat = await opened(pages, stage)

    await stage.advance_clock(24 * 60 * 60)
    await bot.result("sendMessage", chat_id=ann, text="The next day")

    await expect(chat.newest).to_contain_text("The next day")
    await expect(chat.page.locator(".day")).to_have_count(2)


async def test_whoever_reads_above_is_not_moved_and_finds_the_way_back(
    stage: Simulator, bot: Caller, ann: int, pages: Pages
) -> None:
    for number in range(30):
        await bot.result("sendMessage", chat_id=ann, text=f"message {number}")
    chat = await opened(pages, stage)
    await expect(chat.newest).to_be_in_viewport()

    await chat.page.locator(".scroller").evaluate("one => one.scrollTo(0, 0)")
    back = chat.page.get_by_role("button", name="To the newest message")
    await expect(back).to_be_visible()
    await bot.result("sendMessage", chat_id=ann, text="news")
    await expect(back.locator(".badge")).to_have_text("1")
    await expect(chat.newest).not_to_be_in_viewport()
    await back.click()

    await expect(chat.newest).to_be_in_viewport()
    await expect(back).to_be_hidden()


async def test_what_the_bot_has_handled_is_ticked_twice(stage: Simulator, bot: Caller, ann: int, pages: Pages) -> None:
    chat = await opened(pages, stage)
    await chat.say("hello")
    await expect(chat.newest.get_by_role("img", name="Sent")).to_be_visible()

    (update,) = await bot.result("getUpdates")
    await bot.result("getUpdates", offset=update["update_id"] + 1)

    await expect(chat.newest.get_by_role("img", name="The bot has handled it")).to_be_visible()
    del ann


async def test_the_page_says_when_the_simulator_is_away(pages: Pages) -> None:
    async with start_simulator() as simulator:
        await simulator.add_bot("1:a")
        await simulator.add_user("Ann")
        page = await pages.open(simulator)
        await expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
        pages.fusses[-1].expected |= {"ERR_CONNECTION_REFUSED", "ERR_EMPTY_RESPONSE", "ERR_CONNECTION_RESET"}

    await expect(page.get_by_role("alert").filter(has_text="cannot be reached")).to_be_visible()


async def test_without_the_key_the_page_says_what_to_do(stage: Simulator, ann: int, pages: Pages) -> None:
    del ann
    page = await pages.open(stage, address=f"{stage.url}/")
    await expect(page.get_by_text("The terminal has printed an address")).to_be_visible()

    await page.get_by_label("Address or key").fill(stage.page_url)
    await page.get_by_role("button", name="Open").click()

    await expect(Chat(page).messages.first).to_be_visible()


async def test_a_file_leads_the_browser_to_the_page_with_the_key(
    stage: Simulator, ann: int, pages: Pages, tmp_path: Path
) -> None:
    del ann
    page = await pages.open(stage, address=door(tmp_path, stage.page_url))
    pages.fusses[-1].expected.add("request to file://")

    await expect(Chat(page).messages.first).to_be_visible()
    await expect(page).to_have_url(f"{stage.url}/")


async def test_a_picture_in_a_page_elsewhere_makes_no_call(stage: Simulator, ann: int, pages: Pages) -> None:
    """Elsewhere on this machine: what comes from the network is kept from it by the newest browsers themselves."""
    address = f"{stage.bot_api_url}{ROLE}/sendMessage?chat_id={ann}&text=forged"

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n"
        writer.write(f'{head}<img src="{escape(address)}">'.encode())
        writer.close()

    page = await pages.open(stage)
    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        elsewhere = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        pages.fusses[-1].expected |= {f"request to {elsewhere}", "ERR_BLOCKED"}
        async with page.expect_event("requestfailed", lambda request: request.url == address):
            await page.goto(elsewhere)

    assert await stage.calls("sendMessage") == []


async def test_a_key_of_another_run_is_named_as_such(stage: Simulator, pages: Pages) -> None:
    page = await pages.open(stage, address=f"{stage.url}/#token=old")
    pages.fusses[-1].expected.add("403")

    await expect(page.get_by_text("belongs to another run")).to_be_visible()


async def test_the_key_leaves_the_address_and_stays_in_the_tab(stage: Simulator, ann: int, pages: Pages) -> None:
    del ann
    chat = await opened(pages, stage)

    await expect(chat.page).to_have_url(re.compile(rf"^{re.escape(stage.url)}/$"))
    assert stage.token not in await chat.page.content()
    await chat.page.reload()
    await expect(chat.messages.first).to_be_visible()
