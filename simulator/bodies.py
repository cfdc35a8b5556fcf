"""The parameters of a call, from wherever Telegram takes them: query, form, multipart or JSON."""

import json
from email.parser import Parser
from email.utils import collapse_rfc2231_value
from typing import Any, cast
from urllib.parse import parse_qsl

from starlette.requests import Request

from simulator.uploads import Upload

JsonObject = dict[str, Any]

# Somewhat more than the largest file that a bot may send.
LARGEST_BODY = 60 * 1024 * 1024


class Unreadable(Exception):
    """The body cannot be read as what it claims to be; the text is Telegram's."""

    def __init__(self, says: str, code: int = 400) -> None:
        super().__init__(says)
        self.code = code


async def read_parameters(request: Request) -> JsonObject:
    """All parameters; those in the body win over those in the address."""
    body = await _read_body(request)
    return dict(request.query_params) | parse_body(request.headers.get("content-type", ""), body)


def parse_body(content_type: str, body: bytes) -> JsonObject:
    """The parameters in a body of this type; none where it is empty."""
    kind = content_type.partition(";")[0].strip().lower()
    if not body:
        return {}
    match kind:
        case "application/json":
            return _read_json(body)
        case "multipart/form-data":
            return _read_multipart(content_type, body)
        case "application/x-www-form-urlencoded":
            text = body.decode("utf-8", "replace")
            return dict(parse_qsl(text, keep_blank_values=True, errors="replace"))
        case _:
            raise Unreadable(f"the simulator does not read bodies of the type {kind or 'nothing at all'}")


async def _read_body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise Unreadable("Request Entity Too Large", 413)
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
    boundary = _text(Parser().parsestr(f"Content-Type: {content_type}").get_param("boundary"))
    # Every part but the first is preceded by a line end, which belongs to the boundary.
    first, *parts = (b"\r\n" + body).split(b"\r\n--" + boundary.encode("ascii", "replace"))
    if not boundary or first.strip() or not parts or not parts.pop().startswith(b"--"):
        raise Unreadable("can't parse request body as multipart/form-data")
    return dict(_read_part(part) for part in parts)


def _read_part(part: bytes) -> tuple[str, object]:
    head, blank, content = part.partition(b"\r\n\r\n")
    headers = Parser().parsestr(head.lstrip(b"\r\n").decode("utf-8", "replace"), headersonly=True)
    name = _text(headers.get_param("name", header="content-disposition"))
    if not (blank and name):
        raise Unreadable("can't parse request body as multipart/form-data")
    file_name = headers.get_filename()
    if file_name is None:
        return name, content.decode("utf-8", "replace")
    # Browsers and httpx write a quotation mark so.
    shown = _text(file_name).replace("%22", '"')
    return name, Upload(shown, content, headers.get_content_type() if "content-type" in headers else "")


def _text(parameter: object) -> str:
    """A parameter of a header; empty when it is missing."""
    if isinstance(parameter, tuple):  # as RFC 2231 writes it: character set, language, text
        return collapse_rfc2231_value(cast("tuple[str, str, str]", parameter))
    return parameter if isinstance(parameter, str) else ""
