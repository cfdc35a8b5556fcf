"""A web page by its address: fetched only from the public internet, only what a site gives to programs."""

import asyncio
import ssl
import zlib
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from enum import StrEnum
from functools import cache
from http import HTTPStatus
from importlib.metadata import version
from typing import NamedTuple

import certifi
from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, DummyCookieJar, InvalidURL, TCPConnector
from aiohttp.abc import AbstractResolver
from yarl import URL

from generation.sources.addresses import Gate, MayConnect, is_public

AGENT = "quizbot"
MOST_BYTES = 5 << 20
SECONDS = 20.0
"""A page may take them with all its redirects, and with what their sites say of robots."""
CONNECT_SECONDS = 5.0
SILENT_SECONDS = 10.0
MOST_OF_ROBOTS = 500_000
"""Bytes of a robots.txt that are read, as RFC 9309 asks at least."""
MOST_REDIRECTS = 5
MOST_OF_ADDRESS = 2_000
REDIRECTS = {301, 302, 303, 307, 308}
SCHEMES = {"http", "https"}
GONE = {404, 410}
NOT_FOR_US = {401, 402, 403, 407, 429, 451}
READ = (
    "text/",
    "application/xhtml",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/octet-stream",
)
"""Types of what may be a source; what it is, its bytes say."""
NOT_READ = ("text/css", "text/javascript")
GZIP_OR_ZLIB = zlib.MAX_WBITS | 32


class PageReason(StrEnum):
    """Why a page was not fetched."""

    NOT_AN_ADDRESS = "not_an_address"
    """It is no address of http or https, or it holds a password."""
    PRIVATE_ADDRESS = "private_address"
    """It leads into a private network or to this very machine, or to a port that pages are not at."""
    UNREACHABLE = "unreachable"
    """There is no such site, or it does not answer, or with an error of its own."""
    NOT_FOUND = "not_found"
    FORBIDDEN = "forbidden"
    """The site gives it only to who is signed in, or not to programs."""
    FORBIDDEN_BY_ROBOTS = "forbidden_by_robots"
    TOO_BIG = "too_big"
    TIMEOUT = "timeout"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    NOT_A_PAGE = "not_a_page"
    """It is a picture, a film, a program …"""
    NOT_INSTALLED = "not_installed"
    """Reading pages is the extra `[notes]`, which this bot was installed without."""


class NotFetched(Exception):
    """A page that could not be had."""

    def __init__(self, reason: PageReason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class Page(NamedTuple):
    """What was fetched; `url` is where it was in the end, after all redirects."""

    data: bytes
    content_type: str
    url: str


async def fetch_page(
    url: str,
    *,
    certificates: ssl.SSLContext | None = None,
    may_connect: MayConnect = is_public,
    resolver: AbstractResolver | None = None,
) -> Page:
    """A page of at most 5 MB, within 20 s and 5 redirects; an address without `http` is taken as one of https.

    Every connection goes to an address that was checked when it was made, whatever a name resolved to before: only the
    public internet, and ports 80, 443, 8080 and 8443. No proxy is used, since it would resolve names itself. Each site
    on the way is asked for its robots.txt first. No cookies, no passwords.

    `certificates` is what TLS trusts, else certifi's; `may_connect` and `resolver` are for tests. Raises NotFetched.
    """
    gate = Gate(may_connect)
    try:
        async with asyncio.timeout(SECONDS), _session(gate, certificates, resolver) as session:
            return await _Fetch(session).page(_address(url))
    except TimeoutError:
        raise NotFetched(PageReason.TIMEOUT) from None
    except InvalidURL:
        raise NotFetched(PageReason.NOT_AN_ADDRESS) from None
    except (ClientError, OSError, ValueError):
        raise NotFetched(PageReason.PRIVATE_ADDRESS if gate.has_refused else PageReason.UNREACHABLE) from None


@asynccontextmanager
async def _session(
    gate: Gate, certificates: ssl.SSLContext | None, resolver: AbstractResolver | None
) -> AsyncGenerator[ClientSession]:
    connector = TCPConnector(
        resolver=resolver,
        use_dns_cache=False,
        socket_factory=gate.socket,
        ssl=certificates or await asyncio.to_thread(_certificates),
        limit=2,
    )
    async with ClientSession(
        connector=connector,
        cookie_jar=DummyCookieJar(),
        auto_decompress=False,
        trust_env=False,
        timeout=ClientTimeout(total=None, sock_connect=CONNECT_SECONDS, sock_read=SILENT_SECONDS),
        headers={
            "User-Agent": f"{AGENT}/{version('quizbot')} (a quiz bot; reads a page that its user names)",
            "Accept": "text/html, application/xhtml+xml, text/plain, application/pdf;q=0.9, */*;q=0.1",
            "Accept-Encoding": "gzip",
        },
    ) as session:
        yield session


@cache
def _certificates() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=certifi.where())


class _Fetch:
    """One page and the redirects to it; what sites say of robots is asked once each."""

    def __init__(self, session: ClientSession) -> None:
        self._session = session
        self._robots: dict[URL, str] = {}

    async def page(self, url: URL) -> Page:
        """The page, wherever it is by now."""
        for _ in range(MOST_REDIRECTS + 1):
            await self._ask_robots(url)
            async with self._session.get(url, allow_redirects=False) as response:
                if response.status not in REDIRECTS:
                    return Page(await _body(response), response.content_type, str(response.url))
                url = _onward(response)
        raise NotFetched(PageReason.TOO_MANY_REDIRECTS)

    async def _ask_robots(self, url: URL) -> None:
        site = url.origin()
        if site not in self._robots:
            self._robots[site] = await self._said_of_robots(site / "robots.txt")
        said = self._robots[site]
        if said and not await asyncio.to_thread(_allows, said, url):
            raise NotFetched(PageReason.FORBIDDEN_BY_ROBOTS)

    async def _said_of_robots(self, url: URL) -> str:
        """What a site says; nothing where it says nothing. One that is in trouble is left alone."""
        for _ in range(MOST_REDIRECTS + 1):
            async with self._session.get(url, allow_redirects=False) as response:
                if response.status in REDIRECTS:
                    url = _onward(response)
                    continue
                if (
                    response.status >= HTTPStatus.INTERNAL_SERVER_ERROR
                    or response.status == HTTPStatus.TOO_MANY_REQUESTS
                ):
                    raise NotFetched(PageReason.FORBIDDEN_BY_ROBOTS)
                if response.status != HTTPStatus.OK:
                    return ""
                data = await _read(response, MOST_OF_ROBOTS, cut=True)
                return data.decode("utf-8-sig", "replace")
        return ""


def _address(text: str) -> URL:
    """An address that may be asked for; raises NotFetched for any other."""
    text = text.strip()
    try:
        url = URL(text if "://" in text else f"https://{text}")
    except ValueError:
        raise NotFetched(PageReason.NOT_AN_ADDRESS) from None
    if url.scheme not in SCHEMES or not url.host or url.user or url.password or len(text) > MOST_OF_ADDRESS:
        raise NotFetched(PageReason.NOT_AN_ADDRESS)
    return url.with_fragment(None)


def _allows(robots: str, url: URL) -> bool:
    """Whether what a site says of robots allows us an address."""
    try:
        from protego import Protego
    except ImportError:
        raise NotFetched(PageReason.NOT_INSTALLED) from None
    return Protego.parse(robots).can_fetch(str(url), AGENT)


def _onward(response: ClientResponse) -> URL:
    """Where a redirect leads to: as good an address as the first must be."""
    try:
        onward = response.url.join(URL(response.headers["Location"]))
    except (KeyError, ValueError):
        raise NotFetched(PageReason.UNREACHABLE) from None
    return _address(str(onward))


async def _body(response: ClientResponse) -> bytes:
    status = response.status
    if status in GONE:
        raise NotFetched(PageReason.NOT_FOUND)
    if status in NOT_FOR_US:
        raise NotFetched(PageReason.FORBIDDEN)
    if status != HTTPStatus.OK:
        raise NotFetched(PageReason.UNREACHABLE)
    # A missing type is octet-stream to aiohttp.
    if not response.content_type.startswith(READ) or response.content_type.startswith(NOT_READ):
        raise NotFetched(PageReason.NOT_A_PAGE)
    return await _read(response, MOST_BYTES)


async def _read(response: ClientResponse, most: int, *, cut: bool = False) -> bytes:
    """What was sent, unpacked; more than `most` bytes are cut off there, or raise NotFetched."""
    data = bytearray()
    async for chunk in response.content.iter_chunked(1 << 16):
        data += chunk
        if len(data) > most:
            break
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding in {"gzip", "x-gzip", "deflate"}:
        try:
            data = bytearray(await asyncio.to_thread(_unpacked, bytes(data), most + 1))
        except zlib.error:
            raise NotFetched(PageReason.UNREACHABLE) from None
    elif encoding not in {"identity", ""}:
        raise NotFetched(PageReason.NOT_A_PAGE)
    if len(data) > most and not cut:
        raise NotFetched(PageReason.TOO_BIG)
    return bytes(data[:most])


def _unpacked(data: bytes, most: int) -> bytes:
    return zlib.decompressobj(GZIP_OR_ZLIB).decompress(data, most)
