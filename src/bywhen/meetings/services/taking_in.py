"""Taking in meetings that took place. What does not live here: what was found in them, planned meetings."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from bywhen.kernel.transcript import Transcript, Utterance
from bywhen.meetings.engine.titles import title_from_name
from bywhen.meetings.models import Line, Meeting
from bywhen.record.selectors.people import person_find

if TYPE_CHECKING:
    from bywhen.record.models import Project, Source

MINUTES_WITHIN = timedelta(hours=24)
END_OF_DAY = time(17)
"""Minutes are promised within 24 hours of the meeting's day ending, when the file tells no hour."""


@transaction.atomic
def meeting_take_in(*, project: Project, source: Source, transcript: Transcript, held_on: date) -> tuple[Meeting, bool]:
    """Keep a meeting and its lines; the same source is one meeting. Answers it and whether it is new.

    A transcript without a title takes its file's name as one.
    """
    known = Meeting.objects.filter(source=source).first()
    if known is not None:
        return known, False
    meeting = Meeting.objects.create(
        project=project,
        source=source,
        title=(transcript.title.strip() or title_from_name(source.name))[:300],
        held_on=held_on,
        is_notes=transcript.notes,
        minutes_due_at=datetime.combine(held_on, END_OF_DAY, UTC) + MINUTES_WITHIN,
    )
    Line.objects.bulk_create(
        Line(
            meeting=meeting,
            number=said.line,
            speaker=said.speaker[:200],
            start=said.start,
            heading=said.heading[:300],
            text=said.text,
        )
        for said in transcript.utterances
    )
    speakers = {said.speaker for said in transcript.utterances if said.speaker} | set(transcript.attendees)
    meeting.attendees.set(person for name in sorted(speakers) if (person := person_find(name)))
    return meeting, True


def meeting_transcript(meeting: Meeting) -> Transcript:
    """The meeting as plain values again, for the engine."""
    return Transcript(
        title=meeting.title,
        utterances=tuple(
            Utterance(line=row.number, text=row.text, speaker=row.speaker, start=row.start, heading=row.heading)
            for row in meeting.lines.all()
        ),
        notes=meeting.is_notes,
        held_on=meeting.held_on,
    )
