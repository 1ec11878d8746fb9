import json
import re
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bywhen.intake.formats.msproject import MicrosoftProjectXml
from bywhen.intake.mspdi.writing import write_mspdi
from bywhen.intake.port import ReadOptions
from bywhen.intake.reading import blob_from, read_blob
from bywhen.kernel.clock import FrozenClock, clock_set
from bywhen.kernel.plan import Link, Task
from bywhen.record.models import Intake, Person, Project, Proposal, Source
from bywhen.schedule.selectors import task_list, version_current, version_list
from bywhen.schedule.services.taking_in import plan_take_in
from factories import rows

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


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


def _text(response):
    return response.content.decode()


def _data(response):
    found = re.search(r'<script id="plan-data" type="application/json">(.*?)</script>', _text(response), re.DOTALL)
    return json.loads(found[1])


def test_the_plan_leads_to_the_project_that_was_chosen_last(client, project):
    other = rows.project("crm", "CRM")
    assert client.get("/plan/").headers["Location"] == "/plan/crm/"
    client.get(f"/plan/{project.key}/")
    assert client.get("/plan/").headers["Location"] == "/plan/erp/"
    assert other.pk != project.pk


def test_without_any_project_the_plan_leads_to_taking_one_in(client):
    assert client.get("/plan/").headers["Location"] == "/plan/take-in/"
    assert "There is no plan yet." in _text(client.get("/plan/take-in/"))


def test_the_headline_says_when_it_ends_against_the_baseline_and_what_is_critical(client, project):
    assert (
        "Go-live is forecast for 11 Nov 2026, without a baseline to compare with; 3 of 4 open tasks are critical."
        in _text(client.get("/plan/erp/"))
    )


def test_the_headline_names_the_milestone_that_is_furthest_behind(client, project):
    plan = rows.plan()
    baselined = replace(
        rows.plan().tasks[0].baselines[0], start=datetime(2026, 11, 4, 8), finish=datetime(2026, 11, 4, 17)
    )
    tasks = (
        *plan.tasks,
        Task(5, "Contract signed", milestone=True, duration=plan.tasks[3].duration, baselines=(baselined,)),
    )
    changed = replace(plan, tasks=tasks, links=(*plan.links, Link(1, 5)))
    plan_take_in(project=project, plan=changed, source=rows.source("two.xml", b"two"))
    assert "Contract signed is 2 working days late" in _text(client.get("/plan/erp/"))


def test_the_island_gets_rows_links_drivers_and_days_off(client, project):
    data = _data(client.get("/plan/erp/"))
    test = next(row for row in data["rows"] if row["uid"] == 2)
    assert (test["start"], test["finish"], test["critical"], test["driver"]) == ("2026-11-09", "2026-11-11", True, 1)
    assert test["links"] == [{"from": 1, "type": "FS", "lag": 0}]
    assert ["2026-11-07", "2026-11-08"] in data["nonworking"]


def test_my_tasks_are_those_of_the_person_linked_to_the_account(client, project):
    assert 'data-show="mine"' not in _text(client.get("/plan/erp/"))
    Person.objects.create(name="Ana Duarte", user=get_user_model().objects.get(username="owner"))
    response = client.get("/plan/erp/")
    assert _data(response)["me"] == "Ana Duarte"
    assert 'data-show="mine"' in _text(response)


def test_the_table_twin_says_the_same_in_words(client, project):
    text = _text(client.get("/plan/erp/?view=table"))
    assert "Security test" in text
    assert "1FS" in text
    assert "11 Nov 2026" in text


def test_names_that_came_in_are_never_markup(client, project):
    plan = rows.plan()
    hostile = replace(plan, tasks=(replace(plan.tasks[0], name="</script><b>x"), *plan.tasks[1:]))
    plan_take_in(project=project, plan=hostile, source=rows.source("two.xml", b"two"))
    for address in (
        "/plan/erp/",
        "/plan/erp/?view=table",
        "/plan/erp/print/",
        "/plan/erp/why/1/",
        "/plan/erp/versions/",
    ):
        assert "<b>x" not in _text(client.get(address)), address


@pytest.mark.parametrize("address", ["/plan/erp/", "/plan/erp/?view=table", "/plan/erp/print/", "/plan/erp/versions/"])
def test_more_tasks_need_no_more_queries(client, project, address):
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    plan = rows.plan()
    tasks = [replace(plan.tasks[0], uid=uid, id=uid, name=f"Task {uid}", baselines=()) for uid in range(10, 60)]
    plan_take_in(
        project=project, plan=replace(plan, tasks=(*plan.tasks, *tasks)), source=rows.source("two.xml", b"two")
    )
    client.get(address)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    extra = 2 if "versions" in address else 0  # two versions are compared now, where there was one
    assert len(many) <= len(few) + extra


def test_an_impact_is_shown_and_nothing_is_written(client, project):
    response = client.post("/plan/erp/impact/", {"uid": "2", "start": "2026-11-13"}, **HTMX)
    text = _text(response)
    assert "Go-live moves 4 working days" in text
    assert '{"uid": 2, "start": "2026-11-13", "finish": "2026-11-17"}' in text
    assert version_list(project).count() == 1


def test_progress_has_an_impact_too(client, project):
    text = _text(client.post("/plan/erp/impact/", {"uid": "1", "percent": "40"}, **HTMX))
    assert "Nothing else moves." in text


def test_an_impact_names_the_people_whose_tasks_move(client, project):
    assert "Ana Duarte" in _text(client.post("/plan/erp/impact/", {"uid": "1", "delay_days": "2"}, **HTMX))


def test_a_change_that_cannot_be_is_refused_in_one_sentence(client, project):
    client.post("/plan/erp/commit/", {"uid": "1", "percent": "100"})
    response = client.post("/plan/erp/impact/", {"uid": "1", "delay_days": "2"}, **HTMX)
    assert response.status_code == 422
    assert "it is complete" in _text(response)


def test_committing_makes_a_version_and_comes_back_to_the_task(client, project):
    response = client.post("/plan/erp/commit/", {"uid": "2", "start": "2026-11-13", "version": "1"})
    assert response.headers["Location"] == "/plan/erp/?task=2"
    assert task_list(project).get(uid=4).finish == datetime(2026, 11, 17, 17)
    assert "Undo with u." in _text(client.get("/plan/erp/"))


def test_committing_is_refused_when_the_plan_went_on(client, project):
    client.post("/plan/erp/commit/", {"uid": "3", "delay_days": "1", "version": "1"})
    response = client.post("/plan/erp/commit/", {"uid": "2", "delay_days": "1", "version": "1"})
    assert response.status_code == 409
    assert version_current(project).number == 2


def test_proposing_leaves_the_plan_as_it_is(client, project):
    client.post("/plan/erp/propose/", {"uid": "2", "delay_days": "4", "version": "1"})
    proposal = Proposal.objects.get()
    assert (proposal.status, proposal.consequence["finish"]["working_days"]) == ("proposed", 4)
    assert version_list(project).count() == 1


def test_a_change_rejected_before_can_be_committed_after_all(client, project):
    client.post("/plan/erp/propose/", {"uid": "2", "delay_days": "4"})
    Proposal.objects.update(status="rejected")
    client.post("/plan/erp/commit/", {"uid": "2", "delay_days": "4"})
    assert version_current(project).number == 2


def test_undo_goes_back_change_by_change(client, project):
    for uid in ("2", "3"):
        client.post("/plan/erp/commit/", {"uid": uid, "delay_days": "4"})
    client.post("/plan/erp/undo/")
    assert (task_list(project).get(uid=3).start, task_list(project).get(uid=2).start.day) == (
        datetime(2026, 11, 2, 8),
        13,
    )
    client.post("/plan/erp/undo/")
    assert task_list(project).get(uid=2).start == datetime(2026, 11, 9, 8)
    assert client.post("/plan/erp/undo/").status_code == 409
    assert set(Proposal.objects.values_list("status", flat=True)) == {"rejected"}


def test_the_drawer_says_why_a_task_stands_where_it_does(client, project):
    text = _text(client.get("/plan/erp/why/2/", **HTMX))
    assert "Build the API" in text
    assert "Driving path" in text
    assert "It has no float: each working day of delay moves Go-live" in text
    assert "<html" not in text


def test_the_drawer_is_a_page_of_its_own_without_script(client, project):
    assert "<html" in _text(client.get("/plan/erp/why/3/"))
    assert client.get("/plan/erp/why/99/").status_code == 404


def test_versions_tell_who_changed_what_and_why(client, project):
    client.post("/plan/erp/commit/", {"uid": "2", "duration_days": "5", "reason": "the vendor asked for it"})
    text = _text(client.get("/plan/erp/versions/"))
    assert "has 2 versions" in text
    assert "the vendor asked for it" in text
    assert "3 d becomes 5 d" in text
    assert "The end moves 2 working days later" in text


def test_unknown_versions_are_not_found(client, project):
    assert client.get("/plan/erp/versions/?from=1&to=9").status_code == 404


def test_a_plan_is_looked_at_before_it_is_taken_in(client):
    project = rows.project()
    response = client.post(
        "/plan/erp/take-in/preview/", {"file": SimpleUploadedFile("plan.xml", write_mspdi(rows.plan()))}, **HTMX
    )
    assert "4 tasks, 3 links" in _text(response)
    assert not Source.objects.exists()
    assert version_current(project) is None


def test_the_columns_of_a_sheet_are_shown_and_can_be_corrected(client):
    rows.project()
    sheet = b"Arbeitspaket;Titel;Anfang;Ende\nA;Entwurf;02.11.2026;06.11.2026\n"
    sent = {
        "file": SimpleUploadedFile("plan.csv", sheet),
        "column.name": "Titel",
        "column.start": "Anfang",
        "column.finish": "Ende",
    }
    text = _text(client.post("/plan/erp/take-in/preview/", sent, **HTMX))
    assert 'name="column.name" value="Titel"' in text
    assert "Entwurf" in text


def test_a_file_that_is_no_plan_is_refused_in_place(client):
    rows.project()
    response = client.post(
        "/plan/erp/take-in/preview/", {"file": SimpleUploadedFile("notes.txt", b"Hello there.")}, **HTMX
    )
    assert response.status_code == 422
    assert "notes.txt" in _text(response)
    assert "Nothing was taken in." in _text(response)


def test_sending_no_file_is_refused_in_place(client):
    rows.project()
    assert "no file was chosen" in _text(client.post("/plan/erp/take-in/commit/"))


def test_taking_in_keeps_the_file_and_its_line_in_the_ledger(client):
    project = rows.project()
    client.post("/plan/erp/take-in/commit/", {"file": SimpleUploadedFile("plan.xml", write_mspdi(rows.plan()))})
    assert task_list(project).count() == 4
    assert (Source.objects.get().name, Intake.objects.get().created) == ("plan.xml", 4)


def test_the_same_file_again_changes_nothing_and_says_so(client):
    project = rows.project()
    for _ in range(2):
        client.post("/plan/erp/take-in/commit/", {"file": SimpleUploadedFile("plan.xml", write_mspdi(rows.plan()))})
    assert version_list(project).count() == 1
    assert "nothing was changed" in _text(client.get("/plan/erp/"))


def test_a_first_plan_makes_its_project(client):
    client.post("/plan/take-in/commit/", {"file": SimpleUploadedFile("plan.xml", write_mspdi(rows.plan()))})
    assert Project.objects.get().name == "Roll-out"
    assert client.get("/plan/").headers["Location"] == "/plan/roll-out/"


def test_a_download_reads_back_as_the_same_plan(client, project):
    client.post("/plan/erp/commit/", {"uid": "2", "delay_days": "4"})
    response = client.get("/plan/erp/download/mspdi/")
    assert response.headers["Content-Disposition"] == 'attachment; filename="erp-plan-v2.xml"'
    (reading,) = MicrosoftProjectXml().read(blob_from("plan.xml", response.content), ReadOptions())
    assert reading.payload.task(4).finish == datetime(2026, 11, 17, 17)
    assert [task.name for task in reading.payload.tasks] == [task.name for task in rows.plan().tasks]


def test_an_export_for_primavera_reads_back_with_the_same_dates(client, project):
    taken = client.get("/plan/erp/download/mspdi/").content, client.get("/plan/erp/download/xer/").content
    ours, theirs = (
        {task.name: (task.start, task.finish) for task in read_blob(blob_from("plan", each))[0].payload.tasks}
        for each in taken
    )
    assert ours
    assert theirs == ours


def test_tables_are_downloaded_with_their_rows(client, project):
    assert "Security test" in client.get("/plan/erp/download/csv/").content.decode("utf-8-sig")
    assert client.get("/plan/erp/download/xlsx/").content.startswith(b"PK")
    assert client.get("/plan/erp/download/docx/").status_code == 404


def test_the_sheets_hold_every_row_on_every_paper(client, project):
    for paper in ("a4", "a0"):
        text = _text(client.get(f"/plan/erp/print/?paper={paper}&scale=week"))
        assert text.count(">Security test<") >= 1
    assert client.get("/plan/erp/print/?paper=letter").status_code == 422


def test_only_critical_tasks_are_printed_when_asked(client, project):
    text = _text(client.get("/plan/erp/print/?show=critical"))
    assert ">Security test<" in text
    assert ">Training<" not in text


def test_a_project_without_a_plan_leads_to_taking_one_in(client):
    rows.project()
    assert client.get("/plan/erp/").headers["Location"] == "/plan/erp/take-in/"
    assert client.get("/plan/nothing/").status_code == 404


@pytest.mark.parametrize("page", ["", "versions/", "print/"])
def test_another_project_is_shown_on_the_same_page_when_it_is_switched_to(client, project, page):
    rows.project("crm", "CRM")
    assert f'href="/plan/crm/{page}?project=crm"' in _text(client.get(f"/plan/erp/{page}"))


def test_the_list_of_meetings_is_shown_when_a_page_below_it_is_left_for_another_project(client, project):
    rows.project("crm", "CRM")
    assert 'href="/meetings/?project=crm"' in _text(client.get("/meetings/take-in/"))


def test_the_impact_names_the_money_when_the_plan_holds_rates(client, project):
    longer = {"uid": "1", "duration_days": "8"}
    assert "<h3>Money</h3>" not in _text(client.post("/plan/erp/impact/", longer))
    plan = rows.plan()
    rated = replace(plan, currency="EUR", resources=(replace(plan.resources[0], standard_rate=Decimal(60)),))
    plan_take_in(project=project, plan=rated, source=rows.source("two.xml", b"two"))
    assert "1,440 EUR more by the plan&#x27;s rates, the hours of Ana Duarte." in _text(
        client.post("/plan/erp/impact/", longer)
    )
