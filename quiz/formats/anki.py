"""A deck of cards for Anki (.apkg): writing. What does it is the extra `formats`."""

from collections.abc import Sequence
from hashlib import blake2b
from html import escape
from io import BytesIO
from typing import Any

from quiz.formats.exported import Exported, NotInstalled
from quiz.formats.shown_html import to_html
from quiz.question import Kind, Question

MODEL = 1_607_392_318
"""The id of our kind of card: Anki knows a kind of card again by it."""
LETTERS = "ABCDEFGHIJKL"
FIELDS = ("Question", "Options", "Answer", "Explanation", "Source")
ASKED = {Kind.SINGLE: "", Kind.MULTIPLE: "☑", Kind.TRUE_FALSE: ""}
FRONT = '<div class="question">{{Question}}</div>{{#Options}}<div class="options">{{Options}}</div>{{/Options}}'
BACK = (
    '{{FrontSide}}<hr id="answer"><div class="key">{{Answer}}</div>'
    '{{#Explanation}}<div class="why">{{Explanation}}</div>{{/Explanation}}'
    '{{#Source}}<div class="source">{{Source}}</div>{{/Source}}'
)
STYLE = """\
.card { font-family: sans-serif; font-size: 20px; text-align: left; max-width: 40em; margin: 0 auto; }
.options { margin-top: 1em; } .key { font-weight: bold; } .why { margin-top: 1em; }
.source { margin-top: 1em; font-size: 14px; color: gray; } pre { overflow-x: auto; }
"""


def write_anki(title: str, language: str, questions: Sequence[Question]) -> Exported:
    """A card for each question, known again when the deck is exported anew. Raises NotInstalled."""
    del language
    try:
        import genanki  # pyright: ignore[reportMissingTypeStubs]
    except ImportError:
        raise NotInstalled("decks for Anki") from None
    library: Any = genanki
    model = library.Model(
        MODEL,
        "Quiz",
        fields=[{"name": name} for name in FIELDS],
        templates=[{"name": "Quiz", "qfmt": FRONT, "afmt": BACK}],
        css=STYLE,
    )
    deck = library.Deck(_number(title), title or "Quiz")
    for question in questions:
        tags = [f"level-{question.level}"]
        deck.add_note(library.Note(model, list(_fields(question)), guid=_guid(title, question), tags=tags))
    package = BytesIO()
    # A time of its own: the same quiz makes the same file, whenever it is written.
    library.Package(deck).write_to_file(package, timestamp=float(_number(title)) / 1000)
    return Exported(package.getvalue())


def _fields(question: Question) -> Sequence[str]:
    options = list(zip(LETTERS, question.options, strict=False))
    is_statement = question.kind is Kind.TRUE_FALSE
    right = [(letter, option) for letter, option in options if option.id in question.key]
    answers = (to_html(one.text) if is_statement else f"{letter}. {to_html(one.text)}" for letter, one in right)
    source = question.source
    title = escape(source.title) if source else ""
    return (
        " ".join(filter(None, (to_html(question.stem), ASKED[question.kind]))),
        "" if is_statement else "<br>".join(f"{letter}. {to_html(one.text)}" for letter, one in options),
        "<br>".join(answers),
        to_html(question.explanation),
        f'<a href="{escape(source.url)}">{title}</a>' if source and source.url else title,
    )


def _number(title: str) -> int:
    """A number that the title alone decides, of the size that Anki has for ids."""
    return (1 << 40) + int.from_bytes(blake2b(title.encode(), digest_size=4).digest())


def _guid(title: str, question: Question) -> str:
    return blake2b(f"{title}\0{question.id}".encode(), digest_size=8).hexdigest()
