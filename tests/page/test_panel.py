"""Behind the scenes: calls, broken rules, trouble by switches, and time."""

from playwright.async_api import expect

from simulator.client import Simulator
from tests.page.browser import Pages
from tests.page.chat import Chat
from tests.page.test_messages import opened
from tests.simulator.conftest import Caller

TROUBLE: dict[str, dict[str, object]] = {
    "429 Too Many Requests": {"kind": "429", "retry_after": 3},
    "500 Internal Server Error": {"kind": "500"},
    "Slow answers": {"kind": "hang", "seconds": 3},
    "No answer": {"kind": "hang", "seconds": None},
    "Lost replies": {"kind": "reset", "when": "after"},
}


async def with_panel(pages: Pages, stage: Simulator, tab: str) -> Chat:
    """The page with this part of the panel."""
    chat = await opened(pages, stage)
    await chat.page.get_by_role("button", name="Behind the scenes").click()
    await chat.page.get_by_role("tab", name=tab).click()
    return chat


async def test_calls_are_listed_as_they_happen(stage: Simulator, bot: Caller, ann: int, pages: Pages) -> None:
    bob = await stage.add_user("Bob")
    await stage.say(bob, "/start")
    chat = await with_panel(pages, stage, "Calls")
    calls = chat.page.locator(".call")

    await bot.result("sendMessage", chat_id=ann, text="for Ann")
    await expect(calls.first).to_contain_text("200")
    await expect(calls.first).to_contain_text("sendMessage")
    await bot.error("sendMessage", chat_id=5, text="for nobody")
    await expect(calls.first).to_contain_text("400")
    await bot.result("sendMessage", chat_id=bob, text="for Bob")
    await expect(calls.first).to_contain_text("for Bob")
    await chat.page.get_by_role("tabpanel").get_by_label("This chat only").check()
    await expect(calls).to_have_count(1)
    await calls.first.get_by_text("sendMessage").click()
    await expect(calls.locator(".json").first).to_contain_text(f'"chat_id": {ann}')
    await expect(calls.locator(".json").last).to_contain_text('"ok": true')


async def test_broken_rules_are_counted_and_named(stage: Simulator, bot: Caller, ann: int, pages: Pages) -> None:
    chat = await with_panel(pages, stage, "Rules")
    await expect(chat.page.get_by_text("kept every rule")).to_be_visible()

    await bot("sendMessage", chat_id=ann, text="a", colour="red")

    await expect(chat.page.locator(".violation")).to_contain_text("colour")
    await expect(chat.page.get_by_role("button", name="Behind the scenes, 1 broken rule")).to_be_visible()


async def test_a_switch_makes_trouble_and_ends_it(stage: Simulator, ann: int, pages: Pages) -> None:
    chat = await with_panel(pages, stage, "Trouble")
    await chat.page.get_by_label("Which calls").select_option("sendMessage")
    await chat.page.get_by_role("tabpanel").get_by_label("This chat only").check()

    for switch, rule in TROUBLE.items():
        control = chat.page.get_by_role("switch", name=switch)
        await control.click()
        await expect(control).to_be_checked()
        (fault,) = await stage.faults()
        assert fault.items() >= {**rule, "method": "sendMessage", "chat_id": ann}.items()
        await control.click()
        await expect(control).not_to_be_checked()
        assert await stage.faults() == []


async def test_a_fault_says_how_many_calls_it_has_hit(stage: Simulator, bot: Caller, ann: int, pages: Pages) -> None:
    chat = await with_panel(pages, stage, "Trouble")
    await chat.page.get_by_role("switch", name="429").click()
    await expect(chat.page.get_by_role("switch", name="429")).to_be_checked()

    assert "Too Many Requests" in await bot.error("sendMessage", chat_id=ann, text="a")

    await expect(chat.page.get_by_text("hit 1 call (all but getUpdates)")).to_be_visible()


async def test_limits_and_repeated_updates_are_switched_on(
    stage: Simulator, bot: Caller, ann: int, pages: Pages
) -> None:
    chat = await with_panel(pages, stage, "Trouble")
    for switch in ("Limits of sending", "Updates come twice"):
        await chat.page.get_by_role("switch", name=switch).click()
        await expect(chat.page.get_by_role("switch", name=switch)).to_be_checked()

    await stage.say(ann, "hello")
    first = await bot.result("getUpdates")
    again = await bot.result("getUpdates", offset=first[-1]["update_id"] + 1)
    assert [one["update_id"] for one in again] == [one["update_id"] for one in first]
    answers = [await bot("sendMessage", chat_id=ann, text=str(number)) for number in range(31)]
    assert answers[0]["ok"]
    assert answers[-1]["error_code"] == 429
    await chat.page.reload()
    await chat.page.get_by_role("tab", name="Trouble").click()
    await expect(chat.page.get_by_role("switch", name="Limits of sending")).to_be_checked()


async def test_time_is_moved_on(stage: Simulator, ann: int, pages: Pages) -> None:
    del ann
    chat = await with_panel(pages, stage, "Time")
    before = await stage.now()

    await chat.page.get_by_role("button", name="+ 1 hour").click()
    await expect(chat.page.get_by_text("1 hour ahead")).to_be_visible()
    await chat.page.get_by_label("How many").fill("2")
    await chat.page.get_by_role("button", name="Move on").click()

    await expect(chat.page.get_by_text("2 days 1 hour ahead")).to_be_visible()
    assert await stage.now() - before >= 49 * 60 * 60
