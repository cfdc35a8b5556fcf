"""A picture is as wide as a phone, shows the right shares, and draws any name or says whose it is."""

from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from delivery.chart import MOST_PLAYERS, MOST_QUESTIONS, Chart, chart_of
from delivery.charts import (
    DARK,
    LIGHT,
    MARGIN,
    SCALE,
    WIDTH,
    Colours,
    draw,
    drawable,
    drawn,
    is_drawable,
    letters_of_font,
)
from quiz.results import Results
from tests.results_of_rounds import a_round, questions, simulated

ODD = (
    "שלום כהן",
    "محمد عبد الله",
    "🦊🦊🦊",
    "Zoë 🦊 Müller",
    "漢字",
    "$x^2$ \\frac",
    "<b>R&D</b>",
    "Ελένη",
    "\u202eevil",
    "x" * 128,
)
LETTERS = letters_of_font()


def picture(results: Results, *, dark: bool = False) -> "Image.Image":
    """The picture, as whoever gets it opens it."""
    image = Image.open(BytesIO(draw(results, dark=dark)))
    image.load()
    return image.convert("RGB")


def bars(image: "Image.Image", colours: Colours) -> list[float]:
    """How much of each bar is filled, from the top, from 0 to 1."""
    whole = (WIDTH - 2 * MARGIN) * SCALE
    filled, track = _rgb(colours.bar), _rgb(colours.track)
    found: list[float] = []
    inside = False
    for y in range(image.height):
        row = [image.getpixel((x, y)) for x in range(MARGIN * SCALE, MARGIN * SCALE + whole)]
        full = sum(pixel == filled for pixel in row)
        is_bar = full + sum(pixel == track for pixel in row) > 0.97 * whole
        if is_bar and not inside:
            found.append(0.0)
        if is_bar:
            found[-1] = max(found[-1], full / whole)
        inside = is_bar
    return found


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("players", [1, 30, 200])
def test_any_class_makes_a_picture_for_a_phone(players: int, *, dark: bool) -> None:
    image = picture(simulated(players, 12, names=ODD, title="A title " * 30), dark=dark)

    assert image.width == WIDTH * SCALE
    assert image.height < 3 * image.width
    assert image.getpixel((1, 1)) == _rgb((DARK if dark else LIGHT).ground)


@pytest.mark.parametrize(("dark", "colours"), [(False, LIGHT), (True, DARK)])
def test_bars_are_as_long_as_the_shares(colours: Colours, *, dark: bool) -> None:
    results = a_round({"Ann": "aaaa", "Bob": "aaab", "Cem": "abbb", "Dee": "bbbb"})

    shown = bars(picture(results, dark=dark), colours)

    assert shown == pytest.approx([1, 3 / 4, 1 / 4, 0, 3 / 4, 1 / 2, 1 / 2, 1 / 4], abs=0.02)


def test_of_points_the_best_fills_the_width() -> None:
    results = a_round({"Ann": "aa", "Bob": "ab"})
    outcomes = tuple(replace(one, points=one.points * 400) for one in results.outcomes)

    assert bars(picture(replace(results, outcomes=outcomes)), LIGHT)[:2] == pytest.approx([1, 1 / 2], abs=0.02)


def test_more_players_and_questions_than_it_has_room_for_are_summed_up() -> None:
    players, asked = chart_of(simulated(200, 20)).parts

    assert (len(players.rows), len(asked.rows)) == (MOST_PLAYERS, MOST_QUESTIONS)
    assert players.rest.startswith("… and 192 more · Mean: ")
    assert asked.rest == "… and 12 more"


def test_of_many_questions_the_hardest_are_shown_in_their_order() -> None:
    answers = {"Ann": "a" * 12, "Bob": "bbaabbbbbbaa", "Cem": "a" * 12}

    (_players, asked) = chart_of(a_round(answers)).parts

    assert [row.number for row in asked.rows] == ["1.", "2.", "5.", "6.", "7.", "8.", "9.", "10."]


def test_a_round_of_nobody_is_drawn_too() -> None:
    assert chart_of(a_round({}, questions(2))).parts == ()
    assert picture(a_round({}, questions(2))).width == WIDTH * SCALE


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Zoë 🦊 Müller", "Zoë Müller"),
        ("Константин", "Константин"),
        ("שלום\u202e", "שלום"),
        ("a\nb\tc", "a b c"),
        ("漢字", ""),
        ("🏳️‍🌈 Pat", "Pat"),
    ],
)
def test_what_the_font_lacks_is_left_out(name: str, shown: str) -> None:
    assert drawable(name, LETTERS) == shown


def test_who_has_no_letter_that_can_be_drawn_is_called_by_the_number() -> None:
    (players, _questions) = chart_of(a_round({"Ann": "a", "🦊": "a"})).parts

    assert not is_drawable(players.rows[1].label, LETTERS)
    assert players.rows[1].instead == "Player 2"


@settings(max_examples=15, deadline=None)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=8, unique=True), st.text(max_size=60))
def test_any_names_and_titles_are_drawn_without_a_warning(names: list[str], title: str) -> None:
    """A letter that is missing from the font would be one, and warnings are errors here."""
    drawn(chart_of(a_round(dict.fromkeys(names, "ab"), title=title)), dark=False)


@given(st.lists(st.text(max_size=20), max_size=5, unique=True), st.text(max_size=20))
def test_a_chart_is_read_as_it_was_written(names: list[str], title: str) -> None:
    chart = chart_of(a_round(dict.fromkeys(names, "ab"), questions(2), title=title))

    assert Chart.read(chart.written_down()) == chart


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_letters_and_bars_stand_out_from_the_ground(colours: Colours) -> None:
    """As WCAG 2.1 asks: 4.5 to 1 for text, 3 to 1 for what a chart consists of."""
    assert _contrast(colours.text, colours.ground) >= 7
    assert _contrast(colours.quiet, colours.ground) >= 4.5
    assert _contrast(colours.bar, colours.ground) >= 3
    assert _contrast(colours.bar, colours.track) >= 3


def _rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [part / 255 for part in _rgb(colour)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
