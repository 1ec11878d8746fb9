"""Small samples of every registered format, built here: what each format must recognise and read.

``SAMPLES`` maps a format's name to its samples; ``JAVA`` names the formats that need the extra for plans.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from bywhen.intake.mspdi.writing import write_mspdi
from bywhen.kernel.durations import Duration, DurationUnit
from bywhen.kernel.plan import (
    Assignment,
    Baseline,
    CalendarException,
    ConstraintType,
    CustomField,
    Link,
    LinkType,
    Plan,
    Recurrence,
    Resource,
    Task,
    Timephased,
    standard_calendar,
)


@dataclass(frozen=True)
class Sample:
    """Content of one format. ``readable`` is False where only the recognition can be tried with it."""

    name: str
    data: bytes
    readable: bool = True


MONDAY = datetime(2026, 11, 23, 8)


def small_plan() -> Plan:
    """A plan of five rows that uses most of what a plan can say."""
    calendar = replace(
        standard_calendar(),
        exceptions=(
            CalendarException(date(2026, 12, 24), date(2027, 1, 1), name="Christmas <closed> & quiet"),
            CalendarException(
                date(2026, 12, 1),
                date(2027, 12, 1),
                ((480, 720),),
                "Half Fridays",
                Recurrence("weekly", every=2, weekdays=(4,)),
            ),
        ),
    )
    return Plan(
        name="Interface programme",
        start=MONDAY,
        calendar_uid=1,
        calendars=(calendar,),
        currency="EUR",
        custom_fields=(CustomField("188743731", "Text1", "Workstream"),),
        tasks=(
            Task(uid=1, id=1, name="Build", summary=True, outline_level=1, outline_number="1", wbs="1"),
            Task(
                uid=2,
                id=2,
                name="=cmd|' /C calc'!A0",
                outline_level=2,
                parent_uid=1,
                duration=Duration(960.0),
                start=MONDAY,
                finish=datetime(2026, 11, 24, 17),
                notes="Müller & Söhne <b>\nsecond line",
                custom={"Workstream": "API"},
                baselines=(Baseline(0, MONDAY, datetime(2026, 11, 24, 17), 960.0, 960.0, Decimal("480.50")),),
            ),
            Task(
                uid=3,
                id=3,
                name="Concrete dries",
                outline_level=2,
                parent_uid=1,
                duration=Duration(2880.0, DurationUnit.ELAPSED, "ed"),
            ),
            Task(uid=4, id=4, name="", is_null=True),
            Task(
                uid=5,
                id=5,
                name="Go-live",
                milestone=True,
                duration=Duration(0.0),
                constraint=ConstraintType.FNLT,
                constraint_date=datetime(2026, 12, 18, 17),
                deadline=datetime(2026, 12, 20, 17),
            ),
        ),
        links=(
            Link(2, 3, LinkType.SS, Duration(50.0, DurationUnit.PERCENT, "%")),
            Link(3, 5, lag=Duration(-480.0)),
        ),
        resources=(Resource(uid=1, id=1, name="Ana", email="ana@example.org", standard_rate=Decimal("62.5")),),
        assignments=(
            Assignment(
                uid=1,
                task_uid=2,
                resource_uid=1,
                units=0.5,
                work_minutes=480.0,
                timephased=(Timephased(1, MONDAY, datetime(2026, 11, 24, 8), 240.0, 2),),
            ),
        ),
    )


CALENDAR_DATA = (
    "(0||CalendarData()( (0||DaysOfWeek()( (0||1()())"
    + "".join(f"(0||{day}()( (0||0(s|08:00|f|12:00)()) (0||1(s|13:00|f|17:00)()) ))" for day in range(2, 7))
    + "(0||7()()) )) (0||VIEW(ShowTotal|N)()) (0||Exceptions()( (0||0(d|46380)()) (0||1(d|46381)( (0||0(s|08:00|f|10:00)()) )) )) ))"
).replace(") (", ")\x7f\x7f(")


def small_export() -> bytes:
    """A Primavera export of one project: two activities and a finish milestone under one branch."""
    tables = {
        "PROJECT": (
            ("proj_id", "proj_short_name", "clndr_id", "plan_start_date", "last_recalc_date"),
            ("100", "IFC", "1", "2026-11-23 08:00", "2026-11-24 08:00"),
        ),
        "CALENDAR": (("clndr_id", "clndr_name", "default_flag", "clndr_data"), ("1", "Five days", "Y", CALENDAR_DATA)),
        "PROJWBS": (
            ("wbs_id", "proj_id", "seq_num", "proj_node_flag", "wbs_short_name", "wbs_name", "parent_wbs_id"),
            ("10", "100", "1", "Y", "IFC", "Interface programme", ""),
            ("11", "100", "2", "N", "B", "Build", "10"),
        ),
        "TASK": (
            ("task_id", "proj_id", "wbs_id", "clndr_id", "task_type", "task_code", "task_name", "status_code",
             "total_float_hr_cnt", "remain_drtn_hr_cnt", "target_drtn_hr_cnt", "act_start_date", "early_start_date",
             "early_end_date", "cstr_type", "cstr_date"),
            ("201", "100", "11", "1", "TT_Task", "A10", "Schnittstelle prüfen", "TK_Active", "0", "8", "16",
             "2026-11-23 08:00", "2026-11-24 08:00", "2026-11-24 17:00", "", ""),
            ("202", "100", "11", "1", "TT_Task", "A20", "Build", "TK_NotStart", "", "24", "24", "",
             "2026-11-26 08:00", "2026-11-30 17:00", "CS_MSOA", "2026-11-25 08:00"),
            ("203", "100", "10", "1", "TT_FinMile", "M10", "Go-live", "TK_NotStart", "0", "0", "0", "",
             "2026-11-30 17:00", "2026-11-30 17:00", "", ""),
        ),
        "TASKPRED": (
            ("task_pred_id", "task_id", "pred_task_id", "proj_id", "pred_proj_id", "pred_type", "lag_hr_cnt"),
            ("1", "202", "201", "100", "100", "PR_FS", "8"),
            ("2", "203", "202", "100", "100", "PR_FF", "0"),
        ),
    }  # fmt: skip
    header = ["ERMHDR", "19.12", "2026-11-22", "Project", "admin", "admin", "dbx", "Project Management", "EUR"]
    lines = ["\t".join(header)]
    for name, (columns, *rows) in tables.items():
        lines += [f"%T\t{name}", "\t".join(("%F", *columns)), *("\t".join(("%R", *row)) for row in rows)]
    return "\r\n".join([*lines, "%E", ""]).encode("cp1252")


PRIMAVERA_XML = b"""<?xml version="1.0" encoding="UTF-8"?>
<APIBusinessObjects xmlns="http://xmlns.oracle.com/Primavera/P6/V19.12/API/BusinessObjects">
<Calendar><ObjectId>1</ObjectId><Name>Five days</Name><IsDefault>1</IsDefault><Type>Global</Type></Calendar>
<Project><ObjectId>100</ObjectId><Id>IFC</Id><Name>Interface programme</Name>
<PlannedStartDate>2026-11-23T08:00:00</PlannedStartDate><ActivityDefaultCalendarObjectId>1</ActivityDefaultCalendarObjectId>
<Activity><ObjectId>201</ObjectId><Id>A10</Id><Name>Check interface</Name><ProjectObjectId>100</ProjectObjectId>
<CalendarObjectId>1</CalendarObjectId><Type>Task Dependent</Type><Status>Not Started</Status>
<PlannedDuration>16</PlannedDuration><RemainingDuration>16</RemainingDuration>
<PlannedStartDate>2026-11-23T08:00:00</PlannedStartDate><PlannedFinishDate>2026-11-24T17:00:00</PlannedFinishDate>
</Activity></Project></APIBusinessObjects>
"""

GANTT = b"""<?xml version="1.0" encoding="UTF-8"?>
<project name="Office move" company="" webLink="http://" view-date="2026-11-23" version="3.2.3247" locale="en">
<calendars base-id="none"><day-types><default-week id="1" sun="1" mon="0" tue="0" wed="0" thu="0" fri="0" sat="1"/>
</day-types><date year="2026" month="12" date="25" type="HOLIDAY"/></calendars>
<tasks empty-milestones="true">
<task id="0" name="Prepare" meeting="false" start="2026-11-23" duration="10" complete="0">
<task id="1" name="Pack &amp; label" meeting="false" start="2026-11-23" duration="5" complete="40">
<depend id="2" type="2" difference="2" hardness="Strong"/><notes><![CDATA[Two <boxes> each]]></notes></task>
<task id="2" name="Load" meeting="false" start="2026-12-02" duration="3" complete="0">
<depend id="3" type="2" difference="0" hardness="Strong"/></task></task>
<task id="3" name="Moved" meeting="true" start="2026-12-07" duration="0" complete="0"/>
</tasks>
<resources><resource id="0" name="Ana" function="1" contacts="ana@example.org" phone=""/></resources>
<allocations><allocation task-id="1" resource-id="0" function="1" responsible="true" load="50.0"/></allocations>
<vacations/><previous/><roles><role id="1" name="Mover"/></roles></project>
"""

COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "   114".encode("utf-16-le") + bytes(512)

SAMPLES: dict[str, tuple[Sample, ...]] = {
    "msproject": (
        Sample("plan.xml", write_mspdi(small_plan())),
        Sample("utf16.xml", write_mspdi(small_plan()).decode().replace("UTF-8", "UTF-16").encode("utf-16")),
    ),
    "mpp": (Sample("broken.mpp", COMPOUND_FILE, readable=False),),
    "primavera": (Sample("export.xer", small_export()),),
    "pmxml": (Sample("export.xml", PRIMAVERA_XML),),
    "ganttproject": (Sample("plan.gan", GANTT),),
}
JAVA = frozenset({"mpp", "pmxml"})
