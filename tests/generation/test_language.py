"""A question in another language than the one asked for is noticed; one in the right language is not dropped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decks import load_decks
from generation.language import is_in_language, language_of
from quiz.languages import TRUE_FALSE_WORDS
from quiz.material import Material, Passage, PassageKind, Place, PlaceKind
from tests.generation.language_examples import QUESTIONS, examples

PLACE = Place(PlaceKind.PAGE, 1)
SHIPPED = {
    language: [
        "\n".join([question.stem, *(option.text for option in question.options)])
        for deck in load_decks()
        for question in deck.questions[language]
    ]
    for language in ("en", "ru")
}
ALL = SHIPPED | {language: examples(language) for language in QUESTIONS}


def share_in(texts: list[str], language: str) -> float:
    """The share of the texts that pass as being in a language."""
    return sum(is_in_language(text, language) for text in texts) / len(texts)


@pytest.mark.parametrize("language", SHIPPED)
def test_the_questions_of_the_shipped_decks_pass_in_their_own_language(language: str) -> None:
    assert share_in(SHIPPED[language], language) >= 0.99


def test_russian_questions_are_not_english_and_english_ones_not_russian() -> None:
    assert share_in(SHIPPED["ru"], "en") <= 0.01
    assert share_in(SHIPPED["en"], "ru") <= 0.01


@pytest.mark.parametrize("language", QUESTIONS)
def test_questions_in_eight_more_languages_pass_in_their_own(language: str) -> None:
    assert share_in(ALL[language], language) == 1


@pytest.mark.parametrize("language", ALL)
def test_questions_do_not_pass_in_a_language_that_is_not_near_their_own(language: str) -> None:
    near = {
        language,
        *{"es": ["pt", "fr"], "pt": ["es", "fr"], "it": ["es"], "uk": ["ru"], "ru": ["uk"]}.get(language, []),
    }
    for other in ALL.keys() - near:
        assert share_in(ALL[language], other) <= 0.01, other


@pytest.mark.parametrize(("language", "other"), [("es", "pt"), ("pt", "es"), ("it", "es"), ("uk", "ru"), ("ru", "uk")])
def test_most_questions_in_a_similar_language_are_noticed_too(language: str, other: str) -> None:
    assert share_in(ALL[language], other) <= 0.4


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("E = mc²?\nE\nm", "ru"),
        ("Paris?\nLyon\nNice", "tr"),
        ("2 + 2 = ?\n3\n4", "de"),
        ("`for i in range(3): print(i)`\n`0 1 2`\n`1 2 3`", "ru"),
        ("Что такое HTTP?\nHypertext Transfer Protocol\nHigh Transfer Text Page", "ru"),
        ("Какой оператор верен?\n`SELECT name FROM users`\n`SELECT FROM users name`", "ru"),
        ("水の化学式は？\nH₂O\nCO₂", "ja"),
        ("中国的首都是哪里？\n北京\n上海", "zh"),
        ("대한민국의 수도는 어디입니까?\n서울\n부산", "ko"),
        ("Ποια είναι η πρωτεύουσα της Ελλάδας;\nΑθήνα\nΠάτρα", "el"),
        ("ما هي عاصمة مصر؟\nالقاهرة\nالإسكندرية", "ar"),
        ("Hvad hedder hovedstaden i Danmark?\nAarhus\nKøbenhavn", "da"),
        ("Hvad hedder hovedstaden i Danmark?\nAarhus\nKøbenhavn", "no"),
        ("Koji je glavni grad Srbije?\nBeograd\nNovi Sad", "sr"),
        ("Који је главни град Србије?\nБеоград\nНови Сад", "sr"),
        ("Which Russian word means “library”?\nбиблиотека\nкнига\nмагазин", "en"),
        ("Wähle die richtige Form: “If it ___ tomorrow, we will stay at home.”\nrains\nrained", "de"),
        ("WHICH PLANET IS NEAREST TO THE SUN?\nMERCURY\nVENUS", "en"),
        ("Frage in einer Sprache, die hier niemand kennt?\nja\nnein", "xx"),
        ("", "en"),
    ],
)
def test_code_names_quotations_and_short_texts_do_not_count_against_a_question(text: str, language: str) -> None:
    assert is_in_language(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Что это?\nвода\nлёд", "en"),
        ("What is it?\nwater\nice", "ru"),
        ("What is it?\nwater\nice", "ja"),
        ("中国的首都是哪里？\n北京\n上海", "ko"),
        ("中国的首都是哪里？\n北京\n上海", "en"),
        ("Wähle die richtige Form: „If it ___ tomorrow, we will stay at home.“\nrains\nrained\nwill rain", "en"),
        ("Каким словом начинается вопрос «___ you see Tom yesterday?»\nDo\nWere\nHave\nDid", "en"),
        ("Яке місто є столицею Австралії?\nСідней\nКанберра", "ru"),
        ("Which planet is nearest to the Sun?\nMercury\nVenus", "fr"),
    ],
)
def test_another_script_and_another_stem_are_noticed(text: str, language: str) -> None:
    assert not is_in_language(text, language)


@given(st.text(), st.sampled_from(sorted(TRUE_FALSE_WORDS)))
def test_any_text_can_be_judged(text: str, language: str) -> None:
    assert is_in_language(text, language) in {True, False}


@pytest.mark.parametrize(
    ("texts", "language"),
    [
        (["The cell is the basic unit of life, and every organism is made of cells."], "en"),
        (["Клетка — наименьшая единица живого.", "Рибосомы по HTTP не работают."], "ru"),
        (["Клітина є основною одиницею життя, і її вивчає біологія."], "uk"),
        (["Die Zelle ist die kleinste lebende Einheit aller Organismen."], "de"),
        (["La cellule est la plus petite unité du vivant, et elle se divise."], "fr"),
        (["細胞は生物の基本単位です。"], "ja"),
        (["细胞是生物体的基本单位。"], "zh"),
        (["Вода"], "ru"),
        (["Water"], "en"),
        (["12 + 34 = 46"], None),
        ([], None),
    ],
)
def test_the_language_of_a_material_is_told(texts: list[str], language: str | None) -> None:
    passages = tuple(Passage(text, Place(PlaceKind.PARAGRAPH, number)) for number, text in enumerate(texts, 1))
    assert language_of(Material("", passages)) == language


def test_code_does_not_tell_the_language_of_a_material() -> None:
    code = Passage("for line in open('notes.txt'):\n    print(line.strip())\n" * 20, PLACE, PassageKind.CODE)
    assert language_of(Material("", (code, Passage("Цикл читает файл строка за строкой.", PLACE)))) == "ru"


def test_most_of_a_long_material_decides_not_its_beginning() -> None:
    passages = [Passage("A preface in English, which is short.", PLACE)]
    passages += [Passage("Клетка — наименьшая единица живого, и из клеток состоят все организмы.", PLACE)] * 5_000
    assert language_of(Material("", tuple(passages))) == "ru"
