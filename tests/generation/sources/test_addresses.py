"""Pages are fetched from the public internet only."""

from ipaddress import ip_address

import pytest

from generation.sources.addresses import is_public


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "93.184.215.14", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1"],
)
def test_public_addresses_are_taken(address: str) -> None:
    assert is_public(ip_address(address), 443)


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",  # noqa: S104 - not listened on
        "10.0.0.1",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "::127.0.0.1",
        "64:ff9b::10.0.0.1",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "2002:a9fe:a9fe::1",
        "3fff::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1",
    ],
)
def test_all_others_are_not(address: str) -> None:
    assert not is_public(ip_address(address), 443)


@pytest.mark.parametrize(
    ("port", "taken"), [(80, True), (443, True), (8080, True), (8443, True), (22, False), (6379, False)]
)
def test_only_ports_of_pages_are_taken(port: int, taken: bool) -> None:
    assert is_public(ip_address("8.8.8.8"), port) is taken
