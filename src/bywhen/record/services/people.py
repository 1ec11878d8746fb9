"""People: taken in from a list, with addresses, handles, aliases, managers and their part in a project."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from bywhen.kernel.counts import Counts
from bywhen.kernel.tables import PersonRow
from bywhen.record.models import Address, Membership, Person, Project


@transaction.atomic
def people_take_in(
    *, rows: Sequence[PersonRow], projects: dict[str, Project], default: Project | None = None
) -> Counts:
    """Create or update people by name. ``projects`` maps a row's project key or name (lower case) to the project.

    Answers the law's counts; a second call with the same rows changes nothing.
    """
    counts = Counts()
    people = {person.name.casefold(): person for person in Person.objects.all()}
    for row in rows:
        person, outcome = _person_upsert(row, people)
        people[row.name.casefold()] = person
        touched = _addresses_add(person, row)
        project = projects.get(row.project.casefold(), default) if row.project else default
        if project is not None:
            touched |= _membership_set(project, person, row)
        counts.created += outcome == "created"
        counts.updated += outcome == "updated" or (outcome == "unchanged" and touched)
        counts.unchanged += outcome == "unchanged" and not touched
    _managers_set(rows, people)
    return counts


def _person_upsert(row: PersonRow, people: dict[str, Person]) -> tuple[Person, str]:
    values = {
        "role": row.role[:200],
        "team": row.team[:200],
        "seniority": row.seniority[:100],
        "time_zone": row.time_zone[:60],
        "working_hours": row.working_hours[:200],
    }
    person = people.get(row.name.casefold())
    if person is None:
        return Person.objects.create(name=row.name[:200], **values), "created"
    changed = {field: value for field, value in values.items() if value and value != getattr(person, field)}
    for field, value in changed.items():
        setattr(person, field, value)
    if changed:
        person.save()
    return person, "updated" if changed else "unchanged"


def _addresses_add(person: Person, row: PersonRow) -> bool:
    known = set(person.addresses.values_list("kind", "value"))
    wanted = (
        [("email", a) for a in row.addresses]
        + [("handle", h.lstrip("@")) for h in row.handles]
        + [("alias", a) for a in row.aliases]
    )
    missing = [
        (kind, value[:254]) for kind, value in dict.fromkeys(wanted) if value and (kind, value[:254]) not in known
    ]
    for kind, value in missing:
        Address.objects.create(person=person, kind=kind, value=value)
    return bool(missing)


def _membership_set(project: Project, person: Person, row: PersonRow) -> bool:
    raci = row.raci[:1].upper() if row.raci[:1].upper() in "RACI" else ""
    membership, created = Membership.objects.get_or_create(
        project=project, person=person, defaults={"raci": raci, "title": row.role[:200]}
    )
    if created or (membership.raci, membership.title) == (raci or membership.raci, row.role[:200] or membership.title):
        return created
    membership.raci, membership.title = raci or membership.raci, row.role[:200] or membership.title
    membership.save()
    return True


def _managers_set(rows: Sequence[PersonRow], people: dict[str, Person]) -> None:
    for row in rows:
        manager = people.get(row.manager.casefold()) if row.manager else None
        person = people[row.name.casefold()]
        if manager is not None and manager.pk not in (person.pk, person.manager_id):
            person.manager = manager
            person.save()
