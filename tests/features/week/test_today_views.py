"""Today over HTTP: rows, drawers, acts, undo; the open loops; what Ctrl-K finds."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from bywhen.followup.models import Ask
from bywhen.kernel.clock import FrozenClock, clock_set
from bywhen.kernel.findings import Finding, Severity
from bywhen.kernel.tables import PersonRow
from bywhen.kernel.worktime import WorkingTime
from bywhen.loops.models import Loop
from bywhen.loops.services import loop_open
from bywhen.record.models import Finding as StoredFinding
from bywhen.record.selectors.people import person_find
from bywhen.record.services.findings import findings_refresh
from bywhen.record.services.people import people_take_in
from bywhen.record.services.projects import project_people_set
from bywhen.record.services.proposals import proposal_make
from bywhen.record.services.sources import place_keep
from bywhen.registers.selectors.entries import entry_list
from bywhen.registers.services.change_acts import request_add, request_decide, request_implement
from bywhen.registers.services.changes import changes_follow
from bywhen.schedule.services.taking_in import plan_take_in
from bywhen.week.selectors.needs import need_list
from bywhen.week.services.acts import change_decide, steps_undo
from bywhen.week.services.noticing import findings_notice
from bywhen.week.services.taking_in import TakenIn
from bywhen.week.views.drawers.drawer import drawer
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
    project = rows.project()
    people = [PersonRow("row 2", "Ana Duarte", addresses=("ana@example.org",)), PersonRow("row 3", "Lea Roth")]
    people_take_in(rows=people, projects={}, default=project)
    project_people_set(project=project, sponsor=None, lead=person_find("Lea Roth"))
    project.refresh_from_db()
    return project


@pytest.fixture
def reader(client):
    client.force_login(get_user_model().objects.create_user("owner"))
    return client


def opened(project, title="Sign the terms", kind="blocker", owner="Ana Duarte", **known):
    quote = place_keep(source=rows.source(project=project), place=f"row {title}", text=title)
    loop, _ = loop_open(
        key=title, kind=kind, project=project, title=title, evidence=[quote], working_time=WorkingTime.standard(),
        owner=person_find(owner), opened_on=date(2026, 11, 2), due=known.pop("due", date(2026, 11, 13)), **known,
    )  # fmt: skip
    return loop


def act(reader, ref, name, **values):
    return reader.post(reverse("week:act", args=[ref, name]), values, headers=HTMX)


def test_page_says_why_it_is_empty_when_nothing_was_taken_in(reader):
    page = reader.get("/").content.decode()
    assert "Nothing needs you today" in page
    assert "No project has been taken in" in page


def test_stranger_is_led_to_the_entrance_when_not_logged_in(client):
    assert client.get("/").headers["Location"].startswith("/enter/")
    assert "Enter with your link" in client.get("/enter/").content.decode()


def test_first_row_is_chosen_with_its_drawer_when_the_page_opens(reader, project):
    loop = opened(project)
    page = reader.get("/").content.decode()
    assert f'id="row-loop-{loop.pk}"' in page
    assert "Draft an escalation to Lea Roth" in page
    assert page.count('aria-current="true" tabindex') == 0  # the script gives the focus, not the page


def test_row_goes_and_comes_back_when_escalated_and_undone(reader, project):
    loop = opened(project)
    before = (loop.next_check, loop.deferred_reason)
    answer = act(reader, f"loop:{loop.pk}", "escalate")
    assert "bywhen:flash" in answer.headers["HX-Trigger"]
    ask = Ask.objects.get(kind="escalation")
    assert (ask.person.name, ask.status) == ("Lea Roth", "draft")
    assert [need.kind for need in need_list(today=TODAY)] == ["asks"]
    reader.post(reverse("week:undo"), headers=HTMX)
    loop.refresh_from_db()
    ask.refresh_from_db()
    assert (loop.next_check, loop.deferred_reason, ask.status) == (*before, "discarded")
    assert [need.ref for need in need_list(today=TODAY)] == [f"loop:{loop.pk}"]


def test_waiting_needs_a_reason_and_a_day_ahead_when_put_off(reader, project):
    loop = opened(project)
    refused = act(reader, f"loop:{loop.pk}", "wait", reason="", until="2026-11-27")
    assert refused.status_code == 422
    assert "why it can wait" in refused.content.decode()
    assert act(reader, f"loop:{loop.pk}", "wait", reason="they are away", until="2026-11-20").status_code == 422
    act(reader, f"loop:{loop.pk}", "wait", reason="they are away", until="2026-11-27")
    loop.refresh_from_db()
    assert (loop.next_check, loop.deferred_reason) == (date(2026, 11, 27), "they are away")
    assert need_list(today=TODAY) == []
    assert [need.ref for need in need_list(today=date(2026, 11, 27))] == [f"loop:{loop.pk}"]


def test_text_of_a_file_stays_text_when_it_is_shown(reader, project):
    opened(project, title="<script>alert(1)</script> terms")
    assert "<script>alert" not in reader.get("/").content.decode()


def test_owner_is_given_when_nobody_had_it(reader, project):
    loop = opened(project, kind="action", owner="", due=None)
    found = [Finding("ownerless", Severity.ERROR, f"'{loop.title}' has no owner.", f"action {loop.pk}")]
    (finding,) = findings_refresh(project=project, scope="loops", found=found)
    assert (
        "Choose a person"
        in reader.get(reverse("week:need", args=[f"finding:{finding.pk}"]), headers=HTMX).content.decode()
    )
    act(reader, f"finding:{finding.pk}", "owner", owner="Ana Duarte")
    loop.refresh_from_db()
    assert loop.owner.name == "Ana Duarte"
    assert need_list(today=TODAY) == []
    reader.post(reverse("week:undo"), headers=HTMX)
    loop.refresh_from_db()
    assert loop.owner is None


def test_finding_is_left_until_its_text_changes_when_dismissed(reader, project):
    said = Finding("category", Severity.WARNING, "Travel: over", "Travel EUR")
    (finding,) = findings_refresh(project=project, scope="money", found=[said])
    assert act(reader, f"finding:{finding.pk}", "leave", reason=" ").status_code == 422
    act(reader, f"finding:{finding.pk}", "leave", reason="approved by mail")
    findings_refresh(project=project, scope="money", found=[said])
    assert need_list(today=TODAY) == []
    findings_refresh(
        project=project, scope="money", found=[Finding("category", Severity.WARNING, "Travel: more", "Travel EUR")]
    )
    assert [need.kind for need in need_list(today=TODAY)] == ["money"]
    assert StoredFinding.objects.get().dismissed_reason == ""


def test_question_to_the_lead_is_open_when_a_finding_is_asked_about(reader, project):
    (finding,) = findings_refresh(
        project=project, scope="money", found=[Finding("category", Severity.WARNING, "Travel: over", "Travel EUR")]
    )
    act(reader, f"finding:{finding.pk}", "question")
    loop = Loop.objects.get(kind="question")
    assert (loop.owner.name, loop.status) == ("Lea Roth", "open")
    reader.post(reverse("week:undo"), headers=HTMX)
    loop.refresh_from_db()
    assert loop.status == "cancelled"
    assert [need.kind for need in need_list(today=TODAY)] == ["money"]


def test_unknown_act_is_refused_in_a_sentence_when_posted(reader, project):
    loop = opened(project)
    answer = act(reader, f"loop:{loop.pk}", "explode")
    assert answer.status_code == 409
    assert 'role="alert"' in answer.content.decode()
    assert act(reader, "finding:999", "leave", reason="x").status_code == 409
    assert reader.get(reverse("week:act", args=[f"loop:{loop.pk}", "close"])).status_code == 405


@pytest.mark.parametrize("address", ["/", "/loops/"])
def test_page_asks_the_database_as_often_when_there_are_ten_times_the_rows(
    reader, project, address, django_assert_max_num_queries
):
    for number in range(3):
        opened(project, title=f"Blocker {number}", due=date(2026, 11, 30))
    reader.get(address)
    with django_assert_max_num_queries(200) as few:
        reader.get(address)
    for number in range(3, 30):
        opened(project, title=f"Blocker {number}", due=date(2026, 11, 30))
    with django_assert_max_num_queries(len(few)):
        reader.get(address)


def test_today_asks_the_database_as_often_when_there_are_ten_times_the_projects(reader, django_assert_max_num_queries):
    def milestones_in_the_strip():
        return reader.get("/?project=all").content.decode().count('class="ev m"')

    with clock_set(FrozenClock(date(2026, 11, 9))):
        planned(1)
        assert milestones_in_the_strip() == 1
        with django_assert_max_num_queries(60) as few:
            milestones_in_the_strip()
        planned(10)
        with django_assert_max_num_queries(len(few)):
            assert milestones_in_the_strip() == 11


def planned(projects: int) -> None:
    """Projects with a plan each, whose milestone is near."""
    for number in range(projects):
        own = rows.project(key=f"p{projects}-{number}", name=f"Project {projects}-{number}")
        plan_take_in(project=own, plan=rows.plan(), source=rows.source(data=own.key.encode(), project=own))


def test_loop_is_added_changed_closed_and_reopened_when_done_by_hand(reader, project):
    def post(name, *args, **values):
        return reader.post(reverse(f"week:{name}", args=args), values, headers=HTMX)

    fields = {"project": project.key, "kind": "action", "title": "Book the room"}
    assert post("loop_add", **fields, owner="").status_code == 422
    assert post("loop_add", **fields, owner="Ana Duarte", due="2026-11-27").status_code == 200
    loop = Loop.objects.get()
    post("loop_act", loop.pk, "owner", owner="Lea Roth")
    post("loop_act", loop.pk, "dates", due="2026-12-01", next_check="")
    post("loop_act", loop.pk, "comment", note="The small one will do.")
    loop.refresh_from_db()
    assert (loop.owner.name, loop.due) == ("Lea Roth", date(2026, 12, 1))
    assert "The small one will do." in reader.get(reverse("week:loop", args=[loop.pk]), headers=HTMX).content.decode()
    post("loop_act", loop.pk, "close", note="booked")
    loop.refresh_from_db()
    assert loop.status == "closed"
    reader.post(reverse("week:undo"), {"back": "loops"})
    loop.refresh_from_db()
    assert loop.status == "open"


def test_breach_of_the_invariant_is_shown_when_a_loop_has_no_owner(reader, project):
    opened(project, kind="action", owner="")
    page = reader.get("/loops/?show=broken").content.decode()
    assert "1 open loop without an owner or a next check" in page
    assert "No owner" in page


def test_chosen_project_is_kept_until_all_are_asked_for(reader, project):
    opened(project)
    reader.get(f"/?project={project.key}")
    assert f'<span class="clip">{project.name}</span>' in reader.get("/loops/").content.decode()
    reader.get("/?project=all")
    assert '<span class="clip">All projects</span>' in reader.get("/loops/").content.decode()


def test_every_word_counts_when_something_is_looked_for(reader, project):
    opened(project)
    found = reader.get(reverse("week:find"), {"q": "terms sign"}).json()["places"]
    assert [place["title"] for place in found] == ["Sign the terms"]
    assert reader.get(reverse("week:find"), {"q": "s"}).json()["places"] == []


def test_change_request_is_named_and_follows_when_the_change_is_rejected_and_undone(project):
    quote = place_keep(source=rows.source(project=project), place="cue 44", text="we push the API two weeks")
    moved = {"name": "Meridian", "from": "2027-02-01", "to": "2027-02-15", "working_days": 10}
    proposal, _ = proposal_make(
        key="push", kind="change", project=project, text=quote.text, payload={"task_uid": 109, "delay_days": 10},
        evidence=[quote], consequence={"text": "5 tasks move.", "finish": moved, "milestones": []},
    )  # fmt: skip
    changes_follow(proposals=[proposal], working_time=WorkingTime.standard())
    need = next(each for each in need_list(today=TODAY) if each.kind == "change")
    control = (
        "CR-1 is in the change register, assessed: the project ends 10 working days later; a request is needed from"
    )
    assert [said for said in drawer(need)["computed"] if said.startswith(control)]
    done = change_decide(proposal=proposal, accept=False, reason="too late")
    assert [entry.progress for entry in entry_list(kind="change", status="")] == ["rejected"]
    steps_undo(done.undo)
    assert [entry.progress for entry in entry_list(kind="change")] == ["assessed"]


def test_request_raised_by_hand_and_doubts_about_control_stand_on_today_until_decided(project, reader):
    done = request_add(project=project, title="A second printer")
    entry = entry_list(kind="change").get(pk=done.entry)
    (need,) = [each for each in need_list(today=TODAY) if each.kind == "request"]
    assert (need.ref, need.title) == (f"request:{entry.pk}", "Decide CR-1: A second printer")
    assert "Open CR-1" in reader.get(reverse("week:need", args=[need.ref]), headers=HTMX).content.decode()
    request_implement(entry=entry, note="bought")
    findings_notice(projects=[project], today=TODAY, taken=TakenIn())
    (need,) = [each for each in need_list(today=TODAY) if each.kind == "control"]
    assert (need.rag, "was implemented on 23 Nov without an approval" in need.title) == ("red", True)
    assert "Open CR-1" in reader.get(reverse("week:need", args=[need.ref]), headers=HTMX).content.decode()
    request_decide(entry=entry_list(kind="change", status="").get(pk=entry.pk), decision="approved")
    assert [each for each in need_list(today=TODAY) if each.kind in {"control", "request"}] == []
