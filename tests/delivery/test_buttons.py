"""What a button carries, and what is refused as forged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from delivery.buttons import (
    MOST_COUNT,
    MOST_PAGES,
    MOST_PLACES,
    MOST_POSITIONS,
    Again,
    AllTopics,
    AnotherTopic,
    BeginNotes,
    Button,
    Choose,
    DropNotes,
    ForgedButton,
    Forget,
    KeepAll,
    MoreFromNotes,
    OnlyNotes,
    OpenSettings,
    PlayDeck,
    Replace,
    Report,
    Resume,
    SetCount,
    SetLanguage,
    SetLevel,
    Skip,
    Stop,
    Submit,
    Switch,
    TopicsOf,
    button_of,
    data_of,
)
from delivery.round_buttons import MOST_TURNS, Lead, OpenLobby, Ready, RoundAnswer, SetRound
from handlers.registry import BUTTONS
from quiz.identity import base58
from quiz.question import OPTION_IDS, Level
from quiz.round import CHOICES, Control
from quiz.subjects import Subject

ids = st.integers(0, 2**64 - 1).map(base58)
positions = st.integers(0, MOST_POSITIONS - 1)
places = st.integers(0, MOST_PLACES - 1)
names = st.from_regex(r"[a-z0-9][a-z0-9-]{0,58}", fullmatch=True)
selections = st.sets(st.sampled_from(OPTION_IDS)).map(lambda chosen: "".join(sorted(chosen)))
BY_KIND: dict[type[Button], st.SearchStrategy[Button]] = {
    Choose: st.builds(Choose, ids, positions, places),
    Switch: st.builds(Switch, ids, positions, places, st.booleans()),
    Submit: st.builds(Submit, ids, positions, selections),
    Skip: st.builds(Skip, ids, positions),
    Report: st.builds(Report, ids, positions),
    Stop: st.builds(Stop, ids),
    Resume: st.builds(Resume, ids),
    Again: st.builds(Again, ids, st.booleans()),
    AnotherTopic: st.just(AnotherTopic()),
    AllTopics: st.just(AllTopics()),
    TopicsOf: st.builds(TopicsOf, st.sampled_from(list(Subject)), st.integers(0, MOST_PAGES - 1)),
    PlayDeck: st.builds(PlayDeck, names, st.sampled_from(["en", "ru"])),
    Replace: st.builds(Replace, ids, ids),
    BeginNotes: st.builds(BeginNotes, ids),
    OnlyNotes: st.builds(OnlyNotes, ids, st.booleans()),
    DropNotes: st.builds(DropNotes, ids),
    MoreFromNotes: st.builds(MoreFromNotes, ids),
    Forget: st.builds(Forget, ids),
    KeepAll: st.just(KeepAll()),
    OpenSettings: st.just(OpenSettings()),
    SetCount: st.builds(SetCount, st.integers(1, MOST_COUNT)),
    SetLevel: st.builds(SetLevel, st.sampled_from([None, *Level])),
    SetLanguage: st.builds(SetLanguage, st.sampled_from([None, "en", "ru"])),
    RoundAnswer: st.builds(RoundAnswer, ids, positions, places),
    Ready: st.builds(Ready, ids),
    Lead: st.builds(Lead, ids, st.sampled_from(Control), st.integers(0, MOST_TURNS - 1)),
    OpenLobby: st.builds(OpenLobby, ids, st.booleans()),
    SetRound: st.sampled_from([(name, value) for name, values in CHOICES.items() for value in values]).flatmap(
        lambda choice: st.builds(SetRound, ids, st.just(choice[0]), st.just(choice[1]))
    ),
}


def test_every_kind_of_button_is_tested_here_and_handled() -> None:
    assert BY_KIND.keys() == set(Button.__args__) == BUTTONS.keys()


@given(st.one_of(*BY_KIND.values()))
def test_every_button_comes_back_from_its_data(button: Button) -> None:
    data = data_of(button)

    assert button_of(data) == button
    assert 1 <= len(data.encode()) <= 64, "what Telegram allows"


LONGEST_ID = base58(2**64 - 1)


@pytest.mark.parametrize(
    "button",
    [
        Choose(LONGEST_ID, 99, 11),
        Switch(LONGEST_ID, 99, 11, on=True),
        Submit(LONGEST_ID, 99, OPTION_IDS),
        Replace(LONGEST_ID, LONGEST_ID),
        PlayDeck("n" * 59, "ru"),
    ],
)
def test_the_longest_data_fit(button: Button) -> None:
    assert len(data_of(button).encode()) <= 64


ATTEMPT = base58(1)


@pytest.mark.parametrize(
    "data",
    [
        "",
        "c",
        ":",
        "nonsense",
        f"c:{ATTEMPT}:0",
        f"c:{ATTEMPT}:0:12",
        f"c:{ATTEMPT}:100:0",
        f"c:{ATTEMPT}:-1:0",
        f"c:{ATTEMPT}:00:0",
        f"c:{ATTEMPT}:+1:0",
        f"c:{ATTEMPT}:1_0:0",
        f"c:{ATTEMPT}: 1:0",
        f"c:{ATTEMPT}:١:0",
        f"c:{ATTEMPT}:0:0:0",
        f"c:{ATTEMPT[:-1]}:0:0",
        "c:attempt:0:0",
        f"w:{ATTEMPT}:0:0:2",
        f"g:{ATTEMPT}:yes",
        f"x:{ATTEMPT}\n",
        "t:x",
        "ta:x",
        "ts:alchemy:0",
        "ts:biology:100",
        "ts:biology",
        "o:x",
        "oc:0",
        "oc:21",
        "oc:-1",
        "oc:many",
        "ol:4",
        "ol:None",
        "ol:",
        f"n:{ATTEMPT}:x",
    ],
)
def test_what_no_button_of_ours_carries_is_forged(data: str) -> None:
    with pytest.raises(ForgedButton):
        button_of(data)


def joined(parts: tuple[str, list[str]]) -> str:
    """Data of this kind with these arguments."""
    return ":".join([parts[0], *parts[1]])


kinds = st.sampled_from(["c", "w", "s", "k", "x", "r", "g", "t", "ta", "ts", "d", "n", "o", "oc", "ol", "oa"])
arguments = ids | st.integers(-5, 200).map(str) | st.text(max_size=12)


@given(st.text() | st.tuples(kinds, st.lists(arguments, max_size=5)).map(joined))
def test_any_data_is_a_button_or_forged_and_nothing_else(data: str) -> None:
    try:
        button = button_of(data)
    except ForgedButton:
        return
    assert data_of(button) == data
