"""Entries as rows of a list, and their fields as a form shows them.

What does not live here: the drawer and page of one entry (``entries``), change requests' own parts (``changes``).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from bywhen.kernel.wording import counted, day_short, plain_number
from bywhen.registers.forms import LEVELS
from bywhen.registers.kinds.change import KIND as CHANGE
from bywhen.registers.selectors.changes import change_cost, change_effect, change_state, change_tally, effect_words
from bywhen.registers.selectors.facts import asked_payload
from bywhen.registers.selectors.history import FIELD_NAMES

if TYPE_CHECKING:
    from bywhen.kernel.worktime import WorkingTime
    from bywhen.registers.models import Entry
    from bywhen.registers.selectors.catalogue import RegisterKind

TONES = {"extreme": "bad", "high": "bad", "must": "bad", "medium": "warn", "should": "warn", "low": "", "could": ""}
STATE_TONES = {"raised": "", "assessed": "accent", "approved": "good", "rejected": "bad", "implemented": "good"}
_MULTILINE = ("description", "response")
_DATES = ("due", "review_on")


def label(register: RegisterKind, name: str) -> str:
    """What this register calls a field."""
    return register.LABELS.get(name) or FIELD_NAMES.get(name) or name.replace("_", " ").capitalize()


def row_shown(entry: Entry, today: date, calendar: WorkingTime) -> dict[str, Any]:
    """One entry of any register as ``registers/_list.html`` shows it."""
    is_open = entry.status == "open"
    overdue = is_open and entry.review_on is not None and entry.review_on <= today
    row = {
        "pk": entry.pk,
        "reference": entry.reference,
        "title": entry.title,
        "project": entry.project.name,
        "owner": entry.owner.name if entry.owner else "",
        "owner_text": entry.owner_text,
        "score": entry.score,
        "band": entry.band,
        "tone": TONES.get(entry.band, ""),
        "due": entry.due,
        "late": is_open and entry.due is not None and entry.due < today,
        "review_on": entry.review_on,
        "review_due": overdue,
        "status": entry.status,
        "progress": entry.progress,
        "age": counted(max(0, calendar.working_days_between(entry.raised_on, today)), "day"),
        "idle": counted(max(0, calendar.working_days_between(entry.last_moved_on, today)), "day"),
        "open": is_open,
        "tags": entry.tags,
        "evidence_url": reverse("registers:entry", args=[entry.pk]),
        "chosen": False,
    }
    return {**row, **change_row(entry)} if entry.kind == CHANGE else row


def change_row(entry: Entry) -> dict[str, Any]:
    """What the list and the board show of a change request beyond an entry."""
    state, effect, votes, cost = change_state(entry), change_effect(entry), change_tally(entry), change_cost(entry)
    nothing = "not computed" if asked_payload(entry) else "names no date"
    waits = state in {"raised", "assessed"} and bool(votes.outcome)
    return {
        "state": state,
        "tone": STATE_TONES.get(state, ""),
        "effect": nothing if effect is None else effect_words(entry),
        "effect_late": effect is not None and effect.finish_days > 0,
        "votes": f"{votes.cast} of {votes.cast + votes.missing} votes" if waits else "",
        "cost": f"{plain_number(cost.amount, 2)} {cost.currency}" if cost else "",
    }


def form_fields(register: RegisterKind, entry: Entry | None, people: list[str]) -> list[dict[str, Any]]:
    """The fields that a person edits, as ``registers/_field.html`` shows them; empty without an entry."""
    names = ("title", "description", "owner", *register.FIELDS)
    owner = entry.owner.name if entry and entry.owner else ""
    values = {name: getattr(entry, name) if entry else "" for name in names} | {"owner": owner}
    found = [field(name, label(register, name), values[name], people=people) for name in names]
    if entry is None:
        found = [each for each in found if each["name"] != "review_on"]
    return found


def field(name: str, title: str, value: Any, *, people: list[str] | None = None) -> dict[str, Any]:
    """One field: its name decides how it is typed."""
    shown: dict[str, Any] = {"name": name, "label": title, "value": "" if value is None else value, "kind": "text"}
    if name == "owner":
        return {**shown, "kind": "person", "people": people or [], "label": title if title != name else "Owner"}
    if name in {"probability", "impact"}:
        options = [{"value": number, "title": f"{number} {words}"} for number, words in LEVELS]
        return {**shown, "kind": "select", "options": options}
    if name in _DATES:
        return {**shown, "kind": "date", "value": value.isoformat() if value else ""}
    if name in _MULTILINE:
        return {**shown, "kind": "area"}
    return {**shown, "required": name == "title"}


def when(entry: Entry, today: date) -> str:
    """Raised, closed, by the calendar of people."""
    said = f"raised {day_short(entry.raised_on, today)}"
    return f"{said}, closed {day_short(entry.closed_on, today)}" if entry.closed_on else said
