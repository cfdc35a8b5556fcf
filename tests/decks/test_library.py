"""The decks of a bot: descriptions at once, questions when they are wanted, those of one's own first."""

from pathlib import Path
from statistics import median
from time import process_time

import pytest

from decks import folders_in, load_deck, load_decks, shipped
from decks.library import Library
from quiz.deck import InvalidDeck
from quiz.subjects import Subject
from tests.decks.written import DESCRIPTION, write_deck
from tests.samples import a_deck


def test_every_shipped_deck_is_offered_and_read_when_it_is_wanted() -> None:
    library = Library(shipped())

    assert [deck.name for deck in library.decks] == [deck.name for deck in load_decks()]
    for described, deck in zip(library.decks, load_decks(), strict=True):
        assert library.deck(described.name) == deck
        assert described.titles == deck.titles
    assert library.deck("nothing") is None


def test_a_deck_is_read_once(tmp_path: Path) -> None:
    folder = write_deck(tmp_path)
    library = Library({"stars": folder})
    first = library.deck("stars")
    (folder / "en.gift").unlink()

    assert first is not None
    assert library.deck("stars") is first


def test_a_topic_is_looked_for_in_all_of_them() -> None:
    library = Library(shipped(), [a_deck("knots", en=["bowline"])])

    match, shipped_one = library.find("the bowline", "en"), library.find("фотосинтез", "en")

    assert match is not None
    assert match.deck.name == "knots"
    assert shipped_one is not None
    assert (shipped_one.deck.name, shipped_one.language) == ("photosynthesis", "ru")
    assert library.find("xyz", "en") is None


def test_of_two_with_one_name_ones_own_is_found() -> None:
    library = Library(shipped(), [a_deck("zzz-my-planets", en=["planets"])])

    match = library.find("planets", "en")

    assert match is not None
    assert match.deck.name == "zzz-my-planets"


def test_decks_stand_under_their_subjects() -> None:
    library = Library({}, [a_deck("a", subject=Subject.ARTS), a_deck("b"), a_deck("c", subject=Subject.ARTS)])

    assert library.subjects == [Subject.ARTS, Subject.OTHER]
    assert [deck.name for deck in library.on(Subject.ARTS)] == ["a", "c"]


def test_a_description_that_cannot_be_used_is_refused(tmp_path: Path) -> None:
    folder = write_deck(tmp_path, yaml=DESCRIPTION.replace("subject", "subjekt"))

    with pytest.raises(InvalidDeck, match=r"^stars/deck\.yaml:2: the key “subjekt” is unknown here"):
        Library({"stars": folder})


def test_a_folder_that_lacks_a_file_is_refused_by_name(tmp_path: Path) -> None:
    folder = write_deck(tmp_path, en="")

    with pytest.raises(InvalidDeck, match=r"^stars/en\.gift:1: there is no such file"):
        load_deck(folder)


def test_only_folders_with_a_part_of_a_deck_are_decks(tmp_path: Path) -> None:
    for name in ("stars", "moons"):
        write_deck(tmp_path, name, yaml="" if name == "moons" else DESCRIPTION)
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "todo.txt").touch()
    (tmp_path / "deck.txt").touch()

    assert list(folders_in(tmp_path)) == ["moons", "stars"]


def test_neither_the_start_nor_the_first_press_waits_for_all_decks() -> None:
    """A start has one second for everything; what is read later holds the event loop up, which may take 20 ms.

    Counted is the time of this process, which does not depend on what else the machine does.
    """
    starts: list[float] = []
    presses: list[float] = []
    for _ in range(5):
        began = process_time()
        library = Library(shipped())
        starts.append(process_time() - began)
        for described in library.decks:
            began = process_time()
            library.deck(described.name)
            presses.append(process_time() - began)
        began = process_time()
        library.nearest("what there is no deck on, and what is near to it", 4)
        presses.append(process_time() - began)

    assert min(starts) < 0.05
    assert median(presses) < 0.01
