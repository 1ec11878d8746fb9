"""What the minutes of a meeting would say now, what they lack, and the versions that were published."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from bywhen.kernel.evidence import EvidenceRef
from bywhen.kernel.minutes import (
    ITEM_KINDS,
    Attendant,
    DiscussionPoint,
    MinuteItem,
    MinutesFacts,
    MissedPoint,
    Remark,
    evidence_whole,
)
from bywhen.kernel.minutes_document import minutes_from_document
from bywhen.kernel.status import SourceTitle
from bywhen.meetings.engine.agenda import AgendaItem
from bywhen.meetings.engine.missed import Outcome, missed, section_of
from bywhen.meetings.engine.notes import frames
from bywhen.meetings.engine.publishing import ACCEPTED, OPEN, Judged, Lack, lacking
from bywhen.meetings.engine.versions import changes_since
from bywhen.meetings.models import Line, Meeting, MinutesVersion
from bywhen.meetings.selectors.held import line_list, meeting_origin
from bywhen.meetings.selectors.occasion import hours_of, meeting_kind, next_of, quorum_of
from bywhen.meetings.selectors.planned import planned_agenda, planned_of_meeting
from bywhen.record.selectors.proposals import proposal_list

if TYPE_CHECKING:
    from bywhen.meetings.models import PlannedMeeting
    from bywhen.record.models import Proposal


def minutes_list(meeting: Meeting) -> QuerySet[MinutesVersion]:
    """The published versions, latest first."""
    return meeting.minutes.select_related("meeting__project")


def minutes_latest(meeting: Meeting) -> MinutesVersion | None:
    """The version that holds; None while nothing is published."""
    return minutes_list(meeting).first()


def minutes_lacking(meeting: Meeting) -> tuple[Lack, ...]:
    """What stands between the meeting and its minutes."""
    return lacking(_judged(each) for each in proposal_list(origin=meeting_origin(meeting)))


def minutes_facts(meeting: Meeting, *, agenda: Iterable[str] = ()) -> MinutesFacts:
    """All that the minutes would say now, as the draft of the next version.

    What was planned to be talked about is the agenda of the planned meeting that this one was, the headings of the
    source itself, and ``agenda``.
    """
    planned = planned_of_meeting(meeting.pk)
    kind = meeting_kind(meeting, planned)
    lines = list(line_list(meeting))
    kept = [each for each in proposal_list(origin=meeting_origin(meeting)) if each.status in (OPEN, *ACCEPTED)]
    items = tuple(sorted((_item(each, meeting.held_on) for each in kept), key=_in_order))
    latest = minutes_latest(meeting)
    facts = MinutesFacts(
        meeting=meeting.title,
        project=meeting.project.name,
        held_on=meeting.held_on,
        number=latest.number + 1 if latest else 1,
        items=items,
        sections=kind.MINUTES_SECTIONS if kind else (),
        kind=kind.TITLE if kind else "",
        hours=hours_of(planned),
        place=planned.location if planned else "",
        next_meeting=next_of(planned),
        sources={
            meeting.source.sha256: SourceTitle(
                meeting.source.name, meeting.source.kind, meeting.source.received_at.date()
            )
        },
    )
    if not lines:
        return facts
    whole = evidence_whole(meeting.source.sha256, lines[-1].number, _unit(meeting))
    attendance = _attendance(meeting, lines, planned, whole)
    told = replace(
        facts,
        attendance=attendance,
        quorum=quorum_of(planned, {each.name for each in attendance if each.present}),
        discussion=_discussion(meeting, lines, items, planned),
        missed=_missed(meeting, lines, items, [*agenda, *agenda_points(planned)], whole),
    )
    return replace(told, since=changes_since(minutes_from_document(latest.facts), told)) if latest else told


def _judged(proposal: Proposal) -> Judged:
    payload = proposal.edited or proposal.payload
    due = payload.get("due")
    return Judged(
        ref=proposal.pk,
        kind=proposal.kind,
        status=proposal.status,
        text=payload.get("text") or proposal.text,
        owner=payload.get("owner") or "",
        due=date.fromisoformat(due) if due else None,
    )


def _item(proposal: Proposal, held_on: date) -> MinuteItem:
    judged, payload = _judged(proposal), proposal.edited or proposal.payload
    return MinuteItem(
        fact_id=f"proposal:{proposal.pk}",
        as_of=held_on,
        evidence=tuple(EvidenceRef(q.source.sha256, q.place, q.text) for q in proposal.quotes.all()),
        kind=judged.kind,
        text=judged.text,
        owner=judged.owner,
        due=judged.due,
        due_text=payload.get("due_text") or "",
        effect=proposal.consequence.get("text", "") if judged.kind == "change" else "",
        settled=proposal.status in ACCEPTED,
    )


def _in_order(item: MinuteItem) -> tuple[int, int]:
    return ITEM_KINDS.index(item.kind) if item.kind in ITEM_KINDS else len(ITEM_KINDS), _line(item.evidence[0])


def _attendance(
    meeting: Meeting, lines: Sequence[Line], planned: PlannedMeeting | None, whole: tuple[EvidenceRef, ...]
) -> tuple[Attendant, ...]:
    """Who is known to have been there, speakers whom the list of people does not name, then guests who did not come."""
    people = list(meeting.attendees.prefetch_related("addresses"))
    known = {name.casefold() for each in people for name in (each.name, *(a.value for a in each.addresses.all()))}
    speakers = dict.fromkeys(line.speaker for line in lines if line.speaker)
    strangers = [name for name in speakers if name.casefold() not in known]
    guests = [seat.person.name for seat in planned.seats.all()] if planned else []
    told = dict.fromkeys([*(each.name for each in people), *strangers], True)
    told |= {name: False for name in guests if name not in told}
    roles = {each.name: each.role for each in people} | {
        seat.person.name: seat.person.role for seat in (planned.seats.all() if planned else ())
    }
    return tuple(
        Attendant(
            fact_id=f"attendant:{name}",
            as_of=meeting.held_on,
            evidence=whole,
            name=name,
            present=present,
            role=roles.get(name, ""),
        )
        for name, present in told.items()
    )


def agenda_items(planned: PlannedMeeting | None) -> tuple[AgendaItem, ...]:
    """The sections of the agenda; () while there is none."""
    return planned_agenda(planned).items if planned else ()


def agenda_points(planned: PlannedMeeting | None) -> list[str]:
    """What the agenda asked for: its points, and sections that have none."""
    items = agenda_items(planned)
    return [title for item in items for title in ([point.title for point in item.points] or [item.title])]


def _discussion(
    meeting: Meeting, lines: Sequence[Line], items: Sequence[MinuteItem], planned: PlannedMeeting | None
) -> tuple[DiscussionPoint, ...]:
    """Notes: every line that is not an item itself. Recorded speech: the lines that items rest on, and no others.

    Each stands under its heading in the source; where the source has none, under the item of the agenda that it
    speaks of, in the order of the agenda.
    """
    cited = {_line(item_ref) for item in items for item_ref in item.evidence}
    said = [
        line
        for line in lines
        if (line.number in cited) != meeting.is_notes
        and not frames(line.text, heading=line.heading if meeting.is_notes else "", title=meeting.title)
    ]
    sections = [(item.title, [point.title for point in item.points]) for item in agenda_items(planned)]
    points: dict[str, list[Remark]] = {}
    for line in said:
        remark = Remark(
            fact_id=f"line:{line.number}",
            as_of=meeting.held_on,
            evidence=(_place(meeting, line),),
            text=line.text,
            speaker=line.speaker,
        )
        points.setdefault(line.heading or section_of(line.text, sections), []).append(remark)
    order = [title for title, _ in sections]
    headed = sorted(points, key=lambda heading: order.index(heading) if heading in order else len(order))
    return tuple(DiscussionPoint(heading=heading, remarks=tuple(points[heading])) for heading in headed)


def _missed(
    meeting: Meeting,
    lines: Sequence[Line],
    items: Sequence[MinuteItem],
    agenda: Iterable[str],
    whole: tuple[EvidenceRef, ...],
) -> tuple[MissedPoint, ...]:
    under = {line.number: line.heading for line in lines}
    outcomes = [Outcome(item.text, tuple(under.get(_line(ref), "") for ref in item.evidence)) for item in items]
    headed = dict.fromkeys(line.heading for line in lines if line.heading)
    first = {heading: next(line for line in lines if line.heading == heading) for heading in headed}
    return tuple(
        MissedPoint(
            fact_id=f"agenda:{heading}",
            as_of=meeting.held_on,
            evidence=(_place(meeting, first[heading]),) if heading in first else whole,
            heading=heading,
        )
        for heading in missed([*agenda, *headed], outcomes)
        if not frames(heading, title=meeting.title)
    )


def _place(meeting: Meeting, line: Line) -> EvidenceRef:
    return EvidenceRef(meeting.source.sha256, f"{_unit(meeting)} {line.number}", line.text)


def _unit(meeting: Meeting) -> str:
    return "line" if meeting.is_notes else "cue"


def _line(ref: EvidenceRef) -> int:
    """The number of the cue or line that a place names; 0 when it names none."""
    last = ref.place.rpartition(" ")[2]
    return int(last) if last.isdigit() else 0
