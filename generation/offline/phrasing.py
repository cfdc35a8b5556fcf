"""The words of questions and explanations, in both languages."""

from collections.abc import Mapping
from types import MappingProxyType

from quiz.material import Place, PlaceKind

GAP = "____"

PHRASES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "en": {
            "described": "What is described here: “{}”?",
            "description": "Which description fits “{}”?",
            "true": "Which of these statements is true?",
            "statement": "Is this statement true?\n{}",
            "belongs": "Which of these belongs to “{}”?",
            "belong": "Which of these belong to “{}”?",
            "next": "What comes right after “{}”?",
            "highest": "Which of these has the highest value of “{}”?",
            "lowest": "Which of these has the lowest value of “{}”?",
            "quote": "“{}”",
            "under": "{}, “{}”: {}",
            "at": "{}: {}",
            "page": "Page {}",
            "slide": "Slide {}",
            "row": "Row {}",
            "line": "Line {}",
            "paragraph": "Paragraph {}",
            "message": "Message {}",
        },
        "ru": {
            "described": "О чём это сказано: «{}»?",
            "description": "Какое описание подходит: «{}»?",
            "true": "Какое из этих утверждений верно?",
            "statement": "Верно ли это утверждение?\n{}",
            "belongs": "Что из этого относится к разделу «{}»?",
            "belong": "Что из этого относится к разделу «{}»?",
            "next": "Что идёт сразу после этого: «{}»?",
            "highest": "Для чего из этого значение «{}» наибольшее?",
            "lowest": "Для чего из этого значение «{}» наименьшее?",
            "quote": "«{}»",
            "under": "{}, «{}»: {}",
            "at": "{}: {}",
            "page": "Страница {}",
            "slide": "Слайд {}",
            "row": "Строка {}",
            "line": "Строка {}",
            "paragraph": "Абзац {}",
            "message": "Сообщение {}",
        },
    }
)
PLACES: Mapping[PlaceKind, str] = MappingProxyType(
    {
        PlaceKind.PAGE: "page",
        PlaceKind.SLIDE: "slide",
        PlaceKind.SHEET_ROW: "row",
        PlaceKind.LINE: "line",
        PlaceKind.PARAGRAPH: "paragraph",
        PlaceKind.MESSAGE: "message",
    }
)


def phrase(language: str, name: str, *parts: object) -> str:
    """A phrase with its gaps filled."""
    return PHRASES[language][name].format(*parts)


def explanation(language: str, place: Place, words: str) -> str:
    """Where an answer stands, and the words that stand there."""
    where = phrase(language, PLACES[place.kind], place.number)
    quoted = phrase(language, "quote", words)
    return (
        phrase(language, "under", where, place.heading, quoted)
        if place.heading
        else phrase(language, "at", where, quoted)
    )
