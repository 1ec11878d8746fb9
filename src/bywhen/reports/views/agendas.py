"""The agenda of a meeting to come, as a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from bywhen.kernel.clock import current_clock
from bywhen.kernel.evidence import EvidenceRef
from bywhen.kernel.wording import counted, day_long
from bywhen.meetings.selectors.catalogue import kind_get
from bywhen.meetings.selectors.planned import attendance_of, planned_agenda, planned_get, start_local
from bywhen.reports.kinds.agenda import AgendaPaper, agenda_document
from bywhen.reports.selectors.agenda import agenda_evidence
from bywhen.reports.selectors.catalogue import WRITERS, WRITERS_OF_EXTRAS

if TYPE_CHECKING:
    from bywhen.meetings.models import PlannedMeeting


@require_GET
def download(_request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    """The agenda as a file in the format of the suffix."""
    planned = planned_get(pk)
    writer = {**WRITERS, **WRITERS_OF_EXTRAS}.get(suffix)
    if planned is None or writer is None or not planned_agenda(planned).items:
        raise Http404
    response = HttpResponse(writer.write(agenda_document(_paper(planned))), content_type=writer.media_type)
    name = f"{planned.project.key}-agenda-{start_local(planned):%Y-%m-%d}-{planned.pk}{writer.suffix}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _paper(planned: PlannedMeeting) -> AgendaPaper:
    local, today = start_local(planned), current_clock().today()
    proof = agenda_evidence(planned_agenda(planned))
    kind, comes = kind_get(planned.kind), attendance_of(planned)
    words = f"by {day_long(planned.papers_due, today)}" if planned.papers_due else ""
    return AgendaPaper(
        title=planned.title,
        project=planned.project.name,
        as_of=today,
        when=f"{day_long(local.date(), today)}, {local:%H:%M} ({planned.zone}), {planned.minutes} minutes",
        where=planned.location,
        purpose=kind.PURPOSE if kind else "",
        begins=local.hour * 60 + local.minute,
        agenda=planned_agenda(planned),
        guests=[(seat.person.name, "required" if seat.required else "optional") for seat in planned.seats.all()],
        organiser=planned.organiser.name if planned.organiser else "",
        quorum=f"{comes.quorum} of {counted(comes.voters, 'voting person', 'voting people')}" if comes.quorum else "",
        papers=[paper.name for paper in planned.papers.all()],
        papers_words=words,
        evidence=EvidenceRef("record", f"planned meeting {planned.pk}"),
        places=proof.places,
        sources=proof.sources,
    )
