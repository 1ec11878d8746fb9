from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from bywhen.intake.reading import blob_from, read_blob, read_plan
from bywhen.intake.xer.calendarwriting import flat
from bywhen.intake.xer.losses import xer_losses
from bywhen.intake.xer.writing import write_xer
from bywhen.kernel.durations import Duration, DurationUnit
from bywhen.kernel.plan import (
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
    ResourceType,
    Task,
    standard_calendar,
)
from bywhen.schedule.engine.cpm import compute
from contracts.formats.samples import small_export, small_plan
from shared_data import shared

MONDAY = datetime(2026, 11, 23, 8)
FRIDAY = datetime(2026, 11, 27, 17)


def plan_of(*tasks: Task, **facts) -> Plan:
    return Plan("Move", tasks, **{"calendars": (standard_calendar(),), "calendar_uid": 1, "start": MONDAY, **facts})


def back(plan: Plan) -> Plan:
    readings = read_blob(blob_from("plan.xer", write_xer(plan)))
    assert [reading.losses for reading in readings] == [()]
    return readings[0].payload


def lost(plan: Plan) -> set[str]:
    return {loss.field for loss in xer_losses(plan, write_xer(plan))}


def row(plan: Plan, table: str) -> dict[str, str]:
    lines = write_xer(plan).decode("cp1252").split("\r\n")
    at = lines.index(f"%T\t{table}")
    return dict(zip(lines[at + 1].split("\t"), lines[at + 2].split("\t"), strict=True))


def test_export_is_equal_when_it_is_read_and_written_again():
    plan = read_blob(blob_from("export.xer", small_export()))[0].payload
    assert xer_losses(plan, write_xer(plan)) == ()
    assert [replace(task, baselines=()) for task in back(plan).tasks] == list(plan.tasks)


def test_no_date_moves_when_every_real_plan_is_exported_and_taken_in_again():
    paths = sorted(shared("data", "plans").glob("*.xml"))
    assert paths
    for path in paths:
        plan = read_plan(path).payload
        found = {task.uid: task for task in back(plan).tasks}
        for task in plan.tasks:
            if task.uid in found:
                kept = tuple(day and day.replace(second=0) for day in (task.start, task.finish))
                assert (found[task.uid].start, found[task.uid].finish) == kept, (path.name, task.uid)


def test_every_row_is_there_or_told_when_a_real_plan_is_exported():
    for path in sorted(shared("data", "plans").glob("*.xml")):
        plan = read_plan(path).payload
        found = {task.uid for task in back(plan).tasks}
        gone = [task for task in plan.tasks if task.uid not in found and not task.is_null and task.outline_level]
        told = [
            loss for loss in xer_losses(plan, write_xer(plan)) if loss.where.startswith("task") and loss.field == "row"
        ]
        assert bool(gone) == bool(told), path.name


def test_letters_are_kept_when_the_windows_code_page_lacks_them():
    for name in ("Müller & Söhne", "Żółw", "日本", "Ã¤"):
        assert back(plan_of(Task(1, name))).tasks[0].name == name


def test_tabs_and_lines_do_not_break_the_table_when_a_name_holds_them():
    plan = plan_of(Task(1, "two\tcells\r\n%R\t9"), Task(2, "next"))
    assert [task.name for task in back(plan).tasks] == ["two cells %R 9", "next"]
    assert "name" in lost(plan)


def test_notes_come_back_when_they_hold_markup_and_lines():
    plan = plan_of(Task(1, "a", notes="<html> & <b>\nsecond line"))
    assert back(plan).tasks[0].notes == "<html> & <b>\nsecond line"


def test_two_constraints_stand_in_the_row_when_there_is_a_deadline():
    task = Task(1, "a", constraint=ConstraintType.SNET, constraint_date=MONDAY, deadline=FRIDAY)
    found = row(plan_of(task), "TASK")
    assert (found["cstr_type"], found["cstr_type2"], found["cstr_date2"]) == ("CS_MSOA", "CS_MEOB", "2026-11-27 17:00")
    assert back(plan_of(task)).tasks[0].deadline == FRIDAY


@pytest.mark.parametrize(("honored", "code"), [(True, "CS_MANDSTART"), (False, "CS_MSO")])
def test_must_start_is_mandatory_when_the_plan_honours_constraints(honored, code):
    plan = plan_of(Task(1, "a", constraint=ConstraintType.MSO, constraint_date=MONDAY), honor_constraints=honored)
    assert row(plan, "TASK")["cstr_type"] == code
    assert back(plan).honor_constraints is honored


def test_manual_task_is_pinned_and_told_when_exported():
    plan = plan_of(Task(1, "a", manual=True, start=MONDAY, finish=FRIDAY, duration=Duration(2400)))
    assert row(plan, "TASK")["cstr_type"] == "CS_MANDSTART"
    assert lost(plan) == {"manual"}


def test_level_of_effort_stays_one_when_exported_again():
    data = small_export().replace(b"TT_Task\tA20", b"TT_LOE\tA20")
    plan = read_blob(blob_from("export.xer", data))[0].payload
    assert plan.task(202).manual
    assert b"TT_LOE\t" in write_xer(plan)
    assert xer_losses(plan, write_xer(plan)) == ()


def test_elapsed_duration_runs_round_the_clock_when_exported():
    plan = plan_of(Task(1, "a", duration=Duration(2880.0, DurationUnit.ELAPSED, "ed")))
    again = back(plan)
    calendar = next(each for each in again.calendars if each.uid == again.tasks[0].calendar_uid)
    assert (again.tasks[0].duration.minutes, calendar.week) == (2880.0, (((0, 1440),),) * 7)
    assert lost(plan) == {"duration"}


def linked(*lags: Duration) -> Plan:
    tasks = [Task(uid, f"t{uid}", duration=Duration(960.0)) for uid in range(len(lags) + 1)]
    links = tuple(Link(uid, uid + 1, LinkType.FS, lag) for uid, lag in enumerate(lags))
    return plan_of(*tasks, links=links)


def test_lags_stay_elapsed_when_all_of_them_are():
    plan = linked(Duration(1440.0, DurationUnit.ELAPSED, "ed"), Duration(0.0))
    assert [link.lag for link in back(plan).links] == [link.lag for link in plan.links]
    assert lost(plan) == set()


def test_mixed_and_percent_lags_become_working_time_and_are_told():
    plan = linked(
        Duration(1440.0, DurationUnit.ELAPSED, "ed"), Duration(-60.0), Duration(50.0, DurationUnit.PERCENT, "%")
    )
    assert [link.lag.minutes for link in back(plan).links] == [342.9, -60.0, 480.0]
    assert lost(plan) == {"lag"}


def phases(*links: Link) -> Plan:
    """Two phases of three activities, the first one's in a chain of two and one beside it."""
    below = {2: 1, 3: 1, 4: 1, 6: 5, 7: 5}
    tasks = (Task(uid, f"t{uid}", summary=uid in (1, 5), parent_uid=below.get(uid), outline_level=2 if uid in below else 1,
                  duration=Duration(480.0)) for uid in range(1, 8))  # fmt: skip
    return plan_of(*tasks, links=(Link(2, 3), *links))


@pytest.mark.parametrize("kind", [LinkType.FS, LinkType.SS, LinkType.FF, LinkType.SF])
def test_link_of_summary_tasks_is_unfolded_or_told_when_exported(kind):
    plan = phases(Link(1, 5, kind, Duration(60.0)))
    pairs = {(link.predecessor_uid, link.successor_uid, link.lag.minutes) for link in back(plan).links}
    unfolded = kind is LinkType.FS
    assert pairs == {(2, 3, 0.0)} | ({(3, 6, 60.0), (3, 7, 60.0), (4, 6, 60.0), (4, 7, 60.0)} if unfolded else set())
    assert [
        (loss.field, loss.where) for loss in xer_losses(plan, write_xer(plan)) if loss.where.startswith("link")
    ] == [("link" if unfolded else "row", "link 1 to 5")]


@pytest.mark.parametrize(("link", "found"), [
    (Link(1, 6, LinkType.FF), {(3, 6), (4, 6)}),
    (Link(2, 5, LinkType.SS), {(2, 6), (2, 7)}),
    (Link(2, 5, LinkType.SF), set()),
    (Link(1, 6, LinkType.SS), set()),
    (Link(1, 6, LinkType.FS, Duration(50.0, DurationUnit.PERCENT, "%")), set()),
])  # fmt: skip
def test_link_with_one_summary_task_is_unfolded_when_that_means_the_same(link, found):
    assert {(k.predecessor_uid, k.successor_uid) for k in back(phases(link)).links} == {(2, 3)} | found


BEARING = {"lag", "timephased", "manual", "leveling_delay_minutes", "contour", "overtime_work_minutes", "duration"}
"""Losses by which a date can move when the schedule is computed anew."""


def test_computed_dates_stay_when_nothing_that_bears_on_them_was_lost():
    checked = 0
    for path in sorted(shared("data", "plans").glob("*.xml")):
        plan = read_plan(path).payload
        losses = xer_losses(plan, write_xer(plan))
        if not any(x.field in BEARING or (x.field == "row" and not x.where.startswith("resource")) for x in losses):
            before, after = (
                {row.uid: (row.start, row.finish) for row in compute(p).rows()} for p in (plan, back(plan))
            )
            assert {uid: dates for uid, dates in before.items() if uid in after} == after, path.name
            checked += 1
    assert checked >= 10


def test_inactive_task_is_left_out_and_told_when_exported():
    plan = plan_of(Task(1, "a"), Task(2, "b", active=False), links=(Link(1, 2),))
    assert [task.uid for task in back(plan).tasks] == [1]
    assert [(loss.where, loss.value) for loss in xer_losses(plan, write_xer(plan))] == [
        ("link 1 to 2", "FS"),
        ("task 2", "b"),
    ]


def test_working_time_is_flat_when_it_recurs_crosses_midnight_or_inherits():
    night = Calendar(1, "Night", (((1320, 1800),),) * 5 + ((), ()))
    mine = Calendar(
        2, "Mine", (None,) * 7, 1,
        (CalendarException(date(2026, 11, 25), date(2026, 11, 25)),
         CalendarException(date(2026, 12, 25), date(2029, 12, 25), recurrence=Recurrence("yearly_day", day=25, month=12))),
        is_base=False,
    )  # fmt: skip
    found = flat(mine, {1: night, 2: mine})
    assert found.week[:2] == (((1320, 1440),), ((0, 360), (1320, 1440)))
    assert found.week[5] == ((0, 360),)
    days = {each.first: each.shifts for each in found.exceptions}
    assert days[date(2026, 11, 25)] == ((0, 360),)
    assert days[date(2026, 11, 26)] == ((1320, 1440),)
    assert [day.year for day in days if (day.month, day.day) == (12, 25)] == [2026, 2028, 2029]
    again = back(plan_of(Task(1, "a"), calendars=(night, mine)))
    assert [flat(each, {}).exceptions for each in again.calendars] == [(), found.exceptions]


def test_activity_depends_on_its_resources_when_they_have_another_calendar():
    night = Calendar(2, "Night", (((1320, 1440),),) * 7, is_base=False)
    people = (Resource(1, "Ana", 1, calendar_uid=2), Resource(2, "Ben", 2, calendar_uid=1))
    tasks = (Task(1, "a"), Task(2, "b", calendar_uid=1, ignore_resource_calendars=True), Task(3, "c"))
    work = (Assignment(1, 1, 1), Assignment(2, 2, 1), Assignment(3, 3, 2))
    plan = plan_of(*tasks, calendars=(standard_calendar(), night), resources=people, assignments=work)
    lines = [line.split("\t") for line in write_xer(plan).decode().split("\r\n")]
    assert [cell for line in lines for cell in line if cell in ("TT_Task", "TT_Rsrc")][-3:] == [
        "TT_Rsrc",
        "TT_Task",
        "TT_Task",
    ]
    assert [(task.calendar_uid, task.ignore_resource_calendars) for task in back(plan).tasks] == [
        (None, False), (1, True), (None, False)
    ]  # fmt: skip


def test_baseline_is_the_planned_dates_when_there_is_one():
    agreed = Baseline(0, MONDAY, FRIDAY, 2400.0, 960.0)
    later = datetime(2026, 12, 4, 17)
    task = Task(1, "a", duration=Duration(4800), start=MONDAY, finish=later, baselines=(agreed,))
    assert back(plan_of(task)).tasks[0].baselines == (agreed,)
    assert back(plan_of(task)).tasks[0].duration.minutes == 4800
    assert back(plan_of(replace(task, baselines=()))).tasks[0].baselines == ()
    assert lost(plan_of(replace(task, baselines=(agreed, replace(agreed, number=3))))) == {"baselines"}


def test_costs_come_back_when_assigned_and_fixed():
    people = (Resource(1, "Ana", 1, standard_rate=50), Resource(2, "Steel", 2, ResourceType.MATERIAL))
    work = (Assignment(1, 1, 1, work_minutes=480.0, cost=400, actual_cost=100),)
    plan = plan_of(Task(1, "a", cost=650, actual_cost=100, fixed_cost=250), resources=people, assignments=work)
    found = back(plan)
    assert (found.tasks[0].cost, found.tasks[0].fixed_cost, found.tasks[0].actual_cost) == (650, 250, 100)
    assert [each.name for each in found.resources] == ["Ana"]
    assert lost(plan) == {"row"}


def test_codes_count_on_when_the_breakdown_gives_none():
    plan = plan_of(*(Task(uid, f"t{uid}") for uid in range(1, 13)))
    assert [task.wbs for task in back(plan).tasks][::10] == ["A0010", "A0110"]
    assert [task.uid for task in back(plan).tasks] == list(range(1, 13))


def test_small_plan_is_told_field_by_field_when_it_says_more_than_an_export():
    plan = small_plan()
    assert {(loss.field, loss.where) for loss in xer_losses(plan, write_xer(plan))} >= {
        ("duration", "task 3"), ("lag", "link 2 to 3"), ("timephased", "assignment 1"),
    }  # fmt: skip
