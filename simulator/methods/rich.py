"""Rich messages and drafts of them, described by HTML or by blocks."""

from typing import Any, cast

from simulator.chats import Bot
from simulator.methods.files import take_media
from simulator.rich import Rich, WrongRich, label_of
from simulator.rich_html import read_rich_html
from simulator.sending import Effect, Refused, check_button, find_chat, find_thread, send
from simulator.world import World

JsonObject = dict[str, Any]

FORMS = ("html", "markdown", "blocks")
FILES = {"photo", "document"}
OTHER_MEDIA = {"animation", "audio", "video", "voice_note", "map"}


def send_rich_message(world: World, bot: Bot, values: JsonObject) -> JsonObject:
    """A new message in blocks."""
    rich = take_rich(world, values["rich_message"])
    return send(world, bot, values, (rich.plain(), []), rich)


def send_rich_message_draft(world: World, bot: Bot, values: JsonObject) -> bool:
    """Show a rich message in a private chat while it is not ready yet; the events are the only trace of it."""
    rich = take_rich(world, values["rich_message"], is_draft=True)
    show_draft(world, bot, values, {"text": rich.plain(), "entities": [], "rich": rich.as_json()})
    return True


def show_draft(world: World, bot: Bot, values: JsonObject, shown: JsonObject) -> None:
    """Log a draft as people in the private chat see it."""
    chat = find_chat(world, bot, values["chat_id"], "write")
    if chat.type != "private":
        raise Refused("chat must be a private chat")
    if not values["draft_id"]:
        raise Refused("draft_id must be non-zero")
    thread = find_thread(chat, bot, values.get("message_thread_id"))
    can_stop = values.get("can_stop", False)
    world.events.add("draft", bot.id, chat=chat.id, draft=values["draft_id"], thread=thread, can_stop=can_stop, **shown)


def take_rich(world: World, given: JsonObject, *, is_draft: bool = False) -> Rich:
    """The content of an InputRichMessage; Refused where Telegram would not take it."""
    if sum(form in given for form in FORMS) != 1:
        raise Refused("exactly one of html, markdown and blocks must be given")
    if "markdown" in given:
        raise Refused("the simulator does not read rich Markdown yet, only HTML and blocks")

    def media(kind: str, media_id: str) -> JsonObject:
        named = [each["media"] for each in given.get("media", []) if each["id"] == media_id]
        if not named or named[0]["type"] != kind:
            raise WrongRich(f"there is no {kind} {media_id!r} in media")
        return named[0]

    try:
        blocks = read_rich_html(given["html"], media) if "html" in given else given["blocks"]
        rich = Rich([_receive(world, block, is_draft) for block in blocks], given.get("is_rtl", False))
        rich.check()
    except WrongRich as wrong:
        raise Refused(f"can't parse rich message: {wrong}") from None
    except (RecursionError, ValueError):
        raise Refused("can't parse rich message: it is not well-formed") from None
    if not rich.blocks:
        raise Refused("message text is empty")
    for button in rich.buttons():
        check_button(button, in_text=True)
    return rich


def _receive(world: World, block: JsonObject, is_draft: bool) -> JsonObject:
    """An InputRichBlock as a RichBlock, which is what everybody sees of it."""
    kind: str = block["type"]
    if kind in OTHER_MEDIA:
        raise WrongRich(f"the simulator does no blocks of the type {kind} yet")
    if kind == "thinking" and not is_draft:
        raise WrongRich("a block of the type thinking is for drafts only")
    if kind in FILES:
        _words, file = take_media(world, block[kind])
        return block | file.as_json()
    if kind == "list":
        items = [
            {**item, "label": label_of(item), "blocks": _all(world, item["blocks"], is_draft)}
            for item in block["items"]
        ]
        return {**block, "items": items}
    if "blocks" in block:
        return {**block, "blocks": _all(world, block["blocks"], is_draft)}
    return block


def _all(world: World, blocks: object, is_draft: bool) -> list[JsonObject]:
    return [_receive(world, block, is_draft) for block in cast("list[JsonObject]", blocks)]


EFFECTS: dict[str, Effect] = {
    "sendRichMessage": send_rich_message,
    "sendRichMessageDraft": send_rich_message_draft,
}
