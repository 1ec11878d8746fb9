"""A change request from raising to verifying: computed, voted on, decided, proposed at the plan, implemented."""

from datetime import date
from decimal import Decimal

import pytest

from bywhen.kernel.clock import FrozenClock, clock_set
from bywhen.kernel.errors import InputRefusedError, StateWrongError
from bywhen.kernel.tables import PersonRow, RaidRow
from bywhen.kernel.worktime import WorkingTime
from bywhen.platform.audit import audit_verify
from bywhen.platform.models import AuditEntry
from bywhen.record.engine.payloads import ChangePayload
from bywhen.record.selectors.people import person_find
from bywhen.record.selectors.proposals import proposal_get, proposal_list
from bywhen.record.services.people import people_take_in
from bywhen.record.services.proposals import proposal_accept, proposal_reject, proposal_undo
from bywhen.registers.models import Approval, ChangeRequest, Entry
from bywhen.registers.selectors.changes import (
    change_find,
    change_findings,
    change_get,
    change_reasons,
    change_state,
    changes_awaiting,
)
from bywhen.registers.selectors.control import board_list, control_get, thresholds_of, thresholds_words
from bywhen.registers.selectors.facts import effect_stale, request_facts
from bywhen.registers.selectors.history import entry_history
from bywhen.registers.services.change_acts import (
    approver_ask,
    approver_drop,
    control_keep,
    request_add,
    request_compute,
    request_decide,
    request_edit,
    request_implement,
    request_verify,
    vote_give,
)
from bywhen.registers.services.changes import changes_follow
from bywhen.registers.services.taking_in import entries_take_in
from bywhen.registers.services.undoing import steps_undo
from bywhen.schedule.selectors import version_current
from bywhen.schedule.services.changes import change_commit, change_propose
from bywhen.schedule.services.taking_in import plan_take_in
from factories import rows

pytestmark = pytest.mark.django_db
WORK = WorkingTime.standard()
TODAY = date(2026, 11, 23)
DELAY = {"task_uid": 1, "delay_days": 3}


@pytest.fixture(autouse=True)
def _frozen():
    with clock_set(FrozenClock(TODAY)):
        yield


@pytest.fixture
def project():
    made = rows.project()
    names = ("Ana Duarte", "Lea Roth", "Tom Becker")
    people_take_in(rows=[PersonRow(f"row {n}", name) for n, name in enumerate(names)], projects={}, default=made)
    plan_take_in(project=made, plan=rows.plan(), source=rows.source(project=made))
    return made


def raised(project, title="Build later", **content):
    done = request_add(project=project, title=title, **{"payload": DELAY, **content})
    return change_get(done.entry)


def board(project, *names, **limits):
    return control_keep(project=project, board=[person_find(name) for name in names], **limits)


def vote(entry, name, choice, note=""):
    return vote_give(approval=entry.approvals.get(approver__name=name), vote=choice, note=note)


def test_effect_and_reasons_are_computed_when_a_request_is_raised_by_hand(project):
    entry = raised(project, cost=Decimal("12000.50"), currency="EUR", effort_days=Decimal("4.25"))
    assert (entry.reference, change_state(entry), entry.effect["finish_days"]) == ("CR-1", "assessed", 3)
    assert change_reasons(entry)[0] == "the project ends 3 working days later; a request is needed from 1 on"
    facts = request_facts(entry)
    assert (facts.cost.amount, facts.effort_days, facts.plan_version) == (Decimal("12000.50"), "4.25", 1)
    assert facts.asked == "Build the API: 3 working days later"
    assert ("Go-live", 3) in [(move.name, move.days) for move in facts.moves]


def test_plan_stays_as_it_is_until_the_approved_change_is_accepted_there(project):
    entry = raised(project)
    request_decide(entry=entry, decision="approved", by="CAB", evidence="Minutes of 19 November, item 3")
    entry = change_get(entry.pk)
    assert (change_state(entry), version_current(project).number) == ("approved", 1)
    proposal = proposal_get(entry.proposal_id)
    assert (proposal.status, proposal.text) == ("proposed", "CR-1: Build later")
    assert "CAB" in bytes(proposal.quotes.get().source.content).decode()
    proposal_accept(proposal=proposal)
    entry = change_get(entry.pk)
    assert (change_state(entry), entry.status, version_current(project).number) == ("implemented", "closed", 2)
    assert change_findings(project, TODAY) == []
    assert audit_verify()


def test_acceptance_undone_at_the_plan_leaves_the_request_approved(project):
    entry = raised(project)
    request_decide(entry=entry, decision="approved")
    proposal = proposal_get(change_get(entry.pk).proposal_id)
    proposal_undo(proposal=proposal_accept(proposal=proposal))
    entry = change_get(entry.pk)
    assert (change_state(entry), entry.status, entry.request.implemented_on) == ("approved", "open", None)


def test_proposal_turned_down_at_the_plan_leaves_the_boards_approval(project):
    entry = raised(project)
    request_decide(entry=entry, decision="approved")
    proposal_reject(proposal=proposal_get(change_get(entry.pk).proposal_id), reason="not this week")
    entry = change_get(entry.pk)
    assert (change_state(entry), entry.status, entry.request.decision) == ("approved", "open", "approved")


def test_rejection_says_why_and_takes_the_proposal_out_of_the_queue(project):
    proposal = change_propose(project=project, payload=_payload())
    changes_follow(proposals=[proposal], working_time=WORK)
    entry = change_get(Entry.objects.get(kind="change").pk)
    with pytest.raises(InputRefusedError, match="gives no reason"):
        request_decide(entry=entry, decision="rejected")
    done = request_decide(entry=entry, decision="rejected", reason="The vendor cannot.")
    proposal.refresh_from_db()
    assert (proposal.status, proposal.decision_reason) == ("rejected", "CR-1 is rejected: The vendor cannot.")
    assert change_state(change_get(entry.pk)) == "rejected"
    steps_undo(done.undo)
    proposal.refresh_from_db()
    entry = change_get(entry.pk)
    assert (proposal.status, change_state(entry), entry.request.decision) == ("proposed", "assessed", "")


def test_approval_taken_back_takes_its_proposal_back_and_can_be_given_again(project):
    entry = raised(project)
    done = request_decide(entry=entry, decision="approved")
    first = change_get(entry.pk).proposal_id
    steps_undo(done.undo)
    entry = change_get(entry.pk)
    assert (entry.proposal, change_state(entry), proposal_get(first).status) == (None, "assessed", "rejected")
    request_decide(entry=entry, decision="approved")
    assert (change_get(entry.pk).proposal_id, proposal_get(first).status) == (first, "proposed")


def test_change_made_at_the_plan_without_approval_is_a_finding_until_it_is_approved(project):
    proposal = change_commit(project=project, payload=_payload())
    assert changes_follow(proposals=[proposal], working_time=WORK) == 1
    entry = change_get(Entry.objects.get(kind="change").pk)
    (finding,) = change_findings(project, TODAY)
    assert finding.rule == "change-unapproved"
    assert "without an approval" in finding.text
    request_decide(entry=entry, decision="approved", by="CAB", reason="Decided afterwards.")
    assert change_findings(project, TODAY) == []
    assert change_state(change_get(entry.pk)) == "implemented"


def test_board_is_asked_once_by_a_day_when_a_request_is_raised(project):
    board(project, "Ana Duarte", "Lea Roth", decide_within=5)
    entry = raised(project)
    assert [(each.approver.name, each.due) for each in entry.approvals.all()] == [
        ("Ana Duarte", date(2026, 11, 30)),
        ("Lea Roth", date(2026, 11, 30)),
    ]
    changes_follow(proposals=proposal_list(project=project), working_time=WORK)
    assert Approval.objects.count() == 2


def test_approval_needs_the_votes_or_a_reason(project):
    board(project, "Ana Duarte", "Lea Roth", "Tom Becker")
    entry = raised(project)
    with pytest.raises(StateWrongError, match="3 missing; 2 votes to the quorum"):
        request_decide(entry=entry, decision="approved")
    vote(entry, "Ana Duarte", "for")
    vote(entry, "Lea Roth", "for")
    request_decide(entry=change_get(entry.pk), decision="approved")
    assert change_state(change_get(entry.pk)) == "approved"


def test_vote_against_says_why_and_none_is_taken_after_the_decision(project):
    board(project, "Ana Duarte", "Lea Roth")
    entry = raised(project)
    with pytest.raises(InputRefusedError, match="against gives no reason"):
        vote(entry, "Ana Duarte", "against")
    done = vote(entry, "Ana Duarte", "against", "Too late in the year.")
    steps_undo(done.undo)
    assert entry.approvals.get(approver__name="Ana Duarte").vote == ""
    request_decide(entry=change_get(entry.pk), decision="rejected", reason="no")
    with pytest.raises(StateWrongError, match="is decided"):
        vote(change_get(entry.pk), "Lea Roth", "for")


def test_late_vote_is_a_finding_naming_who(project):
    board(project, "Ana Duarte", decide_within=0)
    entry = raised(project)
    assert change_findings(project, TODAY) == []
    (finding,) = change_findings(project, date(2026, 11, 24))
    assert (finding.rule, "the vote of Ana Duarte was due 23 Nov" in finding.text) == ("vote-late", True)
    vote(entry, "Ana Duarte", "for")
    assert change_findings(project, date(2026, 11, 24)) == []


def test_approver_is_asked_dropped_and_asked_again_by_undo(project):
    entry = raised(project)
    approver_ask(entry=entry, person=person_find("Tom Becker"))
    approval = Approval.objects.get()
    assert approval.due == date(2026, 11, 30)
    done = approver_drop(approval=approval)
    assert not Approval.objects.exists()
    steps_undo(done.undo)
    assert Approval.objects.get().approver.name == "Tom Becker"


def test_effect_is_stale_after_the_plan_changes_and_fresh_when_computed_anew(project):
    entry = raised(project)
    assert not effect_stale(entry)
    change_commit(project=project, payload=_payload(task_uid=3, delay_days=20.0))
    entry = change_get(entry.pk)
    assert effect_stale(entry)
    done = request_compute(entry=entry)
    entry = change_get(entry.pk)
    assert (effect_stale(entry), entry.effect["finish_days"]) == (False, 0)
    assert request_compute(entry=entry).undo == ()
    steps_undo(done.undo)
    assert effect_stale(change_get(entry.pk))


def test_a_second_look_at_the_same_proposals_writes_nothing(project):
    proposal = change_propose(project=project, payload=_payload())
    changes_follow(proposals=[proposal], working_time=WORK)
    before = AuditEntry.objects.count()
    assert changes_follow(proposals=proposal_list(project=project), working_time=WORK) == 0
    assert AuditEntry.objects.count() == before


def test_limits_decide_whether_a_proposal_becomes_a_request(project):
    board(project, milestone_days=None, finish_days=10, scope=True)
    small = change_propose(project=project, payload=_payload())
    assert changes_follow(proposals=[small], working_time=WORK) == 0
    drop = change_propose(project=project, payload=_payload(delay_days=None, remove=True))
    assert changes_follow(proposals=[drop], working_time=WORK) == 1
    entry = change_get(Entry.objects.get(kind="change").pk)
    assert change_reasons(entry) == ("it drops a task; every change of the scope needs a request",)
    board(project, finish_days=3)
    assert changes_follow(proposals=[small, drop], working_time=WORK) == 1


def test_limits_are_kept_shown_refused_and_undone(project):
    assert thresholds_words(thresholds_of(project)) == [
        "the project's end moves 1 working day or more",
        "a milestone moves 5 working days or more",
    ]
    first = board(project, "Lea Roth", milestone_days=2, cost=Decimal(5000), currency="EUR")
    assert str(thresholds_of(project).cost) == "5,000.00 EUR"
    with pytest.raises(InputRefusedError, match="no limit"):
        board(project, milestone_days=0)
    second = board(project, "Ana Duarte", milestone_days=None)
    steps_undo(second.undo)
    assert ([person.name for person in board_list(project)], control_get(project).milestone_days) == (["Lea Roth"], 2)
    steps_undo(first.undo)
    assert (board_list(project), control_get(project).pk) == ([], None)
    assert board(project).said == "Nothing differs."


def test_a_request_that_the_plan_does_not_show_is_implemented_and_verified_by_hand(project):
    entry = raised(project, payload={}, cost=Decimal(10), currency="eur".upper())
    request_decide(entry=entry, decision="approved")
    entry = change_get(entry.pk)
    assert entry.proposal is None
    done = request_implement(entry=entry, note="Ordered.")
    entry = change_get(entry.pk)
    assert (change_state(entry), entry.status) == ("implemented", "closed")
    with pytest.raises(InputRefusedError, match="nothing is said"):
        request_verify(entry=entry)
    verified = request_verify(entry=entry, note="Stands in the server room.")
    steps_undo(verified.undo)
    assert ChangeRequest.objects.get().verified_on is None
    steps_undo(done.undo)
    assert change_state(change_get(entry.pk)) == "approved"


def test_a_change_that_waits_at_the_plan_is_not_implemented_by_hand(project):
    entry = raised(project)
    request_decide(entry=entry, decision="approved")
    with pytest.raises(StateWrongError, match="waits at the plan"):
        request_implement(entry=change_get(entry.pk))


def test_content_is_edited_until_it_is_decided_and_every_change_is_told(project):
    entry = raised(project)
    done = request_edit(entry=entry, title="Build a week later", payload={"task_uid": 1, "delay_days": 5}, risk="None.")
    entry = change_get(entry.pk)
    assert (entry.title, entry.effect["finish_days"]) == ("Build a week later", 5)
    said = [what for each in entry_history(entry) for what in each.what]
    assert "Title: Build later to Build a week later" in said
    steps_undo(done.undo)
    entry = change_get(entry.pk)
    assert (entry.title, entry.effect["finish_days"], entry.request.risk) == ("Build later", 3, "")
    request_decide(entry=entry, decision="approved")
    with pytest.raises(StateWrongError, match="is decided"):
        request_edit(entry=change_get(entry.pk), risk="Some.")


def test_undo_is_refused_when_somebody_has_changed_it_since(project):
    entry = raised(project)
    done = request_edit(entry=entry, risk="One.")
    request_edit(entry=change_get(entry.pk), risk="Two.")
    with pytest.raises(StateWrongError, match="Somebody has changed it since"):
        steps_undo(done.undo)
    assert change_get(entry.pk).request.risk == "Two."


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"cost": Decimal(5)}, "no currency"),
        ({"effort_days": Decimal(-1)}, "below zero"),
        ({"payload": {"task_uid": 1}}, "exactly one change"),
        ({"colour": "red"}, "no field"),
    ],
)
def test_content_that_cannot_be_used_is_refused_and_nothing_is_raised(project, content, said):
    with pytest.raises(InputRefusedError, match=said):
        request_add(project=project, title="Something", **content)
    assert not Entry.objects.exists()


def test_request_is_found_by_reference_in_any_case_or_by_number(project):
    entry = raised(project)
    assert change_find(None, "cr-1") == entry == change_find(project, str(entry.pk))
    assert change_find(None, "CR-9") is None


def test_requests_awaiting_the_board_are_those_not_decided_largest_first(project):
    small, large = raised(project), raised(project, title="Build much later", payload={"task_uid": 1, "delay_days": 9})
    done = raised(project, title="Third", payload={})
    request_decide(entry=done, decision="rejected", reason="no")
    assert changes_awaiting(project) == [large, small]


def sheet(project, status, data, **known):
    row = RaidRow("row 2", "change", "Add a Polish site", id="CR-7", status=status, **known)
    source = rows.source("raid.xlsx", data)
    return entries_take_in(rows=[row], project_of={}, default=project, source=source, working_time=WORK)


def test_a_sheets_own_decision_is_kept_and_implementing_it_later_is_no_finding(project):
    sheet(project, "Submitted", b"1", raised_by="Tom Becker")
    entry = change_get(Entry.objects.get().pk)
    assert entry.request.requested_by.name == "Tom Becker"
    sheet(project, "Approved", b"2", last_movement=date(2026, 11, 20))
    entry = change_get(entry.pk)
    assert (change_state(entry), entry.request.decision, entry.request.decision_evidence) == (
        "approved", "approved", "row 2",
    )  # fmt: skip
    sheet(project, "Implemented", b"3", last_movement=date(2026, 11, 22))
    assert change_state(change_get(entry.pk)) == "implemented"
    assert change_findings(project, TODAY) == []
    assert sheet(project, "Implemented", b"3", last_movement=date(2026, 11, 22)).unchanged == 1


def test_a_sheet_that_implements_what_nobody_approved_is_a_finding(project):
    sheet(project, "Submitted", b"1")
    sheet(project, "Done", b"2", last_movement=date(2026, 11, 22))
    assert [finding.rule for finding in change_findings(project, TODAY)] == ["change-unapproved"]


def test_a_sheet_seen_only_after_it_was_done_says_nothing_of_its_approval(project):
    sheet(project, "Implemented", b"1", last_movement=date(2026, 11, 2))
    assert change_findings(project, TODAY) == []


def test_a_sheet_never_moves_a_request_backwards(project):
    sheet(project, "Submitted", b"1")
    entry = change_get(Entry.objects.get().pk)
    request_decide(entry=entry, decision="approved", by="CAB")
    sheet(project, "In review", b"2", last_movement=date(2026, 11, 22))
    assert change_state(change_get(entry.pk)) == "approved"


def _payload(**other):
    return ChangePayload.from_document({"task_uid": 1, "delay_days": 3, **other})
