"""Progress against the baseline, in time: planned and actual per cent, earned schedule, SPI(t). Pure.

Tasks weigh by their baseline's working minutes; work is planned to run evenly over them. What does not live here:
money-based earned value (room ``finance``).

Source: W. Lipke, "Schedule is different", The Measurable News, 2003 (earned schedule; SPI(t) = ES / AT).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bywhen.kernel.plan import Task
from bywhen.kernel.worktime import WorkingTime


@dataclass(frozen=True, slots=True)
class BaselineTask:
    """A leaf task as agreed, and how much of it is done (0-100)."""

    start: datetime
    finish: datetime
    percent: float


@dataclass(frozen=True, slots=True)
class Progressed:
    """Per cent of the baseline's working minutes planned by and done by the day. ``spi_t`` is earned schedule over
    actual time, both in working minutes since the baseline's start; None before the start or after the baseline's end
    where it says nothing more. ``tasks`` is how many were counted.
    """

    planned_percent: float
    actual_percent: float
    spi_t: float | None
    tasks: int


def percent_of_packages(tasks: Sequence[Task], minutes: Mapping[int, float]) -> dict[int, float]:
    """How much of each work package is done, 0 to 100 in whole per cent: its tasks' progress weighed by their working
    ``minutes`` (by uid), as Microsoft Project rolls it up. Packages none of whose tasks has begun are left out: what
    the file says of them stands.

    >>> package = Task(1, "Build", summary=True)
    >>> below = [Task(2, "A", parent_uid=1, percent_complete=50.0), Task(3, "B", parent_uid=1)]
    >>> percent_of_packages([package, *below], {2: 480.0, 3: 1440.0})
    {1: 12.0}
    """
    parents = {task.uid: task.parent_uid for task in tasks}
    whole, done = dict[int, float](), dict[int, float]()
    for task in tasks:
        if task.summary or not task.active or task.is_null:
            continue
        length, above = minutes.get(task.uid, 0.0), task.parent_uid
        while above is not None:
            whole[above] = whole.get(above, 0.0) + length
            done[above] = done.get(above, 0.0) + length * task.percent_complete
            above = parents.get(above)
    # Truncated as in Microsoft Project: a package is not said to be done before all of it is.
    return {uid: float(int(done[uid] / length)) for uid, length in whole.items() if length and done[uid]}


def progress_against_baseline(tasks: Sequence[BaselineTask], at: date, calendar: WorkingTime) -> Progressed | None:
    """Progress by the end of ``at``; None when no task has a baseline with working time in it.

    >>> five_days = BaselineTask(datetime(2026, 11, 2, 8), datetime(2026, 11, 6, 17), 40.0)
    >>> done = progress_against_baseline([five_days], date(2026, 11, 3), WorkingTime.standard())
    >>> done.planned_percent, done.actual_percent, done.spi_t
    (40.0, 40.0, 1.0)
    """
    if not tasks:
        return None
    axis = _Axis(min(task.start for task in tasks).date(), max(max(task.finish for task in tasks).date(), at), calendar)
    spans = [(axis.at(task.start), axis.at(task.finish), task.percent) for task in tasks]
    spans = [span for span in spans if span[1] > span[0]]
    weight = sum(last - first for first, last, _ in spans)
    if not weight:
        return None
    now = axis.at(datetime.combine(at + timedelta(days=1), time()))
    earned = sum((last - first) * percent / 100 for first, last, percent in spans)
    planned = _planned(spans, now)
    begun, ends = min(first for first, _, _ in spans), max(last for _, last, _ in spans)
    spi_t = None
    if begun < now and (now <= ends or earned < weight):
        spi_t = (_time_earned(spans, earned, begun, ends) - begun) / (now - begun)
    return Progressed(planned / weight * 100, earned / weight * 100, spi_t, len(spans))


def _planned(spans: Sequence[tuple[float, float, float]], at: float) -> float:
    return sum(min(max(at - first, 0.0), last - first) for first, last, _ in spans)


def _time_earned(spans: Sequence[tuple[float, float, float]], earned: float, low: float, high: float) -> float:
    """The moment (working minutes) by which the plan wanted as much done as is done; the curve only rises."""
    if earned <= 0:
        return low
    for _ in range(48):
        middle = (low + high) / 2
        low, high = (middle, high) if _planned(spans, middle) < earned else (low, middle)
    return round(high, 3)


class _Axis:
    """Working minutes since a first day, by addition instead of walking the calendar for every task."""

    def __init__(self, first: date, last: date, calendar: WorkingTime) -> None:
        self._first, self._calendar = first, calendar
        self._before = [0.0]
        for offset in range((last - first).days + 3):
            self._before.append(self._before[-1] + calendar.minutes_of(first + timedelta(days=offset)))

    def at(self, moment: datetime) -> float:
        day = moment.date()
        offset = (day - self._first).days
        if offset < 0:
            return 0.0
        passed = moment.hour * 60 + moment.minute
        worked = sum(max(0, min(passed, end) - start) for start, end in self._calendar.shifts(day))
        return self._before[min(offset, len(self._before) - 1)] + worked
