"""What is found of Redis: what it may lose, whose it is, who else reaches it."""

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot import redis_findings
from bot.settings import Settings
from storage.connection import connect
from storage.embedded import EmbeddedServer
from tests.bot_process import BotProcess
from tests.doctor.examined import SECRET, examined, line
from tests.redis_servers import PASSWORD, Cluster, Watched, no_redis


async def test_a_redis_that_may_lose_answers_is_a_warning(settings: Settings, redis: EmbeddedServer) -> None:
    async with connect(redis.url, 30) as storage:
        for name, value in (("appendfsync", "everysec"), ("maxmemory-policy", "allkeys-lru")):
            await storage.call(storage.client.config_set(name, value))  # pyright: ignore[reportUnknownMemberType]
        status, said = await examined(settings)
        assert line(said, "Redis on disk").startswith("! Redis on disk: appendfsync is everysec")
        assert line(said, "Redis memory").startswith("! Redis memory: maxmemory-policy is allkeys-lru")

        await storage.call(storage.client.config_set("appendonly", "no"))  # pyright: ignore[reportUnknownMemberType]
        await storage.set("schema", "99", None)
        worse, said = await examined(settings)

    assert (status, worse) == (0, 1)
    assert line(said, "Redis on disk").startswith("! Redis on disk: appendonly is no")
    assert line(said, "Redis records").startswith("✗ Redis records: the data are of version 99")


async def test_a_password_that_is_not_taken_is_told_but_not_shown(settings: Settings, redis: EmbeddedServer) -> None:
    status, said = await examined(settings, redis_url=redis.url.replace("unix://", f"unix://nobody:{SECRET}@"))

    assert status == 1
    assert line(said, "Redis:").startswith("✗ Redis: the server by QUIZBOT_REDIS_URL: cannot be used (")


async def test_a_redis_that_is_the_wrong_one_is_told(settings: Settings, redis: EmbeddedServer) -> None:
    status, said = await examined(settings, redis_url=f"{redis.url}?db=99")
    assert (status, "cannot be used (it has no database of the number" in line(said, "Redis:")) == (1, True)

    async with no_redis(b"SSH-2.0-OpenSSH\r\n") as url:
        status, said = await examined(settings, redis_url=url)
    assert (status, "cannot be used (what answers there is no Redis)" in line(said, "Redis:")) == (1, True)

    async with connect(redis.url, 30) as storage:
        await storage.ask("LPUSH", "schema", "public")
    status, said = await examined(settings)
    assert (status, "somebody else's" in line(said, "Redis records")) == (1, True)


@pytest.mark.parametrize(
    ("url", "mark", "words"),
    [
        ("redis://redis.invalid", "✗", "reached without password and TLS: whoever writes to this Redis runs code"),
        (f"redis://:{SECRET}@redis.invalid", "✗", "reached without TLS"),
        ("rediss://redis.invalid", "✗", "reached without password"),
        (f"rediss://:{SECRET}@redis.invalid", "✓", "redis.invalid, with password and TLS"),
        (f"rediss://:{SECRET}@redis.invalid?ssl_cert_reqs=none", "!", "is not asked for its certificate"),
        ("redis://127.0.0.1:9", "✓", "on this machine"),
        (
            f"redis+sentinel://:{SECRET}@one.invalid,two.invalid/quiz",
            "✗",
            "one.invalid, two.invalid is another machine",
        ),
        ("rediss+cluster://redis.invalid", "✗", "reached without password"),
        (f"rediss+cluster://:{SECRET}@redis.invalid", "✓", "redis.invalid, with password and TLS"),
    ],
)
async def test_a_redis_elsewhere_needs_a_password_and_tls(
    settings: Settings, url: str, mark: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redis_findings, "CALL_SECONDS", 0.5)
    status, said = await examined(settings, redis_url=url)

    assert status == 1, "nobody is there"
    assert line(said, "Redis address").startswith(mark)
    assert words in line(said, "Redis address")


async def test_behind_sentinels_it_is_told_what_a_failover_loses(settings: Settings, watched_redis: Watched) -> None:
    for replicas, mark, words in (
        (0, "!", "the last answers may be lost"),
        (1, "!", "an answer counts once 1 of 2 have it; with `min-replicas-to-write 1`"),
        (3, "✗", "a master has 2, QUIZBOT_REDIS_REPLICAS is 3: no answer would ever count"),
    ):
        status, said = await examined(settings, redis_url=watched_redis.url, redis_replicas=replicas)
        assert status == (1 if mark == "✗" else 0)
        assert line(said, "Redis:").endswith("the master that Sentinels name by QUIZBOT_REDIS_URL")
        assert line(said, "Redis replicas").startswith(mark)
        assert words in line(said, "Redis replicas")
        assert PASSWORD not in said


async def test_of_a_cluster_every_master_is_asked(settings: Settings, redis_cluster: Cluster) -> None:
    last = redis_cluster.nodes[-1]
    await last.ask("CONFIG", "SET", "appendfsync", "everysec")
    try:
        _, said = await examined(settings, redis_url=redis_cluster.url)
    finally:
        await last.ask("CONFIG", "SET", "appendfsync", "always")

    assert line(said, "Redis:").endswith("the Cluster by QUIZBOT_REDIS_URL")
    assert line(said, "Redis on disk").startswith("! Redis on disk: appendfsync is everysec")


async def test_an_embedded_server_that_cannot_start_is_told(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    status, said = await examined(settings, redis_url=None, data_dir=tmp_path / "file" / "data")

    assert status == 1
    assert "QUIZBOT_DATA_DIR" in line(said, "Redis")


def full(_folder: Path) -> SimpleNamespace:
    """The room on a full disk."""
    return SimpleNamespace(free=0)


async def test_a_full_disk_under_the_embedded_server_is_told(
    settings: Settings, bot: BotProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", full)

    status, said = await examined(settings, redis_url=None, data_dir=bot.data_dir)

    assert status == 1
    assert line(said, "Redis room") == (
        f"✗ Redis room: the disk of {bot.data_dir} is full: make room on it, or no answer can be kept"
    )
