"""Drawers of loops: what is held up, what is overdue, what nobody owns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.http import urlencode

from bywhen.followup.services.by_hand import actor_of, escalation_person
from bywhen.kernel.clock import current_clock
from bywhen.kernel.errors import ByWhenError
from bywhen.kernel.wording import day_long, day_short
from bywhen.loops.selectors import loop_get, loop_list
from bywhen.record.engine.payloads import ChangePayload
from bywhen.record.selectors.people import person_list
from bywhen.record.selectors.projects import project_get
from bywhen.record.selectors.shown import impact_shown, quotes_shown
from bywhen.schedule.selectors import task_facts, working_time_of
from bywhen.schedule.services.changes import change_impact
from bywhen.schedule.services.consequences import change_consequence
from bywhen.week.engine.ranking import Need
from bywhen.week.selectors.needs import finding_loop
from bywhen.week.views.drawers.acts import (
    TARGET,
    Evidence,
    leave_form,
    link,
    need_number,
    posted,
    wait_form,
    with_primary,
)
from bywhen.week.views.drawers.findings import finding_of, finding_shown

if TYPE_CHECKING:
    from bywhen.loops.models import Loop

WAITS = 5
"""Working days for which the drawer computes what waiting costs: one turn of the week."""


def blocker(need: Need) -> Evidence:
    """A blocker: what it holds up, what another week costs, who can clear it."""
    loop = loop_get(need_number(need))
    if loop is None:
        return {}
    asked, decides = actor_of(loop), escalation_person(loop)
    acts = []
    if decides:
        acts.append(posted(need, "escalate", f"Draft an escalation to {decides.name}", "i"))
    if asked:
        acts.append(posted(need, "again", f"Ask {asked.name} again, with the date", "a"))
    acts.append(posted(need, "close", "It is cleared", "x"))
    if need.rag == "green" and len(acts) > 1:
        acts.insert(0, acts.pop(1 if decides and asked else 0))
    return {
        "about": about_loop(loop),
        "why_title": f"Why this is {need.rag}",
        "quotes": quotes_shown(loop.quotes.all()),
        "computed": [need.loss, *([loop.detail] if loop.detail and loop.detail != loop.title else [])],
        **_waiting(loop),
        "actions": with_primary(acts),
        "forms": [wait_form(need, loop)],
    }


def about_loop(loop: Loop) -> str:
    """One line: kind, reference, project, since when, due when."""
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


def overdue(need: Need) -> Evidence:
    """What is overdue, one item or all of a project."""
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
        "quotes": quotes_shown([quote for loop in late[:3] for quote in loop.quotes.all()]),
    }
    acts = [link("Look at the messages", reverse("followup:outbox"), "f")]
    if len(late) == 1:
        acts += [posted(need, "again", "Ask again, with the date", "a"), posted(need, "close", "It is done", "x")]
        shown["forms"] = [wait_form(need, late[0])]
    else:
        acts.append(
            link(
                "See all of them",
                f"{reverse('week:loops')}?{urlencode({'project': need.project, 'show': 'overdue'})}",
                "l",
            )
        )
    return {**shown, "actions": with_primary(acts)}


def loop_finding(need: Need) -> Evidence:
    """Nobody owns it, or it stands still."""
    finding, loop = finding_of(need), None
    if finding is not None:
        loop = finding_loop(finding)
    if finding is None:
        return {}
    if loop is None:
        return {**finding_shown(need, finding), "computed": [finding.text]}
    shown: Evidence = {"about": about_loop(loop), "quotes": quotes_shown(loop.quotes.all()), "computed": [finding.text]}
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
            leave_form(need),
        ]
        shown["actions"] = [posted(need, "close", "It is done", "x")]
        return shown
    acts = [posted(need, "again", f"Ask {person.name} again", "a")] if (person := actor_of(loop)) else []
    return {
        **shown,
        "actions": with_primary([*acts, posted(need, "close", "It is done", "x")]),
        "forms": [wait_form(need, loop), leave_form(need)],
    }
