"""Portfolios and projects."""

from __future__ import annotations

import re

from django.db import transaction

from bywhen.record.models import Person, Portfolio, Project

_KEY_LETTERS = 16


@transaction.atomic
def project_begin(*, name: str, portfolio: str = "", currency: str = "") -> Project:
    """A new project, last in the order, in the first project's portfolio unless another is named; its key is made from
    its name and is free.
    """
    known = list(Project.objects.select_related("portfolio"))
    keys = {each.key for each in known}
    letters, number = project_key(name), 1
    key = letters
    while key in keys:
        number += 1
        key = f"{letters}-{number}"
    parent = portfolio or (known[0].portfolio.name if known else name)
    return project_ensure(portfolio=parent, key=key, name=name, currency=currency, position=len(known))[0]


def project_key(name: str) -> str:
    """The key that a name suggests: lower-case letters and digits, joined by hyphens.

    >>> project_key("ERP core (wave 2)")
    'erp-core-wave-2'
    """
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:_KEY_LETTERS].strip("-") or "project"


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
