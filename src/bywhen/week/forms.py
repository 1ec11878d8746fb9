"""What people type on Today and on the list of open loops."""

from __future__ import annotations

from typing import Any

from django import forms

from bywhen.kernel.errors import InputRefusedError


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(max_length=400, required=False)


class WaitForm(ReasonForm):
    """Until when, and why."""

    until = forms.DateField(required=False)


class OwnerForm(forms.Form):
    """Whose it is."""

    owner = forms.CharField(max_length=200, required=False)


class AcceptForm(forms.Form):
    """A change with other days than were said."""

    days = forms.FloatField(required=False, min_value=-3650, max_value=3650)


class DatesForm(forms.Form):
    """When it is due, and when to look again."""

    due = forms.DateField(required=False)
    next_check = forms.DateField(required=False)


class NoteForm(forms.Form):
    """A word on it."""

    note = forms.CharField(max_length=2000, required=False)


class LoopForm(forms.Form):
    """An open loop made by hand."""

    project = forms.CharField(max_length=20)
    kind = forms.ChoiceField(choices=[(kind, kind) for kind in ("action", "blocker", "question", "decision")])
    title = forms.CharField(max_length=400)
    owner = forms.CharField(max_length=200)
    due = forms.DateField(required=False)
    waiting_on = forms.CharField(max_length=200, required=False)


def cleaned(form: forms.Form) -> dict[str, Any]:
    """The form's values.

    Raises:
        InputRefusedError: naming the first field that cannot be used and why.
    """
    if form.is_valid():
        return form.cleaned_data
    field, problems = next(iter(form.errors.items()))
    raise InputRefusedError(str(problems[0]).rstrip("."), place=f"field {field}")
