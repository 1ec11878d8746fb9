"""Finding people."""

from __future__ import annotations

from django.db.models import QuerySet

from bywhen.kernel.tables import PersonRow
from bywhen.record.models import Person, Project


def person_list(*, project: Project | None = None) -> QuerySet[Person]:
    """People by name, with their addresses; of one project when given."""
    people = Person.objects.select_related("manager").prefetch_related("addresses", "memberships__project")
    return people.filter(memberships__project=project) if project else people


def person_find(text: str) -> Person | None:
    """The person whom a name, address, handle or alias names exactly (case folded); None when nobody or several."""
    wanted = text.strip().lstrip("@")
    if not wanted:
        return None
    exact = Person.objects.filter(name__iexact=wanted).first()
    if exact is not None:
        return exact
    found = Person.objects.filter(addresses__value__iexact=wanted).distinct()[:2]
    return found[0] if len(found) == 1 else None


def person_rows() -> list[PersonRow]:
    """Everybody as plain values, for the engines."""
    return [_row(person) for person in person_list()]


def _row(person: Person) -> PersonRow:
    values: dict[str, list[str]] = {"email": [], "handle": [], "alias": []}
    for address in person.addresses.all():
        values[address.kind].append(address.value)
    membership = next(iter(person.memberships.all()), None)
    return PersonRow(
        place=f"person {person.pk}",
        name=person.name,
        addresses=tuple(values["email"]),
        handles=tuple(values["handle"]),
        aliases=tuple(values["alias"]),
        role=person.role,
        raci=membership.raci if membership else "",
        team=person.team,
        manager=person.manager.name if person.manager else "",
        time_zone=person.time_zone,
        working_hours=person.working_hours,
        seniority=person.seniority,
        project=membership.project.key if membership else "",
    )
