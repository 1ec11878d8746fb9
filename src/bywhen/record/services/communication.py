"""Keeping the communication matrix: who gets minutes, status and packs. What does not live here: sending them."""

from __future__ import annotations

from django.db import transaction

from bywhen.kernel.errors import InputRefusedError
from bywhen.record.models import CommunicationRule, Project
from bywhen.record.selectors.people import person_find


@transaction.atomic
def communication_rule_add(
    *, project: Project, artefact: str, audience_kind: str, audience: str = "", when: str = ""
) -> tuple[CommunicationRule, bool]:
    """Add a row once; answers it and whether it is new. ``audience`` is a person, a role or a RACI letter by its kind.

    Raises:
        InputRefusedError: when artefact or audience are none that exist.
    """
    if artefact not in CommunicationRule.ARTEFACTS:
        raise InputRefusedError(
            f"{artefact!r} is nothing that is sent", remedy=f"Use one of {', '.join(CommunicationRule.ARTEFACTS)}."
        )
    named = _audience(audience_kind, audience.strip())
    return CommunicationRule.objects.get_or_create(
        project=project, artefact=artefact, audience_kind=audience_kind, audience=named, defaults={"when": when[:100]}
    )


@transaction.atomic
def communication_rule_remove(*, rule: CommunicationRule) -> None:
    """Take a row out; without any row the default holds again."""
    rule.delete()


def _audience(kind: str, audience: str) -> str:
    if kind not in CommunicationRule.AUDIENCES:
        raise InputRefusedError(
            f"{kind!r} names no audience", remedy=f"Use one of {', '.join(CommunicationRule.AUDIENCES)}."
        )
    if kind == "attendees":
        return ""
    if kind == "raci":
        if audience.upper() not in ("R", "A", "C", "I"):
            raise InputRefusedError(f"{audience!r} is no RACI letter", remedy="Give R, A, C or I.")
        return audience.upper()
    if not audience:
        raise InputRefusedError("nobody is named", place="field audience", remedy="Name a person or a role.")
    if kind == "person":
        person = person_find(audience)
        if person is None:
            raise InputRefusedError(f"{audience!r} is not in the list of people", remedy="Add the person first.")
        return person.name
    return audience[:200]
