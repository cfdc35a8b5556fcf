"""PDFs: what their lines are is told from where they stand and how they look."""

import pytest

from generation.sources import pdf
from generation.sources.refusal import NotConverted, Reason
from quiz.material import PassageKind, PlaceKind
from tests.documents.pdf import Drawn, Page, Scan, Words, lines, pdf_of, stream
from tests.generation.sources.reading import material, passages, texts

BODY = (
    "The cell is the basic unit of life, and every organ-",
    "ism is made of cells. Each of them has a membrane",
    "and holds what it needs to live and to divide.",
)


def test_lines_are_joined_to_paragraphs_under_their_headings_on_their_pages() -> None:
    first = [*lines("Chapter 1. The cell", size=18, font="bold"), *lines(*BODY, top=720), *lines(*BODY, top=660)]
    second = [*lines("1.1 Plants", size=14, font="bold"), *lines("Plants turn light into sugar.", top=720)]
    whole = " ".join(BODY).replace("organ- ism", "organism")

    assert passages(pdf, pdf_of([first, second])) == [
        ("prose", f"{whole}\n{whole}", 1, "Chapter 1. The cell"),
        ("prose", "Plants turn light into sugar.", 2, "Chapter 1. The cell › 1.1 Plants"),
    ]


def test_what_repeats_on_every_page_and_page_numbers_are_dropped() -> None:
    pages = [
        [
            Words(f"Biology for beginners {number}", base=810),
            *lines(f"Fact {chr(64 + number)} is about the cells of plants and animals.", top=600),
            Words(f"- {number} -", left=290, base=30),
        ]
        for number in range(1, 7)
    ]

    assert texts(pdf, pdf_of(pages)) == [
        f"Fact {letter} is about the cells of plants and animals." for letter in "ABCDEF"
    ]


def test_a_paragraph_that_goes_on_over_the_page_stands_where_it_begins() -> None:
    document = pdf_of([lines("The nucleus of a cell holds"), lines("most of its DNA.", "")])

    found = material(pdf, document).passages
    assert [(one.text, one.place.number) for one in found] == [("The nucleus of a cell holds most of its DNA.", 1)]
    assert found[0].place.kind is PlaceKind.PAGE


def test_lists_tables_and_code_are_told_from_prose() -> None:
    rows = [("Part", "Size", "Number"), ("Nucleus", "6 um", "1"), ("Ribosome", "20 nm", "10 million")]
    table = [
        Words(cell, left=72 + 150 * column, base=500 - 14 * row)
        for row, cells in enumerate(rows)
        for column, cell in enumerate(cells)
    ]
    page = [
        *lines("These are the parts of a cell:", "- nucleus", "- ribosome, which makes", "proteins", "- membrane"),
        *table,
        *lines("for x in range(3):", "    print(x)", top=400, font="code"),
    ]
    found = passages(pdf, pdf_of([page]))

    assert ("table", "Part\tSize\tNumber\nNucleus\t6 um\t1\nRibosome\t20 nm\t10 million", 1, "") in found
    assert ("code", "for x in range(3):\n    print(x)", 1, "") in found
    assert found[0][1] == "These are the parts of a cell:\nnucleus\nribosome, which makes proteins\nmembrane"


def test_cyrillic_is_read_also_where_the_pdf_does_not_say_what_its_letters_are() -> None:
    words = "Клетка есть у всех живых организмов на Земле."
    misread = words.encode("cp1251").decode("latin-1")

    assert texts(pdf, pdf_of([lines(words)])) == [words]
    assert texts(pdf, pdf_of([lines(misread)])) == [words]


def test_a_table_of_contents_is_no_text() -> None:
    page = [*lines("Cells . . . . . . . . . 4", "Plants .......... 17"), *lines("Cells live and divide.", top=500)]

    assert texts(pdf, pdf_of([page])) == ["Cells live and divide."]


def test_a_pdf_without_words_has_no_passages() -> None:
    assert material(pdf, pdf_of([[], []])).passages == ()


@pytest.mark.parametrize("data", [b"%PDF-1.7\nnothing of it", pdf_of([lines("word")])[:200]])
def test_a_broken_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(NotConverted) as refused:
        pdf.read(data)

    assert refused.value.reason is Reason.DAMAGED


def test_code_is_found_by_its_letters() -> None:
    assert texts(pdf, pdf_of([lines("x = 1", font="code")]), PassageKind.CODE) == ["x = 1"]


def test_white_words_over_a_colour_and_words_of_a_scan_over_its_picture_are_read() -> None:
    band = Drawn("0.1 0.2 0.5 rg 60 690 400 30 re f")
    picture = Drawn("500 0 0 300 50 300 cm /Scan Do")
    more = b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray"
    page = [
        Drawn("1 1 1 rg 0 0 595 842 re f"),
        band,
        picture,
        Words("White words on a band of blue.", how="1 g"),
        Words("What was read from the scan is here.", base=400, how="3 Tr"),
        Words("White words on white paper.", base=200, how="1 g"),
        Words("Not drawn at all.", base=100, how="3 Tr"),
    ]
    document = pdf_of([page], extra=[stream(b"\x80", more=more)], resources=b"/XObject << /Scan 12 0 R >>")

    assert "\n".join(texts(pdf, document)) == "White words on a band of blue.\nWhat was read from the scan is here."


def test_of_a_line_only_the_letters_are_dropped_that_nobody_sees() -> None:
    page = [Words("The cell is alive.", how="0 g"), Words("It is dead.", left=200, how="1 g")]

    assert texts(pdf, pdf_of([page])) == ["The cell is alive."]


def test_words_that_run_off_the_page_are_read_as_far_as_they_stand_on_it() -> None:
    assert texts(pdf, pdf_of([[Words("abcdefghijklmnop qrstuvwxyz", left=500)]]))[0].startswith("abcdefghijklmnop")


@pytest.mark.parametrize(
    ("page", "is_picture"),
    [
        (Scan(), True),
        (Scan(lines("Scanned by somebody")), True),
        (Scan(share=0.4), False),
        (Scan(lines(*BODY)), False),
        (lines("Notes"), False),
        ([], False),
    ],
    ids=["a scan", "with a stamp", "a small picture", "text over a picture", "a word", "an empty page"],
)
def test_pages_that_are_pictures_are_named_and_the_others_read(page: Page, *, is_picture: bool) -> None:
    """Among pages with text; small pictures and empty pages have nothing that a reader would miss."""
    read = material(pdf, pdf_of([lines(*BODY), page, Scan(), lines(*BODY)]))

    assert read.pictured == ((2, 3) if is_picture else (3,))
    assert {1, 4} <= {one.place.number for one in read.passages}
