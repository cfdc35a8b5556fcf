"""What can be the matter with storage."""


class StorageUnavailable(Exception):
    """Redis cannot take or give records now; whatever was asked may be asked again later."""


class AccessRefused(StorageUnavailable):
    """Redis does not take the user or the password, or the user may not do what the bot needs."""


class NotTheRedis(StorageUnavailable):
    """What answers at the address is no Redis, or has no database of that number; the message says which."""


class UnknownRecord(Exception):
    """A record of a version that this release does not know."""
