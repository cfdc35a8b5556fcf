"""`quizbot decks sheet` and `compare`: from a deck to a reader, and from the reader's answers to `blind.csv`."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from quiz.blind import read_answers
from tests.decks.written import ENGLISH, RUSSIAN, write_deck


def typed(*arguments: str | Path) -> Result:
    """What the command line does with these words."""
    return CliRunner().invoke(app, ["decks", *map(str, arguments)], prog_name="quizbot")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A deck of one question."""
    return write_deck(tmp_path)


def answered(folder: Path, option: str, language: str = "en", remark: str = "") -> Path:
    """The sheet of a deck of one question, filled in with the letter of an option, or a word."""
    sheet = typed("sheet", folder, "--language", language).output
    letters = {text: letter for letter, text in re.findall(r"^    ([A-C])\. (.+)$", sheet, re.MULTILINE)}
    file = folder.parent / "sheet.txt"
    file.write_text(sheet.replace("Answer:", f"Answer: {letters.get(option, option)}") + remark, "utf-8")
    return file


def test_a_sheet_has_the_questions_of_all_decks_named(tmp_path: Path) -> None:
    folders = [write_deck(tmp_path, "one"), write_deck(tmp_path, "two")]

    said = typed("sheet", *folders, "--language", "ru")

    assert said.exit_code == 0
    assert said.output.startswith("A sheet of 2 questions, without keys.")
    assert re.findall(r"^== .*", said.output, re.MULTILINE) == ["== one, ru", "== two, ru"]
    assert said.output.count("Какая звезда ближе всех?") == 2
    assert "8 минут" not in said.output


def test_a_reader_who_agrees_is_said_so(folder: Path) -> None:
    said = typed("compare", folder, answered(folder, "The Sun"))

    assert (said.exit_code, said.output) == (0, f"{folder}, en: the reader agrees with 1 of 1 keys\n")
    assert not (folder / "blind.csv").exists()


def test_a_reader_who_does_not_agree_is_quoted(folder: Path) -> None:
    said = typed("compare", folder, answered(folder, "Вега", "ru", "Не вижу Солнца"))

    assert said.exit_code == 1
    first, second = said.output.splitlines()
    assert first == f"{folder}, ru: the reader agrees with 0 of 1 keys"
    assert re.fullmatch(r"  nearest: the key is [A-C] “Солнце”, the reader says [A-C] “Вега”\. Не вижу Солнца", second)


@pytest.mark.parametrize("word", ["none", "ambiguous"])
def test_a_reader_may_say_that_there_is_no_one_answer(folder: Path, word: str) -> None:
    said = typed("compare", folder, answered(folder, word))

    assert said.exit_code == 1
    assert said.output.endswith(f"“The Sun”, the reader says {word}\n")


def test_answers_are_kept_and_none_is_replaced(folder: Path) -> None:
    typed("compare", folder, answered(folder, "Vega"), "--keep")
    (folder / "en.gift").write_text(ENGLISH.replace("nearest?", "nearest to us?"), "utf-8")
    typed("compare", folder, answered(folder, "The Sun"), "--keep")
    typed("compare", folder, answered(folder, "The Sun"), "--keep")

    first, second = read_answers((folder / "blind.csv").read_text("utf-8"))

    assert (first.language, first.question, first.key, first.answer, first.agrees) == ("en", "nearest", "b", "c", False)
    assert (second.key, second.answer, second.agrees) == ("b", "b", True)
    assert first.digest != second.digest


def test_a_sheet_may_have_only_what_is_open(folder: Path) -> None:
    typed("compare", folder, answered(folder, "The Sun"), "--keep")

    nothing = typed("sheet", folder, "--open")
    russian = typed("sheet", folder, "--open", "--language", "ru")
    (folder / "en.gift").write_text(ENGLISH.replace("Vega", "Altair"), "utf-8")
    changed = typed("sheet", folder, "--open")

    assert (nothing.exit_code, nothing.stdout) == (2, "")
    assert "every question has been read as it is" in nothing.stderr
    assert "Какая звезда" in russian.output
    assert "Altair" in changed.output


def test_questions_that_are_not_on_the_sheet_are_counted(tmp_path: Path) -> None:
    second = [text.replace("nearest", "second").replace("Which star", "What") for text in (ENGLISH, RUSSIAN)]
    folder = write_deck(tmp_path, en=f"{ENGLISH}\n{second[0]}", ru=f"{RUSSIAN}\n{second[1]}")
    sheet = typed("sheet", folder).output.partition("[2 ")[0].replace("Answer:", "Answer: none")
    (tmp_path / "sheet.txt").write_text(sheet, "utf-8")

    said = typed("compare", folder, tmp_path / "sheet.txt")

    assert said.output.startswith(f"{folder}, en: the reader agrees with 0 of 1 keys; 1 more are not on the sheet\n")


def test_a_sheet_that_cannot_be_read_is_status_2_line_by_line(folder: Path) -> None:
    sheet = answered(folder, "the sun")

    said = typed("compare", folder, sheet, "--keep")

    assert said.exit_code == 2
    assert said.stdout == ""
    heading, line = said.stderr.splitlines()
    assert heading == "quizbot: the sheet cannot be read:"
    assert re.match(rf"{sheet}:\d+: “the sun” is no answer: write letters from A to C", line)
    assert not (folder / "blind.csv").exists()


def test_a_sheet_of_a_text_that_was_changed_since_is_refused(folder: Path) -> None:
    sheet = answered(folder, "The Sun")
    (folder / "en.gift").write_text(ENGLISH.replace("Vega", "Altair"), "utf-8")

    said = typed("compare", folder, sheet)

    assert said.exit_code == 2
    assert "its text was changed" in said.stderr


def test_what_cannot_be_used_is_one_line(tmp_path: Path, folder: Path) -> None:
    sheet = answered(folder, "The Sun")
    (folder / "blind.csv").write_text("what?\n", "utf-8")
    broken = write_deck(tmp_path, "broken", en="")
    english = write_deck(tmp_path, "english", yaml="title: {en: E}\nsources: {nasa: {title: N}}\n", ru="")

    for said, words in (
        (typed("sheet", folder, "--open"), f"{folder}/blind.csv: blind.csv:1: the columns are language,"),
        (typed("compare", folder, sheet, "--keep"), f"{folder}/blind.csv: blind.csv:1: the columns are language,"),
        (typed("sheet", broken), f"{broken} cannot be used: quizbot decks check {broken} says why"),
        (typed("sheet", english, "--language", "ru"), f"{english} has no questions in ru"),
        (typed("compare", folder, tmp_path / "nothing.txt"), f"{tmp_path}/nothing.txt cannot be read: No such file"),
        (typed("compare", folder), "the sheet is missing: name it after the folders"),
        (typed("compare", folder, broken), "the sheet is missing: name it after the folders"),
        (typed("compare", sheet), "a deck's folder is missing: name it before the sheet"),
        (typed("sheet", tmp_path / "nothing"), f"{tmp_path}/nothing cannot be read: No such file or directory"),
    ):
        assert (said.exit_code, said.stdout) == (2, "")
        assert said.stderr.startswith(f"quizbot: {words}")
        assert said.stderr.count("\n") == 1


def test_a_place_where_nothing_can_be_kept_is_one_line(folder: Path) -> None:
    (folder / "blind.csv").symlink_to(folder / "nowhere" / "blind.csv")

    said = typed("compare", folder, answered(folder, "The Sun"), "--keep")

    assert said.exit_code == 2
    assert said.stderr == f"quizbot: {folder}/blind.csv cannot be written: No such file or directory\n"


def test_a_sheet_in_another_encoding_is_one_line(folder: Path) -> None:
    sheet = folder.parent / "sheet.txt"
    sheet.write_bytes("Ответ".encode("cp1251"))

    said = typed("compare", folder, sheet)

    assert (said.exit_code, said.stdout) == (2, "")
    assert said.stderr == f"quizbot: {sheet} is not in UTF-8: save the file in UTF-8\n"


def test_a_command_to_be_copied_has_a_folder_with_spaces_in_quotes(tmp_path: Path) -> None:
    broken = write_deck(tmp_path / "my decks", "broken", en="")

    said = typed("sheet", broken)

    assert said.stderr.endswith(f"cannot be used: quizbot decks check '{broken}' says why\n")
