"""The words of questions and explanations, in both languages."""

from collections.abc import Mapping
from types import MappingProxyType

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
        },
    }
)


def phrase(language: str, name: str, *parts: object) -> str:
    """A phrase with its gaps filled."""
    return PHRASES[language][name].format(*parts)
