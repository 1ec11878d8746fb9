"""Blockers by harm: what each threatens, by when, what its delay costs, who moves next."""

from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bywhen.kernel.clock import FrozenClock, clock_set
from bywhen.kernel.worktime import WorkingTime
from bywhen.loops.services import loop_open
from bywhen.schedule.services.taking_in import plan_take_in
from bywhen.week.selectors.blocked import blocked_list
from factories import rows

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 4)


@pytest.fixture(autouse=True)
def _frozen():
    with clock_set(FrozenClock(TODAY)):
        yield


@pytest.fixture
def client(client):
    client.force_login(get_user_model().objects.create(username="owner", first_name="You"))
    return client


@pytest.fixture
def project():
    """Build (to 6 Nov) -> Security test -> Go-live 11 Nov; Training (2 to 3 Nov) with six days of float."""
    project = rows.project()
    plan_take_in(project=project, plan=rows.plan(), source=rows.source(project=project))
    return project


def _blocked(project, title, **fields):
    loop, _ = loop_open(
        key=title,
        kind="blocker",
        project=project,
        title=title,
        evidence=[],
        working_time=WorkingTime.standard(),
        opened_on=fields.pop("opened_on", date(2026, 11, 3)),
        **fields,
    )
    return loop


def test_blockers_stand_in_the_order_of_their_harm(project):
    _blocked(project, "Chairs")
    _blocked(project, "Room", task_uid=3, due=date(2026, 11, 6))
    _blocked(project, "Terms", task_uid=2, due=date(2026, 11, 13), waiting_on="Legal")
    terms, room, chairs = blocked_list(today=TODAY, project=project)
    assert [each.loop.title for each in (terms, room, chairs)] == ["Terms", "Room", "Chairs"]
    assert (terms.critical_for, terms.cost.delay_days, terms.cost.finish_days) == (("Go-live",), 4, 4)
    assert [(one.name, one.spare_days, one.miss_on) for one in room.threatened] == [("Go-live", 6, date(2026, 11, 10))]
    assert (room.cost.delay_days, room.cost.finish_days) == (4, 0)
    assert (chairs.task_uid, chairs.cost, chairs.threatened) == (None, None, ())


def test_what_was_promised_for_a_day_that_has_passed_is_cleared_today_at_the_earliest(project):
    _blocked(project, "Room", task_uid=3, due=TODAY - timedelta(days=2))
    assert blocked_list(today=TODAY, project=project)[0].cleared_on == TODAY


def test_the_page_says_who_must_move_and_what_it_costs(client, project):
    _blocked(project, "Terms <b>", task_uid=2, due=date(2026, 11, 13), waiting_on="Legal")
    page = client.get("/blockers/?project=erp").content.decode()
    assert "1 blocker open; 1 on the critical path of a milestone." in page
    assert "Terms &lt;b&gt;" in page
    assert "On the critical path of Go-live" in page
    assert "Cleared on 13 Nov: Go-live 4 working days; the end 4 working days." in page
    assert "<b>Legal</b>" in page
    assert "Escalate now" in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("show=critical", ["Terms"]),
        ("show=unplaced", ["Chairs"]),
        ("whose=Legal", ["Terms"]),
        ("show=soon", ["Terms", "Room"]),
    ],
)
def test_rows_narrow_when_a_filter_is_chosen(client, project, query, shown):
    _blocked(project, "Chairs")
    _blocked(project, "Room", task_uid=3)
    _blocked(project, "Terms", task_uid=2, waiting_on="Legal")
    assert [row["title"] for row in client.get(f"/blockers/?{query}").context["rows"]] == shown


def test_an_empty_page_says_what_would_fill_it(client, project):
    page = client.get("/blockers/").content.decode()
    assert "Nothing is blocked." in page
    assert "A blocker comes from the RAID log" in page


def test_more_blockers_need_no_more_queries(client, project):
    counts = []
    for rounds in (1, 10):
        for number in range(rounds):
            _blocked(project, f"Blocker {rounds}.{number}", task_uid=2)
        client.get("/blockers/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/blockers/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
