"""What a person may write: changes of a proposed item, a meeting to plan, an agenda."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django import forms

from bywhen.kernel.errors import InputRefusedError
from bywhen.meetings.engine.agenda import Agenda, AgendaItem, Point
from bywhen.meetings.engine.recurrence_words import read_recurrence
from bywhen.meetings.selectors.catalogue import kind_list
from bywhen.meetings.services.planning import Guests, Terms
from bywhen.meetings.services.series import Rhythm

if TYPE_CHECKING:
    from bywhen.record.models import Person, Project

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


class PlanForm(forms.Form):
    """A meeting to plan, or a series: what, when, how often, who, what it needs to decide."""

    SEARCHED = timedelta(days=14)
    """Calendar days in which free times are looked for."""

    kind = forms.ChoiceField()
    title = forms.CharField(required=False, max_length=300)
    project = forms.ChoiceField()
    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    time = forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    zone = forms.CharField(max_length=60)
    minutes = forms.IntegerField(required=False, min_value=5, max_value=1440)
    repeats = forms.CharField(
        required=False, max_length=200, widget=forms.TextInput(attrs={"list": "rhythms", "placeholder": "once"})
    )
    location = forms.CharField(required=False, max_length=400)
    organiser = forms.ChoiceField(required=False)
    required = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    optional = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    quorum = forms.IntegerField(required=False, min_value=0, max_value=100)
    organiser_votes = forms.BooleanField(required=False)
    papers_days = forms.IntegerField(required=False, min_value=0, max_value=60)

    def __init__(
        self, data: Mapping[str, Any] | None, *, people: Sequence[Person], projects: Sequence[Project], **more: Any
    ) -> None:
        super().__init__(data, **more)
        self._people = {str(person.pk): person for person in people}
        self._projects = {project.key: project for project in projects}
        named = [(key, person.name) for key, person in self._people.items()]
        _choose(self, "kind", [(kind.KIND, kind.TITLE) for kind in kind_list()])
        _choose(self, "project", [(project.key, project.name) for project in projects])
        _choose(self, "organiser", [("", "Nobody"), *named])
        _choose(self, "required", named)
        _choose(self, "optional", named)

    def clean(self) -> dict[str, Any]:
        """How often is read as people say it: ``rule`` is what it means."""
        return _with_rule(self)

    def start(self) -> datetime:
        """The local start."""
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"])

    def project_of(self) -> Project:
        """Whose meeting it is."""
        return self._projects[self.cleaned_data["project"]]

    def guests(self) -> Guests:
        """Who is asked."""
        given = self.cleaned_data
        return Guests(
            [self._people[key] for key in given["required"]],
            [self._people[key] for key in given["optional"]],
            self._people.get(given["organiser"]),
        )

    def terms(self) -> Terms:
        """What it needs to decide; what is empty is the kind's own."""
        given = self.cleaned_data
        part = None if given["quorum"] is None else given["quorum"] / 100
        return Terms(quorum=part, organiser_votes=given["organiser_votes"], papers_days=given["papers_days"])


class ChangeForm(forms.Form):
    """Another time, place or rhythm of a meeting, or of it and all after it."""

    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    time = forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    minutes = forms.IntegerField(min_value=5, max_value=1440)
    location = forms.CharField(required=False, max_length=400)
    title = forms.CharField(required=False, max_length=300)
    zone = forms.CharField(required=False, max_length=60)
    repeats = forms.CharField(required=False, max_length=200, widget=forms.TextInput(attrs={"list": "rhythms"}))
    quorum = forms.IntegerField(required=False, min_value=0, max_value=100)
    organiser_votes = forms.BooleanField(required=False)
    papers_days = forms.IntegerField(required=False, min_value=0, max_value=60)

    def clean(self) -> dict[str, Any]:
        """How often is read as people say it: ``rule`` is what it means."""
        return _with_rule(self)

    def start(self) -> datetime:
        """The local start."""
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"])

    def rhythm(self, before: Rhythm) -> Rhythm:
        """The series' rhythm with what was written; what is empty stays."""
        given = self.cleaned_data
        return replace(
            before,
            first=self.start(),
            zone=given["zone"] or before.zone,
            rule=given["rule"] or before.rule,
            minutes=given["minutes"],
            title=given["title"].strip() or before.title,
            location=given["location"],
            quorum=before.quorum if given["quorum"] is None else given["quorum"] / 100,
            organiser_votes=given["organiser_votes"],
            papers_days=before.papers_days if given["papers_days"] is None else given["papers_days"],
        )


class GuestsForm(forms.Form):
    """Who is asked to a meeting."""

    organiser = forms.ChoiceField(required=False)
    required = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    optional = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Mapping[str, Any] | None, *, people: Sequence[Person], **more: Any) -> None:
        super().__init__(data, **more)
        self._people = {str(person.pk): person for person in people}
        named = [(key, person.name) for key, person in self._people.items()]
        _choose(self, "organiser", [("", "Nobody"), *named])
        for part in ("required", "optional"):
            chosen = set(self.initial.get(part, ()))
            _choose(self, part, sorted(named, key=lambda each: each[0] not in chosen))

    def guests(self) -> Guests:
        """Who is asked."""
        given = self.cleaned_data
        return Guests(
            [self._people[key] for key in given["required"]],
            [self._people[key] for key in given["optional"]],
            self._people.get(given["organiser"]),
        )


class CalendarForm(forms.Form):
    """Somebody's calendar: a file, or a server with its user and password."""

    person = forms.ChoiceField()
    address = forms.CharField(required=False, max_length=400, widget=forms.URLInput())
    user = forms.CharField(required=False, max_length=200)
    password = forms.CharField(
        required=False, max_length=400, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, data: Mapping[str, Any] | None, *, people: Sequence[Person], **more: Any) -> None:
        super().__init__(data, **more)
        self._people = {str(person.pk): person for person in people}
        _choose(self, "person", [(key, person.name) for key, person in self._people.items()])

    def person_of(self) -> Person:
        """Whose calendar it is."""
        return self._people[self.cleaned_data["person"]]


def _choose(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def _with_rule(form: forms.Form) -> dict[str, Any]:
    given = form.cleaned_data
    given["rule"] = ""
    try:
        if given.get("day"):
            given["rule"] = read_recurrence(given.get("repeats", ""), given["day"])
    except InputRefusedError as error:
        form.add_error("repeats", str(error))
    return given


class AgendaForm(forms.Form):
    """An agenda as edited: ``title-N``, ``minutes-N`` and ``points-N`` (one a line), in the order in which they come.
    No title leaves a section out; ``move`` (``N:-1``) moves one of them a place up or down.
    """

    MOST_SECTIONS = 40
    version = forms.IntegerField(min_value=0)

    @property
    def problem(self) -> str:
        """Why it cannot be kept."""
        return "Minutes are whole numbers from 0 to 1440; nothing was changed."

    def clean(self) -> dict[str, Any]:
        """Minutes must be numbers."""
        given = super().clean() or self.cleaned_data
        for number in self._numbers():
            minutes = self.data.get(f"minutes-{number}", "0").strip() or "0"
            if not minutes.isdecimal() or int(minutes) > 1440:
                self.add_error(None, self.problem)
        return given

    def agenda(self, before: Agenda) -> Agenda:
        """The agenda; a point whose words stayed keeps its owner, note and place on record."""
        known = {point.title: point for item in before.items for point in item.points}
        items = []
        for number in self._numbers():
            title = self.data.get(f"title-{number}", "").strip()[:200]
            lines = (line.strip()[:400] for line in self.data.get(f"points-{number}", "").splitlines())
            points = tuple(known.get(line, Point(line)) for line in lines if line)
            if title:
                items.append(AgendaItem(title, int(self.data.get(f"minutes-{number}") or 0), points))
        return Agenda(tuple(items), before.slot)

    def _numbers(self) -> list[int]:
        found = [int(met[1]) for key in self.data if (met := re.fullmatch(r"title-(\d{1,2})", key))]
        numbers = found[: self.MOST_SECTIONS]
        moved, _, step = self.data.get("move", "").partition(":")
        if moved.isdecimal() and step in ("-1", "1") and int(moved) in numbers:
            place = numbers.index(int(moved))
            numbers.insert(min(max(place + int(step), 0), len(numbers) - 1), numbers.pop(place))
        return numbers
