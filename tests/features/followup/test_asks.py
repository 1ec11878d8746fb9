from dataclasses import replace
from datetime import date

import pytest

from bywhen.followup.models import Ask
from bywhen.followup.selectors.asks import ask_get, ask_list, week_of
from bywhen.followup.selectors.blockers import blocker_list
from bywhen.followup.selectors.facts import loop_facts
from bywhen.followup.services.asks import ask_approve, ask_discard, ask_edit, ask_hold, ask_undo
from bywhen.followup.services.drafting import EMPTIED, MISSED_WEEK, asks_draft
from bywhen.kernel.clock import FrozenClock, clock_set
from bywhen.kernel.errors import InputRefusedError, StateWrongError
from bywhen.kernel.tables import PersonRow
from bywhen.kernel.worktime import WorkingTime
from bywhen.loops.models import Loop
from bywhen.loops.services import loop_change, loop_close, loop_comment, loop_defer, loop_open
from bywhen.platform.acting import Actor, acting
from bywhen.platform.models import AuditEntry
from bywhen.record.selectors.people import person_find
from bywhen.record.services.people import people_take_in
from bywhen.record.services.projects import project_people_set
from bywhen.record.services.sources import place_keep
from bywhen.schedule.services.taking_in import plan_take_in
from factories import rows

pytestmark = pytest.mark.django_db
WORK = WorkingTime.standard()
TODAY = date(2026, 11, 23)
NEXT_WEEK = date(2026, 11, 30)


@pytest.fixture(autouse=True)
def _frozen():
    with clock_set(FrozenClock(TODAY)):
        yield


@pytest.fixture
def project():
    project = rows.project()
    people = [
        PersonRow("row 2", "Ana Duarte", addresses=("ana@example.org",), seniority="lead"),
        PersonRow("row 3", "Bo Lindqvist", handles=("bo",)),
        PersonRow("row 4", "Lea Roth"),
    ]
    people_take_in(rows=people, projects={}, default=project)
    project_people_set(project=project, sponsor=None, lead=person_find("Lea Roth"))
    return project


def opened(project, title, owner="Ana Duarte", kind="action", on=date(2026, 11, 16), due=date(2026, 11, 20), **known):
    loop, _ = loop_open(
        key=title, kind=kind, project=project, title=title, evidence=known.pop("evidence", []), working_time=WORK,
        owner=person_find(owner), opened_on=on, due=due, **known,
    )  # fmt: skip
    return loop


def draft(project=None, today=TODAY):
    return asks_draft(today=today, facts=loop_facts(today=today, project=project), project=project)


def test_what_is_overdue_becomes_one_message_to_its_owner(project):
    opened(project, "Sign the terms")
    opened(project, "Name the testers", due=date(2026, 11, 25))
    drafting = draft()
    (ask,) = drafting.asks
    assert (ask.person.name, ask.channel, ask.address, ask.status) == (
        "Ana Duarte",
        "email",
        "ana@example.org",
        "draft",
    )
    assert ask.subject == "2 items for you: Due Fri 20 Nov 2026: Sign the terms"
    assert [(line.rule, line.position) for line in ask.lines.all()] == [("overdue", 1), ("due-soon", 2)]
    assert ask.body.endswith("One line back is enough; if it is somebody else's, name them.")
    assert drafting.counts.created == 1


def test_a_second_run_changes_nothing_and_writes_no_audit(project):
    opened(project, "Sign the terms")
    draft()
    before = AuditEntry.objects.count()
    again = draft()
    assert (again.counts.unchanged, again.counts.changed, AuditEntry.objects.count()) == (1, False, before)


def test_nobody_who_is_current_is_asked(project):
    loop = opened(project, "Sign the terms")
    loop_change(loop=loop, working_time=WORK, progress="half")
    assert draft().asks == ()


def test_a_comment_does_not_stop_the_ask(project):
    loop_comment(loop=opened(project, "Sign the terms"), note="bump")
    assert len(draft().asks) == 1


def test_the_person_it_waits_on_is_asked_before_the_owner(project):
    opened(project, "Sign the terms", waiting_on="@bo")
    (ask,) = draft().asks
    assert (ask.person.name, ask.channel, ask.address) == ("Bo Lindqvist", "handle", "bo")
    assert "Ana Duarte waits for it." in ask.body


def test_a_name_with_its_department_is_still_the_person(project):
    opened(project, "Sign the terms", waiting_on="Bo Lindqvist, Legal")
    assert [ask.person.name for ask in draft().asks] == ["Bo Lindqvist"]


def test_what_nobody_owns_goes_to_the_projects_lead(project):
    opened(project, "Book the room", owner="")
    (ask,) = draft().asks
    assert (ask.person.name, ask.channel, ask.lines.get().rule) == ("Lea Roth", "", "ownerless")


def test_a_closed_loop_drops_out_and_an_empty_draft_is_discarded(project):
    first, second = opened(project, "Sign the terms"), opened(project, "Name the testers")
    draft()
    loop_close(loop=first)
    assert draft().counts.updated == 1
    assert "Sign the terms" not in Ask.objects.get().body
    loop_close(loop=second)
    assert draft().asks == ()
    ask = Ask.objects.get()
    assert (ask.status, ask.status_reason, ask.lines.count()) == ("discarded", EMPTIED, 0)
    assert draft().counts.read == 0
    with pytest.raises(StateWrongError, match="Nothing is left to ask"):
        ask_undo(ask=ask)


def test_an_emptied_draft_comes_back_when_something_fires_again(project):
    loop_close(loop=opened(project, "Sign the terms"))
    loop = opened(project, "Name the testers")
    draft()
    loop_close(loop=loop)
    draft()
    opened(project, "Order the licences")
    assert [ask.status for ask in draft().asks] == ["draft"]
    assert Ask.objects.count() == 1


@pytest.mark.parametrize("decide", [ask_hold, ask_discard, ask_approve])
def test_a_decided_message_is_left_alone_for_its_week(project, decide):
    opened(project, "Sign the terms")
    ask = decide(ask=draft().asks[0])
    opened(project, "Name the testers")
    again = draft()
    assert (again.asks, again.counts.read, Ask.objects.get().body) == ((), 0, ask.body)
    assert {left.person for left in again.quiet} == {"Ana Duarte"}


def test_the_next_week_makes_a_new_message_and_drops_the_old_draft(project):
    opened(project, "Sign the terms")
    draft()
    with clock_set(FrozenClock(NEXT_WEEK)):
        draft(today=NEXT_WEEK)
    assert [(ask.week, ask.status, ask.status_reason) for ask in ask_list()] == [
        (NEXT_WEEK, "draft", ""),
        (TODAY, "discarded", MISSED_WEEK),
    ]


def test_what_was_approved_late_in_a_week_is_not_asked_again_on_monday(project):
    opened(project, "Sign the terms")
    friday = date(2026, 11, 27)
    with clock_set(FrozenClock(friday)):
        ask_approve(ask=draft(today=friday).asks[0])
    drafting = draft(today=NEXT_WEEK)
    assert (drafting.asks, drafting.quiet[0].reason) == (
        (),
        "it was asked about 1 working day ago; at most once a week",
    )


def test_two_asks_without_answer_turn_to_the_lead(project):
    opened(project, "Sign the terms")
    for monday in (TODAY, NEXT_WEEK):
        with clock_set(FrozenClock(monday)):
            ask_approve(ask=draft(today=monday).asks[0])
    (ask,) = draft(today=date(2026, 12, 7)).asks
    assert (ask.person.name, "It is with Ana Duarte." in ask.body) == ("Lea Roth", True)


def test_no_action_reaches_its_due_date_unasked_in_four_weeks_of_mondays(project):
    dues = [date(2026, 11, 23 + n) for n in range(5)] + [
        date(2026, 12, 1 + n) for n in (0, 1, 2, 3, 6, 7, 8, 9, 10, 13, 14, 15, 16, 17)
    ]
    for n, due in enumerate(dues):
        people_take_in(rows=[PersonRow(f"row {n}", f"Person {n}")], projects={}, default=project)
        opened(project, f"Item {n}", owner=f"Person {n}", on=date(2026, 11, 2), due=due)
    asked: dict[str, date] = {}
    for monday in (TODAY, NEXT_WEEK, date(2026, 12, 7), date(2026, 12, 14)):
        with clock_set(FrozenClock(monday)):
            for ask in draft(today=monday).asks:
                asked.setdefault(ask.person.name, monday)
                ask_approve(ask=ask)
    assert all(asked[f"Person {n}"] <= due for n, due in enumerate(dues))


def test_what_can_wait_is_not_asked_about_until_then(project):
    loop_defer(loop=opened(project, "Sign the terms"), until=date(2026, 12, 7), reason="after the fair")
    drafting = draft()
    assert [left.reason for left in drafting.quiet] == ["it can wait until Mon 7 Dec 2026"]
    assert len(draft(today=date(2026, 12, 7)).asks) == 1


def test_one_project_at_a_time_keeps_the_others_lines(project):
    other = rows.project("web", "Web shop")
    opened(project, "Sign the terms")
    opened(other, "Order the licences")
    draft(project=project)
    (ask,) = draft(project=other).asks
    assert {line.loop.title for line in ask.lines.all()} == {"Sign the terms", "Order the licences"}
    assert draft(project=project).counts.unchanged == 1
    loop_close(loop=Loop.objects.get(title="Sign the terms"))
    (ask,) = draft(project=other).asks
    assert [line.loop.title for line in ask.lines.all()] == ["Order the licences"]
    assert [each.pk for each in ask_list(project=other, status="draft", week=week_of(TODAY))] == [ask.pk]


def test_a_name_that_is_not_in_the_people_list_is_told(project):
    opened(project, "Sign the terms")
    (facts,) = loop_facts(today=TODAY)
    drafting = asks_draft(today=TODAY, facts=[replace(facts, owner="Nobody Known")])
    assert drafting.quiet[0].reason == "Nobody Known is not in the people list"


def test_edited_words_stay_and_ask_for_a_second_look_when_the_items_change(project):
    loop = opened(project, "Sign the terms")
    opened(project, "Name the testers")
    ask, findings = ask_edit(ask=draft().asks[0], subject="Two\nthings", body="Please answer ASAP ")
    assert (ask.subject, ask.body, [each.rule for each in findings]) == (
        "Two things",
        "Please answer ASAP",
        ["tone-shouting"],
    )
    assert draft().counts.unchanged == 1
    loop_close(loop=loop)
    (ask,) = draft().asks
    assert (ask.body, ask.outdated, ask.lines.count()) == ("Please answer ASAP", True, 1)
    with pytest.raises(StateWrongError, match="changed after it was edited"):
        ask_approve(ask=ask)
    restored = ask_undo(ask=ask)
    assert (restored.edited, restored.outdated) == (False, False)
    assert restored.body.startswith("Due Fri 20 Nov 2026: Name the testers")
    assert ask_approve(ask=restored).status == "approved"


def test_an_empty_edit_is_refused(project):
    opened(project, "Sign the terms")
    with pytest.raises(InputRefusedError, match="the message is empty"):
        ask_edit(ask=draft().asks[0], subject="", body=" \n")


def test_approving_names_who_and_when_and_can_be_undone(project):
    opened(project, "Sign the terms")
    with acting(Actor("person", "Lea Roth")):
        ask = ask_approve(ask=draft().asks[0])
    assert (ask.approved_by, ask.approved_on) == ("Lea Roth", TODAY)
    with pytest.raises(StateWrongError, match="is approved; this needs it to be draft"):
        ask_edit(ask=ask, subject="x", body="y")
    undone = ask_undo(ask=ask_get(ask.pk))
    assert (undone.status, undone.approved_by, undone.approved_at) == ("draft", "", None)
    with pytest.raises(StateWrongError, match="nothing to undo"):
        ask_undo(ask=undone)
    assert loop_facts(today=TODAY)[0].asked_times == 0


def test_a_held_message_can_be_discarded_or_taken_back(project):
    opened(project, "Sign the terms")
    held = ask_hold(ask=draft().asks[0], reason="she is on leave")
    assert (held.status, held.status_reason) == ("held", "she is on leave")
    assert ask_discard(ask=held).status == "discarded"
    assert ask_undo(ask=held).status == "draft"


@pytest.fixture
def planned(project):
    plan_take_in(project=project, plan=rows.plan(), source=rows.source(project=project))
    return project


def test_blockers_are_ranked_by_the_day_on_which_they_become_a_miss(planned):
    quote = place_keep(source=rows.source("raid.xlsx", b"raid"), place="row 7", text="Terms")
    opened(planned, "Training room", kind="blocker", task_uid=3)
    opened(planned, "Terms", kind="blocker", task_uid=1, on=date(2026, 11, 2), evidence=[quote])
    opened(planned, "Chairs", kind="blocker", owner="", owner_text="facilities")
    first, second, third = blocker_list(today=TODAY, project=planned)
    assert (first.title, first.downstream, first.float_days, first.critical, first.escalate) == (
        "Terms",
        2,
        0,
        True,
        True,
    )
    assert (first.milestone, first.becomes_miss_on, first.age_days) == ("Go-live", date(2026, 11, 2), 15)
    assert [str(ref) for ref in first.evidence] == [f"{quote.source.sha256}, row 7"]
    assert (second.title, second.float_days, second.becomes_miss_on, second.escalate) == (
        "Training room",
        6,
        date(2026, 11, 10),
        False,
    )
    assert (third.owner, third.float_days, third.downstream, third.milestone) == ("facilities", None, None, "")
    assert third.evidence[0].source == "record"


def test_a_blocker_on_the_critical_path_leads_the_message(planned):
    opened(planned, "Sign the terms")
    opened(planned, "Terms", kind="blocker", task_uid=1, due=None)
    (ask,) = draft().asks
    assert [line.rule for line in ask.lines.all()] == ["critical-blocker", "overdue"]
    assert "From 2 Nov 2026 on, each working day it waits moves Go-live by one." in ask.body
    assert "it blocks 'Build the API', which has no float left" in ask.body
