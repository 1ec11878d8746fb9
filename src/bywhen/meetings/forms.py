"""What a person may write: changes of a proposed item, a meeting to plan, an agenda."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django import forms

from bywhen.meetings.engine.agenda import Agenda, AgendaItem, Point
from bywhen.meetings.selectors.catalogue import kind_list
from bywhen.meetings.services.planning import Guests

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
    """A meeting to plan, or a series: what, when, how often, who."""

    SEARCHED = timedelta(days=14)
    """Calendar days in which free times are looked for."""
    REPEATS = (
        ("", "Once"),
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "Every working day"),
        ("FREQ=WEEKLY", "Every week"),
        ("FREQ=WEEKLY;INTERVAL=2", "Every two weeks"),
        ("FREQ=MONTHLY", "Every month, the same day"),
        ("own", "By a rule of your own"),
    )

    kind = forms.ChoiceField()
    title = forms.CharField(required=False, max_length=300)
    project = forms.ChoiceField()
    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    time = forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    zone = forms.CharField(max_length=60)
    minutes = forms.IntegerField(required=False, min_value=5, max_value=1440)
    repeats = forms.ChoiceField(required=False, choices=REPEATS)
    rule = forms.CharField(required=False, max_length=300)
    location = forms.CharField(required=False, max_length=400)
    organiser = forms.ChoiceField(required=False)
    required = forms.MultipleChoiceField(required=False)
    optional = forms.MultipleChoiceField(required=False)

    def __init__(
        self, data: Mapping[str, Any] | None, *, people: Sequence[Person], projects: Sequence[Project], **more: Any
    ) -> None:
        super().__init__(data, **more)
        self._people = {str(person.pk): person for person in people}
        self._projects = {project.key: project for project in projects}
        named = [(key, person.name) for key, person in self._people.items()]
        self._choose("kind", [(kind.KIND, kind.TITLE) for kind in kind_list()])
        self._choose("project", [(project.key, project.name) for project in projects])
        self._choose("organiser", [("", "Nobody"), *named])
        self._choose("required", named)
        self._choose("optional", named)

    def clean(self) -> dict[str, Any]:
        """A rule of one's own takes the place of the choice."""
        given = super().clean() or self.cleaned_data
        if given.get("repeats") == "own":
            given["repeats"] = given.get("rule", "").strip()
            if not given["repeats"]:
                self.add_error("rule", "Write the rule, for example FREQ=MONTHLY;BYDAY=1TH.")
        return given

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

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class AgendaForm(forms.Form):
    """An agenda as edited: ``title-N``, ``minutes-N`` and ``points-N`` (one a line). No title leaves it out."""

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
        return [number for number in range(self.MOST_SECTIONS) if f"title-{number}" in self.data]
