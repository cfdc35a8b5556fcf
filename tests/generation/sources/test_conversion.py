"""Documents are converted in processes of their own, whatever becomes of those."""

import asyncio
import os
import select
import time
from pathlib import Path

import pytest

from generation.sources import conversion
from generation.sources.conversion import convert
from generation.sources.refusal import NotConverted, Reason
from quiz.material import PassageKind, Place, PlaceKind
from tests.documents import office
from tests.documents.pdf import lines, pdf_of

WORDS = "The cell is the basic unit of life."


async def refused(data: bytes, name: str = "notes.txt") -> Reason:
    """Why a document is refused."""
    with pytest.raises(NotConverted) as refusal:
        await convert(data, name)
    return refusal.value.reason


def children() -> set[str]:
    """The processes that this one has started and that are there."""
    return {child for one in Path("/proc/self/task").glob("*/children") for child in one.read_text("ascii").split()}


@pytest.mark.parametrize(
    ("data", "counted_in"),
    [
        (WORDS.encode(), PlaceKind.LINE),
        (f"# Cells\n\n**{WORDS}**\n\n- one\n- two\n\n```\nx\n```\n\n## More\n".encode(), PlaceKind.LINE),
        (f"<!doctype html><html><body><p>{WORDS}</p></body></html>".encode(), PlaceKind.PARAGRAPH),
        (pdf_of([lines(WORDS)]), PlaceKind.PAGE),
        (office.word(office.paragraph(WORDS)), PlaceKind.PARAGRAPH),
        (office.slides(("Cells", [(0, WORDS)], "")), PlaceKind.SLIDE),
    ],
    ids=["text", "markdown", "page", "pdf", "word", "slides"],
)
async def test_every_kind_is_told_by_its_bytes_whatever_it_is_called(data: bytes, counted_in: PlaceKind) -> None:
    for name in ("notes", "notes.txt", "a/b\\..\\notes.exe"):
        material = await convert(data, name)

        assert (material.passages[0].text, material.passages[0].place.kind) == (WORDS, counted_in)
        assert material.title == "notes"
        assert material.whole


async def test_csv_and_markdown_are_told_from_text_by_their_names() -> None:
    table = await convert(b"Part,Size\nNucleus,6\nRibosome,20\n", "parts.CSV")
    notes = await convert(b"# Cells\n\nThey live.\n\nThey grow.", "notes.md")

    assert table.passages[0].kind is PassageKind.TABLE
    assert notes.passages[0].place == Place(PlaceKind.LINE, 3, "Cells")
    assert notes.passages[0].lines == (3, 5)


async def test_text_in_other_encodings_is_read() -> None:
    words = "Клетка — основная единица жизни, и из клеток состоят все организмы."
    for encoding in ("cp1251", "koi8-r", "utf-16"):
        material = await convert(words.replace("—", "-").encode(encoding), "лекция 3.txt")

        assert (material.title, material.passages[0].text) == ("лекция 3", words.replace("—", "-"))


async def test_the_title_is_one_line_that_can_be_shown() -> None:
    material = await convert(WORDS.encode(), "no\nt\u202ees " + "x" * 500 + ".txt")

    assert len(material.title) <= 100
    assert "\n" not in material.title
    assert "\u202e" not in material.title


async def test_the_event_loop_goes_on_and_no_process_is_left() -> None:
    longest, before = 0.0, children()

    async def watch() -> None:
        nonlocal longest
        while True:
            begun = time.monotonic()
            await asyncio.sleep(0.005)
            longest = max(longest, time.monotonic() - begun)

    watching = asyncio.create_task(watch())
    big = pdf_of([lines(*[WORDS] * 40) for _ in range(200)])
    materials = await asyncio.gather(*(convert(big, "big.pdf") for _ in range(3)))
    watching.cancel()

    assert {len(one.passages) for one in materials} == {len(materials[0].passages)}
    assert longest < 1
    assert children() <= before


async def test_a_document_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversion, "SECONDS", 0.01)
    before = children()

    assert await refused(WORDS.encode()) is Reason.TOOK_TOO_LONG
    assert children() <= before


async def test_a_conversion_that_is_cancelled_leaves_no_process(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "started")
    code = f"import os, signal; open({str(tmp_path / 'started')!r}, 'w').write(str(os.getpid())); signal.pause()"
    monkeypatch.setattr(conversion, "COMMAND", ("-c", code))
    converting = asyncio.create_task(convert(WORDS.encode(), "notes.txt"))
    child = os.pidfd_open(int(await asyncio.to_thread((tmp_path / "started").read_text, "ascii")))

    converting.cancel()

    with pytest.raises(asyncio.CancelledError):
        await converting
    ended, _, _ = await asyncio.to_thread(select.select, [child], [], [], 20)
    os.close(child)
    assert ended


async def test_an_answer_without_end_is_not_listened_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversion, "COMMAND", ("-c", "while True: print('x' * 100_000)"))
    before = children()

    assert await refused(WORDS.encode()) is Reason.DAMAGED
    assert children() <= before


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("import os; os.abort()", Reason.DAMAGED),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", Reason.TOO_MUCH_MEMORY),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", Reason.TOOK_TOO_LONG),
        ("raise SystemExit(3)", Reason.DAMAGED),
        ("print('no JSON')", Reason.DAMAGED),
        ("print('[]')", Reason.DAMAGED),
        ('print(\'{"sealed": true, "refused": "some other reason"}\')', Reason.DAMAGED),
        ('print(\'{"sealed": true, "title": "", "whole": true, "passages": [["x"]]}\')', Reason.DAMAGED),
        (
            'print(\'{"sealed": true, "title": "", "whole": 1, "passages": [[1, "prose", "page", 1, ""]]}\')',
            Reason.DAMAGED,
        ),
    ],
)
async def test_whatever_becomes_of_the_process_is_one_reason(
    monkeypatch: pytest.MonkeyPatch, code: str, reason: Reason
) -> None:
    monkeypatch.setattr(conversion, "COMMAND", ("-c", code))

    assert await refused(WORDS.encode()) is reason


async def test_without_the_extra_texts_and_tables_are_read_and_all_else_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lacking = "('pypdfium2', 'docx', 'pptx', 'lxml', 'trafilatura', 'chardet', 'mdit_py_plugins')"
    code = (
        f"import sys; sys.modules.update(dict.fromkeys({lacking})); from generation.sources.convert import main; main()"
    )
    monkeypatch.setattr(conversion, "COMMAND", ("-I", "-c", code))

    assert (await convert("Клетка живёт.".encode(), "notes.txt")).passages[0].text == "Клетка живёт."
    assert (await convert(b"Part,Size\nNucleus,6\n", "parts.csv")).passages[0].kind is PassageKind.TABLE
    for data in (pdf_of([lines(WORDS)]), office.word(office.paragraph(WORDS)), "Клетка живёт.".encode("cp1251")):
        assert await refused(data) is Reason.NOT_INSTALLED


async def test_the_process_knows_nothing_of_the_bot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIZBOT_TOKEN", "123456:secret")
    said = (
        'import json, os; print(json.dumps({"title": str(os.environ), "whole": True, "pictured": [], "passages": []}))'
    )
    monkeypatch.setattr(conversion, "COMMAND", ("-c", said))

    assert "secret" not in (await convert(WORDS.encode(), "notes.txt")).title
