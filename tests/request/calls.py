"""What calls are made of, and what must not be in an error."""

from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from tests.request.scripted_telegram import ScriptedTelegram

TOKEN = "123456:of-nobody"  # noqa: S105 - of a bot that is not there
SECRET = "the page of a proxy, which knows who you are"  # noqa: S105 - no password


def data(**fields: object) -> RequestData:
    """Parameters, as python-telegram-bot hands them to a request."""
    return RequestData([RequestParameter.from_input(name, value) for name, value in fields.items()])


def method(telegram: ScriptedTelegram, name: str = "sendMessage") -> str:
    """The address of a method."""
    return f"{telegram.url}/bot{TOKEN}/{name}"


def file(telegram: ScriptedTelegram) -> str:
    """The address of a file."""
    return f"{telegram.url}/file/bot{TOKEN}/documents/1"


def assert_tells_nothing(error: BaseException | None, *secrets: str) -> None:
    """Neither an error nor what led to it has them in its text."""
    while error is not None:
        assert not any(secret in f"{error} {error!r}" for secret in secrets)
        error = error.__cause__ or error.__context__
