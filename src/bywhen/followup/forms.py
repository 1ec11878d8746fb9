"""What a person types into a message."""

from __future__ import annotations

from django import forms


class MessageForm(forms.Form):
    """Subject and words of an ask."""

    subject = forms.CharField(max_length=200, required=False)
    body = forms.CharField(max_length=10_000, required=False)
