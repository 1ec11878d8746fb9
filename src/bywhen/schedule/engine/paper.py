"""A plan on paper: which rows and which days stand on which sheet, and where each bar lies. Pure.

All lengths are millimetres, so that text is as large on A0 as on A4: a larger sheet shows more, never smaller. Sheets
are tiles: pasted side by side and one below the other they are the whole plan; each repeats the task's name and the
time scale, so that each can be read alone. What does not live here: drawing (templates), the screen's Gantt.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from bywhen.kernel.errors import InputRefusedError

PAPERS = {"a4": (297, 210), "a3": (420, 297), "a2": (594, 420), "a1": (841, 594), "a0": (1189, 841)}
"""Landscape sheets: width and height."""
SCALES = {"day": 5.0, "week": 1.6, "month": 0.5}
"""Width of a day: each day, each Monday or each first of a month is written in the head."""
MARGIN, HEAD, FOOT, ROW = 10.0, 11.0, 6.0, 5.6
COLUMNS = (
    ("WBS", 15.0),
    ("Task", 66.0),
    ("Owner", 30.0),
    ("Start", 19.0),
    ("Finish", 19.0),
    ("Days", 11.0),
    ("Float", 12.0),
)
"""Beside the rows on the first sheet of each line; further sheets repeat the task only."""
NAME = 66.0
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MOST_SHEETS = 400
"""More than anybody pastes together; a coarser scale or a larger paper is asked for instead."""


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A row to be placed: its days, what was agreed, its float as a day until which it may end."""

    start: date | None
    finish: date | None
    baseline_start: date | None
    baseline_finish: date | None
    float_until: date | None
    milestone: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """One tile: rows ``top`` to ``bottom`` (excluded), days ``first`` to ``last`` (excluded); ``across`` and ``down``
    count from 1. ``left`` is where the days begin beside the columns.
    """

    across: int
    down: int
    top: int
    bottom: int
    first: date
    last: date
    left: float
    per_day: float

    def x(self, day: date) -> float:
        """Where a day begins on this sheet, kept within its days."""
        return self.left + min(max((day - self.first).days, 0), (self.last - self.first).days) * self.per_day

    def y(self, row: int) -> float:
        """Where a row of the plan begins on this sheet."""
        return HEAD + (row - self.top) * ROW

    def shows(self, first: date, last: date) -> bool:
        """Whether any of the days from ``first`` to ``last`` stand on this sheet."""
        return first < self.last and last >= self.first


@dataclass(frozen=True, slots=True)
class Bar:
    """What is drawn of a row on one sheet; None where it does not stand on it. Each pair is left edge and width."""

    bar: tuple[float, float] | None
    baseline: tuple[float, float] | None
    float_end: float | None
    diamond: float | None


def sheets(rows: int, first: date, last: date, *, paper: str, scale: str) -> list[Sheet]:
    """The tiles of a plan of so many rows, line by line.

    Raises:
        InputRefusedError: when paper or scale are unknown, or the tiles are too many to be of use.

    >>> [(each.across, each.down) for each in sheets(60, date(2026, 11, 2), date(2027, 2, 1), paper="a4", scale="week")]
    [(1, 1), (2, 1), (1, 2), (2, 2)]
    """
    if paper not in PAPERS or scale not in SCALES:
        raise InputRefusedError(
            f"{paper} at {scale} cannot be printed",
            remedy=f"Papers are {', '.join(PAPERS)}; scales are {', '.join(SCALES)}.",
        )
    width, height = inside(paper)
    per_page = int((height - HEAD - FOOT) // ROW)
    lines, spans = ceil(max(rows, 1) / per_page), list(_spans(first, last, width, SCALES[scale]))
    if lines * len(spans) > MOST_SHEETS:
        raise InputRefusedError(
            f"the plan needs {lines * len(spans):,} sheets of {paper.upper()}",
            remedy="Choose a larger paper or a coarser scale.",
        )
    return [
        Sheet(across, down, (down - 1) * per_page, min(down * per_page, rows), begin, end, left, SCALES[scale])
        for down in range(1, lines + 1)
        for across, (begin, end, left) in enumerate(spans, start=1)
    ]


def inside(paper: str) -> tuple[float, float]:
    """Width and height within the margins."""
    width, height = PAPERS[paper]
    return width - 2 * MARGIN, height - 2 * MARGIN


def _spans(first: date, last: date, width: float, per_day: float) -> Iterator[tuple[date, date, float]]:
    """The days of each sheet across, whole days only, with where they begin."""
    left, day = sum(wide for _, wide in COLUMNS), first
    while day <= last:
        room = max(int((width - left) // per_day), 1)
        yield day, min(day + timedelta(days=room), last + timedelta(days=1)), left
        day, left = day + timedelta(days=room), NAME


def bar_on(sheet: Sheet, row: PaperRow) -> Bar:
    """What of a row is drawn on a sheet. A finish lasts to the end of its day."""
    if row.start is None or row.finish is None:
        return Bar(None, None, None, None)
    if row.milestone:
        middle = sheet.x(row.finish) + sheet.per_day / 2
        return Bar(None, None, None, middle if sheet.shows(row.finish, row.finish) else None)
    float_end = None
    if row.float_until and row.float_until > row.finish and sheet.shows(row.finish, row.float_until):
        float_end = sheet.x(row.float_until + timedelta(days=1))
    return Bar(
        _placed(sheet, row.start, row.finish),
        _placed(sheet, row.baseline_start or row.baseline_finish, row.baseline_finish),
        float_end,
        None,
    )


def _placed(sheet: Sheet, first: date | None, last: date | None) -> tuple[float, float] | None:
    if first is None or last is None or not sheet.shows(first, last):
        return None
    left = sheet.x(first)
    return left, max(sheet.x(last + timedelta(days=1)) - left, 0.6)


def ticks(sheet: Sheet, scale: str) -> tuple[list[tuple[float, str]], list[tuple[float, str]]]:
    """The two lines of a sheet's head: months above weeks or days; years above months."""
    upper: list[tuple[float, str]] = []
    lower: list[tuple[float, str]] = []
    day = sheet.first
    while day < sheet.last:
        begins = day == sheet.first
        if scale == "month":
            if begins or (day.day == 1 and day.month == 1):
                upper.append((sheet.x(day), str(day.year)))
            if day.day == 1:
                lower.append((sheet.x(day), _MONTHS[day.month - 1]))
        else:
            if begins or day.day == 1:
                upper.append((sheet.x(day), f"{_MONTHS[day.month - 1]} {day.year}"))
            if scale == "day" or day.weekday() == 0:
                lower.append((sheet.x(day), str(day.day)))
        day += timedelta(days=1)
    return _apart(upper, 14.0), lower


def _apart(marks: Sequence[tuple[float, str]], least: float) -> list[tuple[float, str]]:
    """Without the first mark when the next one would be written over it."""
    return list(marks[1:]) if len(marks) > 1 and marks[1][0] - marks[0][0] < least else list(marks)
