"""What stands for a person where it must not be known who it was."""

import hashlib
import hmac
import secrets

from storage import keys
from storage.connection import Storage

SECRET_BYTES = 32


async def mark_of(storage: Storage, user: int, *about: str) -> str:
    """The mark of a person who reported this: the same for ever, and of no use without the secret.

    Another for each question, so that nobody sees what else the same person reported.
    """
    await storage.write(keys.SECRET, "SET", keys.SECRET, secrets.token_hex(SECRET_BYTES), "NX")
    secret = await storage.get(keys.SECRET)
    return hmac.digest(str(secret).encode(), " ".join([*about, str(user)]).encode(), hashlib.sha256).hex()
