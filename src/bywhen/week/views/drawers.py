"""What the evidence drawer shows for each kind of need: where it comes from, what waiting costs, what can be done."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.http import urlencode

from bywhen.finance.selectors import budget_variance
from bywhen.followup.services.by_hand import actor_of, escalation_person
from bywhen.kernel.clock import current_clock
from bywhen.kernel.errors import ByWhenError
from bywhen.kernel.wording import counted, day_long, day_short
from bywhen.loops.selectors import loop_get, loop_list
from bywhen.record.engine.payloads import ChangePayload
from bywhen.record.selectors.people import person_list
from bywhen.record.selectors.projects import project_get
from bywhen.record.selectors.proposals import finding_get, proposal_get
from bywhen.registers.selectors.entries import change_references
from bywhen.reports.selectors.status import status_facts
from bywhen.schedule.selectors import forecast_list, task_facts, version_current, working_time_of
from bywhen.schedule.services import change_consequence, change_impact
from bywhen.week.engine.ranking import Need
from bywhen.week.selectors.needs import finding_loop

if TYPE_CHECKING:
    from bywhen.loops.models import Loop
    from bywhen.record.models import Finding, Proposal, Quote

Evidence = dict[str, Any]
"""The context of ``platform/parts/evidence.html``, with ``forms`` for what needs words."""
TARGET = "#today"
WAITS = 5
"""Working days for which the drawer computes what waiting costs: one turn of the week."""


def drawer(need: Need) -> Evidence:
    """The drawer of one need."""
    shown = _KINDS[need.kind](need)
    shown.setdefault("title", need.title)
    shown.setdefault("about", need.loss)
    return shown


def _blocker(need: Need) -> Evidence:
    loop = loop_get(_number(need))
    if loop is None:
        return {}
    asked, decides = actor_of(loop), escalation_person(loop)
    acts = []
    if decides:
        acts.append(_post(need, "escalate", f"Draft an escalation to {decides.name}", "i"))
    if asked:
        acts.append(_post(need, "again", f"Ask {asked.name} again, with the date", "a"))
    acts.append(_post(need, "close", "It is cleared", "x"))
    if need.rag == "green" and len(acts) > 1:
        acts.insert(0, acts.pop(1 if decides and asked else 0))
    return {
        "about": _about(loop),
        "why_title": f"Why this is {need.rag}",
        "quotes": _quotes(loop.quotes.all()),
        "computed": [need.loss, *([loop.detail] if loop.detail and loop.detail != loop.title else [])],
        **_waiting(loop),
        "actions": _with_primary(acts),
        "forms": [_wait_form(need, loop)],
    }


def _about(loop: Loop) -> str:
    raised = f"raised {day_short(loop.opened_on)}" + (f" by {loop.raised_by}" if loop.raised_by else "")
    due = f", due {day_short(loop.due)}" if loop.due else ""
    return f"{f'{loop.kind.capitalize()} {loop.reference}'.strip()} · {loop.project.name} · {raised}{due}"


def _waiting(loop: Loop) -> Evidence:
    """What the plan says if the task it holds up cannot go on for another week."""
    if loop.task_uid is None:
        return {"changes": ["Name the plan task that it holds up; then the days it costs can be computed."]}
    facts = task_facts(loop.project, [loop.task_uid]).get(loop.task_uid)
    if facts is None or facts.percent >= 100:
        return {}
    today, calendar = current_clock().today(), working_time_of(loop.project)
    until = calendar.add_days(today, WAITS)
    # What has not begun cannot begin before it is cleared; what is under way stands still meanwhile.
    delay = WAITS if facts.percent else max(0, calendar.working_days_between(facts.start, until))
    held = f"It holds up '{facts.name}', planned {day_short(facts.start)} to {day_short(facts.finish)}."
    if not delay:
        last = (
            f" From {day_long(facts.miss_on)} on it costs {facts.milestone.name}."
            if facts.miss_on and facts.milestone
            else ""
        )
        return {"changes": [f"{held} Waiting until {day_long(until)} moves nothing.{last}"]}
    try:
        impact = change_impact(project=loop.project, payload=ChangePayload(loop.task_uid, delay_days=delay))
    except ByWhenError as error:
        return {"changes": [str(error)]}
    consequence = change_consequence(impact, impact.schedule.plan.minutes_per_day)
    return {
        "impact_title": f"If it waits until {day_long(until)}",
        "impact": impact_shown(consequence, f"If '{loop.title}' waits until {day_long(until)}"),
        "changes": [held],
    }


def impact_shown(consequence: dict[str, Any], caption: str, most: int = 6) -> Evidence | None:
    """A kept consequence as the table and drawing of ``parts/impact.html``; None when no date moves."""
    moved = [each for each in consequence.get("milestones", ()) if each["working_days"]][:most]
    finish = consequence.get("finish") or {}
    if finish.get("working_days"):
        moved.append({**finish, "name": f"{finish['name']} ends", "key": True})
    if not moved:
        return None
    rows = [
        {
            "name": each["name"],
            "before": day_short(date.fromisoformat(each["from"]), date.fromisoformat(each["to"])),
            "after": day_short(date.fromisoformat(each["to"])),
            "delta": each["working_days"],
            "unit": "d",
            "key": each.get("key", False),
        }
        for each in moved
    ]
    bars = [
        {
            "name": each["name"],
            "milestone": True,
            "before": (date.fromisoformat(each["from"]),) * 2,
            "after": (date.fromisoformat(each["to"]),) * 2,
        }
        for each in moved[-4:]
    ]
    return {"caption": caption, "rows": rows, "bars": bars}


def _change(need: Need) -> Evidence:
    proposal = proposal_get(_number(need))
    if proposal is None:
        return {}
    text = str(proposal.consequence.get("text", ""))
    reference = change_references([proposal]).get(proposal.pk)
    raised = f"{reference} is raised in the change register." if reference else ""
    acts = [
        _post(need, "accept", "Accept: put it into the plan", "a"),
        _post(need, "reject", "Reject: the plan stays", "x"),
    ]
    return {
        "about": f"Proposed change · {proposal.project.name} · {proposal.confidence:.0%} sure",
        "why_title": "What was said",
        "quotes": _quotes(proposal.quotes.all()),
        "computed": [said for said in (text, raised) if said],
        "impact_title": "If it is accepted",
        "impact": impact_shown(proposal.consequence, "If the change is accepted"),
        "actions": _with_primary([*acts, *_meeting_link(proposal)]),
        "forms": [_days_form(need, proposal)] if _days_of(proposal) is not None else [],
    }


def _meeting_link(proposal: Proposal) -> list[Evidence]:
    room, _, pk = proposal.origin.partition(":")
    if room != "meeting" or not pk.isdigit():
        return []
    return [_link("See it in the meeting", reverse("meetings:review", args=[int(pk)]), "m")]


def _minutes(need: Need) -> Evidence:
    room, _, rest = need.ref.partition(":")
    if room == "meetings":
        address = f"{reverse('meetings:list')}?{urlencode({'project': rest})}"
        return {"actions": _with_primary([_link("Go to the meetings", address, "m")])}
    address = reverse("meetings:review", args=[int(rest)])
    return {
        "computed": ["Each item carries the words it was found in; nothing is told to anybody before you accept it."],
        "actions": _with_primary([_link("Review the items", address, "m")]),
    }


def _overdue(need: Need) -> Evidence:
    today = current_clock().today()
    room, _, rest = need.ref.partition(":")
    project = project_get(need.project)
    late = [
        loop
        for loop in loop_list(project=project)
        if loop.kind != "blocker" and loop.due and loop.due < today and (room != "loop" or loop.pk == int(rest))
    ]
    shown: Evidence = {
        "facts_title": "What is overdue",
        "facts": [
            {
                "name": f"{loop.title} ({loop.owner.name if loop.owner else 'nobody'})",
                "value": f"due {day_short(loop.due)}",
            }
            for loop in late
            if loop.due
        ],
        "quotes": _quotes([quote for loop in late[:3] for quote in loop.quotes.all()]),
    }
    acts = [_link("Look at the messages", reverse("followup:outbox"), "f")]
    if len(late) == 1:
        acts += [_post(need, "again", "Ask again, with the date", "a"), _post(need, "close", "It is done", "x")]
        shown["forms"] = [_wait_form(need, late[0])]
    else:
        acts.append(
            _link(
                "See all of them",
                f"{reverse('week:loops')}?{urlencode({'project': need.project, 'show': 'overdue'})}",
                "l",
            )
        )
    return {**shown, "actions": _with_primary(acts)}


def _loop_finding(need: Need) -> Evidence:
    """Nobody owns it, or it stands still."""
    finding, loop = _finding_of(need), None
    if finding is not None:
        loop = finding_loop(finding)
    if finding is None:
        return {}
    if loop is None:
        return {**_finding_shown(need, finding), "computed": [finding.text]}
    shown: Evidence = {"about": _about(loop), "quotes": _quotes(loop.quotes.all()), "computed": [finding.text]}
    if need.kind == "ownerless":
        people = [person.name for person in person_list()]
        shown["forms"] = [
            {
                "title": "Give it an owner",
                "key": "o",
                "open": True,
                "url": reverse("week:act", args=[need.ref, "owner"]),
                "target": TARGET,
                "submit": "Give it to them",
                "fields": [
                    {"name": "owner", "label": "Owner", "kind": "select", "options": people, "blank": "Choose a person"}
                ],
            },
            _leave_form(need),
        ]
        shown["actions"] = [_post(need, "close", "It is done", "x")]
        return shown
    acts = [_post(need, "again", f"Ask {person.name} again", "a")] if (person := actor_of(loop)) else []
    return {
        **shown,
        "actions": _with_primary([*acts, _post(need, "close", "It is done", "x")]),
        "forms": [_wait_form(need, loop), _leave_form(need)],
    }


def _reforecast(need: Need) -> Evidence:
    finding = _finding_of(need)
    if finding is None or finding.project is None:
        return {}
    rows = [row for row in forecast_list(finding.project) if row.milestone == finding.subject][-8:]
    return {
        **_finding_shown(need, finding),
        "facts_title": "What it was forecast for, by day",
        "facts": [{"name": day_long(row.on), "value": day_long(row.forecast, row.on)} for row in rows],
    }


def _status(need: Need) -> Evidence:
    finding = _finding_of(need)
    if finding is None or finding.project is None:
        return {}
    facts = status_facts(finding.project, current_clock().today())
    declared, derived = facts.declared, facts.derived
    rows = []
    if declared:
        rows.append(
            {
                "name": f"Declared by {declared.by or 'the lead'} on {day_short(declared.as_of)}",
                "value": declared.rag.value,
            }
        )
    if derived:
        rows.append({"name": "The facts say", "value": derived.rag.value})
    shown = _finding_shown(need, finding)
    report = _link("See the status report", reverse("reports:status", args=[finding.project.key]), "s")
    return {
        **shown,
        "facts_title": "Declared beside derived",
        "facts": rows,
        "computed": [reason.text for reason in derived.reasons] if derived else [],
        "actions": [*shown["actions"], report],
    }


def _money(need: Need) -> Evidence:
    finding = _finding_of(need)
    if finding is None or finding.project is None:
        return {}
    version = version_current(finding.project)
    finish = version.finish.date() if version and version.finish else None
    rows = []
    for row in budget_variance(finding.project, current_clock().today(), finish=finish):
        if f"{row.category} {row.currency}" == finding.subject:
            rows = [{"name": "What the figures say", "value": row.state.value}]
    return {**_finding_shown(need, finding), "facts": rows, "computed": [finding.text]}


def _finding_shown(need: Need, finding: Finding) -> Evidence:
    lead = finding.project.lead if finding.project else None
    acts = [_post(need, "question", f"Ask {lead.name} what is behind it", "a")] if lead else []
    return {
        "about": f"{finding.project or 'All projects'} · seen since {day_short(finding.first_seen)}",
        "quotes": _quotes(finding.quotes.all()),
        "actions": _with_primary(acts),
        "forms": [_leave_form(need)],
    }


def _asks(_need: Need) -> Evidence:
    return {
        "computed": [
            "ByWhen sends nothing: what you approve can be copied, mailed from your own program or saved as a file."
        ],
        "actions": _with_primary([_link("Look at the messages", reverse("followup:outbox"), "f")]),
    }


_KINDS: dict[str, Callable[[Need], Evidence]] = {
    "blocker": _blocker,
    "change": _change,
    "minutes": _minutes,
    "overdue": _overdue,
    "ownerless": _loop_finding,
    "silent": _loop_finding,
    "re-forecast": _reforecast,
    "status": _status,
    "money": _money,
    "asks": _asks,
}


def quote_shown(quote: Quote) -> Evidence:
    """A quote with its place and the address that shows it in context."""
    seconds = int(quote.at_seconds) if quote.at_seconds is not None else None
    return {
        "text": quote.text or quote.place,
        "by": quote.speaker,
        "at": f"{seconds // 3600:02}:{seconds % 3600 // 60:02}:{seconds % 60:02}" if seconds is not None else "",
        "source": quote.source.name.rpartition("/")[2],
        "place": quote.place,
        "url": evidence_address(quote.source.sha256, quote.place),
    }


def evidence_address(sha256: str, place: str) -> str:
    """Where a place in a source is shown."""
    return f"{reverse('record:evidence', args=[sha256])}?{urlencode({'place': place})}"


def _quotes(quotes: Iterable[Quote]) -> list[Evidence]:
    return [quote_shown(quote) for quote in quotes]


def _finding_of(need: Need) -> Finding | None:
    return finding_get(_number(need))


def _number(need: Need) -> int:
    return int(need.ref.rpartition(":")[2])


def _post(need: Need, act: str, title: str, key: str) -> Evidence:
    address = reverse("week:act", args=[need.ref, act])
    return {"title": title, "key": key, "url": address, "method": "post", "target": TARGET}


def _link(title: str, address: str, key: str) -> Evidence:
    return {"title": title, "key": key, "url": address, "method": "get"}


def _with_primary(acts: list[Evidence]) -> list[Evidence]:
    """The first act is the one that Enter does."""
    return [{**each, "primary": True, "key": "Enter"} if not i else each for i, each in enumerate(acts)]


def _wait_form(need: Need, loop: Loop) -> Evidence:
    today = current_clock().today()
    until = working_time_of(loop.project).add_days(today, 3)
    return {
        "title": "Can wait, because ...",
        "key": "w",
        "url": reverse("week:act", args=[need.ref, "wait"]),
        "target": TARGET,
        "submit": "Let it wait",
        "fields": [
            {"name": "reason", "label": "Because", "kind": "text"},
            {
                "name": "until",
                "label": "Look again on",
                "kind": "date",
                "value": until.isoformat(),
                "low": (today + timedelta(days=1)).isoformat(),
            },
        ],
    }


def _leave_form(need: Need) -> Evidence:
    return {
        "title": "Seen, does not matter, because ...",
        "key": "w",
        "url": reverse("week:act", args=[need.ref, "leave"]),
        "target": TARGET,
        "submit": "Leave it",
        "fields": [{"name": "reason", "label": "Because", "kind": "text"}],
    }


def _days_of(proposal: Proposal) -> float | None:
    payload = ChangePayload.from_document(proposal.payload)
    return payload.delay_days if payload.delay_days is not None else payload.extend_days


def _days_form(need: Need, proposal: Proposal) -> Evidence:
    days = _days_of(proposal)
    return {
        "title": "Accept with other days ...",
        "key": "e",
        "url": reverse("week:act", args=[need.ref, "accept"]),
        "target": TARGET,
        "submit": "Accept with these days",
        "fields": [
            {
                "name": "days",
                "label": f"Working days (said: {counted(int(days or 0), 'day')})",
                "kind": "number",
                "value": f"{days:g}",
            }
        ],
    }
