from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from bywhen.intake.reading import blob_from, read_blob
from bywhen.kernel.errors import FileHostileError, FileMalformedError, FileTooLargeError
from bywhen.kernel.plan import ConstraintType, LinkType
from bywhen.schedule.engine.cpm import compute
from contracts.formats.samples import GANTT

HEAD = '<project name="P" webLink="" version="3.2">'

IDLE = '<default-week mon="1" tue="1" wed="1" thu="1" fri="1" sat="1" sun="1"/>'


def reading(data: bytes = GANTT):
    (found,) = read_blob(blob_from("plan.gan", data))
    return found


def plan_of(tasks: str, rest: str = ""):
    return reading(f"{HEAD}{rest}<tasks>{tasks}</tasks></project>".encode()).payload


def task(uid: int, extra: str = "", inside: str = "", start: str = "2026-11-23", days: int = 2) -> str:
    return f'<task id="{uid}" name="T{uid}" start="{start}" duration="{days}" {extra}>{inside}</task>'


def test_tasks_stand_in_their_tree_with_days_as_working_days_when_read():
    found = reading()
    assert (found.format, found.read, found.findings, found.losses) == ("ganttproject", 4, (), ())
    assert [(each.uid, each.name, each.parent_uid, each.summary) for each in found.payload.tasks] == [
        (0, "Prepare", None, True), (1, "Pack & label", 0, False), (2, "Load", 0, False), (3, "Moved", None, False),
    ]  # fmt: skip
    first, last = found.payload.tasks[1], found.payload.tasks[3]
    assert (first.start, first.finish) == (datetime(2026, 11, 23, 8), datetime(2026, 11, 27, 17))
    assert (first.percent_complete, first.notes) == (40, "Two <boxes> each")
    assert (last.milestone, last.duration.minutes) == (True, 0)


def test_no_task_moves_when_it_is_computed_anew():
    plan = reading().payload
    rows = {row.uid: row for row in compute(plan).rows()}
    assert [(rows[each.uid].start, rows[each.uid].finish) for each in plan.tasks[:3]] == [
        (each.start, each.finish) for each in plan.tasks[:3]
    ]


@pytest.mark.parametrize(
    ("code", "kind"), [("1", LinkType.SS), ("2", LinkType.FS), ("3", LinkType.FF), ("4", LinkType.SF)]
)
def test_link_goes_from_the_task_that_holds_it_when_read(code, kind):
    depend = f'<depend id="2" type="{code}" difference="-1" hardness="Strong"/>'
    (link,) = plan_of(task(1, inside=depend) + task(2)).links
    assert (link.predecessor_uid, link.successor_uid, link.type, link.lag.minutes) == (1, 2, kind, -480)


def test_start_is_kept_when_no_link_drives_the_task():
    found = plan_of(task(1) + task(2, start="2026-12-07") + task(3, 'thirdDate="2026-12-01" thirdDate-constraint="1"'))
    assert [(each.constraint, each.constraint_date and each.constraint_date.date()) for each in found.tasks] == [
        (ConstraintType.ASAP, None),
        (ConstraintType.SNET, date(2026, 12, 7)),
        (ConstraintType.SNET, date(2026, 12, 1)),
    ]


def test_calendar_has_the_week_the_holidays_and_the_working_days_when_read():
    rest = (
        '<calendars base-id="http://x/de.calendar"><day-types><default-week fri="1" sat="1" sun="0" mon="0" tue="0"'
        ' wed="0" thu="0"/></day-types><date year="" month="12" date="25" type="HOLIDAY">Christmas</date>'
        '<date year="2026" month="12" date="18" type="WORKING_DAY"/></calendars>'
    )
    found = reading(f"{HEAD}{rest}<tasks>{task(1)}</tasks></project>".encode())
    (calendar,) = found.payload.calendars
    assert [bool(day) for day in calendar.week] == [True, True, True, True, False, False, True]
    assert [(each.first, bool(each.shifts), each.recurrence is not None) for each in calendar.exceptions] == [
        (date(2000, 12, 25), False, True), (date(2026, 12, 18), True, False),
    ]  # fmt: skip
    assert [each.rule for each in found.findings] == ["calendar-elsewhere"]


def test_people_come_with_role_rate_load_and_absence_when_read():
    rest = (
        '<resources><resource id="7" name="Ana" function="1" contacts="a@example.org" phone="1"><rate name="standard" value="400"/>'
        '</resource></resources><allocations><allocation task-id="1" resource-id="7" load="50.0"/></allocations>'
        '<vacations><vacation start="2026-11-24" end="2026-11-25" resourceid="7"/></vacations>'
        '<roles><role id="1" name="Mover"/></roles>'
    )
    found = reading(f"{HEAD}{rest}<tasks>{task(1)}</tasks></project>".encode())
    (person,), (work,) = found.payload.resources, found.payload.assignments
    assert (person.group, person.email, person.standard_rate) == ("Mover", "a@example.org", Decimal(50))
    assert (work.units, work.work_minutes) == (0.5, 480)
    assert [each.first for each in found.payload.calendars[1].exceptions] == [date(2026, 11, 24)]
    assert [each.field for each in found.losses] == ["phone"]
    assert next(iter(compute(found.payload).rows())).finish == datetime(2026, 11, 24, 17)


def test_baselines_cost_and_own_columns_are_read_when_there():
    body = task(1, 'cost-manual-value="250" cost-calculated="false" webLink="http%3A%2F%2Fexample.org"',
                '<customproperty taskproperty-id="tpc0" value="north"/>')  # fmt: skip
    rest = (
        '<taskproperties><taskproperty id="tpc0" name="Site" type="custom" valuetype="text"/></taskproperties><previous>'
        '<previous-tasks name="v1"><previous-task id="1" start="2026-11-16" duration="1" meeting="false"/></previous-tasks></previous>'
    )
    (found,) = plan_of(body, rest).tasks
    assert (found.custom, found.fixed_cost, found.hyperlink) == ({"Site": "north"}, Decimal(250), "http://example.org")
    assert [(each.number, each.start, each.duration_minutes) for each in found.baselines] == [
        (0, datetime(2026, 11, 16, 8), 480.0)
    ]


def test_doubts_are_told_when_ids_links_or_dates_are_wrong():
    depend = '<depend id="99" type="2" difference="0"/>'
    found = reading(f"{HEAD}<tasks>{task(1, inside=depend)}{task(1)}{task(3, start='soon')}</tasks></project>".encode())
    assert found.read == len(found.payload.tasks) + len(found.skipped) == 3
    assert {each.rule for each in found.findings} == {"task-uid-repeated", "link-to-missing-task", "value-unreadable"}


@pytest.mark.parametrize(("data", "error", "sentence"), [
    (GANTT[:-60], FileMalformedError, r"plan\.gan, line \d+, column \d+: the XML is broken or cut short"),
    (b'<!DOCTYPE project [<!ENTITY a "b">]>' + GANTT[39:], FileHostileError, r"plan\.gan, line 1: the document declares"),
    (f"{HEAD}<tasks>{'<task >' * 300}{'</task>' * 300}</tasks></project>".encode(), FileTooLargeError,
     r"plan\.gan: it holds 300 tasks inside each other"),
    (f"{HEAD}{IDLE}<tasks>{task(1)}</tasks></project>".encode(), FileMalformedError,
     r"plan\.gan, calendars: its week has no working day"),
], ids=["cut", "doctype", "deep", "no-working-day"])  # fmt: skip
def test_file_is_refused_with_place_and_remedy_when_broken(data, error, sentence):
    with pytest.raises(error, match=sentence):
        reading(data)
