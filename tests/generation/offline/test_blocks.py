"""Questions about lists and tables, and statements that are true or changed."""

from quiz.material import Material, PassageKind
from quiz.question import Kind
from tests.generation.offline.materials import a_list, a_table, asked, keys, passage, prose, with_key, wrong

PARTS = ("Hub — the middle part of a wheel", "Spoke — a thin rod to the rim", "Saddle — the seat of a bicycle")
CAPITALS = (
    "Land | Capital | People",
    "France | Paris | 68",
    "Spain | Madrid | 48",
    "Italy | Rome | 59",
    "Malta | – | 1",
)


def test_items_are_asked_for_by_what_is_said_of_them_and_the_other_way_round() -> None:
    drafts = [draft for seed in "abcdefgh" for draft in asked(a_list(*PARTS), seed=seed)]

    assert any(
        draft.stem == "What is described here: “the middle part of a wheel”?" and keys(draft) == ["Hub"]
        for draft in drafts
    )
    assert any(
        draft.stem == "Which description fits “Spoke”?" and keys(draft) == ["a thin rod to the rim"] for draft in drafts
    )
    assert all(draft.kind is Kind.SINGLE and len(draft.options) == 3 for draft in drafts)


def test_no_item_is_asked_about_twice() -> None:
    assert len(asked(a_list(*PARTS))) == len(PARTS)


def test_amounts_in_a_list_are_asked_for_by_their_heads() -> None:
    draft = with_key(asked(a_list("Milk — 500 ml", "Flour — 200 g", "Sugar — 80 g", heading="Pancakes")), "500 ml")

    assert draft.stem == "Pancakes\nMilk: ____"
    assert all(option.endswith(" ml") for option in draft.options)


def test_items_of_two_lists_are_told_apart() -> None:
    inner = passage("Mercury\nVenus\nMars", PassageKind.LIST, heading="Inner planets")
    outer = passage("Jupiter\nSaturn\nUranus", PassageKind.LIST, heading="Outer planets")

    draft = next(one for one in asked(Material("", (inner, outer))) if "Inner" in one.stem)

    assert draft.kind is Kind.MULTIPLE
    assert draft.stem == "Which of these belong to “Inner planets”?"
    assert set(keys(draft)) <= {"Mercury", "Venus", "Mars"}
    assert set(wrong(draft)) == {"Jupiter", "Saturn", "Uranus"}


def test_one_list_by_itself_tells_nothing_apart() -> None:
    assert asked(a_list("Mercury", "Venus", "Mars", heading="Inner planets")) == []


def test_the_next_step_is_asked_for_where_the_order_means_something() -> None:
    steps = ("1. Beat the eggs", "2. Add the milk", "3. Sift the flour", "4. Fry the cakes")

    draft = asked(a_list(*steps, heading="Method"))[0]

    assert draft.stem == "Method\nWhat comes right after “Beat the eggs”?"
    assert keys(draft) == ["Add the milk"]
    assert asked(a_list(*steps, heading="Things I like")) == []


def test_a_cell_is_asked_for_by_the_heads_of_its_row_and_column() -> None:
    drafts = [draft for seed in "abcdefgh" for draft in asked(a_table(*CAPITALS, heading="Europe"), seed=seed)]

    draft = next(draft for draft in drafts if keys(draft) == ["Paris"])
    assert draft.stem == "Europe\nLand: France\nCapital: ____"
    assert set(wrong(draft)) == {"Madrid", "Rome"}
    assert not any("–" in draft.options for draft in drafts)


def test_the_row_with_most_is_asked_for() -> None:
    drafts = [draft for seed in "abcdefgh" for draft in asked(a_table(*CAPITALS), seed=seed)]
    people = {"France": 68, "Spain": 48, "Italy": 59, "Malta": 1}

    highest = [draft for draft in drafts if "highest" in draft.stem]
    assert highest
    assert all(keys(draft) == [max(draft.options, key=people.__getitem__)] for draft in highest)


def test_a_table_whose_rows_have_no_names_of_their_own_is_not_asked_about() -> None:
    assert asked(a_table("Land | Capital", "France | Paris", "France | Madrid", "Italy | Rome")) == []
    assert asked(a_table("Year | People", "1990 | 20", "2000 | 30", "2010 | 40")) == []


def test_a_cell_that_is_the_same_in_other_words_is_no_wrong_answer() -> None:
    rows = ("Planet | Moons", "Venus | none", "Earth | 1", "Pluto | 1 (Charon)", "Mars | 2", "Neptune | 16")

    for draft in asked(a_table(*rows)):
        assert not {"1", "1 (Charon)"} <= set(draft.options)


def test_rows_that_begin_with_years_are_named_by_what_follows() -> None:
    rows = ("Year | Event", "1066 | Battle of Hastings", "1215 | Magna Carta", "1666 | Great Fire of London")

    assert with_key(asked(a_table(*rows)), "1215").stem == "Event: Magna Carta\nYear: ____"


def test_one_of_three_statements_is_as_the_source_has_it() -> None:
    text = (
        "The tower of the church is 38 metres high. The bridge of the town was built in 1834. "
        "The market of the town has 16 stalls. The school has 240 pupils. "
    )
    drafts = [draft for seed in "abcdefgh" for draft in asked(prose(text), seed=seed) if "statements" in draft.stem]

    assert drafts
    for draft in drafts:
        assert draft.evidence
        assert keys(draft) == [draft.evidence.quote]
        assert not any(option in text for option in wrong(draft))


def test_a_statement_is_turned_round_by_one_word() -> None:
    text = "The pressure of a gas in a closed vessel rises with the temperature."
    verdicts = {keys(draft)[0] for seed in "abcdefghijkl" for draft in asked(prose(text), seed=seed)}
    stems = {draft.stem for seed in "abcdefghijkl" for draft in asked(prose(text), seed=seed)}

    assert verdicts == {"True", "False"}
    assert stems == {
        f"Is this statement true?\n{text}",
        f"Is this statement true?\n{text.replace('rises', 'falls')}",
    }


def test_a_statement_that_stays_true_when_turned_round_is_not_asked_about() -> None:
    assert asked(prose("In many species one ear opening sits higher than the other.")) == []
