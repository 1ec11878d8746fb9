"""Who gets what: the communication matrix, and the people that its rows name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from bywhen.record.models import CommunicationRule, Membership, Person, Project

EMAIL = "email"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who gets something: ``address`` '' when the list of people has none; ``why`` says by which rule."""

    person: Person
    address: str
    why: str


def communication_list(*, project: Project, artefact: str = "") -> QuerySet[CommunicationRule]:
    """The rows of a project's matrix, of one artefact (``minutes``, ``status``, ``pack``) when given."""
    found = CommunicationRule.objects.filter(project=project)
    return found.filter(artefact=artefact) if artefact else found


def recipient_list(*, project: Project, artefact: str, attended: Iterable[Person] = ()) -> list[Recipient]:
    """Everybody who gets the artefact by mail, each once, by name.

    Without a row in the matrix these are who attended and who is accountable (RACI letter A).
    """
    rules = list(communication_list(project=project, artefact=artefact).filter(channel=EMAIL))
    members = list(
        Membership.objects.filter(project=project).select_related("person").prefetch_related("person__addresses")
    )
    present = list(attended)
    named = _by_rules(rules, members, present) if rules else _by_default(members, present)
    told: dict[int, Recipient] = {}
    for person, why in named:
        told.setdefault(person.pk, Recipient(person, _address(person), why))
    return sorted(told.values(), key=lambda each: each.person.name)


def _by_default(members: Sequence[Membership], present: Sequence[Person]) -> list[tuple[Person, str]]:
    accountable = [(each.person, "accountable") for each in members if each.raci == "A"]
    return [(person, "attended") for person in present] + accountable


def _by_rules(
    rules: Sequence[CommunicationRule], members: Sequence[Membership], present: Sequence[Person]
) -> list[tuple[Person, str]]:
    named: list[tuple[Person, str]] = []
    for rule in rules:
        wanted = rule.audience.casefold()
        match rule.audience_kind:
            case "attendees":
                named += [(person, "attended") for person in present]
            case "raci":
                named += [(each.person, f"RACI {rule.audience}") for each in members if each.raci.casefold() == wanted]
            case "role":
                named += [
                    (each.person, rule.audience)
                    for each in members
                    if wanted in (each.title.casefold(), each.person.role.casefold())
                ]
            case _:
                people = Person.objects.filter(name__iexact=rule.audience).prefetch_related("addresses")
                named += [(person, "named in the communication matrix") for person in people]
    return named


def _address(person: Person) -> str:
    return next((each.value for each in person.addresses.all() if each.kind == EMAIL), "")
