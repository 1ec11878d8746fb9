"""Resources and assignments of Microsoft Project's XML, with the work spread over time.

What does not live here: tasks (``tasks``), resource calendars (``calendars``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from bywhen.intake.mspdi import codes
from bywhen.intake.mspdi.elements import children, fields_of, flag
from bywhen.intake.mspdi.tasks import read_baselines
from bywhen.intake.mspdi.values import Fields, Values
from bywhen.kernel.plan import Assignment, Resource, ResourceType, Timephased


def read_resource(fields: Fields, values: Values, custom: Mapping[str, str]) -> Resource:
    """One ``Resource`` element. Rates are per hour of work, or per unit of material."""
    kind = codes.RESOURCE_TYPES.get(fields.get("Type") or "1", ResourceType.WORK)
    calendar = values.whole(fields.get("CalendarUID"), -1)
    return Resource(
        uid=values.whole(fields.get("UID")),
        name=fields.get("Name") or "",
        id=values.whole(fields.get("ID")),
        type=ResourceType.COST if flag(fields, "IsCostResource") else kind,
        max_units=values.number(fields.get("MaxUnits"), 1.0),
        calendar_uid=calendar if calendar >= 0 else None,
        email=fields.get("EmailAddress") or "",
        group=fields.get("Group") or "",
        initials=fields.get("Initials") or "",
        standard_rate=values.decimal(fields.get("StandardRate")),
        overtime_rate=values.decimal(fields.get("OvertimeRate")),
        cost_per_use=values.money(fields.get("CostPerUse")),
        generic=flag(fields, "IsGeneric"),
        custom=custom,
    )


def read_assignment(element: Element, fields: Fields, values: Values) -> Assignment:
    """One ``Assignment`` element; the placeholder resource of an unresourced task becomes None."""
    get, date = fields.get, values.date
    resource = values.whole(get("ResourceUID"), codes.UNRESOURCED)
    return Assignment(
        uid=values.whole(get("UID")),
        task_uid=values.whole(get("TaskUID"), -1),
        resource_uid=None if resource == codes.UNRESOURCED else resource,
        units=values.number(get("Units"), 1.0),
        work_minutes=values.minutes(get("Work")) or 0.0,
        actual_work_minutes=values.minutes(get("ActualWork")) or 0.0,
        remaining_work_minutes=values.minutes(get("RemainingWork")),
        overtime_work_minutes=values.minutes(get("OvertimeWork")) or 0.0,
        start=date(get("Start")),
        finish=date(get("Finish")),
        actual_start=date(get("ActualStart")),
        actual_finish=date(get("ActualFinish")),
        stop=date(get("Stop")),
        resume=date(get("Resume")),
        delay_minutes=values.tenths(get("Delay")) or 0.0,
        leveling_delay_minutes=values.tenths(get("LevelingDelay")) or 0.0,
        contour=values.whole(get("WorkContour")),
        cost=values.money(get("Cost")),
        actual_cost=values.money(get("ActualCost")),
        has_fixed_rate_units=flag(fields, "HasFixedRateUnits", default=True),
        baselines=tuple(read_baselines(element, values)) if "Baseline" in fields else (),
        timephased=tuple(_timephased(element, values)) if "TimephasedData" in fields else (),
    )


def _timephased(element: Element, values: Values) -> Iterator[Timephased]:
    """Spans of work in minutes, of money in the file's hundredths; a span without value is a gap in the work."""
    for fields in map(fields_of, children(element, "TimephasedData")):
        start, finish = values.date(fields.get("Start")), values.date(fields.get("Finish"))
        if start is None or finish is None:
            continue
        text = fields.get("Value")
        amount = values.minutes(text) if text and "P" in text else values.number(text)
        yield Timephased(
            kind=values.whole(fields.get("Type")),
            start=start,
            finish=finish,
            minutes=amount or 0.0,
            unit=values.whole(fields.get("Unit")),
        )
