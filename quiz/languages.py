"""In which language a quiz is asked for, and what languages and the answers true and false are called in them."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import product
from typing import cast

from babel import Locale, UnknownLocaleError

TRUE_FALSE_WORDS: Mapping[str, tuple[str, str]] = {
    "ar": ("صحيح", "خطأ"),
    "az": ("Doğru", "Yanlış"),
    "be": ("Праўда", "Няпраўда"),
    "bg": ("Вярно", "Невярно"),
    "bn": ("সত্য", "মিথ্যা"),
    "bs": ("Tačno", "Netačno"),
    "ca": ("Cert", "Fals"),
    "cs": ("Pravda", "Nepravda"),
    "da": ("Sandt", "Falsk"),
    "de": ("Richtig", "Falsch"),
    "el": ("Σωστό", "Λάθος"),
    "en": ("True", "False"),
    "es": ("Verdadero", "Falso"),
    "et": ("Õige", "Vale"),
    "fa": ("درست", "نادرست"),
    "fi": ("Totta", "Tarua"),
    "fr": ("Vrai", "Faux"),
    "he": ("נכון", "לא נכון"),
    "hi": ("सही", "गलत"),
    "hr": ("Točno", "Netočno"),
    "hu": ("Igaz", "Hamis"),
    "hy": ("Ճիշտ", "Սխալ"),
    "id": ("Benar", "Salah"),
    "it": ("Vero", "Falso"),
    "ja": ("正しい", "誤り"),
    "ka": ("მართალია", "მცდარია"),
    "kk": ("Дұрыс", "Бұрыс"),
    "ko": ("참", "거짓"),
    "lt": ("Tiesa", "Netiesa"),
    "lv": ("Patiesi", "Aplami"),
    "mk": ("Точно", "Неточно"),
    "ms": ("Betul", "Salah"),
    "nl": ("Waar", "Onwaar"),
    "no": ("Sant", "Usant"),
    "pl": ("Prawda", "Fałsz"),
    "pt": ("Verdadeiro", "Falso"),
    "ro": ("Adevărat", "Fals"),
    "ru": ("Верно", "Неверно"),
    "sk": ("Pravda", "Nepravda"),
    "sl": ("Drži", "Ne drži"),
    "sr": ("Тачно", "Нетачно"),
    "sv": ("Sant", "Falskt"),
    "sw": ("Kweli", "Si kweli"),
    "ta": ("சரி", "தவறு"),
    "th": ("ถูก", "ผิด"),
    "tr": ("Doğru", "Yanlış"),
    "uk": ("Правда", "Неправда"),
    "ur": ("درست", "غلط"),
    "uz": ("Toʻgʻri", "Notoʻgʻri"),
    "vi": ("Đúng", "Sai"),
    "zh": ("正确", "错误"),
}
"""The languages that a quiz can be in, by two-letter code, and the two answers to a statement."""

SCRIPTS: Mapping[str, tuple[str, ...]] = {
    "CYRILLIC": ("ru", "uk", "be", "bg", "mk", "sr", "kk"),
    "GREEK": ("el",),
    "HEBREW": ("he",),
    "ARABIC": ("ar", "fa", "ur"),
    "HIRAGANA": ("ja",),
    "KATAKANA": ("ja",),
    "HANGUL": ("ko",),
    "CJK": ("zh", "ja"),
    "DEVANAGARI": ("hi",),
    "THAI": ("th",),
    "GEORGIAN": ("ka",),
    "ARMENIAN": ("hy",),
    "BENGALI": ("bn",),
    "TAMIL": ("ta",),
}
"""Scripts other than Latin, as Unicode names their letters, and the languages written in them, the likeliest first."""

OTHER_NAMES = {"mandarin": "zh", "farsi": "fa", "bengali": "bn", "brazilian portuguese": "pt", "flemish": "nl"}
MOST_WORDS_OF_A_REQUEST = 4
LEAST_SHARE = 1 / 3
"""A topic in Latin letters that names another letter (π, Ω, я) is not in that letter's language."""

ACCENTS = frozenset("\u0300\u0301\u0302\u0303\u0308\u0327")
"""Grave, acute, circumflex, tilde, diaeresis, cedilla: left out by who types on another keyboard."""

OF_LANGUAGE = re.compile(
    # English, and what French, Spanish and German share with it
    r"verb(s|es?|os?|en)?|nouns?|tenses?|gramm\w+|vocabul\w+|numerals?|pronunciations?|phrases?|phrasen|idiom\w*"
    r"|greetings?|alphabets?|spellings?|adje[ck]tiv\w*|preposition(s|al)?|pronouns?|plurals?|[ck]onjugat\w+"
    # German
    r"|substantiv\w*|nomen|zeitform(en)?|kasus|genus|vokabeln?|wortschatz|zahlworte?r?|aussprache|redewendung(en)?"
    r"|begrussung(en)?|rechtschreibung|praposition(en)?|pronomen|konjugation(en)?"
    # French
    r"|numeraux|prononciation|salutations?|orthographe|pronoms?|pluriels?|conjugaisons?"
    # Spanish
    r"|sustantivos?|gramatica\w*|numerales|pronunciacion|frases?|modismos?|saludos?|alfabeto|abecedario|ortografia"
    r"|preposicion(es)?|pronombres?|plurales|conjugacion(es)?"
    # Russian
    r"|глагол\w*|существительн\w+|граммати\w+|артикл\w+|падеж\w*|лекси\w+|числительн\w+|произношени\w+"
    r"|фраз(а|ы|е|у|ой|ам|ами|ах)?|идиом\w*|приветстви\w+|алфавит\w*|орфограф\w+|правописани\w+|прилагательн\w+"
    r"|предлог\w*|местоимени\w+|множественн\w+|спряжени\w+|склонени\w+"
)
"""Words, folded, that speak of language wherever they stand."""
ALSO_OF_LANGUAGE = re.compile(
    r"words?|numbers?|cases?|genders?|articles?"
    r"|worte?r?|zahl(en)?|falle?|geschlecht(er)?|artikel|zeiten|mots?|nombres?|chiffres|cas|genres?|temps"
    r"|palabras?|numeros?|casos?|generos?|articulos?|tiempos?"
    r"|слов(а|о|ам|ами|ах)?|числ(а|ам|ами|ах)|род(а|ы|ов|ам|ами|ах)?|времена|времен|временам|временами|временах"
)
"""Words that speak of language only where nothing else is spoken of: numbers, but not prime numbers."""
BESIDE = re.compile(
    r"[\d\W]+|a|an|and|the|of|on|about|to|from|for|how|quiz|test|most|first|common|basic|simple|useful|frequent|everyday"
    r"|ordinal|cardinal|definite|indefinite|two|three|four|order|endings?|und|der|die|das|vier|wichtigsten?|haufigsten?"
    r"|et|les?|la|l|des?|du|y|el|los|las|del|и|по|про|об?|квиз|тест|основные|частые|порядок|четыре"
)
"""What may stand beside those."""


def asked_language(topic: str, default: str) -> tuple[str, str]:
    """The topic without a request for a language at its end, and the code of the language of the quiz.

    A request is a preposition and a language's name as the last words: "in German", "auf Deutsch", "на немецком
    языке", "en français"; it must leave a topic, and one that does not speak of language itself ("irregular verbs in
    German" are German verbs). Without one the script decides, if it is not Latin and the default language is not
    written in it; else the default stays.
    """
    words = topic.split()
    for number in range(min(MOST_WORDS_OF_A_REQUEST, len(words) - 1), 0, -1):
        code = _requests().get(_folded(" ".join(words[-number:])))
        rest = " ".join(words[:-number]).rstrip(" ,;:(-–—")
        if code and any(one.isalnum() for one in rest):
            if _speaks_of_language(rest):
                break
            return rest, code
    return topic, _language_by_script(topic, default)


def _speaks_of_language(topic: str) -> bool:
    words = re.findall(r"\w+", _folded(topic))
    if any(OF_LANGUAGE.fullmatch(word) for word in words):
        return True
    left = [word for word in words if not BESIDE.fullmatch(word)]
    return bool(left) and all(ALSO_OF_LANGUAGE.fullmatch(word) for word in left)


def language_name(code: str, in_language: str) -> str:
    """What a language is called in another one, in English where that is unknown, else its code."""
    for locale in (in_language, "en"):
        try:
            name = _names(locale).get(code)
        except (UnknownLocaleError, ValueError):
            continue
        if name:
            return name
    return code


def own_name(code: str) -> str:
    """What a language is called by those who speak it, as it stands on a button: Русский."""
    return language_name(code, code).capitalize()


def _names(locale: str) -> Mapping[str, str]:
    return cast("Mapping[str, str]", Locale.parse(locale).languages)


def scripts_of(text: str) -> Counter[str]:
    """How many letters of each script a text has, by the first word of their Unicode names."""
    scripts: Counter[str] = Counter()
    for letter, number in Counter(one for one in text if one.isalpha()).items():
        script = unicodedata.name(letter, "").partition(" ")[0]
        scripts["LATIN" if script == "FULLWIDTH" else script] += number
    return scripts


def has_cyrillic(text: str) -> bool:
    """Whether there is a Cyrillic letter in a text."""
    return scripts_of(text)["CYRILLIC"] > 0


def _language_by_script(topic: str, default: str) -> str:
    scripts = scripts_of(topic)
    letters = scripts.total()
    kana = scripts["HIRAGANA"] + scripts["KATAKANA"]
    scripts["HIRAGANA"] = kana + scripts["CJK"] if kana else 0
    for script, number in scripts.most_common():
        languages = SCRIPTS.get(script)
        if languages and number and number >= letters * LEAST_SHARE:
            return default if default in languages else languages[0]
    return default


def _folded(text: str) -> str:
    """How requests are compared: case, accents, and what stands around them do not count."""
    letters = unicodedata.normalize("NFD", text.casefold())
    return unicodedata.normalize("NFC", "".join(one for one in letters if one not in ACCENTS)).strip(" ,.;!?()[]«»\"'")


@cache
def _requests() -> Mapping[str, str]:
    """The words of every request that is known, folded, and the language it asks for."""
    requests = {f"in {name}": code for name, code in OTHER_NAMES.items()}
    for locale, phrases in (
        ("en", _after("in", "in the")),
        ("de", _after("auf", "in")),
        ("fr", _after("en")),
        ("es", _after("en")),
        ("it", _after("in")),
        ("pt", _after("em")),
        ("nl", _after("in het")),
        ("ru", _in_russian),
        ("uk", _in_ukrainian),
        ("pl", _in_polish),
    ):
        names = _names(locale)
        for code in TRUE_FALSE_WORDS:
            for phrase in phrases(names.get(code, code).casefold()):
                requests.setdefault(_folded(phrase), code)
    return requests


def _after(*prepositions: str) -> Callable[[str], Iterator[str]]:
    """How a language is asked for where its name stays as it is after a preposition."""

    def phrases(name: str) -> Iterator[str]:
        for preposition, end in product(prepositions, ("", " language")):
            yield f"{preposition} {name}{end}"

    return phrases


def _in_russian(name: str) -> Iterator[str]:
    if name.endswith("ий"):
        stem = name.removesuffix("ий")
        yield from (f"на {stem}ом", f"на {stem}ом языке", f"по-{stem}и", f"по {stem}и")
    else:
        yield from (f"на {name}", f"на {name}е", f"на языке {name}")


def _in_ukrainian(name: str) -> Iterator[str]:
    stem = name.removesuffix("а")
    yield from (f"{stem}ою", f"{stem}ою мовою") if stem != name else (f"мовою {name}",)


def _in_polish(name: str) -> Iterator[str]:
    if name.endswith("ki"):
        stem = name.removesuffix("i")
        yield from (f"po {stem}u", f"w języku {stem}im")
