"""Taking in one meeting's file that a person sends: a transcript or notes.

What does not live here: the folder's files (``taking_in``), reading formats (``intake``).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from bywhen.intake.names import day_in_name
from bywhen.intake.port import Blob, Reading, ReadOptions
from bywhen.intake.reading import read_blob
from bywhen.kernel.counts import Counts
from bywhen.kernel.errors import FormatUnknownError
from bywhen.kernel.transcript import Transcript
from bywhen.meetings.services.taking_in import meeting_take_in
from bywhen.platform.acting import current_actor
from bywhen.record.services.sources import intake_record, source_keep
from bywhen.week.services.understanding import meeting_understand

if TYPE_CHECKING:
    from bywhen.meetings.models import Meeting
    from bywhen.record.models import Project


def meeting_reading(blob: Blob, options: ReadOptions) -> tuple[Reading, Transcript]:
    """The meeting that a file holds, with how it was read.

    Raises:
        FormatUnknownError: when it holds no meeting.
        InputRefusedError: (a subclass) naming file, place and remedy.
    """
    for reading in read_blob(blob, options):
        if isinstance(reading.payload, Transcript) and reading.payload.utterances:
            return reading, reading.payload
    raise FormatUnknownError(blob.name, wanted="a transcript or notes of a meeting")


def meeting_day(transcript: Transcript, name: str, otherwise: date) -> date:
    """When it was held: as the file states, else the day in its name, else ``otherwise``."""
    return transcript.held_on or day_in_name(name) or otherwise


@transaction.atomic
def meeting_file_take_in(
    *, project: Project, blob: Blob, reading: Reading, transcript: Transcript, held_on: date
) -> tuple[Meeting, int]:
    """Keep the file with its line in the intake ledger, the meeting and its proposals: all of it or nothing.

    Answers the meeting and how many proposals are new; the same file again answers the same meeting and 0.
    """
    source, _ = source_keep(
        name=blob.name,
        data=blob.data,
        sha256=blob.sha256,
        kind=reading.kind,
        file_format=reading.format,
        project=project,
    )
    meeting, created = meeting_take_in(project=project, source=source, transcript=transcript, held_on=held_on)
    said = len(transcript.utterances)
    counts = Counts(created=said if created else 0, unchanged=0 if created else said)
    for skipped in reading.skipped:
        counts.skip(skipped.place, skipped.reason)
    intake_record(source=source, kind=reading.kind, counts=counts, part=f"sent by {current_actor().name}")
    return meeting, meeting_understand(meeting.pk) if created else 0
