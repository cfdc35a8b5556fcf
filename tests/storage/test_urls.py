"""Addresses of a Redis: what can be connected to is taken, the rest refused before anything is connected."""

import pytest

from storage.urls import read_url

SECRET = "HUSH"  # noqa: S105 - what must not be shown


@pytest.mark.parametrize(
    "url",
    [
        "redis://",
        "redis://localhost",
        "redis://[::1]:6379",
        f"redis://:{SECRET}%2F%40@host:6379/0",
        f"rediss://user:{SECRET}@host:6380/3?ssl_cert_reqs=none",
        "redis://host?health_check_interval=5",
        "unix:///tmp/valkey.sock?db=1",
        f"unix://user:{SECRET}@/tmp/valkey.sock",
    ],
)
def test_an_address_of_a_redis_is_taken(url: str) -> None:
    read_url(url)


@pytest.mark.parametrize(
    "url",
    [
        f"{SECRET}",
        f"http://{SECRET}",
        f"redis://{SECRET}:notaport",
        f"redis://:{SECRET}@host:99999",
        f"redis://:{SECRET}@[::1",
        f"redis://:{SECRET}@host/database",
        f"redis://:{SECRET}@host ",
        f"redis://:{SECRET}@host:6379\n",
        f"redis://:{SECRET}/x@host:6379",
        f"redis://:123/{SECRET}@host:6379",
        f"redis://:123?{SECRET}@host:6379",
        f"redis://:123#{SECRET}@host:6379",
        f"redis://:123@{SECRET}@host:6379",
        f"redis://:{SECRET}@host?foo=bar",
        f"redis://:{SECRET}@host?db=one",
        f"redis://:{SECRET}@host?protocol=9",
        f"redis://:{SECRET}@host?retry=5",
        f"rediss://:{SECRET}@host?ssl_cert_reqs={SECRET}",
        "unix://",
    ],
)
def test_what_cannot_be_connected_to_is_refused_and_never_shown(url: str) -> None:
    with pytest.raises(ValueError, match=r"redis://|option|spaces") as refused:
        read_url(url)
    assert SECRET not in str(refused.value)
    assert "\n" not in str(refused.value)
