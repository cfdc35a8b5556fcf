"""The language that a quiz on a material is written in."""

from quiz.languages import scripts_of
from quiz.material import Material

SAMPLE = 20_000


def language_of(material: Material) -> str | None:
    """The language of a material, by its script; None where it has no letters."""
    text = "\n".join(passage.text for passage in material.passages)[:SAMPLE]
    scripts = scripts_of(text)
    if not scripts:
        return None
    return "ru" if scripts["CYRILLIC"] > scripts.total() / 2 else "en"
