"""What a person may write about entries of the registers: their fields, a change request, votes, the rules."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms

from bywhen.kernel.errors import InputRefusedError
from bywhen.record.selectors.people import person_find

LEVELS = tuple(enumerate(("very low", "low", "medium", "high", "very high"), start=1))
MOVES = (
    ("", "no change of the plan"),
    ("delay_days", "moves by working days (minus: earlier)"),
    ("extend_days", "takes longer by working days (minus: shorter)"),
    ("finish", "finishes on the day"),
    ("start", "starts on the day"),
    ("remove", "is dropped"),
)
"""What a request may ask of one task of the plan; the words stand after the task's name."""


class EntryForm(forms.Form):
    """An entry's own fields; those that are not sent stay as they are."""

    title = forms.CharField(required=False, max_length=2000)
    description = forms.CharField(required=False, max_length=20_000)
    owner = forms.CharField(required=False, max_length=200)
    probability = forms.TypedChoiceField(required=False, choices=[("", ""), *LEVELS], coerce=int, empty_value=None)
    impact = forms.TypedChoiceField(required=False, choices=[("", ""), *LEVELS], coerce=int, empty_value=None)
    response = forms.CharField(required=False, max_length=20_000)
    due = forms.DateField(required=False)
    review_on = forms.DateField(required=False)
    tags = forms.CharField(required=False, max_length=200)
    progress = forms.CharField(required=False, max_length=40)

    def values(self) -> dict[str, Any]:
        """What was sent, people found.

        Raises:
            InputRefusedError: naming the first field that cannot be used and why.
        """
        given = cleaned(self)
        sent = {name: given[name] for name in self.fields if name in self.data}
        if "owner" in sent:
            sent["owner"] = person_named(sent["owner"], "owner")
        if sent.get("review_on", "") is None:
            del sent["review_on"]  # an open entry always has a next look
        return sent


class RequestForm(EntryForm):
    """A change request: the entry's fields, and what it asks, costs and risks."""

    requested_by = forms.CharField(required=False, max_length=200)
    reason = forms.CharField(required=False, max_length=20_000)
    options = forms.CharField(required=False, max_length=20_000)
    risk = forms.CharField(required=False, max_length=20_000)
    rollback = forms.CharField(required=False, max_length=20_000)
    cost = forms.DecimalField(required=False, max_digits=16, decimal_places=2)
    currency = forms.CharField(required=False, max_length=3)
    effort_days = forms.DecimalField(required=False, max_digits=9, decimal_places=2, min_value=Decimal(0))
    quorum = forms.IntegerField(required=False, min_value=0, max_value=200)
    task = forms.CharField(required=False, max_length=400)
    move = forms.ChoiceField(required=False, choices=MOVES)
    amount = forms.DecimalField(required=False, max_digits=6, decimal_places=2)
    day = forms.DateField(required=False)

    def values(self) -> dict[str, Any]:
        """What was sent, people found, the change of the plan as one value.

        Raises:
            InputRefusedError: naming the first field that cannot be used and why.
        """
        sent = super().values()
        if "requested_by" in sent:
            sent["requested_by_text"] = sent["requested_by"]
            sent["requested_by"] = person_find(sent["requested_by"])
        if "currency" in sent:
            sent["currency"] = sent["currency"].upper()
        if "quorum" in sent:
            sent["quorum"] = sent["quorum"] or 0
        parts = {name: sent.pop(name, None) for name in ("task", "move", "amount", "day")}
        if "move" in self.data:
            sent["payload"] = payload_of(**parts)
        return sent


def payload_of(task: str | None, move: str | None, amount: Decimal | None, day: Any) -> dict[str, Any]:
    """The change of the plan as a proposal keeps it; {} when none is asked.

    Raises:
        InputRefusedError: when a part of it is missing.
    """
    if not move:
        return {}
    number = (task or "").strip().split(" ", 1)[0].rstrip(":")
    if not number.isdecimal():
        raise InputRefusedError("no task is chosen", place="field task", remedy="Choose one from the list.")
    if move in {"delay_days", "extend_days"} and not amount:
        raise InputRefusedError("the working days are missing", place="field amount", remedy="Give a number.")
    if move in {"finish", "start"} and day is None:
        raise InputRefusedError("the day is missing", place="field day", remedy="Give a day.")
    value = {"remove": True, "finish": day, "start": day}.get(move, float(amount) if amount else None)
    return {"task_uid": int(number), move: value}


class NoteForm(forms.Form):
    """A word on it, and the day of the next look."""

    note = forms.CharField(required=False, max_length=20_000)
    review_on = forms.DateField(required=False)
    on = forms.DateField(required=False)


class ApproverForm(forms.Form):
    """Who is asked to vote, by when."""

    person = forms.CharField(max_length=200)
    due = forms.DateField(required=False)


class VoteForm(forms.Form):
    """One vote; '' takes it back."""

    vote = forms.ChoiceField(required=False, choices=[("", ""), ("for", ""), ("against", ""), ("abstain", "")])
    note = forms.CharField(required=False, max_length=20_000)


class DecisionForm(forms.Form):
    """Who decided, when, why, and where that can be read."""

    by = forms.CharField(required=False, max_length=200)
    on = forms.DateField(required=False)
    reason = forms.CharField(required=False, max_length=20_000)
    evidence = forms.CharField(required=False, max_length=20_000)


class ControlForm(forms.Form):
    """A project's rules of change control. An empty limit is none."""

    finish_days = forms.IntegerField(required=False, min_value=1, max_value=3650)
    milestone_days = forms.IntegerField(required=False, min_value=1, max_value=3650)
    float_days = forms.IntegerField(required=False, min_value=1, max_value=3650)
    cost = forms.DecimalField(required=False, max_digits=16, decimal_places=2, min_value=Decimal("0.01"))
    currency = forms.CharField(required=False, max_length=3)
    scope = forms.BooleanField(required=False)
    quorum = forms.IntegerField(required=False, min_value=0, max_value=200)
    decide_within = forms.IntegerField(required=False, min_value=0, max_value=365)

    def values(self) -> dict[str, Any]:
        """The limits.

        Raises:
            InputRefusedError: naming the first field that cannot be used and why.
        """
        given = cleaned(self)
        given["currency"] = given["currency"].upper()
        return {**given, "quorum": given["quorum"] or 0, "decide_within": given["decide_within"] or 0}


def person_named(name: str, field: str) -> Any:
    """The person of this name; None for no name.

    Raises:
        InputRefusedError: when nobody, or more than one, is called so.
    """
    if not name.strip():
        return None
    found = person_find(name)
    if found is None:
        raise InputRefusedError(
            f"nobody, or more than one, is called {name.strip()!r}",
            place=f"field {field}",
            remedy="Choose somebody from the list.",
        )
    return found


def cleaned(form: forms.Form) -> dict[str, Any]:
    """The form's values.

    Raises:
        InputRefusedError: naming the first field that cannot be used and why.
    """
    if form.is_valid():
        return form.cleaned_data
    field, problems = next(iter(form.errors.items()))
    raise InputRefusedError(str(problems[0]).rstrip("."), place=f"field {field}")


def sent_fields(data: Mapping[str, Any], register_fields: tuple[str, ...]) -> dict[str, Any]:
    """Of what was sent only what this register's people edit."""
    allowed = {"title", "description", "owner", "progress", *register_fields}
    return {name: data[name] for name in data if name in allowed}
