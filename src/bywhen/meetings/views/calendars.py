"""People's calendars: files and servers that say when somebody is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from bywhen.kernel.errors import ByWhenError
from bywhen.kernel.wording import counted
from bywhen.meetings.forms import CalendarForm
from bywhen.meetings.selectors.free import calendar_get, calendar_list
from bywhen.meetings.services.calendars import (
    calendar_file_take_in,
    calendar_poll,
    calendar_remove,
    calendar_server_set,
)
from bywhen.record.selectors.people import person_list

if TYPE_CHECKING:
    from bywhen.meetings.models import PersonCalendar

LARGEST = 8 * 1024 * 1024
NOTES_SHOWN = 3


@require_http_methods(["GET", "POST"])
def calendars(request: HttpRequest) -> HttpResponse:
    """The list; a file or a server is added to it."""
    people = list(person_list())
    form = CalendarForm(request.POST or None, people=people)
    refusal = ""
    if request.method == "POST":
        refusal = _added(request, form)
        if not refusal:
            return redirect("meetings:calendars")
    context = {"active": "meetings", "form": form, "people_known": people, "calendars": calendar_list()}
    return render(request, "meetings/calendars.html", {**context, "refusal": refusal}, status=422 if refusal else 200)


@require_POST
def poll(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a server again."""
    found = _found(pk)
    if calendar_poll(calendar=found):
        messages.success(request, f"The calendar of {found.person.name} is read again.")
    else:
        messages.warning(request, f"{found.problem} What was known stays.")
    return redirect("meetings:calendars")


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a calendar."""
    found = _found(pk)
    calendar_remove(calendar=found)
    messages.success(request, f"The calendar '{found.name}' of {found.person.name} is forgotten.")
    return redirect("meetings:calendars")


def _added(request: HttpRequest, form: CalendarForm) -> str:
    """Add what was given; answers why not, '' when it was added."""
    if not form.is_valid():
        return " ".join(str(each) for errors in form.errors.values() for each in errors)
    person, given, files = form.person_of(), form.cleaned_data, request.FILES.getlist("file")
    try:
        if given["address"]:
            added = calendar_server_set(
                person=person, address=given["address"], user=given["user"], password=given["password"]
            )
            messages.success(request, _words(added))
        for each in files:
            data = each.read(LARGEST + 1)
            if len(data) > LARGEST:
                return f"{each.name}: it is larger than 8 MiB. Export fewer months."
            added, changed, notes = calendar_file_take_in(person=person, name=each.name or "", data=data)
            messages.success(request, _words(added) if changed else f"'{added.name}' was taken in already.")
            for note in notes[:NOTES_SHOWN]:
                messages.warning(request, note)
    except ByWhenError as error:
        return str(error)
    return "" if given["address"] or files else "Choose a file, or write the address of a server."


def _words(calendar: PersonCalendar) -> str:
    return f"{counted(len(calendar.busy), 'taken time')} of {calendar.person.name} known from '{calendar.name}'."


def _found(pk: int) -> PersonCalendar:
    found = calendar_get(pk)
    if found is None:
        raise Http404
    return found
