"""The milestone trend: as a table for everyone, and as points for a drawing.

What does not live here: drawing (the writers).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bywhen.kernel.document import Align, Cell, Column, Row, Table, Trend, TrendLine
from bywhen.kernel.wording import day_short

LATER, EARLIER = "\N{BLACK UP-POINTING TRIANGLE}", "\N{BLACK DOWN-POINTING TRIANGLE}"
_SHOWN_REPORTS = 6


def report_days(trend: Trend) -> tuple[date, ...]:
    """The days of the reports the trend covers, oldest first, the last six at most."""
    days = sorted({on for line in trend.lines for on, _ in line.points})
    return tuple(days[-_SHOWN_REPORTS:])


def trend_table(trend: Trend) -> Table:
    """The trend as a table: one row a milestone, one column a report; a forecast that moved carries a triangle."""
    days = report_days(trend)
    dated = (Column(day_short(on, days[-1]), 1, Align.RIGHT) for on in days)
    columns = (Column("Forecast in the report of", 3), *dated)
    rows = tuple(Row((_name(line), *_cells(line, days)), line.evidence) for line in trend.lines)
    return Table(f"{trend.caption} ({LATER} later, {EARLIER} earlier than in the report before)", columns, rows)


def _name(line: TrendLine) -> Cell:
    return Cell(line.name, note=f"baseline {day_short(line.baseline)}" if line.baseline else "", strong=True)


def _cells(line: TrendLine, days: tuple[date, ...]) -> list[Cell]:
    told = dict(line.points)
    near = line.baseline or line.points[0][1]
    cells = []
    for on in days:
        before = max((day for day in told if day < on), default=None)
        if on not in told:
            cells.append(Cell(""))
        elif before is None or told[before] == told[on]:
            cells.append(Cell(day_short(told[on], near)))
        else:
            mark = LATER if told[on] > told[before] else EARLIER
            cells.append(Cell(f"{mark}\N{NO-BREAK SPACE}{day_short(told[on], near)}", strong=True))
    return cells


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """One milestone's line: ``points`` in the drawing's units, x from the left, y from the top, oldest first."""

    name: str
    points: tuple[tuple[float, float], ...]
    forecast: date
    moved: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """The trend as lines on a ``width`` by ``height`` plane. ``reports`` are x positions with their day, ``months`` y
    positions with the first day of the month. Time of the forecast runs downwards, time of the reports to the right.
    """

    width: float
    height: float
    lines: tuple[DrawnLine, ...]
    reports: tuple[tuple[float, date], ...]
    months: tuple[tuple[float, date], ...]


def trend_drawing(trend: Trend, *, width: float = 520, height: float = 220) -> Drawing:
    """Scale the trend to a plane, exactly proportional to calendar days on both axes.

    A line that runs level keeps its promise; a line that falls is a forecast that moves later.
    """
    days = report_days(trend)
    shown = [(line, [(on, to) for on, to in line.points if on in days]) for line in trend.lines]
    forecasts = [to for _, points in shown for _, to in points]
    low, high = min(forecasts), max(forecasts)

    def across(on: date) -> float:
        return round(width * (on - days[0]).days / max((days[-1] - days[0]).days, 1), 1)

    def down(to: date) -> float:
        return round(height * (to - low).days / max((high - low).days, 1), 1)

    lines = tuple(
        DrawnLine(line.name, tuple((across(on), down(to)) for on, to in points), points[-1][1], _moved(points))
        for line, points in shown
        if points
    )
    months = tuple((down(month), month) for month in _months(low, high))
    return Drawing(width, height, lines, tuple((across(on), on) for on in days), months)


def _moved(points: list[tuple[date, date]]) -> bool:
    return points[-1][1] > points[0][1]


def _months(low: date, high: date) -> list[date]:
    found = []
    year, month = low.year, low.month
    while (year, month) < (high.year, high.month):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        found.append(date(year, month, 1))
    step = max(1, -(-len(found) // 6))
    return found[::step]
