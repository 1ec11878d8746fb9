"""Reading change requests: where each stands, why it is one, what waits for the board, what is doubtful."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, QuerySet

from bywhen.kernel.evidence import EvidenceRef
from bywhen.kernel.findings import Finding, Severity
from bywhen.kernel.money import Money
from bywhen.kernel.wording import day_short, listed
from bywhen.registers.engine.voting import Tally, tally
from bywhen.registers.kinds.change import KIND, ChangeEffect, Thresholds, request_reasons, state_of_words
from bywhen.registers.models import Approval, ChangeRequest, Entry
from bywhen.registers.selectors.control import thresholds_of
from bywhen.registers.selectors.entries import entry_list

if TYPE_CHECKING:
    from bywhen.record.models import Project, Proposal


MINUS = "\N{MINUS SIGN}"


def change_list(*, project: Project | None = None, status: str = "") -> QuerySet[Entry]:
    """Change requests with their approvals, newest first; ``status`` '' means all."""
    approvals = Prefetch("approvals", queryset=Approval.objects.select_related("approver"))
    found = entry_list(project=project, kind=KIND, status=status)
    return found.select_related("request__requested_by").prefetch_related(approvals).order_by("-raised_on", "-id")


def change_get(pk: int) -> Entry | None:
    """One change request with everything that hangs on it."""
    return change_list().filter(pk=pk).first()


def change_find(project: Project | None, reference: str) -> Entry | None:
    """By reference (``CR-3``, case folded) or number; None when there is none, or several and no project is given."""
    found = change_list(project=project).filter(reference__iexact=reference.strip())[:2]
    if len(found) == 1:
        return found[0]
    return change_get(int(reference)) if not found and reference.isdigit() else None


def approval_get(pk: int) -> Approval | None:
    """One vote with its request."""
    return Approval.objects.select_related("entry__project", "entry__proposal", "approver").filter(pk=pk).first()


def request_part(entry: Entry) -> ChangeRequest:
    """The request's own row; an empty one, not saved, where it has none."""
    return entry.request if hasattr(entry, "request") else ChangeRequest(entry=entry)


def change_state(entry: Entry) -> str:
    """Raised, assessed, approved, rejected or implemented; ``cancelled`` when it was given up."""
    if entry.status == "cancelled":
        return "cancelled"
    return "implemented" if request_part(entry).implemented_on else state_of_words(entry.progress)


def change_consequence(entry: Entry) -> dict[str, Any]:
    """What the change would do, as it was computed last; {} while it was not."""
    computed = request_part(entry).consequence or (entry.proposal.consequence if entry.proposal else {})
    return dict(computed)


def change_cost(entry: Entry) -> Money | None:
    """What it costs; None while nobody has said so."""
    request = request_part(entry)
    return None if request.cost is None else Money(request.cost, request.currency)


def change_effect(entry: Entry) -> ChangeEffect | None:
    """Its computed effect; None while nothing could be computed."""
    if not entry.effect:
        return None
    moved = tuple((each["name"], each["working_days"]) for each in entry.effect["milestones"])
    return ChangeEffect(entry.effect["finish_days"], moved, entry.effect["float_days"])


def change_reasons(entry: Entry, thresholds: Thresholds | None = None) -> tuple[str, ...]:
    """Which limits of the project it reaches, in words; nothing when it stays below all of them."""
    proposal, request = entry.proposal, request_part(entry)
    payload = (proposal.edited or proposal.payload) if proposal else request.payload
    limits = thresholds or thresholds_of(entry.project)
    return request_reasons(change_effect(entry), limits, cost=change_cost(entry), drops=bool(payload.get("remove")))


def effect_words(entry: Entry) -> str:
    """The kept effect in a few words: the end, else the milestone that moves most, else that nothing does."""
    effect = change_effect(entry)
    if effect is None:
        return ""
    if effect.finish_days:
        return f"end {_signed(effect.finish_days)}"
    if effect.milestones:
        name, days = max(effect.milestones, key=lambda each: abs(each[1]))
        return f"{name} {_signed(days)}"
    return "moves no milestone"


def _signed(days: int) -> str:
    return f"{'+' if days > 0 else MINUS}{abs(days)} d"


def change_tally(entry: Entry) -> Tally:
    """What its votes amount to."""
    return tally([approval.vote for approval in entry.approvals.all()], request_part(entry).quorum)


def changes_awaiting(project: Project | None = None) -> list[Entry]:
    """Requests that nobody has decided, the largest effect on the end first."""
    found = change_list(project=project, status="open")
    waiting = [each for each in found if change_state(each) in {"raised", "assessed"}]
    return sorted(waiting, key=lambda each: -abs((each.effect or {}).get("finish_days", 0)))


def change_of_proposal(proposal: Proposal) -> Entry | None:
    """The request that a proposed change of the plan raised or came from."""
    return change_list().filter(proposal=proposal).first()


def change_findings(project: Project, today: date) -> list[Finding]:
    """What is wrong with change control: changes made without approval, votes that are late, decisions that are."""
    return [finding for entry in change_list(project=project) for finding in _doubts(entry, today)]


def _doubts(entry: Entry, today: date) -> Iterator[Finding]:
    request = request_part(entry)
    refs = tuple(EvidenceRef(quote.source.sha256, quote.place, quote.text) for quote in entry.quotes.all())
    subject = f"{KIND} {entry.reference or entry.pk}"
    if request.implemented_on and request.decision != "approved":
        how = f"although {request.decided_by} rejected it" if request.decision == "rejected" else "without an approval"
        text = (
            f"{entry.reference}, {entry.title}, was implemented on {day_short(request.implemented_on, today)} {how}."
            " Let the board decide it afterwards, or undo the change."
        )
        yield Finding("change-unapproved", Severity.ERROR, text, subject, refs)
    if change_state(entry) not in {"raised", "assessed"} or entry.status != "open":
        return
    late = [each for each in entry.approvals.all() if not each.vote and each.due and each.due < today]
    if late:
        names = listed([each.approver.name for each in late])
        first = min(each.due for each in late if each.due)
        text = f"{entry.reference}, {entry.title}: the vote of {names} was due {day_short(first, today)}."
        yield Finding("vote-late", Severity.WARNING, text, subject, refs)
    elif entry.due and entry.due < today:
        text = f"{entry.reference}, {entry.title}: the decision was needed by {day_short(entry.due, today)}."
        yield Finding("change-undecided", Severity.WARNING, text, subject, refs)
