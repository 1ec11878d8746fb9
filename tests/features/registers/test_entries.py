from dataclasses import replace
from datetime import date

import pytest

from bywhen.kernel.clock import FrozenClock, clock_set
from bywhen.kernel.errors import InputRefusedError, StateWrongError
from bywhen.kernel.tables import PersonRow, RaidRow
from bywhen.kernel.worktime import WorkingTime
from bywhen.loops.selectors import loop_list
from bywhen.platform.models import AuditEntry
from bywhen.record.services.people import people_take_in
from bywhen.record.services.proposals import proposal_accept, proposal_make, proposal_undo
from bywhen.record.services.sources import place_keep
from bywhen.registers.models import Entry
from bywhen.registers.selectors.entries import entries_review_due, entries_stale, entry_get, entry_list
from bywhen.registers.services.entries import entry_change, entry_close, entry_open, entry_reopen, entry_review
from bywhen.registers.services.reviews import reviews_open
from bywhen.registers.services.taking_in import entries_take_in
from factories import rows

pytestmark = pytest.mark.django_db
WORK = WorkingTime.standard()
TODAY = date(2026, 11, 23)
ROW = RaidRow(
    "sheet RAID, row 2", "risk", "The bank's test system comes late", id="R-1", owner="Ana Duarte",
    raised_on=date(2026, 6, 1), probability=4, impact=4, status="open", response="Ask for a stub",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _frozen():
    with clock_set(FrozenClock(TODAY)):
        yield


@pytest.fixture
def project():
    return rows.project()


def take_in(project, *sheet, data=b"raid"):
    source = rows.source("raid.xlsx", data, kind="raid")
    return entries_take_in(rows=sheet, project_of={}, default=project, source=source, working_time=WORK)


def test_a_row_becomes_a_scored_entry_with_its_place(project):
    assert take_in(project, ROW).created == 1
    entry = entry_get(Entry.objects.get().pk)
    assert (entry.score, entry.band, entry.status, entry.owner, entry.owner_text) == (
        16,
        "high",
        "open",
        None,
        "Ana Duarte",
    )
    assert [quote.place for quote in entry.quotes.all()] == ["sheet RAID, row 2"]
    assert entry.review_on == WORK.add_days(date(2026, 6, 1), 10)


def test_the_same_sheet_again_changes_nothing_and_writes_no_audit(project):
    take_in(project, ROW)
    before = AuditEntry.objects.count()
    counts = take_in(project, ROW)
    assert (counts.created, counts.updated, counts.unchanged, counts.read) == (0, 0, 1, 1)
    assert AuditEntry.objects.count() == before


def test_rows_are_skipped_with_reasons_when_they_repeat_or_belong_elsewhere(project):
    sheet = [
        ROW,
        replace(ROW, place="row 3", title="Said twice"),
        replace(ROW, place="row 4", kind="action"),
        replace(ROW, place="row 5", id="R-9", title=" "),
    ]
    counts = take_in(project, *sheet)
    assert (counts.created, counts.read) == (1, 4)
    assert counts.skipped == [
        ("row 3", "duplicate of sheet RAID, row 2"),
        ("row 4", "kind 'action' belongs to no register"),
        ("row 5", "no title"),
    ]


def test_a_person_who_comes_later_becomes_the_owner(project):
    take_in(project, ROW)
    people_take_in(rows=[PersonRow("row 2", "Ana Duarte")], projects={}, default=project)
    assert take_in(project, ROW).updated == 1
    assert Entry.objects.get().owner.name == "Ana Duarte"
    assert take_in(project, ROW).unchanged == 1


def test_a_changed_row_updates_and_moves_the_entry(project):
    take_in(project, ROW)
    counts = take_in(project, replace(ROW, impact=5, last_movement=date(2026, 11, 19)), data=b"raid two")
    entry = Entry.objects.get()
    assert (counts.updated, entry.score, entry.band, entry.last_moved_on) == (1, 20, "extreme", date(2026, 11, 19))
    assert entry.quotes.count() == 2


def test_what_a_person_changed_here_survives_the_same_sheet(project):
    take_in(project, ROW)
    entry_change(entry=Entry.objects.get(), working_time=WORK, impact=1)
    assert take_in(project, ROW).unchanged == 1
    assert Entry.objects.get().impact == 1


def test_an_off_scale_value_counts_as_unknown(project):
    take_in(project, replace(ROW, probability=9))
    entry = Entry.objects.get()
    assert (entry.probability, entry.score, entry.band) == (None, None, "")


def test_a_closed_row_closes_and_a_later_open_row_brings_it_back(project):
    take_in(project, ROW)
    closed = replace(ROW, status="Closed", last_movement=date(2026, 11, 10))
    assert take_in(project, closed, data=b"2").updated == 1
    assert (Entry.objects.get().status, Entry.objects.get().closed_on) == ("closed", date(2026, 11, 10))
    assert take_in(project, replace(ROW, title="Other words"), data=b"3").unchanged == 1
    assert take_in(project, replace(ROW, last_movement=date(2026, 11, 18)), data=b"4").updated == 1
    assert Entry.objects.get().status == "open"


def test_a_row_that_was_closed_from_the_start_is_kept_closed(project):
    take_in(project, replace(ROW, status="mitigated", due=date(2026, 7, 1)))
    assert (Entry.objects.get().status, Entry.objects.get().closed_on) == ("closed", date(2026, 7, 1))
    assert entry_list(project=project).count() == 0


def test_an_overdue_review_opens_one_loop_and_reviewing_closes_it(project):
    take_in(project, ROW)
    assert [entry.reference for entry in entries_review_due(TODAY)] == ["R-1"]
    loops = reviews_open(today=TODAY, working_time=WORK)
    assert [(loop.kind, loop.title) for loop in loops] == [
        ("review", "Review risk R-1: The bank's test system comes late")
    ]
    assert reviews_open(today=TODAY, working_time=WORK) == []
    entry = entry_review(entry=Entry.objects.get(), working_time=WORK, probability=2)
    assert (entry.score, entry.band, entry.review_on, entry.reviewed_on) == (
        8,
        "medium",
        WORK.add_days(TODAY, 20),
        TODAY,
    )
    assert loop_list(kind="review").count() == 0


def test_a_review_that_changes_nothing_is_no_movement(project):
    take_in(project, ROW)
    entry = entry_review(entry=Entry.objects.get(), working_time=WORK)
    assert entry.last_moved_on == date(2026, 6, 1)
    stale = entries_stale(TODAY, WORK, project=project)
    assert [(found.reference, reason.split(";")[1]) for found, reason in stale] == [
        ("R-1", " twice its review interval is 20")
    ]


def test_a_new_review_day_from_the_sheet_replaces_the_loop_that_asked(project):
    take_in(project, ROW)
    reviews_open(today=TODAY, working_time=WORK)
    take_in(project, replace(ROW, review_on=date(2026, 12, 7)), data=b"2")
    assert (Entry.objects.get().review_on, loop_list(kind="review").count()) == (date(2026, 12, 7), 0)


def test_a_review_day_from_before_the_review_here_is_not_taken_over(project):
    take_in(project, replace(ROW, review_on=date(2026, 11, 16)))
    entry_review(entry=Entry.objects.get(), working_time=WORK)
    take_in(project, replace(ROW, review_on=date(2026, 11, 16), response="A stub is there"), data=b"2")
    assert (Entry.objects.get().review_on, Entry.objects.get().response) == (
        WORK.add_days(TODAY, 10),
        "A stub is there",
    )


def test_closing_closes_the_review_and_a_closed_entry_refuses_changes(project):
    take_in(project, ROW)
    reviews_open(today=TODAY, working_time=WORK)
    entry = entry_close(entry=Entry.objects.get())
    assert (entry.status, entry.review_on, loop_list(kind="review").count()) == ("closed", None, 0)
    with pytest.raises(StateWrongError, match="reopen it first"):
        entry_change(entry=entry, working_time=WORK, impact=2)
    assert entry_reopen(entry=entry, working_time=WORK).review_on > TODAY
    with pytest.raises(StateWrongError, match="open already"):
        entry_reopen(entry=entry, working_time=WORK)


def test_a_new_title_is_no_movement_but_a_new_due_date_is(project):
    take_in(project, ROW)
    entry = Entry.objects.get()
    assert entry_change(entry=entry, working_time=WORK, title="Better words") is True
    assert entry.last_moved_on == date(2026, 6, 1)
    entry_change(entry=entry, working_time=WORK, due=date(2026, 12, 1))
    assert entry.last_moved_on == TODAY
    assert entry_change(entry=entry, working_time=WORK, due=date(2026, 12, 1)) is False


def test_an_unknown_kind_or_a_wrong_value_is_refused(project):
    with pytest.raises(InputRefusedError, match="belongs to no register"):
        entry_open(key="k", kind="wish", project=project, title="t", evidence=[], working_time=WORK)
    with pytest.raises(InputRefusedError, match="Give 1 to 5"):
        entry_open(key="k", kind="risk", project=project, title="t", evidence=[], working_time=WORK, impact=6)


@pytest.mark.parametrize("kind", ["risk", "issue"])
def test_accepting_a_proposal_opens_the_entry_and_undoing_cancels_it(project, kind):
    source = rows.source("talk.vtt", b"words", kind="transcript")
    quote = place_keep(source=source, place="line 3", text="The bank may be late")
    proposal, _ = proposal_make(
        key="p", kind=kind, project=project, text="The bank may be late",
        payload={"kind": kind, "text": "The bank may be late", "owner": "Ana Duarte"}, evidence=[quote],
    )  # fmt: skip
    accepted = proposal_accept(proposal=proposal)
    entry = Entry.objects.get()
    assert accepted.effect == f"registers.entry:{entry.pk}"
    assert (entry.kind, entry.owner_text, list(entry.quotes.all())) == (kind, "Ana Duarte", [quote])
    undone = proposal_undo(proposal=accepted)
    assert Entry.objects.get().status == "cancelled"
    proposal_accept(proposal=undone)
    assert Entry.objects.get().status == "open"
