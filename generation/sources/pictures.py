"""Pictures that a model is to read: photos, and the pages of a scan; small, and without what a camera notes beside."""

import io
from collections.abc import Iterator, Sequence
from typing import Any

from PIL import Image, ImageOps

from generation.sources.pdf_lines import open_pdf
from generation.sources.refusal import NotConverted, Reason

MOST_PICTURES = 10
"""Pages of one document."""
LONGEST_SIDE = 2000
"""Dots: letters of a page are read at these, and models shrink what is larger."""
MOST_DOTS = 40_000_000
QUALITY = 80
"""Of JPEG."""


def make_ready() -> None:
    """Import what Pillow imports late: once this process is sealed nothing can be."""
    Image.init()
    for kind in ("JPEG", "PNG", "WEBP", "GIF"):
        made = io.BytesIO()
        Image.new("RGB", (8, 8)).save(made, kind)
        _jpeg(Image.open(made))


def pages_in(data: bytes) -> int:
    """How many pages there are to be read."""
    return len(open_pdf(data)) if b"%PDF-" in data[:1024] else 1


def read(data: bytes, pages: Sequence[int] = ()) -> Iterator[tuple[int, bytes]]:
    """These pages, or the first ones, as JPEG, each with its number; a photo is one page.

    Raises NotConverted for no picture at all.
    """
    Image.MAX_IMAGE_PIXELS = MOST_DOTS // 2  # Pillow refuses twice as many
    if b"%PDF-" in data[:1024]:
        yield from _pages(data, pages)
        return
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP", "GIF")) as picture:
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            yield 1, _jpeg(picture)
    except Image.DecompressionBombError:
        raise NotConverted(Reason.TOO_BIG) from None
    except (OSError, SyntaxError, ValueError):
        raise NotConverted(Reason.DAMAGED) from None


def _pages(data: bytes, pages: Sequence[int]) -> Iterator[tuple[int, bytes]]:
    document = open_pdf(data)
    for number in (pages or range(1, len(document) + 1))[:MOST_PICTURES]:
        page: Any = document[number - 1]
        scale = LONGEST_SIDE / max(page.get_size(), default=1.0)
        bitmap = page.render(scale=min(scale, 4.0))
        yield number, _jpeg(bitmap.to_pil())
        bitmap.close()
        page.close()


def _jpeg(picture: Image.Image) -> bytes:
    """The picture upright and as small as it may be; where it was taken, and by what, is not in it."""
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if upright.mode not in {"RGB", "L"}:
        with_alpha = upright.convert("RGBA")
        upright = Image.new("RGB", with_alpha.size, "white")
        upright.paste(with_alpha, mask=with_alpha.getchannel("A"))
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
