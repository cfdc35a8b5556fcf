"""Records that are JSON, `[version, value]`: the version is looked at before the form, which it decides."""

from typing import TypeVar, cast

from pydantic import TypeAdapter
from pydantic_core import from_json

from storage.errors import UnknownRecord

T = TypeVar("T")


def read_record(form: TypeAdapter[tuple[int, T]], record: str, known: int) -> T:
    """What a record holds; raises `UnknownRecord` when it is not of the known version."""
    version = cast("list[object]", from_json(record))[0]
    if version != known:
        raise UnknownRecord(f"a record of version {version}, where {known} is known")
    return form.validate_json(record)[1]
