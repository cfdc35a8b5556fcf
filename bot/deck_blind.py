"""`quizbot decks sheet` and `compare`: questions for a reader who does not see the keys, and what came of it."""

from collections.abc import Callable, Sequence
from pathlib import Path
from shlex import quote

from bot.deck_folders import NothingToBeDone, read_folders
from quiz.blind import (
    FILE,
    BlindAnswer,
    InvalidAnswers,
    is_confirmed,
    key_of,
    read_answers,
    with_new,
    write_answers,
)
from quiz.deck import Deck
from quiz.formats.blind_sheet import LETTERS, Asked, read_sheet, write_sheet

Say = Callable[[str], None]
AGREED, DISAGREED = 0, 1


def sheet(folders: Sequence[Path], language: str, say: Say, *, only_open: bool) -> None:
    """Say the sheet of the decks' questions in a language; only those that no reader has confirmed as they are now."""
    asked: list[Asked] = []
    for folder, deck in _sound(folders).items():
        if language not in deck.titles:
            raise NothingToBeDone(f"{folder} has no questions in {language}")
        kept = kept_answers(folder)
        questions = _questions(deck, language)
        asked += [one for one in questions if not (only_open and is_confirmed(one.question, language, kept))]
    if not asked:
        raise NothingToBeDone("every question has been read as it is: there is nothing to put on a sheet")
    say(write_sheet(asked))


def compare(folders: Sequence[Path], filled: Path, say: Say, *, keep: bool) -> int:
    """Say how far a reader agrees with the keys, and return the exit status: 1 where the reader does not everywhere."""
    if filled.is_dir():
        raise NothingToBeDone("the sheet is missing: name it after the folders, as in … compare FOLDER sheet.txt")
    if not folders:
        raise NothingToBeDone("a deck's folder is missing: name it before the sheet, as in … compare FOLDER sheet.txt")
    decks = _sound(folders)
    asked = {
        one: folder for folder, deck in decks.items() for language in deck.titles for one in _questions(deck, language)
    }
    given = _read(filled, list(asked))
    kept = {folder: kept_answers(folder) for folder in decks} if keep else {}
    status = AGREED
    for folder in decks:
        new = [(one, answer) for one, answer in given if asked[one] == folder]
        for language in sorted({one.language for one, _answer in new}):
            here = [(one, answer) for one, answer in new if one.language == language]
            agreeing = sum(answer.agrees for _one, answer in here)
            left_out = len(decks[folder].questions[language]) - len(here)
            rest = f"; {left_out} more are not on the sheet" if left_out else ""
            say(f"{folder}, {language}: the reader agrees with {agreeing} of {len(here)} keys{rest}")
            for one, answer in here:
                if not answer.agrees:
                    say(f"  {one.question.id}: {_difference(one, answer)}")
                    status = DISAGREED
        if keep and new:
            answers = with_new(kept[folder], [answer for _one, answer in new])
            _keep(folder / FILE, write_answers(answers))
    return status


def kept_answers(folder: Path) -> list[BlindAnswer]:
    """What readers answered so far to the questions in a folder; raises `NothingToBeDone`."""
    try:
        return read_answers((folder / FILE).read_text("utf-8"))
    except FileNotFoundError:
        return []
    except OSError as error:
        raise NothingToBeDone(f"{folder / FILE} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise NothingToBeDone(f"{folder / FILE} is not in UTF-8: save the file in UTF-8") from error
    except InvalidAnswers as error:
        raise NothingToBeDone(f"{folder / FILE}: {error}") from error


def _keep(file: Path, text: str) -> None:
    try:
        file.write_text(text, "utf-8")
    except OSError as error:
        raise NothingToBeDone(f"{file} cannot be written: {error.strerror}") from error


def _sound(folders: Sequence[Path]) -> dict[Path, Deck]:
    decks: dict[Path, Deck] = {}
    for folder, examined in read_folders(folders).items():
        if examined.errors or examined.deck is None:
            raise NothingToBeDone(f"{folder} cannot be used: quizbot decks check {quote(str(folder))} says why")
        decks[folder] = examined.deck
    return decks


def _questions(deck: Deck, language: str) -> list[Asked]:
    return [Asked(deck.name, language, number, one) for number, one in enumerate(deck.questions[language], start=1)]


def _read(filled: Path, asked: Sequence[Asked]) -> list[tuple[Asked, BlindAnswer]]:
    try:
        text = filled.read_text("utf-8")
    except OSError as error:
        raise NothingToBeDone(f"{filled} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise NothingToBeDone(f"{filled} is not in UTF-8: save the file in UTF-8") from error
    wrong: list[str] = []
    given = read_sheet(text, asked, lambda line, words: wrong.append(f"{filled}:{line}: {words}"))
    if wrong:
        raise NothingToBeDone("\n".join(["the sheet cannot be read:", *wrong]))
    return given


def _difference(one: Asked, answer: BlindAnswer) -> str:
    words = f"the key is {_options(one, key_of(one.question))}, the reader says {_options(one, answer.answer)}"
    return f"{words}. {answer.remark}" if answer.remark else words


def _options(one: Asked, ids: str) -> str:
    """Options by the letters that the reader saw, and their texts; else the word that was answered."""
    chosen = [letter for letter, option in zip(LETTERS, one.order, strict=False) if option in ids]
    if not set(ids) <= set(one.order):
        return ids
    texts = [f"{letter} “{one.question.option(one.order[LETTERS.index(letter)]).text}”" for letter in chosen]
    return " and ".join(texts)
