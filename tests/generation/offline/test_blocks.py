"""Questions about lists and tables, and statements that are true or changed."""

import pytest

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

    most = [draft for draft in drafts if draft.stem == "Which of these has the most people?"]
    fewest = [draft for draft in drafts if draft.stem == "Which of these has the fewest people?"]
    assert most
    assert fewest
    shown = {
        draft.evidence.quote.splitlines() == ["\t".join(map(str.strip, row.split("|"))) for row in CAPITALS]
        for draft in (*most, *fewest)
        if draft.evidence
    }
    assert shown == {True}  # all rows that are compared, and the head that says what their numbers are
    assert all(keys(draft) == [max(people, key=people.__getitem__)] for draft in most)
    assert all(keys(draft) == [min(people, key=people.__getitem__)] for draft in fewest)


@pytest.mark.parametrize(
    ("language", "head", "asked_for"),
    [
        ("en", "Wingspan, cm", "Which of these has the greatest wingspan?"),
        ("en", "Thickness in micrometres", "Which of these has the greatest thickness?"),
        ("en", "Yearly fee", "Which of these has the highest yearly fee?"),
        ("en", "ISO", "Which of these has the highest ISO?"),
        ("ru", "Рост, см", "У чего из этого показатель «Рост, см» самый большой?"),
    ],
)
def test_what_is_most_is_asked_for_in_the_words_of_the_language(language: str, head: str, asked_for: str) -> None:
    names = ("Альфа", "Бета", "Гамма", "Дельта") if language == "ru" else ("Alpha", "Beta", "Gamma", "Delta")
    rows = (
        f"{'Вид' if language == 'ru' else 'Kind'} | {head}",
        *(f"{name} | {10 + 7 * at}" for at, name in enumerate(names)),
    )
    stems = [draft.stem for seed in "abcdefgh" for draft in asked(a_table(*rows), language, seed=seed)]

    assert asked_for in stems


def test_years_of_a_table_have_no_most() -> None:
    rows = ("Town | Founded", "Ashby | 1250", "Burton | 1301", "Corby | 1412", "Derby | 1523")

    stems = [draft.stem for seed in "abcdefgh" for draft in asked(a_table(*rows), seed=seed)]
    assert stems
    assert not any(stem.startswith("Which") for stem in stems)


@pytest.mark.parametrize(
    ("language", "items", "given_away"),
    [
        ("en", ("Conical — a cone is placed on the globe", "Azimuthal — a flat sheet touches one point"), "Conical"),
        ("en", ("Sleepwalking — walking about during deep sleep", "Insomnia — lying awake for hours"), "Sleepwalking"),
        ("ru", ("Струнные — звук рождается от колебания струн", "Медные — звук рождают губы"), "Струнные"),
    ],
)
def test_a_term_is_not_asked_for_beside_a_description_with_its_root(
    language: str, items: tuple[str, str], given_away: str
) -> None:
    more = ("Ударные — звук извлекают палочками", "Щипковые — звук извлекают пальцами")
    if language == "en":
        more = ("Tarantism — dancing in a rage for days", "Mutism — saying nothing to anybody")
    for seed in "abcdef":
        for draft in asked(a_list(*items, *more), language, seed=seed):
            assert given_away not in keys(draft)
            assert f"{given_away}”" not in draft.stem
            assert f"{given_away}»" not in draft.stem


def test_two_statements_of_a_quiz_share_no_sentence() -> None:
    towns = (
        "Ashby",
        "Burton",
        "Corby",
        "Derby",
        "Ely",
        "Frome",
        "Goole",
        "Hull",
        "Ilford",
        "Jarrow",
        "Kendal",
        "Luton",
    )
    text = " ".join(f"The council of {town} built the great hall in {1300 + 37 * at}." for at, town in enumerate(towns))

    for seed in "abcdef":
        told = [draft for draft in asked(prose(text), seed=seed) if "Which of these statements" in draft.stem]
        halls = [option.split(" built")[0] for draft in told for option in draft.options]
        assert len(set(halls)) == len(halls)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The gallery is 40 metres long and 15 metres wide in its older part."),
        ("ru", "Великий полководец Суворов родился 13 ноября 1730 года, а по другим данным в 1729 году."),
    ],
)
def test_a_number_beside_another_is_not_changed_in_a_statement(language: str, text: str) -> None:
    filler = (
        (
            "The tower has 90 steps of stone and a bell.",
            "The cellar holds 300 barrels of wine and beer.",
            "The well is 28 metres deep and dry.",
        )
        if language == "en"
        else ("Башня имеет 90 каменных ступеней.", "Подвал вмещает 300 бочек вина.", "Колодец имеет глубину 28 м.")
    )
    for seed in "abcdef":
        for draft in asked(prose(" ".join((text, *filler))), language, seed=seed):
            if "____" not in draft.stem:
                assert not any(option != text and option[:12] == text[:12] for option in draft.options)


def test_no_word_is_turned_round_within_a_set_phrase() -> None:
    text = "The robusta bush grows lower down and gives a bitter bean."

    assert all(draft.kind is not Kind.TRUE_FALSE for seed in "abcdef" for draft in asked(prose(text), seed=seed))


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
