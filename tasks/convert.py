"""Reading what somebody sends: the task `convert` of the docket `reading`, one at a time for each person.

It asks storage what is to be done next, does it, and asks again, so that whatever is killed, another worker goes on
with the part that is not read yet.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import structlog
from docket import Docket, Execution, ExponentialRetry

from delivery.downloads import NotDelivered, download
from delivery.failures import ChatGone, MessageGone, NotNow
from delivery.notes import begun_screen, notes_title
from delivery.refusals import FULL, NOT_DELIVERED, OURS
from generation.language import language_of
from generation.sources.conversion import MOST_BYTES, convert
from generation.sources.fetch import NotFetched, fetch_page
from generation.sources.refusal import NotConverted, Reason
from quiz.attempt import Notes
from quiz.collection import MOST_LETTERS, Collection, PartKind, Reading, Stage, reading_of
from quiz.identity import derived_id
from quiz.material import Material
from storage.collections import Collections, Outcome
from storage.deadletters import DeadLetters
from storage.errors import StorageUnavailable
from storage.sources import Sources
from tasks.begin import Opening, Wish, begin_written
from tasks.collecting import show_notes
from tasks.dockets import AT_ONCE, THIS_TASK, put_off
from tasks.pictures import Pictures, Unread

log = structlog.stdlib.get_logger(__name__)

TRIES = 4
RETRY = ExponentialRetry.forever(delay=timedelta(seconds=1), maximum_delay=timedelta(seconds=10))
DOWNLOADS = 4
"""So often Telegram is asked for a file, with pauses in between."""
HANDED_ON = timedelta(seconds=2)
"""By then the worker that is to end takes no more tasks."""
TURN_SECONDS = 2.0
"""After so long the student sees how far it is, and whoever waits has a turn, however much there is still to read."""


class Interrupted(Exception):
    """The program is to end; another worker, or the next start, goes on."""


class TurnOver(Exception):
    """There is more to be read, once others have had a turn."""


class Refused(Exception):
    """A part that cannot be read, and why."""


@dataclass(frozen=True, slots=True)
class Reader:
    """What reading needs; `pictures` None: none are read. `stopping` is set when the program is to end."""

    collections: Collections
    sources: Sources
    opening: Opening
    dead_letters: DeadLetters
    pictures: Pictures | None
    stopping: asyncio.Event


def register(docket: Docket, reader: Reader) -> None:
    """Make the docket know the task, under a name that never changes."""
    docket.register(convert_task(reader), names=["convert"])


def convert_task(reader: Reader) -> Callable[..., Awaitable[None]]:
    """The task that brings a collection up to date, as docket calls it."""

    async def convert_parts(
        collection: str, number: int, retry: ExponentialRetry = RETRY, task: Execution = THIS_TASK
    ) -> None:
        try:
            await _unless_stopped(bring_up_to_date(reader, collection, number), reader.stopping)
        except Interrupted:
            put_off(task, HANDED_ON)
        except TurnOver:
            put_off(task, AT_ONCE)
        except NotNow as error:
            put_off(task, timedelta(seconds=error.seconds))
        except StorageUnavailable:
            raise
        except Exception as error:
            log.exception("a task failed", task="convert", collection=collection)
            if retry.attempt < TRIES:
                raise
            await reader.dead_letters.add("task", "convert", {"collection": collection}, error)
            await _give_up(reader, collection)

    return convert_parts


async def bring_up_to_date(reader: Reader, collection_id: str, number: int) -> None:
    """Read what is not read, show what is not shown, and begin the quiz if that is all; then nothing happens.

    Raises `TurnOver` where more than one turn is to be read.
    """
    owner = await reader.collections.owner(collection_id)
    if owner is None:
        return
    user, chat = owner
    clock = asyncio.get_running_loop().time
    began, has_read = clock(), False
    while True:
        reply = await reader.collections.idle(user, chat, collection_id, number)
        collection = reply.collection
        if collection is None:
            return
        match reply.outcome:
            case Outcome.UNREAD:
                if has_read and clock() - began > TURN_SECONDS:
                    await _show_progress(reader, user, collection)
                    raise TurnOver
                await _read_next(reader, user, collection)
                has_read = True
            case Outcome.UNSHOWN:
                await show_notes(reader.collections, reader.opening.stage.sender, user, collection)
            case Outcome.DONE if collection.usable:
                if await _begin(reader, user, collection):
                    return
            case Outcome.DONE:
                await reader.collections.stage(user, chat, collection_id, Stage.OPEN)
            case _:
                return


async def _show_progress(reader: Reader, user: int, collection: Collection) -> None:
    try:
        await show_notes(reader.collections, reader.opening.stage.sender, user, collection)
    except NotNow:
        log.info("the progress was not shown", collection=collection.id)


async def _read_next(reader: Reader, user: int, collection: Collection) -> None:
    message = collection.unread[0]
    try:
        material = await _material_of(reader, user, collection, message)
        language = await asyncio.to_thread(language_of, material) or collection.language
        reading = reading_of(material, language)
        await reader.sources.add(user, collection.id, message, material)
    except (Refused, Unread, NotConverted, NotFetched) as refusal:
        reading = Reading(refused=str(refusal))
    reply = await reader.collections.was_read(user, collection, message, reading)
    if reply.outcome is Outcome.GONE and not (reply.collection and reply.collection.stage is Stage.BEGUN):
        await reader.sources.delete(user, collection.id)  # it was given up meanwhile


async def _material_of(reader: Reader, user: int, collection: Collection, message: int) -> Material:
    if collection.letters >= MOST_LETTERS:
        raise Refused(FULL)
    part = collection.parts[message]
    match part.kind:
        case PartKind.TEXT:
            material = await convert(part.content.encode(), "")
            title = part.name
        case PartKind.FILE:
            data = await _downloaded(reader, part.content)
            material = await _read_file(reader, user, collection, message, data)
            title = part.name
        case PartKind.PAGE:
            page = await fetch_page(part.content)
            material = await convert(page.data, page.url)
            title = material.title or part.name
        case PartKind.PICTURE:
            data = await _downloaded(reader, part.content)
            material = await _read_picture(reader, user, collection, message, data)
            title = part.name
    return replace(material, title=title)


async def _read_file(reader: Reader, user: int, collection: Collection, message: int, data: bytes) -> Material:
    """A document; what it has of pages that are pictures is read too, where a model can."""
    try:
        material = await convert(data, collection.parts[message].name)
    except NotConverted as refusal:
        if refusal.reason not in {Reason.NO_TEXT, Reason.PICTURE} or reader.pictures is None:
            raise
        return await _read_picture(reader, user, collection, message, data)
    if reader.pictures is None or not material.pictured:
        return material
    cause = _cause(collection, message)
    return await reader.pictures.read_beside(user, collection.chat_id, cause, data, material, collection.language)


async def _read_picture(reader: Reader, user: int, collection: Collection, message: int, data: bytes) -> Material:
    if reader.pictures is None:
        raise Refused(Reason.PICTURE)
    cause = _cause(collection, message)
    name = collection.parts[message].name
    return await reader.pictures.read(user, collection.chat_id, cause, data, name, collection.language)


def _cause(collection: Collection, message: int) -> str:
    """On what the pictures of a part are booked, the same when it is read again."""
    return derived_id("picture", collection.id, message)


async def _downloaded(reader: Reader, file: str) -> bytes:
    for tries in range(1, DOWNLOADS + 1):
        try:
            return await download(reader.opening.stage.sender.bot, file, MOST_BYTES)
        except NotDelivered:
            break
        except NotNow as error:
            if tries < DOWNLOADS:
                await asyncio.sleep(tries * error.seconds)
    raise Refused(NOT_DELIVERED)


async def _begin(reader: Reader, user: int, collection: Collection) -> bool:
    """Begin the quiz and end the collection; False where a part has come meanwhile, which is to be read first.

    That part belongs to the notes of the quiz; what comes later begins others.
    """
    wish = Wish(
        user=user,
        chat=collection.chat_id,
        title=notes_title(collection),
        written_in=collection.quiz_language,
        language=collection.language,
        cause=collection.id,
        message=collection.last,
        notes=Notes(collection.id, collection.focus, collection.only),
    )
    await begin_written(reader.opening, wish)
    closed = await reader.collections.close(user, collection, Stage.BEGUN, update=derived_id("begun", collection.id))
    if closed.outcome is Outcome.UNREAD:
        return False
    before = closed.collection
    if closed.outcome is Outcome.CHANGED and before is not None and before.status:
        try:
            await reader.opening.stage.sender.edit(before.chat_id, before.status, begun_screen(before))
        except (NotNow, ChatGone, MessageGone) as error:
            log.info("the buttons stay", reason=type(error).__name__)  # who presses them is told that it is over
    return True


async def _give_up(reader: Reader, collection_id: str) -> None:
    """What could not be read for a fault of ours is told to the student, and the quiz begins when they say so."""
    owner = await reader.collections.owner(collection_id)
    collection = await reader.collections.load(*owner) if owner else None
    if owner is None or collection is None or collection.id != collection_id:
        return
    for message in collection.unread:
        await reader.collections.was_read(owner[0], collection, message, Reading(refused=OURS))
    # Nobody is to wait for what does not go on by itself: Done is offered again.
    await reader.collections.stage(*owner, collection_id, Stage.OPEN)
    latest = await reader.collections.load(*owner)
    if latest is not None and latest.id == collection_id and latest.is_open:
        await _show_progress(reader, owner[0], latest)


async def _unless_stopped(work: Awaitable[None], stopping: asyncio.Event) -> None:
    """Do the work, or end it when the program is to end."""
    working = asyncio.ensure_future(work)
    told = asyncio.create_task(stopping.wait(), name="stopping")
    try:
        await asyncio.wait({working, told}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        working.cancel()
        told.cancel()
        await asyncio.wait({working, told})
    if working.cancelled():
        raise Interrupted
    working.result()
