"""A deck is sound and the same in every language, or it is refused with the file and the reason."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from decks import load_deck
from quiz.deck import Deck, InvalidDeck, read_deck
from quiz.question import Checked, Kind, Level, Source

DESCRIPTION: dict[str, Any] = {
    "name": "stars",
    "title": {"en": "Stars", "ru": "Звёзды"},
    "names": {"en": ["stars"], "ru": ["звёзды"]},
    "sources": {"nasa": {"title": {"en": "NASA", "ru": "НАСА"}, "url": "https://nasa.gov"}},
}
COMMENT = "// [id:nearest] [tag:level-2] [tag:source-nasa]\n"
ENGLISH = COMMENT + "Which star is nearest? {~Sirius =The Sun ####It is 8 light minutes away.}"
RUSSIAN = COMMENT + "Какая звезда ближе всех? {~Сириус =Солнце ####До неё 8 световых минут.}"


def read(en: str = ENGLISH, ru: str = RUSSIAN, **changes: object) -> Deck:
    return read_deck({**deepcopy(DESCRIPTION), **changes}, {"en": en, "ru": ru})


def refusal(en: str = ENGLISH, ru: str = RUSSIAN, **changes: object) -> str:
    with pytest.raises(InvalidDeck) as refused:
        read(en, ru, **changes)
    return str(refused.value)


def test_a_deck_has_its_questions_in_both_languages() -> None:
    deck = read()

    (question,) = deck.questions["ru"]
    assert question.stem == "Какая звезда ближе всех?"
    assert question.option("b").text == "Солнце"
    assert question.key == {"b"}
    assert question.level is Level.UNDERSTANDING
    assert question.checked is Checked.PERSON
    assert question.source == Source("НАСА", "https://nasa.gov")
    assert deck.titles == {"en": "Stars", "ru": "Звёзды"}
    assert deck.quiz_id("ru") == "deck.stars.ru"


@pytest.mark.parametrize(("written", "key"), [("T", "a"), ("F", "b")])
def test_statements_get_the_words_of_their_language(written: str, key: str) -> None:
    deck = read(COMMENT + f"It is a star. {{{written}}}", COMMENT + f"Это звезда. {{{written}}}")

    english, russian = deck.questions["en"][0], deck.questions["ru"][0]
    assert english.kind is Kind.TRUE_FALSE
    assert [option.text for option in english.options] == ["True", "False"]
    assert [option.text for option in russian.options] == ["Верно", "Неверно"]
    assert english.key == russian.key == {key}


def test_another_text_is_another_version() -> None:
    before, after = read(), read(ru=RUSSIAN.replace("8", "9"))

    assert before.versions["en"] == after.versions["en"]
    assert before.versions["ru"] != after.versions["ru"]


def test_a_question_changed_in_a_revision_says_so() -> None:
    revised = "// [id:nearest] [tag:level-2] [tag:source-nasa] [tag:revision-3]\n"

    deck = read(ENGLISH.replace(COMMENT, revised), RUSSIAN.replace(COMMENT, revised))

    assert deck.questions["en"][0].revision == 3
    assert read().questions["en"][0].revision == 1


@pytest.mark.parametrize("missing", ["title", "names", "sources"])
def test_a_description_without_a_part_is_refused(missing: str) -> None:
    description = {name: value for name, value in DESCRIPTION.items() if name != missing}

    with pytest.raises(InvalidDeck, match=rf"stars/deck\.yaml: .*{missing}"):
        read_deck(description, {"en": ENGLISH, "ru": RUSSIAN})


def test_a_description_without_a_name_is_refused() -> None:
    description = {name: value for name, value in DESCRIPTION.items() if name != "name"}

    with pytest.raises(InvalidDeck, match="name"):
        read_deck(description, {"en": ENGLISH, "ru": RUSSIAN})


@pytest.mark.parametrize("sources", [None, "nasa", {"nasa": "a text"}, {"nasa": {"title": "one"}}, {"nasa": None}])
def test_a_description_of_the_wrong_form_is_refused(sources: object) -> None:
    assert "deck.yaml" in refusal(sources=sources)


@pytest.mark.parametrize("title", [" ", "x" * 61])
def test_a_title_that_does_not_fit_on_a_button_is_refused(title: str) -> None:
    assert "a title has 1 to 60 characters" in refusal(title={"en": title, "ru": "Звёзды"})


def test_a_title_in_one_language_only_is_refused() -> None:
    assert "ru" in refusal(title={"en": "Stars"})


def test_the_file_and_the_line_of_a_mistake_are_named() -> None:
    assert refusal(ru="\n\nКакая? {").startswith("stars/ru.gift: line 3: ")


def test_an_unsound_question_is_named() -> None:
    same = ENGLISH.replace("Sirius", "The Sun")

    assert refusal(en=same) == "stars/en.gift: nearest: two options say the same"


@pytest.mark.parametrize(
    "comment",
    [
        "// [tag:level-2] [tag:source-nasa]\n",
        "// [id:nearest] [tag:source-nasa]\n",
        "// [id:nearest] [tag:level-4] [tag:source-nasa]\n",
        "// [id:nearest] [tag:level-1] [tag:level-2] [tag:source-nasa]\n",
    ],
)
def test_a_question_needs_an_id_and_a_level(comment: str) -> None:
    assert "needs an [id:…] and one [tag:level-1], 2 or 3" in refusal(en=ENGLISH.replace(COMMENT, comment))


@pytest.mark.parametrize("source", ["", " [tag:source-esa]"])
def test_a_question_needs_a_source_that_is_listed(source: str) -> None:
    changed = ENGLISH.replace(" [tag:source-nasa]", source)

    assert "line 1: a deck's question needs one [tag:source-…]" in refusal(en=changed)


def test_a_revision_is_a_number() -> None:
    changed = ENGLISH.replace("[tag:level-2]", "[tag:level-2] [tag:revision-new]")

    assert "stars/en.gift: line 1: " in refusal(en=changed)


def test_thirteen_options_are_too_many() -> None:
    many = COMMENT + "Which? {=right " + " ".join(f"~wrong {number}" for number in range(12)) + "}"

    assert "more than 12 options" in refusal(en=many)


def test_two_questions_cannot_have_one_id() -> None:
    assert "the same id" in refusal(en=f"{ENGLISH}\n\n{ENGLISH}")


@pytest.mark.parametrize(
    "russian",
    [
        RUSSIAN.replace("nearest", "farthest"),
        RUSSIAN.replace("level-2", "level-3"),
        RUSSIAN.replace("~Сириус =Солнце", "=Сириус ~Солнце"),
        RUSSIAN.replace("~Сириус", "~Сириус ~Вега"),
        COMMENT + "Солнце — звезда. {T}",
    ],
)
def test_the_languages_must_ask_the_same(russian: str) -> None:
    assert "differ between the languages" in refusal(ru=russian)


def test_no_language_may_have_more_questions() -> None:
    second = RUSSIAN.replace("nearest", "second")

    assert "one language has more questions" in refusal(ru=f"{RUSSIAN}\n\n{second}")


def test_a_folder_that_lacks_a_file_is_refused_by_name(tmp_path: Path) -> None:
    folder = tmp_path / "stars"
    folder.mkdir()
    (folder / "deck.yaml").write_text("name: stars\n", "utf-8")

    with pytest.raises(InvalidDeck, match=r"stars: .*en\.gift"):
        load_deck(folder)


@pytest.mark.parametrize("yaml", ["a: [", "just a text", "- a\n- list\n"])
def test_a_description_that_is_no_mapping_is_refused(tmp_path: Path, yaml: str) -> None:
    folder = tmp_path / "stars"
    folder.mkdir()
    for name, text in {"deck.yaml": yaml, "en.gift": ENGLISH, "ru.gift": RUSSIAN}.items():
        (folder / name).write_text(text, "utf-8")

    with pytest.raises(InvalidDeck, match=r"^stars"):
        load_deck(folder)
