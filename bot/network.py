"""How the environment lets requests out: through which proxy, and whose certificates are believed."""

import os
import ssl
from dataclasses import dataclass
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import certifi

from bot.settings import WrongSettings


@dataclass(frozen=True, slots=True)
class Network:
    """The way to one address: the proxy's own address if there is one, and what TLS trusts where it is used."""

    proxy: str | None = None
    certificates: ssl.SSLContext | None = None


def network_to(url: str) -> Network:
    """The way to an address as `HTTPS_PROXY`, `NO_PROXY`, `SSL_CERT_FILE` and their like say.

    Raises `WrongSettings` for what cannot be used. Reads all certificates, if the address is one of https: that takes
    some hundredths of a second, so call it once.
    """
    scheme = urlsplit(url).scheme.lower()
    return Network(_proxy(url, scheme), _certificates() if scheme == "https" else None)


def _proxy(url: str, scheme: str) -> str | None:
    # Not aiohttp's `trust_env`: it asks the environment again for each request, in a thread, and reads ~/.netrc too.
    address, found = urlsplit(url), getproxies()
    proxy = found.get(scheme) or found.get("all")
    if not proxy or proxy_bypass(address.netloc.rpartition("@")[2]):
        return None
    proxy = proxy if "://" in proxy else f"http://{proxy}"
    try:
        kind, host, _ = (parts := urlsplit(proxy)).scheme, parts.hostname, parts.port
    except ValueError:
        kind = host = None
    if kind not in {"http", "https"} or not host:
        # Without the value: it may hold a password.
        raise WrongSettings(f"{scheme.upper()}_PROXY or ALL_PROXY: a proxy is named as http://HOST:PORT")
    return proxy


def _certificates() -> ssl.SSLContext:
    file, folder = os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")
    try:
        if file:
            trusted = ssl.create_default_context(cafile=file)
        elif folder:
            trusted = ssl.create_default_context(capath=folder)
        else:  # not the system's: slim images and some Pythons have none
            trusted = ssl.create_default_context(cafile=certifi.where())
    except OSError as error:
        raise WrongSettings(f"SSL_CERT_FILE: it cannot be read as certificates ({error.strerror})") from None
    trusted.set_alpn_protocols(["http/1.1"])
    return trusted
