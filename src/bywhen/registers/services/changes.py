"""Change requests that proposed changes of the plan raise, and their way through the register.

What does not live here: rows of sheets (``taking_in``), the board's decision (``deciding``), the change itself and its
undoing (room ``schedule``).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction

from bywhen.kernel.clock import current_clock
from bywhen.kernel.worktime import WorkingTime
from bywhen.record.engine.payloads import ChangePayload, change_words
from bywhen.record.selectors.people import person_find
from bywhen.record.selectors.plan import plan_version, plan_working_time
from bywhen.record.services.proposals import proposal_key
from bywhen.registers.kinds.change import (
    FINAL,
    KIND,
    PREFIX,
    ChangeEffect,
    Thresholds,
    effect_of,
    request_reasons,
    state_of_proposal,
)
from bywhen.registers.models import ChangeRequest, Entry
from bywhen.registers.selectors.control import thresholds_of
from bywhen.registers.selectors.entries import reference_next
from bywhen.registers.services.entries import entry_change, entry_close, entry_open, entry_reopen
from bywhen.registers.services.requests import board_ask, consequence_keep, request_of

if TYPE_CHECKING:
    from bywhen.record.models import Proposal


AT_THE_PLAN = ("put into the plan", "put into the plan as it was changed")
"""How a request was implemented whose proposed change was accepted; by hand people use words of their own."""


@transaction.atomic
def changes_follow(
    *, proposals: Iterable[Proposal], working_time: WorkingTime, thresholds: Thresholds | None = None
) -> int:
    """Bring the change register up to date with proposed changes of the plan; answers how many entries differ.

    One that waits or was accepted is raised once when its effect reaches ``thresholds`` (the project's own when none
    are given); afterwards the entry follows the proposal: accepted is implemented, rejected is rejected, undone is
    assessed again. Other kinds are left alone.
    """
    changes = [each for each in proposals if each.kind == KIND]
    return sum(_follow(each, working_time, thresholds or thresholds_of(each.project)) for each in changes)


def change_followed(proposal: Proposal) -> None:
    """What follows when a proposed change is decided anywhere, or that is undone: its request, when it has one, goes
    the same way. A change that has none is raised by the next turn of the week, where its effect calls for it.
    """
    entry = _entry_of(proposal)
    if entry is not None:
        _brought_up(entry, proposal, plan_working_time(proposal.project))


def _entry_of(proposal: Proposal) -> Entry | None:
    return Entry.objects.select_related("project").filter(proposal=proposal).first()


def _follow(proposal: Proposal, working_time: WorkingTime, thresholds: Thresholds) -> bool:
    entry = _entry_of(proposal)
    if entry is not None:
        return _brought_up(entry, proposal, working_time)
    state, effect = state_of_proposal(proposal.status), effect_of(proposal.consequence)
    drops = bool((proposal.edited or proposal.payload).get("remove"))
    if effect is None or state in ("", "rejected") or not request_reasons(effect, thresholds, drops=drops):
        return False
    entry = _raised(proposal, effect, working_time)
    _brought_up(entry, proposal, working_time)
    if state not in FINAL:
        board_ask(entry=entry)
    return True


def _raised(proposal: Proposal, effect: ChangeEffect, working_time: WorkingTime) -> Entry:
    project, quotes = proposal.project, list(proposal.quotes.all())
    entry, _ = entry_open(
        key=proposal_key("change request", proposal.key),
        kind=KIND,
        project=project,
        title=_title(proposal),
        evidence=quotes,
        working_time=working_time,
        owner=project.lead,
        raised_on=proposal.proposed_at.date(),
        reference=reference_next(project, PREFIX),
        description=str(proposal.consequence.get("text", "")),
        effect=effect.document(),
        progress="raised",
        proposal=proposal,
        task_uid=proposal.payload.get("task_uid"),
    )
    speaker = next((quote.speaker for quote in quotes if quote.speaker), "")
    ChangeRequest.objects.create(entry=entry, requested_by=person_find(speaker), requested_by_text=speaker[:200])
    return entry


def _title(proposal: Proposal) -> str:
    task = proposal.consequence.get("task")
    payload = ChangePayload.from_document(proposal.edited or proposal.payload)
    return f"'{task}' {change_words(payload)}" if task else proposal.text


def _brought_up(entry: Entry, proposal: Proposal, working_time: WorkingTime) -> bool:
    request = request_of(entry)
    decided = _request_follow(request, proposal)
    state = _state(request, proposal)
    wanted = "open" if state and state not in FINAL else "closed" if state else "cancelled"
    if entry.status != "open" and (entry.status, entry.progress) == (wanted, state or entry.progress):
        return decided
    reopened = entry.status != "open"
    if reopened:
        entry_reopen(entry=entry, working_time=working_time)
    kept = False
    if proposal.status == "proposed":
        kept = consequence_keep(entry=entry, consequence=proposal.consequence, version=plan_version(proposal.project))
    changed = entry_change(entry=entry, working_time=working_time, **_values(entry, proposal, state))
    if wanted != "open":
        day = proposal.decided_at.date() if proposal.decided_at else None
        note = f"the proposed change is {proposal.status}"
        entry_close(entry=entry, note=note, on=day, status=wanted)
    return changed or kept or decided or reopened or wanted != "open"


def _values(entry: Entry, proposal: Proposal, state: str) -> dict[str, Any]:
    """What the entry says of its proposal. Words that a person gave a request raised by hand stay."""
    effect = effect_of(proposal.consequence)
    values: dict[str, Any] = {
        "progress": state or entry.progress,
        "effect": effect.document() if effect else entry.effect,
    }
    if entry.key == proposal_key("change request", proposal.key):
        values |= {"title": _title(proposal), "description": str(proposal.consequence.get("text", ""))}
    return values


def _state(request: ChangeRequest, proposal: Proposal) -> str:
    """Where the request stands: what happened at the plan, unless the board has said more."""
    state = state_of_proposal(proposal.status)
    if state == "implemented" or request.implemented_on is not None:
        return "implemented"
    return request.decision if request.decided_via not in {"", "plan"} else state


def _request_follow(request: ChangeRequest, proposal: Proposal) -> bool:
    """Note what was decided at the plan, and take back what is no longer so; whether anything differs."""
    state = state_of_proposal(proposal.status)
    day = proposal.decided_at.date() if proposal.decided_at else current_clock().today()
    wanted: dict[str, Any] = {}
    if state == "implemented" and request.implemented_on is None:
        words = AT_THE_PLAN[proposal.status == "edited"]
        wanted |= {"implemented_on": day, "implemented_by": proposal.decided_by, "implementation": words}
    elif state != "implemented" and request.implementation in AT_THE_PLAN:
        wanted |= {"implemented_on": None, "implemented_by": "", "implementation": ""}
        wanted |= {"verified_on": None, "verified_by": "", "verification": ""}
    if state == "rejected" and not request.decision:
        wanted |= {"decision": "rejected", "decided_via": "plan", "decided_on": day}
        wanted |= {"decided_by": proposal.decided_by, "decision_reason": proposal.decision_reason}
    elif state != "rejected" and request.decided_via == "plan":
        wanted |= {"decision": "", "decided_via": "", "decided_on": None, "decided_by": "", "decision_reason": ""}
    for name, value in wanted.items():
        setattr(request, name, value)
    if wanted:
        request.save()
    return bool(wanted)
