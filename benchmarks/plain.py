"""A plain bot, as python-telegram-bot's own examples are written: ConversationHandler, its receiver, a pickle."""

import json
import logging
import os
import random
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ParseMode
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    PicklePersistence,
)

logging.basicConfig(format="%(asctime)s - %(name)s - %(levelname)s - %(message)s", level=logging.INFO)
logging.getLogger("httpx").setLevel(logging.WARNING)  # as the examples do

QUESTION, SCORE = range(2)
TITLE = "Photosynthesis"
Data = dict[Any, Any]


@dataclass
class Question:
    """A question of the quiz."""

    id: str
    stem: str
    options: dict[str, str]
    key: str
    explanation: str


QUIZ = [Question(**one) for one in json.loads(Path(os.environ["QUIZ"]).read_text("utf-8"))]


async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    """Begin a quiz."""
    if update.callback_query is not None:
        await update.callback_query.answer("Here we go")
    order = random.sample(range(len(QUIZ)), len(QUIZ))
    data = _data(context)
    data.clear()
    data.update(order=order, at=0, right=0)
    await _ask(update, data)
    return QUESTION


async def answer(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    """Take an answer, show what was right, and go on."""
    query, data = update.callback_query, _data(context)
    assert query is not None
    assert query.data is not None
    question = QUIZ[int(data["order"][data["at"]])]
    chosen = "abcdefghijkl"[int(query.data.split(":")[3])]
    is_right = chosen == question.key
    word = "✅ Right!" if is_right else "❌ Wrong"
    await query.answer(word)
    lines = [
        f"{'✅' if option == question.key else '❌' if option == chosen else '▫️'} {escape(text)}"
        for option, text in question.options.items()
    ]
    parts = [
        _heading(data),
        escape(question.stem),
        "\n".join(lines),
        f"<b>{word}</b>\n{escape(question.explanation)}",
    ]
    await query.edit_message_text("\n\n".join(parts), parse_mode=ParseMode.HTML)
    data["right"] += is_right
    data["at"] += 1
    if data["at"] < len(QUIZ):
        await _ask(update, data)
        return QUESTION
    assert update.effective_chat is not None
    await update.effective_chat.send_message(
        f"🏁 <b>{TITLE}</b>\n<b>{data['right']} of {len(QUIZ)}</b> right",
        parse_mode=ParseMode.HTML,
        reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("🔁 Again", callback_data="g:11111111111:0")]]),
    )
    return SCORE


async def _ask(update: Update, data: Data) -> None:
    at = data["at"]
    question = QUIZ[int(data["order"][at])]
    rows = [
        [InlineKeyboardButton(text, callback_data=f"c:11111111111:{at}:{place}")]
        for place, text in enumerate(question.options.values())
    ]
    rows.append([InlineKeyboardButton("⏭ Skip", callback_data=f"k:11111111111:{at}")])
    assert update.effective_chat is not None
    await update.effective_chat.send_message(
        f"{_heading(data)}\n\n{escape(question.stem)}",
        parse_mode=ParseMode.HTML,
        reply_markup=InlineKeyboardMarkup(rows),
    )


def _heading(data: Data) -> str:
    return f"<b>{data['at'] + 1}/{len(QUIZ)}</b> · {TITLE}"


def _data(context: ContextTypes.DEFAULT_TYPE) -> Data:
    assert context.user_data is not None
    return context.user_data


def main() -> None:
    """Run the bot."""
    persistence = PicklePersistence(filepath=os.environ["PICKLE"])
    application = (
        Application.builder()
        .token(os.environ["TOKEN"])
        .base_url(f"{os.environ['API_BASE_URL']}/bot")
        .persistence(persistence)
        .build()
    )
    application.add_handler(
        ConversationHandler(
            entry_points=[CommandHandler("start", start)],
            states={
                QUESTION: [CallbackQueryHandler(answer, pattern="^c:")],
                SCORE: [CallbackQueryHandler(start, pattern="^g:")],
            },
            fallbacks=[CommandHandler("start", start)],
            name="quiz",
            persistent=True,
        )
    )
    application.run_polling(allowed_updates=Update.ALL_TYPES)


if __name__ == "__main__":
    main()
