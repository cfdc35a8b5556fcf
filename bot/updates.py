"""Updates as Telegram gives them, read as far as anybody looks."""

from typing import Any, TypeGuard

from telegram import Bot, CallbackQuery, Chat, InaccessibleMessage, Update, User


def read_update(raw: dict[str, Any], bot: Bot) -> Update:
    """An update; of a press all but the message's place is left out. Raises whatever is wrong with its form."""
    # The message that was pressed comes whole, with its text and every button: to build that takes six times as long
    # as to build what is read of it, and more than Redis takes for the answer.
    match raw:
        case {
            "update_id": int() as number,
            "callback_query": {
                "id": str() as press,
                "from": {"id": int() as user, "is_bot": bool() as is_bot, "first_name": str() as name, **about},
                "message": {"message_id": int() as message, "chat": {"id": int() as chat, "type": str() as kind}},
                "chat_instance": str() as instance,
                "data": str() as data,
            },
        } if _is_text(language := about.get("language_code")) and _is_text(last_name := about.get("last_name")):
            who = User(user, name, is_bot, last_name=last_name, language_code=language)
            place = InaccessibleMessage(Chat(chat, kind), message)
            return Update(number, callback_query=CallbackQuery(press, who, instance, place, data))
        case _:
            update = Update.de_json(raw, bot)
            who, where = update.effective_user, update.effective_chat
            if not all(isinstance(one.id, int) for one in (who, where) if one):  # pyright: ignore[reportUnnecessaryIsInstance] - it is not looked at
                raise TypeError("an id that is no number")
            if who is not None and not _is_text(who.language_code):
                raise TypeError("a language that is no text")
            return update


def _is_text(given: object) -> TypeGuard[str | None]:
    return given is None or isinstance(given, str)
