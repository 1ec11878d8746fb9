"""A change request as the command line answers it: JSON, a line, lines; finding one by its reference.

What does not live here: any verb.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from bywhen.kernel.errors import InputRefusedError
from bywhen.registers.cli.said import amount_of, entry_document, person_acts, project_of, say

if TYPE_CHECKING:
    from bywhen.registers.models import Entry
    from bywhen.registers.services.undoing import Done


def request_act(reference: str, project: str, by: str, act: Callable[[Entry], Done], *, as_json: bool) -> None:
    entry = request_entry(reference, project)
    with person_acts(by):
        done = act(entry)
    request_told(done, as_json=as_json)


def request_told(done: Done, *, as_json: bool) -> None:
    from bywhen.registers.selectors.changes import change_get

    entry = change_get(done.entry)
    assert entry is not None
    say({"said": done.said, **request_document(entry)}, [done.said], as_json=as_json)


def request_entry(reference: str, project: str) -> Entry:
    from bywhen.registers.selectors.changes import change_find

    found = change_find(project_of(project), reference)
    if found is None:
        remedy = "List them with 'bywhen change list'; where references repeat, name the --project."
        raise InputRefusedError(f"there is no single change request {reference!r}", remedy=remedy)
    return found


def money_of(cost: str | None) -> dict[str, Any]:
    """``12500 EUR`` as amount and currency; {} when nothing is said."""
    if cost is None:
        return {}
    amount, _, currency = cost.strip().rpartition(" ")
    if not amount:
        amount, currency = currency, ""
    found: dict[str, Any] = {"cost": amount_of(amount, "--cost")}
    return {**found, "currency": currency.upper()} if currency else found


def request_document(entry: Entry) -> dict[str, Any]:
    from bywhen.registers.selectors.changes import change_consequence, request_part
    from bywhen.registers.selectors.facts import asked_payload, request_facts

    facts, request = request_facts(entry), request_part(entry)
    return {
        **entry_document(entry),
        "state": facts.state,
        "requested_by": facts.requested_by,
        "reason": facts.reason,
        "options": facts.options,
        "risk": facts.risk,
        "rollback": facts.rollback,
        "cost": str(facts.cost.amount) if facts.cost else None,
        "currency": facts.cost.currency if facts.cost else "",
        "effort_days": str(request.effort_days) if request.effort_days is not None else None,
        "change": asked_payload(entry) or None,
        "consequence": change_consequence(entry) or None,
        "plan_version": facts.plan_version,
        "stale": facts.stale,
        "reasons": list(facts.reasons),
        "votes": [
            {"name": each.name, "vote": each.vote, "on": each.on, "due": each.due, "note": each.note}
            for each in facts.votes
        ],
        "tally": facts.tally,
        "decision": facts.decision,
        "decided_by": facts.decided_by,
        "decided_on": facts.decided_on,
        "decision_reason": facts.decision_reason,
        "decision_evidence": facts.decision_evidence,
        "implemented_on": facts.implemented_on,
        "verified_on": facts.verified_on,
        "proposal": entry.proposal_id,
    }


def request_line(entry: Entry) -> str:
    from bywhen.registers.selectors.changes import change_cost, change_state, change_tally, effect_words, request_part

    cost, votes = change_cost(entry), change_tally(entry)
    parts = [
        effect_words(entry),
        str(cost) if cost else "",
        votes.words if votes.outcome and not request_part(entry).decision else "",
    ]
    more = "; ".join(part for part in (entry.project.key, *parts) if part)
    return f"{entry.reference or entry.pk}  [{change_state(entry)}]  {entry.title}  ({more})"


def request_lines(entry: Entry) -> list[str]:
    from bywhen.registers.selectors.facts import request_facts

    facts = request_facts(entry)
    pairs = (
        ("in the plan", facts.asked),
        ("effect", facts.effect + (" (the plan has changed since)" if facts.stale else "")),
        ("needs a request because", "; ".join(facts.reasons)),
        ("asked by", facts.requested_by),
        ("why", facts.reason),
        ("options", facts.options),
        ("risk", facts.risk),
        ("way back", facts.rollback),
        ("cost", str(facts.cost) if facts.cost else ""),
        ("effort", f"{facts.effort_days} working days" if facts.effort_days else ""),
        ("votes", facts.tally),
        (
            "decision",
            " ".join(str(part) for part in (facts.decision, facts.decided_by, facts.decided_on or "") if part),
        ),
        ("reason", facts.decision_reason),
        ("implemented", str(facts.implemented_on or "")),
        ("verified", str(facts.verified_on or "")),
    )
    return [request_line(entry), *(f"  {name}: {value}" for name, value in pairs if value.strip())]
