"""Reading projects."""

from __future__ import annotations

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
