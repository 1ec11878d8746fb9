"""Meetings to come: planning one, its agenda, its guests, the letters to them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bywhen.kernel.clock import current_clock
from bywhen.kernel.errors import ByWhenError, StateWrongError
from bywhen.kernel.wording import counted, day_long, listed
from bywhen.meetings.engine.agenda import Agenda
from bywhen.meetings.forms import AgendaForm, PlanForm
from bywhen.meetings.selectors.catalogue import kind_get
from bywhen.meetings.selectors.free import Search, person_zone, slots_free
from bywhen.meetings.selectors.planned import attendance_of, planned_agenda, planned_coming, planned_get, start_local
from bywhen.meetings.services.inviting import invitations_prepare, letters_waiting
from bywhen.meetings.services.papers import papers_prepare
from bywhen.meetings.services.planning import (
    agenda_set,
    meeting_call_off,
    meeting_plan,
    meeting_restore,
    series_plan,
)
from bywhen.platform.outgoing import mail_approve, mails_send
from bywhen.platform.transports import transport_configured
from bywhen.record.selectors.people import person_list
from bywhen.record.selectors.projects import project_chosen, project_list

if TYPE_CHECKING:
    from bywhen.meetings.models import PlannedMeeting
    from bywhen.record.models import Project

ANSWERS = {"accepted": "Comes", "declined": "Cannot come", "tentative": "Perhaps", "": "No answer yet"}
SHOWN = 20
"""Meetings to come that the list shows at most."""
SOON = timedelta(days=14)


def coming_rows(project: Project | None) -> list[dict[str, Any]]:
    """The next meetings, for the list."""
    rows = []
    for planned in _next_ones(project):
        local, agenda = start_local(planned), planned_agenda(planned)
        comes = attendance_of(planned)
        wrong = comes.problem or ("Papers are late" if _papers_late(planned) else agenda.warning)
        rows.append(
            {
                "key": planned.pk,
                "title": planned.title,
                "url": reverse("meetings:planned", args=[planned.pk]),
                "loss": _points(agenda) + (f" {agenda.warning}" if agenda.warning else ""),
                "on": local.date(),
                "at": f"{local:%H:%M}, {planned.minutes} min",
                "project": planned.project.name,
                "rag": "amber" if wrong else "green" if agenda.items else "grey",
                "rag_reason": wrong or ("Ready" if agenda.items else "Its agenda is not drafted yet"),
                "guests": f"{comes.accepted} of {counted(len(planned.seats.all()), 'guest')} accepted",
                "note": "Nobody is invited yet" if planned.invited_sequence is None else comes.problem,
            }
        )
    return rows


def _next_ones(project: Project | None) -> list[PlannedMeeting]:
    """What takes place within two weeks, and the next of each series that comes later."""
    soon, seen, found = current_clock().now() + SOON, set(), []
    for planned in planned_coming(project=project):
        if planned.start <= soon or planned.series_id is None or planned.series_id not in seen:
            found.append(planned)
        seen.add(planned.series_id)
    return found[:SHOWN]


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """The form; ``propose`` answers it with free times, ``plan`` plans the meeting or series."""
    people, projects = list(person_list()), list(project_list())
    chosen = project_chosen(None, request.session)
    lead = chosen.lead if chosen else None
    first = {
        "kind": "status",
        "project": chosen.key if chosen else "",
        "day": current_clock().today(),
        "zone": str(person_zone(lead or next(iter(people), None))),
    }
    form = PlanForm(request.POST or None, people=people, projects=projects, initial=first)
    context = {"active": "meetings", "form": form, "projects_known": projects, "slots": None, "refusal": ""}
    if request.method == "POST" and form.is_valid():
        try:
            if "propose" in request.POST:
                context["slots"] = _slots(form)
                return render(request, "meetings/plan.html", context)
            planned = _planned(form)
        except ByWhenError as error:
            context["refusal"] = str(error)
        else:
            messages.success(request, f"{planned.title} is planned. Nobody has been told yet.")
            return redirect("meetings:planned", pk=planned.pk)
    return render(request, "meetings/plan.html", context, status=422 if request.method == "POST" else 200)


@require_GET
def planned(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting to come: agenda, guests, what leaves and when."""
    return render(request, "meetings/planned.html", _page(_found(pk)))


@require_POST
def agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the agenda as edited."""
    found = _found(pk)
    form = AgendaForm(request.POST)
    if not form.is_valid():
        return render(request, "meetings/planned.html", {**_page(found), "refusal": form.problem}, status=422)
    agenda_set(planned=found, agenda=form.agenda(planned_agenda(found)), version=form.cleaned_data["version"])
    messages.success(request, "The agenda is kept; the week will not draft it anew.")
    return redirect("meetings:planned", pk=pk)


@require_POST
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Invite, send the papers, call off, or take calling off back."""
    found = _found(pk)
    if name == "call_off":
        meeting_call_off(planned=found)
        told = "" if found.invited_sequence is None else " Its guests have to be told."
        messages.success(request, f"{found.title} is called off.{told}")
    elif name == "restore":
        meeting_restore(planned=found)
        messages.success(request, f"{found.title} takes place after all.")
    elif name in ("invite", "papers"):
        prepare = invitations_prepare if name == "invite" else papers_prepare
        _, unreachable = prepare(planned=found)
        messages.success(request, _leave(found) + _nobody([person.name for person in unreachable]))
    else:
        raise Http404
    return redirect("meetings:planned", pk=pk)


def _leave(found: PlannedMeeting) -> str:
    """Approve the letters of the meeting and send them; the click is the approval."""
    letters = [mail_approve(mail=mail) for mail in letters_waiting(found)]
    if not letters:
        return "Everybody has been told already."
    transport = transport_configured()
    if transport is None:
        return f"{counted(len(letters), 'letter waits', 'letters wait')}: no mail server is set (BYWHEN_SMTP_URL)."
    delivery = mails_send(transport=transport)
    failed = [mail.recipient_address for mail in (*delivery.failed, *delivery.postponed)]
    return f"{counted(len(delivery.sent), 'letter')} sent." + (f" Not yet: {listed(failed)}." if failed else "")


def _nobody(names: list[str]) -> str:
    return f" No address is known of {listed(names)}." if names else ""


def _slots(form: PlanForm) -> list[dict[str, Any]]:
    asked = form.guests()
    kind = kind_get(form.cleaned_data["kind"])
    first: date = form.cleaned_data["day"]
    zone = person_zone(asked.organiser)
    search = Search(
        required=asked.required,
        optional=asked.optional,
        first=first,
        last=first + form.SEARCHED,
        minutes=form.cleaned_data["minutes"] or (kind.MINUTES if kind else 60),
        project=form.project_of(),
    )
    found = slots_free(search)
    return [
        {
            "day": slot.start.astimezone(zone).date().isoformat(),
            "time": f"{slot.start.astimezone(zone):%H:%M}",
            "shown": f"{day_long(slot.start.astimezone(zone).date(), first)}, {slot.start.astimezone(zone):%H:%M}",
            "reasons": slot.reasons,
        }
        for slot in found
    ]


def _planned(form: PlanForm) -> PlannedMeeting:
    given = form.cleaned_data
    fields: dict[str, Any] = {
        "project": form.project_of(),
        "kind": given["kind"],
        "title": given["title"],
        "zone": given["zone"],
        "minutes": given["minutes"],
        "location": given["location"],
        "guests": form.guests(),
    }
    if not given["repeats"]:
        return meeting_plan(start=form.start(), **fields)
    series = series_plan(first=form.start(), rule=given["repeats"], **fields)
    first = series.planned.order_by("start").first()
    if first is None:
        raise StateWrongError("No meeting of this series lies in the next six weeks; begin it sooner.")
    return first


def _page(found: PlannedMeeting) -> dict[str, Any]:
    local, agenda_now = start_local(found), planned_agenda(found)
    today = current_clock().today()
    kind = kind_get(found.kind)
    seats = [
        {
            "name": seat.person.name,
            "role": "required" if seat.required else "optional",
            "answer": ANSWERS[seat.answer],
            "tone": {"accepted": "good", "declined": "bad", "tentative": "warn"}.get(seat.answer, ""),
            "comment": seat.comment,
        }
        for seat in found.seats.all()
    ]
    return {
        "active": "meetings",
        "planned": found,
        "kind": kind.TITLE if kind else found.kind,
        "purpose": kind.PURPOSE if kind else "",
        "when": f"{day_long(local.date(), today)}, {local:%H:%M}",
        "sections": _sections(agenda_now),
        "agenda": agenda_now,
        "version": found.agenda_version,
        "attendance": attendance_of(found),
        "seats": seats,
        "papers": _papers(found, today),
        "papers_late": _papers_late(found),
        "invite": _invite_title(found),
        "draft_url": _draft_url(found),
        "refusal": "",
    }


def _sections(agenda_now: Agenda) -> list[dict[str, Any]]:
    rows = [
        {
            "title": item.title,
            "minutes": item.minutes,
            "points": item.points,
            "text": "\n".join(point.title for point in item.points),
            "rows": max(2, len(item.points)),
        }
        for item in agenda_now.items
    ]
    return [*rows, {"title": "", "minutes": 0, "points": (), "text": "", "rows": 2, "new": True}]


def _points(agenda_now: Agenda) -> str:
    points = sum(len(item.points) for item in agenda_now.items)
    if not agenda_now.items:
        return "The agenda is not drafted yet."
    return f"{counted(len(agenda_now.items), 'section')}, {counted(points, 'point')} from the record."


def _papers(found: PlannedMeeting, today: date) -> str:
    if found.papers_sent_at:
        return f"Papers left {day_long(found.papers_sent_at.date(), today)}"
    return f"Papers by {day_long(found.papers_due, today)}" if found.papers_due else ""


def _papers_late(found: PlannedMeeting) -> bool:
    return bool(found.papers_due and not found.papers_sent_at and found.papers_due < current_clock().today())


def _invite_title(found: PlannedMeeting) -> str:
    """What the guests have to be told; '' when they know it all."""
    if found.status == "held" or (found.invited_sequence == found.sequence and not letters_waiting(found)):
        return ""
    if found.status == "cancelled":
        return "" if found.invited_sequence is None else "Tell the guests that it is off"
    return (
        "Tell the guests what changed" if found.sequence and found.invited_sequence is not None else "Invite the guests"
    )


def _draft_url(found: PlannedMeeting) -> str:
    """Where the agenda is drafted anew; '' once a person has edited it."""
    if found.agenda_version or found.status != "planned":
        return ""
    try:
        return reverse("week:agenda_draft", args=[found.pk])
    except NoReverseMatch:
        return ""


def _found(pk: int) -> PlannedMeeting:
    found = planned_get(pk)
    if found is None:
        raise Http404
    return found
