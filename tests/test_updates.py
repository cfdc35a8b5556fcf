"""What is read of an update: all of a message, and of a press what anybody looks at."""

from typing import Any

import pytest
from telegram import Bot, InaccessibleMessage

from bot.updates import read_update

BOT = Bot("123456:secret")
ANN = {"id": 7, "is_bot": False, "first_name": "Ann", "language_code": "ru"}
CHAT = {"id": 7, "type": "private", "first_name": "Ann"}
MESSAGE = {"message_id": 40, "date": 1_780_000_000, "chat": CHAT, "text": "Which gas?", "from": ANN}


def a_press(**changed: object) -> dict[str, Any]:
    press = {"id": "p1", "from": ANN, "message": MESSAGE, "chat_instance": "-4", "data": "c:1", **changed}
    return {"update_id": 5, "callback_query": {name: value for name, value in press.items() if value is not None}}


def test_of_a_press_its_place_is_read_and_not_what_the_message_shows() -> None:
    query = read_update(a_press(), BOT).callback_query

    assert query is not None
    assert (query.id, query.data, query.from_user.language_code) == ("p1", "c:1", "ru")
    assert isinstance(query.message, InaccessibleMessage)
    assert (query.message.message_id, query.message.chat.id, query.message.chat.type) == (40, 7, "private")


@pytest.mark.parametrize("without", ["message", "data"])
def test_a_press_of_another_form_is_read_as_python_telegram_bot_does(without: str) -> None:
    query = read_update(a_press(**{without: None, "inline_message_id": "i"}), BOT).callback_query

    assert query is not None
    assert query.inline_message_id == "i"


@pytest.mark.parametrize("who", ["Ann", {**ANN, "language_code": 5}, {**ANN, "language_code": ["ru"]}])
def test_a_press_that_makes_no_sense_is_refused(who: object) -> None:
    with pytest.raises((TypeError, AttributeError)):
        read_update(a_press(**{"from": who}), BOT)


def test_a_press_of_somebody_whose_language_is_not_known_is_read() -> None:
    nameless = {name: value for name, value in ANN.items() if name != "language_code"}
    query = read_update(a_press(**{"from": nameless}), BOT).callback_query

    assert query is not None
    assert query.from_user.language_code is None


def test_a_message_is_read_whole() -> None:
    message = read_update({"update_id": 6, "message": MESSAGE}, BOT).message

    assert message is not None
    assert message.text == "Which gas?"


@pytest.mark.parametrize(
    "changed",
    [{"chat": {**CHAT, "id": "7"}}, {"from": {**ANN, "id": 7.5}}, {"from": {**ANN, "language_code": 5}}],
)
def test_a_message_from_nowhere_or_in_no_language_is_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        read_update({"update_id": 5, "message": {**MESSAGE, **changed}}, BOT)
