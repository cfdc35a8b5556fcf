"""Translations: complete, none too many, and with the same placeholders and marks as the English text."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from delivery.words import LANGUAGES, choose_language, translations

ROOT = Path(__file__).parents[2]
SPEAKING = ("delivery", "handlers")
PLACEHOLDER = re.compile(r"\{\w*\}")
TAG = re.compile(r"</?\w+>")
COMMAND = re.compile(r"(?<!<)/[a-z]+\b")
TRANSLATED = [language for language in LANGUAGES if language != "en"]


def said() -> set[tuple[str, ...]]:
    """Every text in the code that is to be translated, in one form or in two."""
    return {
        tuple(forms(text))
        for package in SPEAKING
        for _file, _line, text, *_ in extract_from_dir(ROOT / package, method_map=[("**.py", "python")])
    }


def catalogue(language: str) -> Catalog:
    """The words of a language as they stand in its file."""
    with (ROOT / "locales" / language / "LC_MESSAGES" / "quizbot.po").open("rb") as file:
        return read_po(file, locale=language)


def entries(language: str) -> list[Message]:
    """Each translation of a language, without the file's own head."""
    return [message for message in catalogue(language) if message.id]


def forms(text: str | Sequence[str] | None) -> list[str]:
    """The text, or each of its plural forms."""
    return [text] if isinstance(text, str) else list(text or ())


@pytest.mark.parametrize("language", TRANSLATED)
def test_everything_the_bot_says_is_translated_and_nothing_else(language: str) -> None:
    assert {tuple(forms(message.id)) for message in entries(language)} == said()
    assert len(said()) > 50, "the texts were found at all"


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_empty_or_a_guess(language: str) -> None:
    assert [message.id for message in entries(language) if message.fuzzy or "" in (forms(message.string) or [""])] == []
    assert not catalogue(language).obsolete


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("part", [PLACEHOLDER, TAG, COMMAND], ids=["placeholders", "tags", "commands"])
def test_both_sides_hold_the_same(language: str, part: re.Pattern[str]) -> None:
    for message in entries(language):
        wanted = sorted(part.findall(forms(message.id)[0]))
        for form in forms(message.string):
            assert sorted(part.findall(form)) == wanted, form


@pytest.mark.parametrize("language", TRANSLATED)
def test_both_sides_begin_and_end_alike(language: str) -> None:
    for message in entries(language):
        english, other = forms(message.id)[0], forms(message.string)[0]
        assert (english[-1] in ".:?!") == (other[-1] in ".:?!"), other
        assert english.count("\n") == other.count("\n"), other


def test_russian_has_three_forms_of_a_number() -> None:
    plural = next(message for message in entries("ru") if isinstance(message.id, tuple))

    assert len(forms(plural.string)) == 3


def test_an_unknown_text_stays_english() -> None:
    assert translations("ru").gettext("not in the file") == "not in the file"
    assert translations("en").gettext("Skip") == "Skip"
    assert translations("ru").gettext("Skip") == "Пропустить"


@pytest.mark.parametrize(
    ("chosen", "telegram", "spoken"),
    [
        (None, None, "en"),
        (None, "ru", "ru"),
        (None, "ru-RU", "ru"),
        (None, "RU", "ru"),
        (None, "de", "en"),
        (None, "", "en"),
        ("en", "ru", "en"),
        ("ru", "en", "ru"),
        ("de", "ru", "ru"),
    ],
)
def test_a_chosen_language_comes_before_that_of_telegram(chosen: str | None, telegram: str | None, spoken: str) -> None:
    assert choose_language(chosen, telegram) == spoken
