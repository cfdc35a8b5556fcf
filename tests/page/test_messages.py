"""What a bot sends, as a person sees it on the page: entities, edits, deletions, buttons and their answers."""

import asyncio
from typing import Any

from playwright.async_api import expect

from simulator.client import Simulator
from tests.page.browser import Pages
from tests.page.chat import Chat
from tests.simulator.conftest import Caller

HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script><b>&amp;</b>"
NOTHING: dict[str, object] = {}
RICH = (
    "<b>bold <i>both</i></b> <u>under</u> <s>gone</s> <code>x = 1</code> <tg-spoiler>the key</tg-spoiler> "
    '<a href="https://books.example/page">a book</a>\n<blockquote>said</blockquote>\n'
    "<blockquote expandable>1\n2\n3\n4\n5</blockquote>\n"
    '<pre><code class="language-python">print("hi")</code></pre>'
)


async def opened(pages: Pages, stage: Simulator) -> Chat:
    """The page with the chat of the person and the bot."""
    chat = Chat(await pages.open(stage))
    await expect(chat.messages.first).to_be_visible()
    return chat


async def test_hostile_text_is_text_wherever_it_stands(stage: Simulator, bot: Caller, ann: int, pages: Pages) -> None:
    mallory = await stage.add_user(HOSTILE)
    group = await stage.add_group(HOSTILE, [ann, mallory])
    await stage.say(mallory, f"/start {HOSTILE}", chat=group)
    keys = [[{"text": HOSTILE, "callback_data": "a"}], [{"text": "go", "url": "javascript:alert(3)"}]]
    link = {"type": "text_link", "offset": 0, "length": 4, "url": "javascript:alert(4)"}
    for place in (ann, group):
        await bot.result("sendMessage", chat_id=place, text=HOSTILE, reply_markup={"inline_keyboard": keys})
        await bot.result("sendMessage", chat_id=place, text="evil", entities=[link])
        await bot.result("sendPoll", chat_id=place, question=HOSTILE, options=[{"text": HOSTILE}, {"text": "b"}])
    chat = await opened(pages, stage)

    for title in ("Simulated bot", HOSTILE):
        await chat.open(title)
        await expect(chat.messages.filter(has_text=HOSTILE).first).to_be_visible()
        await expect(await chat.key(HOSTILE)).to_be_visible()
        assert await chat.page.locator("#frame img, #frame script, a[href^='javascript']").count() == 0
    await expect(chat.page.get_by_role("radio", name=HOSTILE)).to_be_visible()
    press = asyncio.create_task(answer_next_press(bot, text=HOSTILE))
    await (await chat.key(HOSTILE)).click()
    await press
    await expect(chat.page.get_by_role("status")).to_have_text(HOSTILE)
    await chat.page.get_by_role("button", name="Behind the scenes").click()
    await chat.page.locator(".call-head").first.click()
    await expect(chat.page.locator(".json").first).to_contain_text(HOSTILE)


async def answer_next_press(bot: Caller, **answer: object) -> dict[str, Any]:
    """Be the bot that answers a press."""
    offset = 0
    while True:
        for update in await bot.result("getUpdates", offset=offset, timeout=10):
            offset = update["update_id"] + 1
            if "callback_query" in update:
                await bot.result("answerCallbackQuery", callback_query_id=update["callback_query"]["id"], **answer)
                return update["callback_query"]


async def test_entities_look_like_what_they_are(stage: Simulator, bot: Caller, ann: int, pages: Pages) -> None:
    await bot.result("sendMessage", chat_id=ann, text=RICH, parse_mode="HTML")
    chat = await opened(pages, stage)
    text = chat.newest

    for tag, words in (("strong", "bold both"), ("em", "both"), ("u", "under"), ("s", "gone"), ("pre", 'print("hi")')):
        await expect(text.locator(tag)).to_have_text(words)
    await expect(text.get_by_role("link", name="a book")).to_have_attribute("href", "https://books.example/page")
    await expect(text.get_by_role("link", name="a book")).to_have_attribute("rel", "noopener noreferrer")
    assert "the key" not in await text.aria_snapshot()
    await text.get_by_role("button", name="Hidden text").press("Enter")
    assert "the key" in await text.aria_snapshot()
    folded = text.locator("blockquote").last
    height = (await folded.bounding_box() or {})["height"]
    await folded.get_by_role("button", name="Show more").click()
    assert (await folded.bounding_box() or {})["height"] > height


async def test_a_command_in_a_text_can_be_sent_by_a_press(
    stage: Simulator, bot: Caller, ann: int, pages: Pages
) -> None:
    await bot.result("sendMessage", chat_id=ann, text="Say /help or @simulated_777_bot")
    chat = await opened(pages, stage)

    await chat.newest.get_by_role("button", name="/help").click()

    await expect(chat.newest).to_contain_text("/help")
    assert (await stage.messages(ann))[-1].text == "/help"


async def test_commands_are_found_at_the_menu_and_while_typing(
    stage: Simulator, bot: Caller, ann: int, pages: Pages
) -> None:
    commands = [{"command": "quiz", "description": "Begin a quiz"}, {"command": "help", "description": "What there is"}]
    await bot.result("setMyCommands", commands=commands)
    chat = await opened(pages, stage)

    await chat.page.get_by_role("button", name="Commands of the bot").click()
    await chat.page.get_by_role("option", name="/quiz Begin a quiz").click()
    await expect(chat.newest).to_contain_text("/quiz")
    await chat.field.fill("/h")
    await expect(chat.page.get_by_role("option")).to_have_count(1)
    await chat.field.press("Enter")
    await expect(chat.newest).to_contain_text("/help")
    assert [one.text for one in await stage.messages(ann)][-2:] == ["/quiz", "/help"]


async def test_edits_are_marked_and_what_is_deleted_goes(stage: Simulator, bot: Caller, ann: int, pages: Pages) -> None:
    sent = await bot.result("sendMessage", chat_id=ann, text="one")
    chat = await opened(pages, stage)
    await expect(chat.newest).to_contain_text("one")

    await bot.result("editMessageText", chat_id=ann, message_id=sent["message_id"], text="two")
    await expect(chat.newest).to_contain_text("two")
    await chat.newest.focus()
    await chat.page.keyboard.press("Enter")
    await chat.page.get_by_role("menuitem", name="What it said before").click()
    await expect(chat.page.get_by_role("dialog")).to_contain_text("one")
    await chat.page.keyboard.press("Escape")
    await bot.result("deleteMessage", chat_id=ann, message_id=sent["message_id"])

    await expect(chat.page.get_by_text("two", exact=True)).to_have_count(0)


async def test_a_person_replies_and_deletes(stage: Simulator, bot: Caller, ann: int, pages: Pages) -> None:
    sent = await bot.result("sendMessage", chat_id=ann, text="Which planet?")
    chat = await opened(pages, stage)

    await chat.newest.click(button="right")
    await chat.page.get_by_role("menuitem", name="Reply").click()
    await expect(chat.page.locator(".reply-bar")).to_contain_text("Which planet?")
    await chat.say("Saturn")
    await expect(chat.newest.locator(".reply")).to_contain_text("Which planet?")
    assert (await stage.messages(ann))[-1].reply_to == sent["message_id"]
    await chat.newest.click(button="right")
    await chat.page.get_by_role("menuitem", name="Delete").click()
    await expect(chat.messages.filter(has_text="Saturn")).to_have_count(0)
    assert (await stage.messages(ann))[-1].deleted


async def test_a_press_waits_until_it_is_answered_by_a_toast_or_an_alert(
    stage: Simulator, bot: Caller, ann: int, pages: Pages
) -> None:
    keys = [[{"text": "A", "callback_data": "a"}, {"text": "B", "callback_data": "b"}]]
    await bot.result("sendMessage", chat_id=ann, text="Which?", reply_markup={"inline_keyboard": keys})
    chat = await opened(pages, stage)

    key = await chat.key("A")
    await key.click()
    await expect(key).to_have_attribute("aria-busy", "true")
    assert (await answer_next_press(bot, text="Right!"))["data"] == "a"
    await expect(chat.page.get_by_role("status")).to_have_text("Right!")
    await expect(key).not_to_have_attribute("aria-busy", "true")
    await (await chat.key("B")).click()
    await answer_next_press(bot, text="Not for you", show_alert=True)
    alert = chat.page.get_by_role("alertdialog")
    await expect(alert).to_contain_text("Not for you")
    await chat.page.keyboard.press("Escape")
    await expect(alert).to_have_count(0)
    await expect(await chat.key("B")).to_be_focused()


async def test_buttons_of_every_kind(stage: Simulator, bot: Caller, ann: int, pages: Pages) -> None:
    long = "An option so long that no phone shows it in one line, and that must not be cut at any place"
    keys = [
        [{"text": long, "callback_data": "a", "style": "success"}],
        [{"text": "Not now", "disabled": NOTHING}, {"text": "Take it", "copy_text": {"text": "taken"}}],
        [{"text": "Read on", "url": "https://books.example/2"}],
    ]
    await bot.result("sendMessage", chat_id=ann, text="Which?", reply_markup={"inline_keyboard": keys})
    chat = await opened(pages, stage)
    await chat.page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    text = (await chat.key(long)).locator(".key-text")
    assert (
        await text.evaluate("one => one.scrollWidth <= one.clientWidth + 1 && getComputedStyle(one).whiteSpace")
        != "nowrap"
    )
    await expect(await chat.key("Not now")).to_have_attribute("aria-disabled", "true")
    await expect(await chat.key("Read on")).to_have_attribute("href", "https://books.example/2")
    await (await chat.key("Take it")).click()
    await expect(chat.page.get_by_role("status")).to_have_text("Copied")
    assert await chat.page.evaluate("() => navigator.clipboard.readText()") == "taken"


async def test_a_keyboard_in_place_of_the_phones_own(stage: Simulator, bot: Caller, ann: int, pages: Pages) -> None:
    board = {"keyboard": [[{"text": "Yes"}, {"text": "No"}]], "input_field_placeholder": "Yes or no?"}
    await bot.result("sendMessage", chat_id=ann, text="Sure?", reply_markup=board)
    chat = await opened(pages, stage)

    await expect(chat.field).to_have_attribute("placeholder", "Yes or no?")
    await chat.page.get_by_role("group", name="Keyboard of the bot").get_by_role("button", name="Yes").click()
    await expect(chat.newest).to_contain_text("Yes")
    assert (await stage.messages(ann))[-1].text == "Yes"
    await bot.result("sendMessage", chat_id=ann, text="Well.", reply_markup={"remove_keyboard": True})
    await expect(chat.page.get_by_role("group", name="Keyboard of the bot")).to_have_count(0)


async def test_a_link_to_the_bot_leads_to_its_chat(stage: Simulator, bot: Caller, ann: int, pages: Pages) -> None:
    keys = [
        [{"text": "Play", "url": "https://t.me/simulated_777_bot?start=deck_7"}],
        [{"text": "Again", "url": "tg://resolve?domain=simulated_777_bot&start=deck_8"}],
    ]
    await bot.result("sendMessage", chat_id=ann, text="Shared with you", reply_markup={"inline_keyboard": keys})
    chat = await opened(pages, stage)

    for words, sent in (("Play", "/start deck_7"), ("Again", "/start deck_8")):
        await (await chat.key(words)).click()
        await expect(chat.newest).to_contain_text(sent)
        assert (await stage.messages(ann))[-1].text == sent


async def test_a_rich_message_is_shown_in_blocks(stage: Simulator, bot: Caller, ann: int, pages: Pages) -> None:
    html = (
        "<h1>Light</h1><p>6CO<sub>2</sub> and <mark>sugar</mark></p><ul><li>water</li></ul>"
        "<table><tr><th>part</th><th>n</th></tr><tr><td>leaf</td><td>2</td></tr></table>"
        "<details><summary>More</summary><p>Inside</p></details>"
    )
    keys = {"type": "buttons", "buttons": [{"text": HOSTILE, "callback_data": "yes"}]}
    await bot.result("sendRichMessage", chat_id=ann, rich_message={"html": html})
    await bot.result("sendRichMessage", chat_id=ann, rich_message={"blocks": [keys]})
    chat = await opened(pages, stage)

    await expect(chat.page.get_by_role("heading", name="Light")).to_be_visible()
    await expect(chat.page.locator("sub")).to_have_text("2")
    await expect(chat.page.get_by_role("cell", name="leaf")).to_be_visible()
    await expect(chat.page.get_by_text("Inside")).to_be_hidden()
    await chat.page.get_by_text("More", exact=True).click()
    await expect(chat.page.get_by_text("Inside")).to_be_visible()
    pressed = asyncio.create_task(answer_next_press(bot, text="Well"))
    await (await chat.key(HOSTILE)).click()
    assert (await pressed)["data"] == "yes"


async def test_a_person_changes_their_words_and_reacts(stage: Simulator, bot: Caller, ann: int, pages: Pages) -> None:
    await bot.result("sendMessage", chat_id=ann, text="Well done!")
    chat = await opened(pages, stage)
    await chat.say("Thank yuo")
    await expect(chat.newest).to_contain_text("yuo")

    await chat.newest.click(button="right")
    await chat.page.get_by_role("menuitem", name="Edit").click()
    await expect(chat.field).to_have_value("Thank yuo")
    await chat.say("Thank you")
    await expect(chat.newest).to_contain_text("Thank you")
    await expect(chat.newest).to_contain_text("edited")
    praise = chat.messages.filter(has_text="Well done!")
    await praise.click(button="right")
    await chat.page.get_by_role("menuitemradio", name="React with 🔥").click()
    given = praise.get_by_role("button", name="🔥, 1 person")
    await expect(given).to_have_attribute("aria-pressed", "true")
    await given.click()
    await expect(given).to_have_count(0)
    assert [one.text for one in await stage.messages(ann)][-1] == "Thank you"
