"""What changes a meeting to come, or its series: time, rhythm, people, papers, answers."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from bywhen.kernel.errors import ByWhenError, InputRefusedError
from bywhen.kernel.wording import counted, listed
from bywhen.meetings.forms import ChangeForm, GuestsForm
from bywhen.meetings.services.inviting import uninvitations_prepare
from bywhen.meetings.services.mailboxes import reply_file_take_in
from bywhen.meetings.services.papers import paper_add, paper_remove
from bywhen.meetings.services.planning import meeting_move
from bywhen.meetings.services.replies import replies_seen
from bywhen.meetings.services.series import guests_set, rhythm_of, series_end, series_revise
from bywhen.meetings.views.planned import page, planned_found
from bywhen.meetings.views.planning import dates_shown
from bywhen.record.selectors.people import person_list

LARGEST_REPLY = 2 * 1024 * 1024


@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another time, place or rhythm: ``one`` of this meeting alone, ``following`` of it and all after it."""
    found = planned_found(pk)
    form = ChangeForm(request.POST)
    if not form.is_valid():
        return _refused(request, pk, "", form)
    given = form.cleaned_data
    try:
        if "following" in request.POST:
            found = series_revise(planned=found, rhythm=form.rhythm(rhythm_of(found)))
        else:
            meeting_move(planned=found, start=form.start(), minutes=given["minutes"], location=given["location"])
    except ByWhenError as error:
        return _refused(request, pk, str(error), form)
    told = "" if found.invited_sequence is None else " Its guests have to be told."
    messages.success(request, f"{found.title} is changed.{told}")
    return redirect("meetings:planned", pk=found.pk)


@require_POST
def dates(request: HttpRequest, pk: int) -> HttpResponse:
    """The next six dates of the rhythm that is written, in everybody's zone."""
    found = planned_found(pk)
    form = ChangeForm(request.POST)
    context = {"dates": [], "refusal": ""}
    try:
        if form.is_valid():
            people = [seat.person for seat in found.seats.all()]
            context |= dates_shown(form.rhythm(rhythm_of(found)), people)
        else:
            context["refusal"] = " ".join(map(str, form.errors.get("repeats", [])))
    except InputRefusedError as error:
        context["refusal"] = str(error)
    return render(request, "meetings/_dates.html", context)


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """This meeting and all after it are called off."""
    found = planned_found(pk)
    gone = series_end(planned=found)
    messages.success(request, f"{found.title} ends: {counted(gone, 'planned meeting')} called off.")
    return redirect("meetings:planned", pk=pk)


@require_POST
def guests(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is asked: to this meeting, or (``following``) to it and all after it."""
    found = planned_found(pk)
    form = GuestsForm(request.POST, people=list(person_list()))
    if not form.is_valid():
        return _refused(request, pk, "Somebody who was chosen is not in the list of people any more.", None)
    following = "following" in request.POST
    told = found.series.invited_sequence if following and found.series else found.invited_sequence
    left = guests_set(planned=found, guests=form.guests(), following=following)
    found = planned_found(pk)
    if told is not None:
        uninvitations_prepare(planned=found, people=left, following=following)
    names = listed([person.name for person in left]) if told is not None else ""
    gone = f" {names} will be told when you tell the guests." if names else ""
    messages.success(request, f"The people of {found.title} are changed.{gone}")
    return redirect("meetings:planned", pk=pk)


@require_POST
def proposed(request: HttpRequest, pk: int, seat: int) -> HttpResponse:
    """Move the meeting to where a guest proposed."""
    found = planned_found(pk)
    asked = next((each for each in found.seats.all() if each.pk == seat), None)
    if asked is None or asked.proposes is None:
        raise Http404
    meeting_move(planned=found, start=asked.proposes)
    messages.success(request, f"{found.title} is moved to where {asked.person.name} proposed; tell the guests.")
    return redirect("meetings:planned", pk=pk)


@require_POST
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Add papers, for a section of the agenda or for all of it."""
    found = planned_found(pk)
    files = request.FILES.getlist("file")
    try:
        added = [
            paper_add(planned=found, name=each.name or "", data=each.read(), item=request.POST.get("item", ""))
            for each in files
        ]
    except ByWhenError as error:
        return _refused(request, pk, str(error), None)
    new = sum(created for _, created in added)
    known = len(added) - new
    words = counted(new, "paper") + " added" if new else "No paper added"
    messages.success(request, f"{words}{f'; {known} was there already' if known else ''}.")
    return redirect("meetings:planned", pk=pk)


@require_POST
def paper_out(request: HttpRequest, pk: int, paper: int) -> HttpResponse:
    """Take a paper out of the bundle."""
    if paper_remove(planned=planned_found(pk), pk=paper):
        messages.success(request, "The paper is out of the bundle; its file stays on record.")
    return redirect("meetings:planned", pk=pk)


@require_POST
def reply(request: HttpRequest) -> HttpResponse:
    """Take in answers that people sent back, as calendar files or saved letters."""
    updated, told = 0, []
    for each in request.FILES.getlist("file"):
        try:
            counts = reply_file_take_in(data=each.read(LARGEST_REPLY + 1), name=each.name or "reply.ics")
        except InputRefusedError as error:
            told.append(str(error))
            continue
        updated += counts.updated
        told += [f"{place}: {reason}" for place, reason in counts.skipped]
        told += ["An answer was known already"] if counts.unchanged else []
    words = f"{counted(updated, 'answer')} taken in." if updated else "No answer taken in."
    (messages.success if updated else messages.warning)(request, " ".join([words, *(f"{each}." for each in told)]))
    back = request.POST.get("planned", "")
    return redirect("meetings:planned", pk=int(back)) if back.isdecimal() else redirect("meetings:list")


@require_POST
def left_out_seen(_request: HttpRequest) -> HttpResponse:
    """A person has seen which replies were left out."""
    replies_seen()
    return redirect("meetings:list")


def _refused(request: HttpRequest, pk: int, refusal: str, form: ChangeForm | None) -> HttpResponse:
    context = page(planned_found(pk))
    if form is not None:
        context |= {"change": form, "changing": True}
        refusal = refusal or " ".join(str(each) for errors in form.errors.values() for each in errors)
    return render(request, "meetings/planned.html", {**context, "refusal": refusal}, status=422)
