from dataclasses import replace
from datetime import date, datetime

import pytest

from bywhen.kernel.clock import FrozenClock, clock_set
from bywhen.kernel.errors import StateWrongError
from bywhen.record.engine.payloads import ChangePayload
from bywhen.record.services.proposals import proposal_undo
from bywhen.schedule.models import MilestoneForecast
from bywhen.schedule.selectors import task_facts, task_list, version_current, version_list
from bywhen.schedule.services.changes import change_commit, change_impact
from bywhen.schedule.services.outline import row_indent
from bywhen.schedule.services.taking_in import plan_take_in
from factories import rows

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _frozen():
    with clock_set(FrozenClock(date(2026, 11, 2))):
        yield


@pytest.fixture
def project():
    project = rows.project()
    plan_take_in(project=project, plan=rows.plan(), source=rows.source(project=project))
    return project


def _row(project, uid):
    return task_list(project).get(uid=uid)


def test_a_plan_comes_in_computed(project):
    assert _row(project, 4).finish == datetime(2026, 11, 11, 17)
    assert _row(project, 3).total_float_minutes == 6 * 480
    assert _row(project, 1).owner == "Ana Duarte"


def test_the_same_plan_again_makes_no_new_version(project):
    _, counts = plan_take_in(project=project, plan=rows.plan(), source=rows.source(project=project))
    assert (counts.created, counts.updated, counts.unchanged) == (0, 0, 4)
    assert version_list(project).count() == 1


def test_a_changed_task_is_counted_as_updated(project):
    plan = rows.plan()
    changed = replace(plan, tasks=(replace(plan.tasks[0], percent_complete=50.0), *plan.tasks[1:]))
    _, counts = plan_take_in(project=project, plan=changed, source=rows.source("plan2.xml", b"two"))
    assert (counts.updated, counts.unchanged, version_current(project).number) == (1, 3, 2)


def test_a_tasks_facts_name_the_milestone_at_stake_and_the_last_day(project):
    build, training = (task_facts(project)[uid] for uid in (1, 3))
    assert (build.float_days, build.downstream, build.milestone.name, build.miss_on) == (
        0,
        2,
        "Go-live",
        date(2026, 11, 2),
    )
    assert (training.float_days, training.miss_on, training.critical) == (6, date(2026, 11, 10), False)


def test_an_impact_is_computed_and_nothing_is_written(project):
    impact = change_impact(project=project, payload=ChangePayload(2, delay_days=4))
    assert (impact.finish.working_days, impact.moved_tasks) == (4, 2)
    assert version_list(project).count() == 1


def test_committing_makes_the_dates_that_the_impact_announced(project):
    announced = change_impact(project=project, payload=ChangePayload(2, delay_days=4))
    change_commit(project=project, payload=ChangePayload(2, delay_days=4))
    assert version_current(project).finish == announced.finish.after
    assert _row(project, 4).finish == datetime(2026, 11, 17, 17)
    assert MilestoneForecast.objects.get(milestone="Go-live").forecast == date(2026, 11, 17)


def test_undo_brings_the_dates_back_and_keeps_every_version(project):
    proposal = change_commit(project=project, payload=ChangePayload(1, duration_days=8))
    proposal_undo(proposal=proposal)
    assert _row(project, 4).finish == datetime(2026, 11, 11, 17)
    assert [version.number for version in version_list(project)] == [3, 2, 1]


def test_undo_is_refused_when_the_plan_went_on(project):
    first = change_commit(project=project, payload=ChangePayload(1, duration_days=8))
    change_commit(project=project, payload=ChangePayload(3, duration_days=3))
    with pytest.raises(StateWrongError, match="undo the later change first"):
        proposal_undo(proposal=first)


def test_progress_is_a_change_too(project):
    change_commit(project=project, payload=ChangePayload(1, percent=40))
    assert _row(project, 1).percent_complete == 40
    assert _row(project, 1).finish == datetime(2026, 11, 6, 17)


def test_a_package_is_as_far_as_its_tasks_when_one_goes_on(project):
    row_indent(project=project, uid=2, by=1)
    row_indent(project=project, uid=3, by=1)
    change_commit(project=project, payload=ChangePayload(2, percent=50))
    assert _row(project, 1).percent_complete == 30, "half of three days, of five in all"
