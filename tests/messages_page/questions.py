"""What the model of the page writes."""

from tests.generation.written import line

EXPLAINED = {
    "en": "Measurements of many probes show it, and tables of the planets list it.",
    "ru": "Это показали измерения многих аппаратов, так и стоит в таблицах планет.",
}
SOURCE = {"en": "An atlas of the planets", "ru": "Атлас планет"}
PLANETS = {
    "en": {
        "Which planet is the hottest one on average?": ("Venus", "Mercury", "Mars", "Jupiter"),
        "Which planet has the most mass of all?": ("Jupiter", "Saturn", "Neptune", "Uranus"),
        "What gives Mars its reddish colour?": ("Iron oxide", "Copper dust", "Red algae", "Hot lava"),
    },
    "ru": {
        "На какой планете в среднем жарче всего?": ("Венера", "Меркурий", "Марс", "Юпитер"),
        "У какой планеты самая большая масса?": ("Юпитер", "Сатурн", "Нептун", "Уран"),
        "Что придаёт Марсу красноватый цвет?": ("Оксид железа", "Медная пыль", "Водоросли", "Лава"),
    },
}
"""Language → question → options, the right one first."""
KNOWN = {stem: [options[0]] for planets in PLANETS.values() for stem, options in planets.items()}
"""What a solver must know to solve them."""


def written(language: str, number: int, *, right: bool = True) -> str:
    """A question as a model writes it, its key right or wrong."""
    stem, options = list(PLANETS[language].items())[number]
    source = SOURCE[language]
    return line(
        stem,
        options,
        right=[0 if right else 1],
        explanation=EXPLAINED[language],
        source=source if number == 0 else None,
    )
