"""What a person does with a change request; each act answers a sentence and the steps that undo it (``undoing``)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from bywhen.kernel.clock import current_clock
from bywhen.record.selectors.plan import plan_working_time
from bywhen.registers.models import BoardMember
from bywhen.registers.selectors.control import control_get
from bywhen.registers.services.control import control_set
from bywhen.registers.services.deciding import change_decide, change_decision_undo
from bywhen.registers.services.entries import entry_change
from bywhen.registers.services.implementing import change_implement, change_verify
from bywhen.registers.services.requests import CONTENT, change_raise, request_change, request_of, request_recompute
from bywhen.registers.services.undoing import Done, Step, columns_of, restore_step
from bywhen.registers.services.votes import approver_add, approver_remove, vote_cast

if TYPE_CHECKING:
    from bywhen.record.models import Person, Project
    from bywhen.registers.models import Approval, Entry


@transaction.atomic
def request_add(*, project: Project, title: str, **content: Any) -> Done:
    """Raise a request by hand (see :func:`bywhen.registers.services.requests.change_raise`)."""
    description = str(content.pop("description", "")).strip()
    entry = change_raise(project=project, title=title, **content)
    if description:
        entry_change(entry=entry, working_time=plan_working_time(project), description=description)
    return Done(f"{entry.reference} is raised.", (["cancel", entry.pk],), entry.pk)


@transaction.atomic
def request_edit(*, entry: Entry, **fields: Any) -> Done:
    """Change what the request says, and the entry's own fields."""

    def change() -> bool:
        content = {name: value for name, value in fields.items() if name in CONTENT}
        rest = {name: value for name, value in fields.items() if name not in CONTENT}
        changed = request_change(entry=entry, **content)
        entry.refresh_from_db()
        return entry_change(entry=entry, working_time=plan_working_time(entry.project), **rest) or changed

    return _kept(entry, change, f"{entry.reference} is changed.", "Nothing differs.")


@transaction.atomic
def request_compute(*, entry: Entry) -> Done:
    """Compute the effect against the plan as it is now."""
    said = f"The effect of {entry.reference} is computed anew: it differs."
    same = f"The effect of {entry.reference} is computed anew; it is the same."
    return _kept(entry, lambda: request_recompute(entry=entry), said, same)


def _kept(entry: Entry, change: Callable[[], bool], said: str, same: str) -> Done:
    before, request = columns_of(entry), columns_of(request_of(entry))
    changed = change()
    entry.refresh_from_db()
    steps = [*restore_step("request", request, request_of(entry)), *restore_step("entry", before, entry)]
    return Done(said if changed else same, tuple(steps), entry.pk)


@transaction.atomic
def approver_ask(*, entry: Entry, person: Person, due: date | None = None) -> Done:
    """Ask somebody for a vote; without a day, within the project's time to decide."""
    within = control_get(entry.project).decide_within
    day = due or plan_working_time(entry.project).add_days(current_clock().today(), within)
    known = entry.approvals.filter(approver=person).first()
    before = columns_of(known) if known else None
    approval = approver_add(entry=entry, person=person, due=day)
    steps = restore_step("approval", before, approval) if before else [["remove", "approval", approval.pk]]
    return Done(f"{person.name} is asked to vote on {entry.reference}.", tuple(steps), entry.pk)


@transaction.atomic
def approver_drop(*, approval: Approval) -> Done:
    """Ask somebody no more."""
    entry, name, before = approval.entry, approval.approver.name, columns_of(approval)
    approver_remove(approval=approval)
    return Done(f"{name} is not asked any more.", (["again", "approval", before],), entry.pk)


@transaction.atomic
def vote_give(*, approval: Approval, vote: str, note: str = "") -> Done:
    """Keep a vote, or take it back."""
    before = columns_of(approval)
    vote_cast(approval=approval, vote=vote, note=note)
    name, reference = approval.approver.name, approval.entry.reference
    said = f"{name} votes {vote} on {reference}." if vote else f"The vote of {name} is taken back."
    said = f"{name} abstains on {reference}." if vote == "abstain" else said
    return Done(said, tuple(restore_step("approval", before, approval)), approval.entry_id)


@transaction.atomic
def request_decide(*, entry: Entry, decision: str, **how: Any) -> Done:
    """Record the decision."""
    change_decide(entry=entry, decision=decision, **how)
    waits = entry.proposal is not None and entry.proposal.status == "proposed"
    rest = " The change waits at the plan as a proposal." if waits and decision == "approved" else ""
    return Done(f"{entry.reference} is {decision}.{rest}", (["decision", entry.pk],), entry.pk)


@transaction.atomic
def request_undecide(*, entry: Entry) -> Done:
    """Take the decision back."""
    change_decision_undo(entry=entry)
    return Done(f"The decision on {entry.reference} is taken back.", (), entry.pk)


@transaction.atomic
def request_implement(*, entry: Entry, note: str = "", on: date | None = None) -> Done:
    """It is done."""
    change_implement(entry=entry, note=note, on=on)
    return Done(f"{entry.reference} is implemented.", (["implementation", entry.pk],), entry.pk)


@transaction.atomic
def request_verify(*, entry: Entry, note: str = "", on: date | None = None) -> Done:
    """It does what was asked."""
    change_verify(entry=entry, note=note, on=on)
    return Done(f"{entry.reference} is verified.", (["verification", entry.pk],), entry.pk)


@transaction.atomic
def control_keep(*, project: Project, board: list[Person], **limits: Any) -> Done:
    """Set the project's rules of change control."""
    control = control_get(project)
    members = {member.person_id: columns_of(member) for member in BoardMember.objects.filter(project=project)}
    before = columns_of(control) if control.pk else None
    changed = control_set(project=project, board=board, **limits)
    kept = control_get(project)
    steps: list[Step] = restore_step("control", before, kept) if before else []
    if before is None and kept.pk:
        steps = [["remove", "control", kept.pk]]
    now = {member.person_id: member.pk for member in BoardMember.objects.filter(project=project)}
    steps += [["remove", "member", pk] for person, pk in now.items() if person not in members]
    steps += [["again", "member", columns] for person, columns in members.items() if person not in now]
    said = f"The rules of {project.name} are kept." if changed else "Nothing differs."
    return Done(said, tuple(steps), 0)
