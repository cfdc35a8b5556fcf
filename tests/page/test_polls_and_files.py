"""Polls of Telegram's own kind, and files in both directions."""

import re
import struct
import zlib
from pathlib import Path

from playwright.async_api import expect

from simulator.client import Simulator
from tests.page.browser import Pages
from tests.page.test_messages import opened
from tests.simulator.conftest import Caller


def png(width: int = 40, height: int = 30) -> bytes:
    """A small picture in one colour."""
    rows = (b"\0" + b"\x40\x60\xd0" * width) * height

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


async def test_a_quiz_shows_what_was_right_and_why(stage: Simulator, bot: Caller, ann: int, pages: Pages) -> None:
    await bot.result(
        "sendPoll",
        chat_id=ann,
        question="Which planet is the largest?",
        options=[{"text": "Earth"}, {"text": "Jupiter"}],
        type="quiz",
        correct_option_ids=[1],
        explanation="It has 318 times the mass of the Earth.",
        is_anonymous=False,
    )
    chat = await opened(pages, stage)

    await chat.newest.get_by_role("button", name="Earth").click()

    await expect(chat.newest.get_by_role("listitem").filter(has_text="Earth")).to_contain_text("your vote")
    await expect(chat.newest.get_by_role("listitem").filter(has_text="Jupiter")).to_contain_text("right answer")
    await expect(chat.newest.get_by_text("318 times")).to_be_visible()
    await expect(chat.newest).to_contain_text("1 vote")


async def test_a_poll_of_several_answers_can_be_taken_back(
    stage: Simulator, bot: Caller, ann: int, pages: Pages
) -> None:
    options = [{"text": "Physics"}, {"text": "Biology"}, {"text": "Maths"}]
    await bot.result("sendPoll", chat_id=ann, question="What next?", options=options, allows_multiple_answers=True)
    chat = await opened(pages, stage)

    vote = chat.newest.get_by_role("button", name="Vote", exact=True)
    await expect(vote).to_be_disabled()
    await chat.newest.get_by_label("Physics").check()
    await chat.newest.get_by_label("Maths").check()
    await vote.click()
    await expect(chat.newest.get_by_role("listitem").filter(has_text="100%")).to_have_count(2)
    await chat.newest.get_by_role("button", name="Take back the vote").click()
    await expect(vote).to_be_visible()


async def test_photos_are_shown_and_files_can_be_saved(
    stage: Simulator, bot: Caller, ann: int, pages: Pages, tmp_path: Path
) -> None:
    for method, field, name, content in (
        ("sendPhoto", "photo", "chart.png", png()),
        ("sendDocument", "document", "class 7B.csv", b"who,right\nAnn,9\n"),
    ):
        sent = await bot.http.post(
            f"/bot{bot.token}/{method}",
            data={"chat_id": str(ann), "caption": f"the {field}"},
            files={field: (name, content)},
        )
        assert sent.json()["ok"], sent.text
    chat = await opened(pages, stage)

    photo = chat.page.get_by_role("img", name="the photo")
    await expect(photo).to_be_visible()
    await expect(photo).to_have_attribute("src", re.compile("^blob:"))
    assert await photo.evaluate("one => one.decode().then(() => one.naturalWidth)") == 40
    await chat.page.get_by_role("button", name="Open: the photo").click()
    await expect(chat.page.get_by_role("dialog", name="the photo")).to_be_visible()
    await chat.page.keyboard.press("Escape")
    async with chat.page.expect_download() as download:
        await chat.page.get_by_role("button", name="Save class 7B.csv").click()
    saved = await download.value
    await saved.save_as(tmp_path / "saved")
    assert saved.suggested_filename == "class 7B.csv"
    assert (tmp_path / "saved").read_bytes() == b"who,right\nAnn,9\n"


async def test_a_person_sends_a_photo_and_a_file(stage: Simulator, ann: int, pages: Pages, tmp_path: Path) -> None:
    (tmp_path / "leaf.png").write_bytes(png())
    (tmp_path / "notes.txt").write_bytes(b"Chlorophyll is green.")
    chat = await opened(pages, stage)

    await chat.page.locator("input[type=file]").set_input_files([tmp_path / "leaf.png", tmp_path / "notes.txt"])
    dialog = chat.page.get_by_role("dialog", name="Send 2 files")
    await dialog.get_by_label("Caption").fill("My notes")
    await dialog.get_by_role("button", name="Send", exact=True).click()

    await expect(chat.page.get_by_role("img", name="My notes")).to_be_visible()
    await expect(chat.newest).to_contain_text("notes.txt")
    photo, notes = (await stage.messages(ann))[-2:]
    assert photo.text == "My notes"
    assert photo.file is not None
    assert photo.file["kind"] == "photo"
    assert notes.file is not None
    assert notes.file["kind"] == "document"
