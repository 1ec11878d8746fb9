"""GanttProject's files (.gan) as a plan: tasks nested in one another, whole days, links told by the predecessor.

GanttProject keeps a task where somebody put it; only strong links move it. Such a start is kept by a
start-no-earlier-than constraint. A day is eight hours on the standard day here, because GanttProject has no hours.
What does not live here: recognising the files (``formats/ganttproject``), XML that is broken (refused there).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from urllib.parse import unquote_plus
from xml.etree.ElementTree import Element

from bywhen.intake.port import Loss, Skipped
from bywhen.kernel.durations import Duration
from bywhen.kernel.findings import Finding, Severity
from bywhen.kernel.plan import (
    STANDARD_WEEK,
    Assignment,
    Baseline,
    Calendar,
    CalendarException,
    ConstraintType,
    Link,
    LinkType,
    Plan,
    Recurrence,
    Resource,
    Task,
)
from bywhen.kernel.worktime import WorkingTime

_LINK_TYPES = {"1": LinkType.SS, "2": LinkType.FS, "3": LinkType.FF, "4": LinkType.SF}
_PRIORITIES = {"3": 200, "0": 400, "1": 500, "2": 600, "4": 800}
"""Lowest, low, normal, high, highest, as the files number them."""
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY_MINUTES, _DAY_START, _DAY = 480.0, time(8), STANDARD_WEEK[0] or ()
_MOST_BASELINES = 11
_EVER = date(2100, 12, 31)


@dataclass
class GanttPlan:
    """What was read: the plan, and what is told beside it."""

    plan: Plan
    skipped: list[Skipped] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)


def read_gantt(root: Element) -> GanttPlan:
    """The plan of a ``project`` element."""
    return _Reader(root).read()


class _Reader:
    def __init__(self, root: Element) -> None:
        self.root = root
        self.found = GanttPlan(Plan("", ()))
        self.calendar = _calendar(root)
        self.time = WorkingTime.from_calendar(self.calendar)
        self.titles = {each.get("id", ""): each.get("name", "") for each in root.iter("taskproperty")}
        self.agreed = _baselines(root, self.time)

    def read(self) -> GanttPlan:
        tasks = list(self._tasks())
        links = tuple(self._links({task.uid for task in tasks}))
        held = list(self._held(tasks, links))
        resources = tuple(self._resources())
        lengths = {task.uid: task.duration.minutes for task in held if task.duration}
        starts = [task.start for task in held if task.start]
        finishes = [task.finish for task in held if task.finish]
        calendars = (self.calendar, *_absences(self.root, resources))
        own = {each.uid for each in calendars}
        self._tell_base()
        self.found.plan = Plan(
            name=self.root.get("name", "").strip(),
            tasks=tuple(_on_own_calendar(held) if len(calendars) > 1 else held),
            links=links,
            calendars=calendars,
            resources=tuple(
                replace(each, calendar_uid=each.calendar_uid if each.calendar_uid in own else None)
                for each in resources
            ),
            assignments=tuple(self._assignments(lengths, {each.uid for each in resources})),
            calendar_uid=self.calendar.uid,
            start=min(starts, default=None),
            finish=max(finishes, default=None),
            author=self.root.get("company", ""),
        )
        return self.found

    def _tasks(self) -> Iterator[Task]:
        """Depth first, as the tree shows them."""
        top = self.root.find("tasks")
        stack: list[tuple[Element, int, int | None]] = []
        stack.extend((each, 1, None) for each in reversed(_children(top)))
        seen: set[int] = set()
        number = 0
        while stack:
            element, level, parent = stack.pop()
            number += 1
            uid = _whole(element.get("id"))
            below = _children(element)
            if uid is None or uid in seen:
                reason = "its id is missing or used before it"
                self.found.skipped.append(Skipped(f"task number {number} in the file", reason))
                text = f"'{element.get('name', '')[:60]}' was left out, for {reason}."
                self.found.findings.append(Finding("task-uid-repeated", Severity.ERROR, text, f"task {uid}"))
            else:
                seen.add(uid)
                yield self._task(element, uid, id_=number, level=level, parent=parent, summary=bool(below))
                level, parent = level + 1, uid
            stack.extend((each, level, parent) for each in reversed(below))

    def _task(self, element: Element, uid: int, *, id_: int, level: int, parent: int | None, summary: bool) -> Task:
        days = _number(element.get("duration"))
        milestone = element.get("meeting") == "true" and not summary
        start = self._moment(element, "start", f"task {uid}")
        length = 0.0 if milestone else days * _DAY_MINUTES
        finish = self.time.add(start, length) if start else None
        done = min(max(_number(element.get("complete")), 0.0), 100.0)
        begun, ended = done > 0 and not summary, done >= 100 and not summary
        earliest = element.get("thirdDate-constraint") == "1"
        return Task(
            uid=uid,
            id=id_,
            name=element.get("name", "").strip(),
            outline_level=level,
            parent_uid=parent,
            summary=summary,
            milestone=milestone,
            priority=_PRIORITIES.get(element.get("priority", "1"), 500),
            duration=Duration(length),
            actual_duration_minutes=length * done / 100,
            remaining_duration_minutes=length * (1 - done / 100),
            percent_complete=done,
            start=start,
            finish=finish,
            actual_start=start if begun else None,
            actual_finish=finish if ended else None,
            constraint=ConstraintType.SNET if earliest else ConstraintType.ASAP,
            constraint_date=self._moment(element, "thirdDate", f"task {uid}") if earliest else None,
            fixed_cost=_money(element.get("cost-manual-value")) if element.get("cost-calculated") == "false" else None,
            hyperlink=unquote_plus(element.get("webLink", "")),
            notes=(element.findtext("notes") or "").strip(),
            baselines=tuple(
                replace(baseline, number=at) for at, each in enumerate(self.agreed) if (baseline := each.get(uid))
            ),
            custom={
                self.titles.get(key, key) or key: value
                for each in element.findall("customproperty")
                if (key := each.get("taskproperty-id", "")) and (value := each.get("value", ""))
            },
        )

    def _moment(self, element: Element, name: str, place: str) -> datetime | None:
        text = element.get(name, "")
        try:
            return datetime.combine(date.fromisoformat(text), _DAY_START) if text else None
        except ValueError:
            told = f"{text[:40]!r} is not a date; it was left out."
            self.found.findings.append(Finding("value-unreadable", Severity.WARNING, told, place))
            return None

    def _links(self, uids: set[int]) -> Iterator[Link]:
        """Links stand in the predecessor and name the successor."""
        for element in self.root.iter("task"):
            before = _whole(element.get("id"))
            for each in element.findall("depend"):
                after = _whole(each.get("id"))
                if before is None or after is None or not {before, after} <= uids:
                    text = f"The link from task {before} leads to task {each.get('id')}, which is not in the plan."
                    self.found.findings.append(
                        Finding("link-to-missing-task", Severity.WARNING, text, f"task {before}")
                    )
                    continue
                kind = _LINK_TYPES.get(each.get("type", "2"), LinkType.FS)
                yield Link(before, after, kind, Duration(_number(each.get("difference")) * _DAY_MINUTES))

    def _held(self, tasks: list[Task], links: tuple[Link, ...]) -> Iterator[Task]:
        """Tasks that no link drives stay where they were put."""
        driven = {link.successor_uid for link in links}
        first = min((task.start for task in tasks if task.start), default=None)
        count = 0
        for task in tasks:
            free = task.constraint is ConstraintType.ASAP and not task.summary and task.uid not in driven
            if free and task.start and task.start != first and not task.actual_start:
                count += 1
                yield replace(task, constraint=ConstraintType.SNET, constraint_date=task.start)
            else:
                yield task
        if count:
            text = (
                f"{count} tasks start later than the plan without a predecessor; their start is kept (no earlier than)."
            )
            self.found.findings.append(Finding("start-held", Severity.INFO, text, "project"))

    def _resources(self) -> Iterator[Resource]:
        roles = {each.get("id", ""): each.get("name", "") for each in self.root.iter("role")}
        phones = 0
        for number, each in enumerate(self.root.iter("resource"), start=1):
            uid = _whole(each.get("id"))
            if uid is None:
                continue
            phones += bool(each.get("phone"))
            rate = next((_money(rate.get("value")) for rate in each.findall("rate")), None)
            yield Resource(
                uid=uid,
                name=each.get("name", "").strip(),
                id=number,
                # The file's rates are a day's.
                standard_rate=None if rate is None else rate / 8,
                email=each.get("contacts", ""),
                group=roles.get(each.get("function", ""), ""),
                calendar_uid=_absence_calendar(uid),
            )
        if phones:
            self.found.losses.append(Loss("phone", f"{phones} resources", "", "a resource has no place for it"))

    def _assignments(self, lengths: Mapping[int, float], resources: set[int]) -> Iterator[Assignment]:
        for number, each in enumerate(self.root.iter("allocation"), start=1):
            task, resource = _whole(each.get("task-id")), _whole(each.get("resource-id"))
            if task in lengths and resource in resources and task is not None:
                units = _number(each.get("load")) / 100
                yield Assignment(number, task, resource, units=units, work_minutes=lengths[task] * units)

    def _tell_base(self) -> None:
        calendars = self.root.find("calendars")
        base = "" if calendars is None else calendars.get("base-id", "none")
        if base not in ("", "none"):
            text = f"The holidays of GanttProject's calendar '{base[:80]}' are not in the file; add those that matter."
            self.found.findings.append(Finding("calendar-elsewhere", Severity.WARNING, text, "project"))


def _on_own_calendar(tasks: list[Task]) -> Iterator[Task]:
    """GanttProject shows absences and schedules as if there were none; so no date moves here either."""
    for task in tasks:
        yield task if task.summary else replace(task, calendar_uid=1, ignore_resource_calendars=True)


def _children(element: Element | None) -> list[Element]:
    return [] if element is None else element.findall("task")


def _calendar(root: Element) -> Calendar:
    """The working week, the holidays and the working days of the project."""
    week = next(root.iter("default-week"), None)
    days = tuple(() if (week is not None and week.get(day) == "1") else _DAY for day in _DAYS)
    if week is None:
        days = tuple(each or () for each in STANDARD_WEEK)
    found = sorted(_exceptions(root), key=lambda each: each.first)
    return Calendar(1, "GanttProject", days, exceptions=tuple(found))


def _exceptions(root: Element) -> Iterator[CalendarException]:
    for each in root.iterfind("calendars/date"):
        year, month, day = (_whole(each.get(part)) for part in ("year", "month", "date"))
        shifts = _DAY if each.get("type") == "WORKING_DAY" else ()
        if each.get("type") == "NEUTRAL" or month is None or day is None:
            continue
        try:
            first = date(year or 2000, month, day)
        except ValueError:
            continue
        repeat = None if year else Recurrence("yearly_day", day=day, month=month)
        yield CalendarException(first, first if year else _EVER, shifts, (each.text or "").strip(), repeat)


def _absence_calendar(resource: int) -> int:
    return resource + 2


def _absences(root: Element, resources: tuple[Resource, ...]) -> Iterator[Calendar]:
    """A calendar for each resource that has vacations."""
    away: dict[int, list[CalendarException]] = {}
    for each in root.iter("vacation"):
        uid = _whole(each.get("resourceid"))
        try:
            first, last = date.fromisoformat(each.get("start", "")), date.fromisoformat(each.get("end", ""))
        except ValueError:
            continue
        if uid is not None and last >= first:
            away.setdefault(uid, []).append(CalendarException(first, last, name="Vacation"))
    for resource in resources:
        if resource.uid in away:
            uid, days = _absence_calendar(resource.uid), tuple(away[resource.uid])
            yield Calendar(uid, resource.name, (None,) * 7, base_uid=1, exceptions=days, is_base=False)


def _baselines(root: Element, time_: WorkingTime) -> list[dict[int, Baseline]]:
    """The baselines by task, in the order in which they were set."""
    found: list[dict[int, Baseline]] = []
    for each in list(root.iter("previous-tasks"))[:_MOST_BASELINES]:
        agreed: dict[int, Baseline] = {}
        for task in each.iter("previous-task"):
            uid, minutes = _whole(task.get("id")), _number(task.get("duration")) * _DAY_MINUTES
            try:
                start = datetime.combine(date.fromisoformat(task.get("start", "")), _DAY_START)
            except ValueError:
                continue
            if uid is not None:
                agreed[uid] = Baseline(0, start, time_.add(start, minutes), minutes)
        found.append(agreed)
    return found


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 10 else None


def _number(text: str | None) -> float:
    try:
        found = float(text or 0)
    except ValueError:
        return 0.0
    return found if abs(found) < 1e6 else 0.0


def _money(text: str | None) -> Decimal | None:
    try:
        found = Decimal(text or "")
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
