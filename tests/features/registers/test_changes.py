from dataclasses import replace
from datetime import date

import pytest

from bywhen.kernel.clock import FrozenClock, clock_set
from bywhen.kernel.tables import RaidRow
from bywhen.kernel.worktime import WorkingTime
from bywhen.platform.models import AuditEntry
from bywhen.record.services.proposals import (
    proposal_make,
    proposal_reject,
    proposal_supersede,
    proposal_undo,
)
from bywhen.record.services.sources import place_keep
from bywhen.registers.models import Entry
from bywhen.registers.selectors.entries import change_references, entry_list, reference_next
from bywhen.registers.services.changes import changes_follow
from bywhen.registers.services.taking_in import entries_take_in
from bywhen.reports.selectors.record_facts import change_facts
from factories import rows

pytestmark = pytest.mark.django_db
WORK = WorkingTime.standard()
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _frozen():
    with clock_set(FrozenClock(TODAY)):
        yield


@pytest.fixture
def project():
    return rows.project()


def proposed(project, *, end=10, milestone=10, key="k1", days=10):
    quote = place_keep(source=rows.source("sync.vtt", b"sync"), place="cue 44", text="we push the API two weeks")
    consequence = {
        "text": "5 tasks move.",
        "task": "API delivery",
        "finish": {"name": "Meridian", "working_days": end},
        "milestones": [{"name": "Go-live", "working_days": milestone}],
        "float_used": [{"uid": 3, "before_days": 4.0, "after_days": 1.0}],
    }
    proposal, _ = proposal_make(
        key=key, kind="change", project=project, text="Push the API delivery two weeks",
        payload={"task_uid": 109, "delay_days": days}, evidence=[quote], consequence=consequence,
    )  # fmt: skip
    return proposal


def follow(*proposals):
    return changes_follow(proposals=proposals, working_time=WORK)


def test_a_change_that_moves_the_end_is_raised_once_with_effect_and_evidence(project):
    proposal = proposed(project)
    assert follow(proposal) == 1
    entry = Entry.objects.get()
    assert (entry.reference, entry.progress, entry.status) == ("CR-1", "assessed", "open")
    assert entry.title == "'API delivery' 10 working days later"
    assert entry.effect == {
        "finish_days": 10,
        "milestones": [{"name": "Go-live", "working_days": 10}],
        "float_days": 3.0,
    }
    assert [quote.place for quote in entry.quotes.all()] == ["cue 44"]
    before = AuditEntry.objects.count()
    assert follow(proposal) == 0
    assert AuditEntry.objects.count() == before


def test_a_small_change_or_one_that_could_not_be_computed_is_not_raised(project):
    small, unknown = proposed(project, end=0, milestone=4), proposed(project, key="k2")
    unknown.consequence = {"text": "The task is done already."}
    assert follow(small, unknown) == 0
    assert not Entry.objects.exists()


def test_each_change_has_a_reference_of_its_own_after_those_of_the_sheet(project):
    sheet = RaidRow("row 2", "change", "Add a Polish site", id="CR-7", status="raised")
    entries_take_in(
        rows=[sheet], project_of={}, default=project, source=rows.source("raid.xlsx", b"raid"), working_time=WORK
    )
    first, second = proposed(project), proposed(project, key="k2", end=0, milestone=-5)
    assert follow(first, second) == 2
    assert change_references([first, second]) == {first.pk: "CR-8", second.pk: "CR-9"}
    assert reference_next(project, "CR") == "CR-10"


def test_a_rejected_change_is_rejected_and_comes_back_when_that_is_undone(project):
    proposal = proposed(project)
    follow(proposal)
    assert follow(proposal_reject(proposal=proposal, reason="too late")) == 0  # it has followed at once
    entry = Entry.objects.get()
    assert (entry.status, entry.progress, entry.closed_on) == ("closed", "rejected", TODAY)
    proposal_undo(proposal=proposal)
    entry.refresh_from_db()
    assert (entry.status, entry.progress, entry.closed_on) == ("open", "assessed", None)


@pytest.mark.parametrize("status", ["accepted", "edited"])
def test_an_accepted_change_is_implemented_even_when_it_was_not_raised_before(project, status):
    proposal = proposed(project)
    proposal.status = status
    assert (follow(proposal), follow(proposal)) == (1, 0)
    entry = Entry.objects.get()
    assert (entry.status, entry.progress) == ("closed", "implemented")


def test_a_change_rejected_or_replaced_before_it_was_raised_leaves_no_request(project):
    first, second = proposed(project), proposed(project, key="k2")
    assert follow(proposal_reject(proposal=first)) == 0
    assert follow(proposal_supersede(proposal=second, by=first)) == 0


def test_a_replaced_change_is_cancelled(project):
    old, new = proposed(project), proposed(project, key="k2")
    follow(old)
    proposal_supersede(proposal=old, by=new)
    assert [entry.status for entry in entry_list(status="")] == ["cancelled"]
    old.refresh_from_db()
    assert follow(old) == 0


def test_a_new_effect_is_taken_over(project):
    proposal = proposed(project)
    follow(proposal)
    proposal.consequence = {**proposal.consequence, "finish": {"name": "Meridian", "working_days": 12}}
    assert (follow(proposal), follow(proposal)) == (1, 0)
    assert Entry.objects.get().effect["finish_days"] == 12


def test_the_report_tells_each_change_once_with_its_reference(project):
    proposal = proposed(project)
    sheet = RaidRow("row 2", "change", "Add a Polish site", id="CR-7", status="approved", impact=4, probability=4)
    place = {"project_of": {}, "default": project, "source": rows.source("raid.xlsx", b"raid"), "working_time": WORK}
    assert entries_take_in(rows=[sheet, replace(sheet, place="row 3", id="CR-6", status="rejected",
                                                last_movement=date(2026, 10, 1))], **place).created == 2  # fmt: skip
    assert entries_take_in(rows=[sheet], **place).unchanged == 1
    follow(proposal)
    facts = change_facts(project, date(2026, 11, 16))
    assert [(fact.title, fact.status, fact.effect_days) for fact in facts] == [
        ("CR-8: Push the API delivery two weeks", "proposed", 10),
        ("CR-7: Add a Polish site", "approved", None),
    ]
    assert entry_list(kind="change").filter(proposal=None).get().score is None
