"""The chart of a run, drawn as SVG: answers a second, and the CPU that one costs."""

from collections.abc import Callable
from html import escape

from benchmarks.measure import Measured
from benchmarks.report import ANSWERS_A_SECOND, Results

WIDTH, HEIGHT, LEFT, TOP, PANEL = 900, 420, 70, 60, 360
DEPTH = 270
FONT = 'font-family="Helvetica, Arial, sans-serif" font-size="13" fill="#111"'
COLOURS = {"quizbot": "#2563eb", "lean": "#16a34a", "plain": "#d97706"}
WORDS = {"quizbot": "this bot", "lean": "the leanest program", "plain": "plain python-telegram-bot"}


def draw(results: Results) -> str:
    """The chart of what was measured without a pause, by numbers of students."""
    sizes = sorted({students for _, kind, students in results.measured if kind == "without pause"})
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" {FONT}>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        *_panel(results, sizes, LEFT, "Answers a second, one core", lambda one: one.answers_a_second, ANSWERS_A_SECOND),
        *_panel(results, sizes, LEFT + PANEL + 90, "CPU for an answer, ms", lambda one: one.cpu_ms, None),
    ]
    for place, (program, words) in enumerate(WORDS.items()):
        x = LEFT + 190 * place
        parts.append(f'<rect x="{x}" y="{HEIGHT - 26}" width="12" height="12" fill="{COLOURS[program]}"/>')
        parts.append(f'<text x="{x + 18}" y="{HEIGHT - 15}">{escape(words)}</text>')
    return "\n".join([*parts, "</svg>\n"])


def _panel(
    results: Results, sizes: list[int], left: int, title: str, what: Callable[[Measured], float], bar: float | None
) -> list[str]:
    seen = {
        (program, size): value
        for program in WORDS
        for size in sizes
        if (value := results.middle(program, "without pause", size, what)) is not None
    }
    top = 1.12 * max([*seen.values(), bar or 0.0])
    floor = TOP + DEPTH

    def y(value: float) -> float:
        return floor - DEPTH * value / top

    parts = [
        f'<text x="{left}" y="{TOP - 24}" font-size="16" font-weight="bold">{escape(title)}</text>',
        f'<line x1="{left}" y1="{floor}" x2="{left + PANEL}" y2="{floor}" stroke="#111"/>',
        f'<text x="{left + PANEL / 2}" y="{floor + 38}" text-anchor="middle">students</text>',
    ]
    wide = PANEL / len(sizes)
    for place, size in enumerate(sizes):
        middle = left + wide * (place + 0.5)
        parts.append(f'<text x="{middle:.0f}" y="{floor + 18}" text-anchor="middle">{size:,}</text>')
        for which, program in enumerate(WORDS):
            value = seen.get((program, size))
            if value is None:
                continue
            thick = wide / 4
            x = middle + thick * (which - 1.5)
            parts.append(
                f'<rect x="{x:.1f}" y="{y(value):.1f}" width="{thick - 2:.1f}" height="{floor - y(value):.1f}" '
                f'fill="{COLOURS[program]}"/>'
            )
            number = f"{value:.0f}" if top > 50 else f"{value:.1f}"
            parts.append(
                f'<text x="{x + thick / 2 - 1:.1f}" y="{y(value) - 4:.1f}" font-size="10" text-anchor="middle">'
                f"{number}</text>"
            )
    if bar is not None:
        parts.append(
            f'<line x1="{left}" y1="{y(bar):.1f}" x2="{left + PANEL}" y2="{y(bar):.1f}" stroke="#dc2626" '
            f'stroke-dasharray="5 4"/><text x="{left - 6}" y="{y(bar) + 4:.1f}" font-size="11" text-anchor="end" '
            f'fill="#dc2626">{bar:.0f}</text>'
        )
    return parts
