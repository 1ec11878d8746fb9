"""An impact as the panel shows it: before and after, milestones, people, float.

What does not live here: computing it (the engine), committing it (``services``).
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from bywhen.kernel.clock import current_clock
from bywhen.kernel.wording import counted, day_long, listed, plain_number
from bywhen.record.engine.payloads import ChangePayload, change_words
from bywhen.schedule.engine.costs import CostMoved
from bywhen.schedule.engine.whatif import Impact, Moved
from bywhen.schedule.forms import change_fields
from bywhen.schedule.selectors import schedule_of
from bywhen.schedule.services.changes import change_cost
from bywhen.schedule.services.consequences import impact_sentence
from bywhen.schedule.services.versions import owners_of

if TYPE_CHECKING:
    from bywhen.record.models import Project
    from bywhen.schedule.engine.cpm import Schedule
    from bywhen.schedule.models import PlanVersion

MOST = 6
"""Rows shown of each kind before the rest is counted."""


def consequence(project: Project, version: PlanVersion, payload: ChangePayload, impact: Impact) -> dict[str, Any]:
    """The context of ``schedule/_impact.html``."""
    before = schedule_of(version)
    task = before.network.tasks[payload.task_uid]
    rows = _rows(before, payload.task_uid, impact)
    return {
        "title": f"{task.name}: {change_words(payload)}",
        "summary": impact_sentence(impact),
        "impact": {
            "caption": f"What changes when {task.name} changes",
            "rows": rows[: MOST + 2],
            "bars": _bars(before, payload.task_uid, impact),
        },
        "more": counted(len(rows) - MOST - 2, "more milestone") if len(rows) > MOST + 2 else "",
        "people": people_moved(before, impact),
        "now_critical": [before.network.tasks[uid].name for uid in impact.now_critical],
        "float_used": _float_used(before, impact),
        "cost": _cost_said(change_cost(project=project, payload=payload)),
        "moved_rows": _moved_rows(impact),
        "fields": {**change_fields(payload), "version": str(version.number)},
        "commit_url": reverse("schedule:commit", args=[project.key]),
        "propose_url": reverse("schedule:propose", args=[project.key]),
    }


def _rows(before: Schedule, uid: int, impact: Impact) -> list[dict[str, Any]]:
    """The task itself, the project's end, then the milestones that move, by date."""
    days = before.network.project_calendar.working_days_between
    rows = []
    if uid in {row.uid for row in impact.schedule.rows()}:
        old, new = before.row(uid), impact.schedule.row(uid)
        name = before.network.tasks[uid].name
        rows.append(_row(Moved(uid, name, old.finish, new.finish, days(old.finish.date(), new.finish.date()))))
    rows.append(_row(impact.finish, name="The project's end", key=True))
    moved = sorted(impact.milestones, key=lambda each: each.after)
    return rows + [_row(each) for each in moved if each.uid != uid]


def _row(moved: Moved, *, name: str = "", key: bool = False) -> dict[str, Any]:
    return {
        "name": name or moved.name,
        "before": day_long(moved.before.date(), moved.after.date()),
        "after": day_long(moved.after.date(), current_clock().today()),
        "delta": moved.working_days,
        "unit": "d",
        "key": key,
    }


def _bars(before: Schedule, uid: int, impact: Impact) -> list[dict[str, Any]]:
    after = impact.schedule
    known = {row.uid for row in after.rows()}
    wanted = [uid, *(each.uid for each in impact.milestones if each.uid != uid)]
    found = []
    for each in [one for one in wanted if one in known][:MOST]:
        old, new, task = before.row(each), after.row(each), before.network.tasks[each]
        found.append(
            {
                "name": task.name,
                "milestone": task.milestone,
                "before": (old.start.date(), old.finish.date()),
                "after": (new.start.date(), new.finish.date()),
            }
        )
    return found


def people_moved(before: Schedule, impact: Impact) -> list[dict[str, str]]:
    """Whose tasks move: a name and how many of theirs, most first."""
    owners = owners_of(before.plan)
    theirs: dict[str, list[str]] = {}
    for uid in impact.moved:
        for name in owners.get(uid, ()):
            theirs.setdefault(name, []).append(before.network.tasks[uid].name)
    ranked = sorted(theirs.items(), key=lambda pair: (-len(pair[1]), pair[0].casefold()))
    said = [
        {"name": name, "note": names[0] if len(names) == 1 else f"{counted(len(names), 'task')}, first {names[0]}"}
        for name, names in ranked[:MOST]
    ]
    rest = [name for name, _ in ranked[MOST:]]
    return [*said, {"name": counted(len(rest), "other", "others"), "note": listed(rest)}] if rest else said


def _cost_said(cost: CostMoved | None) -> str:
    """The money by the plan's own rates, and whose hours it is; '' when the plan says nothing about it."""
    if cost is None:
        return ""
    amount = f"{abs(cost.amount):,.0f} {cost.currency}".strip()
    more = "more" if cost.amount >= 0 else "less"
    names = [name for name, _ in cost.people[:3]]
    whose = f", the hours of {listed(names)}" if names else ""
    rest = f" {listed(list(cost.without_rate))} {'has' if len(cost.without_rate) == 1 else 'have'} no rate in the plan."
    return f"{amount} {more} by the plan's rates{whose}.{rest if cost.without_rate else ''}"


def _float_used(before: Schedule, impact: Impact) -> str:
    """How many tasks lose float, and which one loses the most of its own."""
    if not impact.float_used:
        return ""
    day = before.plan.minutes_per_day
    most = max(impact.float_used, key=lambda used: used.before_minutes - used.after_minutes)
    name = before.network.tasks[most.uid].name
    return (
        f"{counted(len(impact.float_used), 'task loses', 'tasks lose')} float, most of all {name}: "
        f"{_said(most.before_minutes / day)} becomes {_said(most.after_minutes / day)}."
    )


def _said(days: float) -> str:
    return f"{plain_number(Decimal(days))} d"


def _moved_rows(impact: Impact) -> list[dict[str, Any]]:
    after = impact.schedule
    return [
        {
            "uid": uid,
            "start": after.row(uid).start.date().isoformat(),
            "finish": after.row(uid).finish.date().isoformat(),
        }
        for uid in impact.moved
    ]
