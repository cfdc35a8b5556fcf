"""Answers to presses of buttons."""

import time
from typing import Any

from simulator.chats import Bot
from simulator.sending import Effect, Refused
from simulator.world import World

JsonObject = dict[str, Any]

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def answer_callback_query(world: World, bot: Bot, values: JsonObject) -> bool:
    """Show the presser a toast or an alert, or just stop the button's waiting."""
    press = world.presses.get(values["callback_query_id"])
    if press is None or press.bot_id != bot.id or not press.is_open(world.clock.now()):
        raise Refused(TOO_OLD)
    answer = {
        "text": values.get("text") or None,
        "show_alert": values.get("show_alert", False),
        "url": values.get("url"),
    }
    press.answers.append({**answer, "at": time.time()})
    world.events.add("toast", bot.id, callback_query_id=press.id, chat=press.chat.id, user=press.user.id, **answer)
    return True


EFFECTS: dict[str, Effect] = {"answerCallbackQuery": answer_callback_query}
