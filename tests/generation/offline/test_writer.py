"""The offline writer as a whole: what comes of a source, in which order, and why nothing."""

from dataclasses import replace
from pathlib import Path

import pytest

from generation.checks import failed_check
from generation.drafts import to_question
from generation.offline.writer import Nothing, NothingToAsk, write_offline
from generation.request import Asked, Draft, WriteRequest
from generation.source_checks import SourceChecks
from quiz.material import Material, PassageKind, PlaceKind
from quiz.question import Checked, Origin
from tests.generation.offline.materials import MANY, a_list, asked, keys, passage, prose, read_source, wrong

SOURCES = sorted((Path(__file__).parents[3] / "benchmarks" / "sources").glob("*.??.md"))
BLOOD = next(path for path in SOURCES if path.name == "blood.en.md")
TOWNS = {"Ashby": 38, "Burton": 61, "Corby": 84, "Derby": 112, "Ely": 147, "Frome": 203, "Goole": 275, "Hull": 360}
GIVE_NOTHING = {"bad-scan.en.md", "dialogue.ru.md"}
ORIGIN = Origin("offline", 1, "", "", (), 0)


def language(path: Path) -> str:
    return path.name.split(".")[-2]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_each_source_gives_three_questions_in_300_words_or_nothing(path: Path) -> None:
    material = read_source(path)
    drafts = asked(material, language(path))

    if path.name in GIVE_NOTHING:
        assert drafts == []
    else:
        assert len(drafts) * 300 >= min(3 * material.words, MANY * 300)


@pytest.mark.parametrize(
    "path", [path for path in SOURCES if path.name not in GIVE_NOTHING], ids=lambda path: path.name
)
def test_each_question_passes_every_check_and_has_its_evidence(path: Path) -> None:
    material = read_source(path)
    avoid: list[Asked] = []
    of_sources = SourceChecks(material, language(path))
    for draft in asked(material, language(path)):
        request = WriteRequest("quiz", "", language(path), None, MANY, tuple(avoid))
        assert failed_check(draft, request) is None, draft
        assert of_sources.failed(draft) is None, draft
        assert not set(keys(draft)) & set(wrong(draft))
        assert draft.evidence
        assert any(one.has(draft.evidence) for one in material.passages)
        avoid.append(Asked(draft.stem, " ".join(keys(draft))))


PARTS = (
    "Nucleus — keeps the plan of the cell",
    "Vacuole — stores water and salts",
    "Membrane — lets food in and waste out",
    "Ribosome — puts proteins together",
)


def test_what_the_rest_of_a_source_says_drops_a_question_of_a_part() -> None:
    part = a_list(*PARTS, heading="The cell")
    named = passage("The membrane, or ribosome, is thin.", heading="The cell")
    checks = SourceChecks(replace(part, passages=(*part.passages, named)), "en")
    dropped: list[tuple[Draft, str]] = []

    alone = [draft for seed in "abcdefgh" for draft in write_offline(part, "en", MANY, seed)]
    kept = [
        draft for seed in "abcdefgh" for draft in write_offline(part, "en", MANY, seed, checks=checks, dropped=dropped)
    ]

    both = {"Membrane", "Ribosome"}
    assert any(both <= set(draft.options) and both & set(keys(draft)) for draft in alone)
    assert kept
    assert not any(both <= set(draft.options) and both & set(keys(draft)) for draft in kept)
    assert "no_other_name_of_key" in {check for _, check in dropped}


def test_no_sentence_is_asked_about_twice() -> None:
    drafts = asked(read_source(BLOOD), language(BLOOD))
    quotes = [draft.evidence.quote for draft in drafts if draft.evidence]

    assert len(quotes) > 5
    assert len(set(quotes)) == len(quotes)


def test_the_same_seed_gives_the_same_questions_and_another_one_others() -> None:
    material = read_source(BLOOD)

    assert asked(material, language(BLOOD), 5) == asked(material, language(BLOOD), 5)
    assert asked(material, language(BLOOD), 5) != asked(material, language(BLOOD), 5, seed="another")


def test_questions_are_spread_over_the_whole_source_and_stand_in_its_order() -> None:
    material = prose(*(f"The tower of {town} has {steps} steps of stone and a bell." for town, steps in TOWNS.items()))

    drafts = asked(material, count=4)
    lines = [draft.evidence.place.number for draft in drafts if draft.evidence]

    assert [(line - 1) // 2 for line in lines] == [0, 1, 2, 3]


def test_no_more_are_written_than_are_asked_for() -> None:
    assert len(asked(read_source(BLOOD), language(BLOOD), 3)) == 3


def test_what_was_asked_does_not_come_again() -> None:
    material = prose("The heart of an adult beats about 70 times a minute at rest.")
    first = asked(material)[0]

    with pytest.raises(NothingToAsk) as nothing:
        write_offline(material, "en", 5, "another", [Asked(first.stem, keys(first)[0])])

    assert nothing.value.why is Nothing.ASKED


@pytest.mark.parametrize(
    ("material", "language", "why"),
    [
        (prose("The heart beats about 70 times a minute."), "de", Nothing.LANGUAGE),
        (Material("", ()), "en", Nothing.NO_FACTS),
        (prose("It is nice here. We like it. Come and see us soon!"), "en", Nothing.NO_FACTS),
        (Material("", (passage("x = 3\nprint(x)", PassageKind.CODE),)), "en", Nothing.NO_FACTS),
    ],
)
def test_a_source_that_gives_nothing_is_refused_with_a_reason(material: Material, language: str, why: Nothing) -> None:
    with pytest.raises(NothingToAsk) as nothing:
        write_offline(material, language, 5, "quiz")

    assert nothing.value.why is why


@pytest.mark.parametrize(
    ("language", "text", "quoted"),
    [
        ("en", "The heart of an adult beats about 70 times a minute.", "“{}”"),
        ("ru", "Сердце взрослого человека сокращается около 70 раз в минуту.", "«{}»"),
    ],
)
def test_the_explanation_is_what_the_material_says(language: str, text: str, quoted: str) -> None:
    (draft,) = asked(prose(text), language)

    assert draft.explanation == quoted.format(text)


def test_what_becomes_of_a_draft_is_a_question_that_rules_checked() -> None:
    draft: Draft = asked(prose("The heart of an adult beats about 70 times a minute."))[0]

    question = to_question(draft, question_id="id", origin=ORIGIN, checked=Checked.RULES)

    assert question.checked is Checked.RULES
    assert question.evidence == draft.evidence
    assert question.evidence
    assert question.evidence.place.kind is PlaceKind.LINE
