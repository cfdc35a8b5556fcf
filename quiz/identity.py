"""Ids: 64 bits in base58, random or taken from what made the thing."""

from hashlib import blake2b

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
BITS = 64
LENGTH = 11


def derived_id(*parts: str | int) -> str:
    """The same id for the same parts, always; different ones otherwise (by BLAKE2b, 64 bits)."""
    digest = blake2b("\0".join(map(str, parts)).encode(), digest_size=BITS // 8).digest()
    return base58(int.from_bytes(digest))


def base58(number: int) -> str:
    """A 64-bit number as 11 characters."""
    characters: list[str] = []
    for _ in range(LENGTH):
        number, digit = divmod(number, len(ALPHABET))
        characters.append(ALPHABET[digit])
    return "".join(reversed(characters))


def is_id(text: str) -> bool:
    """Whether the text has the form of an id."""
    return len(text) == LENGTH and all(character in ALPHABET for character in text)
