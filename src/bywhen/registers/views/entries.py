"""One entry: in the drawer beside its list, or as a page of its own; a change request has a larger page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from bywhen.kernel.clock import current_clock
from bywhen.kernel.wording import counted, day_long, day_short
from bywhen.record.selectors.people import person_list
from bywhen.record.selectors.plan import plan_working_time
from bywhen.record.selectors.shown import quotes_shown
from bywhen.registers.kinds.change import KIND as CHANGE
from bywhen.registers.selectors.catalogue import register_get
from bywhen.registers.selectors.changes import change_get
from bywhen.registers.selectors.entries import entry_get, staleness_of
from bywhen.registers.selectors.history import entry_history
from bywhen.registers.views.changes import request_page, request_short
from bywhen.registers.views.rows import TONES, form_fields, label, when

if TYPE_CHECKING:
    from bywhen.registers.models import Entry
    from bywhen.registers.selectors.catalogue import RegisterKind
    from bywhen.registers.selectors.history import Happened

UNDO = "registers-undo"


@require_GET
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """The drawer's content; as a page without script, and always as a page for a change request."""
    found = entry_asked(pk)
    if getattr(request, "htmx", False):
        return render(request, "registers/_entry.html", {"entry": drawer(found)})
    return render(request, *page(request, found))


def page(request: HttpRequest, found: Entry, **more: Any) -> tuple[str, dict[str, Any]]:
    """Template and context of the entry's own page."""
    frame = {"active": "changes" if found.kind == CHANGE else "registers", "last": request.session.get(UNDO), **more}
    if found.kind == CHANGE:
        return "registers/request.html", {**frame, "asked": request_page(found), "history": history_shown(found)}
    return "registers/entry.html", {**frame, "entry": drawer(found)}


def entry_asked(pk: int) -> Entry:
    """The entry of the address, with what its kind needs.

    Raises:
        Http404: when there is none.
    """
    found = entry_get(pk)
    if found is not None and found.kind == CHANGE:
        found = change_get(pk)
    if found is None:
        raise Http404(pk)
    return found


def drawer(found: Entry) -> dict[str, Any]:
    """The context of ``registers/_entry.html``."""
    register = register_get(found.kind)
    if register is None:
        raise Http404(found.kind)
    today = current_clock().today()
    shown = {
        "pk": found.pk,
        "kind": found.kind,
        "noun": register.NOUN,
        "title": found.title,
        "reference": found.reference,
        "about": f"{register.NOUN.capitalize()} {found.reference} \N{MIDDLE DOT} {found.project.name} \N{MIDDLE DOT} "
        f"{when(found, today)}",
        "list_url": reverse("registers:list", args=[found.kind]),
        "open": found.status == "open",
        "status": found.status,
        "band": found.band,
        "tone": TONES.get(found.band, ""),
        "score": found.score,
        "description": found.description if found.description != found.title else "",
        "facts": _facts(found, register),
        "quotes": quotes_shown(found.quotes.all()),
        "stale": staleness_of(found, today, plan_working_time(found.project)) if found.status == "open" else "",
        "history": history_shown(found),
    }
    if found.kind == CHANGE:
        return {**shown, "asked": request_short(found)}
    people = [person.name for person in person_list()]
    became = found.became.first()
    return {
        **shown,
        "fields": form_fields(register, found, people),
        "can_happen": found.kind == "risk" and found.status == "open",
        "came_from": _link(found.came_from) if found.came_from else None,
        "became": _link(became) if became else None,
    }


def history_shown(found: Entry) -> list[dict[str, Any]]:
    """What happened, latest first."""
    return [_happened(each) for each in entry_history(found)]


def _happened(each: Happened) -> dict[str, Any]:
    day = f"{day_short(each.at.date(), current_clock().today())}, {each.at:%H:%M}"
    return {"on": day, "by": each.by, "what": each.what, "why": each.why}


def _facts(found: Entry, register: RegisterKind) -> list[dict[str, str]]:
    """The fields that are filled, in the register's own words."""
    today = current_clock().today()
    owner = found.owner.name if found.owner else f"nobody known ({found.owner_text})" if found.owner_text else "nobody"
    facts = [("Owner", owner)]
    if "impact" in register.FIELDS:
        parts = [("probability", found.probability)] if "probability" in register.FIELDS else []
        parts.append(("impact", found.impact))
        facts += [(label(register, name), f"{value} of 5" if value else "not judged yet") for name, value in parts]
    if found.response:
        facts.append((label(register, "response"), found.response))
    if found.due:
        facts.append((label(register, "due"), _dated(found, found.due, today)))
    if found.review_on and found.status == "open":
        facts.append(("Next review", _dated(found, found.review_on, today)))
    if found.reviewed_on:
        facts.append(("Last review", day_short(found.reviewed_on, today)))
    if found.tags:
        facts.append(("Tags", found.tags))
    if found.progress:
        facts.append(("Status", found.progress))
    return [{"name": name, "value": value} for name, value in facts]


def _dated(found: Entry, day: Any, today: Any) -> str:
    late = plan_working_time(found.project).working_days_between(day, today) if day < today else 0
    ago = f", {counted(late, 'working day')} ago" if late > 0 and found.status == "open" else ""
    return f"{day_long(day, today)}{ago}"


def _link(other: Entry) -> dict[str, str]:
    return {"title": f"{other.reference}: {other.title}", "url": reverse("registers:entry", args=[other.pk])}
