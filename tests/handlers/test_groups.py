"""In a group the bot speaks when it is spoken to, and plays in private."""

import pytest

from simulator.client import Message
from tests.handlers.person import Person

BOT = "@simulated_123456_bot"


@pytest.fixture
async def group(ann: Person, anya: Person) -> int:
    return await ann.simulator.add_group("Class 7b", [ann.id, anya.id])


def link(message: Message) -> str | None:
    """Where the only button leads."""
    (button,) = message.buttons
    return button.url


@pytest.mark.parametrize(
    ("command", "parameter"),
    [
        ("/quiz", ""),
        ("/start", ""),
        ("/quiz photosynthesis", "d_photosynthesis"),
        ("/quiz Французская революция", "d_french-revolution"),
        ("/quiz knots", ""),
        ("/start d_photosynthesis", "d_photosynthesis"),
    ],
)
async def test_a_quiz_asked_for_in_a_group_is_offered_in_private(
    ann: Person, group: int, command: str, parameter: str
) -> None:
    name, _, topic = command.partition(" ")

    (answer,) = await ann.say(f"{name}{BOT} {topic}".strip(), chat=group)

    assert (
        answer.text
        == "Here an administrator begins a round for all: /quiz and a topic. By yourself you can play in private:"
    )
    assert link(answer) == f"https://t.me/{BOT[1:]}?start={parameter}"
    assert await ann.messages() == []


async def test_each_is_answered_in_their_language(anya: Person, group: int) -> None:
    (answer,) = await anya.say("/quiz", chat=group)

    assert (
        answer.text
        == "Здесь общую игру начинает администратор: /quiz и тема. А самостоятельно можно играть в личном чате:"
    )


async def test_a_press_is_answered_in_the_language_that_was_chosen(ann: Person, group: int) -> None:
    await ann.set("Русский")
    (helped,) = await ann.say(f"/help{BOT}", chat=group)

    assert (await ann.send(helped, "t")).text == "Давайте в нашем личном чате."


async def test_people_who_talk_to_each_other_are_left_alone(ann: Person, anya: Person, group: int) -> None:
    (answer,) = await ann.say("/quiz", chat=group)

    assert await ann.say("photosynthesis", chat=group) == []
    assert await anya.say("/nonsense", chat=group) == []
    assert await ann.messages(group) == [answer]


async def test_a_reply_to_the_bot_is_a_topic(ann: Person, group: int) -> None:
    (answer,) = await ann.say("/quiz", chat=group)

    (offered,) = await ann.say("photosynthesis", chat=group, reply_to=answer.message_id)

    assert (link(offered) or "").endswith("?start=d_photosynthesis")


@pytest.mark.parametrize("command", ["notes", "settings"])
async def test_what_is_of_one_person_alone_is_done_in_private(ann: Person, group: int, command: str) -> None:
    question = await ann.begin()
    (invited,) = await ann.say(f"/{command}{BOT}", chat=group)

    assert (
        invited.text
        == "Here an administrator begins a round for all: /quiz and a topic. By yourself you can play in private:"
    )
    assert (await ann.last()).message_id == question.message_id, "the private quiz goes on"


async def test_help_works_in_a_group(ann: Person, group: int) -> None:
    (helped,) = await ann.say(f"/help{BOT}", chat=group)

    assert "/quiz" in helped.text


@pytest.mark.parametrize("data", ["t", "d:photosynthesis:en", "o", "oc:5", "ol:2", "oa:ru"])
async def test_a_forged_press_in_a_group_begins_and_changes_nothing(ann: Person, group: int, data: str) -> None:
    (helped,) = await ann.say(f"/help{BOT}", chat=group)

    pressed = await ann.simulator.press(ann.id, helped, data=data)

    assert (await ann.simulator.wait_for_answer(pressed)).text == "Let us do that in our private chat."
    assert (await ann.simulator.messages(group))[-1].message_id == helped.message_id


async def test_a_command_to_another_bot_is_none_of_ours(ann: Person, group: int) -> None:
    assert await ann.say("/quiz@another_bot photosynthesis", chat=group) == []
