"""What people do with entries by hand, and the way back of each act."""

from datetime import date

import pytest

from bywhen.kernel.clock import FrozenClock, clock_set
from bywhen.kernel.errors import InputRefusedError, StateWrongError
from bywhen.kernel.worktime import WorkingTime
from bywhen.loops.selectors import loop_list
from bywhen.platform.audit import audit_verify
from bywhen.record.models import Person
from bywhen.record.services.proposals import proposal_accept, proposal_make, proposal_undo
from bywhen.record.services.sources import place_keep
from bywhen.registers.models import Entry
from bywhen.registers.selectors.entries import entry_get, entry_list
from bywhen.registers.services.acts import entry_add, entry_again, entry_edit, entry_end, entry_look, risk_happen
from bywhen.registers.services.reviews import reviews_open
from bywhen.registers.services.undoing import steps_undo
from factories import rows

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
WORK = WorkingTime.standard()


@pytest.fixture(autouse=True)
def _frozen():
    with clock_set(FrozenClock(TODAY)):
        yield


@pytest.fixture
def project():
    return rows.project()


def added(project, kind="risk", title="The bank is late", **fields):
    return entry_get(entry_add(project=project, kind=kind, title=title, **fields).entry)


def test_entries_by_hand_get_the_next_reference_of_their_register(project):
    references = [added(project, kind, f"{kind} {n}").reference for kind in ("risk", "lesson") for n in range(2)]
    assert references == ["R-1", "R-2", "L-1", "L-2"]


def test_the_same_title_on_the_same_day_is_refused_and_comes_back_after_undo(project):
    done = entry_add(project=project, kind="risk", title="The bank is late")
    with pytest.raises(StateWrongError, match="already as R-1"):
        entry_add(project=project, kind="risk", title="The bank is late ")
    steps_undo(done.undo)
    assert not entry_list(project=project).exists()
    assert entry_add(project=project, kind="risk", title="The bank is late").entry == done.entry
    assert entry_list(project=project).count() == 1


@pytest.mark.parametrize(("kind", "title"), [("risk", "  "), ("worry", "x")])
def test_an_entry_without_words_or_register_is_refused(project, kind, title):
    with pytest.raises(InputRefusedError):
        entry_add(project=project, kind=kind, title=title)


def test_an_edit_scores_again_and_its_undo_restores_every_column(project):
    entry = added(project, probability=2, impact=2, tags=" a, b ,, a")
    before = {name: getattr(entry, name) for name in ("score", "band", "review_on", "impact", "last_moved_on")}
    assert entry.tags == "a, b"
    done = entry_edit(entry=entry, impact=5, probability=5)
    assert (entry.score, entry.band) == (25, "extreme")
    steps_undo(done.undo)
    entry.refresh_from_db()
    assert {name: getattr(entry, name) for name in before} == before
    assert entry_edit(entry=entry, impact=2).undo == ()
    assert audit_verify()


def test_an_undo_is_refused_once_somebody_has_changed_the_same_field(project):
    entry = added(project, impact=2)
    done = entry_edit(entry=entry, impact=3)
    entry_edit(entry=entry, impact=4)
    with pytest.raises(StateWrongError, match="nothing was taken back"):
        steps_undo(done.undo)


def test_a_review_closes_its_loop_and_its_undo_asks_again(project):
    Person.objects.create(name="Ana")
    entry = added(project, probability=5, impact=5, review_on=TODAY)
    (loop,) = reviews_open(today=TODAY, working_time=WORK, project=project)
    done = entry_look(entry=entry, note="stands")
    loop.refresh_from_db()
    assert (loop.status, entry.review_on) == ("closed", WORK.add_days(TODAY, 5))
    steps_undo(done.undo)
    loop.refresh_from_db()
    assert (loop.status, entry_get(entry.pk).review_on) == ("open", TODAY)
    assert loop_list(project=project, kind="review").count() == 1


def test_a_next_review_must_lie_ahead(project):
    with pytest.raises(InputRefusedError, match="not ahead"):
        entry_look(entry=added(project), review_on=TODAY)


def test_closing_and_opening_again_undo_each_other(project):
    entry = added(project)
    steps_undo(entry_end(entry=entry, note="gone").undo)
    assert entry_get(entry.pk).status == "open"
    entry_end(entry=entry_get(entry.pk))
    steps_undo(entry_again(entry=entry_get(entry.pk)).undo)
    assert entry_get(entry.pk).status == "closed"


def test_a_risk_that_comes_true_becomes_an_issue_that_knows_it(project):
    quote = place_keep(source=rows.source(project=project), place="row 2", text="The bank is late")
    risk = added(project, impact=4, response="Ask for a stub")
    risk.quotes.set([quote])
    done = risk_happen(entry=risk)
    issue = entry_get(done.entry)
    assert (issue.kind, issue.reference, issue.came_from, issue.score) == ("issue", "I-1", risk, 20)
    assert list(issue.quotes.all()) == [quote]
    assert (entry_get(risk.pk).status, entry_get(risk.pk).progress) == ("closed", "came true")
    with pytest.raises(StateWrongError, match="no open risk"):
        risk_happen(entry=entry_get(risk.pk))
    steps_undo(done.undo)
    assert (entry_get(risk.pk).status, entry_get(issue.pk).status) == ("open", "cancelled")


def test_an_item_accepted_again_after_undo_enters_as_it_says_then(project):
    quote = place_keep(source=rows.source(project=project), place="cue 3", text="the bank may be late")
    proposal, _ = proposal_make(
        key="k", kind="risk", project=project, text=quote.text, payload={"kind": "risk", "text": "Bank late"},
        evidence=[quote],
    )  # fmt: skip
    proposal_undo(proposal=proposal_accept(proposal=proposal))
    assert Entry.objects.get().status == "cancelled"
    proposal_accept(proposal=proposal, edited={"kind": "risk", "text": "The bank's test system is late"})
    entry = Entry.objects.get()
    assert (entry.status, entry.title) == ("open", "The bank's test system is late")
