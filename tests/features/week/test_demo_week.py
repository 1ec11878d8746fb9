"""One turn of the demo's week finds every truth that was planted in it, proposes, drafts, writes, and can be repeated."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from bywhen.followup.selectors.asks import ask_list
from bywhen.followup.selectors.blockers import blocker_list
from bywhen.kernel.clock import FrozenClock, clock_set
from bywhen.loops.selectors import loop_list, loops_broken
from bywhen.platform.audit import audit_verify
from bywhen.record.selectors.projects import project_get
from bywhen.record.selectors.proposals import finding_list
from bywhen.record.services.proposals import proposal_accept
from bywhen.registers.selectors.entries import entry_list
from bywhen.reports.selectors.status import status_facts
from bywhen.schedule.selectors import task_list
from bywhen.week.services.turning import week_turn

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
TRUTHS = tomllib.loads((EXAMPLES / "truths.toml").read_text(encoding="utf-8"))
TODAY: date = TRUTHS["as_of"]
# Asks pytest-django for the tables also where this module runs alone; each test is rolled back onto the turn.
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def turned(django_db_setup, django_db_blocker, tmp_path_factory):
    """One turn over the demo folder, kept for all tests of this module and rolled back after them."""
    from django.db import transaction

    out = tmp_path_factory.mktemp("week")
    with django_db_blocker.unblock(), clock_set(FrozenClock(TODAY)), transaction.atomic():
        yield week_turn(folder=EXAMPLES / "meridian", out=out), out
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _one_day(turned):
    with clock_set(FrozenClock(TODAY)):
        yield


def _findings(rule):
    return [finding.text for finding in finding_list(rule=rule)]


def test_every_file_is_taken_in_and_the_law_holds(turned):
    taken = turned[0].taken
    assert taken.skipped == []
    assert taken.new_files == taken.files > 20
    assert taken.counts.read == taken.counts.created + taken.counts.updated + taken.counts.unchanged + len(
        taken.counts.skipped
    )


def test_exactly_one_of_three_blockers_is_on_the_critical_path(turned):
    blockers = {fact.title: fact for fact in blocker_list(today=TODAY)}
    critical = [fact for fact in blockers.values() if fact.critical]
    assert len(blockers) == 3
    assert [fact.waiting_on.split(",")[0] for fact in critical] == [TRUTHS["blockers"]["critical"]["waiting_on"]]
    assert critical[0].becomes_miss_on is not None
    assert all(
        fact.float_days > TRUTHS["blockers"]["least_float_days"] for fact in blockers.values() if not fact.critical
    )


def test_the_milestone_that_keeps_moving_is_noticed(turned):
    assert any(
        TRUTHS["reforecast"]["milestone"] in text and "3 times" in text for text in _findings("schedule.re-forecast")
    )


def test_the_status_that_says_better_than_the_facts_is_noticed(turned):
    truth = TRUTHS["watermelon"]
    texts = [
        t for t in _findings("status.declared-better") if f"declared {truth['declared']} by {truth['declared_by']}" in t
    ]
    assert len(texts) == 1
    assert "the facts say red" in texts[0]


def test_the_silent_item_is_noticed_although_somebody_commented(turned):
    silent = _findings("registers.silent") + _findings("loops.silent")
    assert any("Spanish bank" in text for text in silent)


def test_the_action_without_owner_breaks_the_invariant_visibly(turned):
    assert [loop.reference for loop in loops_broken()] == [TRUTHS["ownerless"]["raid"]]


def test_what_was_agreed_in_the_meeting_becomes_a_change_with_its_cascade(turned):
    truth = TRUTHS["push"]
    change = next(p for p in turned[0].proposals if p.kind == "change" and p.payload["task_uid"] == truth["task_uid"])
    assert change.payload["delay_days"] == truth["delay_days"]
    assert any(truth["quote"] in quote.text for quote in change.quotes.all())
    go_live = next(each for each in change.consequence["milestones"] if each["uid"] == truth["go_live_uid"])
    assert (go_live["from"], go_live["to"]) == (truth["go_live"].isoformat(), truth["go_live_after"].isoformat())


def test_the_change_that_moves_go_live_raises_one_request_with_its_effect(turned):
    truth = TRUTHS["push"]
    change = next(p for p in turned[0].proposals if p.kind == "change" and p.payload["task_uid"] == truth["task_uid"])
    requests = list(entry_list(kind="change"))
    assert [(each.proposal_id, each.reference, each.progress) for each in requests] == [(change.pk, "CR-1", "assessed")]
    assert requests[0].effect["finish_days"] == truth["delay_days"]
    assert requests[0].owner is not None
    assert {quote.pk for quote in requests[0].quotes.all()} == {quote.pk for quote in change.quotes.all()}
    told = [fact.title for fact in status_facts(project_get("erp"), TODAY).changes if fact.title.startswith("CR-1: ")]
    assert len(told) == 1


def test_the_vague_sentence_proposes_no_change(turned):
    vague = TRUTHS["ambiguous"]["quote"]
    assert not [p for p in turned[0].proposals if p.kind == "change" and any(vague in q.text for q in p.quotes.all())]


def test_the_category_that_trends_over_and_the_invoice_booked_twice_are_noticed(turned):
    assert any(TRUTHS["over_budget"]["category"] in text for text in _findings("money."))
    assert any(TRUTHS["duplicate"]["document"] in text for text in _findings("intake."))


def test_the_owner_named_by_nickname_is_found(turned):
    truth = TRUTHS["nickname"]
    loop = next(loop for loop in loop_list(status="") if loop.reference == truth["raid"])
    assert loop.owner.name == truth["name"]


def test_nobody_is_sent_more_than_one_message_and_nothing_is_sent(turned):
    drafts = list(ask_list())
    assert drafts
    assert len({ask.person_id for ask in drafts}) == len(drafts)
    assert {ask.status for ask in drafts} == {"draft"}


def test_each_report_cites_every_fact(turned):
    for key in ("erp", "gateway", "migration", "rollout"):
        facts = status_facts(project_get(key), TODAY)
        assert facts.milestones
        assert all(
            fact.evidence for group in (facts.milestones, facts.blockers, facts.actions, facts.money) for fact in group
        )


def test_the_report_names_the_critical_blocker_and_its_day(turned):
    page = next(path for path in turned[0].documents if path.name.startswith("erp-") and path.suffix == ".html")
    words = re.sub(r"<[^>]+>", " ", page.read_text(encoding="utf-8"))
    assert "Legal has not approved the penetration-test terms" in words
    assert "26 Nov" in words


def test_a_second_turn_changes_nothing_and_says_so(turned):
    first, out = turned
    again = week_turn(folder=EXAMPLES / "meridian", out=out)
    assert not again.changed
    assert again.new_proposals == 0
    assert again.taken.counts.unchanged == first.taken.counts.read
    assert again.document()["changed"] is False
    assert entry_list(kind="change", status="").count() == 1


def test_accepting_the_change_moves_go_live_as_announced(turned):
    truth = TRUTHS["push"]
    change = next(p for p in turned[0].proposals if p.kind == "change" and p.payload["task_uid"] == truth["task_uid"])
    proposal_accept(proposal=change)
    go_live = task_list(project_get("erp")).get(uid=truth["go_live_uid"])
    assert go_live.finish.date() == truth["go_live_after"]


def test_the_audit_trail_of_it_all_verifies(turned):
    assert audit_verify() > 100
