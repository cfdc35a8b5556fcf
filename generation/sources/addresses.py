"""Which addresses of the internet a stranger may send the bot to."""

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any

PORTS = frozenset({80, 443, 8080, 8443})
GLOBAL_UNICAST = IPv6Network("2000::/3")
NAT64 = IPv6Network("64:ff9b::/96")
"""In it lie all addresses of IPv4, for networks that have IPv6 alone."""
NOT_PUBLIC = (
    IPv4Network("100.64.0.0/10"),
    IPv4Network("192.0.0.0/24"),
    IPv4Network("192.88.99.0/24"),
    IPv4Network("198.18.0.0/15"),
    IPv4Network("224.0.0.0/3"),
    IPv6Network("2001::/23"),
    IPv6Network("2001:db8::/32"),
    IPv6Network("3fff::/20"),
)
"""Shared, special, for tests, for groups, for examples, tunnels: Python's releases differ in what they say of some."""

Address = IPv4Address | IPv6Address
MayConnect = Callable[[Address, int], bool]


def is_public(address: Address, port: int) -> bool:
    """Whether a page may be fetched from there: an address of the public internet, and a usual port.

    Addresses of IPv4 within those of IPv6 (mapped, NAT64, 6to4) count as themselves; private, loopback, link-local,
    metadata, group and reserved ones are refused, whichever way they are written.
    """
    if port not in PORTS:
        return False
    if isinstance(address, IPv6Address):
        within = address.ipv4_mapped or address.sixtofour or _within_nat64(address)
        if within is not None:
            return is_public(within, port)
        if address not in GLOBAL_UNICAST:
            return False
    return address.is_global and not any(
        address in network for network in NOT_PUBLIC if network.version == address.version
    )


def _within_nat64(address: IPv6Address) -> IPv4Address | None:
    return IPv4Address(int(address) & 0xFFFFFFFF) if address in NAT64 else None


class Gate:
    """Makes the sockets of a fetch, each for the very address it is then connected to."""

    def __init__(self, may_connect: MayConnect) -> None:
        self._may_connect = may_connect
        self.has_refused = False
        """Whether it was asked for a connection that must not be."""

    def socket(self, info: tuple[Any, ...]) -> socket.socket:
        """A socket for what `getaddrinfo` says of an address; raises OSError unless it may be connected to."""
        family, kind, protocol, _, place = info
        try:
            allowed = self._may_connect(ip_address(str(place[0]).partition("%")[0]), int(place[1]))
        except ValueError:
            allowed = False
        if not allowed:
            self.has_refused = True
            raise PermissionError("not an address of the public internet")
        return socket.socket(family, kind, protocol)
