"""Reading plans: the current version, its computed schedule, task facts for other rooms, the page's rows."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from bywhen.kernel.plan import Plan
from bywhen.kernel.worktime import WorkingTime
from bywhen.record.selectors.proposals import proposal_list
from bywhen.schedule.engine.cpm import Schedule, compute
from bywhen.schedule.models import MilestoneForecast, PlanVersion, TaskState

if TYPE_CHECKING:
    from bywhen.record.models import Project, Proposal


EFFECT = "schedule.planversion:"
"""How an accepted change refers to the version that it made."""


@dataclass(frozen=True, slots=True)
class NextMilestone:
    """The milestone that is at stake when a task waits."""

    uid: int
    name: str
    on: date


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """What other rooms ask about a task. Floats are working days of the plan; ``downstream`` counts the unfinished
    tasks that hang on it; ``miss_on`` is the day on which waiting becomes a miss of ``milestone``: by its end the task
    must have begun (or, under way, be finished). A day in the past means that it is one already.
    """

    uid: int
    name: str
    owner: str
    start: date
    finish: date
    percent: float
    critical: bool
    float_days: float
    downstream: int
    milestone: NextMilestone | None
    miss_on: date | None


def version_current(project: Project) -> PlanVersion | None:
    """The newest version of a project's plan."""
    return PlanVersion.objects.filter(project=project).select_related("source").defer("source__content").first()


def version_list(project: Project) -> QuerySet[PlanVersion]:
    """All versions, newest first, without their documents."""
    return PlanVersion.objects.filter(project=project).select_related("source").defer("document", "source__content")


def version_get(project: Project, number: int) -> PlanVersion | None:
    """One version by number."""
    return PlanVersion.objects.filter(project=project, number=number).first()


def change_last(project: Project) -> Proposal | None:
    """The accepted change that made the plan what it is now; None when its state came from elsewhere."""
    version = version_current(project)
    decided = (
        proposal_list(project=project).filter(kind="change", effect__startswith=EFFECT).order_by("-decided_at", "-pk")
    )
    last = decided.first()
    if version is None or last is None:
        return None
    made = PlanVersion.objects.filter(pk=int(last.effect.removeprefix(EFFECT))).first()
    return last if made and bytes(made.document) == bytes(version.document) else None


UNDONE = "undone: "
"""How the reason of a version begins that brings an earlier state back."""


def undo_next(project: Project) -> str:
    """What an undo would take back, in words; '' when the current state came from a file."""
    change = change_last(project)
    if change is not None:
        return change.text
    version = version_current(project)
    if version is None or version.based_on_id is None:
        return ""
    if not version.reason.startswith(UNDONE):
        return version.reason
    # An undo has brought this state back: what made it in the first place is what the next undo takes back.
    same = PlanVersion.objects.filter(project=project, document=version.document).order_by("number").first()
    return same.reason if same else ""


def version_changes(versions: Iterable[PlanVersion]) -> dict[int, Proposal]:
    """Which accepted change made which version, by the version's number; decided ones only."""
    by_effect = {f"{EFFECT}{version.pk}": version.number for version in versions}
    return {by_effect[each.effect]: each for each in proposal_list().filter(effect__in=by_effect)}


def schedule_current(project: Project) -> Schedule | None:
    """The computed schedule of the current version; computed once per version and process."""
    version = version_current(project)
    return schedule_of(version) if version else None


def schedule_of(version: PlanVersion) -> Schedule:
    """The computed schedule of one version; computed once per document and process."""
    schedule = _schedules.get(bytes(version.document))
    if schedule is None:
        schedule = compute(version.plan())
        schedule_keep(version, schedule)
    return schedule


def working_time_of(project: Project) -> WorkingTime:
    """The project's own calendar: the plan's, else Monday to Friday."""
    schedule = schedule_current(project)
    return plan_working_time(schedule.plan) if schedule else WorkingTime.standard()


def plan_working_time(plan: Plan) -> WorkingTime:
    """A plan's project calendar with inheritance and exceptions resolved; the standard one when it names none."""
    calendars = {calendar.uid: calendar for calendar in plan.calendars}
    own = calendars.get(plan.calendar_uid) if plan.calendar_uid is not None else None
    return WorkingTime.from_calendar(own, calendars) if own else WorkingTime.standard()


def task_list(project: Project) -> QuerySet[TaskState]:
    """The computed rows of the current version in plan order."""
    version = version_current(project)
    return TaskState.objects.filter(version=version) if version else TaskState.objects.none()


def milestone_list(project: Project) -> QuerySet[TaskState]:
    """Milestones of the current version, by date."""
    return task_list(project).filter(milestone=True, active=True).order_by("finish", "position")


def forecast_list(project: Project) -> QuerySet[MilestoneForecast]:
    """The milestone trend, oldest first."""
    return MilestoneForecast.objects.filter(project=project).select_related("quote__source").order_by("milestone", "on")


def task_facts(project: Project, uids: Iterable[int] | None = None) -> dict[int, TaskFacts]:
    """Facts about tasks (all of them when none are named), by uid. Summaries and tasks without dates are left out."""
    version = version_current(project)
    if version is None:
        return {}
    schedule = schedule_of(version)
    rows = {row.uid: row for row in TaskState.objects.filter(version=version)}
    wanted = [rows[uid] for uid in (rows if uids is None else uids) if uid in rows]
    reach = _Reach(schedule, rows)
    day = schedule.plan.minutes_per_day
    calendar = plan_working_time(schedule.plan)
    return {
        row.uid: _facts(row, reach, day, calendar) for row in wanted if row.start and row.finish and not row.summary
    }


def _facts(row: TaskState, reach: _Reach, minutes_per_day: int, calendar: WorkingTime) -> TaskFacts:
    assert row.start is not None
    assert row.finish is not None
    downstream = reach.downstream(row.uid)
    slack = row.total_float_minutes or 0.0
    milestone = reach.milestone_at_stake(downstream, slack)
    return TaskFacts(
        uid=row.uid,
        name=row.name,
        owner=row.owner,
        start=row.start.date(),
        finish=row.finish.date(),
        percent=row.percent_complete,
        critical=row.critical,
        float_days=slack / minutes_per_day,
        downstream=len(downstream),
        milestone=milestone,
        miss_on=_miss_on(row.start, row.finish, row.percent_complete, slack, calendar) if milestone else None,
    )


def _miss_on(start: datetime, finish: datetime, percent: float, slack: float, calendar: WorkingTime) -> date:
    """The last day without harm: a task that has not begun must begin, one under way must finish, by then."""
    moment = start if not percent else finish
    latest = calendar.add(moment, slack) if slack >= 0 else calendar.subtract(moment, -slack)
    return (latest if percent else calendar.next(latest)).date()


class _Reach:
    """What hangs on a task: unfinished tasks downstream over links, summaries standing for their children."""

    def __init__(self, schedule: Schedule, rows: dict[int, TaskState]) -> None:
        self._rows = rows
        self._next: dict[int, list[int]] = {}
        children: dict[int, list[int]] = {}
        for task in schedule.plan.tasks:
            if task.parent_uid is not None:
                children.setdefault(task.parent_uid, []).append(task.uid)
        for link in schedule.plan.links:
            for uid in (link.predecessor_uid, *_below(link.predecessor_uid, children)):
                self._next.setdefault(uid, []).extend((link.successor_uid, *_below(link.successor_uid, children)))

    def downstream(self, uid: int) -> list[TaskState]:
        seen, todo = {uid}, [uid]
        while todo:
            for after in self._next.get(todo.pop(), ()):
                if after not in seen:
                    seen.add(after)
                    todo.append(after)
        found = (self._rows[each] for each in seen if each in self._rows and each != uid)
        return [row for row in found if not row.summary and row.active and row.percent_complete < 100]

    @staticmethod
    def milestone_at_stake(downstream: list[TaskState], slack: float) -> NextMilestone | None:
        """The first milestone that gives way when the task's float is used up: one with no more float than it."""
        dated = [row for row in downstream if row.milestone and row.finish]
        tight = [row for row in dated if (row.total_float_minutes or 0.0) <= slack] or dated[-1:]
        if not tight:
            return None
        first = min(tight, key=lambda row: (row.finish, row.position))
        assert first.finish is not None
        return NextMilestone(first.uid, first.name, first.finish.date())


def _below(uid: int, children: dict[int, list[int]]) -> list[int]:
    found, todo = [], list(children.get(uid, ()))
    while todo:
        each = todo.pop()
        found.append(each)
        todo.extend(children.get(each, ()))
    return found


_KEPT = 32
"""Computed schedules that are kept: the current plans of a portfolio and the versions somebody compares."""
_schedules: OrderedDict[bytes, Schedule] = OrderedDict()
_keeping = Lock()


def schedule_keep(version: PlanVersion, schedule: Schedule) -> None:
    """Remember what was computed for a version; the same document is the same schedule, whichever row it stands in."""
    with _keeping:
        _schedules[bytes(version.document)] = schedule
        _schedules.move_to_end(bytes(version.document))
        while len(_schedules) > _KEPT:
            _schedules.popitem(last=False)
