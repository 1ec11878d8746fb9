"""A change request's own content: raised by hand, edited, its effect computed, its approvers named.

What does not live here: deciding (``deciding``), what follows from proposed changes of the plan (``changes``).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from bywhen.kernel.clock import current_clock
from bywhen.kernel.errors import InputRefusedError, StateWrongError
from bywhen.record.engine.payloads import ChangePayload
from bywhen.record.selectors.plan import plan_consequence, plan_version, plan_working_time
from bywhen.record.services.proposals import proposal_consequence_set, proposal_key
from bywhen.registers.kinds.change import FINAL, KIND, PREFIX, effect_of, state_of_words
from bywhen.registers.models import Approval, ChangeRequest, Entry
from bywhen.registers.selectors.control import board_list, control_get
from bywhen.registers.selectors.entries import reference_next
from bywhen.registers.services.entries import entry_change, entry_open

if TYPE_CHECKING:
    from bywhen.record.models import Person, Project

CONTENT = (
    "requested_by", "requested_by_text", "reason", "options", "risk", "rollback", "cost", "currency", "effort_days",
    "payload", "quorum",
)  # fmt: skip
"""What a person writes into a request beyond the entry's own fields."""


def request_of(entry: Entry) -> ChangeRequest:
    """The request's own row, made when it is missing (rows of sheets have none until somebody adds to them).

    Raises:
        StateWrongError: when the entry is no change request.
    """
    if entry.kind != KIND:
        raise StateWrongError(f"'{entry.title}' is no change request but a {entry.kind}.")
    found, _ = ChangeRequest.objects.get_or_create(entry=entry)
    found.entry = entry
    return found


@transaction.atomic
def change_raise(
    *, project: Project, title: str, owner: Person | None = None, due: date | None = None, **content: Any
) -> Entry:
    """Raise a change request by hand; its effect is computed when it names a change of the plan, the board is asked.

    Raises:
        InputRefusedError: without a title, or for content that cannot be used.
        StateWrongError: when one of this title was raised today and is still open.
    """
    if not title.strip():
        raise InputRefusedError("the title is empty", place="field title", remedy="Say in a sentence what is asked.")
    today = current_clock().today()
    entry, created = entry_open(
        key=proposal_key("by hand", project.key, KIND, title.strip().casefold(), today),
        kind=KIND,
        project=project,
        title=title.strip(),
        evidence=(),
        working_time=plan_working_time(project),
        owner=owner or project.lead,
        reference=reference_next(project, PREFIX),
        progress="raised",
        due=due,
    )
    if not created:
        raise StateWrongError(f"'{entry.title}' was raised today already as {entry.reference}.")
    request_change(entry=entry, **content)
    board_ask(entry=entry)
    return entry


@transaction.atomic
def request_change(*, entry: Entry, **content: Any) -> bool:
    """Change what the request says (see CONTENT); answers whether anything differs. Another change of the plan, or
    another cost, is computed and judged anew.

    Raises:
        StateWrongError: once it is decided.
        InputRefusedError: for a negative effort, a cost without currency, or a change of the plan that is none.
    """
    request = request_of(entry)
    wanted = {name: _usable(name, value) for name, value in content.items()}
    changed = {name: value for name, value in wanted.items() if getattr(request, name) != value}
    if not changed:
        return False
    if request.decision or entry.status != "open":
        raise StateWrongError(f"{entry.reference or entry.title} is decided; take the decision back before editing.")
    for name, value in changed.items():
        setattr(request, name, value)
    if request.cost is not None and not request.currency:
        request.currency = entry.project.currency
    if request.cost is not None and len(request.currency) != 3:
        raise InputRefusedError("the cost has no currency", place="field currency", remedy="Write it as EUR.")
    request.save()
    if "payload" in changed:
        _computed_anew(entry, request)
    return True


@transaction.atomic
def request_recompute(*, entry: Entry) -> bool:
    """Compute the effect against the plan as it is now; answers whether it differs. A second call changes nothing.

    Raises:
        StateWrongError: when it names no change of the plan, is done already, or the project has no plan.
    """
    request = request_of(entry)
    if not _payload(entry, request):
        raise StateWrongError(f"{entry.reference} names no change of the plan; say which task moves by how much first.")
    if state_of_words(entry.progress) in FINAL:
        raise StateWrongError(f"{entry.reference} is {entry.progress}; its effect stays as it was then.")
    if plan_version(entry.project) is None:
        raise StateWrongError(f"{entry.project.name} has no plan yet; take one in first.")
    return _computed_anew(entry, request)


def _computed_anew(entry: Entry, request: ChangeRequest) -> bool:
    payload, version = _payload(entry, request), plan_version(entry.project)
    computed = plan_consequence(entry.project, ChangePayload.from_document(payload)) if payload else {}
    if computed is None:
        return False
    if entry.proposal is not None:
        proposal_consequence_set(proposal=entry.proposal, consequence=computed)
    return consequence_keep(entry=entry, consequence=computed, version=version if payload else None)


@transaction.atomic
def consequence_keep(*, entry: Entry, consequence: Mapping[str, Any], version: int | None) -> bool:
    """Keep what was computed against a version of the plan; answers whether the effect differs. A request whose effect
    is known counts as assessed.
    """
    request, effect = request_of(entry), effect_of(consequence)
    differs = bool(request.consequence != consequence)
    if differs or request.computed_version != version:
        request.consequence, request.computed_version = dict(consequence), version
        request.computed_at = current_clock().now() if version is not None else None
        request.save()
    values: dict[str, Any] = {"effect": effect.document() if effect else {}}
    if effect and state_of_words(entry.progress) == "raised":
        values["progress"] = "assessed"
    if entry.status == "open":
        entry_change(entry=entry, working_time=plan_working_time(entry.project), **values)
    return differs


@transaction.atomic
def board_ask(*, entry: Entry) -> int:
    """Ask the project's board for its votes, each once; answers how many are asked anew."""
    control = control_get(entry.project)
    request = request_of(entry)
    due = plan_working_time(entry.project).add_days(current_clock().today(), control.decide_within)
    asked = {approval.approver_id for approval in entry.approvals.all()}
    new = [person for person in board_list(entry.project) if person.pk not in asked]
    for person in new:
        Approval.objects.create(entry=entry, approver=person, due=due)
    if new and control.quorum and not request.quorum:
        request.quorum = control.quorum
        request.save()
    return len(new)


def _payload(entry: Entry, request: ChangeRequest) -> dict[str, Any]:
    if entry.proposal is not None:
        return dict(entry.proposal.edited or entry.proposal.payload)
    return dict(request.payload)


def _usable(name: str, value: Any) -> Any:
    if name not in CONTENT:
        raise InputRefusedError(f"{name!r} is no field of a change request", remedy=f"Use one of {', '.join(CONTENT)}.")
    if name == "payload":
        return ChangePayload.from_document(value).document() if value else {}
    if name in {"effort_days", "quorum"} and value is not None and value < 0:
        raise InputRefusedError(f"{value} is below zero", place=f"field {name}", remedy="Give 0 or more.")
    return value.strip() if isinstance(value, str) else value
