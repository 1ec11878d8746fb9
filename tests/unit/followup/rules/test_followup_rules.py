from datetime import date

import pytest

from bywhen.followup.rules import (
    critical_blocker,
    due_soon,
    no_next_check,
    overdue,
    ownerless,
    silent,
    unanswered_question,
)
from bywhen.followup.selectors.catalogue import rule_list
from bywhen.kernel.asking import Fired, Quiet, Urgency
from factories.loop_facts import TODAY, facts

THURSDAY = date(2026, 11, 26)
LAST_WEEK = date(2026, 11, 19)


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        ({}, "it has no due date"),
        ({"due": LAST_WEEK, "due_in_days": -2}, "its due date has passed"),
        ({"due": date(2026, 11, 27), "due_in_days": 4}, "it is due only in 4 working days"),
        ({"due": THURSDAY, "due_in_days": 3, "moved_days_ago": 2}, "it moved within the last two working days"),
    ],
)
def test_due_soon_is_quiet_when_there_is_nothing_to_warn_of(known, reason):
    assert due_soon.judge(facts(**known), TODAY) == Quiet(reason)


def test_due_soon_fires_three_working_days_ahead():
    verdict = due_soon.judge(facts(due=THURSDAY, due_in_days=3, moved_days_ago=3), TODAY)
    assert isinstance(verdict, Fired)
    assert (verdict.reason, verdict.ask_by) == ("it is due in 3 working days, on Thu 26 Nov 2026", THURSDAY)


def test_due_soon_fires_on_the_day_itself():
    assert due_soon.judge(facts(due=TODAY, due_in_days=0), TODAY).reason == "it is due now, on Mon 23 Nov 2026"


def test_due_soon_fires_earlier_when_the_next_cycle_would_come_too_late():
    late = facts(due=date(2026, 11, 30), due_in_days=5, next_turn_days=5)
    assert isinstance(due_soon.judge(late, TODAY), Fired)


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        ({}, "it has no due date"),
        ({"due": TODAY, "due_in_days": 0}, "no working day has passed since its due date"),
        ({"due": LAST_WEEK, "due_in_days": -2, "moved_days_ago": 0}, "it moved within the last two working days"),
    ],
)
def test_overdue_is_quiet_when_it_is_not_or_somebody_is_on_it(known, reason):
    assert overdue.judge(facts(**known), TODAY) == Quiet(reason)


def test_overdue_fires_one_working_day_after():
    verdict = overdue.judge(facts(due=date(2026, 11, 20), due_in_days=-1), TODAY)
    assert (verdict.reason, verdict.urgency) == ("it was due 1 working day ago, on Fri 20 Nov 2026", Urgency.SOON)


def test_silent_fires_at_ten_working_days_and_not_before():
    assert silent.judge(facts(idle_days=9), TODAY) == Quiet("it moved 9 working days ago")
    assert silent.judge(facts(idle_days=10), TODAY).reason == "nothing on it has changed for 10 working days"


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        ({"kind": "action", "float_days": 0.0}, "it is no blocker"),
        ({"kind": "blocker"}, "it holds up no task of the plan"),
        ({"kind": "blocker", "float_days": 0.5}, "its task has 0.5 working days of float"),
        ({"kind": "blocker", "float_days": -1.0, "moved_days_ago": 1}, "it moved within the last two working days"),
    ],
)
def test_a_blocker_is_quiet_when_it_moves_no_milestone(known, reason):
    assert critical_blocker.judge(facts(**known), TODAY) == Quiet(reason)


@pytest.mark.parametrize(
    ("task", "reason"),
    [("Build", "it blocks 'Build', which has no float left"), ("", "it blocks a task without float")],
)
def test_a_blocker_without_float_fires_at_once(task, reason):
    verdict = critical_blocker.judge(facts(kind="blocker", float_days=0.0, task=task), TODAY)
    assert (verdict.reason, verdict.urgency, verdict.to_lead) == (reason, Urgency.NOW, False)


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        ({"age_days": 9}, "it is no question"),
        ({"kind": "question", "age_days": 9, "moved_days_ago": 5}, "somebody has taken it up"),
        ({"kind": "question", "age_days": 1}, "it is 1 working day old"),
    ],
)
def test_a_question_is_quiet_when_it_is_young_or_taken_up(known, reason):
    assert unanswered_question.judge(facts(**known), TODAY) == Quiet(reason)


@pytest.mark.parametrize("kind", ["question", "decision", "ask"])
def test_an_unanswered_question_fires_after_two_working_days(kind):
    assert (
        unanswered_question.judge(facts(kind=kind, age_days=2), TODAY).reason
        == "it has waited 2 working days for an answer"
    )


def test_what_nobody_owns_goes_to_the_lead():
    assert ownerless.judge(facts(), TODAY) == Quiet("Ana owns it")
    plain, critical = (ownerless.judge(facts(owner="", critical=critical), TODAY) for critical in (False, True))
    assert plain.to_lead
    assert (plain.urgency, critical.urgency) == (Urgency.SOON, Urgency.NOW)


def test_what_has_no_next_check_goes_to_the_lead():
    assert no_next_check.judge(facts(), TODAY) == Quiet("its next check is set")
    assert no_next_check.judge(facts(next_check=None), TODAY).to_lead


def test_every_rule_is_in_the_catalogue_once():
    names = [rule.RULE for rule in rule_list()]
    assert len(names) == len(set(names))
    assert {
        "due-soon",
        "overdue",
        "silent",
        "critical-blocker",
        "unanswered-question",
        "ownerless",
        "no-next-check",
    } <= set(names)
