"""Whatever is sent: the writer never fails, quotes what stands there, and never offers the key twice."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from generation.offline.writer import NothingToAsk, write_offline
from generation.request import Draft
from quiz.material import Material, Passage, PassageKind, Place, PlaceKind
from tests.generation.offline.materials import keys, wrong

WORDS = """
The the A an heart blood plasma is are was called of in between and or not about more than four two 70 1861
1914–1918 35–40 % km euros years Peter London Paris Mr. e.g. Fig. 2 . , ; : — – - ( ) « » “ ” " ' ? ! … $x^2$
`code` Сердце сердце это реостатом называется — в 1861 г. гг. году т. е. и т. д. Москве Пётр I он она его
четыре камеры км кг XVIII веке не более слой между корой 3,5 тыс. чел. А. С. Пушкин 漢字 مرحبا 🎉 é ½ ² ⅷ ٣
"""
SEEN_BY_NOBODY = ["\t", "\u200b", "\u00ad", "\u202e", "\ufffc"]
ODD = st.text(max_size=200)
WORDY = st.lists(st.sampled_from([*WORDS.split(), *SEEN_BY_NOBODY]), max_size=60).map(" ".join)
LINES = st.lists(st.one_of(ODD, WORDY, WORDY.map(lambda text: f"{text}.")), max_size=8)
PLACES = st.builds(Place, st.sampled_from(PlaceKind), st.integers(0, 999), st.one_of(ODD, WORDY))
PARTED = st.sampled_from(["\n", "\t", " ", "\n\n", "\t\n", " — "])


@st.composite
def passages(draw: st.DrawFn) -> Passage:
    """A passage of any kind whose lines are any texts."""
    return Passage(draw(PARTED).join(draw(LINES)), draw(PLACES), draw(st.sampled_from(PassageKind)))


MATERIALS = st.builds(Material, ODD, st.lists(passages(), max_size=5).map(tuple))


def written(material: Material, language: str, seed: str) -> list[Draft]:
    try:
        return write_offline(material, language, 20, seed)
    except NothingToAsk:
        return []


@settings(max_examples=300)
@given(MATERIALS, st.sampled_from(["en", "ru"]), st.text(max_size=5))
def test_any_material_gives_sound_questions_or_none(material: Material, language: str, seed: str) -> None:
    for draft in written(material, language, seed):
        assert draft.evidence
        evidence = draft.evidence
        assert any(evidence.quote in one.text and evidence.place == one.place for one in material.passages)
        assert not {key.casefold() for key in keys(draft)} & {option.casefold() for option in wrong(draft)}


NUMBERS = st.integers(2, 99_999)
FACTS = st.sampled_from(
    [
        ("en", "The great bridge of the old town is {} metres long and made of stone."),
        ("en", "In {} the council of the town built a new school for the children."),
        ("en", "The library lends every one of its {} books for two weeks or more."),
        ("ru", "Большой мост старого города имеет длину {} м и построен из камня."),
        ("ru", "Городской совет построил новую школу для детей в {} году."),
        ("ru", "Новая библиотека выдаёт читателям {} книг из своего богатого собрания."),
    ]
)


@given(FACTS, st.lists(NUMBERS, min_size=1, max_size=4, unique=True), st.text(max_size=3))
def test_no_wrong_number_is_a_number_of_its_sentence_or_says_the_same(
    fact: tuple[str, str], numbers: list[int], seed: str
) -> None:
    language, form = fact
    passages = [Passage(form.format(number), Place(PlaceKind.LINE, line)) for line, number in enumerate(numbers, 1)]

    for draft in written(Material("", tuple(passages)), language, seed):
        values = [re.sub(r"\D", "", option) for option in draft.options]
        if "____" not in draft.stem or not all(values):
            continue  # a statement, or a number in words
        assert len(set(values)) == len(values)
        assert draft.evidence
        assert not set(re.findall(r"\d+", draft.stem)) & set(draft.options)
        assert not {str(number) for number in numbers} & set(wrong(draft)), (
            "what is said of the same elsewhere is right too"
        )
