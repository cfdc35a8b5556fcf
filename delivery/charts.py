"""Results as a PNG that a phone shows readable in a chat; drawn by matplotlib, of the extra `charts`.

It takes seconds of CPU time and 100 MB of memory, so the bot draws in a process of its own: `python -m delivery.charts`
(`chart_process`). That gets a line of JSON with the colours and a chart by standard input, and gives a PNG by standard
output.
"""

import json
import os
import resource
import sys
import tempfile
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from delivery.chart import Chart, Part, Row, chart_of
from quiz.results import Results

WIDTH = 360
"""The picture is laid out for a phone of so many points, and drawn with three pixels a point."""
SCALE = 3
DPI = 100
MARGIN, GAP = 16, 10
TITLE, HEADING, TEXT, SMALL = 19, 15, 14, 13
"""Sizes of letters, in points of the phone."""
LINE = 1.35
ROW, BAR = 36, 7
TITLE_LINES = 2
ELLIPSIS = "…"
FONT = "DejaVu Sans"
"""matplotlib brings it, so that a picture is the same everywhere: Latin, Cyrillic, Greek, Arabic, Hebrew, Georgian,
Armenian, and some emoji."""
NON_JOINER = "\u200c"
"""Keeps letters of Persian apart; every other sign without a picture of its own goes."""
SELECTORS = range(0xFE00, 0xFE10)
"""They choose between forms of the emoji before them."""

MEMORY = 1 << 30
CPU_SECONDS = 20
FILE_BYTES = 16 << 20
"""What the process may write."""
NOT_INSTALLED = 3


@dataclass(frozen=True, slots=True)
class Colours:
    """Of a theme, as Telegram has it; letters and bars are told from the ground by more than 4.5 to 1 and 3 to 1."""

    ground: str
    text: str
    quiet: str
    bar: str
    track: str


LIGHT = Colours("#ffffff", "#111111", "#5f6b76", "#2475c9", "#e4e9ee")
DARK = Colours("#17212b", "#f5f5f5", "#a3b3c2", "#5aa9ee", "#2b3947")


def draw(results: Results, *, dark: bool) -> bytes:
    """A PNG of results, in their language; it is 360 points wide, and not three times as high."""
    return drawn(chart_of(results), dark=dark)


def drawn(chart: Chart, *, dark: bool) -> bytes:
    """A PNG of a chart."""
    return _Picture(chart, DARK if dark else LIGHT).png()


class _Picture:
    """The figure, on which one part after another is laid out from the top; places are in points of the phone."""

    def __init__(self, chart: Chart, colours: Colours) -> None:
        # Imported late: the bot itself only lays charts out.
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        self._chart = chart
        self._colours = colours
        self._letters = letters_of_font()
        self._figure: Any = Figure(facecolor=colours.ground)
        self._canvas: Any = FigureCanvasAgg(self._figure)
        self._marks: list[tuple[float, float, float, float, str]] = []
        self._texts: list[tuple[float, float, Any]] = []
        self._at = float(MARGIN)

    def png(self) -> bytes:
        """Lay it out, and draw it as high as it has become."""
        self._head()
        for part in self._chart.parts:
            self._part(part)
        height = self._at + MARGIN
        self._figure.set_size_inches(WIDTH / DPI, height / DPI)
        self._figure.set_dpi(DPI * SCALE)
        axes = self._figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.set_xlim(0, WIDTH)
        axes.set_ylim(height, 0)
        for left, top, width, bar_height, colour in self._marks:
            _bar(axes, left, top, width, bar_height, colour)
        for x, y, text in self._texts:
            text.set_position((x, y))
            text.set_transform(axes.transData)
            axes.add_artist(text)
        file = BytesIO()
        self._figure.savefig(file, format="png", dpi=DPI * SCALE, facecolor=self._colours.ground)
        return file.getvalue()

    def _head(self) -> None:
        for line in self._wrapped(self._chart.title, TITLE, bold=True):
            self._line(line, TITLE, self._colours.text, bold=True)
        for line in self._chart.summary:
            self._line(self._fitting(line, SMALL, WIDTH - 2 * MARGIN), SMALL, self._colours.quiet)

    def _part(self, part: Part) -> None:
        self._at += GAP
        self._line(
            self._fitting(part.heading, HEADING, WIDTH - 2 * MARGIN, bold=True), HEADING, self._colours.text, bold=True
        )
        self._at += GAP / 3
        for row in part.rows:
            self._row(row)
        if part.rest:
            self._line(self._fitting(part.rest, SMALL, WIDTH - 2 * MARGIN), SMALL, self._colours.quiet)

    def _row(self, row: Row) -> None:
        colours = self._colours
        value = self._text(row.value, TEXT, colours.text, bold=True)
        value.set_horizontalalignment("right")
        # By itself: beside a name that is read from the right, it would go there.
        number = self._text(row.number, TEXT, colours.quiet)
        begin = MARGIN + self._width(number) + GAP / 2
        shown = row.label if is_drawable(row.label, self._letters) else row.instead
        room = WIDTH - MARGIN - self._width(value) - GAP - begin
        label = self._text(self._fitting(shown, TEXT, room), TEXT, colours.text)
        line = self._at + TEXT
        self._texts += [(MARGIN, line, number), (begin, line, label), (WIDTH - MARGIN, line, value)]
        top = self._at + TEXT * LINE + 1
        whole = WIDTH - 2 * MARGIN
        self._marks.append((MARGIN, top, whole, BAR, colours.track))
        share = min(max(row.share, 0.0), 1.0)
        if share > 0:
            self._marks.append((MARGIN, top, max(whole * share, BAR), BAR, colours.bar))
        self._at += ROW

    def _line(self, text: str, size: int, colour: str, *, bold: bool = False) -> None:
        self._texts.append((MARGIN, self._at + size, self._text(text, size, colour, bold=bold)))
        self._at += size * LINE

    def _text(self, text: str, size: int, colour: str, *, bold: bool = False) -> Any:  # noqa: ANN401 - matplotlib's
        from matplotlib.text import Text

        made = Text(
            text=text,
            color=colour,
            fontfamily=FONT,
            fontsize=size * 72 / DPI,
            fontweight="bold" if bold else "normal",
            parse_math=False,
            figure=self._figure,
        )
        made.set_verticalalignment("baseline")
        return made

    def _width(self, text: Any) -> float:  # noqa: ANN401 - matplotlib's
        return float(text.get_window_extent(self._canvas.get_renderer(), dpi=DPI).width)

    def _fits(self, text: str, size: int, room: float, *, bold: bool) -> bool:
        return self._width(self._text(text, size, self._colours.text, bold=bold)) <= room

    def _fitting(self, text: str, size: int, room: float, *, bold: bool = False) -> str:
        """The text as the font can draw it, cut to what there is room for."""
        line = drawable(text, self._letters)
        if self._fits(line, size, room, bold=bold):
            return line
        least, most = 0, len(line)
        while least + 1 < most:
            middle = (least + most) // 2
            if self._fits(line[:middle].rstrip() + ELLIPSIS, size, room, bold=bold):
                least = middle
            else:
                most = middle
        return line[:least].rstrip() + ELLIPSIS

    def _wrapped(self, text: str, size: int, *, bold: bool) -> list[str]:
        """The text in at most two lines."""
        room, words = WIDTH - 2 * MARGIN, drawable(text, self._letters).split()
        lines: list[str] = []
        while words and len(lines) < TITLE_LINES - 1:
            taken = 1
            while taken < len(words) and self._fits(" ".join(words[: taken + 1]), size, room, bold=bold):
                taken += 1
            lines.append(self._fitting(" ".join(words[:taken]), size, room, bold=bold))
            words = words[taken:]
        return [*lines, self._fitting(" ".join(words), size, room, bold=bold)] if words else lines


def drawable(text: str, letters: frozenset[int]) -> str:
    """The text on one line, without what the font has no picture of, and without signs that turn its direction."""
    kept = (
        one
        for one in " ".join(text.split())
        if ord(one) in letters
        and ord(one) not in SELECTORS
        and (unicodedata.category(one)[0] != "C" or one == NON_JOINER)
    )
    return " ".join("".join(kept).split())


def is_drawable(text: str, letters: frozenset[int]) -> bool:
    """Whether more is left of a text than signs: half a name is a name."""
    return any(one.isalnum() for one in drawable(text, letters))


def letters_of_font() -> frozenset[int]:
    """What the font can draw."""
    from matplotlib import font_manager

    fonts: Any = font_manager
    return frozenset(fonts.get_font(fonts.findfont(FONT)).get_charmap())


def _bar(axes: Any, left: float, top: float, width: float, height: float, colour: str) -> None:  # noqa: ANN401 - matplotlib's
    from matplotlib.patches import FancyBboxPatch

    style = f"round,pad=0,rounding_size={height / 2}"
    axes.add_patch(FancyBboxPatch((left, top), width, height, boxstyle=style, linewidth=0, facecolor=colour))


def limit() -> None:
    """Bound what this process may take, so that it ends before the bot suffers."""
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, FILE_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        # macOS knows some of them and holds fewer.
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))


def main() -> None:
    """Read a chart, draw it, write the PNG; exit status `NOT_INSTALLED` where matplotlib is missing."""
    limit()
    asked = json.loads(sys.stdin.buffer.readline())
    chart = Chart.read(sys.stdin.buffer.read().decode())
    # matplotlib keeps a list of fonts, and would warn where it cannot; the bot's home may be read-only.
    with tempfile.TemporaryDirectory(prefix="quizbot-chart-") as folder:
        os.environ["MPLCONFIGDIR"] = folder
        try:
            png = drawn(chart, dark=asked["dark"] is True)
        except ImportError:
            sys.exit(NOT_INSTALLED)
    sys.stdout.buffer.write(png)


if __name__ == "__main__":
    main()
