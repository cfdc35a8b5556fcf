"""Photos and documents: sent by upload or by id, and read."""

from typing import Any

from simulator.chats import Bot
from simulator.files import File, FileKind, mime_type_of, pixels
from simulator.schema import Upload
from simulator.sending import Effect, Refused, send, shape_words
from simulator.world import World

JsonObject = dict[str, Any]

LARGEST_DOWNLOAD = 20 * 1024 * 1024
LARGEST_UPLOAD = 50 * 1024 * 1024


def _send_file(kind: FileKind) -> Effect:
    def effect(world: World, bot: Bot, values: JsonObject) -> JsonObject:
        caption = shape_words(values, "caption", entities="caption_entities")
        return send(world, bot, values, caption, _file(world, kind, values[kind]))

    return effect


def _file(world: World, kind: FileKind, given: Upload | str) -> File:
    if isinstance(given, Upload):
        if len(given.content) > LARGEST_UPLOAD:
            raise Refused("Request Entity Too Large", 413)
        if not given.content:
            raise Refused("file must be non-empty")
        if kind == "photo" and pixels(given.content) is None:
            raise Refused("IMAGE_PROCESS_FAILED")
        return world.add_file(kind, given.name, given.mime_type or mime_type_of(given.name), given.content)
    if given.startswith(("http://", "https://")):
        raise Refused("the simulator fetches nothing from other addresses: upload the file")
    file = world.files.get(given)
    if file is None:
        raise Refused("Wrong file identifier/HTTP URL specified")
    if file.kind != kind:
        raise Refused(f"type of file mismatch: can't use file of type {file.kind.title()} as {kind.title()}")
    return file


def get_file(world: World, _bot: Bot, values: JsonObject) -> JsonObject:
    """Where a file can be downloaded."""
    file = world.files.get(values["file_id"])
    if file is None:
        raise Refused("invalid file_id")
    if file.size > LARGEST_DOWNLOAD:
        raise Refused("file is too big")
    return {
        "file_id": file.id,
        "file_unique_id": file.unique_id,
        "file_size": file.size,
        "file_path": file.path,
    }


EFFECTS: dict[str, Effect] = {
    "sendPhoto": _send_file("photo"),
    "sendDocument": _send_file("document"),
    "getFile": get_file,
}
