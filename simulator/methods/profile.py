"""What a bot is and sets up: itself, its commands, its name and descriptions."""

import json
import re
from typing import Any

from simulator.chats import Bot
from simulator.schema import specification
from simulator.sending import Effect, Refused, find_chat
from simulator.world import World

JsonObject = dict[str, Any]

MOST_COMMANDS = 100


def get_me(_world: World, bot: Bot, _values: JsonObject) -> JsonObject:
    """The bot itself."""
    rights = {
        "can_join_groups": True,
        "can_read_all_group_messages": not bot.is_private,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }
    return bot.user.as_json() | rights


def _scope(world: World, bot: Bot, values: JsonObject) -> tuple[str, str]:
    scope: JsonObject = values.get("scope") or {"type": "default"}
    kinds: JsonObject = specification()["types"]
    name = "BotCommandScope" + "".join(part.title() for part in str(scope.get("type")).split("_"))
    if name not in kinds or not scope.get("type"):
        raise Refused("can't parse BotCommandScope: Unsupported type specified")
    for wanted in kinds[name]["fields"]:
        if wanted not in scope:
            raise Refused(f"can't parse BotCommandScope: Can't find field \"{wanted}\"")
    if "chat_id" in scope:
        find_chat(world, bot, scope["chat_id"], "members")
    return json.dumps(scope, sort_keys=True), values.get("language_code", "")


def set_my_commands(world: World, bot: Bot, values: JsonObject) -> bool:
    """The commands for a scope and a language."""
    commands: list[JsonObject] = values["commands"]
    if len(commands) > MOST_COMMANDS:
        raise Refused("BOT_COMMANDS_TOO_MUCH")
    if any(not re.fullmatch(r"/?[a-z0-9_]{1,32}", command["command"]) for command in commands):
        raise Refused("BOT_COMMAND_INVALID")
    key = _scope(world, bot, values)
    bot.commands[key] = [
        {"command": command["command"].removeprefix("/"), "description": command["description"]} for command in commands
    ]
    return True


def get_my_commands(world: World, bot: Bot, values: JsonObject) -> list[JsonObject]:
    """The commands of exactly this scope and language."""
    return bot.commands.get(_scope(world, bot, values), [])


def delete_my_commands(world: World, bot: Bot, values: JsonObject) -> bool:
    """Forget the commands of exactly this scope and language."""
    bot.commands.pop(_scope(world, bot, values), None)
    return True


def _set_profile(name: str) -> Effect:
    def effect(_world: World, bot: Bot, values: JsonObject) -> bool:
        bot.profile[(name, values.get("language_code", ""))] = values.get(name, "")
        return True

    return effect


def _get_profile(name: str) -> Effect:
    def effect(_world: World, bot: Bot, values: JsonObject) -> JsonObject:
        default = bot.profile.get((name, ""), bot.user.first_name if name == "name" else "")
        return {name: bot.profile.get((name, values.get("language_code", ""))) or default}

    return effect


def log_out(_world: World, _bot: Bot, _values: JsonObject) -> bool:
    """Leave this server for another; here nothing comes of it."""
    return True


def set_chat_menu_button(world: World, bot: Bot, values: JsonObject) -> bool:
    """What the button beside the text field opens, in one private chat or in all that have none of their own."""
    if "chat_id" in values:
        find_chat(world, bot, values["chat_id"])
    bot.menu_buttons[values.get("chat_id")] = values.get("menu_button", {"type": "default"})
    return True


def get_chat_menu_button(_world: World, bot: Bot, values: JsonObject) -> JsonObject:
    """The button of a private chat, or of all."""
    for_all = bot.menu_buttons.get(None, {"type": "commands"})
    return bot.menu_buttons.get(values.get("chat_id"), for_all)


EFFECTS: dict[str, Effect] = {
    "getMe": get_me,
    "logOut": log_out,
    "close": log_out,
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": _set_profile("name"),
    "getMyName": _get_profile("name"),
    "setMyDescription": _set_profile("description"),
    "getMyDescription": _get_profile("description"),
    "setMyShortDescription": _set_profile("short_description"),
    "getMyShortDescription": _get_profile("short_description"),
}
