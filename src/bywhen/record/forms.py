"""What a person may add to the communication matrix."""

from __future__ import annotations

from django import forms

ARTEFACTS = (("minutes", "Minutes"), ("status", "Weekly status"), ("pack", "Steering pack"))
AUDIENCES = (
    ("person", "A person"),
    ("role", "Everybody in a role"),
    ("raci", "A RACI letter"),
    ("attendees", "Whoever attended"),
)


class CommunicationForm(forms.Form):
    """One row: what goes to whom."""

    artefact = forms.ChoiceField(choices=ARTEFACTS)
    audience_kind = forms.ChoiceField(choices=AUDIENCES)
    audience = forms.CharField(required=False, max_length=200)
    when = forms.CharField(required=False, max_length=100)
