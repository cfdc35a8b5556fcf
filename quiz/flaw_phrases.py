"""Words by which item-writing flaws are known, in English and Russian."""

import re

ALL_OF_THE_ABOVE = re.compile(
    r"all(?: of)?(?: the| these| them)(?: above| options| answers| statements)?(?: are (?:correct|right|true))?"
    r"|all (?:above|options|answers|statements|are (?:correct|right|true))(?: are (?:correct|right|true))?"
    r"|вс[её](?: из)? (?:выше)?(?:перечисленн|указанн|названн)\w+(?: выше)?"
    r"|все (?:эти )?(?:вариант|ответ|утверждени)\w*(?: (?:выше|верны|правильны))*",
    re.IGNORECASE,
)
NONE_OF_THE_ABOVE = re.compile(
    r"(?:none|neither|nothing) of (?:the |these |them ?)(?:above|options|answers)?"
    r"(?: (?:is|are) (?:correct|right|true))?"
    r"|(?:ничего|ничто|ни один|ни одно|ни одна)(?: (?:вариант|ответ)\w*)? из "
    r"(?:(?:выше)?(?:перечисленн|указанн|названн|предложенн)\w+|этого|этих|них|вариантов|ответов)(?: \w+)?"
    r"|нет (?:правильного|верного) (?:ответа|варианта)",
    re.IGNORECASE,
)
COMBINED = re.compile(
    r"(?:(?i:both|only) )?[A-FА-Е](?: ?, ?[A-FА-Е])* ?,? (?:and|or|&|и|или) [A-FА-Е](?: only)?"
    r"|(?i:both(?: of)?(?: these| them| the above)?|и то,? и другое|оба(?: эти)?(?: вариант\w*| ответ\w*)?)"
)
ABSOLUTE = re.compile(
    r"\b(?:always|never|completely|absolutely|entirely|exclusively|solely|invariably|everyone|nobody|nothing|impossible"
    r"|всегда|никогда|полностью|абсолютно|исключительно|совершенно|никто|ничто|ничего|невозможно|в любом случае)\b",
    re.IGNORECASE,
)
VAGUE = re.compile(
    r"\b(?:often|sometimes|usually|frequently|rarely|seldom|occasionally|generally|mostly"
    r"|часто|иногда|обычно|нередко|изредка|порой|зачастую|как правило)\b",
    re.IGNORECASE,
)
BLANK = re.compile(r"_{2,}|\[?\bblank\b\]?|(?<=\s)(?:…|\.{3,})(?=\s|$)", re.IGNORECASE)
ASKS = re.compile(
    r"\b(?:which|what|who|when|where|why|how|как(?!-)\w*|что|кто|кого|чем|где|когда|почему|сколько|че(?:й|го|му|м)|чь[яёи])\b",
    re.IGNORECASE,
)
NEGATIVE = re.compile(
    r"(?<!but )(?<!and )\bnot\b|\b(?:except|cannot|\w+n['’]t)\b|\b(?:is|are) least\b"
    r"|(?<!\bа )\bне\b|\b(?:кроме|исключением|неверн\w+|неправильн\w+|лишн\w+)\b"
)
EXCEPTED = re.compile(r"\b(?:except|кроме|исключением|неверн\w+|неправильн\w+|лишн\w+)\b")
CLAUSE = re.compile(r"[,;:]|\bthat\b|\bif\b", re.IGNORECASE)
QUOTED = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"\n]*\"|`[^`]*`")
NEGATED = re.compile(r"\b(?:NOT|EXCEPT|LEAST|CANNOT|НЕ|КРОМЕ|НЕВЕРН\w+|НЕПРАВИЛЬН\w+|ЛИШН\w+)\b|\w+N['’]T\b")
"""In capitals, as HDR 17 wants it where it cannot be done without."""
UNFOCUSED = re.compile(
    r"(?:which|what) (?:one )?(?:of (?:the following|these|the) ?(?:statements?|sentences?|options?|answers?)?"
    r"|statements?|sentence|option|answer) ?(?:is|are) (?:true|correct|right|false|wrong|incorrect)"
    r"|(?:choose|select|pick) the (?:correct|right|true) (?:answer|option|statement)s?"
    r"|как(?:ое|ие|ой) (?:(?:из|это) )?(?:этих |следующих |перечисленных |приведённых |приведенных )?"
    r"(?:утверждени|предложени|вариант|ответ)\w* (?:явля\w+ )?(?:верн|правильн|неверн|неправильн|ложн)\w+"
    r"|(?:выберите|укажите|отметьте) (?:верн|правильн)\w+ (?:ответ|вариант|утверждени)\w*",
    re.IGNORECASE,
)
ARTICLE = re.compile(r"\b(an?)\s*(?:_{2,}|…|\.{3,})?\s*[:.]?$", re.IGNORECASE)
ARTICLE_BEFORE_A_BLANK = re.compile(r"(?<![/(])\b(an?)\s+_{2,}", re.IGNORECASE)
PREPOSITION_BEFORE_A_BLANK = re.compile(r"\b(об?)\s+_{2,}", re.IGNORECASE)
VOWEL = re.compile(r"[aeiou]", re.IGNORECASE)
UNCERTAIN_VOWEL = re.compile(r"[uhUH]|[Ee]u|[Oo]ne|[Oo]nce|[A-Z]{2}|[A-Z]\b")
"""How words begin whose article their first letter does not tell: hour, unit, European, FBI."""
RUSSIAN_VOWEL = re.compile(r"[аоиуэ]", re.IGNORECASE)
NOT_RUSSIAN = re.compile(r"[^а-яё]", re.IGNORECASE)
RANGE = re.compile(r"(?<![\w.,])(\d+(?:[.,]\d+)?)\s*(?:[-–—]|to|до)\s*(\d+(?:[.,]\d+)?)")
