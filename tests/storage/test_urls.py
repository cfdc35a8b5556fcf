"""Addresses of a Redis: what can be connected to is taken, the rest refused before anything is connected."""

import pytest

from storage.urls import Kind, read_url

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
        "redis+sentinel://one,two:26380,[::1]:26381/quiz",
        f"rediss+sentinel://user:{SECRET}%2F@one/quiz/3?sentinel_password={SECRET}&ssl_ca_certs=ca.pem",
        "redis+cluster://one",
        f"rediss+cluster://user:{SECRET}@one:6380/0?ssl_check_hostname=no",
    ],
)
def test_an_address_of_a_redis_is_taken(url: str) -> None:
    read_url(url)


def test_where_sentinels_are_and_what_they_are_asked_for_is_read() -> None:
    read = read_url(f"rediss+sentinel://me:a%2Fb@one,[::1]:7/quiz/3?sentinel_password={SECRET}&ssl_ca_certs=ca.pem")

    assert (read.kind, read.has_tls, read.service) == (Kind.SENTINEL, True, "quiz")
    assert read.hosts == (("one", 26379), ("::1", 7))
    assert read.options == {"username": "me", "password": "a/b", "db": 3, "ssl_ca_certs": "ca.pem"}
    assert read.sentinel_options == {"password": SECRET, "ssl_ca_certs": "ca.pem"}
    assert set(read.secrets) == {"a/b", SECRET}
    assert SECRET not in repr(read)


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
        f"unix://{SECRET}/run/valkey.sock",
        f"redis://{SECRET},other",
        f"redis+sentinel://:{SECRET}@one",
        f"redis+sentinel://:{SECRET}@/quiz",
        f"redis+sentinel://:{SECRET}@one,/quiz",
        f"redis+sentinel://:{SECRET}@one:port/quiz",
        f"redis+sentinel://:{SECRET}@one/quiz/database",
        f"redis+sentinel://:{SECRET}/x@one/quiz",
        f"redis+sentinel://one/quiz?password={SECRET}",
        f"redis+sentinel://:{SECRET}@one/quiz?foo=bar",
        f"redis+cluster://:{SECRET}@one,two",
        f"redis+cluster://:{SECRET}@one/1",
        f"redis+cluster://one?password={SECRET}",
        f"redis+cluster://:{SECRET}@one?foo=bar",
        f"redis+clutser://:{SECRET}@one",
    ],
)
def test_what_cannot_be_connected_to_is_refused_and_never_shown(url: str) -> None:
    with pytest.raises(ValueError, match=r"redis\S*://|unix|option|spaces") as refused:
        read_url(url)
    assert SECRET not in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("option", ["encoding=utf-16", "encoding=nosuch", "encoding_errors=nosuch"])
def test_texts_are_utf_8_or_the_address_is_refused(option: str) -> None:
    with pytest.raises(ValueError, match="its value cannot be used"):
        read_url(f"redis://host?{option}")
    read_url("redis://host?encoding=UTF8&encoding_errors=replace")
