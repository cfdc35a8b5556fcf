"""Translations: English is what the code says, other languages are gettext catalogues in `locales/`."""

from functools import cache
from gettext import NullTranslations
from importlib.resources import files
from io import BytesIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

LANGUAGES = ("en", "ru")
DOMAIN = "quizbot"


def choose_language(preferred: str | None, telegram_code: str | None) -> str:
    """The language to speak: the one a person chose, else that of their Telegram, else English."""
    for code in (preferred, (telegram_code or "").partition("-")[0].lower()):
        if code in LANGUAGES:
            return code
    return LANGUAGES[0]


@cache
def translations(language: str) -> NullTranslations:
    """The words of a language, read from its `.po` file as it stands: there is no compiled copy to grow stale."""
    if language == LANGUAGES[0]:
        return NullTranslations()
    source = (files("locales") / language / "LC_MESSAGES" / f"{DOMAIN}.po").read_bytes()
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(source), locale=language))
    compiled.seek(0)
    return Translations(compiled, domain=DOMAIN)
