"""Fields that the specification no longer names, and that Telegram's server takes all the same."""

from typing import Any

JsonObject = dict[str, Any]

# Old name to the field that holds it now.
OLD_NAMES = {
    "correct_option_id": "correct_option_ids",
    "reply_to_message_id": "reply_parameters",
    "allow_sending_without_reply": "reply_parameters",
}


def with_new_names(fields: JsonObject, given: JsonObject) -> JsonObject:
    """The parameters with what old names say put where it belongs; the old names stay, to be noted."""
    new = dict(given)
    if "correct_option_ids" in fields and "correct_option_id" in given:
        new.setdefault("correct_option_ids", [given["correct_option_id"]])
    if "reply_parameters" in fields and "reply_to_message_id" in given:
        anyway = str(given.get("allow_sending_without_reply", "")).lower() in {"true", "1", "yes"}
        replied = {"message_id": given["reply_to_message_id"], "allow_sending_without_reply": anyway}
        new.setdefault("reply_parameters", replied)
    return new
