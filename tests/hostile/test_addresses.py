"""No address that a stranger sends, and no redirect, leads the bot into a private network or to itself."""

import gzip

import pytest
from aiohttp import web

from generation.sources.fetch import NotFetched, PageReason, fetch_page
from tests.documents.web_site import Names, page, redirect, site

INSIDE = [
    "http://127.0.0.1/",
    "http://localhost/",
    "http://LOCALHOST./",
    "http://0.0.0.0/",
    "http://0/",
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0177.0.0.1/",
    "http://0x7f.1/",
    "http://①②⑦.⓪.⓪.①/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:a9fe:a9fe]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[fd00:ec2::254]/latest/meta-data/",
    "http://[fe80::1]/",
    "http://10.0.0.1/",
    "http://192.168.1.1/",
    "http://172.16.0.1/",
    "http://100.64.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "https://127.0.0.1:8443/",
    "http://127.0.0.1:6379/",
    "http://8.8.8.8:22/",
    "http://8.8.8.8:6379/",
]
"""Ways of writing an address that is not a page of the public internet."""


@pytest.mark.parametrize("url", INSIDE)
async def test_no_way_of_writing_an_inner_address_gets_there(url: str) -> None:
    with pytest.raises(NotFetched) as refusal:
        await fetch_page(url, resolver=Names(localhost=["127.0.0.1"]))

    # Numbers that only C takes for addresses are none to aiohttp.
    assert refusal.value.reason in {PageReason.PRIVATE_ADDRESS, PageReason.NOT_AN_ADDRESS}


@pytest.mark.parametrize("inside", [*INSIDE[:4], "http://169.254.169.254/", "http://[::1]/", "//127.0.0.1:1/"])
async def test_no_redirect_leads_inside(inside: str) -> None:
    async with site({"/": redirect(inside), "/robots.txt": web.Response(text="")}) as outside:
        names = Names(localhost=["127.0.0.1"])
        with pytest.raises(NotFetched) as refusal:
            await fetch_page(outside.url("/"), may_connect=outside.may_connect, resolver=names)

    assert refusal.value.reason is PageReason.PRIVATE_ADDRESS
    assert outside.asked == ["/robots.txt", "/"]


async def test_no_redirect_of_robots_txt_leads_inside() -> None:
    answers = {"/robots.txt": redirect("http://169.254.169.254/latest/"), "/": page("Cells live.")}
    async with site(answers) as outside:
        with pytest.raises(NotFetched) as refusal:
            await fetch_page(outside.url("/"), may_connect=outside.may_connect)

    assert refusal.value.reason is PageReason.PRIVATE_ADDRESS
    assert outside.asked == ["/robots.txt"]


@pytest.mark.parametrize("inside", ["10.0.0.1", "127.0.0.2", "169.254.169.254", "::1", "fd00::1", "::ffff:127.0.0.1"])
async def test_a_name_that_resolves_to_another_address_the_second_time_gets_nowhere(inside: str) -> None:
    closing = web.Response(text="", headers={"Connection": "close"})
    async with site({"/": page("Cells live."), "/robots.txt": closing}) as outside:
        names = Names(rebind_invalid=["127.0.0.1", inside])
        with pytest.raises(NotFetched) as refusal:
            await fetch_page(outside.url("/", "rebind.invalid"), may_connect=outside.may_connect, resolver=names)

    assert refusal.value.reason is PageReason.PRIVATE_ADDRESS
    assert outside.asked == ["/robots.txt"]


async def test_a_page_that_unpacks_to_a_thousand_times_its_size_is_too_big() -> None:
    bomb = gzip.compress(bytes(200 << 20), 9)
    packed = web.Response(body=bomb, headers={"Content-Encoding": "gzip"}, content_type="text/html")
    async with site({"/": packed}) as outside:
        with pytest.raises(NotFetched) as refusal:
            await fetch_page(outside.url("/"), may_connect=outside.may_connect)

    assert refusal.value.reason is PageReason.TOO_BIG


async def test_a_page_without_end_is_too_big() -> None:
    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        response.content_type = "text/html"
        await response.prepare(request)
        while True:
            await response.write(b"x" * (1 << 20))

    async with site({"/": endless}) as outside:
        with pytest.raises(NotFetched) as refusal:
            await fetch_page(outside.url("/"), may_connect=outside.may_connect)

    assert refusal.value.reason is PageReason.TOO_BIG
