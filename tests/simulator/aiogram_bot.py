"""A small quiz bot of somebody else's, written with aiogram: it knows nothing of the simulator but its address.

`aiogram_bot.py URL TOKEN [PORT]`: by polling, or by webhook at a port of this machine.
"""

import asyncio
import sys
from typing import Any

from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ChatAction
from aiogram.filters import Command, CommandStart
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputPollOption,
    Message,
    PollAnswer,
)

SECRET = "s3cret"  # noqa: S105 - of nobody
router = Router()
asked: dict[str, int] = {}


@router.message(CommandStart())
async def start(message: Message) -> None:
    keyboard = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Ready", callback_data="ready")]])
    await message.answer("<b>Hello</b>, are you ready?", parse_mode="HTML", reply_markup=keyboard)


@router.callback_query(F.data == "ready")
async def ready(press: CallbackQuery) -> None:
    await press.answer("Here we go!")
    if isinstance(press.message, Message):
        await press.message.edit_text("Here is a question:")
        await ask(press.message)


@router.message(Command("quiz"))
async def ask(message: Message) -> None:
    options: list[InputPollOption | str] = [InputPollOption(text="3"), InputPollOption(text="4")]
    sent = await message.answer_poll(
        "2 + 2?", options, type="quiz", correct_option_ids=[1], is_anonymous=False, explanation="Count."
    )
    if sent.poll is not None:
        asked[sent.poll.id] = message.chat.id


@router.poll_answer()
async def answered(answer: PollAnswer, bot: Bot) -> None:
    name = answer.user.first_name if answer.user else "Somebody"
    verdict = "right" if answer.option_ids == [1] else "wrong"
    await bot.send_message(asked[answer.poll_id], f"{name} is {verdict}")


@router.message(F.document)
async def take(message: Message, bot: Bot) -> None:
    if message.document is None:
        return
    await bot.send_chat_action(message.chat.id, ChatAction.UPLOAD_DOCUMENT)
    content = await bot.download(message.document)
    notes = content.read().decode() if content else ""
    file = BufferedInputFile(notes.upper().encode(), f"re-{message.document.file_name}")
    await message.answer_document(file, caption=f"{len(notes.split())} words")


async def serve(bot: Bot, dispatcher: Dispatcher, port: int) -> None:
    """Take updates at this port, told to Telegram."""
    from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
    from aiohttp import web

    app = web.Application()
    SimpleRequestHandler(dispatcher, bot, secret_token=SECRET).register(app, path="/hook")
    setup_application(app, dispatcher, bot=bot)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await bot.set_webhook(f"http://127.0.0.1:{port}/hook", secret_token=SECRET)
    await asyncio.Event().wait()


async def main(url: str, token: str, *port: str) -> None:
    """Run until killed."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    dispatcher: Any = Dispatcher()
    dispatcher.include_router(router)
    async with Bot(token, session=session) as bot:
        if port:
            await serve(bot, dispatcher, int(port[0]))
        else:
            await dispatcher.start_polling(bot, handle_signals=False)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
