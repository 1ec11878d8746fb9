"""Edits of the plan's rows, each undone again, and earlier versions brought back."""

from datetime import date, datetime

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bywhen.kernel.clock import FrozenClock, clock_set
from bywhen.schedule.selectors import schedule_current, task_list, undo_next, version_current, version_list
from bywhen.schedule.services.changes import plan_undo
from bywhen.schedule.services.taking_in import plan_take_in
from bywhen.schedule.services.versions import version_restore
from factories import rows

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _frozen():
    with clock_set(FrozenClock(date(2026, 11, 4))):
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


def _names(project):
    return [row.name for row in task_list(project)]


def _into(project, uid):
    return [each for each in schedule_current(project).plan.links if each.successor_uid == uid]


def _edit(client, **sent):
    return client.post("/plan/erp/edit/", sent, follow=True).content.decode()


def test_a_task_is_put_in_below_and_begins_today_when_the_plan_is_under_way(client, project):
    page = _edit(client, act="insert", uid="2", text="Dress rehearsal\t2d")
    assert "&#x27;Dress rehearsal&#x27; put in. Nothing else moves. Undo with u." in page
    new = task_list(project).get(name="Dress rehearsal")
    assert _names(project).index("Dress rehearsal") == _names(project).index(task_list(project).get(uid=2).name) + 1
    assert (new.start, new.finish) == (datetime(2026, 11, 4, 8), datetime(2026, 11, 5, 17))


def test_rows_of_a_spreadsheet_are_put_in_when_they_are_pasted(client, project):
    _edit(client, act="insert", uid="4", text="Task\tDuration\r\nLoad\t2 Wochen\r\n\r\nSigned off\t0\r\nCheck")
    added = list(task_list(project))[-3:]
    assert [(row.name, row.duration_minutes / 480, row.milestone) for row in added] == [
        ("Load", 10, False),
        ("Signed off", 0, True),
        ("Check", 1, False),
    ]


def test_nothing_is_put_in_when_a_pasted_length_cannot_be_read(client, project):
    answer = client.post("/plan/erp/edit/", {"act": "insert", "uid": "4", "text": "Load\tsoon"})
    assert answer.status_code == 422
    assert "&#x27;soon&#x27; is not a working time of 0 to 3650 days" in answer.content.decode()
    assert version_list(project).count() == 1


def test_every_edit_is_taken_back_in_turn_when_undo_is_pressed(client, project):
    before = _names(project)
    finish = version_current(project).finish
    _edit(client, act="rename", uid="1", text="Build it all")
    _edit(client, act="delete", uid="2")
    assert "Build it all" in _names(project)
    assert len(_names(project)) == 3
    said = [plan_undo(project=project)[0], plan_undo(project=project)[0]]
    assert said[0].endswith("taken out")
    assert said[1].endswith("is now 'Build it all'")
    assert (_names(project), version_current(project).finish) == (before, finish)
    assert undo_next(project) == ""


def test_a_committed_change_and_an_edit_are_undone_in_their_order(client, project):
    client.post("/plan/erp/commit/", {"uid": "1", "duration_days": "8"})
    _edit(client, act="rename", uid="1", text="Other")
    assert plan_undo(project=project)[0].endswith("is now 'Other'")
    assert plan_undo(project=project)[1] == 1
    assert undo_next(project) == ""


def test_a_row_moves_in_and_its_package_appears(client, project):
    _edit(client, act="indent", uid="2")
    assert task_list(project).get(uid=1).summary
    assert task_list(project).get(uid=2).level == 2
    refused = client.post("/plan/erp/edit/", {"act": "outdent", "uid": "1"})
    assert "outermost level" in refused.content.decode()


def test_a_task_waits_for_what_is_typed(client, project):
    _edit(client, act="link", uid="3", text="1SS+2d; security test")
    links = [(each.predecessor_uid, each.type.value, each.lag.minutes) for each in _into(project, 3)]
    assert links == [(1, "SS", 960.0), (2, "FS", 0.0)]
    assert 'value="1SS+2d; 2FS"' in client.get("/plan/erp/why/3/").content.decode()
    _edit(client, act="link", uid="3", text="-")
    assert _into(project, 3) == []


def test_a_circle_is_named_and_nothing_is_kept_when_links_close_one(client, project):
    answer = client.post("/plan/erp/edit/", {"act": "link", "uid": "1", "text": task_list(project).get(uid=4).name})
    assert "circle" in answer.content.decode()
    assert version_list(project).count() == 1


def test_an_edit_is_refused_when_the_plan_went_on_since(client, project):
    _edit(client, act="rename", uid="1", text="Newer", version="1")
    answer = client.post("/plan/erp/edit/", {"act": "delete", "uid": "2", "version": "1"})
    assert "The plan has changed since you looked" in answer.content.decode()


def test_an_earlier_version_is_brought_back_and_that_can_be_undone(client, project):
    _edit(client, act="delete", uid="2")
    _edit(client, act="rename", uid="1", text="Newer")
    version_restore(project=project, number=1)
    assert len(_names(project)) == 4
    assert undo_next(project) == "version 1 brought back"
    plan_undo(project=project)
    assert (len(_names(project)), task_list(project).get(uid=1).name) == (3, "Newer")


def test_a_plan_with_ten_times_the_rows_needs_no_more_queries_when_one_is_renamed(client, project):
    counts = []
    for size in (20, 200):
        _edit(client, act="insert", uid="4", text="\n".join(f"Task {number}\t1" for number in range(size)))
        with CaptureQueriesContext(connection) as queries:
            client.post("/plan/erp/edit/", {"act": "rename", "uid": "1", "text": f"Build {size}"})
        counts.append(len(queries))
    assert counts[0] == counts[1]
