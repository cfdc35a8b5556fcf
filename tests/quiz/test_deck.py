"""A deck is sound and the same in every language, or everything that is wrong with it is said at once."""

import os
import subprocess
import sys

import pytest

from quiz.deck import Deck, InvalidDeck, describe_deck, examine_deck, read_deck
from quiz.question import Checked, Kind, Level, Source
from quiz.subjects import Subject
from tests.decks.written import COMMENT, DESCRIPTION, ENGLISH, RUSSIAN, encoded


def read(en: str = ENGLISH, ru: str = RUSSIAN, yaml: str = DESCRIPTION) -> Deck:
    return read_deck("stars", encoded({"deck.yaml": yaml, "en.gift": en, "ru.gift": ru}))


def errors(en: str | None = ENGLISH, ru: str | None = RUSSIAN, yaml: str | None = DESCRIPTION) -> list[str]:
    """What is wrong with these files; those that are None are not there."""
    files = {name: text for name, text in (("deck.yaml", yaml), ("en.gift", en), ("ru.gift", ru)) if text is not None}
    return [str(flaw) for flaw in examine_deck("stars", encoded(files)).errors]


def test_a_deck_has_its_questions_in_both_languages() -> None:
    deck = read()

    (question,) = deck.questions["ru"]
    assert question.stem == "Какая звезда ближе всех?"
    assert question.option("b").text == "Солнце"
    assert question.key == {"b"}
    assert question.level is Level.UNDERSTANDING
    assert question.checked is Checked.PERSON
    assert question.source == Source("НАСА", "https://nasa.gov")
    assert deck.subject is Subject.ASTRONOMY
    assert deck.titles == {"en": "Stars", "ru": "Звёзды"}
    assert deck.names == {"en": ("stars", "the stars"), "ru": ("звёзды",)}
    assert deck.quiz_id("ru") == "deck.stars.ru"


def test_the_description_alone_is_enough_to_offer_a_deck() -> None:
    described, deck = describe_deck("stars", DESCRIPTION.encode()), read()

    assert (described.name, described.subject, described.titles, described.names) == (
        deck.name,
        deck.subject,
        deck.titles,
        deck.names,
    )


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


def test_every_process_gives_the_same_text_the_same_version() -> None:
    program = "from decks import load_decks; print([list(deck.versions.values()) for deck in load_decks()])"
    said = {
        subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-c", program], env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2", "3")
    }

    assert len(said) == 1


def test_a_question_changed_in_a_revision_says_so() -> None:
    revised = "// [id:nearest] [tag:level-2] [tag:source-nasa] [tag:revision-3]\n"

    deck = read(ENGLISH.replace(COMMENT, revised), RUSSIAN.replace(COMMENT, revised))

    assert deck.questions["en"][0].revision == 3
    assert read().questions["en"][0].revision == 1


def test_one_language_is_enough() -> None:
    yaml = "title: {ru: Звёзды}\nsources: {nasa: {title: НАСА}}\n"

    deck = read_deck("stars", encoded({"deck.yaml": yaml, "ru.gift": RUSSIAN}))

    assert list(deck.questions) == list(deck.versions) == ["ru"]
    assert (deck.names, deck.subject) == ({"ru": ()}, Subject.OTHER)
    assert deck.questions["ru"][0].source == Source("НАСА")
    assert (deck.language_for("en"), read().language_for("en")) == ("ru", "en")


def test_a_byte_order_mark_does_no_harm() -> None:
    files = encoded({"deck.yaml": DESCRIPTION, "en.gift": ENGLISH, "ru.gift": RUSSIAN})

    deck = read_deck("stars", {name: b"\xef\xbb\xbf" + raw for name, raw in files.items()})

    assert deck.versions == read().versions


def test_who_reads_a_faulty_deck_is_told_the_first_error_and_how_many_there_are() -> None:
    with pytest.raises(InvalidDeck) as refused:
        read(ENGLISH.replace("level-2", "level-4"), "\n\nКакая? {")

    assert str(refused.value).startswith("stars/en.gift:1: the question needs one [tag:level-1], 2 or 3")
    assert str(refused.value).endswith(" (and 2 more)")
    assert [flaw.line for flaw in refused.value.flaws] == [1, 1, 3]


def test_every_error_of_every_file_is_said_at_once() -> None:
    english = f"{ENGLISH.replace('Sirius', 'The Sun')}\nWhich? {{=a ~b}}\n\n// [id:third]\nWhich? {{"
    yaml = DESCRIPTION.replace("subject: astronomy", "subject: astronmy").replace("en: [", "de: [x]\n  en: [")

    found = errors(english, RUSSIAN.replace("source-nasa", "source-nsa"), yaml)

    assert [line.partition(": ")[0] for line in found] == [
        "deck.yaml:2",
        "deck.yaml:5",
        "en.gift:1",
        "en.gift:4",
        "en.gift:4",
        "en.gift:4",
        "en.gift:6",
        "en.gift:6",
        "ru.gift:1",
    ]


def test_a_deck_without_a_description_is_read_as_far_as_it_goes() -> None:
    assert errors(yaml=None, en=ENGLISH.replace("Sirius", "The Sun")) == [
        "deck.yaml:1: there is no such file: write it",
        "en.gift:1: nearest: two options say the same",
    ]


def test_a_misnamed_description_is_recognised() -> None:
    examined = examine_deck("stars", encoded({"deck.yml": DESCRIPTION, "en.gift": ENGLISH}))

    assert [str(flaw) for flaw in examined.errors] == ["deck.yaml:1: there is no such file: rename deck.yml"]
    assert examined.deck is None


def test_a_file_of_a_language_that_the_title_names_must_be_there() -> None:
    assert errors(ru=None) == ["ru.gift:1: there is no such file: write it, or take ru out of deck.yaml"]


def test_a_file_of_a_language_without_a_title_is_an_error() -> None:
    yaml = "title: {en: Stars}\nsources: {nasa: {title: NASA}}\n"

    assert errors(yaml=yaml) == ["deck.yaml:1: there is no title in ru: write one, since there is a file ru.gift"]


def test_a_file_without_a_title_is_compared_with_none() -> None:
    yaml = "title: {en: Stars}\nsources: {nasa: {title: NASA, url: 'https://nasa.gov'}}\n"
    other = RUSSIAN.replace("nearest", "second")

    for russian in (RUSSIAN, other):
        assert errors(yaml=yaml, ru=russian) == [
            "deck.yaml:1: there is no title in ru: write one, since there is a file ru.gift"
        ]


def test_a_source_without_a_title_in_a_language_is_said_once() -> None:
    assert errors(yaml=DESCRIPTION.replace(", ru: НАСА", "")) == [
        "deck.yaml:8: the source “nasa” has no title in ru: add it"
    ]


@pytest.mark.parametrize("character", ["\0", "\a", "\x7f", "\x85", "\u202a", "\u202e", "\u2066", "\u2069"])
@pytest.mark.parametrize("place", ["Which star", "Sirius", "8 minutes"])
def test_what_nobody_sees_in_a_question_is_an_error(place: str, character: str) -> None:
    (line,) = errors(en=ENGLISH.replace(place, f"{character}{place}"))

    assert line.startswith(f"en.gift:2: a character stands here that nobody sees (U+{ord(character):04X}): take it out")


def test_a_folder_without_questions_says_so() -> None:
    assert errors(en=None, ru=None, yaml=None) == [
        "deck.yaml:1: there is no such file: write it",
        "en.gift:1: there are no questions: write them in this file",
    ]


@pytest.mark.parametrize("text", ["", "// nothing yet\n"])
def test_a_file_without_questions_says_so(text: str) -> None:
    assert "en.gift:1: there is no question in this file: write some" in errors(en=text)


def test_a_file_that_nobody_reads_is_no_error_and_is_said() -> None:
    examined = examine_deck("stars", encoded({"deck.yaml": DESCRIPTION, "en.gift": "", "de.gift": ENGLISH}))

    (flaw,) = [flaw for flaw in examined.flaws if not flaw.is_error]
    assert str(flaw) == "de.gift:1: this file is not read: questions stand in en.gift and ru.gift"


@pytest.mark.parametrize("file", ["deck.yaml", "en.gift"])
def test_another_encoding_is_named_with_its_line(file: str) -> None:
    files = encoded({"deck.yaml": DESCRIPTION, "en.gift": ENGLISH, "ru.gift": RUSSIAN})
    files[file] = b"# x\n" + "Звёзды".encode("cp1251")

    (line,) = [str(flaw) for flaw in examine_deck("stars", files).errors]

    assert line.startswith(f"{file}:2: this is not in UTF-8: save the file in UTF-8")


@pytest.mark.parametrize("id_", ["", "[id:Nearest Star]", "[id:nearest|star]", f"[id:{'x' * 65}]"])
def test_a_question_needs_an_id_that_can_be_kept(id_: str) -> None:
    changed = ENGLISH.replace("[id:nearest]", id_)

    assert [line for line in errors(en=changed) if line.startswith("en.gift:1: ") and " id" in line]


@pytest.mark.parametrize("level", ["", "[tag:level-4]", "[tag:level-1] [tag:level-2]"])
def test_a_question_needs_one_level(level: str) -> None:
    found = errors(en=ENGLISH.replace("[tag:level-2]", level))

    assert found[0].startswith("en.gift:1: the question needs one [tag:level-1], 2 or 3")


def test_a_question_needs_a_source() -> None:
    (line,) = errors(en=ENGLISH.replace(" [tag:source-nasa]", ""))

    assert line == "en.gift:1: the question needs one [tag:source-…] after its id, of a source that deck.yaml lists"


def test_a_source_that_is_not_listed_is_guessed_at() -> None:
    (line,) = errors(en=ENGLISH.replace("source-nasa", "source-nsa"))

    assert line == "en.gift:1: deck.yaml has no source “nsa”: did you mean “nasa”?"


@pytest.mark.parametrize("revision", ["new", "0", "01", "-1", "1234567"])
def test_a_revision_is_a_number(revision: str) -> None:
    found = errors(en=ENGLISH.replace("[tag:level-2]", f"[tag:level-2] [tag:revision-{revision}]"))

    assert found == [f"en.gift:1: a revision is a number, as in [tag:revision-2], not “{revision}”"]


def test_thirteen_options_are_too_many() -> None:
    many = COMMENT + "Which? {=right " + " ".join(f"~wrong {number}" for number in range(12)) + "}"

    assert "en.gift:1: there are more than 12 options: take some out" in errors(en=many)


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("The {=Sun ~Moon} is a star.", "a text after the answers (a missing word)"),
        ("Which is a star? {=Sun#Yes, it shines. ~Moon}", "feedback on a single option"),
        ("[html]Which is a star? {=Sun ~Moon}", "a marker as [html]"),
        ("Which is a star? {=Sun ~%50%Moon}", "“Moon” gives 0.5 of the points"),
        ("Which are stars? {~%70%Sun ~%30%Sirius ~Moon}", "the right answers count unequally"),
    ],
)
def test_a_deck_takes_less_than_a_file_to_import(question: str, why: str) -> None:
    assert any(error.startswith(f"en.gift:1: {why}") for error in errors(en=COMMENT + question))


def test_two_questions_cannot_have_one_id() -> None:
    found = errors(en=f"{ENGLISH}\n{ENGLISH}")

    assert found == ["en.gift:4: the id “nearest” is that of line 1 too: give each question its own"]


@pytest.mark.parametrize(
    ("russian", "aspect"),
    [
        (RUSSIAN.replace("level-2", "level-3"), "level (3) than in en.gift:1 (2)"),
        (RUSSIAN.replace("~Сириус =Солнце", "=Сириус ~Солнце"), "key (a) than in en.gift:1 (b)"),
        (RUSSIAN.replace("~Вега", "~Вега ~Бета"), "number of options (4) than in en.gift:1 (3)"),
        (COMMENT + "Солнце — звезда. {T}", "kind (truefalse) than in en.gift:1 (single)"),
        (RUSSIAN.replace("level-2]", "level-2] [tag:revision-2]"), "revision (2) than in en.gift:1 (1)"),
    ],
)
def test_what_differs_between_the_languages_is_said(russian: str, aspect: str) -> None:
    assert errors(ru=russian) == [f"ru.gift:1: “nearest” has another {aspect}: make both the same"]


def test_a_question_of_one_language_only_is_named() -> None:
    second = RUSSIAN.replace("nearest", "second")

    assert errors(ru=f"{RUSSIAN}\n{second}") == [
        "ru.gift:4: “second” is not in en.gift: write it there too, with the same id"
    ]
    assert errors(en=f"{ENGLISH}\n{ENGLISH.replace('nearest', 'second')}") == [
        "en.gift:4: “second” is not in ru.gift: write it there too, with the same id"
    ]


def test_a_question_that_cannot_be_read_is_not_said_to_be_missing() -> None:
    assert errors(ru=RUSSIAN.replace("}", "")) == [
        "ru.gift:1: the answers must stand in { }, with no blank line in between; one in a text is \\{ or \\}"
    ]
