"""Setting a project's rules of change control. What follows from them for changes that wait: ``changes``."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction

from bywhen.kernel.errors import InputRefusedError
from bywhen.registers.models import BoardMember
from bywhen.registers.selectors.control import control_get

if TYPE_CHECKING:
    from bywhen.record.models import Person, Project

LIMITS = ("milestone_days", "finish_days", "float_days", "cost", "currency", "scope", "quorum", "decide_within")


@transaction.atomic
def control_set(*, project: Project, board: Sequence[Person] | None = None, **limits: Any) -> bool:
    """Set limits (see LIMITS; None is no limit) and, when given, who is on the board; answers whether anything differs.

    Raises:
        InputRefusedError: for a limit below zero, a limit of nothing, or a cost without a currency of three letters.
    """
    control = control_get(project)
    for name, value in limits.items():
        _expect_limit(name, value)
        setattr(control, name, value)
    if control.cost is not None and not control.currency:
        control.currency = project.currency
    if control.cost is not None and len(control.currency) != 3:
        raise InputRefusedError("the cost has no currency", place="field currency", remedy="Write it as EUR.")
    before = control_get(project)
    changed = any(getattr(before, name) != getattr(control, name) for name in LIMITS)
    if changed:
        control.save()
    return (board is not None and _board_set(project, board)) or changed


def _expect_limit(name: str, value: Any) -> None:
    if name not in LIMITS:
        raise InputRefusedError(f"{name!r} is no limit", remedy=f"Use one of {', '.join(LIMITS)}.")
    least = 0 if name in {"quorum", "decide_within"} else 1
    if isinstance(value, int | Decimal) and not isinstance(value, bool) and not least <= value <= 10**12:
        remedy = "Leave it empty for no limit." if least else ""
        raise InputRefusedError(f"{value} is no limit", place=f"field {name}", remedy=f"Give {least} or more. {remedy}")


def _board_set(project: Project, board: Sequence[Person]) -> bool:
    wanted = {person.pk: person for person in board}
    members = list(BoardMember.objects.filter(project=project))
    gone = [member for member in members if member.person_id not in wanted]
    new = [person for pk, person in wanted.items() if pk not in {member.person_id for member in members}]
    for member in gone:
        member.delete()
    for person in new:
        BoardMember.objects.create(project=project, person=person)
    return bool(gone or new)
