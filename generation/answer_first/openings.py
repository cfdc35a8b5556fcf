"""How a question begins, by what it asks for: what asks for a time where things are counted is worded badly."""

import re
from collections.abc import Mapping

BEFORE = {
    "en": r"(?:(?:about|after|at|below|by|for|from|in|of|on|over|since|to|until|under|up to|with|within)\s)?",
    "ru": r"(?:(?:в|во|до|за|из|к|ко|на|о|об|около|от|по|под|при|с|со|у|через|спустя|свыше|более|примерно)\s)?",
}
"""What may stand before the word that asks."""
HOW_MUCH = (
    r"скольк|чему\sрав|насколько\b|как\s\w+о\b"
    r"|как(?:ов[аоы]?|ой|ая|ое|ую|ого|ом|ие|их)\b(?!\s(?:время|количество))"
)
ASKING: Mapping[str, Mapping[str, str]] = {
    "en": {
        "year": r"(?:which|what)\syear\b|when\b",
        "years": r"(?:which|what)\syears\b|when\b",
        "century": r"(?:which|what)\scentury\b|when\b",
        "decade": r"(?:which|what)\sdecade\b|when\b",
        "amount": r"how\b|(?:what|which)\b(?!\stime)",
        "count": r"how\b|(?:what|which)\b(?!\stime)",
        "person": r"who(?:m|se)?\b|(?:what|which)\b",
        "place": r"where\b|(?:what|which)\b",
        "term": r"(?:what|which|who|how)\b",
        "value": r"(?:what|which|who|whose|how|where|when)\b",
    },
    "ru": {
        "year": r"как(?:ом|ого|ому|ой|им)\sгод|когда\b",
        "years": r"каки(?:е|х|м)\sгод|когда\b",
        "century": r"как(?:ом|ого|ому|ой)\sвек|когда\b",
        "decade": r"как(?:ом|ого|ое)\sдесятилети|когда\b",
        "amount": HOW_MUCH,
        "count": HOW_MUCH,
        "person": r"(?:кто|кого|кому|кем|ком|чей|чь(?:[ияё]|ей|им))\b(?!\sиз\sтех)|как(?:ой|ая|ого|ому|им|\sзовут)\b",
        "place": r"(?:где|куда|откуда)\b|как(?:ой|ом|ая|ую|ое|ого|ие|их)\b",
        "term": r"(?:что|кто|чем|кем|как\s(?:назы|имену|зовут))|как(?:ой|ая|ое|ие|им|ую)\b",
        "value": r"(?:скольк|где|когда|кто|что|чем|куда|откуда|как)",
    },
}
"""The word that asks, by what is asked for."""
NO_PLACE = {"term"}
"""What nothing may stand before when it is asked for."""
BADLY = re.compile(
    r"^в\sкак(?:ую|ое)\b|^сколько\b.*\bсосто(?:ит|ят|ял\w*)\b|^сколько\sчасов\s(?:утра|дня|вечера|ночи)\b",
    re.IGNORECASE,
)
"""Russian questions for an amount with a preposition too many or too few, or for a time of day."""
TWICE = {
    "en": re.compile(r"^(?P<before>at|by|for|from|in|of|on|to|with)\s.*\s(?P=before)\?$", re.IGNORECASE),
    "ru": re.compile(r"^как\w+,\s(?:как|сколько)\w*\b", re.IGNORECASE),
}
"""What asks stands there more than once."""
EMPTY = {
    "en": re.compile(r"\bthings?\s(?:that|which|who|called|of)\b", re.IGNORECASE),
    "ru": re.compile(r"\b(?:вещ\w+|то)\s?,\s(?:что|котор\w+)\b", re.IGNORECASE),
}
"""A name for what is asked about that says nothing of it."""


def begins_well(stem: str, asks: str, language: str) -> bool:
    """Whether a question begins as one for this does, and names what it asks about."""
    before = "" if asks in NO_PLACE else BEFORE[language]
    if (language == "ru" and asks in {"amount", "count"} and BADLY.search(stem)) or TWICE[language].search(stem):
        return False
    begins = re.match(f"{before}(?:{ASKING[language][asks]})", stem, re.IGNORECASE)
    return bool(begins) and not EMPTY[language].search(stem)
