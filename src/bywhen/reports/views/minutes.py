"""The minutes of a meeting: what they would say, what keeps them back, publishing, and whether they have left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_POST

from bywhen.kernel.clock import current_clock
from bywhen.kernel.errors import ByWhenError, InputRefusedError
from bywhen.kernel.wording import counted, day_long, day_short, listed
from bywhen.meetings.engine.promise import LIMIT_HOURS
from bywhen.meetings.selectors.clock import minutes_promise, minutes_sending, version_origin
from bywhen.meetings.selectors.held import meeting_get
from bywhen.meetings.selectors.minutes import minutes_facts, minutes_lacking, minutes_list
from bywhen.meetings.services.publishing import minutes_sent_note
from bywhen.platform.acting import Actor, acting, current_actor
from bywhen.platform.outgoing import mails_send
from bywhen.platform.transports import transport_configured
from bywhen.platform.views import OWNER_NAME
from bywhen.record.selectors.communication import recipient_list
from bywhen.record.selectors.people import person_list
from bywhen.reports.kinds.minutes.report import Minutes
from bywhen.reports.selectors.catalogue import WRITERS, WRITERS_OF_EXTRAS
from bywhen.reports.services import minutes_issue, version_document, version_name
from bywhen.reports.writers.html.writer import HtmlWriter

if TYPE_CHECKING:
    from bywhen.meetings.models import Meeting, MinutesVersion

_TITLES = {"docx": "Word", "pdf": "PDF", "html": "HTML", "md": "Markdown"}
_BY = "reports.published_by"
"""The session's name for who published minutes here last."""
_SEALED = "sandbox; default-src 'none'; style-src 'unsafe-inline'"


@require_GET
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft as its readers will see it; beside it what is missing, who gets it, and the versions before."""
    return _page(request, _found(pk))


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish; what stands in the way is said in place, with what was typed kept."""
    meeting = _found(pk)
    waiver, leave_open = request.POST.get("waiver", ""), bool(request.POST.get("leave_open"))
    me, by = current_actor(), " ".join(request.POST.get("by", _named()).split())
    try:
        if not by:
            raise InputRefusedError("nobody is named", place="field Published by", remedy="Say who publishes them.")
        with acting(Actor(me.kind, by), f"published by {me.name}" if by != me.name else ""):
            published = minutes_issue(meeting=meeting, waiver=waiver, leave_open=leave_open)
    except ByWhenError as error:
        return _page(request, meeting, problem=str(error), waiver=waiver, leave_open=leave_open, by=by)
    request.session[_BY] = by
    said = f"Version {published.version.number} is published; {counted(len(published.letters), 'letter')} approved."
    if published.unreachable:
        said = f"{said} No mail address is known for {listed(published.unreachable)}."
    messages.success(request, said)
    return redirect("reports:minutes", pk=pk)


@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the approved letters to the mail server now."""
    transport = transport_configured()
    if transport is None:
        messages.error(request, "No mail server is set (BYWHEN_SMTP_URL), so no mail can leave from here.")
    else:
        delivery = mails_send(transport=transport)
        said = f"{counted(len(delivery.sent), 'letter')} left."
        if delivery.postponed or delivery.failed:
            said = f"{said} {len(delivery.postponed)} will be tried again, {len(delivery.failed)} failed."
        messages.success(request, said)
    return redirect("reports:minutes", pk=pk)


@require_POST
def sent(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that the latest version left another way."""
    version = minutes_list(_found(pk)).first()
    if version is None:
        raise Http404
    try:
        minutes_sent_note(version=version, proof=request.POST.get("proof", ""))
        messages.success(request, "Noted; the clock has stopped.")
    except ByWhenError as error:
        messages.error(request, str(error))
    return redirect("reports:minutes", pk=pk)


@require_GET
def download(_request: HttpRequest, pk: int, number: int, suffix: str) -> HttpResponse:
    """A published version as a file, as it was published."""
    version, writer = (
        minutes_list(_found(pk)).filter(number=number).first(),
        {**WRITERS, **WRITERS_OF_EXTRAS}.get(suffix),
    )
    if version is None or writer is None:
        raise Http404
    response = HttpResponse(writer.write(version_document(version)), content_type=writer.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{version_name(version, writer)}"'
    response.headers["Content-Security-Policy"] = _SEALED
    return response


def _page(request: HttpRequest, meeting: Meeting, **typed: Any) -> HttpResponse:
    facts, lacks = minutes_facts(meeting), minutes_lacking(meeting)
    versions = list(minutes_list(meeting))
    latest = versions[0] if versions else None
    recipients = recipient_list(project=meeting.project, artefact="minutes", attended=meeting.attendees.all())
    context = {
        "active": "meetings",
        "meeting": meeting,
        "headline": _headline(meeting, latest),
        "sub": f"{meeting.project.name} · held {day_long(meeting.held_on)} · {meeting.source.name}",
        "clock": _clock(meeting),
        # The writer escapes all text; nothing in it is anybody's markup.
        "draft": mark_safe(HtmlWriter().body(Minutes().build(facts))),  # noqa: S308
        "undecided": [each for each in lacks if each.what == "judgement"],
        "missing": [each for each in lacks if each.what != "judgement"],
        "missed": facts.missed,
        "recipients": [{"name": r.person.name, "address": r.address, "why": r.why} for r in recipients],
        "versions": [_version(each) for each in versions],
        "number": facts.number,
        "mail_server": transport_configured() is not None,
        "by": request.session.get(_BY, _named()),
        "people": list(person_list().values_list("name", flat=True)),
        **typed,
    }
    return render(request, "reports/minutes.html", context, status=409 if typed.get("problem") else 200)


def _named() -> str:
    """The reader's own name; '' for the account of this machine, which has none that could stand in minutes."""
    name = current_actor().name
    return "" if name == OWNER_NAME else name


def _headline(meeting: Meeting, latest: MinutesVersion | None) -> str:
    if latest is None:
        return f"{meeting.title}: minutes to publish"
    return f"{meeting.title}: version {latest.number} is published"


def _clock(meeting: Meeting) -> dict[str, Any]:
    now = current_clock().now()
    how = minutes_promise(meeting, now)
    until = f"{day_short(meeting.minutes_due_at.date(), now.date())}, {meeting.minutes_due_at:%H:%M}"
    said, note = f"{counted(int(how.left), 'hour')} of {LIMIT_HOURS} left for the minutes", f"until {until}"
    if how.kept is not None:
        said = "The minutes left in time" if how.kept else "The minutes left late"
        note = f"promised until {until}"
    elif how.tone == "red":
        over = counted(int(how.over), "hour") if how.over < 48 else counted(int(how.over // 24), "day")
        said, note = f"The {LIMIT_HOURS} hours for the minutes are over", f"since {until}, {over} ago"
    return {"tone": how.tone, "hours": how.hours, "limit": LIMIT_HOURS, "text": said, "note": note}


def _version(version: MinutesVersion) -> dict[str, Any]:
    sending = minutes_sending(version)
    where = {"pk": version.meeting_id, "number": version.number}
    return {
        "number": version.number,
        "by": version.published_by,
        "on": day_short(version.published_at.date()),
        "at": f"{version.published_at:%H:%M}",
        "waiver": version.waiver,
        "sending": _sending_words(sending.sent, sending.waiting, sending.failed),
        "sent": f"{day_short(sending.sent_at.date())}, {sending.sent_at:%H:%M}" if sending.sent_at else "",
        "proof": sending.proof,
        "waiting": sending.waiting,
        "origin": version_origin(version),
        "files": [
            {"title": title, "url": reverse("reports:minutes_file", kwargs={**where, "suffix": suffix})}
            for suffix, title in _TITLES.items()
        ],
    }


def _sending_words(sent_count: int, waiting: int, failed: int) -> str:
    parts = ((sent_count, "sent"), (waiting, "approved and waiting"), (failed, "failed"))
    said = [f"{count} {what}" for count, what in parts if count]
    return f"Letters: {listed(said)}" if said else "No letter"


def _found(pk: int) -> Meeting:
    meeting = meeting_get(pk)
    if meeting is None:
        raise Http404
    return meeting
