"""Photos and documents: sent by upload or by id, alone or as an album, and read."""

from typing import Any

from simulator.chats import Bot
from simulator.files import File, FileKind, mime_type_of, pixels
from simulator.sending import Effect, Refused, Words, send, shape_caption
from simulator.uploads import Upload
from simulator.world import World

JsonObject = dict[str, Any]

LARGEST_DOWNLOAD = 20 * 1024 * 1024
LARGEST_UPLOAD = 50 * 1024 * 1024
LARGEST_PHOTO = 10 * 1024 * 1024
LONGEST_SIDES = 10_000
STEEPEST_RATIO = 20
ALBUM = range(2, 11)


def _send_file(kind: FileKind) -> Effect:
    def effect(world: World, bot: Bot, values: JsonObject) -> JsonObject:
        caption = shape_caption(values)
        return send(world, bot, values, caption, _take(world, kind, values[kind]))

    return effect


def send_media_group(world: World, bot: Bot, values: JsonObject) -> list[JsonObject]:
    """An album: several photos or several documents, a message each."""
    media: list[JsonObject] = values["media"]
    if len(media) not in ALBUM:
        raise Refused(f"an album has {ALBUM.start} to {ALBUM.stop - 1} files")
    if len({each["type"] for each in media}) > 1:
        raise Refused("Can't use the media of the specified type in the album")
    taken = [take_media(world, each) for each in media]
    album = world.new_album_id()
    return [send(world, bot, values, words, file, album=album) for words, file in taken]


def take_media(world: World, media: JsonObject) -> tuple[Words, File]:
    """The caption and the file of an InputMediaPhoto or InputMediaDocument."""
    match media["type"]:
        case "photo" | "document" as kind:
            return shape_caption(media), _take(world, kind, media["media"])
        case other:
            raise Refused(f"the simulator does no media of the type {other} yet")


def _take(world: World, kind: FileKind, given: Upload | str) -> File:
    """The file that was uploaded, or that is known by this id."""
    if isinstance(given, Upload):
        if len(given.content) > LARGEST_UPLOAD:
            raise Refused("Request Entity Too Large", 413)
        if not given.content:
            raise Refused("file must be non-empty")
        if kind == "photo":
            _check_photo(given.content)
        name = given.name or kind
        return world.add_file(kind, name, given.mime_type or mime_type_of(name), given.content)
    if not given or given.startswith("attach://"):
        raise Refused(f"There is no {kind} in the request")
    if given.startswith(("http://", "https://")):
        raise Refused("the simulator fetches nothing from other addresses: upload the file")
    file = world.files.get(given)
    if file is None:
        raise Refused("Wrong file identifier/HTTP URL specified")
    if file.kind != kind:
        raise Refused(f"can't use file of type {file.kind.title()} as {kind.title()}")
    return file


def _check_photo(content: bytes) -> None:
    if len(content) > LARGEST_PHOTO:
        size = f"File of size {len(content)} bytes is too big for a photo"
        raise Refused(f"{size}; the maximum size is {LARGEST_PHOTO} bytes")
    sides = pixels(content)
    if sides is None:
        raise Refused("IMAGE_PROCESS_FAILED")
    if not min(sides) or sum(sides) > LONGEST_SIDES or max(sides) > STEEPEST_RATIO * min(sides):
        raise Refused("PHOTO_INVALID_DIMENSIONS")


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
    "sendMediaGroup": send_media_group,
    "getFile": get_file,
}
