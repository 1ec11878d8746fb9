"""What keeps minutes from being published, and what lets them through all the same."""

from __future__ import annotations

from datetime import date

import pytest

from bywhen.meetings.engine.publishing import Judged, lacking, refusal

DUE = date(2026, 11, 27)
COMPLETE = Judged(1, "action", "accepted", "Send the plan", "Ana", DUE)


@pytest.mark.parametrize(
    ("item", "what"),
    [
        (COMPLETE, []),
        (Judged(1, "action", "accepted", "Send the plan", "", DUE), ["owner"]),
        (Judged(1, "action", "edited", "Send the plan", "Ana", None), ["due"]),
        (Judged(1, "action", "accepted", "Send the plan", " ", None), ["owner", "due"]),
        (Judged(1, "action", "rejected", "Send the plan"), []),
        (Judged(1, "action", "superseded", "Send the plan"), []),
        (Judged(1, "action", "proposed", "Send the plan"), ["judgement"]),
        (Judged(1, "decision", "accepted", "Go live"), []),
        (Judged(1, "risk", "proposed", "It may slip"), ["judgement"]),
    ],
)
def test_lacking_names_what_is_missing_when_item_is(item, what):
    assert [each.what for each in lacking([item])] == what


def test_refusal_is_empty_when_nothing_is_missing():
    assert refusal(lacking([COMPLETE])) == ""


def test_refusal_names_item_and_remedy_when_action_has_no_owner():
    said = refusal(lacking([Judged(1, "action", "accepted", "Send the plan", "", DUE)]))
    assert said == (
        "The minutes cannot be published: 'Send the plan' has no owner. Name an owner and a date, or give a reason to"
        " publish without."
    )


def test_refusal_stands_when_waiver_is_blank():
    assert refusal(lacking([Judged(1, "action", "accepted", "Send the plan")]), waiver="  ")


def test_refusal_counts_and_shortens_when_many_are_undecided():
    items = [Judged(n, "risk", "proposed", f"Risk {n}") for n in range(6)]
    said = refusal(lacking(items))

    assert "6 items are not judged: 'Risk 0', 'Risk 1', 'Risk 2' and 3 more" in said
    assert refusal(lacking(items), leave_open=True) == ""


def test_refusal_keeps_the_other_reason_when_only_one_is_waived():
    items = [Judged(1, "action", "accepted", "Send the plan"), Judged(2, "risk", "proposed", "It may slip")]
    said = refusal(lacking(items), waiver="agreed")

    assert "Send the plan" not in said
    assert "'It may slip'" in said
