"""The way to Telegram as the environment says: proxies, and whose certificates are believed."""

import asyncio
import base64
import ssl
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
import trustme
from telegram.error import NetworkError

from bot.network import Network, network_to
from bot.request import TelegramRequest
from bot.settings import WrongSettings
from tests.request.calls import TOKEN, assert_tells_nothing, method
from tests.request.scripted_telegram import ScriptedTelegram, says

PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")
HERE = "http://127.0.0.1:8081"
THERE = "https://api.telegram.org"


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
async def secure(authority: trustme.CA) -> AsyncGenerator[ScriptedTelegram]:
    """The server, spoken to by TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)  # pyright: ignore[reportUnknownMemberType] - takes those of pyOpenSSL too
    async with ScriptedTelegram.running(context) as telegram:
        yield telegram


def trust(authority: trustme.CA, folder: Path) -> str:
    """A file that says so."""
    file = folder / "trusted.pem"
    authority.cert_pem.write_to_path(str(file))
    return str(file)


@pytest.mark.parametrize(
    ("environment", "url", "proxy"),
    [
        ({}, THERE, None),
        ({"HTTPS_PROXY": "http://proxy:3128"}, THERE, "http://proxy:3128"),
        ({"https_proxy": "http://proxy:3128"}, THERE, "http://proxy:3128"),
        ({"HTTPS_PROXY": "proxy:3128"}, THERE, "http://proxy:3128"),
        ({"ALL_PROXY": "http://all:3128"}, THERE, "http://all:3128"),
        ({"ALL_PROXY": "http://all:3128", "HTTPS_PROXY": "http://proxy:3128"}, THERE, "http://proxy:3128"),
        ({"HTTPS_PROXY": "http://proxy:3128"}, HERE, None),
        ({"HTTP_PROXY": "http://proxy:3128"}, HERE, "http://proxy:3128"),
        ({"HTTPS_PROXY": ""}, THERE, None),
        ({"HTTPS_PROXY": "http://proxy:3128", "NO_PROXY": "localhost,.telegram.org"}, THERE, None),
        ({"HTTPS_PROXY": "http://proxy:3128", "NO_PROXY": "*"}, THERE, None),
        ({"HTTPS_PROXY": "http://proxy:3128", "NO_PROXY": "example.org"}, THERE, "http://proxy:3128"),
        ({"HTTP_PROXY": "http://proxy:3128", "NO_PROXY": "127.0.0.1:8081"}, HERE, None),
        ({"HTTP_PROXY": "http://proxy:3128", "NO_PROXY": "127.0.0.1:9"}, HERE, "http://proxy:3128"),
    ],
)
def test_the_proxy_is_the_one_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], url: str, proxy: str | None
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert network_to(url).proxy == proxy


@pytest.mark.parametrize("proxy", ["socks5://ann:secret@proxy:1080", "http://", "http://ann:secret@proxy:port"])
def test_a_proxy_that_cannot_be_used_is_one_clear_line(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy)

    with pytest.raises(WrongSettings, match="HTTPS_PROXY") as raised:
        network_to(THERE)

    assert_tells_nothing(raised.value, "secret", "ann")


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_certificates_that_cannot_be_read_are_one_clear_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: str | None
) -> None:
    file = tmp_path / "trusted.pem"
    if content:
        file.write_text(content)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))

    with pytest.raises(WrongSettings, match="SSL_CERT_FILE"):
        network_to(THERE)


def test_certificates_are_read_for_https_only() -> None:
    assert network_to(HERE).certificates is None
    context = network_to(THERE).certificates
    assert context
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.cert_store_stats()["x509_ca"] > 50


async def test_who_is_trusted_is_said_by_the_environment(
    secure: ScriptedTelegram, authority: trustme.CA, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", trust(authority, tmp_path))

    async with TelegramRequest(network_to(secure.url), 2, read_timeout=20) as request:
        assert await asyncio.gather(*(request.post(method(secure)) for _ in range(2))) == [True, True]
        assert await request.post(method(secure)) is True

    assert secure.connections == 2


def test_a_folder_of_certificates_takes_the_place_of_the_worlds(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))

    context = network_to(THERE).certificates

    assert context
    assert context.cert_store_stats()["x509_ca"] == 0


async def test_a_stranger_in_telegrams_place_is_told_nothing(secure: ScriptedTelegram) -> None:
    async with TelegramRequest(network_to(secure.url), 1) as request:
        with pytest.raises(NetworkError) as raised:
            await request.post(method(secure))

    assert_tells_nothing(raised.value, TOKEN)
    assert "Certificate" in str(raised.value)
    assert secure.calls == []


async def test_calls_go_through_the_proxy_with_its_password(
    telegram: ScriptedTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", telegram.url.replace("://", "://ann:pass%20word@"))
    url = f"http://api.telegram.invalid/bot{TOKEN}/getMe"

    async with TelegramRequest(network_to(url), 1, read_timeout=20) as request:
        assert await request.post(url) is True
        assert await request.post(url) is True

    for call in telegram.calls:
        assert call.target == url
        assert base64.b64decode(call.headers["proxy-authorization"].removeprefix("Basic ")) == b"ann:pass word"
    assert telegram.connections == 1


async def test_calls_by_tls_go_through_a_tunnel_that_does_not_see_them(
    secure: ScriptedTelegram, authority: trustme.CA, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", trust(authority, tmp_path))
    async with tunnel() as (address, asked):
        monkeypatch.setenv("HTTPS_PROXY", address)
        async with TelegramRequest(network_to(secure.url), 1, read_timeout=20) as request:
            assert await request.post(method(secure)) is True

    assert asked[0].startswith(f"CONNECT {secure.url.removeprefix('https://')} HTTP/1.1\r\n".encode())
    assert b"Proxy-Authorization: Basic " in asked[0]
    assert TOKEN.encode() not in b"".join(asked)
    assert "proxy-authorization" not in secure.calls[0].headers


async def test_a_proxy_that_refuses_is_a_failing_network(telegram: ScriptedTelegram) -> None:
    telegram.answers = [says(407, b"<html>who are you?</html>")]
    network = Network(telegram.url, ssl.create_default_context())
    async with TelegramRequest(network, 1, read_timeout=20) as request:
        with pytest.raises(NetworkError) as raised:
            await request.post(f"https://api.telegram.invalid/bot{TOKEN}/getMe")

    assert type(raised.value) is NetworkError
    assert_tells_nothing(raised.value, TOKEN, "who are you")


@asynccontextmanager
async def tunnel() -> AsyncGenerator[tuple[str, list[bytes]]]:
    """A proxy that connects whoever asks; its address with a password, and what it was told."""
    asked: list[bytes] = []
    relaying: set[asyncio.Task[None]] = set()

    async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, keeps: bool) -> None:
        with suppress(ConnectionError):
            while piece := await reader.read(65_536):
                if keeps:
                    asked.append(piece)
                writer.write(piece)
        writer.close()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        relaying.add(asyncio.ensure_future(connect(reader, writer)))

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        host, port = asked[0].split(b" ")[1].decode().split(":")
        there, back = await asyncio.open_connection(host, int(port))
        writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")
        await asyncio.gather(relay(reader, back, keeps=True), relay(there, writer, keeps=False))

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    try:
        yield f"http://ann:secret@127.0.0.1:{server.sockets[0].getsockname()[1]}", asked
    finally:
        server.close()
        await asyncio.gather(*relaying)
