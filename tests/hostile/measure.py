"""What the hostile corpus, and big documents that mean no harm, take of time and memory.

`python -m tests.hostile.measure` prints the table of `docs/material.md`; a part of a title after it measures those
pieces only.
"""

import random
import sys
from collections.abc import Iterator, Sequence

from generation.sources.conversion import Child, material_from
from generation.sources.refusal import NotConverted
from tests.documents import office
from tests.documents.pdf import lines, pdf_of, stream
from tests.hostile import bombs, unseen, words
from tests.hostile.piece import Piece

MEGABYTE = 1 << 20
SENTENCE = "Cell number {} divides on day {}, and both of its halves keep a nucleus of their own."
BIG = 20 * MEGABYTE - 60_000


def of_text(pages: int, rows: int = 45, extra: Sequence[bytes] = ()) -> bytes:
    """A PDF of so many pages of text, with these objects after them."""
    every_row = [[SENTENCE.format(page * rows + row, row) for row in range(rows)] for page in range(pages)]
    return pdf_of([lines(*page) for page in every_row], extra=extra)


def textbook() -> bytes:
    """A PDF of 20 MB: 600 pages of text, and pictures for the rest."""
    chance = random.Random(20)
    more = b"/Type /XObject /Subtype /Image /Width 1000 /Height 1000 /BitsPerComponent 8 /ColorSpace /DeviceGray"
    text = of_text(600, 30)
    pictures = [stream(chance.randbytes(MEGABYTE), more=more) for _ in range((BIG - len(text)) // (MEGABYTE + 400))]
    return of_text(600, 30, pictures)


def full_of_text() -> bytes:
    """A PDF of 20 MB of text alone."""
    pages = 1000
    size = len(of_text(pages)) / pages
    return of_text(int(BIG / size))


BENIGN = (
    Piece("PDF of 20 MB: 600 pages, and pictures", "book.pdf", textbook, says="nucleus"),
    Piece("PDF of 20 MB: text alone", "book.pdf", full_of_text, says="nucleus", whole=False),
    Piece(
        "Word: 5,000 paragraphs",
        "book.docx",
        lambda: office.word("".join(office.paragraph(" ".join([SENTENCE] * 5)) for _ in range(5_000))),
        says="nucleus",
        whole=False,
    ),
    Piece(
        "page of 5 MB",
        "page.html",
        lambda: words.page("<p>" + f"</p>\n<p>{SENTENCE} {SENTENCE}" * 27_000),
        says="nucleus",
        whole=False,
    ),
)


def rows(part: str) -> Iterator[str]:
    """A row of the table for each piece whose title has this part."""
    for piece in (*BENIGN, *words.PIECES, *unseen.PIECES, *bombs.PIECES):
        if part in piece.title:
            yield row(piece)


def row(piece: Piece) -> str:
    """What became of a piece, and what it took."""
    data = piece.make()
    child = Child(data, piece.name)
    try:
        material = material_from(child.run())
        number = len(material.passages)
        became = f"{'' if material.whole else 'the first '}{number} passage{'' if number == 1 else 's'}"
    except NotConverted as refusal:
        became = f"refused: `{refusal.reason.value}`"
    peak = f"{child.peak / MEGABYTE:.0f} MB" if child.peak else "crashed"
    return f"| {piece.title} | {size(len(data))} | {became} | {child.cpu_seconds:.1f} s | {peak} |"


def size(count: int) -> str:
    """So many bytes, as people say it."""
    if count < MEGABYTE // 10:
        return f"{count / 1024:.1f} KB"
    return f"{count / MEGABYTE:.1f} MB"


def main() -> None:
    """Print the table, row by row as they are measured."""
    sys.stdout.write("| what is sent | size | what becomes of it | CPU time | peak memory |\n|---|---|---|---|---|\n")
    for one in rows(" ".join(sys.argv[1:])):
        sys.stdout.write(f"{one}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
