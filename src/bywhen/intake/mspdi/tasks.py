"""Tasks and links of Microsoft Project's XML.

What does not live here: their place in the outline (``project``), assignments (``resources``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from bywhen.intake.mspdi import codes
from bywhen.intake.mspdi.elements import children, fields_of, flag
from bywhen.intake.mspdi.values import Fields, Values
from bywhen.kernel.durations import Duration, DurationUnit
from bywhen.kernel.plan import NO_LAG, Baseline, ConstraintType, Link, LinkType, Task, TaskType


def read_task(element: Element, fields: Fields, values: Values, custom: Mapping[str, str]) -> Task:
    """One ``Task`` element; ``fields`` are its simple children, ``custom`` its custom fields by column name.

    ``parent_uid`` is left out and ``summary`` is the file's own: see :func:`~bywhen.intake.mspdi.project.outlined`.
    """
    # Long because a task has many fields: one line each, in the order of the value, without a branch.
    get, date, minutes, tenths = fields.get, values.date, values.minutes, values.tenths
    return Task(
        uid=values.whole(get("UID")),
        name=get("Name") or "",
        id=values.whole(get("ID")),
        wbs=get("WBS") or "",
        outline_level=values.whole(get("OutlineLevel"), 1),
        outline_number=get("OutlineNumber") or "",
        summary=get("Summary") in _YES,
        milestone=get("Milestone") in _YES,
        active=get("Active") not in _NO,
        manual=get("Manual") in _YES,
        external=get("ExternalTask") in _YES,
        external_project=get("ExternalTaskProject") or get("SubprojectName") or "",
        recurring=get("Recurring") in _YES,
        is_null=get("IsNull") in _YES,
        estimated=get("Estimated") in _YES,
        type=codes.TASK_TYPES.get(get("Type") or "0", TaskType.FIXED_UNITS),
        effort_driven=get("EffortDriven") in _YES,
        priority=values.whole(get("Priority"), 500),
        duration=duration(get("Duration"), get("DurationFormat"), values),
        actual_duration_minutes=minutes(get("ActualDuration")),
        remaining_duration_minutes=minutes(get("RemainingDuration")),
        percent_complete=values.number(get("PercentComplete")),
        percent_work_complete=values.number(get("PercentWorkComplete")),
        physical_percent_complete=values.number(get("PhysicalPercentComplete")),
        start=date(get("Start")),
        finish=date(get("Finish")),
        early_start=date(get("EarlyStart")),
        early_finish=date(get("EarlyFinish")),
        late_start=date(get("LateStart")),
        late_finish=date(get("LateFinish")),
        total_slack_minutes=tenths(get("TotalSlack")),
        free_slack_minutes=tenths(get("FreeSlack")),
        start_slack_minutes=tenths(get("StartSlack")),
        finish_slack_minutes=tenths(get("FinishSlack")),
        critical=None if get("Critical") is None else get("Critical") in _YES,
        actual_start=date(get("ActualStart")),
        actual_finish=date(get("ActualFinish")),
        stop=date(get("Stop")),
        resume=date(get("Resume")),
        manual_start=date(get("ManualStart")),
        manual_finish=date(get("ManualFinish")),
        manual_duration=duration(get("ManualDuration"), get("FreeformDurationFormat") or get("DurationFormat"), values),
        constraint=codes.CONSTRAINTS.get(get("ConstraintType") or "0", ConstraintType.ASAP),
        constraint_date=date(get("ConstraintDate")),
        deadline=date(get("Deadline")),
        calendar_uid=_reference(get("CalendarUID"), values),
        ignore_resource_calendars=get("IgnoreResourceCalendar") in _YES,
        leveling_delay_minutes=tenths(get("LevelingDelay")) or 0.0,
        work_minutes=minutes(get("Work")),
        actual_work_minutes=minutes(get("ActualWork")),
        remaining_work_minutes=minutes(get("RemainingWork")),
        cost=values.money(get("Cost")),
        actual_cost=values.money(get("ActualCost")),
        fixed_cost=values.money(get("FixedCost")),
        notes=get("Notes") or "",
        hyperlink=get("HyperlinkAddress") or "",
        baselines=tuple(read_baselines(element, values)) if "Baseline" in fields else (),
        custom=custom,
    )


_YES = ("1", "true")
_NO = ("0", "false")


def duration(text: str | None, form: str | None, values: Values) -> Duration | None:
    """A duration with the unit it was typed in; minutes run round the clock when that unit is an elapsed one."""
    minutes = values.minutes(text)
    if minutes is None:
        return None
    unit, shown = codes.DURATION_FORMATS.get(form or "", codes.WORKING_DAYS)
    if unit in (DurationUnit.PERCENT, DurationUnit.ELAPSED_PERCENT):
        unit, shown = codes.WORKING_DAYS
    return Duration(minutes, unit, shown)


def read_baselines(element: Element, values: Values) -> Iterator[Baseline]:
    """The ``Baseline`` children of a task or an assignment."""
    for fields in map(fields_of, children(element, "Baseline")):
        yield Baseline(
            number=values.whole(fields.get("Number")),
            start=values.date(fields.get("Start")),
            finish=values.date(fields.get("Finish")),
            duration_minutes=values.minutes(fields.get("Duration")),
            work_minutes=values.minutes(fields.get("Work")),
            cost=values.money(fields.get("Cost")),
        )


def read_links(element: Element, successor_uid: int, values: Values) -> Iterator[Link]:
    """The ``PredecessorLink`` children of a task."""
    for fields in map(fields_of, children(element, "PredecessorLink")):
        yield Link(
            predecessor_uid=values.whole(fields.get("PredecessorUID"), -1),
            successor_uid=successor_uid,
            type=codes.LINK_TYPES.get(fields.get("Type") or "1", LinkType.FS),
            lag=_lag(fields, values),
            external=flag(fields, "CrossProject"),
            external_project=fields.get("CrossProjectName") or "",
        )


def _lag(fields: Fields, values: Values) -> Duration:
    """Tenths of a minute (working or elapsed by the format), or per cent of the predecessor's duration."""
    unit, shown = codes.DURATION_FORMATS.get(fields.get("LagFormat") or "", codes.WORKING_DAYS)
    amount = values.number(fields.get("LinkLag"))
    if unit in (DurationUnit.PERCENT, DurationUnit.ELAPSED_PERCENT):
        return Duration(amount, unit, shown)
    return Duration(amount / 10, unit, shown) if amount or (unit, shown) != codes.WORKING_DAYS else NO_LAG


def _reference(text: str | None, values: Values) -> int | None:
    uid = values.whole(text, -1)
    return uid if uid >= 0 else None
