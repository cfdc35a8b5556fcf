"""The words of questions and explanations, in both languages."""

from collections.abc import Mapping
from types import MappingProxyType

GAP = "____"

PHRASES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "en": {
            "described": "What is described here: “{}”?",
            "description": "Which description fits “{}”?",
            "description of several": "Which description fits “{}”?",
            "true": "Which of these statements is true?",
            "statement": "Is this statement true?\n{}",
            "belongs": "Which of these belongs to “{}”?",
            "belong": "Which of these belong to “{}”?",
            "next": "What comes right after “{}”?",
            "highest": "Which of these has the highest {}?",
            "lowest": "Which of these has the lowest {}?",
            "greatest": "Which of these has the greatest {}?",
            "smallest": "Which of these has the smallest {}?",
            "most": "Which of these has the most {}?",
            "fewest": "Which of these has the fewest {}?",
            "quote": "“{}”",
        },
        "ru": {
            "described": "О чём это сказано: «{}»?",
            "description": "Какое описание подходит к слову «{}»?",
            "description of several": "Какое описание подходит к словам «{}»?",
            "true": "Какое из этих утверждений верно?",
            "statement": "Верно ли это утверждение?\n{}",
            "belongs": "Что из этого относится к разделу «{}»?",
            "belong": "Что из этого относится к разделу «{}»?",
            "next": "Что идёт сразу после этого: «{}»?",
            "greatest": "У чего из этого показатель «{}» самый большой?",
            "smallest": "У чего из этого показатель «{}» самый маленький?",
            "quote": "«{}»",
        },
    }
)


def description_of(language: str, term: str) -> str:
    """The question which description fits a term of one word or several."""
    return phrase(language, "description of several" if " " in term else "description", term)


def phrase(language: str, name: str, *parts: object) -> str:
    """A phrase with its gaps filled."""
    return PHRASES[language][name].format(*parts)
