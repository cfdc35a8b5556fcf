"""The progress of a quiz that is written: a draft where Telegram takes one, else the line that stands there, edited."""

import pytest

from simulator.client import Event, Fault, Simulator
from storage.connection import Storage
from tests.bot_process import BotProcess
from tests.classroom import Classroom
from tests.generation.scripted_server import Hang, Reply, ScriptedServer, text
from tests.generation.written import STEMS, line
from tests.writing.test_playing_while_it_is_written import asks_for_a_quiz, line_of


@pytest.mark.parametrize(("takes_drafts", "kind"), [(True, "draft"), (False, "message_edited")])
async def test_a_student_who_waits_sees_how_far_it_is(
    bot: BotProcess,
    provider: ScriptedServer,
    classroom: Classroom,
    storage: Storage,
    simulator: Simulator,
    takes_drafts: bool,
    kind: str,
) -> None:
    """What is being checked is counted, and never shown."""
    del bot
    provider.writes = [text(line(STEMS[0]))]
    provider.solves = lambda _received: Reply([Hang()])
    if not takes_drafts:
        await simulator.add_faults(Fault("sendMessageDraft", "400", description="Bad Request: method not found"))
    ann = await classroom.join()
    await asks_for_a_quiz(ann, storage, count=1)
    await ann.until(lambda: line_of(ann, "Writing your quiz on"), "the progress")

    def tells(event: Event) -> bool:
        said = event.text if event.kind == "draft" else event.message.text if event.message else ""
        return event.kind == kind and event.chat == ann.id and "being checked: 1" in (said or "")

    shown = await simulator.wait_for_event(tells)
    assert STEMS[0] not in str(shown)
    assert (await simulator.calls("sendMessageDraft"))[0]["status"] == (200 if takes_drafts else 400)
    await ann.say("/stop")
    await provider.somebody_left()
