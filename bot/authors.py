"""Opens what calls models: whoever writes quizzes, and whoever reads pictures."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.settings import Settings

if TYPE_CHECKING:
    from generation.author import Author
    from generation.picture_reader import PictureReader


@asynccontextmanager
async def open_author(settings: Settings, *, works: bool) -> AsyncGenerator["Author"]:
    """Whoever writes quizzes, with the models of the settings where this process works."""
    from generation.author import Author  # half a second, beside what else is opened

    author = Author(settings.models if works else (), settings.check_model, small=settings.small_models)
    try:
        yield author
    finally:
        await author.aclose()


@asynccontextmanager
async def open_picture_reader(settings: Settings) -> AsyncGenerator["PictureReader | None"]:
    """Whoever reads photos and scans, with the model of the settings; None without one."""
    if settings.picture_model is None:
        yield None
        return
    from generation.models import Model
    from generation.picture_reader import PictureReader

    model = Model(settings.picture_model)
    try:
        yield PictureReader(model)
    finally:
        await model.aclose()
