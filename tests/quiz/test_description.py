"""What `deck.yaml` may say, and what is said about it when it does not."""

import pytest

from quiz.description import Written, read_description
from quiz.question import Checked
from tests.decks.written import DESCRIPTION


def read(text: str, folder: str = "stars") -> tuple[Written | None, list[str]]:
    """What was read, and what was noted by its line."""
    noted: list[str] = []
    written = read_description(folder, text, lambda line, words: noted.append(f"{line}: {words}"))
    return written, noted


def noted(old: str, new: str, folder: str = "stars") -> list[str]:
    """What is noted of a description that is changed so."""
    assert old in DESCRIPTION
    return read(DESCRIPTION.replace(old, new), folder)[1]


def test_nothing_is_wrong_with_a_good_one() -> None:
    written, found = read(DESCRIPTION)

    assert found == []
    assert written is not None
    assert written.checked is Checked.PERSON


def test_who_checked_it_may_be_said() -> None:
    written, found = read(f"checked: solver\nversion: 1\n{DESCRIPTION}")

    assert found == []
    assert written is not None
    assert written.checked is Checked.SOLVER


def test_what_looks_like_a_number_or_no_is_a_name_all_the_same() -> None:
    written, found = read(DESCRIPTION.replace("[stars, the stars]", "[1789, no, 1_000, null]"))

    assert found == []
    assert written is not None
    assert written.description.names["en"] == ("1789", "no", "1_000", "null")


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("subject:", "subjekt:", 2, "the key “subjekt” is unknown here: did you mean “subject”?"),
        ("subject: astronomy", "colour: red", 2, "the key “colour” is unknown here: there is version, name, subject,"),
        ("astronomy", "Astronomy", 2, "subject cannot be “Astronomy”: did you mean “astronomy”?"),
        ("subject: astronomy", "checked: nobody", 2, "checked cannot be “nobody”: there is solver, rules, person"),
        ("subject: astronomy", "version: 2", 2, "this bot reads version 1 of decks"),
        ("name: stars", "name: planets", 1, "the name is that of the folder, “stars”"),
        ("name: stars", "name: [stars]", 1, "name is one text"),
        ("{en: Stars, ru: Звёзды}", "Stars", 3, "title must say in which language: put en or ru and a colon before it"),
        ("en: Stars", "en: ''", 3, "the title in en is empty"),
        ("en: Stars", f"en: {'x' * 61}", 3, "a title has 1 to 60 characters, not 61"),
        ("en: Stars", "de: Sterne", 3, "the key “de” is unknown here: there is en, ru"),
        ("en: Stars,", "", 5, "there are names in en, and no title"),
        ("[stars, the stars]", "stars", 5, "the names in en are a list"),
        ("[звёзды]", "['…']", 6, "“…” has no letter or number"),
        ("[звёзды]", "[[звёзды]]", 6, "a name is one text"),
        ("sources:", "not_meant: stairs\nsources:", 7, "the topics under not_meant are a list"),
        ("sources:", "not_meant: [stairs, Stars]\nsources:", 7, "“Stars” is a name of this deck, and stands under"),
        ("https://nasa.gov", "nasa", 10, "an address begins with https://"),
        ("https://nasa.gov", "https://nasa gov", 10, "an address begins with https://"),
        ("    url", "    link", 10, "the key “link” is unknown here: there is title, url"),
        ("en: NASA, ", "", 8, "the source “nasa” has no title in en: add it"),
        ("en: NASA", f"en: {'x' * 201}", 9, "the title of a source has at most 200 characters"),
    ],
)
def test_what_is_wrong_is_said_by_its_line_with_what_to_do(old: str, new: str, line: int, words: str) -> None:
    found = noted(old, new)

    assert [one for one in found if one.startswith(f"{line}: {words}")], found


@pytest.mark.parametrize("part", ["title", "sources"])
def test_title_and_sources_must_be_there(part: str) -> None:
    begin = DESCRIPTION.index(part)
    kept = DESCRIPTION[:begin] + ("" if part == "sources" else DESCRIPTION[DESCRIPTION.index("names") :])

    assert [one for one in read(kept)[1] if one.startswith(f"1: there {'is' if part == 'title' else 'are'} no {part}")]


@pytest.mark.parametrize("folder", ["Stars", "my stars", "-stars", "звёзды", "x" * 60])
def test_the_folder_must_have_a_name_that_buttons_and_links_can_carry(folder: str) -> None:
    found = noted("name: stars\n", "", folder)

    form = "up to 59 of a-z 0-9 -, a letter or digit first"
    assert found == [f"1: the folder is called “{folder}”, and a deck's name has {form}: rename it"]


def test_several_things_are_said_at_once() -> None:
    found = read("title: {en: '', fr: La lune}\nnames: x\nsources: [x]\ncheked: solver\n")[1]

    assert [one.partition(":")[0] for one in sorted(found)] == ["1", "1", "2", "3", "4"]


@pytest.mark.parametrize("text", ["just a text", "- a\n- list\n"])
def test_what_has_no_parts_is_no_description(text: str) -> None:
    found = read(text)[1]

    assert found == [
        "1: the file must have lines such as “title: {en: The Moon}”: a word, a colon, and what belongs to it"
    ]


@pytest.mark.parametrize(
    ("written", "code"), [("\u202e", "202E"), ("\u2066", "2066"), ("\\a", "0007"), ("\\0", "0000")]
)
@pytest.mark.parametrize(("old", "line"), [("en: Stars", 3), ("en: NASA", 9)])
def test_what_nobody_sees_is_taken_down(old: str, line: int, written: str, code: str) -> None:
    found = noted(old, f'en: "a{written}b"')

    assert found == [
        f"{line}: a character stands here that nobody sees (U+{code}): take it out, or write the line anew"
    ]
