"""Whose calendar is whose: the calendars of a plan resolved, each laid out once, found by task and assignment.

What does not live here: working time itself (:mod:`bywhen.kernel.worktime`), its tables (:mod:`.shifts`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from bywhen.kernel.errors import CalendarEmptyError
from bywhen.kernel.findings import Finding, Severity
from bywhen.kernel.plan import Assignment, Plan, ResourceType, Task
from bywhen.kernel.worktime import WorkingTime
from bywhen.schedule.engine.shifts import ROUND_THE_CLOCK


class Staff:
    """The calendars of a plan and who works by which; ``calendars`` are numbered in the order they are first needed.

    ``project`` is the number of the project's calendar, ``elapsed`` that of round the clock. A calendar without working
    time is not used and told as a finding.

    Raises:
        CalendarEmptyError: when the project's own calendar has no working time.
    """

    def __init__(self, plan: Plan, tasks: Mapping[int, Task]) -> None:
        self.calendars: list[WorkingTime] = []
        self.findings: list[Finding] = []
        self._same: dict[object, int] = {}
        self._number: dict[int, int] = {}
        self._resources = {r.uid: r for r in plan.resources}
        self._assignments: dict[int, list[Assignment]] = defaultdict(list)
        for assignment in plan.assignments:
            self._assignments[assignment.task_uid].append(assignment)
        by_uid = {c.uid: c for c in plan.calendars}
        for uid, calendar in by_uid.items():
            number = self._numbered(WorkingTime.from_calendar(calendar, by_uid))
            if number is not None:
                self._number[uid] = number
        self.elapsed = self._numbered(ROUND_THE_CLOCK) or 0
        self.project = self._project_calendar(plan)
        self._common = self._common_calendars(tasks)

    def _project_calendar(self, plan: Plan) -> int:
        wanted = plan.calendar_uid
        if wanted is not None and wanted in self._number:
            return self._number[wanted]
        named = next((c for c in plan.calendars if c.uid == wanted), None)
        if named is not None:
            raise CalendarEmptyError(named.name)
        if plan.calendars:
            text = "The plan names no calendar of its own that exists; Monday to Friday, eight hours a day, is used."
            self._find("calendar-missing", text)
        return self._numbered(WorkingTime.standard()) or 0

    def _numbered(self, calendar: WorkingTime) -> int | None:
        days = {day: shifts for day, shifts in calendar.days.items() if shifts != calendar.week[day.weekday()]}
        key = (calendar.week, tuple(sorted(days.items())))
        if key not in self._same:
            if not any(calendar.week) and not any(days.values()):
                text = f"Calendar '{calendar.name}' has no working time and is not used."
                self._find("calendar-without-work", text, f"calendar {calendar.name}")
                return None
            self._same[key] = len(self.calendars)
            self.calendars.append(calendar)
        return self._same[key]

    def of_task(self, task: Task) -> int:
        """The number of the calendar that a task's own duration runs on."""
        if task.calendar_uid is None:
            return self.project
        return self._number.get(task.calendar_uid, self.project)

    def assignments_of(self, task_uid: int) -> Sequence[Assignment]:
        """The assignments of a task, the placeholder of an unresourced task among them."""
        return self._assignments.get(task_uid, ())

    def assigned(self) -> Collection[int]:
        """The uids of the tasks that have assignments."""
        return self._assignments.keys()

    def resource_type(self, uid: int) -> ResourceType | None:
        """The type of a resource; None when there is no such resource."""
        resource = self._resources.get(uid)
        return None if resource is None else resource.type

    def of_assignment(self, task: Task, assignment: Assignment) -> int:
        """The resource's calendar; where the task has one too, the time they have in common.

        The task's alone when it ignores its resources' calendars or the two have no common time.
        """
        own = self.of_task(task)
        if assignment.resource_uid is None or (task.calendar_uid is not None and task.ignore_resource_calendars):
            return own
        theirs = self._of_resource(assignment.resource_uid)
        if task.calendar_uid is None or task.calendar_uid not in self._number:
            return theirs
        return self._common.get((own, theirs), own)

    def _of_resource(self, uid: int) -> int:
        resource = self._resources.get(uid)
        if resource is None or resource.calendar_uid is None:
            return self.project
        return self._number.get(resource.calendar_uid, self.project)

    def _common_calendars(self, tasks: Mapping[int, Task]) -> dict[tuple[int, int], int]:
        common: dict[tuple[int, int], int] = {}
        for uid, assignments in self._assignments.items():
            task = tasks.get(uid)
            if task is None or task.calendar_uid not in self._number or task.ignore_resource_calendars:
                continue
            own = self.of_task(task)
            for resource in (each.resource_uid for each in assignments if each.resource_uid is not None):
                theirs = self._of_resource(resource)
                if theirs != own and (own, theirs) not in common:
                    number = self._numbered(self.calendars[own].common(self.calendars[theirs]))
                    common[own, theirs] = own if number is None else number
        return common

    def _find(self, rule: str, text: str, subject: str = "") -> None:
        self.findings.append(Finding(rule, Severity.WARNING, text, subject))
