"""A page by its address: what is fetched, and what is not."""

import asyncio
import gzip
import re
import time

import pytest
from aiohttp import web

from generation.sources import fetch
from generation.sources.fetch import MOST_BYTES, NotFetched, Page, PageReason, fetch_page
from tests.documents.web_site import Names, Site, page, redirect, site

ROBOTS = web.Response(text="User-agent: *\nDisallow: /private\n", content_type="text/plain")


async def fetched(running: Site, path: str, host: str = "127.0.0.1", **names: list[str]) -> Page:
    """A page of a site on this machine."""
    resolver = Names(**names) if names else None
    return await fetch_page(running.url(path, host), may_connect=running.may_connect, resolver=resolver)


async def refused(running: Site, path: str, host: str = "127.0.0.1", **names: list[str]) -> PageReason:
    """Why a page is not fetched."""
    with pytest.raises(NotFetched) as refusal:
        await fetched(running, path, host, **names)
    return refusal.value.reason


async def test_a_page_is_fetched_with_an_honest_name_and_nothing_else_of_the_bot() -> None:
    async with site({"/cells": page("Cells live.")}) as running:
        found = await fetched(running, "/cells?part=1#nucleus")

    assert found.data.endswith(b"<p>Cells live.</p></body></html>")
    assert (found.content_type, found.url) == ("text/html", running.url("/cells?part=1"))
    assert running.asked == ["/robots.txt", "/cells?part=1"]
    for headers in running.headers:
        assert re.fullmatch(r"quizbot/\d+\.\d+\.\d+ \(.+\)", headers["User-Agent"])
        assert not {"Cookie", "Authorization", "Referer"} & set(headers)


async def test_what_a_site_wants_left_alone_is_left_alone() -> None:
    async with site({"/robots.txt": ROBOTS, "/private/x": page("Secret."), "/open": redirect("/private/x")}) as running:
        assert await refused(running, "/private/x") is PageReason.FORBIDDEN_BY_ROBOTS
        assert await refused(running, "/open") is PageReason.FORBIDDEN_BY_ROBOTS

    assert "/private/x" not in running.asked


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /\nAllow: /open", "/open/x", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?x", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: quizbot\nDisallow: /x", "/y", True),
        ("User-agent: other\nDisallow: /", "/y", True),
        ("User-agent: *\nDisallow: /глава", "/%D0%B3%D0%BB%D0%B0%D0%B2%D0%B0", False),
        ("<html>no rules</html>", "/y", True),
    ],
)
async def test_rules_for_robots_are_read_as_they_are_meant(rules: str, path: str, allowed: bool) -> None:
    async with site({"/robots.txt": web.Response(text=rules), path.partition("?")[0]: page("Cells live.")}) as running:
        if allowed:
            assert (await fetched(running, path)).content_type == "text/html"
        else:
            assert await refused(running, path) is PageReason.FORBIDDEN_BY_ROBOTS


async def test_no_rules_for_robots_take_long() -> None:
    rules = "User-agent: *\n" + f"Disallow: /{'*a' * 500}b\n" * 400
    begun = time.process_time()
    async with site({"/robots.txt": web.Response(text=rules), f"/{'a' * 1_800}": page("Cells live.")}) as running:
        await fetched(running, f"/{'a' * 1_800}")

    assert time.process_time() - begun < 5


async def test_a_site_in_trouble_is_left_alone() -> None:
    async with site({"/robots.txt": web.Response(status=503), "/": page("Cells live.")}) as running:
        assert await refused(running, "/") is PageReason.FORBIDDEN_BY_ROBOTS


async def test_redirects_are_followed_to_where_the_page_is() -> None:
    answers = {"/1": redirect("/2", 301), "/2": redirect("3", 307), "/3": page("Here.")}
    async with site(answers) as running:
        assert (await fetched(running, "/1")).url == running.url("/3")


async def test_redirects_without_end_are_given_up() -> None:
    async with site({"/": redirect("/")}) as running:
        assert await refused(running, "/") is PageReason.TOO_MANY_REDIRECTS
        assert running.asked.count("/") == 6


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (web.Response(status=404), PageReason.NOT_FOUND),
        (web.Response(status=410), PageReason.NOT_FOUND),
        (web.Response(status=403), PageReason.FORBIDDEN),
        (web.Response(status=429), PageReason.FORBIDDEN),
        (web.Response(status=500), PageReason.UNREACHABLE),
        (web.Response(status=302), PageReason.UNREACHABLE),
        (redirect("ftp://127.0.0.1/x"), PageReason.NOT_AN_ADDRESS),
        (redirect("file:///etc/passwd"), PageReason.NOT_AN_ADDRESS),
        (redirect("http://user:word@127.0.0.1/"), PageReason.NOT_AN_ADDRESS),
        (web.Response(body=b"\x89PNG", content_type="image/png"), PageReason.NOT_A_PAGE),
        (web.Response(text="{}", content_type="application/json"), PageReason.NOT_A_PAGE),
        (web.Response(body=b"x", headers={"Content-Encoding": "br"}, content_type="text/html"), PageReason.NOT_A_PAGE),
        (web.Response(body=b"x" * (MOST_BYTES + 1), content_type="text/html"), PageReason.TOO_BIG),
    ],
)
async def test_each_trouble_has_its_reason(answer: web.Response, reason: PageReason) -> None:
    async with site({"/": answer}) as running:
        assert await refused(running, "/") is reason


@pytest.mark.parametrize(
    "url",
    ["", "ftp://example.org/", "file:///etc/passwd", "http://", "http://me:word@example.org/", "javascript:alert(1)",
     "https://example.org/" + "x" * 3000, "http://[::1", "gopher://x/", "data:text/html,x"],
)  # fmt: skip
async def test_what_is_no_address_of_a_page_is_said_so(url: str) -> None:
    with pytest.raises(NotFetched) as refusal:
        await fetch_page(url)

    assert refusal.value.reason is PageReason.NOT_AN_ADDRESS


async def test_a_page_as_big_as_may_be_is_taken_and_a_packed_one_is_unpacked() -> None:
    packed = web.Response(
        body=gzip.compress(b"Cells live."), headers={"Content-Encoding": "gzip"}, content_type="text/plain"
    )
    async with site({"/big": web.Response(body=b"x" * MOST_BYTES, content_type="text/plain"), "/": packed}) as running:
        assert len((await fetched(running, "/big")).data) == MOST_BYTES
        assert (await fetched(running, "/")).data == b"Cells live."


async def test_a_page_that_does_not_come_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    never = asyncio.Event()

    async def drip(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        response.content_type = "text/html"
        await response.prepare(request)
        await response.write(b"<html>")
        await never.wait()
        return response

    monkeypatch.setattr(fetch, "SECONDS", 0.3)
    async with site({"/": drip}) as running:
        assert await refused(running, "/") is PageReason.TIMEOUT
        never.set()


async def test_a_site_that_is_not_there_is_unreachable() -> None:
    async with site({}) as running:
        pass
    assert await refused(running, "/") is PageReason.UNREACHABLE
    assert await refused(running, "/", "no.invalid", other_invalid=["127.0.0.1"]) is PageReason.UNREACHABLE


async def test_a_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    async with site({"/": page("Cells live.")}) as running:
        assert (await fetched(running, "/")).content_type == "text/html"


async def test_an_address_without_a_scheme_is_one_of_https() -> None:
    with pytest.raises(NotFetched) as refusal:
        await fetch_page("127.0.0.1/page")

    assert refusal.value.reason is PageReason.PRIVATE_ADDRESS
