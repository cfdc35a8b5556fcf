"""A small deck as it stands in files, for tests to spoil."""

from collections.abc import Mapping
from pathlib import Path

DESCRIPTION = """\
name: stars
subject: astronomy
title: {en: Stars, ru: Звёзды}
names:
  en: [stars, the stars]
  ru: [звёзды]
sources:
  nasa:
    title: {en: NASA, ru: НАСА}
    url: https://nasa.gov
"""
COMMENT = "// [id:nearest] [tag:level-2] [tag:source-nasa]\n"
ENGLISH = COMMENT + "Which star is nearest? {~Sirius =The Sun ~Vega ####The light of the Sun takes 8 minutes to us.}\n"
RUSSIAN = COMMENT + "Какая звезда ближе всех? {~Сириус =Солнце ~Вега ####Свет Солнца идёт до нас 8 минут.}\n"
FILES = {"deck.yaml": DESCRIPTION, "en.gift": ENGLISH, "ru.gift": RUSSIAN}


def encoded(files: Mapping[str, str]) -> dict[str, bytes]:
    """The files as they are on a disk."""
    return {name: text.encode() for name, text in files.items()}


def write_deck(place: Path, name: str = "stars", **files: str) -> Path:
    """Write a folder with the deck: `yaml`, `en` and `ru` are other texts of its files; an empty one is left out."""
    folder = place / name
    folder.mkdir(parents=True, exist_ok=True)
    changed = {"deck.yaml" if key == "yaml" else f"{key}.gift": text for key, text in files.items()}
    own = {"deck.yaml": DESCRIPTION.replace("name: stars", f"name: {name}")}
    for file, text in (FILES | own | changed).items():
        if text:
            (folder / file).write_text(text, "utf-8")
    return folder
