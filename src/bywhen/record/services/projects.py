"""Portfolios and projects."""

from __future__ import annotations

from django.db import transaction

from bywhen.record.models import Person, Portfolio, Project


@transaction.atomic
def project_ensure(
    *,
    portfolio: str,
    key: str,
    name: str,
    currency: str = "",
    position: int = 0,
) -> tuple[Project, bool]:
    """The project with this key, made when missing; answers it and whether it is new. A changed name is taken over."""
    parent, _ = Portfolio.objects.get_or_create(name=portfolio[:200])
    project, created = Project.objects.get_or_create(
        key=key[:20],
        defaults={"portfolio": parent, "name": name[:200], "currency": currency[:3], "position": position},
    )
    wanted = {"name": name[:200], "currency": currency[:3] or project.currency, "position": position}
    changed = {field: value for field, value in wanted.items() if getattr(project, field) != value}
    if not created and changed:
        for field, value in changed.items():
            setattr(project, field, value)
        project.save()
    return project, created


def project_people_set(*, project: Project, sponsor: Person | None, lead: Person | None) -> None:
    """Name sponsor and lead; None leaves what is there."""
    wanted = {"sponsor": sponsor, "lead": lead}
    changed = {
        field: person for field, person in wanted.items() if person and getattr(project, f"{field}_id") != person.pk
    }
    for field, person in changed.items():
        setattr(project, field, person)
    if changed:
        project.save()
