"""Which newer forms of messages this deployment's Telegram takes: known at the start, kept as it is found out."""

import structlog

from delivery.forms import Form, Forms
from storage.connection import Storage
from storage.errors import StorageUnavailable
from storage.forms import NewerForms

log = structlog.stdlib.get_logger(__name__)


async def read_forms(storage: Storage, *, enabled: bool) -> Forms:
    """What was said to each form within a week; raises `StorageUnavailable`."""
    kept = NewerForms(storage)

    async def remember(form: Form, taken: bool) -> None:
        log.info("a newer form of message was tried", form=form.value, taken=taken)
        try:
            await kept.was_taken(form, taken=taken)
        except StorageUnavailable as error:
            # The message is out; another process, or the next start, finds out for itself.
            log.warning("what Telegram takes was not kept", form=form.value, reason=str(error))

    return Forms(await kept.known(Form), remember, enabled=enabled)
