"""The milestone trend as an inline drawing. Its table twin, which says the same, always stands below it."""

from __future__ import annotations

from bywhen.kernel.document import Trend
from bywhen.kernel.wording import day_short
from bywhen.reports.engine.trend import DrawnLine, trend_drawing
from bywhen.reports.writers.html.marks import text

_LEFT, _TOP, _RIGHT, _BOTTOM = 64, 12, 252, 26
_LEAST_GAP = 15.0


def trend_svg(trend: Trend) -> str:
    """Draw the forecasts: reports run to the right, forecasts downwards, a falling line moved later."""
    drawing = trend_drawing(trend)
    width, height = drawing.width + _LEFT + _RIGHT, drawing.height + _TOP + _BOTTOM
    said = f"{text(trend.caption)}; the table has the dates"
    parts = [f'<svg viewBox="0 0 {width:g} {height:g}" role="img" aria-label="{said}">']
    for y, month in drawing.months:
        named = day_short(month).split(" ", 1)[1]
        parts.append(f'<path class="grid" d="M{_LEFT} {y + _TOP:g}h{drawing.width:g}"/>')
        parts.append(f'<text x="0" y="{y + _TOP + 4:g}">{named}</text>')
    for x, on in drawing.reports:
        shown = day_short(on, drawing.reports[-1][1])
        parts.append(f'<text x="{x + _LEFT:g}" y="{height - 4:g}" text-anchor="middle">{shown}</text>')
    labels = _label_heights(drawing.lines)
    parts += [_line(line, label) for line, label in zip(drawing.lines, labels, strict=True)]
    return "".join([*parts, "</svg>"])


def _line(line: DrawnLine, label: float) -> str:
    kind = "moved" if line.moved else "kept"
    points = [(x + _LEFT, y + _TOP) for x, y in line.points]
    way = " ".join(f"{x:g},{y:g}" for x, y in points)
    dots = "".join(f'<circle class="dot-{kind}" cx="{x:g}" cy="{y:g}" r="3"/>' for x, y in points)
    said = f"{text(line.name)}, {day_short(line.forecast)}"
    name = f'<text x="{points[-1][0] + 12:g}" y="{label + _TOP + 4:g}">{said}</text>'
    return f'<polyline class="{kind}" points="{way}"/>{dots}{name}'


def _label_heights(lines: tuple[DrawnLine, ...]) -> list[float]:
    """Where each name stands: at the end of its line, pushed down just enough not to cover the one above."""
    heights = [0.0] * len(lines)
    lowest = -_LEAST_GAP
    for number in sorted(range(len(lines)), key=lambda n: lines[n].points[-1][1]):
        lowest = max(lines[number].points[-1][1], lowest + _LEAST_GAP)
        heights[number] = lowest
    return heights
