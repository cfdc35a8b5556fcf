"""Passages can be understood by themselves, and are neither too long nor from two places."""

from hypothesis import given
from hypothesis import strategies as st

from generation.sources import passages as joining
from generation.sources.blocks import Block, Contents, Found, Heading
from generation.sources.passages import MOST_WORDS, material_of, words_in
from quiz.material import Material, PassageKind, PlaceKind

SENTENCE = "The cell is the basic unit of life and has a membrane. "


def joined(*found: Found, counted_in: PlaceKind = PlaceKind.PAGE) -> Material:
    """The passages of what was found."""
    return material_of(Contents(counted_in, found))


def prose(text: str, number: int = 1) -> Block:
    return Block(PassageKind.PROSE, text, number)


def test_short_paragraphs_are_joined_until_there_is_enough() -> None:
    found = joined(*(prose(SENTENCE) for _ in range(12)))

    assert [one.text.count("\n") for one in found.passages] == [4, 4, 1]
    assert [len(one.text.split()) for one in found.passages] == [60, 60, 24]


def test_paragraphs_of_two_pages_or_under_two_headings_are_not_joined() -> None:
    found = joined(prose("One of them."), prose("Two of them.", 2), Heading("Next", 2, 1), prose("Three of them.", 2))

    assert [(one.text, one.place.number, one.place.heading) for one in found.passages] == [
        ("One of them.", 1, ""),
        ("Two of them.", 2, ""),
        ("Three of them.", 2, "Next"),
    ]


def test_headings_stand_within_each_other() -> None:
    found = joined(
        Heading("Chapter 3", 1, 1),
        Heading("The cell", 1, 2),
        prose("It lives."),
        Heading("Chapter 4", 1, 1),
        prose("It dies."),
    )

    assert [one.place.heading for one in found.passages] == ["Chapter 3 › The cell", "Chapter 4"]


def test_a_long_paragraph_is_cut_between_sentences_into_pieces_alike() -> None:
    found = joined(prose(SENTENCE * 40))

    sizes = [len(one.text.split()) for one in found.passages]
    assert len(sizes) == 3
    assert max(sizes) - min(sizes) <= 30
    assert all(one.text.endswith("membrane.") for one in found.passages)


def test_a_list_has_what_introduces_it() -> None:
    items = Block(PassageKind.LIST, "nucleus\nribosome", 1)
    found = joined(prose("A cell lives. It has these parts:"), items)

    assert [one.text for one in found.passages] == ["A cell lives.", "It has these parts:\nnucleus\nribosome"]


def test_a_table_that_is_cut_repeats_its_head() -> None:
    rows = "\n".join(f"part {number}\t{number} nm" for number in range(100))
    found = joined(Block(PassageKind.TABLE, f"Part\tSize\n{rows}", 1))

    assert len(found.passages) > 1
    assert all(one.text.startswith("Part\tSize\npart ") for one in found.passages)
    assert sum(one.text.count("nm") for one in found.passages) == 100


def test_ligatures_and_composed_letters_are_as_they_are_typed() -> None:
    assert joined(prose("The ﬁrst ﬂower of Чаи\u0306ка²")).passages[0].text == "The first flower of Чайка²"


def test_what_has_no_words_is_left_out() -> None:
    assert joined(prose("—— * * ——"), Block(PassageKind.TABLE, "\t\n\t", 1)).passages == ()


def test_of_too_much_the_beginning_is_taken() -> None:
    everything = Contents(PlaceKind.LINE, (prose("word " * 100, number) for number in range(10**9)))

    found = material_of(everything)

    assert not found.whole
    assert sum(len(one.text) for one in found.passages) <= joining.MOST_LETTERS
    assert len(found.passages) <= joining.MOST_PASSAGES


TEXTS = st.text("ab ж。.!:\t\n—1", max_size=4000) | st.text("слово ", max_size=200).map(lambda text: text * 20)


@given(text=TEXTS, kind=st.sampled_from(PassageKind))
def test_no_passage_is_too_long_and_no_letter_is_lost(text: str, kind: PassageKind) -> None:
    found = joined(Block(kind, text, 1))

    assert all(words_in(one.text) <= MOST_WORDS + 1 for one in found.passages)
    if found.passages and kind is not PassageKind.TABLE:
        assert "".join("".join(one.text.split()) for one in found.passages) == "".join(text.split())
