"""python-telegram-bot talks to the simulator as to Telegram."""

import asyncio

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MenuButtonCommands,
    MenuButtonDefault,
)
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter

from simulator.client import Fault, Simulator
from tests.simulator.conftest import TOKEN


def keyboard(*texts: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(text, callback_data=text.lower()) for text in texts]])


async def test_a_conversation_from_start_to_an_edited_answer(simulator: Simulator, bot: Bot) -> None:
    user = await simulator.add_user("Ann", language_code="ru")
    said = await simulator.say(user, "/start deep_link")
    (update,) = await bot.get_updates(timeout=5)
    assert update.message is not None
    assert update.message.text == "/start deep_link"
    assert update.message.from_user is not None
    assert update.message.from_user.language_code == "ru"
    assert update.message.entities[0].type == "bot_command"

    await bot.send_message(user, "<b>1</b> &lt; 2?", parse_mode=ParseMode.HTML, reply_markup=keyboard("Yes", "No"))
    question = await simulator.wait_for_message(user, after=said.event)
    assert question.text == "1 < 2?"
    assert question.html == "<b>1</b> &lt; 2?"
    assert [button.text for button in question.buttons] == ["Yes", "No"]

    pressed = await simulator.press(user, question, button="Yes")
    (update,) = await bot.get_updates(offset=update.update_id + 1, timeout=5)
    assert update.callback_query is not None
    assert update.callback_query.data == "yes"
    await update.callback_query.answer("Right!")
    await update.callback_query.edit_message_text("Right, 1 < 2.")

    callback = await simulator.wait_for_answer(pressed)
    assert callback.text == "Right!"
    assert callback.answered_at is not None
    assert 0 < callback.answered_at - callback.pressed_at < 10
    edited = await simulator.wait_for_message(user, lambda message: message.edits == 1, after=pressed.event)
    assert (edited.text, edited.buttons) == ("Right, 1 < 2.", ())
    assert [version.text for version in edited.history] == ["1 < 2?"]
    assert await simulator.violations() == []


async def test_what_a_bot_sets_up_at_its_start(bot: Bot, ann: int) -> None:
    scope = BotCommandScopeAllPrivateChats()
    await bot.set_my_commands([BotCommand("quiz", "Начать")], scope=scope, language_code="ru")
    await bot.set_my_description("A quiz", language_code="en")
    await bot.set_my_short_description("A quiz")
    await bot.delete_webhook()
    assert [command.command for command in await bot.get_my_commands(scope=scope, language_code="ru")] == ["quiz"]
    assert await bot.get_my_commands() == ()
    await bot.delete_my_commands(scope=scope, language_code="ru")
    assert await bot.get_my_commands(scope=scope, language_code="ru") == ()
    assert (await bot.get_my_short_description()).short_description == "A quiz"
    assert (await bot.get_me()).id == 123456
    assert (await bot.get_webhook_info()).url == ""
    assert (await bot.get_chat(ann)).first_name == "Ann"
    assert (await bot.get_chat_member(ann, ann)).status == "member"
    assert await bot.send_chat_action(ann, ChatAction.TYPING)
    assert isinstance(await bot.get_chat_menu_button(ann), MenuButtonCommands)
    assert await bot.set_chat_menu_button(ann, MenuButtonDefault())
    assert isinstance(await bot.get_chat_menu_button(ann), MenuButtonDefault)
    assert await bot.log_out()


async def test_errors_arrive_as_the_classes_that_bots_catch(
    simulator: Simulator, bot: Bot, ann: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Otherwise python-telegram-bot warns about a type that is to change.
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    stranger = await simulator.add_user("Bob")
    with pytest.raises(Forbidden, match="can't initiate conversation"):
        await bot.send_message(stranger, "hello")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(987654, "hello")
    await simulator.block(ann)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(ann, "hello")
    await simulator.add_faults(
        Fault("sendMessage", "429", retry_after=7, times=1), Fault("sendMessage", "502", times=1)
    )
    with pytest.raises(RetryAfter, match="Retry in 0:00:07"):
        await bot.send_message(ann, "hello")
    with pytest.raises(NetworkError, match="Bad Gateway"):
        await bot.send_message(ann, "hello")


async def test_a_second_poller_ends_the_first(simulator: Simulator, bot: Bot, ann: int) -> None:
    before = await simulator.last_event()
    first = asyncio.create_task(bot.get_updates(timeout=10))
    await simulator.wait_for_event(
        lambda event: event.kind == "call_received" and event.method == "getUpdates", after=before
    )
    async with Bot(TOKEN, base_url=simulator.bot_api_url) as another:
        second = asyncio.create_task(another.get_updates(timeout=10))
        with pytest.raises(Conflict, match="make sure that only one bot instance is running"):
            await first
        said = await simulator.say(ann, "still here?")
        (update,) = await second
    assert update.update_id == said.update_id


async def test_a_malformed_token_is_unauthorized(simulator: Simulator) -> None:
    for token in ("123456:another", "nonsense:x"):
        with pytest.raises(InvalidToken):
            async with Bot(token, base_url=simulator.bot_api_url):
                pass
