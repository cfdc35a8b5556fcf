"""The parameters of a call, from wherever Telegram takes them: query, form, multipart or JSON."""

import json
from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any, cast
from urllib.parse import parse_qsl

from starlette.requests import Request

from simulator.schema import Upload

JsonObject = dict[str, Any]

LARGEST_BODY = 60 * 1024 * 1024


class Unreadable(Exception):
    """The body cannot be read as what it claims to be; the text is Telegram's."""


async def read_parameters(request: Request) -> JsonObject:
    """All parameters; those in the body win over those in the address."""
    parameters: JsonObject = dict(request.query_params)
    body = await _read_body(request)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if not body:
        return parameters
    match kind:
        case "application/json":
            return parameters | _read_json(body)
        case "multipart/form-data":
            return parameters | _read_multipart(request.headers["content-type"], body)
        case "application/x-www-form-urlencoded":
            text = body.decode("utf-8", "replace")
            return parameters | dict(parse_qsl(text, keep_blank_values=True, errors="replace"))
        case _:
            raise Unreadable(f"the simulator does not read bodies of the type {kind or 'nothing at all'}")


async def _read_body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise Unreadable("request entity too large")
    return bytes(body)


def _read_json(body: bytes) -> JsonObject:
    try:
        parameters = json.loads(body)
    except (ValueError, RecursionError):
        raise Unreadable("can't parse request body as JSON") from None
    if not isinstance(parameters, dict):
        raise Unreadable("can't parse request body as JSON object")
    return cast("JsonObject", parameters)


def _read_multipart(content_type: str, body: bytes) -> JsonObject:
    # A multipart form is a MIME message without its headers, which the standard library reads.
    whole = BytesParser(policy=HTTP).parsebytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body)
    if not whole.is_multipart():
        raise Unreadable("can't parse request body as multipart/form-data")
    parameters: JsonObject = {}
    for part in cast("list[Message]", whole.get_payload()):
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if not isinstance(name, str) or not isinstance(content, bytes):
            raise Unreadable("can't parse request body as multipart/form-data")
        file_name = part.get_filename()
        if file_name is None:
            parameters[name] = content.decode("utf-8", "replace")
        else:
            parameters[name] = Upload(file_name, len(content))
    return parameters
