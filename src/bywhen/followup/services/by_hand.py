"""Messages about one loop that a person asks for: to escalate it, or to ask again. Drafts only; nothing is sent.

What does not live here: the weekly cycle (``drafting``), deciding about a draft (``asks``).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from bywhen.followup.engine.ladder import Line
from bywhen.followup.engine.message import body, paragraph, subject
from bywhen.followup.engine.tone import tone_of
from bywhen.followup.models import Ask, AskLine
from bywhen.followup.selectors.asks import week_of
from bywhen.followup.selectors.facts import loop_facts
from bywhen.kernel.asking import Fired, Urgency
from bywhen.kernel.errors import StateWrongError
from bywhen.kernel.wording import day_long
from bywhen.record.selectors.people import person_find
from bywhen.record.services.proposals import proposal_key

if TYPE_CHECKING:
    from bywhen.loops.models import Loop
    from bywhen.record.models import Person


@transaction.atomic
def escalation_draft(*, loop: Loop, today: date) -> Ask:
    """Draft a message about ``loop`` to who can decide: the project's lead, or the sponsor for the lead's own.

    Raises:
        StateWrongError: when the project names neither, or the loop is closed.
    """
    person = escalation_person(loop)
    if person is None:
        raise StateWrongError(f"{loop.project.name} has no lead and no sponsor to escalate to; name one first.")
    fired = Fired(
        "it holds up the plan and its owner could not clear it", Urgency.NOW, today, _decision(loop), to_lead=True
    )
    return _draft(loop, person, "escalation", fired, today)


@transaction.atomic
def again_draft(*, loop: Loop, today: date) -> Ask:
    """Draft one more question about ``loop`` to the person whose move it is, naming the date.

    Raises:
        StateWrongError: when nobody who is known owns it, or the loop is closed.
    """
    person = actor_of(loop)
    if person is None:
        raise StateWrongError(f"Nobody in the people list owns '{loop.title}'; give it an owner first.")
    when = f" It was due {day_long(loop.due)}." if loop.due and loop.due < today else ""
    fired = Fired("you were asked for by hand", Urgency.SOON, today, f"What day can you commit to?{when}")
    return _draft(loop, person, "again", fired, today)


def escalation_person(loop: Loop) -> Person | None:
    """Who decides when the owner cannot."""
    move = actor_of(loop)
    return next((each for each in (loop.project.lead, loop.project.sponsor) if each and each != move), None)


def actor_of(loop: Loop) -> Person | None:
    """Whose move it is: the person waited on where that is somebody known, else the owner."""
    return (person_find(loop.waiting_on) if loop.waiting_on else None) or loop.owner


def _decision(loop: Loop) -> str:
    return f"Please decide: who clears it, and by when{'' if loop.waiting_on else ' will it be done'}?"


def _draft(loop: Loop, person: Person, kind: str, fired: Fired, today: date) -> Ask:
    facts = next((each for each in loop_facts(today=today, project=loop.project) if each.loop == loop.pk), None)
    if facts is None:
        raise StateWrongError(f"'{loop.title}' is {loop.status}; there is nothing to ask about it.")
    words = paragraph(Line(facts, kind, fired, (fired.reason,)), person.name)
    addresses = {address.kind: address.value for address in reversed(person.addresses.all())}
    channel = next((each for each in ("email", "handle") if each in addresses), "")
    ask, created = Ask.objects.get_or_create(
        key=proposal_key("by hand", kind, person.pk, loop.pk, today),
        defaults={
            "person": person,
            "kind": kind,
            "week": week_of(today),
            "channel": channel,
            "address": addresses.get(channel, ""),
            "subject": subject([words.headline]),
            "body": body([words.text], tone_of(f"{person.seniority} {person.role}")),
            "created_on": today,
        },
    )
    if created:
        AskLine.objects.create(
            ask=ask,
            loop=loop,
            position=1,
            rule=kind,
            urgency=int(fired.urgency),
            due=loop.due,
            reason=fired.reason,
            headline=words.headline[:200],
            text=words.text,
        )
    elif ask.status == "discarded":
        ask.status, ask.status_reason = "draft", ""
        ask.save()
    return ask
