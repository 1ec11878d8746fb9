"""Planning a meeting or a series: the form, free times with everybody's day, the next dates in everybody's zone."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from bywhen.kernel.clock import current_clock
from bywhen.kernel.errors import ByWhenError, InputRefusedError, StateWrongError
from bywhen.kernel.wording import day_long, listed
from bywhen.meetings.engine.recurrence import start_at, zone_of
from bywhen.meetings.engine.recurrence_words import EXAMPLES, tell_recurrence
from bywhen.meetings.engine.slots import Diary, Slot
from bywhen.meetings.forms import PlanForm
from bywhen.meetings.selectors.catalogue import kind_get
from bywhen.meetings.selectors.free import Search, calendar_list, diary_list, person_zone, slots_free
from bywhen.meetings.services.planning import meeting_plan, series_plan
from bywhen.meetings.services.series import Rhythm, starts_preview
from bywhen.record.selectors.people import person_list
from bywhen.record.selectors.projects import project_chosen, project_list

if TYPE_CHECKING:
    from bywhen.meetings.models import PlannedMeeting
    from bywhen.record.models import Person

HOUR = 40
"""Units of a picture that an hour takes."""


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """The form; ``propose`` answers with free times, ``take`` takes one over, ``plan`` plans the meeting or series."""
    form = _form(request, _taken_over(request.POST) if "take" in request.POST else request.POST or None)
    context = {"active": "meetings", "form": form, "examples": EXAMPLES, "slots": None, "refusal": ""}
    context["projects_known"] = form.fields["project"].choices  # type: ignore[attr-defined]
    if request.method != "POST" or not form.is_valid():
        return render(request, "meetings/plan.html", context, status=422 if request.method == "POST" else 200)
    try:
        if "propose" in request.POST:
            context |= _proposed(form)
        elif "plan" in request.POST:
            planned = _planned(form)
            messages.success(request, f"{planned.title} is planned. Nobody has been told yet.")
            return redirect("meetings:planned", pk=planned.pk)
    except ByWhenError as error:
        return render(request, "meetings/plan.html", {**context, "refusal": str(error)}, status=422)
    return render(request, "meetings/plan.html", context)


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """The next six dates of what is written, in the zones of those who are asked; in words how it was understood."""
    form = _form(request, request.POST)
    form.is_valid()
    given = form.cleaned_data
    context: dict[str, Any] = {"dates": [], "refusal": " ".join(map(str, form.errors.get("repeats", [])))}
    if given.get("day") and given.get("time") and not context["refusal"]:
        people = form.guests() if {"required", "optional", "organiser"} <= given.keys() else None
        everybody = [*people.required, *people.optional] if people else []
        try:
            context |= dates_shown(_rhythm(form), everybody)
        except InputRefusedError as error:
            context["refusal"] = str(error)
    return render(request, "meetings/_dates.html", context)


def dates_shown(rhythm: Rhythm, people: list[Person]) -> dict[str, Any]:
    """The next six dates, a column for each zone and who is there.

    Raises:
        InputRefusedError: when zone or rule cannot be.
    """
    own = zone_of(rhythm.zone)
    starts = starts_preview(rhythm) if rhythm.rule else [start_at(rhythm.first, own)]
    who: dict[str, list[str]] = {rhythm.zone: []}
    for person in people:
        who.setdefault(str(person_zone(person)), []).append(person.name)
    zones = [ZoneInfo(name) for name in who]
    return {
        "words": tell_recurrence(rhythm.rule),
        "zones": [{"name": name, "people": listed(sorted(names)) if names else ""} for name, names in who.items()],
        "dates": [[_moment(start.astimezone(zone), start.date()) for zone in zones] for start in starts],
    }


def slot_rows(search: Search, zone: ZoneInfo) -> list[dict[str, Any]]:
    """Free times, best first, each with its reasons and a picture of everybody's day."""
    diaries = diary_list(search)
    return [_slot_row(slot, diaries, zone, search.first) for slot in slots_free(search)]


def _moment(local: datetime, day: date) -> str:
    """A start on somebody's wall; another day than the meeting's own is named."""
    return f"{day_long(local.date(), day)}, {local:%H:%M}"


def _form(request: HttpRequest, data: Any) -> PlanForm:
    people, projects = list(person_list()), list(project_list())
    chosen = project_chosen(None, request.session)
    lead = chosen.lead if chosen else None
    first = {
        "kind": "status",
        "project": chosen.key if chosen else "",
        "day": current_clock().today(),
        "time": time(10),
        "zone": str(person_zone(lead or next(iter(people), None))),
        "organiser": str(lead.pk) if lead else "",
        "organiser_votes": True,
    }
    return PlanForm(data, people=people, projects=projects, initial=first)


def _taken_over(data: QueryDict) -> QueryDict:
    """What was written, with the time that was chosen."""
    changed = data.copy()
    day, _, hour = data.get("take", "").partition("T")
    changed["day"], changed["time"] = day, hour
    return changed


def _proposed(form: PlanForm) -> dict[str, Any]:
    asked = form.guests()
    kind = kind_get(form.cleaned_data["kind"])
    first: date = form.cleaned_data["day"]
    search = Search(
        required=asked.required,
        optional=asked.optional,
        first=first,
        last=first + form.SEARCHED,
        minutes=form.cleaned_data["minutes"] or (kind.MINUTES if kind else 60),
        project=form.project_of(),
    )
    everybody = [*asked.required, *asked.optional]
    known = {calendar.person_id for calendar in calendar_list(people=everybody)}
    return {
        "slots": slot_rows(search, zone_of(form.cleaned_data["zone"])),
        "unknown": listed(sorted(person.name for person in everybody if person.pk not in known)),
    }


def _slot_row(slot: Slot, diaries: list[Diary], zone: ZoneInfo, first: date) -> dict[str, Any]:
    local = slot.start.astimezone(zone)
    return {
        "value": f"{local:%Y-%m-%dT%H:%M}",
        "shown": f"{day_long(local.date(), first)}, {local:%H:%M}",
        "reasons": slot.reasons,
        "picture": _picture(slot, diaries, zone),
    }


def _picture(slot: Slot, diaries: list[Diary], zone: ZoneInfo) -> dict[str, Any]:
    """Everybody's day around a slot, hour by hour in one zone: their hours, what takes them, the slot."""
    local = slot.start.astimezone(zone)
    first = max(0, min(7, local.hour - 1))
    last = min(24, max(19, local.hour + 3))
    begin = local.replace(hour=first, minute=0)
    end = begin + timedelta(hours=last - first)

    def span(start: datetime, finish: datetime) -> dict[str, int]:
        left = (max(start, begin) - begin).total_seconds() / 3600 * HOUR
        width = (min(finish, end) - max(start, begin)).total_seconds() / 3600 * HOUR
        return {"x": round(left), "width": max(round(width), 0)}

    rows = []
    for diary in diaries:
        day = slot.start.astimezone(diary.zone).date()
        hours = [datetime.combine(day, each, diary.zone) for each in diary.hours]
        taken = [span(*each) for each in diary.busy if each[0] < end and begin < each[1]]
        rows.append(
            {
                "name": diary.name,
                "hours": span(hours[0], hours[1]) if day.weekday() in diary.weekdays else {"x": 0, "width": 0},
                "taken": taken,
                "missing": diary.name in slot.missing,
                "there": f"{slot.start.astimezone(diary.zone):%H:%M}",
            }
        )
    marks = [{"x": (hour - first) * HOUR, "hour": hour} for hour in range(first, last)]
    return {
        "rows": rows,
        "slot": span(slot.start, slot.finish),
        "marks": marks,
        "width": (last - first) * HOUR,
        "zone": str(zone),
    }


def _rhythm(form: PlanForm) -> Rhythm:
    given = form.cleaned_data
    return Rhythm(
        first=form.start(),
        zone=given.get("zone", ""),
        rule=given.get("rule", ""),
        minutes=given.get("minutes") or 60,
        title="",
        location="",
        quorum=0,
        organiser_votes=True,
        papers_days=0,
    )


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
        "terms": form.terms(),
    }
    if not given["rule"]:
        return meeting_plan(start=form.start(), **fields)
    series = series_plan(first=form.start(), rule=given["rule"], **fields)
    first = series.planned.order_by("start").first()
    if first is None:
        raise StateWrongError("No meeting of this series lies in the next six weeks; begin it sooner.")
    return first
