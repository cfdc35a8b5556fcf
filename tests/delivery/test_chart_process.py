"""Pictures come from a process of their own, which can neither take too long nor too much."""

import pytest

from delivery import chart_process
from delivery.chart import chart_of
from delivery.chart_process import PNG, NotDrawn, picture_of, run
from tests.results_of_rounds import simulated

pytestmark = pytest.mark.timeout(120)
CHART = chart_of(simulated(5, 3))


async def test_a_picture_comes_from_a_process_of_its_own() -> None:
    png = await picture_of(simulated(30, 5, names=("Аня", "\ud800", "🦊")), dark=True)

    assert png.startswith(PNG)


def test_one_that_takes_too_long_is_ended() -> None:
    with pytest.raises(NotDrawn):
        run(CHART, dark=False, seconds=0.01)


@pytest.mark.parametrize(
    "program",
    [
        pytest.param("import sys; sys.modules['matplotlib'] = None; charts.main()", id="not installed"),
        pytest.param("charts.MEMORY = 150 << 20; charts.main()", id="too little memory"),
        pytest.param(
            "charts.CPU_SECONDS = 1; charts.drawn = lambda *_, **__: [0 for _ in iter(int, 1)]; charts.main()",
            id="too long",
        ),
        pytest.param("print('no picture')", id="something else"),
    ],
)
def test_what_cannot_draw_gives_no_picture_and_says_so(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chart_process, "COMMAND", ("-I", "-c", f"from delivery import charts; {program}"))

    with pytest.raises(NotDrawn):
        run(CHART, dark=False)
