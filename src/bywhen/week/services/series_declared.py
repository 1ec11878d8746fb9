"""Series of meetings that a project folder declares: planned once, and from then on in people's hands.

What does not live here: reading the description (``folder``), planning (room ``meetings``).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction

from bywhen.kernel.errors import FileMalformedError, InputRefusedError
from bywhen.meetings.engine.recurrence_words import read_recurrence
from bywhen.meetings.selectors.planned import series_declared
from bywhen.meetings.services.planning import Guests, Terms, series_plan
from bywhen.record.selectors.people import person_find
from bywhen.record.selectors.projects import project_list
from bywhen.week.services.folder import DESCRIPTION, SeriesEntry, folder_describe

if TYPE_CHECKING:
    from bywhen.record.models import Person, Project


def series_declare(*, folder: Path) -> int:
    """Plan the series that the folder's description names and that are not known yet; answers how many are new.

    Raises:
        FileMalformedError: when one names a project, a person, a kind, a zone or a rhythm that nobody knows.
    """
    projects = {project.key: project for project in project_list()}
    known = series_declared()
    wanted = {_declared(entry): entry for entry in folder_describe(folder).series}
    new = {name: entry for name, entry in wanted.items() if name not in known}
    for name, entry in new.items():
        try:
            _plan(entry, name, projects)
        except InputRefusedError as error:
            raise FileMalformedError(
                error.problem, file=DESCRIPTION, place=entry.place, remedy=error.remedy or "Correct it."
            ) from error
    return len(new)


def _declared(entry: SeriesEntry) -> str:
    """By what a series is known again: what it is, whose, and since when."""
    return f"{entry.project}|{entry.kind}|{entry.title}|{entry.first.isoformat()}"[:200]


@transaction.atomic
def _plan(entry: SeriesEntry, name: str, projects: dict[str, Project]) -> None:
    project = projects.get(entry.project) if entry.project else next(iter(projects.values()), None)
    if project is None:
        raise InputRefusedError(f"there is no project {entry.project!r}", remedy="Write the key of one.")
    series_plan(
        project=project,
        kind=entry.kind,
        first=entry.first,
        zone=entry.zone,
        rule=read_recurrence(entry.repeats, entry.first.date()),
        guests=Guests(
            [_person(each) for each in entry.required],
            [_person(each) for each in entry.optional],
            _person(entry.organiser) if entry.organiser else None,
        ),
        title=entry.title,
        minutes=entry.minutes,
        location=entry.location,
        terms=Terms(quorum=entry.quorum, papers_days=entry.papers_days, declared=name),
    )


def _person(name: str) -> Person:
    found = person_find(name)
    if found is None:
        raise InputRefusedError(f"nobody, or more than one, is called {name!r}", remedy="Write the full name.")
    return found
