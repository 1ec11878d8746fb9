"""Reading a project's rules of change control: limits, board, time to decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bywhen.kernel.money import Money
from bywhen.registers.kinds.change import Thresholds
from bywhen.registers.models import BoardMember, ChangeControl

if TYPE_CHECKING:
    from bywhen.record.models import Person, Project


def control_get(project: Project) -> ChangeControl:
    """The project's rules; the product's own, unsaved, while nobody has set any."""
    return ChangeControl.objects.filter(project=project).first() or ChangeControl(project=project)


def thresholds_of(project: Project) -> Thresholds:
    """From which effect on a change of this project needs a request."""
    control = control_get(project)
    return Thresholds(
        milestone_days=control.milestone_days,
        finish_days=control.finish_days,
        float_days=control.float_days,
        cost=None if control.cost is None else Money(control.cost, control.currency or project.currency or "EUR"),
        scope=control.scope,
    )


def board_list(project: Project) -> list[Person]:
    """Who is asked to vote on every new request, by name."""
    return [member.person for member in BoardMember.objects.filter(project=project).select_related("person")]


def thresholds_words(thresholds: Thresholds) -> list[str]:
    """The limits in words, for people who ask when a request is needed.

    >>> thresholds_words(Thresholds(milestone_days=2, finish_days=None))
    ['a milestone moves 2 working days or more']
    """
    days = (
        (thresholds.finish_days, "the project's end moves {} working day{} or more"),
        (thresholds.milestone_days, "a milestone moves {} working day{} or more"),
        (thresholds.float_days, "a task loses {} working day{} of float or more"),
    )
    said = [text.format(least, "" if least == 1 else "s") for least, text in days if least is not None]
    said += [f"it costs {thresholds.cost} or more"] if thresholds.cost else []
    return [*said, "a task is dropped"] if thresholds.scope else said
