"""One meeting to come: its agenda, its guests, its papers, the letters to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET, require_POST

from bywhen.kernel.clock import current_clock
from bywhen.kernel.wording import counted, day_long, day_short, listed
from bywhen.meetings.engine.agenda import Agenda, carry_over
from bywhen.meetings.engine.recurrence import zone_of
from bywhen.meetings.engine.recurrence_words import EXAMPLES, tell_recurrence
from bywhen.meetings.forms import AgendaForm, ChangeForm, GuestsForm
from bywhen.meetings.selectors.catalogue import kind_get
from bywhen.meetings.selectors.planned import (
    attendance_of,
    planned_agenda,
    planned_before,
    planned_coming,
    planned_get,
    start_local,
)
from bywhen.meetings.services.inviting import invitations_prepare, letters_waiting, series_invitations_prepare
from bywhen.meetings.services.papers import papers_prepare
from bywhen.meetings.services.planning import agenda_set, meeting_call_off, meeting_restore
from bywhen.meetings.views.coming import papers_late
from bywhen.platform.outgoing import mail_approve, mails_send
from bywhen.platform.transports import transport_configured
from bywhen.record.selectors.people import person_list

if TYPE_CHECKING:
    from bywhen.meetings.models import PlannedMeeting, Series

ANSWERS = {"accepted": "Comes", "declined": "Cannot come", "tentative": "Perhaps", "": "No answer yet"}
TONES = {"accepted": "good", "declined": "bad", "tentative": "warn"}
BESIDE = 6
"""Other meetings of the series that the page names."""


@require_GET
def planned(request: HttpRequest, pk: int) -> HttpResponse:
    """The page."""
    return render(request, "meetings/planned.html", page(planned_found(pk)))


@require_POST
def agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the agenda as edited; ``carry`` takes over what people had put on the one before."""
    found = planned_found(pk)
    form = AgendaForm(request.POST)
    if not form.is_valid():
        return render(request, "meetings/planned.html", {**page(found), "refusal": form.problem}, status=422)
    wanted = form.agenda(planned_agenda(found))
    earlier = planned_before(found)
    if "carry" in request.POST and earlier is not None:
        wanted = carry_over(wanted, planned_agenda(earlier))
    agenda_set(planned=found, agenda=wanted, version=form.cleaned_data["version"])
    messages.success(request, "The agenda is kept; the week will not draft it anew.")
    return redirect(f"{reverse('meetings:planned', args=[pk])}{'?edit=agenda#edit' if 'move' in request.POST else ''}")


@require_POST
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Invite, send the papers, call off, or take calling off back."""
    found = planned_found(pk)
    if name == "call_off":
        meeting_call_off(planned=found)
        told = "" if found.invited_sequence is None else " Its guests have to be told."
        messages.success(request, f"{found.title} on {_day(found)} is called off.{told}")
    elif name == "restore":
        meeting_restore(planned=found)
        messages.success(request, f"{found.title} on {_day(found)} takes place after all.")
    elif name in ("invite", "invite_all", "papers"):
        messages.success(request, _told(found, name))
    else:
        raise Http404
    return redirect("meetings:planned", pk=pk)


def planned_found(pk: int) -> PlannedMeeting:
    """The meeting of this number.

    Raises:
        Http404: when there is none.
    """
    found = planned_get(pk)
    if found is None:
        raise Http404
    return found


def page(found: PlannedMeeting) -> dict[str, Any]:
    """All that the page of one meeting shows."""
    local, agenda_now = start_local(found), planned_agenda(found)
    today = current_clock().today()
    kind = kind_get(found.kind)
    comes = attendance_of(found)
    return {
        "active": "meetings",
        "planned": found,
        "kind": kind.TITLE if kind else found.kind,
        "purpose": kind.PURPOSE if kind else "",
        "when": f"{day_long(local.date(), today)}, {local:%H:%M}",
        "sections": _sections(agenda_now),
        "agenda": agenda_now,
        "version": found.agenda_version,
        "attendance": comes,
        "quorum": _quorum(comes.quorum, comes.voters, comes.sure),
        "seats": [_seat(found, seat) for seat in found.seats.all()],
        "papers": _papers(found),
        "papers_late": papers_late(found),
        "papers_again": _papers_again(found),
        "invite": _invite_title(found),
        "series": _series(found) if found.series else None,
        "earlier": planned_before(found),
        "draft_url": _draft_url(found),
        "agenda_url": _agenda_url(found),
        "examples": EXAMPLES,
        "change": ChangeForm(initial=_as_is(found)),
        "people": GuestsForm(None, people=list(person_list()), initial=_asked(found)),
        "refusal": "",
    }


def _told(found: PlannedMeeting, name: str) -> str:
    """Approve the letters of the meeting and send them; the click is the approval."""
    if name == "papers":
        _, unreachable = papers_prepare(planned=found)
    elif name == "invite_all" and found.series is not None:
        _, unreachable = series_invitations_prepare(series=found.series)
    else:
        _, unreachable = invitations_prepare(planned=found)
    missing = listed([person.name for person in unreachable])
    return _leave(found) + (f" No address is known of {missing}." if missing else "")


def _leave(found: PlannedMeeting) -> str:
    letters = [mail_approve(mail=mail) for mail in letters_waiting(found)]
    if not letters:
        return "Everybody has been told already."
    transport = transport_configured()
    if transport is None:
        return f"{counted(len(letters), 'letter waits', 'letters wait')}: no mail server is set (BYWHEN_SMTP_URL)."
    delivery = mails_send(transport=transport)
    failed = [mail.recipient_address for mail in (*delivery.failed, *delivery.postponed)]
    return f"{counted(len(delivery.sent), 'letter')} sent." + (f" Not yet: {listed(failed)}." if failed else "")


def _seat(found: PlannedMeeting, seat: Any) -> dict[str, Any]:
    proposes = seat.proposes.astimezone(zone_of(found.zone)) if seat.proposes else None
    return {
        "key": seat.pk,
        "name": seat.person.name,
        "role": "required" if seat.required else "optional",
        "answer": ANSWERS[seat.answer],
        "tone": TONES.get(seat.answer, ""),
        "comment": seat.comment,
        "proposes": f"{day_long(proposes.date(), current_clock().today())}, {proposes:%H:%M}" if proposes else "",
    }


def _quorum(quorum: int, voters: int, sure: int) -> str:
    if not quorum:
        return ""
    return f"Quorum: {quorum} of {counted(voters, 'voting person', 'voting people')}; {sure} sure so far."


def _sections(agenda_now: Agenda) -> list[dict[str, Any]]:
    rows = [
        {
            "title": item.title,
            "minutes": item.minutes,
            "points": item.points,
            "text": "\n".join(point.title for point in item.points),
            "rows": min(max(2, len(item.points)), 12),
            "last": number == len(agenda_now.items),
        }
        for number, item in enumerate(agenda_now.items, start=1)
    ]
    return [*rows, {"title": "", "minutes": 5, "points": (), "text": "", "rows": 2, "new": True}]


def _papers(found: PlannedMeeting) -> str:
    today = current_clock().today()
    if found.papers_sent_at:
        return f"Left {day_long(found.papers_sent_at.date(), today)}."
    if not found.papers_due:
        return ""
    due = day_long(found.papers_due, today)
    if papers_late(found):
        return f"They were due {due} and nothing was sent."
    return f"To be sent by {due}."


def _papers_again(found: PlannedMeeting) -> bool:
    """Whether papers were added since the bundle left."""
    sent = found.papers_sent_at
    return sent is not None and any(each.added_at > sent for each in found.papers.all())


def _series(found: PlannedMeeting) -> dict[str, Any]:
    series = found.series
    assert series is not None
    others = planned_coming().filter(series=series).exclude(pk=found.pk)[:BESIDE]
    return {
        "words": tell_recurrence(series.rule),
        "update": _series_update(series),
        "told": series.invited_sequence is not None,
        "others": [{"url": reverse("meetings:planned", args=[each.pk]), "shown": _day(each)} for each in others],
    }


def _series_update(series: Series) -> bool:
    """Whether its people, or those of the series before it, were told something else."""
    chain = [series, series.follows] if series.follows else [series]
    return any(each.invited_sequence is not None and each.invited_sequence != each.sequence for each in chain)


def _invite_title(found: PlannedMeeting) -> str:
    """What the guests have to be told of this meeting alone; '' when they know it all."""
    if found.series and _series_update(found.series):
        return ""  # the whole series is told, and this meeting with it
    if found.status == "held" or (found.invited_sequence == found.sequence and not letters_waiting(found)):
        return ""
    if found.status == "cancelled":
        return "" if found.invited_sequence is None else "Tell the guests that it is off"
    if found.sequence and found.invited_sequence is not None:
        return "Tell the guests what changed"
    return "Invite to this one" if found.series else "Invite the guests"


def _as_is(found: PlannedMeeting) -> dict[str, Any]:
    local, series = start_local(found), found.series
    days = series.papers_days if series else 0
    return {
        "day": local.date(),
        "time": local.time(),
        "minutes": found.minutes,
        "location": found.location,
        "title": found.title,
        "zone": found.zone,
        "repeats": tell_recurrence(series.rule) if series else "",
        "quorum": round(found.quorum * 100),
        "organiser_votes": found.organiser_votes,
        "papers_days": days,
    }


def _asked(found: PlannedMeeting) -> dict[str, Any]:
    seats = list(found.seats.all())
    return {
        "organiser": str(found.organiser_id or ""),
        "required": [str(seat.person_id) for seat in seats if seat.required],
        "optional": [str(seat.person_id) for seat in seats if not seat.required],
    }


def _day(found: PlannedMeeting) -> str:
    return day_short(start_local(found).date(), current_clock().today())


def _agenda_url(found: PlannedMeeting) -> str:
    """Where its documents are, without their suffix."""
    try:
        return reverse("reports:agenda", args=[found.pk, "pdf"]).removesuffix("pdf")
    except NoReverseMatch:
        return ""


def _draft_url(found: PlannedMeeting) -> str:
    """Where the agenda is drafted anew; '' once a person has edited it."""
    if found.agenda_version or found.status != "planned":
        return ""
    try:
        return reverse("week:agenda_draft", args=[found.pk])
    except NoReverseMatch:
        return ""
