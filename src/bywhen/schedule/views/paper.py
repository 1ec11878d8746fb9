"""The plan on paper: tiles from A4 to A0, each readable alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bywhen.kernel.clock import current_clock
from bywhen.kernel.plan import Plan
from bywhen.kernel.wording import counted, day_short
from bywhen.kernel.worktime import WorkingTime
from bywhen.schedule.engine import paper as sheeting
from bywhen.schedule.engine.paper import PAPERS, SCALES, PaperRow, Sheet
from bywhen.schedule.selectors import plan_working_time, schedule_of, task_list
from bywhen.schedule.views.asked import project_asked, version_asked
from bywhen.schedule.views.island import span_of
from bywhen.schedule.views.wording import headline, version_said

if TYPE_CHECKING:
    from bywhen.schedule.models import TaskState

SHOWN = {"all": "all tasks", "critical": "critical tasks", "weeks": "the next four weeks"}
MIDDLE = sheeting.ROW / 2


@require_GET
def sheets(request: HttpRequest, key: str) -> HttpResponse:
    """The sheets as they come out of the printer; ``?paper=a3&scale=week&show=all``."""
    project = project_asked(request, key)
    version = version_asked(project)
    asked = {
        "paper": request.GET.get("paper", "a3"),
        "scale": request.GET.get("scale", "week"),
        "show": request.GET.get("show", "all"),
    }
    plan = schedule_of(version).plan
    calendar = plan_working_time(plan)
    every = list(task_list(project))
    rows = _wanted(every, asked["show"])
    first, last = span_of(rows, current_clock().today()) if rows else (current_clock().today(),) * 2
    tiles = sheeting.sheets(
        len(rows), first - timedelta(days=3), last + timedelta(days=3), paper=asked["paper"], scale=asked["scale"]
    )
    width, height = sheeting.inside(asked["paper"])
    context = {
        "active": "plan",
        "project": project,
        "headline": headline(project, every, calendar),
        "sub": version_said(version),
        "asked": asked,
        "papers": PAPERS,
        "scales": SCALES,
        "shows": SHOWN,
        "sheets": [_drawn(tile, rows, _Drawing(plan, calendar, asked["scale"], width, height)) for tile in tiles],
        "counted": counted(len(tiles), "sheet"),
        "lines": max(tile.down for tile in tiles),
        "across": max(tile.across for tile in tiles),
        "width": f"{width:g}",
        "height": f"{height:g}",
        "today": day_short(current_clock().today()),
    }
    return render(request, "schedule/print.html", context)


def _wanted(rows: Sequence[TaskState], show: str) -> list[TaskState]:
    """The rows to print, with the summaries above them."""
    if show not in ("critical", "weeks"):
        return list(rows)
    today = current_clock().today()
    keep: dict[int, TaskState] = {}
    above: list[TaskState] = []
    for row in rows:
        above = [each for each in above if each.level < row.level]
        if row.summary:
            above.append(row)
        elif _matches(row, show, today):
            keep |= {each.uid: each for each in (*above, row)}
    return [row for row in rows if row.uid in keep]


def _matches(row: TaskState, show: str, today: date) -> bool:
    if show == "critical":
        return row.critical
    if row.start is None or row.finish is None or row.percent_complete >= 100:
        return False
    return row.start.date() < today + timedelta(days=28) and row.finish.date() >= today


class _Drawing:
    """What all sheets share: links and calendar of the plan, the scale, the room on paper."""

    def __init__(self, plan: Plan, calendar: WorkingTime, scale: str, width: float, height: float) -> None:
        self.calendar, self.scale, self.width, self.height = calendar, scale, width, height
        self.minutes_per_day = plan.minutes_per_day
        self.links = plan.links


def _drawn(sheet: Sheet, rows: Sequence[TaskState], drawing: _Drawing) -> dict[str, Any]:
    shown = rows[sheet.top : sheet.bottom]
    right = sheet.x(sheet.last)
    bottom = sheeting.HEAD + len(shown) * sheeting.ROW
    upper, lower = sheeting.ticks(sheet, drawing.scale)
    today = current_clock().today()
    return {
        "across": sheet.across,
        "down": sheet.down,
        "left": _mm(sheet.left),
        "right": _mm(right),
        "bottom": _mm(bottom),
        "foot": _mm(drawing.height - 1),
        "columns": [{"x": _mm(x), "title": title} for x, title in _columns(sheet)],
        "upper": [{"x": _mm(x), "text_x": _mm(x + 0.8), "text": text} for x, text in upper],
        "lower": [{"x": _mm(x), "text_x": _mm(x + 0.5), "text": text} for x, text in lower],
        "off": _off(sheet, drawing.calendar) if drawing.scale != "month" else (),
        "today": _mm(sheet.x(today) + sheet.per_day / 2) if sheet.shows(today, today) else "",
        "rows": [_row(sheet, number, row, drawing) for number, row in enumerate(shown, start=sheet.top)],
        "links": "".join(_links(sheet, shown, drawing)),
    }


def _columns(sheet: Sheet) -> Iterator[tuple[float, str]]:
    if sheet.across > 1:
        yield 0.0, "Task"
        return
    x = 0.0
    for title, wide in sheeting.COLUMNS:
        yield x, title
        x += wide


def _row(sheet: Sheet, number: int, row: TaskState, drawing: _Drawing) -> dict[str, Any]:
    bar = sheeting.bar_on(sheet, _paper_row(row, drawing))
    y = sheet.y(number)
    done = (
        bar.bar[1] * min(row.percent_complete, 100) / 100 if bar.bar and sheet.x(_day(row.start)) == bar.bar[0] else 0.0
    )
    return {
        "row": row,
        "cells": _cells(sheet, row, drawing.minutes_per_day),
        "y": _mm(y),
        "line": _mm(y + sheeting.ROW),
        "text_y": _mm(y + MIDDLE + 0.95),
        "bar": _box(bar.bar, y + 1.9, 2.6),
        "done": _mm(done) if done else "",
        "baseline": _box(bar.baseline, y + 0.7, 0.7),
        "float": f"M{_mm(sum(bar.bar or (sheet.left,)))} {_mm(y + 3.2)}H{_mm(bar.float_end)}" if bar.float_end else "",
        "diamond": f"{_mm(bar.diamond)} {_mm(y + 3.2)}" if bar.diamond is not None else "",
        "name_x": _mm(bar.diamond + 2.4) if bar.diamond is not None else "",
    }


def _cells(sheet: Sheet, row: TaskState, minutes_per_day: int) -> list[dict[str, str]]:
    """The texts left of the days; a long one is cut to what its column holds."""
    indent = (row.level - 1) * 2.2
    name = _cut(row.name, sheeting.NAME - indent - 2)
    if sheet.across > 1:
        return [{"x": _mm(0.8 + indent), "text": name}]
    texts = (
        row.wbs,
        name,
        row.owner,
        day_short(row.start.date()) if row.start else "",
        day_short(row.finish.date()) if row.finish else "",
        "" if row.milestone else f"{row.duration_minutes / minutes_per_day:.10g}",
        "" if row.summary or row.total_float_minutes is None else f"{row.total_float_minutes / minutes_per_day:.3g} d",
    )
    found, x = [], 0.0
    for (title, wide), text in zip(sheeting.COLUMNS, texts, strict=True):
        shift = indent if title == "Task" else 0.0
        found.append({"x": _mm(x + 0.8 + shift), "text": text if title == "Task" else _cut(text, wide - 1.5)})
        x += wide
    return found


def _cut(text: str, room: float) -> str:
    most = max(int(room / 1.36), 3)
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _paper_row(row: TaskState, drawing: _Drawing) -> PaperRow:
    float_until = None
    slack = row.total_float_minutes or 0.0
    if row.finish and slack > 0 and row.percent_complete < 100 and not row.summary:
        float_until = drawing.calendar.add(row.finish, slack).date()
    return PaperRow(
        _day_or_none(row.start),
        _day_or_none(row.finish),
        _day_or_none(row.baseline_start),
        _day_or_none(row.baseline_finish),
        float_until,
        row.milestone,
    )


def _links(sheet: Sheet, shown: Sequence[TaskState], drawing: _Drawing) -> Iterator[str]:
    """Links whose two ends stand on the sheet, as path data: out of the one bar, down or up, into the other."""
    place = {row.uid: number for number, row in enumerate(shown, start=sheet.top)}
    by_uid = {row.uid: row for row in shown}
    for link in drawing.links:
        before, after = by_uid.get(link.predecessor_uid), by_uid.get(link.successor_uid)
        if not (before and after and before.start and before.finish and after.start and after.finish):
            continue
        out = _day(before.finish) + timedelta(days=1) if link.type.value[0] == "F" else _day(before.start)
        into = _day(after.start) if link.type.value[1] == "S" else _day(after.finish) + timedelta(days=1)
        if not (sheet.shows(out, out) and sheet.shows(into, into)):
            continue
        x1, x2 = sheet.x(out), sheet.x(into)
        y1, y2 = (sheet.y(place[row.uid]) + 3.2 for row in (before, after))
        edge = y2 - 1.3 if y2 > y1 else y2 + 1.3
        x = max(x2 + 0.8, x1) if link.type.value == "FS" else x2
        yield f"M{_mm(x1)} {_mm(y1)}H{_mm(x)}V{_mm(edge)}"


def _off(sheet: Sheet, calendar: WorkingTime) -> list[dict[str, str]]:
    day, found = sheet.first, []
    while day < sheet.last:
        if not calendar.is_working_day(day):
            found.append({"x": _mm(sheet.x(day)), "width": _mm(sheet.per_day)})
        day += timedelta(days=1)
    return found


def _box(place: tuple[float, float] | None, y: float, height: float) -> dict[str, str] | None:
    return {"x": _mm(place[0]), "y": _mm(y), "width": _mm(place[1]), "height": _mm(height)} if place else None


def _mm(value: float) -> str:
    return f"{value:.2f}"


def _day(at: datetime | None) -> date:
    return at.date() if at else date.min


def _day_or_none(at: datetime | None) -> date | None:
    return at.date() if at else None
