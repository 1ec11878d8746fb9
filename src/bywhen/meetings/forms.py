"""What a person may change in a proposed item before it is accepted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

NEEDS_OWNER = ("action", "question")
"""Kinds that become open loops: none is opened without somebody who sees to it."""


class ItemForm(forms.Form):
    """Words, owner and date of one item. Fields that are not sent stay as they were."""

    text = forms.CharField(required=False, max_length=2000)
    owner = forms.CharField(required=False, max_length=200)
    due = forms.DateField(required=False)

    def changed(self, payload: Mapping[str, Any]) -> dict[str, Any]:
        """The payload with what was sent put in; valid forms only."""
        sent = {name: self.cleaned_data[name] for name in self.fields if name in self.data}
        if not sent.get("text", "given"):
            del sent["text"]
        return {**payload, **sent}
