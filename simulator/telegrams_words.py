"""What Telegram says of a parameter that it does not take."""


def missing(where: str, name: str) -> str:
    """Of a required field that is not there."""
    known = {
        "text": "message text is empty",
        "chat_id": "chat_id is empty",
        "message_id": "message identifier is not specified",
        "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
    }
    if where == name:
        return known.get(name, f'parameter "{name}" is required')
    return f'can\'t find field "{name}"'


def wrong_length(where: str, name: str, *, too_short: bool) -> str:
    """Of a field that is too long or too short."""
    if name == "callback_data":
        return "BUTTON_DATA_INVALID"
    if where.startswith("commands["):
        return "BOT_COMMAND_INVALID" if name == "command" else "BOT_COMMAND_DESCRIPTION_INVALID"
    if name == "question":
        return "Text must be non-empty" if too_short else "Poll question length must not exceed 300"
    if where.startswith("options["):
        return "Text must be non-empty" if too_short else "Poll options length must not exceed 100"
    if name == "text":
        return "message text is empty" if too_short else "message is too long"
    if name == "caption":
        return "message caption is too long"
    return f"{name} is empty" if too_short else f"{name} is too long"
