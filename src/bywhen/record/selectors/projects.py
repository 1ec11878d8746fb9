"""Reading projects."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from django.db.models import QuerySet

from bywhen.record.models import Project


def project_list() -> QuerySet[Project]:
    """All projects in their order."""
    return Project.objects.select_related("portfolio", "sponsor", "lead")


def project_get(key: str) -> Project | None:
    """By key, case folded."""
    return project_list().filter(key__iexact=key).first()


def project_names() -> dict[str, Project]:
    """Lower-case key and name -> project, for rows that name theirs."""
    names: dict[str, Project] = {}
    for project in project_list():
        names[project.name.casefold()] = project
        names[project.key.casefold()] = project
    return names


CHOSEN = "project"
EVERY = "all"
"""What an address says instead of a key to look at all projects again."""


def project_chosen(asked: str | None, kept: MutableMapping[str, Any]) -> Project | None:
    """The project that the reader looks at: the one asked for in the address, else the one kept in the session.

    ``asked`` is the address's ``project`` parameter; it is kept. None stands for all projects.
    """
    if asked is not None:
        found = None if asked == EVERY else project_get(asked)
        if found is None:
            kept.pop(CHOSEN, None)
        else:
            kept[CHOSEN] = found.key
        return found
    return project_get(kept[CHOSEN]) if kept.get(CHOSEN) else None
