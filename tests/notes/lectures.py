"""Lecture notes that enough can be asked about, in English and in Russian, and the files that they come in."""

from aiohttp import web

from tests.documents import office
from tests.documents.pdf import lines, pdf_of

VOLCANOES = (
    "Mount Vesuvius erupted in the year 79 and buried the town of Pompeii.",
    "Krakatoa erupted in 1883 and was heard 4,800 kilometres away.",
    "Magma is molten rock that is found below the surface of the Earth.",
    "Lava is molten rock that has reached the surface of the Earth.",
    "The crater of Mount Tambora is 1,100 metres deep.",
    "Basalt is a dark rock that forms when lava cools quickly.",
    "Pumice is a light rock that is full of bubbles of gas.",
    "Mount Etna is 3,357 metres high.",
)
RIVERS = (
    "Волга — самая длинная река Европы.",
    "Длина Волги составляет 3530 километров.",
    "Байкал — самое глубокое озеро мира.",
    "Глубина Байкала составляет 1642 метра.",
    "Исток — это место, где начинается река.",
    "Устье — это место, где река впадает в море или в озеро.",
    "Пойма — это часть долины, которую река заливает в половодье.",
    "Днепрогэс был построен в 1932 году.",
)
TEXT, RUSSIAN_TEXT = "\n".join(VOLCANOES), "\n".join(RIVERS)


def a_pdf() -> bytes:
    """The lecture on volcanoes on two pages."""
    return pdf_of([lines("Volcanoes of the world", *VOLCANOES[:4]), lines("More volcanoes", *VOLCANOES[4:])])


def a_presentation() -> bytes:
    """The same on two slides."""
    halves = (VOLCANOES[:4], VOLCANOES[4:])
    return office.slides(*(("Volcanoes", [(0, one) for one in half], "") for half in halves))


def a_word_document() -> bytes:
    """The same in paragraphs."""
    return office.word("".join(map(office.paragraph, VOLCANOES)))


def web_page() -> web.Response:
    """The lecture on volcanoes as a page with a title."""
    body = "".join(f"<p>{sentence}</p>" for sentence in VOLCANOES)
    html = f"<!doctype html><title>Volcanoes of the world</title><body><article>{body}</article></body>"
    return web.Response(text=html, content_type="text/html")
