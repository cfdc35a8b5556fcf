"""The page in parts: sections of scenes, each shown in both languages beside each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from delivery.words import LANGUAGES
from tests.messages_page.phone import Piece

Shown = Mapping[str, Sequence[Piece]]
"""Language → what appears, in order."""


@dataclass(frozen=True)
class Scene:
    """Something that a student does or that happens, and what they see of it."""

    title: str
    shown: Shown

    def markdown(self) -> str:
        """The scene as a table of one row: English, Russian."""
        cells = "\n\n</td><td>\n\n".join(_block(self.shown[language]) for language in LANGUAGES)
        return f"**{self.title}**\n\n<table><tr><td>\n\n{cells}\n\n</td></tr></table>\n"


@dataclass(frozen=True)
class Section:
    """Scenes of one kind."""

    title: str
    about: str
    scenes: Sequence[Scene]

    def markdown(self) -> str:
        """The section under its heading."""
        about = f"{self.about}\n\n" if self.about else ""
        return f"## {self.title}\n\n{about}" + "\n".join(scene.markdown() for scene in self.scenes)


def blocks(page: str) -> list[str]:
    """The text of each block of the page; English ones and Russian ones take turns."""
    return [part.partition("\n```")[0] for part in page.split("```text\n")[1:]]


def _block(pieces: Sequence[Piece]) -> str:
    return "```text\n" + "\n\n".join(piece.drawn() for piece in pieces) + "\n```"
