"""What a change costs by the plan's own rates: working hours of people times their rate, fixed costs of tasks.

Only what the plan itself knows. What does not live here: budgets, actual costs, earned value (room ``finance``).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bywhen.kernel.plan import Assignment, Plan, Resource, ResourceType


@dataclass(frozen=True, slots=True)
class CostMoved:
    """The difference in money, positive for more, in the plan's ``currency`` ('' when the plan names none); whose hours
    it is, most money first; who works more or less without a rate in the plan, so that their money is not in it.
    """

    amount: Decimal
    currency: str
    people: tuple[tuple[str, Decimal], ...]
    without_rate: tuple[str, ...]


def cost_moved(before: Plan, after: Plan) -> CostMoved | None:
    """What ``after`` costs more (or less) than ``before``; None when nothing that has a rate or a fixed cost differs.

    Hours count at the standard rate of an hour, overtime at the overtime rate.

    >>> from dataclasses import replace
    >>> ana = Resource(1, "Ana", standard_rate=Decimal(60))
    >>> plan = Plan("P", (), resources=(ana,), assignments=(Assignment(1, 7, 1, work_minutes=480.0),), currency="EUR")
    >>> longer = replace(plan, assignments=(Assignment(1, 7, 1, work_minutes=960.0),))
    >>> cost_moved(plan, longer).amount
    Decimal('480.00')
    """
    people: dict[str, Decimal] = {}
    unknown: dict[str, None] = {}
    staff = {each.uid: each for each in (*before.resources, *after.resources)}
    old = {each.uid: each for each in before.assignments}
    new = {each.uid: each for each in after.assignments}
    for uid in dict.fromkeys((*old, *new)):
        was, now = old.get(uid), new.get(uid)
        resource = next((staff[each.resource_uid] for each in (now, was) if each and each.resource_uid in staff), None)
        if was == now or resource is None or resource.type is not ResourceType.WORK:
            continue
        if resource.standard_rate is None:
            unknown[resource.name] = None
            continue
        moved = _cost(now, resource) - _cost(was, resource)
        if moved:
            people[resource.name] = people.get(resource.name, Decimal()) + moved
    fixed = _fixed(after) - _fixed(before)
    if not people and not fixed:
        return None
    ranked = sorted(people.items(), key=lambda pair: (-abs(pair[1]), pair[0].casefold()))
    total = sum(people.values(), fixed).quantize(Decimal("0.01"))
    return CostMoved(total, after.currency, tuple(ranked), tuple(unknown))


def _cost(assignment: Assignment | None, resource: Resource) -> Decimal:
    if assignment is None or resource.standard_rate is None:
        return Decimal()
    overtime = assignment.overtime_work_minutes
    rate = resource.overtime_rate if resource.overtime_rate is not None else resource.standard_rate
    return (
        Decimal(str(assignment.work_minutes - overtime)) * resource.standard_rate + Decimal(str(overtime)) * rate
    ) / 60


def _fixed(plan: Plan) -> Decimal:
    return sum((task.fixed_cost for task in plan.tasks if task.fixed_cost is not None), Decimal())
