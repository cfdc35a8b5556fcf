"""Characters that nobody sees, and that make two texts differ which look the same."""

import unicodedata

JOINERS = "\u200c\u200d"
"""They join letters or keep them apart, which some scripts need, and make one emoji of several."""
FORMAT = "Cf"
"""Unicode's category of zero-width spaces, soft hyphens, word joiners and marks of direction."""
TAGS = range(0xE0000, 0xE0080)


def without_invisible(text: str, *, keep: str = "") -> str:
    """The text without format characters and tags, but for those in `keep`."""
    # By kinds of characters, not one by one: a text may be as long as a book.
    for one in {one for one in set(text) if one not in keep and _is_invisible(one)}:
        text = text.replace(one, "")
    return text


def _is_invisible(one: str) -> bool:
    return unicodedata.category(one) == FORMAT or ord(one) in TAGS
