from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from bywhen.intake.mspdi.project import read_mspdi
from bywhen.intake.mspdi.writing import mspdi_losses, write_mspdi
from bywhen.intake.reading import blob_from, read_plan
from bywhen.kernel.durations import Duration, DurationUnit
from bywhen.kernel.errors import FileMalformedError, FileTooLargeError
from bywhen.kernel.plan import ConstraintType, LinkType, Plan, Recurrence, Task
from contracts.formats.samples import small_plan
from shared_data import shared


def document(body: str) -> bytes:
    return f'<Project xmlns="http://schemas.microsoft.com/project">{body}</Project>'.encode()


def reading(body: str):
    return read_mspdi(blob_from("plan.xml", document(body)))


def task(uid: int, body: str = "") -> str:
    return f"<Task><UID>{uid}</UID><Name>Task {uid}</Name>{body}</Task>"


def one(body: str) -> Task:
    return reading(f"<Tasks>{task(1, body)}</Tasks>").payload.tasks[0]


def test_duration_is_exact_when_it_has_seconds():
    assert one("<Duration>PT0H0M6S</Duration><DurationFormat>5</DurationFormat>").duration == Duration(0.1, shown="h")


def test_duration_runs_round_the_clock_when_its_format_is_elapsed():
    found = one("<Duration>PT48H0M0S</Duration><DurationFormat>40</DurationFormat><Estimated>1</Estimated>")
    assert found.duration == Duration(2880.0, DurationUnit.ELAPSED, "ed")
    assert found.estimated


@pytest.mark.parametrize(
    ("form", "lag", "meant"),
    [
        ("7", "4800", Duration(480.0)),
        ("8", "14400", Duration(1440.0, DurationUnit.ELAPSED, "ed")),
        ("19", "-50", Duration(-50.0, DurationUnit.PERCENT, "%")),
        ("52", "25", Duration(25.0, DurationUnit.ELAPSED_PERCENT, "e%")),
    ],
)
def test_lag_has_its_unit_when_read(form, lag, meant):
    link = f"<PredecessorLink><PredecessorUID>1</PredecessorUID><Type>3</Type><LinkLag>{lag}</LinkLag><LagFormat>{form}</LagFormat></PredecessorLink>"
    found = reading(f"<Tasks>{task(1)}{task(2, link)}</Tasks>").payload.links[0]
    assert (found.predecessor_uid, found.successor_uid, found.type, found.lag) == (1, 2, LinkType.SS, meant)


def test_money_is_in_whole_units_when_written_in_hundredths():
    assert one("<Cost>48050</Cost>").cost == Decimal("480.5")


def test_slack_is_in_minutes_when_written_in_tenths():
    assert one("<TotalSlack>-4800</TotalSlack>").total_slack_minutes == -480


def test_parents_come_from_levels_when_read():
    levels = [(0, 0), (1, 1), (2, 2), (3, 2), (4, 1)]
    body = "".join(task(uid, f"<OutlineLevel>{level}</OutlineLevel>") for uid, level in levels)
    found = reading(f"<Tasks>{body}</Tasks>").payload.tasks
    assert [each.parent_uid for each in found] == [None, 0, 1, 1, 0]
    assert [each.summary for each in found] == [True, True, False, False, False]


def test_repeated_uid_is_skipped_and_told_when_read():
    found = reading(f"<Tasks>{task(1)}{task(1)}{task(2)}</Tasks>")
    assert found.read == len(found.payload.tasks) + len(found.skipped) == 3
    assert [each.rule for each in found.findings] == ["task-uid-repeated"]


def test_dangling_link_is_a_finding_when_its_predecessor_is_missing():
    link = "<PredecessorLink><PredecessorUID>9</PredecessorUID></PredecessorLink>"
    assert [each.rule for each in reading(f"<Tasks>{task(1, link)}</Tasks>").findings] == ["link-to-missing-task"]


def test_unreadable_value_is_a_finding_with_its_place_when_read():
    found = reading(f"<Tasks>{task(7, '<Start>soon</Start>')}</Tasks>")
    assert found.payload.tasks[0].start is None
    assert [(each.rule, each.subject) for each in found.findings] == [("value-unreadable", "task 7")]


def test_unknown_field_is_a_loss_when_it_says_something():
    found = reading(f"<Tasks>{task(1, '<Contact>Ana</Contact><HideBar>0</HideBar>')}</Tasks>")
    assert [(each.field, each.where, each.value) for each in found.losses] == [("Contact", "task 1", "Ana")]


EXCEPTION = (
    "<Calendars><Calendar><UID>1</UID><IsBaseCalendar>1</IsBaseCalendar><Exceptions><Exception>"
    "<EnteredByOccurrences>{by}</EnteredByOccurrences><TimePeriod><FromDate>2026-01-01T00:00:00</FromDate>"
    "<ToDate>2028-12-31T23:59:00</ToDate></TimePeriod><Occurrences>3</Occurrences><Type>{kind}</Type>{rest}"
    "<DayWorking>0</DayWorking></Exception></Exceptions></Calendar></Calendars>"
)


@pytest.mark.parametrize(
    ("kind", "by", "rest", "meant"),
    [
        (1, 0, "", None),
        (1, 0, "<Period>3</Period>", Recurrence("daily", every=3)),
        (2, 0, "<Month>11</Month><MonthDay>25</MonthDay>", Recurrence("yearly_day", month=12, day=25)),
        (
            3,
            1,
            "<Month>10</Month><MonthItem>7</MonthItem><MonthPosition>3</MonthPosition>",
            Recurrence("yearly_position", month=11, weekdays=(3,), position=4, occurrences=3),
        ),
        (4, 0, "<Period>2</Period><MonthDay>15</MonthDay>", Recurrence("monthly_day", every=2, day=15)),
        (
            5,
            0,
            "<MonthItem>8</MonthItem><MonthPosition>4</MonthPosition>",
            Recurrence("monthly_position", weekdays=(4,), position=5),
        ),
        (6, 0, "<Period>1</Period><DaysOfWeek>33</DaysOfWeek>", Recurrence("weekly", weekdays=(4, 6))),
        (7, 1, "", None),
        (8, 1, "", Recurrence("weekly", weekdays=(0, 1, 2, 3, 4), occurrences=3)),
        (9, 0, "", None),
    ],
)
def test_exception_repeats_as_written_when_its_type_is(kind, by, rest, meant):
    found = reading(EXCEPTION.format(kind=kind, by=by, rest=rest)).payload.calendars[0].exceptions[0]
    assert (found.first, found.last, found.shifts) == (date(2026, 1, 1), date(2028, 12, 31), ())
    assert found.recurrence == meant


def test_old_style_day_is_an_exception_when_no_other_stands_there():
    day = (
        "<WeekDays><WeekDay><DayType>0</DayType><DayWorking>1</DayWorking><TimePeriod><FromDate>2026-11-28T00:00:00</FromDate>"
        "<ToDate>2026-11-29T23:59:00</ToDate></TimePeriod><WorkingTimes><WorkingTime><FromTime>22:00:00</FromTime>"
        "<ToTime>06:00:00</ToTime></WorkingTime></WorkingTimes></WeekDay></WeekDays>"
    )
    found = reading(f"<Calendars><Calendar><UID>1</UID><IsBaseCalendar>1</IsBaseCalendar>{day}</Calendar></Calendars>")
    exception = found.payload.calendars[0].exceptions[0]
    assert (exception.first, exception.last, exception.shifts) == (
        date(2026, 11, 28),
        date(2026, 11, 29),
        ((1320, 1800),),
    )


def test_plan_is_equal_when_written_and_read_again():
    assert read_mspdi(blob_from("again.xml", write_mspdi(small_plan()))).payload == small_plan()


def test_custom_value_keeps_its_title_when_it_has_no_definition():
    plan = Plan(name="p", tasks=(Task(uid=1, name="t", custom={"Cost centre": "4711"}),))
    assert mspdi_losses(plan) == ()
    assert read_mspdi(blob_from("p.xml", write_mspdi(plan))).payload.tasks[0].custom == {"Cost centre": "4711"}


def test_columns_without_a_place_are_losses_when_there_are_too_many():
    custom = {f"Column {number}": "x" for number in range(25)}
    plan = Plan(name="p", tasks=(Task(uid=1, name="t", custom=custom),), custom={"Sponsor": "Ana"})
    assert [each.field for each in mspdi_losses(plan)] == ["Sponsor", *(f"Column {n}" for n in range(20, 25))]


def test_place_is_named_when_the_xml_is_broken():
    with pytest.raises(FileMalformedError, match=r"plan\.xml, line 1, column \d+"):
        reading("<Tasks><Task></Tasks>")


@pytest.mark.parametrize("body", ["<a>" * 1_200_000, "<Tasks><Task>" + "<a/>" * 1_200_000, "<Name>" + "x" * 12_000_000])
def test_monstrous_record_is_refused_when_read(body):
    with pytest.raises(FileTooLargeError, match=r"plan\.xml"):
        read_mspdi(blob_from("plan.xml", f'<Project xmlns="http://schemas.microsoft.com/project">{body}'.encode()))


def test_every_real_plan_is_equal_when_written_and_read_again():
    paths = sorted(shared("data", "plans").glob("*.xml"))
    plans = {path.name: read_plan(path).payload for path in paths}
    changed = [name for name, plan in plans.items() if read_mspdi(blob_from(name, write_mspdi(plan))).payload != plan]
    assert plans
    assert changed == []


def test_constraint_and_dates_are_read_when_written():
    found = one("<ConstraintType>5</ConstraintType><ConstraintDate>2026-12-18T17:00:00</ConstraintDate>")
    assert (found.constraint, found.constraint_date) == (ConstraintType.SNLT, datetime(2026, 12, 18, 17))
