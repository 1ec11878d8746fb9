"""One row of a plan sheet as a task: its dates, durations, progress, constraint, baseline and what it has no field for.

What does not live here: what holds for the whole sheet (``plan``), the hierarchy and the links, each in its own module.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import lru_cache

from bywhen.intake.effort import is_estimated, read_duration, read_milestone_word, unit_of
from bywhen.intake.grid import Row, is_empty, shown
from bywhen.intake.headers import normal
from bywhen.intake.numbers import read_number, read_percent
from bywhen.intake.sheets.hierarchy import Places
from bywhen.intake.sheets.planwords import CONSTRAINTS, DONE
from bywhen.intake.table import Table
from bywhen.kernel.durations import Duration
from bywhen.kernel.plan import Baseline, ConstraintType, Task
from bywhen.kernel.worktime import WorkingTime

_KEPT_AS_TEXT = ("status", "priority", "summary_flag", "tracker_type", "created", "updated", "reporter", "parent")
_ENDS = frozenset(
    {"finish", "due", "baseline_finish", "actual_finish", "early_finish", "late_finish", "constraint_end"}
)
_BULLET = re.compile(r"^(?:[>\u2022\u2023\u2192\s]|[-\u2013*]\s)+")
_STANDARD = WorkingTime.standard()
_LONGEST = timedelta(days=366 * 100)
_DAY_START, _DAY_END = time(8), time(17)


@dataclass(frozen=True, slots=True)
class Habits:
    """What holds for the whole sheet: dates without times, shares instead of per cent, the field of the name."""

    days_only: bool
    shares: bool
    name: str
    baseline_is_plan: bool


def read_task(table: Table, row: Row, habits: Habits, uids: Sequence[int], tree: Places, at: int) -> Task:
    """One row as a task; ``at`` is its place in the outline."""
    # Long because each field may stand in for another that the row lacks: what is decided first serves the rest.
    parent = tree.parents[at]
    summary = at in tree.holders
    duration = _duration(table, row, "duration") or (
        _duration(table, row, "baseline_duration") if habits.baseline_is_plan else None
    )
    milestone = _is_milestone(table, row, habits, duration) and not summary
    day = _DayReader(table, row, habits, milestone)
    start, finish = day("start"), day("finish")
    due = day("due")
    if habits.baseline_is_plan:
        start, finish = day("baseline_start"), day("baseline_finish")
    elif not table.has("finish"):
        finish = due
    if milestone:
        start, finish, duration = start or finish, finish or start, duration or Duration(0.0)
    if duration is None and start and finish:
        duration = Duration(_worked(start, finish))
    done = _percent(table, row, habits, "percent_complete")
    wbs = table.text(row, "wbs")
    number = read_number(table.cell(row, "id"))
    kind, when = _constraint(table, row, day)
    return Task(
        uid=uids[at],
        id=int(number) if number is not None and number % 1 == 0 else at + 1,
        name=_BULLET.sub("", table.text(row, habits.name)),
        wbs=wbs,
        outline_number=table.text(row, "outline_number"),
        outline_level=tree.levels[at],
        parent_uid=uids[parent] if parent is not None else None,
        summary=summary,
        milestone=milestone,
        active=read_milestone_word(table.cell(row, "active")) is not False if table.text(row, "active") else True,
        manual=normal(table.text(row, "mode")).startswith(("manual", "manuell", "yes")),
        estimated=is_estimated(table.cell(row, "duration")),
        priority=_priority(table, row),
        duration=duration,
        actual_duration_minutes=_minutes(table, row, "actual_duration"),
        remaining_duration_minutes=_minutes(table, row, "remaining_duration"),
        percent_complete=done,
        percent_work_complete=_percent(table, row, habits, "percent_work_complete"),
        physical_percent_complete=_percent(table, row, habits, "physical_percent_complete"),
        start=start,
        finish=finish,
        early_start=day("early_start"),
        early_finish=day("early_finish"),
        late_start=day("late_start"),
        late_finish=day("late_finish"),
        total_slack_minutes=_minutes(table, row, "total_slack"),
        free_slack_minutes=_minutes(table, row, "free_slack"),
        critical=read_milestone_word(table.cell(row, "critical")) if table.text(row, "critical") else None,
        actual_start=day("actual_start"),
        actual_finish=day("actual_finish"),
        constraint=kind,
        constraint_date=when,
        deadline=due,
        calendar_uid=None,
        work_minutes=_minutes(table, row, "work", "h"),
        actual_work_minutes=_minutes(table, row, "actual_work", "h"),
        remaining_work_minutes=_minutes(table, row, "remaining_work", "h"),
        cost=table.number(row, "cost"),
        actual_cost=table.number(row, "actual_cost"),
        fixed_cost=table.number(row, "fixed_cost"),
        notes=table.text(row, "notes"),
        hyperlink=table.text(row, "hyperlink"),
        baselines=_baselines(table, row, day),
        custom=_custom(table, row, number is None),
    )


@lru_cache(maxsize=50_000)
def _worked(start: datetime, finish: datetime) -> float:
    """Working minutes on the standard calendar, none when the finish is earlier."""
    return max(_STANDARD.between(start, finish), 0.0) if finish - start < _LONGEST else 0.0


class _DayReader:
    """Reads the dates of one row; a date without a time is the start or the end of the working day."""

    def __init__(self, table: Table, row: Row, habits: Habits, milestone: bool) -> None:
        self._table, self._row, self._habits, self._milestone = table, row, habits, milestone

    def __call__(self, name: str) -> datetime | None:
        found = self._table.date(self._row, name) if name in self._table.columns else None
        if found is None or found.time() != time() or not (self._habits.days_only or self._is_day(name)):
            return found
        return datetime.combine(found.date(), _DAY_END if name in _ENDS or self._milestone else _DAY_START)

    def _is_day(self, name: str) -> bool:
        """Whether the cell is a text that gives a day and no time, whatever the other cells give."""
        cell = self._table.cell(self._row, name)
        return isinstance(cell, str) and ":" not in cell


def _duration(table: Table, row: Row, name: str, unit: str = "") -> Duration | None:
    cell = table.cell(row, name)
    if cell == "" or is_empty(cell):
        return None
    if isinstance(cell, timedelta):
        return Duration(cell / timedelta(minutes=1))
    found = read_duration(cell, unit_of(table.heading(name), unit or "d"))
    if found is None and shown(cell).strip() not in ("-", "NA", "n/a"):
        table.find("duration-unreadable", f"{shown(cell)!r} is not a duration.", row=row)
    return found


def _minutes(table: Table, row: Row, name: str, unit: str = "") -> float | None:
    found = _duration(table, row, name, unit)
    return found.minutes if found else None


def _is_milestone(table: Table, row: Row, habits: Habits, duration: Duration | None) -> bool:
    if habits.name == "milestone":
        return True
    flag = read_milestone_word(table.cell(row, "milestone")) if table.text(row, "milestone") else None
    return flag if flag is not None else duration is not None and duration.minutes == 0


def _percent(table: Table, row: Row, habits: Habits, name: str) -> float:
    cell = table.cell(row, name)
    found = read_percent(cell, fractions=habits.shares)
    if found is None and name == "percent_complete":
        word = normal(shown(cell)) if not is_empty(cell) else normal(table.text(row, "status"))
        found = 100.0 if word in DONE else None
    return min(max(found or 0.0, 0.0), 100.0)


def _priority(table: Table, row: Row) -> int:
    number = read_number(table.cell(row, "priority"))
    return int(number) if number is not None and 10 <= number <= 1000 else 500


def _constraint(table: Table, row: Row, day: _DayReader) -> tuple[ConstraintType, datetime | None]:
    text = normal(table.text(row, "constraint_type"))
    kind = CONSTRAINTS.get(text, ConstraintType.ASAP)
    if text and text not in CONSTRAINTS:
        table.find("constraint-unknown", f"{table.text(row, 'constraint_type')!r} is no constraint type.", row=row)
    return kind, day("constraint_date")


def _baselines(table: Table, row: Row, day: _DayReader) -> tuple[Baseline, ...]:
    first = Baseline(
        0,
        start=day("baseline_start"),
        finish=day("baseline_finish"),
        duration_minutes=_minutes(table, row, "baseline_duration"),
        work_minutes=_minutes(table, row, "baseline_work", "h"),
        cost=table.number(row, "baseline_cost"),
    )
    return (first,) if first != Baseline(0) else ()


def _custom(table: Table, row: Row, key_is_text: bool) -> dict[str, str]:
    """What the task has no field for, under the sheet's own headings; nothing of a row is dropped."""
    kept = table.rest(row)
    for name in (*_KEPT_AS_TEXT, *(("id",) if key_is_text else ())):
        if text := table.text(row, name):
            kept.setdefault(table.heading(name), text)
    return kept
