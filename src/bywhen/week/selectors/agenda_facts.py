"""What the record has for the agenda of a planned meeting: loops, decisions needed, risks, milestones, changes.

What does not live here: which of it belongs into a kind of meeting, and in what order (``meetings``).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bywhen.kernel.clock import current_clock
from bywhen.kernel.wording import counted, day_short, days_after
from bywhen.loops.selectors import loop_list
from bywhen.meetings.engine.agenda import Agenda, AgendaFact, draft_agenda
from bywhen.meetings.engine.recurrence import zone_of
from bywhen.meetings.selectors.catalogue import kind_get
from bywhen.meetings.selectors.planned import papers_key, planned_before, planned_list, start_local
from bywhen.record.selectors.proposals import proposal_list
from bywhen.registers.selectors.changes import change_tally, changes_awaiting
from bywhen.registers.selectors.entries import change_references, entry_list
from bywhen.schedule.selectors import milestone_list, working_time_of

if TYPE_CHECKING:
    from bywhen.meetings.models import PlannedMeeting
    from bywhen.record.models import Project

LOOKED_BACK = timedelta(days=14)
"""Without an earlier meeting of the series, news of the last two weeks count as new."""
LOOKED_AHEAD = timedelta(days=14)
"""Actions due and milestones within two weeks after the meeting belong into it."""


def agenda_drafted(planned: PlannedMeeting) -> Agenda:
    """The agenda that its kind and the record give now."""
    kind = kind_get(planned.kind)
    return draft_agenda(kind.AGENDA if kind else (), agenda_facts(planned), planned.minutes)


def agenda_facts(planned: PlannedMeeting) -> list[AgendaFact]:
    """Everything on record that a meeting of its project on its day could look at, in no order."""
    day = start_local(planned).date()
    earlier = planned_before(planned)
    since = earlier.start.astimezone(zone_of(planned.zone)).date() if earlier else day - LOOKED_BACK
    since = min(since, current_clock().today())  # the one before it may be still to come
    project = planned.project
    return [*_loops(project, day), *_risks(project, since), *_milestones(project, day), *_changes(project)]


def _loops(project: Project, day: date) -> Iterator[AgendaFact]:
    about_papers = {papers_key(planned) for planned in planned_list(project=project)}
    for loop in loop_list(project=project).exclude(key__in=about_papers):
        if loop.kind == "decision":
            topic, note = "decision", f"needed by {day_short(loop.due, day)}" if loop.due else ""
        elif loop.due and loop.due < day:
            topic, note = "overdue", f"due {day_short(loop.due, day)}"
        elif loop.due and loop.due <= day + LOOKED_AHEAD:
            topic, note = "due", f"due {day_short(loop.due, day)}"
        else:
            continue
        owner = loop.owner.name if loop.owner else loop.owner_text or "nobody"
        rank = (str(loop.due or ""),)
        yield AgendaFact(ref=f"loop:{loop.pk}", topic=topic, title=loop.title, note=note, owner=owner, rank=rank)


def _risks(project: Project, since: date) -> Iterator[AgendaFact]:
    """Risks and issues raised or moved since then, highest exposure first."""
    for kind in ("risk", "issue"):
        for place, entry in enumerate(entry_list(project=project, kind=kind)):
            if entry.last_moved_on < since and entry.raised_on < since:
                continue
            new = "new" if entry.raised_on >= since else f"changed {day_short(entry.last_moved_on, since)}"
            yield AgendaFact(
                ref=f"entry:{entry.pk}",
                topic="risk",
                title=entry.title,
                note=", ".join(part for part in (new, entry.band) if part),
                owner=entry.owner.name if entry.owner else entry.owner_text,
                rank=(kind, f"{place:06}"),
            )


def _milestones(project: Project, day: date) -> Iterator[AgendaFact]:
    """Unfinished milestones that lie later than their baseline, or were to be reached by the meeting's day."""
    calendar = working_time_of(project)
    for row in milestone_list(project):
        if row.finish is None or row.percent_complete >= 100:
            continue
        finish, base = row.finish.date(), row.baseline_finish.date() if row.baseline_finish else None
        late = calendar.working_days_between(base, finish) if base else 0
        if late > 0:
            note = f"{day_short(finish, day)}, {days_after(late, 'the baseline')}"
        elif finish < day:
            note = f"was to be reached {day_short(finish, day)}"
        else:
            continue
        yield AgendaFact(
            ref=f"task:{row.uid}",
            topic="milestone",
            title=row.name,
            note=note,
            owner=row.owner,
            rank=(finish.isoformat(),),
        )


def _changes(project: Project) -> Iterator[AgendaFact]:
    """Changes that nobody has decided, each once: requests in the change register, then proposed changes below its
    limits. What the board has decided is on no agenda again, though its proposal may still wait at the plan.
    """
    waiting = [each for each in proposal_list(project=project, status="proposed") if each.kind == "change"]
    for entry in changes_awaiting(project):
        votes = change_tally(entry)
        asked = f"{votes.cast} of {counted(votes.cast + votes.missing, 'vote')}" if votes.outcome else ""
        effect = _end_moved(entry.effect.get("finish_days", 0)) if entry.effect else entry.progress
        yield AgendaFact(
            ref=f"proposal:{entry.proposal_id}" if entry.proposal_id else f"entry:{entry.pk}",
            topic="change",
            title=entry.title,
            note=", ".join(part for part in (entry.reference, effect, asked) if part),
            owner=entry.owner.name if entry.owner else entry.owner_text,
            rank=_change_rank(entry.effect.get("finish_days", 0) if entry.effect else 0, entry.raised_on.isoformat()),
        )
    known = change_references(waiting)
    for proposal in waiting:
        if proposal.pk in known:
            continue
        days = (proposal.consequence.get("finish") or {}).get("working_days") or 0
        rank = _change_rank(days, proposal.proposed_at.isoformat())
        ref = f"proposal:{proposal.pk}"
        yield AgendaFact(ref=ref, topic="change", title=proposal.text, note=_end_moved(days), rank=rank)


def _end_moved(days: int) -> str:
    return f"moves the end by {counted(days, 'working day')}" if days else "moves no end date"


def _change_rank(days: int, since: str) -> tuple[str, ...]:
    """What moves the end most comes first, then what has waited longest."""
    return (f"{-days + 100_000:06}", since)
