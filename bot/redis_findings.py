"""What `quizbot doctor` says of the Redis: its address, how it keeps what it is given, what a failover loses."""

from pathlib import Path

from bot.finding import Finding, Mark
from bot.settings import Settings
from storage.connection import connect
from storage.embedded import DataFolderInUse, ServerDidNotStart, attach_server, has_room
from storage.errors import StorageUnavailable
from storage.health import MOST_MS_OFF, OLDEST, RedisHealth, examine, read_address, without_password
from storage.urls import Kind, read_url

CALL_SECONDS = 5.0
KINDS = {Kind.STANDALONE: "the server", Kind.SENTINEL: "the master that Sentinels name", Kind.CLUSTER: "the Cluster"}


async def check_redis(settings: Settings) -> list[Finding]:
    """Whether the Redis of the settings, or the embedded server, can be trusted with what the bot keeps."""
    if settings.redis_url is None:
        try:
            async with attach_server(settings.data_dir) as server:
                found = await _server(server.url, f"the embedded server on {settings.data_dir}", 0)
                return [*found, *_room(server.data_dir)]
        except ServerDidNotStart as error:
            return [Finding(Mark.FAILS, "Redis", error.reason)]
        except DataFolderInUse as error:
            return [Finding(Mark.FAILS, "Redis", str(error))]
    url = settings.redis_url.get_secret_value()
    return [
        *_address(url),
        *await _server(url, f"{KINDS[read_url(url).kind]} by QUIZBOT_REDIS_URL", settings.redis_replicas),
    ]


def _address(url: str) -> list[Finding]:
    address = read_address(url)
    what = "Redis address"
    if not address.is_remote:
        return [Finding(Mark.WORKS, what, "on this machine")]
    missing = [name for name, has in (("password", address.has_password), ("TLS", address.has_tls)) if not has]
    if missing:
        words = (
            f"{address.host} is another machine, reached without {' and '.join(missing)}: whoever writes to this Redis "
            "runs code in the bot (SECURITY.md). Use rediss://:password@host, a socket, or a Redis on this machine"
        )
        return [Finding(Mark.FAILS, what, words)]
    if not address.checks_certificate:
        words = (
            f"{address.host} is not asked for its certificate: leave out ssl_cert_reqs, or others can take its place"
        )
        return [Finding(Mark.WORKS_BUT, what, words)]
    return [Finding(Mark.WORKS, what, f"{address.host}, with password and TLS")]


async def _server(url: str, which: str, replicas: int) -> list[Finding]:
    try:
        async with connect(url, CALL_SECONDS) as storage:
            health = await examine(storage)
    except StorageUnavailable as error:
        reason = without_password(str(error), url)
        return [
            Finding(Mark.FAILS, "Redis", f"{which}: cannot be used ({reason}): is it running, and the address right?")
        ]
    findings = [_version(health, which), _durability(health), _clock(health), _memory(health), _records(health)]
    return [*findings, *_failover(health, read_url(url).kind, replicas)]


def _room(folder: Path) -> list[Finding]:
    if has_room(folder):
        return []
    words = f"the disk of {folder} is full: make room on it, or no answer can be kept"
    return [Finding(Mark.FAILS, "Redis room", words)]


def _version(health: RedisHealth, which: str) -> Finding:
    words = f"{health.server} {health.version}, {which}"
    if health.is_recent is None:
        return Finding(Mark.WORKS_BUT, "Redis", f"{which}; it does not say its version: Redis 7 or Valkey 8 is needed")
    if not health.is_recent:
        return Finding(Mark.FAILS, "Redis", f"{words}: {health.server} {OLDEST[health.server]} or newer is needed")
    return Finding(Mark.WORKS, "Redis", words)


def _durability(health: RedisHealth) -> Finding:
    what = "Redis on disk"
    if health.appendonly == "no":
        words = "appendonly is no: answers are lost when Redis ends. Set `appendonly yes` and `appendfsync always`"
        return Finding(Mark.WORKS_BUT, what, words)
    if health.appendfsync is None:
        words = "it does not say its settings: `appendfsync always` is what keeps every answer when its machine fails"
        return Finding(Mark.WORKS_BUT, what, words)
    if health.appendfsync != "always":
        words = (
            f"appendfsync is {health.appendfsync}: the last answers are lost when its machine fails. Set it to always"
        )
        return Finding(Mark.WORKS_BUT, what, words)
    return Finding(Mark.WORKS, what, "every answer is written before it counts (appendfsync always)")


def _clock(health: RedisHealth) -> Finding:
    if abs(health.clock_ms) <= MOST_MS_OFF:
        return Finding(Mark.WORKS, "Redis clock", f"within {MOST_MS_OFF // 1000} s of this machine's")
    side = "ahead of" if health.clock_ms > 0 else "behind"
    words = f"{abs(health.clock_ms) / 1000:.1f} s {side} this machine's: set both by NTP; until then no timers run here"
    return Finding(Mark.FAILS, "Redis clock", words)


def _memory(health: RedisHealth) -> Finding:
    if health.maxmemory_policy == "noeviction":
        return Finding(Mark.WORKS, "Redis memory", "a full server refuses and forgets nothing (noeviction)")
    found = (
        f"maxmemory-policy is {health.maxmemory_policy}" if health.maxmemory_policy else "it does not say its policy"
    )
    return Finding(
        Mark.WORKS_BUT, "Redis memory", f"{found}: set `maxmemory-policy noeviction`, or it may drop answers"
    )


def _records(health: RedisHealth) -> Finding:
    if health.wrong_schema:
        return Finding(Mark.FAILS, "Redis records", health.wrong_schema)
    return Finding(Mark.WORKS, "Redis records", "this release can read them")


def _failover(health: RedisHealth, kind: Kind, replicas: int) -> list[Finding]:
    """What is lost when a master dies and a replica takes its place."""
    what = "Redis replicas"
    if not replicas and not health.replicas and kind is not Kind.SENTINEL:
        return []
    if health.replicas is not None and health.replicas < replicas:
        words = f"a master has {health.replicas}, QUIZBOT_REDIS_REPLICAS is {replicas}: no answer would ever count"
        return [Finding(Mark.FAILS, what, words)]
    if not replicas:
        words = (
            "an answer counts as soon as the master has it: when a replica takes its place, the last answers may be "
            "lost. QUIZBOT_REDIS_REPLICAS=1 keeps them (docs/explanation/failover.md)"
        )
        return [Finding(Mark.WORKS_BUT, what, words)]
    words = f"an answer counts once {replicas} of {health.replicas or 'them'} have it"
    if health.least_replicas == 0:
        words += "; with `min-replicas-to-write 1` a master that is cut off takes no writes either"
        return [Finding(Mark.WORKS_BUT, what, words)]
    return [Finding(Mark.WORKS, what, words)]
