from dataclasses import replace
from decimal import Decimal

from bywhen.kernel.plan import Assignment, Plan, Resource, ResourceType, Task
from bywhen.schedule.engine.costs import cost_moved

PEOPLE = (
    Resource(1, "Ana", standard_rate=Decimal(60), overtime_rate=Decimal(90)),
    Resource(2, "Tom", standard_rate=Decimal("41.50")),
    Resource(3, "Mara"),
    Resource(4, "Paper", type=ResourceType.MATERIAL, standard_rate=Decimal(5)),
)


def _plan(*assignments, tasks=(), currency="EUR"):
    return Plan("P", tuple(tasks), resources=PEOPLE, assignments=assignments, currency=currency)


def test_more_hours_cost_more_by_each_ones_rate():
    before = _plan(Assignment(1, 7, 1, work_minutes=480.0), Assignment(2, 7, 2, work_minutes=480.0))
    after = _plan(Assignment(1, 7, 1, work_minutes=960.0), Assignment(2, 7, 2, work_minutes=540.0))
    moved = cost_moved(before, after)
    assert (moved.amount, moved.currency) == (Decimal("521.50"), "EUR")
    assert moved.people == (("Ana", Decimal(480)), ("Tom", Decimal("41.5")))


def test_overtime_counts_at_its_own_rate():
    before = _plan(Assignment(1, 7, 1, work_minutes=480.0))
    after = _plan(Assignment(1, 7, 1, work_minutes=540.0, overtime_work_minutes=60.0))
    assert cost_moved(before, after).amount == Decimal("90.00")


def test_a_dropped_task_saves_its_hours_and_its_fixed_cost():
    task = Task(7, "Build", fixed_cost=Decimal(1000))
    before = _plan(Assignment(1, 7, 1, work_minutes=60.0), tasks=[task])
    assert cost_moved(before, _plan()).amount == Decimal("-1060.00")


def test_nothing_is_said_when_no_hours_or_no_rates_differ():
    before = _plan(Assignment(1, 7, 1, work_minutes=480.0), Assignment(3, 7, 3, work_minutes=480.0))
    assert cost_moved(before, before) is None
    assert cost_moved(before, _plan(before.assignments[0], Assignment(3, 7, 3, work_minutes=60.0))) is None
    assert cost_moved(_plan(Assignment(4, 7, 4)), _plan(Assignment(4, 7, 4, work_minutes=60.0))) is None


def test_who_has_no_rate_is_named_beside_the_money_that_is_known():
    before = _plan(Assignment(1, 7, 1, work_minutes=60.0), Assignment(3, 7, 3, work_minutes=60.0))
    after = replace(before, assignments=tuple(replace(each, work_minutes=120.0) for each in before.assignments))
    assert cost_moved(before, after).without_rate == ("Mara",)
