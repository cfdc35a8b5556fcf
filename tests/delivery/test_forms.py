"""Newer forms of messages: used where Telegram takes them, with the plain form wherever it does not."""

import json
from collections.abc import AsyncGenerator

import pytest
from telegram.ext import ExtBot

from delivery.forms import Form, Forms
from delivery.keyboard import RIGHT, WRONG, Keyboard, KeyboardButton
from delivery.limiter import Limiter
from delivery.priority import Priority
from delivery.question import question_screen, verdict_screen
from delivery.screen import PLAIN, Screen
from delivery.sender import Sender
from simulator.client import Fault, Message, Simulator
from storage.connection import Storage
from storage.sending import Pace, Paces, Sending
from tests.bot_process import TOKEN
from tests.delivery.screens import forget, labels_of, text_of
from tests.samples import a_question, an_attempt

PLENTY = Pace(1_000_000, 1)
ANSWERED = Screen(
    "✅ <b>Venus</b>", answered=Screen("<b>Right!</b>", Keyboard([[KeyboardButton("✅ Venus", style=RIGHT)]]))
)
FORMULA = Screen("Solve <tg-math>x^2=4</tg-math>\n\n<tg-math-block>\\frac{a}{2b}</tg-math-block>")
OLD_SERVER = "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"


@pytest.fixture
def forms() -> Forms:
    return Forms({}, forget)


@pytest.fixture
async def sender(simulator: Simulator, storage: Storage, forms: Forms) -> AsyncGenerator[Sender]:
    limiter = Limiter(Sending(storage, Paces(PLENTY, PLENTY, PLENTY)))
    async with ExtBot[Priority](TOKEN, base_url=simulator.bot_api_url, rate_limiter=limiter) as bot:
        yield Sender(bot, limiter, call_seconds=20, forms=forms)


@pytest.fixture
async def ann(simulator: Simulator) -> int:
    user = await simulator.add_user("Ann")
    await simulator.say(user, "/start")
    return user


async def newest(simulator: Simulator, chat: int) -> Message:
    return (await simulator.messages(chat))[-1]


async def test_an_answered_question_keeps_its_options_green_and_red_and_not_to_be_pressed() -> None:
    question = a_question(options=("Mercury", "Venus", "Mars"), key="a")

    screen = verdict_screen(an_attempt([question], {0: "b"}), 0, question)

    assert screen.answered is not None
    assert labels_of(screen.answered) == ["✅ Mercury", "❌ Venus", "▫️ Mars", "⚑ Report a mistake"]
    buttons = [button for row in screen.answered.keyboard.rows for button in row] if screen.answered.keyboard else []
    assert [button.style for button in buttons] == [RIGHT, WRONG, None, None]
    assert [button.callback_data for button in buttons[:3]] == [None] * 3
    told = text_of(screen.answered)
    assert "✅ Mercury\n❌ Venus — your answer" in told, "a client that draws no such buttons says it all the same"
    assert "Mars" not in told


async def test_what_telegram_takes_is_shown_in_the_newer_form(
    simulator: Simulator, sender: Sender, forms: Forms, ann: int
) -> None:
    message = await sender.send(ann, Screen("?"))

    await sender.edit(ann, message, ANSWERED)

    shown = await newest(simulator, ann)
    assert shown.text == "Right!"
    assert [button.text for button in shown.buttons] == ["✅ Venus"]
    assert forms.may_be_used(Form.ANSWERED)
    assert await simulator.violations() == []


async def test_what_telegram_refuses_is_shown_plainly_at_once_and_not_tried_again(
    simulator: Simulator, sender: Sender, forms: Forms, ann: int
) -> None:
    message = await sender.send(ann, Screen("?"))
    await simulator.add_faults(Fault("editMessageText", "400", times=1, description=f"Bad Request: {OLD_SERVER}"))

    await sender.edit(ann, message, ANSWERED)
    await sender.edit(ann, message, Screen("again"))
    await sender.edit(ann, message, ANSWERED)

    shown = await newest(simulator, ann)
    assert shown.text == "✅ Venus"
    assert shown.buttons == ()
    assert not forms.may_be_used(Form.ANSWERED)
    assert len(await simulator.calls("editMessageText")) == 4, "once in both forms, then in the plain one"


async def test_a_server_that_knows_no_rich_messages_gets_formulas_in_plain_letters(
    simulator: Simulator, sender: Sender, forms: Forms, ann: int
) -> None:
    await simulator.add_faults(Fault("sendRichMessage", "404"))

    await sender.send(ann, FORMULA)
    await sender.send(ann, FORMULA)

    assert [message.text for message in await simulator.messages(ann) if message.from_bot] == [
        "Solve x²=4\n\na/(2b)"
    ] * 2
    assert len(await simulator.calls("sendRichMessage")) == 1
    assert not forms.may_be_used(Form.RICH)


async def test_a_formula_is_sent_as_one_where_rich_messages_are_taken(
    simulator: Simulator, sender: Sender, forms: Forms, ann: int
) -> None:
    message = await sender.send(ann, FORMULA)
    await sender.edit(ann, message, Screen("It is <tg-math>x=2</tg-math>.\nOr is it?"))

    (sent,), (edited,) = await simulator.calls("sendRichMessage"), await simulator.calls("editMessageText")
    first, second = (json.loads(call["parameters"]["rich_message"])["html"] for call in (sent, edited))
    assert first == ("<p>Solve <tg-math>x^2=4</tg-math></p><tg-math-block>\\frac{a}{2b}</tg-math-block>")
    assert second == "<p>It is <tg-math>x=2</tg-math>.<br>Or is it?</p>"
    assert forms.may_be_used(Form.RICH)
    assert await simulator.violations() == []


async def test_one_message_that_is_refused_does_not_end_a_form(
    simulator: Simulator, sender: Sender, forms: Forms, ann: int
) -> None:
    await simulator.add_faults(Fault("sendRichMessage", "400", times=1, description="Bad Request: wrong formula"))

    await sender.send(ann, FORMULA)

    assert (await newest(simulator, ann)).text == "Solve x²=4\n\na/(2b)"
    assert forms.may_be_used(Form.RICH)


def test_newer_forms_that_are_switched_off_are_not_tried() -> None:
    off = Forms({}, forget, enabled=False)

    assert list(ANSWERED.forms(off)) == [PLAIN]


def test_a_formula_that_no_plain_letters_show_stands_in_the_message_not_on_a_button() -> None:
    simple = a_question(options=(r"\(x^2\)", r"\(2x\)"), key="a")
    hard = a_question(options=(r"\(\frac{\weird{x}}{2}\)", r"\(2x\)"), key="a")

    assert labels_of(question_screen(an_attempt([simple]), 0, simple))[:2] == ["x²", "2x"]
    assert labels_of(question_screen(an_attempt([hard]), 0, hard))[:2] == ["A", "B"]


def test_a_formula_is_left_out_before_the_buttons_are() -> None:
    both = Screen("<tg-math>x^2</tg-math>", answered=Screen("x"))

    ladder = list(both.forms(Forms({}, forget)))

    assert ladder == [{Form.RICH, Form.ANSWERED}, {Form.ANSWERED}, PLAIN]
