"""Photos and scans are made small and anonymous in the sealed process, before any model sees them."""

import io

import pytest
from PIL import Image, ImageDraw

from generation.sources.conversion import convert, pictures_of
from generation.sources.pictures import LONGEST_SIDE, MOST_PICTURES
from generation.sources.refusal import NotConverted, Reason
from tests.documents.pdf import lines, pdf_of

CAMERA, ORIENTATION = 0x0110, 0x0112


def photo(kind: str = "JPEG", size: tuple[int, int] = (300, 200), mode: str = "RGB", **more: object) -> bytes:
    """A picture with a dark left half."""
    picture = Image.new(mode, size, "white")
    ImageDraw.Draw(picture).rectangle((0, 0, size[0] // 2, size[1]), fill="black")
    made = io.BytesIO()
    picture.save(made, kind, **more)
    return made.getvalue()


async def seen(data: bytes) -> list[Image.Image]:
    """The pictures that a model would be shown."""
    return [Image.open(io.BytesIO(one.jpeg)) for one in (await pictures_of(data, "photo")).pages]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
async def test_a_photo_is_no_text_but_a_picture_of_one_page(kind: str) -> None:
    with pytest.raises(NotConverted) as refusal:
        await convert(photo(kind), "notes.txt")
    (picture,) = await seen(photo(kind))

    assert refusal.value.reason is Reason.PICTURE
    assert (picture.format, picture.size) == ("JPEG", (300, 200))


async def test_a_large_photo_is_made_as_small_as_models_need() -> None:
    (picture,) = await seen(photo(size=(6000, 3000)))

    assert picture.size == (LONGEST_SIDE, LONGEST_SIDE // 2)


async def test_what_a_camera_notes_is_left_out_and_the_picture_stands_upright() -> None:
    notes = Image.Exif()
    notes[CAMERA], notes[ORIENTATION] = "Camera of somebody", 6
    data = photo(exif=notes)
    (picture,) = (await pictures_of(data, "photo.jpg")).pages

    assert b"Camera of somebody" in data
    assert b"Camera of somebody" not in picture.jpeg
    assert Image.open(io.BytesIO(picture.jpeg)).size == (200, 300)


async def test_what_is_transparent_is_white_as_paper_is() -> None:
    made = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(made, "PNG")
    (picture,) = await seen(made.getvalue())

    assert picture.convert("L").getpixel((5, 5)) == 255


async def test_a_scan_is_as_many_pictures_as_it_has_pages_up_to_ten() -> None:
    pages = [lines(f"Page {number}") for number in range(1, MOST_PICTURES + 3)]
    pictures = await pictures_of(pdf_of(pages), "scan.pdf")
    short = await pictures_of(pdf_of(pages[:2]), "scan.pdf")

    assert [one.number for one in pictures.pages] == list(range(1, MOST_PICTURES + 1))
    assert all(Image.open(io.BytesIO(one.jpeg)).size[1] == LONGEST_SIDE for one in pictures.pages)
    assert (pictures.whole, short.whole) == (False, True)


async def test_some_pages_of_a_document_are_pictures_and_keep_their_numbers() -> None:
    pages = [lines(f"Page {number}") for number in range(1, 31)]
    some = await pictures_of(pdf_of(pages), "notes.pdf", [7, 3])
    many = await pictures_of(pdf_of(pages), "notes.pdf", range(2, 30))
    (other,) = (await pictures_of(pdf_of(pages), "notes.pdf", [3])).pages

    assert [one.number for one in some.pages] == [7, 3]
    assert some.pages[1].jpeg == other.jpeg != some.pages[0].jpeg
    assert [one.number for one in many.pages] == list(range(2, 2 + MOST_PICTURES))
    assert (some.whole, some.placed, many.whole) == (True, True, False)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (photo()[:400], Reason.DAMAGED),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), Reason.DAMAGED),
        (photo("PNG", (9000, 9000), "1"), Reason.TOO_BIG),
        (b"The cell is the unit of life.", Reason.DAMAGED),
    ],
    ids=["half a photo", "nothing behind the mark", "81 million dots in some kilobytes", "a text"],
)
async def test_what_is_no_picture_or_too_large_a_one_is_refused(data: bytes, reason: Reason) -> None:
    with pytest.raises(NotConverted) as refusal:
        await pictures_of(data, "photo.jpg")

    assert refusal.value.reason is reason
