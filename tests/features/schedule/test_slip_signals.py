"""Slips over the stored versions of a plan and over the milestone trend."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from django.contrib.auth import get_user_model

from bywhen.kernel.clock import FrozenClock, clock_set
from bywhen.kernel.durations import Duration
from bywhen.kernel.tables import ForecastRow
from bywhen.schedule.engine.signals import SlipKind
from bywhen.schedule.selectors import slip_signals
from bywhen.schedule.services.forecasts import forecasts_take_in
from bywhen.schedule.services.taking_in import plan_take_in
from bywhen.week.selectors.needs import need_list
from bywhen.week.services.noticing import findings_notice
from bywhen.week.services.taking_in import TakenIn
from factories import rows

pytestmark = pytest.mark.django_db
TODAY = date(2026, 12, 1)


@pytest.fixture(autouse=True)
def _frozen():
    with clock_set(FrozenClock(TODAY)):
        yield


@pytest.fixture
def client(client):
    client.force_login(get_user_model().objects.create(username="owner", first_name="You"))
    return client


def _take_in(project, day, **changed):
    """The plan as a file of that status date, task 1 changed."""
    plan = rows.plan()
    plan = replace(
        plan,
        status_date=datetime.combine(day, datetime.min.time()),
        tasks=(replace(plan.tasks[0], **changed), *plan.tasks[1:]),
    )
    plan_take_in(project=project, plan=plan, source=rows.source(f"{day}.xml", str(day).encode()))


@pytest.fixture
def project():
    project = rows.project()
    for week, days in enumerate((5, 8, 11, 15)):
        _take_in(project, date(2026, 11, 2 + 7 * week), duration=Duration(days * 480.0))
    return project


def test_a_task_is_a_signal_when_every_file_ends_it_later(project):
    found = {each.name: each for each in slip_signals(project, TODAY)}
    assert set(found) == {"Build the API"}, "what only follows has no reason of its own"
    build = found["Build the API"]
    assert (build.uid, build.slipped_days) == (1, 10)
    assert [reason.kind for reason in build.reasons] == [SlipKind.REPEATED, SlipKind.BASELINE_DRIFT]
    assert [each.on for each in build.observations] == [date(2026, 11, 2 + 7 * week) for week in range(4)]
    assert len(build.evidence) == 4


def test_what_is_finished_is_no_signal(project):
    _take_in(
        project,
        date(2026, 11, 30),
        duration=Duration(15 * 480.0),
        percent_complete=100.0,
        actual_start=datetime(2026, 11, 2, 8),
        actual_finish=datetime(2026, 11, 20, 17),
    )
    assert "Build the API" not in {each.name for each in slip_signals(project, TODAY)}


def test_only_what_was_known_by_the_day_counts(project):
    assert slip_signals(project, date(2026, 11, 10)) == []


def test_a_milestone_is_told_once_when_trend_and_versions_both_know_it(project):
    moved = [
        ForecastRow(
            project="", milestone="Go-live", on=date(2026, 9, day), forecast=date(2026, 10, day), place=f"row {day}"
        )
        for day in (1, 8, 15, 22, 29)
    ]
    forecasts_take_in(rows=moved, project_of={}, default=project, source=rows.source("trend.csv", b"trend"))
    live = [each for each in slip_signals(project, TODAY) if each.name == "Go-live"]
    assert len(live) == 1
    assert "put off" in live[0].reasons[0].text
    assert {ref.place for ref in live[0].evidence} >= {"row 1", "task 4"}


def test_the_page_tells_reasons_and_rows(client, project):
    page = client.get("/plan/erp/signals/").content.decode()
    assert "1 slip of ERP core points to something larger." in page
    assert "was put off 3 times" in page
    assert "23 Nov" in page


def test_the_page_says_what_it_would_need_when_there_is_one_version(client):
    project = rows.project("crm", "CRM")
    plan_take_in(project=project, plan=rows.plan(), source=rows.source(project=project))
    page = client.get("/plan/crm/signals/").content.decode()
    assert "No slip of CRM points to something larger." in page
    assert "three states" in page


def test_a_signal_stands_among_what_needs_a_person_when_the_week_has_turned(client, project):
    findings_notice(projects=[project], today=TODAY, taken=TakenIn())
    (need,) = [each for each in need_list(today=TODAY, project=project) if each.kind == "re-forecast"]
    assert need.title == "'Build the API' was put off 3 times; ends 10 working days after its baseline"
    drawer = client.get(f"/needs/{need.ref}/", headers={"hx-request": "true"}).content.decode()
    assert 'href="/plan/erp/signals/"' in drawer
