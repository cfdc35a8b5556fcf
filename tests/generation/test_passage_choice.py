"""Questions are spread evenly over a material, and a prompt never holds more of it than it may."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generation.passage_choice import CHARACTERS_A_CALL, QUESTIONS_A_CALL, sample_of, stretches
from quiz.material import Evidence, Passage, Place, PlaceKind


def passages(count: int, size: int = 900) -> list[Passage]:
    return [Passage(f"{number} ".ljust(size, "x"), Place(PlaceKind.PAGE, number)) for number in range(1, count + 1)]


def shown(book: list[Passage], count: int, covered: list[int] | None = None, seed: str = "quiz-1") -> list[list[int]]:
    """The pages of each call."""
    evidence = [Evidence(book[page - 1].text, book[page - 1].place) for page in covered or ()]
    return [[one.place.number for one in each.passages] for each in stretches(book, count, evidence, Random(seed))]


def test_a_short_material_is_shown_in_one_call_whole_and_in_order() -> None:
    book = passages(10)
    (stretch,) = stretches(book, 12, [], Random(1))
    assert list(stretch.passages) == book
    assert stretch.count == 12


def test_a_long_material_is_asked_about_from_its_beginning_to_its_end() -> None:
    book = passages(300)
    pages = [page for call in shown(book, 10) for page in call]
    tenths = {(page - 1) // 30 for page in pages}
    assert tenths == set(range(10))
    assert pages == sorted(pages)


def test_each_call_asks_for_as_many_questions_as_it_has_parts() -> None:
    calls = stretches(passages(300), 12, [], Random(1))
    assert [call.count for call in calls] == [4, 4, 4]
    assert all(call.count <= QUESTIONS_A_CALL for call in calls)


def test_what_is_still_wanted_is_asked_about_where_nothing_was_yet() -> None:
    book = passages(300)
    covered = [page for page in range(10, 300, 30) if page not in {100, 250}]  # the middle of each tenth but two
    pages = [page for call in shown(book, 2, covered) for page in call]
    assert {(page - 1) // 30 for page in pages} == {3, 8}


def test_another_quiz_on_the_same_material_sees_other_passages() -> None:
    book = passages(300)
    assert shown(book, 3) == shown(book, 3)
    assert shown(book, 3) != shown(book, 3, seed="quiz-2")


@pytest.mark.parametrize(("count", "size"), [(3, 9_000), (5, 3_000), (2, 30_000)])
def test_few_long_passages_get_all_questions(count: int, size: int) -> None:
    book = passages(count, size)
    calls = stretches(book, 25, [], Random(1))
    assert sum(call.count for call in calls) == 25
    assert {one.place.number for call in calls for one in call.passages} == set(range(1, count + 1))


@given(st.lists(st.integers(1, 4_000), min_size=1, max_size=200), st.integers(1, 25), st.sets(st.integers(0, 199)))
def test_no_call_shows_more_than_it_may_and_all_questions_are_asked_for(
    sizes: list[int], count: int, covered: set[int]
) -> None:
    book = [Passage(f"{n}" + "x" * size, Place(PlaceKind.PAGE, n)) for n, size in enumerate(sizes, 1)]
    told = [Evidence(one.text, one.place) for n, one in enumerate(book) if n in covered]
    calls = stretches(book, count, told, Random(1))
    assert sum(call.count for call in calls) == count
    for call in calls:
        assert call.passages
        assert call.count > 0
        size = sum(len(one.text) for one in call.passages)
        assert size <= CHARACTERS_A_CALL + QUESTIONS_A_CALL * 4_100
        assert len({one.place for one in call.passages}) == len(call.passages)


def test_a_sample_is_spread_evenly_and_no_longer_than_asked_for() -> None:
    book = passages(1_000)
    sample = sample_of(book, 90_000, Random(1))
    assert 60_000 < sum(len(one.text) for one in sample) <= 90_000
    assert {one.place.number // 100 for one in sample} >= set(range(10))
    assert list(sample_of(book[:50], 90_000, Random(1))) == book[:50]
