"""A bot written with another library than ours talks to the simulator as to Telegram."""

import socket
import sys
from pathlib import Path

import pytest

from simulator.blocking import Telegram

BOT = Path(__file__).with_name("aiogram_bot.py")


def start(telegram: Telegram, *, by_webhook: bool) -> None:
    port: list[str] = []
    if by_webhook:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = [str(free.getsockname()[1])]
    telegram.run(sys.executable, BOT, telegram.url, telegram.token, *port)


@pytest.mark.parametrize("by_webhook", [False, True], ids=["polling", "webhook"])
def test_a_quiz_from_start_to_verdict(telegram: Telegram, by_webhook: bool) -> None:
    start(telegram, by_webhook=by_webhook)
    ann = telegram.person("Ann")
    ann.say("/start")
    assert ann.reads("Hello", within=30).html == "<b>Hello</b>, are you ready?"
    assert ann.press("Ready").text == "Here we go!"
    assert ann.reads("question").edits == 1
    assert ann.reads().poll is not None
    ann.vote("4")
    assert ann.reads().text == "Ann is right"
    assert telegram.do(telegram.simulator.violations()) == []


def test_a_document_goes_up_and_comes_back_changed(telegram: Telegram) -> None:
    start(telegram, by_webhook=False)
    ann = telegram.person("Ann")
    ann.upload("notes.txt", b"plants make sugar")
    back = ann.reads("3 words", within=30)
    assert back.file is not None
    assert back.file["file_name"] == "re-notes.txt"
    assert telegram.do(telegram.simulator.file(back.file)) == b"PLANTS MAKE SUGAR"
    assert telegram.do(telegram.simulator.violations()) == []


def test_in_a_group_everybody_plays(telegram: Telegram) -> None:
    start(telegram, by_webhook=False)
    ann, bob = telegram.person("Ann"), telegram.person("Bob")
    group = telegram.group("Class", ann, bob)
    ann.say("chatter", chat=group)
    ann.say("/quiz", chat=group)
    assert ann.reads(chat=group, within=30).poll is not None
    bob.vote("3", chat=group)
    assert bob.reads(chat=group).text == "Bob is wrong"
    ann.vote("4", chat=group)
    assert ann.reads(chat=group).text == "Ann is right"
    assert telegram.do(telegram.simulator.violations()) == []
