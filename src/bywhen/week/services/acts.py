"""What a person does about a need of Today, and taking the last thing back.

Each act answers what it did in words and the steps that undo it, as plain values that a session can keep. What does not
live here: deciding about proposals (``record.services.proposals``), the messages' own life (``followup.services``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from bywhen.followup.selectors.asks import ask_get
from bywhen.followup.services.asks import ask_discard
from bywhen.followup.services.by_hand import again_draft, escalation_draft
from bywhen.kernel.clock import current_clock
from bywhen.kernel.errors import InputRefusedError, StateWrongError
from bywhen.kernel.wording import day_long
from bywhen.loops.selectors import loop_get
from bywhen.loops.services import loop_change, loop_close, loop_comment, loop_defer, loop_open, loop_reopen
from bywhen.record.selectors.people import person_find
from bywhen.record.selectors.proposals import finding_get, proposal_get
from bywhen.record.services.findings import finding_dismiss, finding_restore
from bywhen.record.services.proposals import proposal_accept, proposal_key, proposal_reject, proposal_undo
from bywhen.registers.services.changes import changes_follow
from bywhen.schedule.selectors import working_time_of

if TYPE_CHECKING:
    from bywhen.followup.models import Ask
    from bywhen.loops.models import Loop
    from bywhen.record.models import Finding, Project, Proposal

Step = list[Any]
"""One step back: its name and plain arguments."""


@dataclass(frozen=True, slots=True)
class Done:
    """``said`` is what happened, in a sentence; ``undo`` the steps that take it back, in order."""

    said: str
    undo: tuple[Step, ...]


@transaction.atomic
def blocker_escalate(*, loop: Loop) -> Done:
    """Draft an escalation; the loop is looked at again on the next working day."""
    today = current_clock().today()
    ask = escalation_draft(loop=loop, today=today)
    return _asked(loop, ask, f"An escalation to {ask.person.name} is drafted in Follow-up.", days=1)


@transaction.atomic
def loop_ask_again(*, loop: Loop) -> Done:
    """Draft one more question to whose move it is; the loop is looked at again in two working days."""
    ask = again_draft(loop=loop, today=current_clock().today())
    return _asked(loop, ask, f"A question to {ask.person.name} is drafted in Follow-up.", days=2)


def _asked(loop: Loop, ask: Ask, said: str, *, days: int) -> Done:
    back = _wait_step(loop)
    until = working_time_of(loop.project).add_days(current_clock().today(), days)
    loop_defer(loop=loop, until=until, reason=f"{ask.person.name} is asked")
    return Done(said, (["ask", ask.pk], back))


@transaction.atomic
def loop_wait(*, loop: Loop, until: date | None, reason: str) -> Done:
    """It can wait until a day, because ...

    Raises:
        InputRefusedError: without a reason or with a day that is not ahead.
    """
    if not reason.strip():
        raise InputRefusedError(
            "no reason is given", place="field reason", remedy="Say in a few words why it can wait."
        )
    if until is None or until <= current_clock().today():
        raise InputRefusedError("the day is not ahead", place="field until", remedy="Give a day after today.")
    back = _wait_step(loop)
    loop_defer(loop=loop, until=until, reason=reason.strip())
    return Done(f"'{loop.title}' waits until {day_long(until)}.", (back,))


@transaction.atomic
def loop_own(*, loop: Loop, name: str) -> Done:
    """Give a loop its owner.

    Raises:
        InputRefusedError: when nobody has this name.
    """
    person = person_find(name)
    if person is None:
        raise InputRefusedError(
            f"nobody is called {name!r}", place="field owner", remedy="Choose somebody from the list."
        )
    before = loop.owner.name if loop.owner else ""
    loop_change(loop=loop, working_time=working_time_of(loop.project), owner=person)
    return Done(f"{person.name} owns '{loop.title}'.", (["owner", loop.pk, before],))


@transaction.atomic
def loop_plan(*, loop: Loop, due: date | None, next_check: date | None) -> Done:
    """Set the due day and the day of the next look; a missing next look is computed."""
    back = ["dates", loop.pk, *(day.isoformat() if day else "" for day in (loop.due, loop.next_check))]
    fields: dict[str, Any] = {"due": due}
    if next_check is not None and next_check != loop.next_check:
        fields["next_check"] = next_check
    loop_change(loop=loop, working_time=working_time_of(loop.project), **fields)
    return Done(f"'{loop.title}' is due {day_long(due) if due else 'without a date'}.", (back,))


def loop_end(*, loop: Loop, note: str = "") -> Done:
    """Close it."""
    loop_close(loop=loop, note=note)
    return Done(f"'{loop.title}' is closed.", (["reopen", loop.pk],))


def loop_say(*, loop: Loop, note: str) -> Done:
    """A word on it, which is kept; nothing to take back.

    Raises:
        InputRefusedError: when nothing is said.
    """
    if not note.strip():
        raise InputRefusedError("the comment is empty", place="field note", remedy="Write a sentence.")
    loop_comment(loop=loop, note=note.strip())
    return Done(f"The comment on '{loop.title}' is kept.", ())


@transaction.atomic
def loop_add(*, project: Project, kind: str, title: str, owner: str, due: date | None, waiting_on: str = "") -> Done:
    """Open a loop by hand.

    Raises:
        InputRefusedError: without a title, or with an owner whom nobody knows.
    """
    person = person_find(owner)
    if not title.strip():
        raise InputRefusedError("the title is empty", place="field title", remedy="Say in a sentence what is open.")
    if person is None:
        raise InputRefusedError("it has no owner", place="field owner", remedy="Choose somebody from the list.")
    loop, created = loop_open(
        key=proposal_key("by hand", project.key, kind, title.strip().casefold(), current_clock().today()),
        kind=kind,
        project=project,
        title=title.strip(),
        evidence=(),
        working_time=working_time_of(project),
        owner=person,
        due=due,
        waiting_on=waiting_on.strip()[:200],
    )
    if not created and loop.status != "open":
        loop_reopen(loop=loop, working_time=working_time_of(project), note="added again")
    elif not created:
        raise StateWrongError(f"'{loop.title}' is open already.")
    return Done(f"'{loop.title}' is open with {person.name}.", (["cancel", loop.pk],))


@transaction.atomic
def finding_ask(*, finding: Finding) -> Done:
    """Open a question about a finding for the project's lead; the finding leaves the queue until its text changes.

    Raises:
        StateWrongError: when the project has no lead.
    """
    project = finding.project
    if project is None or project.lead is None:
        raise StateWrongError("The project has no lead to ask; name one in its description.")
    loop, created = loop_open(
        key=proposal_key("finding", finding.key, finding.text),
        kind="question",
        project=project,
        title=f"What is behind this, and what follows? {finding.text}",
        evidence=list(finding.quotes.all()),
        working_time=working_time_of(project),
        owner=project.lead,
        due=working_time_of(project).add_days(current_clock().today(), 2),
    )
    if not created and loop.status != "open":
        loop_reopen(loop=loop, working_time=working_time_of(project), note="asked again")
    finding_dismiss(finding=finding, reason=f"{project.lead.name} is asked")
    return Done(f"A question is open with {project.lead.name}.", (["cancel", loop.pk], ["finding", finding.pk]))


def finding_leave(*, finding: Finding, reason: str) -> Done:
    """Seen, and it does not matter, because ..."""
    finding_dismiss(finding=finding, reason=reason)
    return Done("It is left until something about it changes.", (["finding", finding.pk],))


@transaction.atomic
def change_decide(*, proposal: Proposal, accept: bool, days: float | None = None, reason: str = "") -> Done:
    """Accept a proposed change, as it stands or with other days, or reject it; its change request follows."""
    back = (["proposal", proposal.pk],)
    if not accept:
        _request_follow(proposal_reject(proposal=proposal, reason=reason))
        return Done("The change is rejected; the plan stays as it is.", back)
    edited = None
    if days is not None:
        field = "extend_days" if proposal.payload.get("extend_days") is not None else "delay_days"
        others = ("delay_days", "start", "finish", "duration_days", "extend_days", "percent")
        edited = {**proposal.payload, **dict.fromkeys(others), field: days}
    _request_follow(proposal_accept(proposal=proposal, edited=edited, reason=reason))
    return Done("The change is in the plan.", back)


@transaction.atomic
def steps_undo(steps: Sequence[Step]) -> None:
    """Take back what an act did.

    Raises:
        StateWrongError: when what it made has gone on living since.
    """
    for name, *arguments in steps:
        _BACK[name](*arguments)


def _request_follow(proposal: Proposal) -> None:
    changes_follow(proposals=[proposal], working_time=working_time_of(proposal.project))


def _wait_step(loop: Loop) -> Step:
    return ["wait", loop.pk, loop.next_check.isoformat() if loop.next_check else "", loop.deferred_reason]


def _loop(pk: int) -> Loop:
    loop = loop_get(pk)
    if loop is None:
        raise StateWrongError("The open loop is no longer there.")
    return loop


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _back_ask(pk: int) -> None:
    ask = ask_get(pk)
    if ask is not None and ask.status != "discarded":
        ask_discard(ask=ask, reason="taken back")


def _back_wait(pk: int, until: str, reason: str) -> None:
    loop_defer(loop=_loop(pk), until=_day(until), reason=reason)


def _back_owner(pk: int, name: str) -> None:
    loop = _loop(pk)
    loop_change(loop=loop, working_time=working_time_of(loop.project), owner=person_find(name))


def _back_dates(pk: int, due: str, next_check: str) -> None:
    loop = _loop(pk)
    loop_change(loop=loop, working_time=working_time_of(loop.project), due=_day(due), next_check=_day(next_check))


def _back_reopen(pk: int) -> None:
    loop = _loop(pk)
    loop_reopen(loop=loop, working_time=working_time_of(loop.project), note="the closing was undone")


def _back_cancel(pk: int) -> None:
    loop = _loop(pk)
    if loop.status == "open":
        loop_close(loop=loop, status="cancelled", note="the opening was undone")


def _back_finding(pk: int) -> None:
    finding = finding_get(pk)
    if finding is not None:
        finding_restore(finding=finding)


def _back_proposal(pk: int) -> None:
    proposal = proposal_get(pk)
    if proposal is not None:
        _request_follow(proposal_undo(proposal=proposal))


_BACK: dict[str, Callable[..., None]] = {
    "ask": _back_ask,
    "wait": _back_wait,
    "owner": _back_owner,
    "dates": _back_dates,
    "reopen": _back_reopen,
    "cancel": _back_cancel,
    "finding": _back_finding,
    "proposal": _back_proposal,
}
