"""Drawers of proposed changes of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from bywhen.kernel.wording import listed
from bywhen.record.selectors.proposals import proposal_get
from bywhen.record.selectors.shown import impact_shown, quotes_shown
from bywhen.registers.selectors.changes import (
    change_consequence,
    change_find,
    change_get,
    change_of_proposal,
    change_reasons,
    change_state,
    change_tally,
)
from bywhen.registers.selectors.control import thresholds_of, thresholds_words
from bywhen.week.engine.ranking import Need
from bywhen.week.views.drawers.acts import Evidence, days_form, days_of, link, need_number, posted, with_primary
from bywhen.week.views.drawers.findings import finding_of, finding_shown

if TYPE_CHECKING:
    from bywhen.record.models import Proposal
    from bywhen.registers.models import Entry


def change(need: Need) -> Evidence:
    """A proposed change: what was said, what it moves, accept or reject."""
    proposal = proposal_get(need_number(need))
    if proposal is None:
        return {}
    text = str(proposal.consequence.get("text", ""))
    raised = change_of_proposal(proposal)
    acts = [
        posted(need, "accept", "Accept: put it into the plan", "a"),
        posted(need, "reject", "Reject: the plan stays", "x"),
    ]
    return {
        "about": f"Proposed change · {proposal.project.name} · {proposal.confidence:.0%} sure",
        "why_title": "What was said",
        "quotes": quotes_shown(proposal.quotes.all()),
        "computed": [said for said in (text, _control(proposal, raised)) if said],
        "impact_title": "If it is accepted",
        "impact": impact_shown(proposal.consequence, "If the change is accepted"),
        "actions": with_primary([*acts, *_request_link(raised), *_meeting_link(proposal)]),
        "forms": [days_form(need, proposal)] if days_of(proposal) is not None else [],
    }


def request(need: Need) -> Evidence:
    """A change request that waits for a decision: its effect and the way to its page."""
    entry = change_get(need_number(need))
    if entry is None:
        return {}
    return {
        "about": f"Change request · {entry.project.name} · {change_tally(entry).words}",
        "why_title": "What was said",
        "quotes": quotes_shown(entry.quotes.all()),
        "computed": [said for said in (str(change_consequence(entry).get("text", "")),) if said],
        "impact_title": "If it is made",
        "impact": impact_shown(change_consequence(entry), "If the change is made"),
        "actions": with_primary(_request_link(entry)),
    }


def control(need: Need) -> Evidence:
    """Something wrong with change control: the words of the finding, and the way to the request."""
    finding = finding_of(need)
    if finding is None:
        return {}
    entry = change_find(finding.project, finding.subject.removeprefix("change "))
    shown = finding_shown(need, finding)
    return {**shown, "computed": [finding.text], "actions": with_primary([*_request_link(entry), *shown["actions"]])}


def _control(proposal: Proposal, request: Entry | None) -> str:
    """Where change control stands: which limit asks for a request, or that none does."""
    if request is None:
        limits = listed(thresholds_words(thresholds_of(proposal.project))).replace(" and ", " or ")
        return f"It stays below the limits of change control, so no request is needed ({limits})." if limits else ""
    state = change_state(request)
    if state == "approved":
        return f"{request.reference} is approved; accepting puts it into the plan."
    reasons = "; ".join(change_reasons(request)) or "it was raised by hand"
    waits = " Accepting it before the board approves is told as a finding." if change_tally(request).outcome else ""
    return f"{request.reference} is in the change register, {state}: {reasons}.{waits}"


def _request_link(request: Entry | None) -> list[Evidence]:
    if request is None:
        return []
    return [link(f"Open {request.reference}", reverse("registers:entry", args=[request.pk]), "c")]


def _meeting_link(proposal: Proposal) -> list[Evidence]:
    room, _, pk = proposal.origin.partition(":")
    if room != "meeting" or not pk.isdigit():
        return []
    return [link("See it in the meeting", reverse("meetings:review", args=[int(pk)]), "m")]
