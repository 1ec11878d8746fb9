from __future__ import annotations

import pytest

from bywhen.kernel.plan import ConstraintType
from bywhen.schedule.engine.conflicts import constraint_conflicts
from bywhen.schedule.engine.cpm import compute
from factories.small_plans import at, link, plan, task


@pytest.mark.parametrize(
    ("kind", "when"),
    [
        (ConstraintType.SNLT, at(0)),
        (ConstraintType.FNLT, at(0, 17)),
        (ConstraintType.MSO, at(0)),
        (ConstraintType.MFO, at(0, 17)),
    ],
)
def test_names_the_task_and_its_date_when_a_constraint_pulls_it_ahead_of_its_links(kind, when):
    tasks = (task(1, 2), task(2, 1, constraint=kind, constraint_date=when))
    found = list(constraint_conflicts(compute(plan(*tasks, links=(link(1, 2),)))))
    assert [(each.rule, each.subject) for each in found] == [("constraint-before-links", "task 2")]
    assert "2 'T2'" in found[0].text
    assert "2026-01-05" in found[0].text


@pytest.mark.parametrize("kind", list(ConstraintType))
def test_says_nothing_when_the_links_allow_the_date(kind):
    tasks = (task(1, 2), task(2, 1, constraint=kind, constraint_date=at(3) if "S" in kind.value else at(3, 17)))
    assert not list(constraint_conflicts(compute(plan(*tasks, links=(link(1, 2),)))))


def test_says_nothing_when_constraints_are_not_honoured():
    tasks = (task(1, 2), task(2, 1, constraint=ConstraintType.MSO, constraint_date=at(0)))
    assert not list(constraint_conflicts(compute(plan(*tasks, links=(link(1, 2),), honor_constraints=False))))
