"""Gathering a change request as plain values, for its page, its printed form and the command line."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from bywhen.kernel.clock import current_clock
from bywhen.kernel.evidence import EvidenceRef
from bywhen.kernel.status import SourceTitle
from bywhen.kernel.wording import plain_number
from bywhen.record.engine.payloads import ChangePayload, change_words
from bywhen.record.selectors.plan import plan_tasks, plan_version
from bywhen.registers.engine.facts import DateMove, FloatUse, RequestFacts, VoteFact
from bywhen.registers.selectors.changes import (
    change_consequence,
    change_cost,
    change_reasons,
    change_state,
    change_tally,
    request_part,
)

if TYPE_CHECKING:
    from bywhen.registers.models import Entry

REGISTER = "record"
"""The source that a request cites which nobody has said and no file brought: the register itself."""
_FINAL = frozenset({"implemented", "rejected", "cancelled"})


def asked_payload(entry: Entry) -> dict[str, Any]:
    """The change of the plan that it asks for; {} when it names none."""
    proposal = entry.proposal
    return dict((proposal.edited or proposal.payload) if proposal else request_part(entry).payload)


def asked_words(entry: Entry) -> str:
    """The same in words: the task and what happens to it; '' when it names none."""
    payload = asked_payload(entry)
    if not payload:
        return ""
    change = ChangePayload.from_document(payload)
    task = change_consequence(entry).get("task") or f"Task {change.task_uid}"
    return f"{task}: {change_words(change)}"


def effect_stale(entry: Entry) -> bool:
    """Whether its effect was computed against another version of the plan than today's; what is over never is."""
    if change_state(entry) in _FINAL or not asked_payload(entry):
        return False
    current = plan_version(entry.project)
    return current is not None and request_part(entry).computed_version != current


def request_facts(entry: Entry) -> RequestFacts:
    """Everything that the form of a change request says."""
    request, quotes = request_part(entry), list(entry.quotes.all())
    titles = {each.source.sha256: _titled(each.source) for each in quotes}
    own = EvidenceRef(REGISTER, f"{entry.reference or entry.pk}", entry.title)
    return RequestFacts(
        reference=entry.reference or f"No. {entry.pk}",
        title=entry.title,
        project=entry.project.name,
        state=change_state(entry),
        as_of=current_clock().today(),
        raised_on=entry.raised_on,
        evidence=tuple(EvidenceRef(each.source.sha256, each.place, each.text) for each in quotes) or (own,),
        requested_by=request.requested_by.name if request.requested_by else request.requested_by_text,
        owner=entry.owner.name if entry.owner else entry.owner_text,
        decision_needed_by=entry.due,
        description="" if entry.description == change_consequence(entry).get("text") else entry.description,
        reason=request.reason,
        options=request.options,
        risk=request.risk,
        rollback=request.rollback,
        cost=change_cost(entry),
        effort_days="" if request.effort_days is None else plain_number(request.effort_days, 2),
        reasons=change_reasons(entry),
        votes=tuple(
            VoteFact(each.approver.name, each.vote, each.voted_on, each.due, each.note)
            for each in entry.approvals.all()
        ),
        tally=change_tally(entry).words,
        sources={**titles, REGISTER: SourceTitle("The change register", "register")},
        **_effect(entry),
        **_course(entry),
    )


def _effect(entry: Entry) -> dict[str, Any]:
    request = request_part(entry)
    consequence, names = change_consequence(entry), dict(plan_tasks(entry.project))
    moved = [each for each in consequence.get("milestones", ()) if each["working_days"]]
    finish = consequence.get("finish") or {}
    if finish.get("working_days"):
        moved.append({**finish, "name": f"{finish['name']} ends"})
    return {
        "asked": asked_words(entry),
        "effect": str(consequence.get("text", "")),
        "plan_version": request.computed_version,
        "stale": effect_stale(entry),
        "moves": tuple(_move(each) for each in moved if "from" in each),
        "float_used": tuple(
            FloatUse(names.get(each["uid"], f"task {each['uid']}"), each["before_days"], each["after_days"])
            for each in sorted(
                consequence.get("float_used", ()), key=lambda each: each["after_days"] - each["before_days"]
            )
        ),
        "now_critical": tuple(names.get(uid, f"task {uid}") for uid in consequence.get("now_critical", ())),
    }


def _move(each: dict[str, Any]) -> DateMove:
    before, after = date.fromisoformat(each["from"]), date.fromisoformat(each["to"])
    return DateMove(str(each["name"]), before, after, int(each["working_days"]))


def _course(entry: Entry) -> dict[str, Any]:
    request = request_part(entry)
    names = (
        "decision", "decided_by", "decided_on", "decision_reason", "decision_evidence", "implemented_on",
        "implemented_by", "implementation", "verified_on", "verified_by", "verification",
    )  # fmt: skip
    return {name: getattr(request, name) for name in names}


def _titled(source: Any) -> SourceTitle:
    return SourceTitle(source.name.rpartition("/")[2], source.kind, source.received_at.date())
