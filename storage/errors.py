"""What can be the matter with storage."""


class StorageUnavailable(Exception):
    """Redis cannot take or give records now; whatever was asked may be asked again later."""


class UnknownRecord(Exception):
    """A record of a version that this release does not know."""
