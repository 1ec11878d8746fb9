"""The registers over HTTP: lists, matrix, drawer, forms, undo, exports; a change request's page; the limits."""

import csv
import io
import json
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bywhen.intake.port import ReadOptions
from bywhen.intake.reading import blob_from, read_blob
from bywhen.kernel.clock import FrozenClock, clock_set
from bywhen.kernel.tables import PersonRow
from bywhen.record.engine.payloads import ChangePayload
from bywhen.record.services.people import people_take_in
from bywhen.registers.models import Approval, BoardMember, Entry
from bywhen.registers.selectors.catalogue import register_list
from bywhen.registers.selectors.changes import change_get, change_state
from bywhen.registers.selectors.entries import entry_list
from bywhen.registers.services.acts import entry_add, entry_end
from bywhen.registers.services.change_acts import request_add
from bywhen.schedule.services.changes import change_commit
from bywhen.schedule.services.taking_in import plan_take_in
from factories import rows

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _frozen():
    with clock_set(FrozenClock(TODAY)):
        yield


@pytest.fixture
def project():
    made = rows.project()
    people_take_in(rows=[PersonRow("row 2", "Ana Duarte"), PersonRow("row 3", "Lea Roth")], projects={}, default=made)
    plan_take_in(project=made, plan=rows.plan(), source=rows.source(project=made))
    return made


@pytest.fixture
def reader(client):
    client.force_login(get_user_model().objects.create_user("owner", first_name="Nora", last_name="Lind"))
    return client


def added(project, title="The bank is late", kind="risk", **fields):
    return Entry.objects.get(pk=entry_add(project=project, kind=kind, title=title, **fields).entry)


def requested(project, **content):
    payload = {"payload": {"task_uid": 1, "delay_days": 3}}
    return change_get(request_add(project=project, title="Build later", **{**payload, **content}).entry)


@pytest.mark.parametrize("kind", [register.KIND for register in register_list()])
def test_every_register_has_a_page_that_says_why_it_is_empty(reader, kind):
    page = reader.get(reverse("registers:list", args=[kind])).content.decode()
    assert "by hand" in page
    assert 'class="empty"' in page


def test_unknown_registers_entries_and_exports_are_not_found(reader, project):
    addresses = [
        reverse("registers:list", args=["worry"]),
        reverse("registers:entry", args=[99]),
        reverse("registers:export", args=["risk", "exe"]),
    ]
    assert [reader.get(address).status_code for address in addresses] == [404, 404, 404]


def test_list_shows_what_is_asked_for(reader, project):
    added(project, "Bank late", probability=4, impact=5)
    added(project, "Line weak", probability=2, impact=2, tags="network")
    entry_end(entry=added(project, "Gone"))
    address = reverse("registers:list", args=["risk"])

    def titles(**asked):
        return [row["title"] for row in reader.get(address, asked).context["rows"]]

    assert titles() == ["Bank late", "Line weak"]
    assert titles(show="closed") == ["Gone"]
    assert titles(q="weak network") == ["Line weak"]
    assert titles(cell="4-5") == ["Bank late"]
    assert titles(show="ownerless", owner="Ana Duarte") == []
    assert titles(show="nonsense") == ["Bank late", "Line weak"]


def test_matrix_counts_each_cell_and_names_its_band(reader, project):
    added(project, "Bank late", probability=4, impact=5)
    added(project, "Unjudged")
    matrix = reader.get(reverse("registers:list", args=["risk"])).context["matrix"]
    cell = matrix["rows"][1]["cells"][4]
    assert (cell["count"], cell["band"], cell["said"]) == (1, "extreme", "1 risk, probability 4, impact 5, extreme")
    assert matrix["unscored"] == 1
    assert reader.get(reverse("registers:list", args=["issue"])).context["matrix"] is None


def test_entry_is_added_edited_reviewed_and_taken_back_in_place(reader, project):
    answer = reader.post(
        reverse("registers:add", args=["risk"]),
        {"project": "erp", "title": "Bank late", "owner": "Ana Duarte", "probability": "4", "impact": "4"},
        headers=HTMX,
    )
    assert json.loads(answer["HX-Trigger"])["bywhen:flash"] == {"text": "R-1 is in the register.", "undo": True}
    entry = Entry.objects.get()
    assert (entry.score, entry.owner.name) == (16, "Ana Duarte")
    reader.post(reverse("registers:act", args=[entry.pk, "edit"]), {"impact": "5", "review_on": ""}, headers=HTMX)
    entry.refresh_from_db()
    assert (entry.score, entry.title) == (20, "Bank late")
    assert reader.post(reverse("registers:undo")).status_code == 302
    entry.refresh_from_db()
    assert entry.score == 16
    assert reader.post(reverse("registers:undo")).status_code == 409
    reader.post(reverse("registers:act", args=[entry.pk, "review"]))
    entry.refresh_from_db()
    assert entry.reviewed_on == TODAY


def test_refusals_name_the_field_and_keep_the_register_as_it_was(reader, project):
    address = reverse("registers:add", args=["risk"])
    for sent, said in (
        ({"project": "erp", "title": ""}, "field title"),
        ({"project": "nothing", "title": "x"}, "field project"),
        ({"project": "erp", "title": "x", "owner": "Nobody Known"}, "field owner"),
        ({"project": "erp", "title": "x", "impact": "9"}, "field impact"),
    ):
        answer = reader.post(address, sent, headers=HTMX)
        assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert not Entry.objects.exists()
    entry = added(project)
    assert reader.post(reverse("registers:act", args=[entry.pk, "explode"])).status_code == 409


def test_words_of_a_sheet_stay_words_on_every_page(reader, project):
    entry = added(project, "<script>alert(1)</script>", tags="<b>", description="{{ 1|add:1 }}")
    for address in (reverse("registers:list", args=["risk"]), reverse("registers:entry", args=[entry.pk])):
        page = reader.get(address).content.decode()
        assert "<script>alert(1)" not in page
        assert "&lt;script&gt;" in page


def test_drawer_is_a_fragment_for_htmx_and_a_page_without_it(reader, project):
    address = reverse("registers:entry", args=[added(project).pk])
    assert "<html" not in reader.get(address, headers=HTMX).content.decode()
    assert "<html" in reader.get(address).content.decode()


def test_exported_sheet_has_no_formula_and_reads_back_as_a_raid_log(reader, project):
    added(project, "=cmd|'/c calc'!A0", probability=3, impact=4, response="+1", owner=None)
    address = reverse("registers:export", args=["risk", "csv"])
    content = reader.get(address).content
    (row,) = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    assert (row["Title"], row["Response"], row["Rating"]) == ("'=cmd|'/c calc'!A0", "'+1", "high")
    excel = reader.get(reverse("registers:export", args=["risk", "xlsx"])).content
    (reading,) = read_blob(blob_from("risks.xlsx", excel), ReadOptions(today=TODAY))
    (back,) = reading.payload
    assert (back.kind, back.id, back.title, back.probability, back.impact) == (
        "risk", "R-1", "=cmd|'/c calc'!A0", 3, 4,
    )  # fmt: skip


@pytest.mark.parametrize("kind", ["risk", "change"])
def test_list_asks_the_database_as_often_for_ten_times_the_rows(reader, project, kind, django_assert_max_num_queries):
    def more(start, count):
        for number in range(start, start + count):
            if kind == "change":
                request_add(project=project, title=f"Change {number}", payload={"task_uid": 1, "delay_days": 3})
            else:
                added(project, f"Risk {number}", probability=3, impact=3)

    more(0, 3)
    address = reverse("registers:list", args=[kind])
    reader.get(address)
    with CaptureQueriesContext(connection) as few:
        reader.get(address)
    more(3, 27)
    with django_assert_max_num_queries(len(few) + 2):
        reader.get(address)


def test_request_is_raised_voted_on_and_approved_on_its_page(reader, project):
    answer = reader.post(
        reverse("registers:add", args=["change"]),
        {"project": "erp", "title": "Build later", "task": "1: Build the API", "move": "delay_days", "amount": "3",
         "cost": "1200.50", "currency": "eur", "requested_by": "Lea Roth"},
    )  # fmt: skip
    entry = change_get(Entry.objects.get().pk)
    assert answer["Location"] == reverse("registers:entry", args=[entry.pk])
    page = reader.get(answer["Location"]).content.decode()
    for said in ("CR-1: Build later", "Build the API: 3 working days later", "1,200.5 EUR", "by Lea Roth"):
        assert said in page
    reader.post(reverse("registers:act", args=[entry.pk, "ask"]), {"person": "Ana Duarte"})
    refused = reader.post(reverse("registers:act", args=[entry.pk, "approve"]), {"by": "CAB"})
    assert refused.status_code == 409
    assert "The votes do not carry" in refused.content.decode()
    assert 'value="CAB"' in refused.content.decode()
    reader.post(reverse("registers:vote", args=[Approval.objects.get().pk, "cast"]), {"vote": "for"})
    reader.post(reverse("registers:act", args=[entry.pk, "approve"]), {"by": "CAB", "evidence": "Minutes, item 3"})
    assert change_state(change_get(entry.pk)) == "approved"
    page = reader.get(answer["Location"]).content.decode()
    assert "It waits at the plan as the proposal" in page
    assert "Minutes, item 3" in page
    reader.post(reverse("registers:undo"))
    assert change_state(change_get(entry.pk)) == "assessed"


@pytest.mark.parametrize(
    "sent",
    [
        {"move": "delay_days", "amount": "3"},
        {"move": "delay_days", "task": "1: Build"},
        {"move": "finish", "task": "1"},
        {"move": "fly", "task": "1"},
        {"move": "remove", "task": "99"},
        {"cost": "a lot"},
    ],
)
def test_request_with_an_unclear_change_is_refused_or_says_so(reader, project, sent):
    answer = reader.post(reverse("registers:add", args=["change"]), {"project": "erp", "title": "x", **sent})
    if answer.status_code == 302:
        assert "99" in reader.get(answer["Location"]).content.decode()
    else:
        assert answer.status_code == 422
        assert not Entry.objects.exists()


def test_board_and_list_tell_where_each_request_stands(reader, project):
    requested(project)
    context = reader.get(reverse("registers:changes")).context
    assert [(column["title"], column["count"]) for column in context["board"]] == [
        ("Raised", 0), ("Assessed", 1), ("Approved", 0), ("Rejected", 0), ("Implemented", 0),
    ]  # fmt: skip
    assert context["headline"] == "1 change request waits for a decision"
    assert context["rows"][0]["effect"] == "end +3 d"


def test_stale_effect_is_told_and_computed_anew(reader, project):
    entry = requested(project)
    change_commit(project=project, payload=ChangePayload(3, delay_days=1.0))
    address = reverse("registers:entry", args=[entry.pk])
    assert "Computed against version 1 of the plan; it is now version 2." in reader.get(address).content.decode()
    reader.post(reverse("registers:act", args=[entry.pk, "compute"]))
    assert "it is now version" not in reader.get(address).content.decode()


def test_limits_are_set_on_their_page_and_judge_what_waits(reader, project):
    address = reverse("registers:control")
    assert "the project&#x27;s end moves 1 working day or more" in reader.get(address).content.decode()
    kept = reader.post(
        address,
        {"project": "erp", "finish_days": "10", "milestone_days": "", "cost": "500", "currency": "EUR", "quorum": "0",
         "decide_within": "3", "board": ["Ana Duarte", "Lea Roth"]},
    )  # fmt: skip
    assert kept.status_code == 302
    assert BoardMember.objects.count() == 2
    page = reader.get(address).content.decode()
    assert "it costs 500.00 EUR or more" in page
    refused = reader.post(address, {"project": "erp", "finish_days": "0", "quorum": "0", "decide_within": "3"})
    assert refused.status_code == 422
    assert "field finish_days" in refused.content.decode()


@pytest.mark.parametrize("suffix", ["docx", "html", "md"])
def test_form_of_a_request_downloads_with_its_reference(reader, project, suffix):
    answer = reader.get(reverse("reports:change_file", args=[requested(project).pk, suffix]))
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="erp-CR-1.{suffix}"'
    assert reader.get(reverse("reports:change_file", args=[999, suffix])).status_code == 404


def test_entries_that_were_opened_by_mistake_are_never_listed(reader, project):
    entry = added(project)
    entry_end(entry=entry)
    Entry.objects.filter(pk=entry.pk).update(status="cancelled")
    for show in ("open", "closed"):
        assert reader.get(reverse("registers:list", args=["risk"]), {"show": show}).context["rows"] == []
    assert entry_list(status="cancelled").count() == 1
