"""`quizbot decks check`: everything that is wrong with a deck, line by line, and what could be better."""

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.deck_advice import WORDS
from decks import shipped
from generation.checks import CHECKS
from tests.decks.written import COMMENT, DESCRIPTION, ENGLISH, RUSSIAN, write_deck

QUIZBOT = Path(sys.executable).with_name("quizbot")
YAML = "title: {en: Knots}\nsources: {book: {title: A book of knots, url: 'https://example.org'}}\n"
LEVEL = "the question needs one [tag:level-1], 2 or 3 after its id: recall, understanding, application"
BRACES = "the answers must stand in { }, with no blank line in between; one in a text is \\{ or \\}"


def checked(*folders: Path) -> Result:
    """What the command says to these folders."""
    return CliRunner().invoke(app, ["decks", "check", *map(str, folders)], prog_name="quizbot")


def a_question(number: int, text: str, level: int = 1) -> str:
    """A question as it stands in a file."""
    return f"// [id:knot-{number}] [tag:level-{level}] [tag:source-book]\n{text}\n\n"


def warnings(place: Path, *questions: str, yaml: str = YAML) -> list[str]:
    """What could be better in a deck of these questions, without its folder and its end."""
    folder = write_deck(place, "knots", yaml=yaml, en="".join(questions), ru="")
    said = checked(folder)
    *lines, _summary = said.output.splitlines()
    assert said.exit_code == 0, said.output
    return [line.removeprefix(f"{folder}/") for line in lines]


def test_the_shipped_decks_are_sound() -> None:
    said = checked(*(Path(str(folder)) for folder in shipped().values()))

    assert said.exit_code == 0
    assert said.output.count(": sound: ") == len(shipped())


def test_a_sound_deck_is_summed_up_in_one_line(tmp_path: Path) -> None:
    folder = write_deck(tmp_path)

    said = checked(folder)

    assert said.output.splitlines()[-1] == (
        f"{folder}: sound: 1 question in English and Russian; 1 with one right answer, 0 with several; "
        "0 true or false; levels 0 / 1 / 0"
    )
    assert said.exit_code == 0


def test_every_error_has_its_line_and_the_exit_status_is_1(tmp_path: Path) -> None:
    folder = write_deck(tmp_path, en=ENGLISH.replace("level-2", "level-5"), ru=RUSSIAN.replace("}", ""))

    said = checked(folder)

    assert said.exit_code == 1
    assert said.output.splitlines() == [
        f"{folder}/en.gift:1: error: {LEVEL}",
        f"{folder}/ru.gift:1: error: {BRACES}",
        f"{folder}: cannot be used: 2 errors",
    ]


def test_a_folder_with_decks_in_it_is_all_of_them(tmp_path: Path) -> None:
    write_deck(tmp_path, "one", yaml=YAML.replace("Knots", "One"), en=a_question(1, "Which? {=a ~b ~c}"), ru="")
    write_deck(tmp_path, "two", en="")
    (tmp_path / "notes").mkdir()

    said = checked(tmp_path)

    ends = [line for line in said.output.splitlines() if "/deck.yaml" not in line and ".gift" not in line]
    assert [line.partition(":")[0] for line in ends] == [str(tmp_path / "one"), str(tmp_path / "two")]
    assert said.exit_code == 1


def test_a_folder_may_be_the_one_that_one_is_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write_deck(tmp_path, "stars"))

    said = checked(Path())

    assert said.exit_code == 0
    assert "sound: 1 question" in said.output


@pytest.mark.parametrize("kind", ["missing", "empty", "a file"])
def test_a_folder_that_holds_no_deck_is_one_line_and_status_2(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "stars"
    if kind == "empty":
        place.mkdir()
    elif kind == "a file":
        place.touch()

    said = checked(place)

    assert said.exit_code == 2
    assert said.stderr.startswith(f"quizbot: {place} ")
    assert said.stderr.count("\n") == 1
    assert said.stdout == ""


def test_the_program_has_the_command(tmp_path: Path) -> None:
    folder = write_deck(tmp_path)

    ran = subprocess.run([QUIZBOT, "decks", "check", folder], capture_output=True, text=True, timeout=30, check=False)  # noqa: S603

    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.splitlines()[-1].startswith(f"{folder}: sound: ")


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Which? {=a ~b ~c}", "the explanation is missing"),
        ("Which? {=a ~b ~c ####A}", "the explanation is missing or says no more than the key"),
        ("Which? {=a very long key ~short ~small ####It holds well.}", "the key is 3.0 times as long as the other"),
        ("Which? {=bowline ~hitch ~all of the above ####It holds well.}", "an option speaks of the others"),
        ("Which? {=bowline ~hitch ####It holds well.}", "a choice has 3 to 6 options"),
        ("Which? {=bowline ~hitch ~bend ####Option B slips.}", "an option is named by its letter"),
        ("Which? {=bowline ~hitch ~bend ####See https\\://knots.org}", "there is a web address in the text"),
        ("Which is an _____? {=overhand knot ~bowline ~reef ####It holds well.}", "only the key fits the article"),
        ("Какой узел? {=bowline ~hitch ~bend ####Он держит хорошо.}", "this does not look like English"),
    ],
)
def test_what_could_be_better_about_a_question_is_a_warning_at_its_line(
    tmp_path: Path, question: str, words: str
) -> None:
    found = warnings(tmp_path, a_question(1, "Who ties it? {T ####Sailors do it daily.}"), a_question(2, question, 2))

    assert [line for line in found if line.startswith(f"en.gift:4: warning: {words}")], found


def test_a_key_a_little_longer_is_nothing(tmp_path: Path) -> None:
    assert warnings(tmp_path, a_question(1, "Which? {=bowlines ~hitches ~bends ####It holds well.}")) == []


def test_keys_at_one_place_and_statements_all_true_are_said(tmp_path: Path) -> None:
    choices = [a_question(n, f"{n} ropes? {{=a{n} ~b ~c ~d ####It holds well.}}", n % 3 + 1) for n in range(9)]
    statements = [a_question(n, f"{n} knots hold. {{T ####It holds well.}}", n) for n in (1, 2, 3)]

    found = warnings(tmp_path, *choices, *(text.replace("id:knot", "id:truth") for text in statements))

    places = "9 at place 1, 0 at place 2, 0 at place 3, 0 at place 4"
    assert found == [
        "en.gift:1: warning: all 3 statements are TRUE: turn some round",
        f"en.gift:1: warning: the keys of 4 options stand too often at one place ({places}): move some",
    ]


def test_levels_that_are_not_even_are_said(tmp_path: Path) -> None:
    found = warnings(tmp_path, *(a_question(n, f"{n}? {{=a ~b{n} ~c ####It holds well.}}") for n in range(2)))

    assert found == ["en.gift:1: warning: of levels 1, 2 and 3 there are 2, 0 and 0 questions: make them even"]


def test_sources_without_an_address_or_a_question_are_said(tmp_path: Path) -> None:
    yaml = "title: {en: Knots}\nsources:\n  book: {title: A book of knots}\n  page: {title: A page}\n"

    found = warnings(tmp_path, a_question(1, "Which? {=bowline ~hitch ~bend ####It holds well.}"), yaml=yaml)

    assert found == [
        "deck.yaml:3: warning: the source “book” has no address: add its url, if there is one",
        "deck.yaml:4: warning: no question has the source “page”: tag some with [tag:source-page], or take it out",
    ]


def test_a_name_that_finds_a_shipped_deck_is_said_at_its_line(tmp_path: Path) -> None:
    folder = write_deck(tmp_path, yaml=DESCRIPTION.replace("[звёзды]", "[звёзды, планетты]"))

    lines = checked(folder).output.splitlines()

    assert lines[0] == (
        f"{folder}/deck.yaml:6: warning: “планетты” finds the deck solar-system too: leave it to one of them"
    )


def test_a_topic_that_no_name_is_near_to_need_not_be_kept_off(tmp_path: Path) -> None:
    folder = write_deck(tmp_path, yaml=DESCRIPTION.replace("sources:", "not_meant: [stats, gardens]\nsources:"))

    lines = checked(folder).output.splitlines()

    assert [line for line in lines if "not_meant" in line] == [
        f"{folder}/deck.yaml:7: warning: “gardens” under not_meant is near to no name of this deck: take it out"
    ]


def test_a_question_that_a_shipped_deck_has_is_said(tmp_path: Path) -> None:
    twin = (
        "Which planet in the Solar System is largest? {~Saturn =Jupiter ~Neptune ~Uranus ####It is 11 times as wide.}"
    )

    found = warnings(tmp_path, a_question(1, twin))

    assert found == [
        "en.gift:1: warning: “largest-planet” of the deck solar-system asks for the same: ask for something else"
    ]


def test_a_question_twice_in_a_deck_is_said_once(tmp_path: Path) -> None:
    twice = [a_question(n, "Which knot slips? {=reef ~bowline ~bend ####It slips when wet.}", n) for n in (1, 2)]

    found = warnings(tmp_path, *twice)

    assert found == ["en.gift:1: warning: “knot-2” asks for the same: ask for something else, or take one out"]


def test_the_name_of_a_shipped_deck_is_taken(tmp_path: Path) -> None:
    folder = write_deck(tmp_path, "photosynthesis")

    said = checked(folder)

    assert said.exit_code == 1
    assert (
        "deck.yaml:1: error: there is another deck in a folder called “photosynthesis”: rename this one" in said.output
    )


def test_two_decks_that_are_checked_together_are_compared(tmp_path: Path) -> None:
    said = checked(write_deck(tmp_path / "one"), write_deck(tmp_path / "two"))

    assert said.output.count("error: there is another deck in a folder called “stars”") == 2


def test_what_can_be_read_is_advised_on_beside_the_errors(tmp_path: Path) -> None:
    broken = f"{COMMENT}Which? {{=a ~a}}\n\n"
    poor = "// [id:poor] [tag:level-1] [tag:source-nasa]\nWhich? {=a ~b ~c}\n"

    said = checked(write_deck(tmp_path, en=broken + poor, ru=broken + poor)).output

    assert "en.gift:1: error: nearest: two options say the same" in said
    assert "en.gift:4: warning: the explanation is missing" in said
    assert "levels" not in said


def test_every_check_of_written_questions_has_words_here_or_is_made_otherwise() -> None:
    assert CHECKS.keys() - WORDS.keys() == {
        *("key_not_longest", "language", "no_repeat"),
        "explanation_fits",  # an author may explain without the words of the key
    }
