"""What `quizbot doctor` finds out about a Redis; it changes nothing in it."""

import time
from types import SimpleNamespace

import pytest

from storage import health
from storage.connection import Storage, connect
from storage.embedded import EmbeddedServer
from storage.errors import StorageUnavailable
from storage.health import RedisAddress, examine, is_loopback, read_address, without_password
from storage.schema import VERSION, ensure_schema

PASSWORD = "hush/hush"  # noqa: S105 - of a server in a test


async def test_the_embedded_server_is_as_it_should_be_and_stays_empty(storage: Storage) -> None:
    found = await examine(storage)

    assert (found.server, found.is_recent) == ("Valkey", True)
    assert found.version
    assert (found.appendonly, found.appendfsync, found.maxmemory_policy) == ("yes", "always", "noeviction")
    assert abs(found.clock_ms) < 1000
    assert found.wrong_schema is None
    assert await storage.call(storage.client.dbsize()) == 0  # pyright: ignore[reportUnknownMemberType]


async def test_records_of_another_release_and_of_others_are_found(storage: Storage) -> None:
    await ensure_schema(storage)
    assert (await examine(storage)).wrong_schema is None

    await storage.set("schema", str(VERSION + 2), None)
    assert f"version {VERSION + 2}" in str((await examine(storage)).wrong_schema)

    await storage.set("schema", "a drawing", None)
    assert "somebody else's" in str((await examine(storage)).wrong_schema)


async def test_a_clock_that_differs_is_measured(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "time", SimpleNamespace(time=lambda: time.time() - 90))

    assert (await examine(storage)).clock_ms == pytest.approx(90_000, abs=900)


async def test_what_a_server_will_not_say_is_none(server: EmbeddedServer, storage: Storage) -> None:
    await storage.call(
        storage.client.acl_setuser(  # pyright: ignore[reportUnknownMemberType]
            "limited", enabled=True, passwords=["+secret"], keys=["*"], commands=["+@all", "-info", "-config"]
        )
    )
    async with connect(server.url.replace("unix://", "unix://limited:secret@"), 30) as limited:
        found = await examine(limited)

    assert (found.version, found.is_recent, found.appendonly, found.appendfsync) == (None, None, None, None)
    assert found.maxmemory_policy is None


async def test_a_server_that_is_not_there_is_unavailable() -> None:
    async with connect("unix:///nowhere/no.sock") as storage:
        with pytest.raises(StorageUnavailable):
            await examine(storage)


@pytest.mark.parametrize(
    ("url", "address", "is_remote"),
    [
        ("unix:///run/redis.sock", RedisAddress(None, False, False, False), False),
        ("redis://", RedisAddress("localhost", False, False, False), False),
        ("redis://127.0.0.3:6380/1", RedisAddress("127.0.0.3", False, False, False), False),
        ("redis://[::1]:6379", RedisAddress("::1", False, False, False), False),
        ("redis://redis:6379", RedisAddress("redis", False, False, False), True),
        ("redis://:hush@10.0.0.7", RedisAddress("10.0.0.7", True, False, False), True),
        ("redis://10.0.0.7?password=hush", RedisAddress("10.0.0.7", True, False, False), True),
        ("rediss://10.0.0.7", RedisAddress("10.0.0.7", False, True, True), True),
        ("rediss://me:hush@example.org", RedisAddress("example.org", True, True, True), True),
        ("rediss://:hush@example.org?ssl_cert_reqs=none", RedisAddress("example.org", True, True, False), True),
        ("redis+sentinel://localhost,127.0.0.1:7/quiz", RedisAddress("localhost", False, False, False), False),
        ("redis+sentinel://localhost,one,two/quiz", RedisAddress("one, two", False, False, False), True),
        ("rediss+sentinel://:hush@one/quiz", RedisAddress("one", True, True, True), True),
        ("rediss+cluster://:hush@one?ssl_check_hostname=no", RedisAddress("one", True, True, False), True),
        ("redis+cluster://127.0.0.1", RedisAddress("127.0.0.1", False, False, False), False),
        ("redis://localhost.example.org", RedisAddress("localhost.example.org", False, False, False), True),
    ],
)
def test_an_address_is_read_as_redis_py_reads_it(url: str, address: RedisAddress, is_remote: bool) -> None:
    assert read_address(url) == address
    assert address.is_remote is is_remote


@pytest.mark.parametrize(
    ("host", "is_ours"),
    [("LOCALHOST", True), ("[::1]", True), ("127.1.2.3", True), ("0.0.0.0", False), ("", False)],  # noqa: S104 - not listened on
)
def test_only_this_machine_is_loopback(host: str, is_ours: bool) -> None:
    assert is_loopback(host) is is_ours


def test_a_password_is_taken_out_however_it_is_written() -> None:
    url = "redis://:hush%2Fhush@host:6379"

    assert without_password(f"{url} {PASSWORD} hush%2Fhush", url) == "••• ••• •••"
    assert without_password("no password", "redis://host") == "no password"
