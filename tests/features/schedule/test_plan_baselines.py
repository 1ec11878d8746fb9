"""Baselines of a plan: set, named, compared, shown as the ghost, taken away and brought back."""

from dataclasses import replace
from datetime import date

import pytest
from django.contrib.auth import get_user_model

from bywhen.kernel.clock import FrozenClock, clock_set
from bywhen.kernel.errors import StateWrongError
from bywhen.kernel.plan import Plan
from bywhen.record.engine.payloads import ChangePayload
from bywhen.schedule.engine.baselines import baselines_of
from bywhen.schedule.selectors import schedule_current, task_list, version_list
from bywhen.schedule.services.baselines import baseline_delete, baseline_rename, baseline_set
from bywhen.schedule.services.changes import change_commit, plan_undo
from bywhen.schedule.services.taking_in import plan_take_in
from factories import rows

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _frozen():
    with clock_set(FrozenClock(date(2026, 11, 2))):
        yield


@pytest.fixture
def client(client):
    client.force_login(get_user_model().objects.create(username="owner", first_name="You"))
    return client


@pytest.fixture
def project():
    project = rows.project()
    plan_take_in(project=project, plan=rows.plan(), source=rows.source(project=project))
    return project


def _known(project) -> list[tuple[int, str, int]]:
    return [(each.number, each.name, each.tasks) for each in baselines_of(_plan(project))]


def _plan(project) -> Plan:
    return schedule_current(project).plan


def test_the_first_free_number_is_taken_when_none_is_named(project):
    said = baseline_set(project=project, name="With the board")
    assert said == "Baseline 1 'With the board' set from today's dates."
    assert _known(project) == [(0, "Baseline", 1), (1, "With the board", 4)]
    assert baselines_of(_plan(project))[1].set_on == date(2026, 11, 2)


def test_number_zero_is_what_status_is_held_against_when_it_is_set_anew(project):
    baseline_set(project=project, number=0)
    assert task_list(project).get(uid=4).baseline_finish == task_list(project).get(uid=4).finish


def test_setting_naming_and_taking_away_are_undone_in_turn(project):
    baseline_set(project=project, name="A")
    baseline_rename(project=project, number=1, name="B")
    baseline_delete(project=project, number=1)
    assert _known(project) == [(0, "Baseline", 1)]
    plan_undo(project=project)
    assert _known(project)[1][1] == "B"
    plan_undo(project=project)
    assert _known(project)[1][1] == "A"
    plan_undo(project=project)
    assert _known(project) == [(0, "Baseline", 1)]


def test_what_is_not_there_is_refused(project):
    with pytest.raises(StateWrongError, match="has no baseline 7"):
        baseline_delete(project=project, number=7)
    with pytest.raises(StateWrongError, match="0 to 10"):
        baseline_set(project=project, number=11)
    with pytest.raises(StateWrongError, match="needs a name"):
        baseline_rename(project=project, number=0, name=" ")


def test_baselines_stay_when_a_file_comes_in_that_does_not_know_them(project):
    baseline_set(project=project, name="Agreed here")
    later = replace(rows.plan(), tasks=(replace(rows.plan().tasks[0], percent_complete=50.0), *rows.plan().tasks[1:]))
    plan_take_in(project=project, plan=later, source=rows.source("two.xml", b"two"))
    assert _known(project) == [(0, "Baseline", 1), (1, "Agreed here", 4)]
    before = version_list(project).count()
    plan_take_in(project=project, plan=later, source=rows.source("two.xml", b"two"))
    assert version_list(project).count() == before


def test_the_page_says_what_moved_since(client, project):
    baseline_set(project=project, name="Kick-off")
    change_commit(project=project, payload=ChangePayload(2, delay_days=4))
    page = client.get("/plan/erp/baselines/?from=1").content.decode()
    assert "the plan ends 4 working days after it" in page
    assert "2 tasks end later, most of all Security test." in page
    assert "From Kick-off to the plan now" in page
    both = client.get("/plan/erp/baselines/?from=0&to=1").content.decode()
    assert "From Baseline to Kick-off" in both


def test_the_gantt_shows_the_ghost_of_the_baseline_that_is_asked_for(client, project):
    baseline_set(project=project, name="Kick-off")
    assert client.get("/plan/erp/").context["plan_data"]["rows"][3]["baseline_finish"] is None
    shown = client.get("/plan/erp/?baseline=1")
    assert shown.context["plan_data"]["rows"][3]["baseline_finish"] == "2026-11-11"
    assert '<a href="?baseline=0">Baseline</a> · <b>Kick-off</b>' in shown.content.decode()


def test_baselines_are_set_and_taken_away_on_the_page(client, project):
    client.post("/plan/erp/baselines/set/", {"name": "Kick-off", "number": "3"})
    assert _known(project)[1][:2] == (3, "Kick-off")
    client.post("/plan/erp/baselines/rename/", {"name": "<b>Board</b>", "number": "3"})
    assert "&lt;b&gt;Board&lt;/b&gt;" in client.get("/plan/erp/baselines/").content.decode()
    client.post("/plan/erp/baselines/delete/", {"number": "3"})
    assert _known(project) == [(0, "Baseline", 1)]
    back = client.post("/plan/erp/undo/", {"back": "baselines"})
    assert back.headers["Location"] == "/plan/erp/baselines/"
    assert len(_known(project)) == 2


def test_a_version_is_brought_back_on_the_page(client, project):
    baseline_set(project=project)
    client.post("/plan/erp/restore/", {"number": "1"})
    assert _known(project) == [(0, "Baseline", 1)]
    assert "version 1 brought back" in client.get("/plan/erp/versions/").content.decode()
