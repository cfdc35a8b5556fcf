"""Fetching what people sent from Telegram; neither the address, in which the token stands, nor a name is ever told."""

from telegram.error import BadRequest, InvalidToken, TelegramError
from telegram.ext import ExtBot

from delivery.failures import NotNow
from delivery.priority import Priority

AGAIN_SECONDS = 1.0
READ_SECONDS = 20.0
"""Between one piece of a file and the next."""


class NotDelivered(Exception):
    """Telegram does not give the file, and will not: it is too big, or gone."""


async def download(bot: ExtBot[Priority], file: str, most: int) -> bytes:
    """The content of a file of at most so many bytes; raises NotDelivered, and NotNow when it may be asked again."""
    try:
        found = await bot.get_file(file)
        if (found.file_size or 0) > most or not found.file_path:
            raise NotDelivered
        return bytes(await found.download_as_bytearray(read_timeout=READ_SECONDS))
    except (BadRequest, InvalidToken):  # the latter is python-telegram-bot's name for every 404
        raise NotDelivered from None
    except TelegramError:
        raise NotNow(AGAIN_SECONDS) from None
