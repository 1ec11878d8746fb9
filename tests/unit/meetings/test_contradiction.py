"""Which decisions gainsay each other. Silence where it is not certain."""

from __future__ import annotations

import pytest

from bywhen.meetings.engine.contradiction import Decided, contradictions

CONTRADICT = [
    ("Postpone the finance go-live", "Bring forward the finance go-live"),
    ("We reject the change request CR-14", "We approve the change request CR-14"),
    ("Reject CR-14 customs interface", "CR-14 customs interface is approved"),
    ("We do not migrate the archive data", "We migrate the archive data"),
    ("The archive data will be migrated not at all", "The archive data will be migrated at all"),
    ("The hypercare phase lasts 4 weeks", "The hypercare phase lasts 6 weeks"),
    ("Contingency is 15 % of the budget", "Contingency is 10 percent of the budget"),
    ("Stop the pilot in Spain", "Continue the pilot in Spain"),
    ("Exclude the payroll module from release one", "Include the payroll module in release one"),
]
ABSTAIN = [
    ("Postpone the finance go-live", "Bring forward the payroll training"),
    ("The hypercare phase lasts 4 weeks", "The test phase lasts 6 weeks"),
    ("The hypercare phase lasts 4 weeks", "The hypercare phase lasts 4 weeks"),
    ("Approve the test plan", "Approve the change request"),
    ("Not now", "Now"),
    ("Postpone the finance go-live instead of the earlier plan", "Bring forward the finance go-live"),
    ("The hypercare phase lasts 4 weeks and costs 3 people", "The hypercare phase lasts 6 weeks"),
    ("Reject CR-14 customs interface", "Reject CR-14 customs interface"),
    ("We do not reject the change request CR-14", "We approve the change request CR-14"),
]


@pytest.mark.parametrize(("later", "earlier"), CONTRADICT)
def test_contradictions_find_it_when_subject_is_the_same(later, earlier):
    found = contradictions(Decided(2, later), [Decided(1, earlier)])
    assert [each.earlier.ref for each in found] == [1]
    assert found[0].why


@pytest.mark.parametrize(("later", "earlier"), ABSTAIN)
def test_contradictions_abstain_when_unsure(later, earlier):
    assert contradictions(Decided(2, later), [Decided(1, earlier)]) == ()


def test_contradictions_skip_the_decision_itself_when_it_stands():
    assert contradictions(Decided(1, "Stop the pilot in Spain"), [Decided(1, "Continue the pilot in Spain")]) == ()
