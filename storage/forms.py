"""Newer forms of messages, which not every Bot API server takes: what this deployment's said to each."""

from collections.abc import Iterable

from storage import keys
from storage.connection import Storage

TAKEN, REFUSED = "taken", "refused"


class NewerForms:
    """What was said to a form is kept for a week: by then the server may be a newer one."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    async def known(self, forms: Iterable[str]) -> dict[str, bool]:
        """Whether each of these forms was taken; one that was not tried yet is left out."""
        said = {form: await self._storage.get(keys.form(form)) for form in forms}
        return {form: word == TAKEN for form, word in said.items() if word is not None}

    async def was_taken(self, form: str, *, taken: bool) -> None:
        """Keep what Telegram said."""
        await self._storage.set(keys.form(form), TAKEN if taken else REFUSED, keys.FORM)
