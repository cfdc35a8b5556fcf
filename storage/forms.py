"""Newer forms of messages, which not every Bot API server takes: what this deployment's said to each."""

from storage import keys
from storage.connection import Storage

TAKEN, REFUSED = "taken", "refused"


class NewerForms:
    """A form is tried once; one that was refused is left alone for a week, and the plain form used instead."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    async def may_be_used(self, form: str) -> bool:
        """Whether the form was taken, or not tried yet."""
        return await self._storage.get(keys.form(form)) != REFUSED

    async def was_taken(self, form: str, *, taken: bool) -> None:
        """Keep what Telegram said."""
        await self._storage.set(keys.form(form), TAKEN if taken else REFUSED, keys.FORM)
