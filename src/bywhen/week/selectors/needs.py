"""What needs a person today, from every room, most lost by waiting first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bywhen.followup.selectors.asks import ask_list, week_of
from bywhen.followup.selectors.blockers import blocker_list
from bywhen.kernel.evidence import EvidenceRef
from bywhen.kernel.status import BlockerFact
from bywhen.kernel.wording import day_short
from bywhen.loops.selectors import loop_list, loop_waits
from bywhen.meetings.selectors.held import meeting_list, meeting_origin
from bywhen.record.engine.payloads import ChangePayload, change_words
from bywhen.record.selectors.projects import project_list
from bywhen.record.selectors.proposals import finding_list, proposal_list
from bywhen.registers.selectors.changes import change_consequence, change_findings, change_tally, changes_awaiting
from bywhen.schedule.selectors import task_list, working_time_of
from bywhen.week.engine.ranking import Need, counted, ranked

if TYPE_CHECKING:
    from bywhen.loops.models import Loop
    from bywhen.meetings.models import Meeting
    from bywhen.record.models import Finding, Project, Proposal, Quote
    from bywhen.registers.models import Entry

RECENT_MEETING = timedelta(days=14)
"""Meetings held longer ago are shown together: their minutes are no longer a promise that can be kept."""


@dataclass(slots=True)
class _Known:
    """What the record holds of one project: read once for all projects, then parted."""

    loops: list[Loop] = field(default_factory=list)
    blockers: list[BlockerFact] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    requests: list[Entry] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def need_list(*, today: date, project: Project | None = None) -> list[Need]:
    """Every need, ranked; of one project when given."""
    projects = [project] if project else list(project_list())
    known = _known(project, today)
    needs = [need for each in projects for need in _of_project(each, known[each.pk], today)]
    return ranked([*needs, *_asks(today, project)])


def _known(project: Project | None, today: date) -> defaultdict[int | None, _Known]:
    known: defaultdict[int | None, _Known] = defaultdict(_Known)
    of_loop: dict[int, int] = {}
    for loop in loop_list(project=project):
        known[loop.project_id].loops.append(loop)
        if loop.kind == "blocker":
            of_loop[loop.pk] = loop.project_id
    for fact in blocker_list(today=today, project=project) if of_loop else ():
        known[of_loop[_loop_number(fact)]].blockers.append(fact)
    for proposal in proposal_list(project=project, status="proposed"):
        known[proposal.project_id].proposals.append(proposal)
    for entry in changes_awaiting(project):
        known[entry.project_id].requests.append(entry)
    for meeting in meeting_list(project=project):
        known[meeting.project_id].meetings.append(meeting)
    for finding in finding_list(project=project):
        known[finding.project_id].findings.append(finding)
    return known


def _loop_number(fact: BlockerFact) -> int:
    return int(fact.fact_id.rpartition(":")[2])


def _of_project(project: Project, known: _Known, today: date) -> Iterator[Need]:
    yield from _blockers(project, known, today)
    yield from _requests(project, known.requests, today)
    yield from _changes(project, known.proposals, today)
    yield from _minutes(project, known, today)
    yield from _overdue(project, known.loops, today)
    yield from _findings(project, known, today)


def _blockers(project: Project, known: _Known, today: date) -> Iterator[Need]:
    waiting = {loop.pk for loop in known.loops if loop_waits(loop, today)}
    for fact in known.blockers:
        if _loop_number(fact) in waiting:
            continue
        yield Need(
            ref=f"loop:{_loop_number(fact)}",
            kind="blocker",
            project=project.key,
            title=fact.title,
            loss=_blocker_loss(fact, today),
            rag="red" if fact.critical else "amber" if fact.escalate else "green",
            whose=fact.waiting_on or fact.owner,
            whose_note=f"asked by {fact.owner}"
            if fact.waiting_on and fact.owner and fact.owner not in fact.waiting_on
            else "",
            age_days=fact.age_days,
            float_days=float(fact.float_days) if fact.float_days is not None else None,
            loses_on=fact.becomes_miss_on,
            act="Escalate now"
            if fact.critical
            else "Ask again"
            if fact.escalate
            else "Can wait until the next check-in",
            evidence=fact.evidence,
        )


def _blocker_loss(fact: BlockerFact, today: date) -> str:
    if fact.downstream is None:
        return "It names no task of the plan: what it holds up is not known."
    tasks = f"{counted(fact.downstream)} task{' hangs' if fact.downstream == 1 else 's hang'} on it."
    if fact.becomes_miss_on is None or not fact.milestone:
        return tasks
    if fact.becomes_miss_on < today:
        return f"{tasks} {fact.milestone} has been missed by it since {day_short(fact.becomes_miss_on, today)}."
    return f"{tasks} Becomes a miss of {fact.milestone} on {day_short(fact.becomes_miss_on, today)}."


def _changes(project: Project, proposals: Sequence[Proposal], today: date) -> Iterator[Need]:
    """Proposed changes of the plan that would move its end, or a milestone."""
    changes = [proposal for proposal in proposals if proposal.kind == "change"]
    names = {row.uid: row.name for row in task_list(project)} if changes else {}
    for proposal in changes:
        finish = (proposal.consequence.get("finish") or {}).get("working_days") or 0
        yield Need(
            ref=f"proposal:{proposal.pk}",
            kind="change",
            project=project.key,
            title=_change_title(proposal, names),
            loss=str(proposal.consequence.get("text", "")),
            rag="red" if finish > 0 else "amber",
            whose="You",
            whose_note="to decide",
            age_days=_days(project, proposal.proposed_at.date(), today),
            loses_on=today if finish > 0 else None,
            act="See what moves, then accept or reject",
            evidence=_refs(proposal.quotes.all()),
        )


def _requests(project: Project, requests: Sequence[Entry], today: date) -> Iterator[Need]:
    """Change requests that wait for a decision and that no proposed change tells already."""
    own = [entry for entry in requests if entry.proposal_id is None]
    calendar = working_time_of(project) if own else None
    for entry in own:
        days = (entry.effect or {}).get("finish_days", 0)
        effect = str(change_consequence(entry).get("text", ""))
        votes = change_tally(entry)
        yield Need(
            ref=f"request:{entry.pk}",
            kind="request",
            project=project.key,
            title=f"Decide {entry.reference}: {entry.title}",
            loss=effect or "It moves no date of the plan; nobody has decided it.",
            rag="red" if days > 0 or (entry.due and entry.due < today) else "amber",
            whose=entry.owner.name if entry.owner else "You",
            whose_note=f"{votes.cast} of {votes.cast + votes.missing} votes" if votes.outcome else "to decide",
            age_days=max(0, calendar.working_days_between(entry.raised_on, today)) if calendar else None,
            loses_on=entry.due,
            act="Vote on it and decide it",
            evidence=_refs(entry.quotes.all()),
        )


def _change_title(proposal: Proposal, names: Mapping[int, str]) -> str:
    """What would change in the plan; the words that were said stand in its evidence."""
    payload = ChangePayload.from_document(proposal.payload)
    name = names.get(payload.task_uid)
    return f"Decide: '{name}' {change_words(payload)}" if name else f"Decide: {proposal.text}"


def _minutes(project: Project, known: _Known, today: date) -> Iterator[Need]:
    waiting = Counter(proposal.origin for proposal in known.proposals)
    older, older_items = 0, 0
    for meeting in known.meetings:
        count = waiting.get(meeting_origin(meeting), 0)
        if not count:
            continue
        if meeting.held_on < today - RECENT_MEETING:
            older, older_items = older + 1, older_items + count
            continue
        late = meeting.minutes_due_at.date() < today
        yield Need(
            ref=f"meeting:{meeting.pk}",
            kind="minutes",
            project=project.key,
            title=f"Review what '{meeting.title}' left behind",
            loss=f"{_items_wait(count)} The 24-hour promise {'ended' if late else 'ends'} "
            f"{day_short(meeting.minutes_due_at.date(), today)}.",
            rag="amber",
            whose="You",
            whose_note="to accept or reject",
            age_days=_days(project, meeting.held_on, today),
            loses_on=meeting.minutes_due_at.date(),
            act="Review the items",
        )
    if older:
        yield Need(
            ref=f"meetings:{project.key}",
            kind="minutes",
            project=project.key,
            title=f"{counted(older)} older meeting{'s' * (older != 1)} of {project.name} with undecided items",
            loss=f"{counted(older_items)} item{'' if older_items == 1 else 's'}; nobody was told what was agreed.",
            rag="grey",
            whose="You",
            act="Review or reject them",
        )


def _items_wait(count: int) -> str:
    return (
        "One item with its quote waits for you."
        if count == 1
        else f"{counted(count)} items with their quotes wait for you."
    )


def _overdue(project: Project, loops: Sequence[Loop], today: date) -> Iterator[Need]:
    """Overdue actions and questions, as one row: the asks chase each of them."""
    late = [
        loop
        for loop in loops
        if loop.kind != "blocker" and loop.due and loop.due < today and not loop_waits(loop, today)
    ]
    if not late:
        return
    worst = min(late, key=lambda loop: (loop.due, loop.pk))
    owners = sorted({loop.owner.name for loop in late if loop.owner})
    assert worst.due is not None
    yield Need(
        ref=f"loop:{worst.pk}" if len(late) == 1 else f"overdue:{project.key}",
        kind="overdue",
        project=project.key,
        title=worst.title if len(late) == 1 else f"{counted(len(late))} items of {project.name} are overdue",
        loss=f"The oldest, '{worst.title}', was due {day_short(worst.due, today)}.",
        rag="amber",
        whose=owners[0] if len(owners) == 1 else f"{len(owners)} people" if owners else "Nobody",
        age_days=_days(project, worst.due, today),
        loses_on=worst.due,
        act="Ask each owner once",
        evidence=_refs(worst.quotes.all()),
    )


_FINDING_NEEDS = {
    "loops.ownerless": ("ownerless", "amber", "Give it an owner"),
    "loops.silent": ("silent", "amber", "Ask, or say that it can wait"),
    "registers.silent": ("silent", "amber", "Ask, or review it"),
    "registers.change-unapproved": ("control", "red", "Let the board decide it afterwards, or undo it"),
    "registers.vote-late": ("control", "amber", "Ask for the vote"),
    "registers.change-undecided": ("control", "amber", "Decide it"),
    "schedule.re-forecast": ("re-forecast", "amber", "Ask what is behind it"),
    "schedule.slip-signal": ("re-forecast", "amber", "Look at its reasons, ask what is behind it"),
    "status.declared-better": ("status", "grey", "Look at the facts with the lead"),
    "money.category": ("money", "amber", "Look at the category"),
    "intake.ledger-document-twice": ("money", "amber", "Ask finance which one stands"),
}
"""Standing findings that need a person: kind of need, judgement, next step."""


def _findings(project: Project, known: _Known, today: date) -> Iterator[Need]:
    loops = {loop_subject(loop): loop for loop in known.loops}
    control: set[tuple[str, str]] | None = None  # read only where something is said about change control
    for finding in known.findings:
        kind, rag, act = _FINDING_NEEDS.get(finding.rule, ("", "", ""))
        loop = loops.get(finding.subject)
        # Blockers have rows of their own; what was given an owner or put off since the last turn is settled.
        settled = loop is not None and (
            (kind == "silent" and (loop.kind == "blocker" or loop_waits(loop, today)))
            or (kind == "ownerless" and loop.owner is not None)
        )
        if kind == "control":
            control = _control_doubts(project, today) if control is None else control
            settled = (finding.rule, finding.subject) not in control
        if kind and not settled:
            yield _finding(finding, project, kind, rag, act)


def _control_doubts(project: Project, today: date) -> set[tuple[str, str]]:
    """What is wrong with change control at this moment; the findings are those of the last turn."""
    return {(f"registers.{each.rule}", each.subject) for each in change_findings(project, today)}


def loop_subject(loop: Loop) -> str:
    """How findings name a loop."""
    return f"{loop.kind} {loop.reference or loop.pk}"


def finding_loop(finding: Finding) -> Loop | None:
    """The open loop that a finding is about; None when it is about something else."""
    found = loop_list(project=finding.project)
    return next((loop for loop in found if loop_subject(loop) == finding.subject), None)


def _finding(finding: Finding, project: Project, kind: str, rag: str, act: str) -> Need:
    title, _, rest = finding.text.partition(": ")
    return Need(
        ref=f"finding:{finding.pk}",
        kind=kind,
        project=project.key,
        title=title.rstrip("."),
        loss=rest or f"Seen since {day_short(finding.first_seen)}.",
        rag=rag,
        act=act,
        whose="You",
        evidence=_refs(finding.quotes.all()),
    )


def _asks(today: date, project: Project | None) -> Iterator[Need]:
    drafts = list(ask_list(status="draft", week=week_of(today), project=project))
    if not drafts:
        return
    lines = sum(len(ask.lines.all()) for ask in drafts)
    yield Need(
        ref="asks",
        kind="asks",
        project="",
        title=f"{counted(len(drafts))} ask{' is' if len(drafts) == 1 else 's are'} ready to look at",
        loss=f"One message a person, {counted(lines).lower()} item{'' if lines == 1 else 's'} in all.",
        rag="green",
        whose="You",
        whose_note="to approve",
        act="Look at the messages",
    )


def _refs(quotes: Iterable[Quote]) -> tuple[EvidenceRef, ...]:
    return tuple(EvidenceRef(quote.source.sha256, quote.place, quote.text) for quote in quotes)


def _days(project: Project, since: date, today: date) -> int:
    return max(0, working_time_of(project).working_days_between(since, today))


def consequence_of_waiting(proposals: Iterable[Proposal]) -> str:
    """What happens to the end dates if nothing is done, in a sentence; '' when nothing moves."""
    moved = [
        each.consequence["finish"]
        for each in proposals
        if (each.consequence.get("finish") or {}).get("working_days", 0) > 0
    ]
    if not moved:
        return ""
    worst = max(moved, key=lambda finish: finish["working_days"])
    return f"If the changes spoken of come true, {worst['name']} ends {worst['working_days']} working days later."
