"""The files of the chat page: there for everybody on this machine, and served so that a browser is careful."""

import re

import httpx
import pytest

from simulator.address import page_address
from simulator.chat_page import FOLDER
from simulator.client import Simulator
from tests.simulator.conftest import Caller

LONGEST = 300


def parts() -> list[str]:
    """The names of all files of the page but the first one."""
    return sorted(path.name for path in FOLDER.iterdir() if path.name != "index.html")


async def test_the_page_runs_nothing_but_its_own_files(call: Caller) -> None:
    answer = await call.http.get("/")

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    rules = [one.strip().partition(" ") for one in answer.headers["content-security-policy"].split(";")]
    policy = {name: value for name, _, value in rules}
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == policy["form-action"] == "'none'"
    assert policy["require-trusted-types-for"] == "'script'", "nothing that a bot writes can become HTML"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert not re.search(r"<style|\bstyle=|\bon\w+=|<script(?![^>]*\bsrc=)", answer.text)
    assert not re.search(r"https?://", answer.text)


@pytest.mark.parametrize("name", parts())
async def test_each_part_is_served_as_what_it_is(call: Caller, name: str) -> None:
    answer = await call.http.get(f"/page/{name}")

    kinds = {"js": "text/javascript", "css": "text/css", "svg": "image/svg+xml"}
    assert answer.status_code == 200
    assert (
        answer.headers["content-type"].partition(";")[0].replace("application/javascript", "text/javascript")
        == (kinds[name.rpartition(".")[2]])
    )
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-cache"
    assert len(answer.text.splitlines()) <= LONGEST


@pytest.mark.parametrize("path", ["/page/../app.py", "/page/%2e%2e/app.py", "/page/nothing.js", "/page/", "/app.py"])
async def test_nothing_else_is_served(call: Caller, path: str) -> None:
    assert (await call.http.get(path)).status_code == 404


async def test_what_people_wrote_is_kept_by_no_browser(simulator: Simulator, call: Caller) -> None:
    answer = await call.http.get("/control/state", headers={"X-Simulator-Token": simulator.token})

    assert answer.headers["cache-control"] == "no-store"


async def test_pages_of_others_get_nothing(call: Caller) -> None:
    for headers in ({"Host": "evil.example"}, {"Origin": "https://evil.example"}):
        assert (await call.http.get("/", headers=headers)).status_code == 403


def test_the_key_stands_where_no_browser_sends_it() -> None:
    address = page_address("http://127.0.0.1:8081", "a-key")

    assert address == "http://127.0.0.1:8081/#token=a-key"
    assert "a-key" not in str(httpx.URL(address).copy_with(fragment=None))


def test_both_languages_have_the_same_words() -> None:
    english, russian = ((FOLDER / f"words.{code}.js").read_text("utf-8") for code in ("en", "ru"))

    names = re.compile(r"^  (\w+):", re.MULTILINE)
    assert names.findall(english) == names.findall(russian)
    used = {name for path in FOLDER.glob("*.js") for name in re.findall(r'\bt\(\s*"(\w+)"', path.read_text("utf-8"))}
    assert used <= set(names.findall(english))
