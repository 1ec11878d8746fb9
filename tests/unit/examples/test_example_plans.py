"""The plans of the example: complete, consistent, and equal to what the engine computes."""

from __future__ import annotations

import tomllib
from datetime import datetime

import pytest

from bywhen.kernel.durations import DurationUnit
from bywhen.kernel.plan import ConstraintType, LinkType
from bywhen.schedule.engine.cpm import compute
from factories.meridian import FOLDER, TRUTHS, payload

PLANS = {"plan.xml": 220, "plans/gateway.xml": 49, "plans/migration.xlsx": 42, "plans/rollout.csv": 48}
AS_OF = datetime(2026, 11, 23, 8)


@pytest.mark.parametrize(("name", "tasks"), PLANS.items())
def test_holds_its_tasks_when_read(name: str, tasks: int) -> None:
    assert len(payload(name).tasks) == tasks


@pytest.mark.parametrize("name", ["plan.xml", "plans/gateway.xml"])
def test_stores_the_dates_the_engine_computes_when_recomputed(name: str) -> None:
    plan = payload(name)
    schedule = compute(plan)
    rows = {task.uid: schedule.row(task.uid) for task in plan.tasks}
    moved = [
        (task.name, task.start, rows[task.uid].start, task.finish, rows[task.uid].finish)
        for task in plan.tasks
        if (task.start, task.finish) != (rows[task.uid].start, rows[task.uid].finish)
    ]
    assert not moved


def test_stores_the_floats_the_engine_computes_when_work_is_left() -> None:
    plan = payload("plan.xml")
    schedule = compute(plan)
    left = [task for task in plan.tasks if not task.summary and task.percent_complete < 100]
    differ = [
        (task.name, task.total_slack_minutes, row.total_slack_minutes)
        for task, row in ((task, schedule.row(task.uid)) for task in left)
        if (task.total_slack_minutes, task.critical) != (row.total_slack_minutes, row.critical)
    ]
    assert len(left) > 70
    assert not differ


def test_uses_all_four_links_lags_and_calendars_when_read() -> None:
    plan = payload("plan.xml")
    assert {link.type for link in plan.links} == set(LinkType)
    assert any(link.lag.minutes > 0 for link in plan.links)
    assert any(link.lag.minutes < 0 for link in plan.links)
    assert any(link.lag.unit is DurationUnit.ELAPSED for link in plan.links)
    assert {calendar.name for calendar in plan.calendars} >= {"London", "Frankfurt", "Madrid", "Round the clock"}
    assert {task.constraint for task in plan.tasks} >= {ConstraintType.ASAP, ConstraintType.SNET, ConstraintType.MSO}
    assert sum(task.deadline is not None for task in plan.tasks) >= 3
    assert all(task.baselines for task in plan.tasks)


@pytest.mark.parametrize("name", PLANS)
def test_reports_no_progress_after_the_status_date_when_read(name: str) -> None:
    late = [
        task.name
        for task in payload(name).tasks
        if not task.summary and ((task.actual_start or AS_OF) > AS_OF or (task.actual_finish or AS_OF) > AS_OF)
    ]
    assert not late


def test_names_only_people_of_the_list_when_assigned() -> None:
    people = {person.name for person in payload("people.csv")}
    assert len(people) == 34
    for name in PLANS:
        assert {resource.name for resource in payload(name).resources} <= people


def test_ends_the_forecasts_on_the_dates_of_the_plan_when_compared() -> None:
    rows = payload("forecasts.csv")
    last = max(row.on for row in rows)
    plan = payload("plan.xml")
    for row in rows:
        if row.on == last:
            task = plan.task(row.task_uid)
            assert (task.name, task.finish.date()) == (row.milestone, row.forecast)


def test_covers_26_weeks_when_counted() -> None:
    for name in ("forecasts.csv", "status.csv"):
        assert len({row.on for row in payload(name)}) == 26
    assert (TRUTHS["as_of"] - min(row.on for row in payload("forecasts.csv"))).days <= 26 * 7
    assert len(payload("ledger.csv")) >= 60


def test_names_tasks_of_its_own_project_when_the_raid_log_holds_one() -> None:
    described = tomllib.loads((FOLDER / "project.toml").read_text(encoding="utf-8"))["project"]
    plan_of = {project["key"]: payload(project["plan"]) for project in described}
    held = [row for row in payload("raid.xlsx") if row.task_uid]
    assert len(held) >= 20
    assert [row.id for row in held if plan_of[row.project].task(row.task_uid).name != row.task] == []
