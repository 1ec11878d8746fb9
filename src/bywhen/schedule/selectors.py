"""Reading plans: the current version, its computed schedule, task facts for other rooms, the page's rows."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from hashlib import sha256
from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar

from django.db.models import Max, OuterRef, QuerySet, Subquery

from bywhen.kernel.evidence import EvidenceRef
from bywhen.kernel.plan import Plan
from bywhen.kernel.worktime import WorkingTime
from bywhen.record.selectors.proposals import proposal_list
from bywhen.schedule.engine.cpm import Schedule, compute
from bywhen.schedule.engine.outlook import forecast_histories, histories_of
from bywhen.schedule.engine.signals import ALERT_WEIGHT, Observation, Reason, signals
from bywhen.schedule.models import MilestoneForecast, PlanVersion, TaskState

if TYPE_CHECKING:
    from bywhen.record.models import Project, Proposal


T = TypeVar("T")
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


def versions_current(project: Project | None = None) -> QuerySet[PlanVersion]:
    """The newest version of each project's plan, in one query; of one project when given."""
    newest = PlanVersion.objects.filter(project=OuterRef("project")).order_by("-number").values("pk")[:1]
    found = PlanVersion.objects.filter(pk=Subquery(newest))
    return found.filter(project=project) if project else found


def plan_day(project: Project | None = None) -> date | None:
    """The latest day as of which a plan speaks; None without a plan."""
    newest: date | None = versions_current(project).aggregate(day=Max("as_of"))["day"]
    return newest


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
    return _schedules.get(version.document, lambda: compute(version.plan()))


def schedule_keep(version: PlanVersion, schedule: Schedule) -> None:
    """Remember what was computed for a version; the same document is the same schedule, whichever row it stands in."""
    _schedules.keep(version.document, schedule)


def working_time_of(project: Project) -> WorkingTime:
    """The project's own calendar: the plan's, else Monday to Friday."""
    version = version_current(project)
    return _calendar_of(version) if version else WorkingTime.standard()


def working_times(project: Project | None = None) -> dict[int, WorkingTime]:
    """The own calendar of every project that has a plan, by project id; of one project when given."""
    return {version.project_id: _calendar_of(version) for version in versions_current(project)}


def _calendar_of(version: PlanVersion) -> WorkingTime:
    return _calendars.get(version.document, lambda: plan_working_time(version.plan()))


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


def milestones_due(*, first: date, last: date, project: Project | None = None) -> QuerySet[TaskState]:
    """Milestones of the current plans that are still to be reached, from ``first`` to ``last``, by date."""
    found = TaskState.objects.filter(version__in=versions_current(project), milestone=True, active=True)
    begin, end = datetime.combine(first, time.min), datetime.combine(last, time.max)
    dated = found.filter(percent_complete__lt=100, finish__gte=begin, finish__lte=end)
    return dated.select_related("version__project").defer("version__document").order_by("finish", "position")


def forecast_list(project: Project) -> QuerySet[MilestoneForecast]:
    """The milestone trend, oldest first."""
    return MilestoneForecast.objects.filter(project=project).select_related("quote__source").order_by("milestone", "on")


@dataclass(frozen=True, slots=True)
class SlipSignal:
    """A task or milestone whose slips point to something larger: its reasons, heaviest first, what was known of it day
    by day, and where that stands. ``uid`` is None for a milestone that is known from forecasts alone.
    """

    uid: int | None
    name: str
    slipped_days: int
    reasons: tuple[Reason, ...]
    observations: tuple[Observation, ...]
    evidence: tuple[EvidenceRef, ...]

    @property
    def weight(self) -> int:
        """The sum of its reasons' weights."""
        return sum(reason.weight for reason in self.reasons)


_VERSIONS = 12
"""Versions of the plan, one a day, that are looked back on for slips."""


def slip_signals(project: Project, today: date, *, least: int = ALERT_WEIGHT) -> list[SlipSignal]:
    """Signals of the milestone trend and of the stored versions of the plan up to ``today``, heaviest first; what is
    finished is left out, and what weighs less than ``least``. A milestone that both know is told once, with the reasons
    of both.
    """
    calendar = working_time_of(project)
    versions = _versions_by_day(project, today)
    past = histories_of([(day, schedule_of(version)) for day, version in versions])
    open_still = [each for each in past if each.observations[-1].percent < 100]
    files = dict.fromkeys(version.source.sha256 for _, version in versions)
    days = {history.uid: history.observations for history in open_still}
    found = {
        each.name.casefold(): SlipSignal(
            each.uid,
            each.name,
            each.slipped_days,
            each.reasons,
            days[each.uid],
            tuple(EvidenceRef(sha256, f"task {each.uid}", each.name) for sha256 in files),
        )
        for each in signals(open_still, calendar, least=least)
    }
    finished = {each.name.casefold() for each in past if each.observations[-1].percent >= 100}
    for signal in _trend_signals(project, today, calendar, least):
        name = signal.name.casefold()
        if name not in finished:
            found[name] = _joined(found[name], signal) if name in found else signal
    return sorted(found.values(), key=lambda each: (-each.weight, each.name.casefold()))


def _versions_by_day(project: Project, today: date) -> list[tuple[date, PlanVersion]]:
    """The last version of each day, oldest first. A file speaks of its status date, an edit of the day it was made."""
    days = {
        (version.as_of if version.based_on_id is None else max(version.as_of, version.made_at.date())): version.number
        for version in version_list(project).order_by("number")
    }
    wanted = sorted((day, number) for day, number in days.items() if day <= today)[-_VERSIONS:]
    stored = PlanVersion.objects.filter(project=project, number__in=[number for _, number in wanted])
    by_number = {each.number: each for each in stored.select_related("source").defer("source__content")}
    return [(day, by_number[number]) for day, number in wanted]


def _trend_signals(project: Project, today: date, calendar: WorkingTime, least: int) -> list[SlipSignal]:
    rows = [row for row in forecast_list(project) if row.on <= today]
    history = {each.uid: each for each in forecast_histories((row.milestone, row.on, row.forecast) for row in rows)}
    return [
        SlipSignal(
            next((row.task_uid for row in reversed(rows) if row.milestone == each.name), None),
            each.name,
            each.slipped_days,
            each.reasons,
            history[each.uid].observations,
            tuple(
                EvidenceRef(row.quote.source.sha256, row.quote.place, row.quote.text)
                for row in rows
                if row.milestone == each.name and row.quote
            ),
        )
        for each in signals(list(history.values()), calendar, least=least)
    ]


def _joined(plan: SlipSignal, trend: SlipSignal) -> SlipSignal:
    """What versions and trend know of one milestone: each kind of reason once, the heavier one."""
    reasons = {reason.kind: reason for reason in sorted((*plan.reasons, *trend.reasons), key=lambda each: each.weight)}
    return replace(
        plan,
        slipped_days=max(plan.slipped_days, trend.slipped_days),
        reasons=tuple(sorted(reasons.values(), key=lambda each: -each.weight)),
        observations=max(plan.observations, trend.observations, key=len),
        evidence=plan.evidence + trend.evidence,
    )


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


class _Kept(Generic[T]):
    """What was computed from a plan's document, for the documents used last: the same bytes have the same result."""

    def __init__(self, most: int) -> None:
        self._most, self._found, self._keeping = most, OrderedDict[bytes, T](), Lock()

    def get(self, document: bytes | memoryview, computed: Callable[[], T]) -> T:
        found = self._found.get(sha256(document).digest())
        return self.keep(document, found if found is not None else computed())

    def keep(self, document: bytes | memoryview, value: T) -> T:
        key = sha256(document).digest()
        with self._keeping:
            self._found[key] = value
            self._found.move_to_end(key)
            while len(self._found) > self._most:
                self._found.popitem(last=False)
        return value


_schedules = _Kept[Schedule](32)
"""The current plans of a portfolio and the versions somebody compares."""
_calendars = _Kept[WorkingTime](1024)
"""Small beside schedules; every project's is asked for by the pages that look at all of them."""
