"""Objections to a decision: within its window, with a name and a reason, and answered."""

from __future__ import annotations

from datetime import date

import pytest

from bywhen.kernel.clock import FrozenClock, clock_set
from bywhen.kernel.errors import InputRefusedError, StateWrongError
from bywhen.meetings.services.decisions import (
    decision_keep,
    decision_withdraw,
    objection_answer,
    objection_raise,
    objections_invite,
)
from bywhen.platform.acting import Actor, acting
from factories import rows

pytestmark = pytest.mark.django_db
LAST = date(2026, 11, 27)


def on(day):
    return clock_set(FrozenClock(day))


@pytest.fixture
def decision(db):
    kept, _ = decision_keep(
        key="k",
        project=rows.project(),
        text="Two cycles",
        decided_by="Dana",
        decided_on=date(2026, 11, 18),
        evidence=[],
    )
    with on(date(2026, 11, 20)):
        return objections_invite(decision=kept, until=LAST)


def test_objection_is_kept_and_answered_when_window_is_open(decision):
    with on(LAST), acting(Actor("person", "Dana")):
        made = objection_raise(decision=decision, by=" Ana ", text="One is enough")
        objection_answer(objection=made, answer="Heard; it stays")

    assert [(each.by, each.answered_by) for each in decision.objections.all()] == [("Ana", "Dana")]
    assert decision.status == "standing"


def test_objection_is_refused_when_window_has_closed(decision):
    with on(date(2026, 11, 28)), pytest.raises(StateWrongError, match="takes no objections today"):
        objection_raise(decision=decision, by="Ana", text="One is enough")


def test_objection_is_refused_when_decision_was_withdrawn(decision):
    decision_withdraw(decision=decision)
    with on(LAST), pytest.raises(StateWrongError, match="is withdrawn already"):
        objection_raise(decision=decision, by="Ana", text="One is enough")


@pytest.mark.parametrize(("by", "text"), [(" ", "One"), ("Ana", "")])
def test_objection_is_refused_when_name_or_reason_is_missing(decision, by, text):
    with on(LAST), pytest.raises(InputRefusedError, match="needs a name and a reason"):
        objection_raise(decision=decision, by=by, text=text)


def test_window_is_refused_when_its_day_has_passed(decision):
    with on(date(2026, 12, 1)), pytest.raises(StateWrongError, match="has passed"):
        objections_invite(decision=decision, until=LAST)


def test_answer_is_refused_when_empty(decision):
    with on(LAST):
        made = objection_raise(decision=decision, by="Ana", text="One is enough")
    with pytest.raises(InputRefusedError, match="answer is empty"):
        objection_answer(objection=made, answer=" ")
