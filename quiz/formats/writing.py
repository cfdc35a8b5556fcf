"""The formats that a quiz is written in, by their names."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from quiz.formats import aiken, csv_file, gift, moodle_xml, quiz_json, xlsx_file
from quiz.formats.aiken import write_aiken
from quiz.formats.anki import write_anki
from quiz.formats.csv_file import write_csv
from quiz.formats.exported import Exported
from quiz.formats.gift_writer import write_gift
from quiz.formats.moodle_xml_writer import write_moodle_xml
from quiz.formats.printed import write_pdf
from quiz.formats.quiz_json import write_json
from quiz.formats.xlsx_file import write_xlsx
from quiz.question import Question

Writer = Callable[[str, str, Sequence[Question]], Exported]
"""Takes title, language and questions."""
PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Format:
    """A format: how its files end, and what writes them."""

    ending: str
    write: Writer


FORMATS: Mapping[str, Format] = {
    gift.NAME: Format("gift", write_gift),
    aiken.NAME: Format("txt", write_aiken),
    moodle_xml.NAME: Format("xml", write_moodle_xml),
    csv_file.NAME: Format("csv", write_csv),
    xlsx_file.NAME: Format("xlsx", write_xlsx),
    quiz_json.NAME: Format("json", write_json),
    "anki": Format("apkg", write_anki),
    PDF: Format("pdf", write_pdf),
}
"""The last two are written only. A PDF can be had without keys."""
