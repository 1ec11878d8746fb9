"""Microsoft Project XML to a plan: walks the document once and puts the pieces together.

What does not live here: recognising the format (``formats/msproject``), single records (``tasks``, ``resources``,
``calendars``), writing (``writing``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from bywhen.intake import limits
from bywhen.intake.mspdi.calendars import minute_of_day, read_calendar
from bywhen.intake.mspdi.customfields import CustomFields
from bywhen.intake.mspdi.elements import collection_paused, fields_of, flag, walk
from bywhen.intake.mspdi.losses import Losses
from bywhen.intake.mspdi.resources import read_assignment, read_resource
from bywhen.intake.mspdi.tasks import read_links, read_task
from bywhen.intake.mspdi.values import Fields, Values
from bywhen.intake.port import Blob, Reading, Skipped
from bywhen.intake.xmlprolog import xml_root
from bywhen.kernel.errors import FileMalformedError
from bywhen.kernel.findings import Finding, Severity
from bywhen.kernel.plan import Assignment, Calendar, Link, Plan, Resource, Task

_SYMBOLS = {"€": "EUR", "£": "GBP", "₹": "INR", "₽": "RUB", "₩": "KRW"}
"""Signs that mean one currency only, for files without a currency code."""


def read_mspdi(blob: Blob, *, format_name: str = "msproject") -> Reading:
    """Read a Microsoft Project XML document.

    Raises:
        FileHostileError: when it declares a document type.
        FileMalformedError: when the XML is broken, or is not a project.
        FileTooLargeError: when it holds more tasks than are read.
    """
    namespace, root = xml_root(blob.data, file=blob.name)
    if root != "Project":
        raise FileMalformedError(
            f"its root element is <{root}>, not <Project>", file=blob.name, remedy="Save it as Microsoft Project XML."
        )
    with collection_paused():
        return _Reader(blob.name, f"{{{namespace}}}" if namespace else "").read(blob.data, format_name)


class _Reader:
    """One pass over one document: what was met so far."""

    def __init__(self, file: str, prefix: str) -> None:
        self.file, self.prefix = file, prefix
        self.values = Values()
        self.custom = CustomFields()
        self.losses = Losses()
        self.met = 0
        self.tasks: dict[int, Task] = {}
        self.links: list[Link] = []
        self.calendars: list[Calendar] = []
        self.resources: list[Resource] = []
        self.assignments: list[Assignment] = []
        self.skipped: list[Skipped] = []
        self.findings: list[Finding] = []

    def read(self, data: bytes, format_name: str) -> Reading:
        handlers = {
            "ExtendedAttributes": self.custom.define,
            "OutlineCodes": self.custom.define_codes,
            "Calendar": self._calendar,
            "Task": self._task,
            "Resource": self._resource,
            "Assignment": self._assignment,
        }
        root = walk(data, {self.prefix + name: handler for name, handler in handlers.items()}, file=self.file)
        plan = self._plan(fields_of(root))
        return Reading(
            kind="plan",
            format=format_name,
            payload=plan,
            read=self.met,
            skipped=tuple(self.skipped),
            findings=(*self.findings, *_dangling(plan), *self.values.faults),
            losses=self.losses.told(),
        )

    def _plan(self, fields: Fields) -> Plan:
        values, get = self.values, fields.get
        values.place = "project"
        self.losses.note("project", "project", fields)
        return Plan(
            name=get("Title") or get("Name") or "",
            tasks=tuple(outlined(self.tasks.values())),
            links=tuple(self.links),
            calendars=tuple(self.calendars),
            resources=tuple(self.resources),
            assignments=tuple(self.assignments),
            calendar_uid=uid if (uid := values.whole(get("CalendarUID"), -1)) >= 0 else None,
            start=values.date(get("StartDate")),
            finish=values.date(get("FinishDate")),
            status_date=values.date(get("StatusDate")),
            current_date=values.date(get("CurrentDate")),
            schedule_from_start=flag(fields, "ScheduleFromStart", default=True),
            minutes_per_day=values.whole(get("MinutesPerDay")) or 480,
            minutes_per_week=values.whole(get("MinutesPerWeek")) or 2400,
            days_per_month=values.whole(get("DaysPerMonth")) or 20,
            default_start_minute=_minute(get("DefaultStartTime"), 480, values),
            default_finish_minute=_minute(get("DefaultFinishTime"), 1020, values),
            honor_constraints=flag(fields, "HonorConstraints", default=True),
            critical_slack_limit_days=values.number(get("CriticalSlackLimit")),
            multiple_critical_paths=flag(fields, "MultipleCriticalPaths"),
            new_tasks_are_manual=flag(fields, "NewTasksAreManual"),
            move_completed_ends_back=flag(fields, "MoveCompletedEndsBack"),
            move_remaining_starts_forward=flag(fields, "MoveRemainingStartsForward"),
            currency=get("CurrencyCode") or _SYMBOLS.get((get("CurrencySymbol") or "").strip(), ""),
            author=get("Author") or "",
            custom_fields=tuple(self.custom.definitions),
        )

    def _calendar(self, element: Element) -> None:
        calendar = read_calendar(element, self.values)
        if calendar is not None:
            self.calendars.append(calendar)

    def _task(self, element: Element) -> None:
        self.met += 1
        limits.within(self.met, limits.TASKS, "tasks", file=self.file)
        fields = fields_of(element)
        place = f"task {fields.get('UID') or f'number {self.met} in the file'}"
        self.values.place = place
        uid = self.values.whole(fields.get("UID"), -1)
        if uid < 0 or uid in self.tasks:
            self._skip(place, "its UID is used by a task before it" if uid >= 0 else "it has no UID")
            return
        custom = self.custom.values(element) if fields.keys() & _CUSTOM else {}
        self.tasks[uid] = read_task(element, fields, self.values, custom)
        if "PredecessorLink" in fields:
            self.links.extend(read_links(element, uid, self.values))
        self.losses.note("task", place, fields)

    def _skip(self, place: str, reason: str) -> None:
        rule = "task-uid-repeated" if "before" in reason else "task-without-uid"
        self.skipped.append(Skipped(place, reason))
        self.findings.append(Finding(rule, Severity.ERROR, f"The task was left out, for {reason}.", place))

    def _resource(self, element: Element) -> None:
        fields = fields_of(element)
        self.values.place = f"resource {fields.get('UID')}"
        custom = self.custom.values(element) if fields.keys() & _CUSTOM else {}
        if not flag(fields, "IsNull"):
            self.resources.append(read_resource(fields, self.values, custom))
            self.losses.note("resource", self.values.place, fields)

    def _assignment(self, element: Element) -> None:
        limits.within(len(self.assignments), 2 * limits.TASKS, "assignments", file=self.file)
        fields = fields_of(element)
        self.values.place = f"assignment {fields.get('UID')}"
        self.assignments.append(read_assignment(element, fields, self.values))
        self.losses.note("assignment", self.values.place, fields)


_CUSTOM = {"ExtendedAttribute", "OutlineCode"}


def outlined(tasks: Iterable[Task]) -> Iterator[Task]:
    """Tasks in file order with ``parent_uid`` set from the outline levels; a task that has children is a summary."""
    ordered = list(tasks)
    stack: list[Task] = []
    parents: dict[int, int | None] = {}
    for task in ordered:
        if task.is_null:
            continue
        while stack and stack[-1].outline_level >= task.outline_level:
            stack.pop()
        parents[task.uid] = stack[-1].uid if stack else None
        stack.append(task)
    summaries = set(parents.values())
    for task in ordered:
        parent, summary = parents.get(task.uid), task.summary or task.uid in summaries
        if parent == task.parent_uid and summary == task.summary:
            yield task
        else:
            yield replace(task, parent_uid=parent, summary=summary)


def _dangling(plan: Plan) -> Iterator[Finding]:
    """References to what the plan does not hold."""
    tasks = {task.uid for task in plan.tasks}
    resources = {resource.uid for resource in plan.resources}
    calendars = {calendar.uid for calendar in plan.calendars}
    for link in plan.links:
        if link.predecessor_uid not in tasks and not link.external:
            text = f"The link from task {link.predecessor_uid} leads from a task that is not in the plan."
            yield Finding("link-to-missing-task", Severity.WARNING, text, f"task {link.successor_uid}")
    for each in plan.assignments:
        if each.task_uid not in tasks:
            text = f"The assignment is on task {each.task_uid}, which is not in the plan."
            yield Finding("assignment-to-missing-task", Severity.WARNING, text, f"assignment {each.uid}")
        if each.resource_uid is not None and each.resource_uid not in resources:
            text = f"The assignment names resource {each.resource_uid}, which is not in the plan."
            yield Finding("assignment-to-missing-resource", Severity.WARNING, text, f"assignment {each.uid}")
    for task in plan.tasks:
        if task.calendar_uid is not None and task.calendar_uid not in calendars:
            text = f"The task names calendar {task.calendar_uid}, which is not in the plan; the project's is used."
            yield Finding("calendar-missing", Severity.WARNING, text, f"task {task.uid}")


def _minute(text: str | None, default: int, values: Values) -> int:
    minute = minute_of_day(text, values)
    return default if minute is None else minute
