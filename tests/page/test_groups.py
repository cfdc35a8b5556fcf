"""Several people on one page: who writes, who is told, and what is new for whom."""

import asyncio

from playwright.async_api import expect

from simulator.client import Simulator
from tests.page.browser import Pages
from tests.page.chat import Chat
from tests.page.test_messages import answer_next_press
from tests.simulator.conftest import Caller

KEYS = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}, {"text": "B", "callback_data": "b"}]]}


async def test_people_of_a_group_write_in_turn(stage: Simulator, bot: Caller, ann: int, pages: Pages) -> None:
    teacher = await stage.add_user("Ms Reed")
    group = await stage.add_group("Class 7B", [ann, teacher], admins=[teacher])
    await bot.result("sendMessage", chat_id=group, text="Which?", reply_markup=KEYS)
    chat = Chat(await pages.open(stage))

    await chat.open("Class 7B")
    await chat.say("I am Ann")
    await chat.page.get_by_role("button", name="You write as Ann").click()
    await chat.page.get_by_role("menuitemradio", name="Ms Reed").click()
    await expect(chat.newest).to_contain_text("I am Ann")
    await expect(chat.newest.locator(".sender")).to_have_text("Ann")
    await chat.say("And I am not")

    await expect(chat.newest).to_contain_text("And I am not")
    assert [(one.sender_id, one.text) for one in (await stage.messages(group))[1:]] == [
        (ann, "I am Ann"),
        (teacher, "And I am not"),
    ]
    pressed = asyncio.create_task(answer_next_press(bot, text="For Ms Reed alone"))
    await (await chat.key("B")).click()
    assert (await pressed)["from"]["id"] == teacher
    await expect(chat.page.get_by_role("status")).to_have_text("For Ms Reed alone")


async def test_another_persons_toast_is_not_shown(stage: Simulator, bot: Caller, ann: int, pages: Pages) -> None:
    teacher = await stage.add_user("Ms Reed")
    group = await stage.add_group("Class 7B", [ann, teacher])
    sent = await bot.result("sendMessage", chat_id=group, text="Which?", reply_markup=KEYS)
    chat = Chat(await pages.open(stage))
    await chat.open("Class 7B")

    answered = asyncio.create_task(answer_next_press(bot, text="Only for her"))
    await stage.press(teacher, sent["message_id"], data="a", chat=group)
    await answered
    await bot.result("sendMessage", chat_id=group, text="Afterwards")

    await expect(chat.newest).to_contain_text("Afterwards")
    await expect(chat.page.get_by_role("status")).to_have_text("")


async def test_what_is_new_is_counted_for_each_person_until_it_is_seen(
    stage: Simulator, bot: Caller, ann: int, pages: Pages
) -> None:
    teacher = await stage.add_user("Ms Reed")
    group = await stage.add_group("Class 7B", [ann, teacher])
    chat = Chat(await pages.open(stage))
    await expect(chat.messages.first).to_be_visible()

    for text in ("one", "two"):
        await bot.result("sendMessage", chat_id=group, text=text)
    row = chat.page.get_by_role("button", name="Class 7B")
    await expect(row.locator(".badge")).to_have_text("2")
    await expect(chat.page.get_by_role("radio", name="Ms Reed, 2 new messages")).to_be_visible()
    await expect(chat.page).to_have_title("(2) Simulated bot · Simulator")
    await row.click()
    await expect(row.locator(".badge")).to_have_text("")
    await expect(chat.page.get_by_role("separator", name="New messages")).to_be_visible()
    await chat.become("Ms Reed")
    await expect(chat.page.get_by_role("radio", name="Ms Reed", exact=True)).to_be_checked()


async def test_people_and_groups_can_be_made_on_the_page(stage: Simulator, pages: Pages) -> None:
    chat = Chat(await pages.open(stage))
    await expect(chat.page.get_by_text("Nobody is here yet")).to_be_visible()

    for name in ("Ann", "Ms Reed"):
        await chat.page.get_by_role("button", name="New person").click()
        await chat.page.get_by_label("Name", exact=True).fill(name)
        await chat.page.get_by_role("button", name="Add", exact=True).click()
        await expect(chat.page.get_by_role("radio", name=name)).to_be_checked()
    await chat.page.get_by_role("button", name="New group").click()
    await chat.page.get_by_label("Name of the group").fill("Class 7B")
    await chat.page.get_by_role("button", name="Add", exact=True).click()

    await expect(chat.page.get_by_role("heading", name="Class 7B")).to_be_visible()
    seen = await stage.state()
    (group,) = [one for one in seen["chats"] if one["type"] == "supergroup"]
    assert group["members"] == [user["id"] for user in seen["users"]]


async def test_a_forum_shows_one_topic_or_all(stage: Simulator, bot: Caller, ann: int, pages: Pages) -> None:
    group = await stage.add_group("Class 7B", [ann], is_forum=True)
    await stage.set_member(group, int(bot.token.partition(":")[0]), "administrator", can=["can_manage_topics"])
    topic = await bot.result("createForumTopic", chat_id=group, name="Biology")
    thread = topic["message_thread_id"]
    await bot.result("sendMessage", chat_id=group, text="For all")
    await bot.result("sendMessage", chat_id=group, text="On leaves", message_thread_id=thread)
    chat = Chat(await pages.open(stage))
    await chat.open("Class 7B")

    await expect(chat.messages.filter(has_text="For all")).to_have_count(1)
    await chat.page.get_by_role("button", name="Biology").click()
    await expect(chat.messages.filter(has_text="For all")).to_have_count(0)
    await expect(chat.newest).to_contain_text("On leaves")
    await chat.say("/start")
    await expect(chat.newest).to_contain_text("/start")
    assert (await stage.messages(group))[-1].thread == thread
