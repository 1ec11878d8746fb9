"""A change request as its page shows it: what is asked, what it moves and costs, who decides, what became of it.

What does not live here: computing (the schedule, asked through the record), the printed form (room ``reports``).
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from bywhen.kernel.clock import current_clock
from bywhen.kernel.wording import counted, day_long, day_short, plain_number
from bywhen.record.selectors.people import person_list
from bywhen.record.selectors.plan import plan_tasks, plan_version
from bywhen.record.selectors.shown import impact_shown, quotes_shown
from bywhen.registers.forms import MOVES
from bywhen.registers.kinds.change import STATES
from bywhen.registers.selectors.changes import (
    change_consequence,
    change_cost,
    change_reasons,
    change_state,
    change_tally,
    request_part,
)
from bywhen.registers.selectors.control import thresholds_of, thresholds_words
from bywhen.registers.selectors.facts import request_facts
from bywhen.registers.views.rows import STATE_TONES, field

if TYPE_CHECKING:
    from bywhen.registers.models import Approval, ChangeRequest, Entry

_TEXTS = (
    ("reason", "Why it is asked"),
    ("options", "Options"),
    ("risk", "Risk of the change"),
    ("rollback", "Way back"),
)
MOST_FLOAT = 6
"""Tasks that lose float which the page names."""
_VOTE_TONES = {"for": "good", "against": "bad", "abstain": "warn", "": ""}
_VOTE_WORDS = {"for": "For", "against": "Against", "abstain": "Abstains", "": "No vote yet"}


def request_short(entry: Entry) -> dict[str, Any]:
    """What the drawer beside the list shows of a request."""
    state = change_state(entry)
    return {
        "state": state,
        "tone": STATE_TONES.get(state, ""),
        "text": str(change_consequence(entry).get("text", "")) or "Nobody has computed its effect yet.",
        "reasons": change_reasons(entry),
        "votes": change_tally(entry).words,
        "impact": impact_shown(change_consequence(entry), "If the change is made"),
        "cost": _cost(entry),
        "url": reverse("registers:entry", args=[entry.pk]),
    }


def request_page(entry: Entry) -> dict[str, Any]:
    """The context of ``registers/request.html``."""
    request, state, today = request_part(entry), change_state(entry), current_clock().today()
    asked_by = request.requested_by.name if request.requested_by else request.requested_by_text
    return {
        "pk": entry.pk,
        "reference": entry.reference,
        "title": entry.title,
        "state": state,
        "tone": STATE_TONES.get(state, ""),
        "steps": _steps(entry, state),
        "sub": f"{entry.project.name} \N{MIDDLE DOT} raised {day_long(entry.raised_on, today)}"
        + (f" by {asked_by}" if asked_by else "")
        + (f" \N{MIDDLE DOT} decision needed by {day_long(entry.due, today)}" if entry.due else ""),
        "owner": entry.owner.name if entry.owner else entry.owner_text,
        "description": entry.description if entry.description != change_consequence(entry).get("text") else "",
        "texts": [{"title": title, "text": getattr(request, name)} for name, title in _TEXTS],
        "quotes": quotes_shown(entry.quotes.all()),
        "effect": effect_shown(entry),
        "cost": _cost(entry),
        "effort": f"{counted(request.effort_days, 'working day')}" if request.effort_days is not None else "",
        "reasons": change_reasons(entry),
        "limits": thresholds_words(thresholds_of(entry.project)),
        "control_url": f"{reverse('registers:control')}?project={entry.project.key}",
        **_deciding(entry, request, state),
        **_done(entry, request, state),
        "editable": entry.status == "open" and not request.decision,
        "fields": request_fields(entry, [p.name for p in person_list()], _tasks(entry)),
        "people": [person.name for person in person_list()],
        "tasks": _tasks(entry),
        "open": entry.status == "open",
        "list_url": reverse("registers:list", args=["change"]),
    }


def effect_shown(entry: Entry) -> dict[str, Any]:
    """The computed cascade: its sentence, before and after, float, what becomes critical, how fresh it is."""
    request, facts = request_part(entry), request_facts(entry)
    version, over = plan_version(entry.project), change_state(entry) in {"implemented", "rejected", "cancelled"}
    return {
        "asked": facts.asked,
        "text": facts.effect,
        "impact": impact_shown(change_consequence(entry), "If the change is made", most=12),
        "float_used": [
            {"name": each.name, "before": _days(each.before_days), "after": _days(each.after_days)}
            for each in facts.float_used[:MOST_FLOAT]
        ],
        "now_critical": facts.now_critical,
        "version": request.computed_version,
        "current": version,
        "computed": day_short(request.computed_at.date(), current_clock().today()) if request.computed_at else "",
        "stale": facts.stale,
        "can_compute": bool(facts.asked) and version is not None and not over,
    }


def _days(days: float) -> str:
    return f"{plain_number(Decimal(str(days)))} d"


def _cost(entry: Entry) -> str:
    money = change_cost(entry)
    return f"{plain_number(money.amount, 2)} {money.currency}" if money else ""


def _steps(entry: Entry, state: str) -> list[dict[str, Any]]:
    """The way of a request as a row of steps; a rejected one ends where it was rejected."""
    way = [each for each in STATES if each != "rejected" or state == "rejected"]
    way = [each for each in way if not (state == "rejected" and each in {"approved", "implemented"})]
    way += ["verified"] if state != "rejected" else []
    reached = "verified" if request_part(entry).verified_on else state
    at = way.index(reached) if reached in way else -1
    skipped = "" if request_part(entry).decision == "approved" else "approved"
    return [
        {
            "title": each.capitalize(),
            "done": place <= at and each != skipped,
            "current": place == at,
            "bad": each == "rejected",
        }
        for place, each in enumerate(way)
    ]


def _deciding(entry: Entry, request: ChangeRequest, state: str) -> dict[str, Any]:
    tally, today = change_tally(entry), current_clock().today()
    late = request.implemented_on is not None and request.decision != "approved"
    return {
        "votes": [_vote(each) for each in entry.approvals.all()],
        "tally": tally.words,
        "outcome": tally.outcome,
        "quorum": request.quorum,
        "decidable": (state in {"raised", "assessed"} and entry.status == "open" and not request.decision) or late,
        "unapproved": late,
        "decision": {
            "what": request.decision,
            "by": request.decided_by,
            "on": day_long(request.decided_on, today) if request.decided_on else "",
            "reason": request.decision_reason,
            "evidence": request.decision_evidence,
            "via": request.decided_via,
        }
        if request.decision
        else None,
    }


def _vote(each: Approval) -> dict[str, Any]:
    today = current_clock().today()
    late = not each.vote and each.due is not None and each.due < today
    return {
        "pk": each.pk,
        "part": f"vote-{each.pk}",
        "name": each.approver.name,
        "due": f"{'was due' if late else 'due'} {day_short(each.due, today)}" if each.due and not each.vote else "",
        "late": late,
        "vote": each.vote,
        "words": _VOTE_WORDS.get(each.vote, each.vote),
        "tone": "bad" if late else _VOTE_TONES.get(each.vote, ""),
        "on": day_short(each.voted_on, today) if each.voted_on else "",
        "note": each.note,
    }


def _done(entry: Entry, request: ChangeRequest, state: str) -> dict[str, Any]:
    proposal, today = entry.proposal, current_clock().today()
    waits = proposal is not None and proposal.status == "proposed"
    return {
        "proposal": {
            "text": proposal.text,
            "status": proposal.status,
            "waits": waits,
            "reason": proposal.decision_reason,
        }
        if proposal
        else None,
        "can_implement": entry.status == "open" and state == "approved" and not waits,
        "implemented": {
            "on": day_long(request.implemented_on, today),
            "by": request.implemented_by,
            "how": request.implementation,
        }
        if request.implemented_on
        else None,
        "verified": {
            "on": day_long(request.verified_on, today),
            "by": request.verified_by,
            "how": request.verification,
        }
        if request.verified_on
        else None,
        "can_verify": request.implemented_on is not None and request.verified_on is None,
    }


def _tasks(entry: Entry) -> list[str]:
    return [f"{uid}: {name}" for uid, name in plan_tasks(entry.project)]


def request_fields(entry: Entry | None, people: list[str], tasks: list[str]) -> list[dict[str, Any]]:
    """The fields of the form that raises or edits a request, in groups (``registers/_request_form.html``)."""
    request = request_part(entry) if entry else None
    payload = dict(request.payload) if request else {}
    asked_by = (request.requested_by.name if request.requested_by else request.requested_by_text) if request else ""
    move = next((name for name, _ in MOVES if name and payload.get(name) not in (None, False)), "")
    owner = entry.owner.name if entry and entry.owner else ""
    uid = payload.get("task_uid")

    def text(name: str) -> Any:
        return getattr(request, name) if request else ""

    def number(name: str, title: str, value: Any, step: str, low: str = "0") -> dict[str, Any]:
        return {**field(name, title, value), "kind": "number", "step": step, "low": low}

    groups = [
        ("What is asked", [
            field("title", "What is to change", entry.title if entry else ""),
            {**field("description", "In detail", entry.description if entry else ""), "kind": "area"},
            {**field("reason", "Why it is asked", text("reason")), "kind": "area"},
            {**field("requested_by", "Requested by", asked_by), "kind": "list", "options_of": "people"},
            field("owner", "Owner", owner, people=people),
            field("due", "Decision needed by", entry.due if entry else None),
        ]),
        ("What it costs", [
            number("cost", "Cost", text("cost"), "0.01", ""),
            {**field("currency", "Currency", text("currency")), "size": 3},
            number("effort_days", "Effort in working days", text("effort_days"), "0.25"),
        ]),
        ("What is weighed", [
            {**field(name, title, text(name)), "kind": "area"} for name, title in _TEXTS if name != "reason"
        ]),
    ]  # fmt: skip
    if entry is None or entry.proposal is None:
        moves = [{"value": value, "title": title} for value, title in MOVES]
        days = payload.get("finish") or payload.get("start") or ""
        amount = payload.get("delay_days") or payload.get("extend_days") or ""
        chosen = next((task for task in tasks if task.split(":", 1)[0] == str(uid)), str(uid or ""))
        groups.insert(1, ("What it changes in the plan", [
            {**field("task", "Task", chosen), "kind": "list", "options_of": "tasks"},
            {**field("move", "What happens to it", move), "kind": "select", "options": moves, "bare": True},
            number("amount", "Working days", amount, "0.5", ""),
            {**field("day", "Day", ""), "kind": "date", "value": days},
        ]))  # fmt: skip
    return [{"title": title, "fields": fields} for title, fields in groups]
