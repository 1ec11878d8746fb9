"""What is to be read before a meeting: papers added to it, the bundle that leaves, the loop when it did not in time."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.db import transaction

from bywhen.kernel.clock import current_clock
from bywhen.kernel.errors import FileMalformedError, FileTooLargeError, StateWrongError
from bywhen.kernel.wording import day_long
from bywhen.kernel.worktime import WorkingTime
from bywhen.loops.selectors import loop_list
from bywhen.loops.services import loop_close, loop_open
from bywhen.meetings.models import Paper, PlannedMeeting
from bywhen.meetings.selectors.planned import agenda_text, papers_key, planned_agenda, planned_list, start_local
from bywhen.meetings.services.inviting import letters_prepare, meeting_words
from bywhen.meetings.services.planning import expect_planned
from bywhen.platform.models import OutgoingMail
from bywhen.platform.outgoing import LARGEST_BYTES
from bywhen.platform.transports import Enclosure
from bywhen.record.services.sources import source_keep

if TYPE_CHECKING:
    from bywhen.record.models import Person, Project

MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "txt": "text/plain",
    "md": "text/markdown",
    "csv": "text/csv",
    "png": "image/png",
    "jpg": "image/jpeg",
}
"""What papers can be, by the end of their name; anything that could run stays outside."""


@transaction.atomic
def paper_add(*, planned: PlannedMeeting, name: str, data: bytes, item: str = "") -> tuple[Paper, bool]:
    """Add a paper to a meeting, for one section of its agenda or for all of it; the same bytes are added once.

    Raises:
        FileMalformedError: when it is empty or of no kind that papers have.
        FileTooLargeError: when the bundle would not fit into a letter.
        StateWrongError: when the meeting was held or called off.
    """
    expect_planned(planned)
    name = " ".join(name.replace("\\", "/").rpartition("/")[2].split())[:200]
    if not data or name.rpartition(".")[2].casefold() not in MEDIA:
        problem = "it is empty" if not data else "papers of this kind cannot be sent"
        raise FileMalformedError(problem, file=name or "the file", remedy=f"Save it as one of: {', '.join(MEDIA)}.")
    others = sum(each.source.size for each in planned.papers.select_related("source").defer("source__content"))
    if others + len(data) > LARGEST_BYTES:
        raise FileTooLargeError(
            "with it the papers are larger than 20 MiB", file=name, remedy="Send a link in the agenda instead."
        )
    source, _ = source_keep(
        name=name, data=data, sha256=hashlib.sha256(data).hexdigest(), kind="paper", project=planned.project
    )
    return Paper.objects.get_or_create(
        planned=planned, source=source, defaults={"name": name, "item": item[:200], "added_at": current_clock().now()}
    )


@transaction.atomic
def paper_remove(*, planned: PlannedMeeting, pk: int) -> bool:
    """Take a paper out of the bundle; its bytes stay on record. Answers whether it was there."""
    expect_planned(planned)
    found = planned.papers.filter(pk=pk).first()
    if found is not None:
        found.delete()
    return found is not None


def papers_enclosed(planned: PlannedMeeting) -> list[Enclosure]:
    """Its papers as they go with a letter."""
    return [
        Enclosure(each.name, MEDIA[each.name.rpartition(".")[2].casefold()], bytes(each.source.content))
        for each in planned.papers.select_related("source")
    ]


@transaction.atomic
def papers_prepare(*, planned: PlannedMeeting) -> tuple[list[OutgoingMail], list[Person]]:
    """The bundle to read before the meeting, one letter a guest: agenda and papers. Sent late or not, it closes the
    loop about missed papers.

    Raises:
        StateWrongError: when there is nothing to read yet, or the meeting is not to come.
    """
    if planned.status != "planned":
        raise StateWrongError(f"'{planned.title}' is {planned.status} already.")
    agenda, papers = agenda_text(planned_agenda(planned)), papers_enclosed(planned)
    if not agenda and not papers:
        raise StateWrongError(f"'{planned.title}' has neither an agenda nor papers; draft its agenda first.")
    agenda_file = Enclosure("agenda.txt", "text/plain", agenda.encode())
    enclosed = [agenda_file, *papers] if agenda else papers
    bundle = hashlib.sha256(b"".join(each.content for each in enclosed)).hexdigest()
    found = letters_prepare(
        planned=planned,
        purpose="papers",
        subject=f"To read before: {planned.title}",
        text=_words(planned, papers),
        enclosures=enclosed,
        seats=planned.seats,
        state=bundle,
    )
    planned.papers_sent_at = current_clock().now()
    planned.save()
    for loop in loop_list(project=planned.project).filter(key=papers_key(planned)):
        loop_close(loop=loop, note="the papers are in the outbox")
    return found


@transaction.atomic
def papers_missed(*, project: Project, working_time: WorkingTime) -> int:
    """Open a loop for each meeting to come whose papers should have left; once each. Answers how many are new."""
    today = current_clock().today()
    late = planned_list(project=project).filter(
        papers_due__lt=today, papers_sent_at=None, start__gte=current_clock().now()
    )
    new = 0
    for planned in late:
        assert planned.papers_due is not None  # filtered
        day = day_long(start_local(planned).date(), today)
        _, created = loop_open(
            key=papers_key(planned),
            kind="action",
            project=project,
            title=f"Send the papers for '{planned.title}' on {day}",
            detail=f"They were due on {day_long(planned.papers_due, today)}; nobody can prepare without them.",
            evidence=(),
            working_time=working_time,
            owner=planned.organiser or project.lead,
            opened_on=today,
            due=start_local(planned).date(),
        )
        new += created
    return new


def _words(planned: PlannedMeeting, papers: list[Enclosure]) -> str:
    listed = "".join(f"- {each.name}\n" for each in papers)
    return f"{meeting_words(planned)}{f'{chr(10)}Papers{chr(10)}{listed}' if listed else ''}"
