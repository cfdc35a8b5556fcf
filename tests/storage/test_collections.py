"""What may become of a collection of notes, step by step."""

import pytest

from quiz.collection import MOST_PARTS, Collection, Part, PartKind, Reading, Stage
from storage.collections import Collections, Outcome, Sent
from storage.connection import Storage

ANN = 1


@pytest.fixture
def collections(storage: Storage) -> Collections:
    return Collections(storage)


def a_part(number: int) -> Part:
    return Part(PartKind.TEXT, f"Note {number}.", f"Note {number}")


async def opened(collections: Collections, count: int) -> Collection:
    """So many notes, each in a message of its own."""
    for number in range(1, count + 1):
        await collections.collect(ANN, ANN, number, [Sent(a_part(number))], language="en")
    return await now(collections)


async def now(collections: Collections) -> Collection:
    found = await collections.load(ANN, ANN)
    assert found is not None
    return found


async def read(collections: Collections) -> None:
    collection = await now(collections)
    for message in collection.unread:
        await collections.was_read(ANN, collection, message, Reading(words=10, letters=50, language="en"))


async def test_a_note_that_is_changed_keeps_its_place_where_others_were_left_out(collections: Collections) -> None:
    collection = await opened(collections, MOST_PARTS + 3)
    message = list(collection.parts)[-1]
    reply = await collections.edit(ANN, collection, MOST_PARTS, [a_part(99)])
    assert reply.outcome is Outcome.CHANGED
    changed = await now(collections)
    assert len(changed.parts) == MOST_PARTS
    assert changed.parts[message].name == "Note 99"
    assert changed.too_many == 3


async def test_a_change_brings_no_more_parts_than_there_is_room_for(collections: Collections) -> None:
    collection = await opened(collections, MOST_PARTS)
    await collections.edit(ANN, collection, 1, [a_part(98), a_part(99)])
    assert len((await now(collections)).parts) == MOST_PARTS


async def test_notes_whose_quiz_is_about_to_begin_are_not_given_up(collections: Collections) -> None:
    collection = await opened(collections, 1)
    await collections.stage(ANN, ANN, collection.id, Stage.DONE)
    await read(collections)
    dropped = await collections.close(ANN, collection, Stage.DROPPED, update="cancel")
    assert dropped.outcome is Outcome.GONE
    begun = await collections.close(ANN, collection, Stage.BEGUN, update="begun")
    assert begun.outcome is Outcome.CHANGED


async def test_notes_that_are_still_read_are_given_up_after_done_too(collections: Collections) -> None:
    collection = await opened(collections, 1)
    await collections.stage(ANN, ANN, collection.id, Stage.DONE)
    dropped = await collections.close(ANN, collection, Stage.DROPPED, update="cancel")
    assert dropped.outcome is Outcome.CHANGED


async def test_a_wish_is_of_the_message_that_said_it_last(collections: Collections) -> None:
    collection = await opened(collections, 1)
    await collections.focus(ANN, collection, "chapter 1", 5)
    again = await collections.focus(ANN, collection, "chapter 3", 5)
    assert again.outcome is Outcome.REPEATED
    edited = await collections.focus(ANN, collection, "chapter 2", 5, edited=True)
    assert edited.outcome is Outcome.CHANGED
    collection = await now(collections)
    assert (collection.focus, collection.focus_by) == ("chapter 2", 5)
