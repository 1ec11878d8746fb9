"""Publishing minutes: one gate for every door. What does not live here: files and letters (room ``reports``)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction

from bywhen.kernel.clock import current_clock
from bywhen.kernel.errors import InputRefusedError, StateWrongError
from bywhen.kernel.minutes_document import minutes_document
from bywhen.meetings.engine.publishing import refusal
from bywhen.meetings.models import Meeting, MinutesVersion
from bywhen.meetings.selectors.minutes import minutes_facts, minutes_lacking, minutes_latest
from bywhen.platform.acting import current_actor
from bywhen.platform.audit import audit_record

_OF_THE_VERSION = ("number", "published_by", "published_on", "distribution", "since", "next_meeting")
"""Fields that differ between versions which say the same."""


@transaction.atomic
def minutes_publish(
    *,
    meeting: Meeting,
    waiver: str = "",
    leave_open: bool = False,
    distribution: Sequence[str] = (),
    agenda: Iterable[str] = (),
) -> MinutesVersion:
    """Publish what the meeting says now as its next version; it is never written again.

    ``waiver`` is the reason for publishing actions without owner or date; ``leave_open`` publishes undecided items as
    left open. ``distribution`` names who gets them.

    Raises:
        StateWrongError: when an action lacks owner or date without a waiver, items are undecided and not left open,
            nobody in person publishes, or the latest version says the same.
    """
    actor = current_actor()
    if actor.kind != "person":
        raise StateWrongError(f"The minutes of '{meeting.title}' can only be published by a person.")
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    lacks = minutes_lacking(meeting)
    refused = refusal(lacks, waiver=waiver, leave_open=leave_open)
    if refused:
        raise StateWrongError(refused)
    waived = tuple(each.text for each in lacks if each.what != "judgement")
    now = current_clock().now()
    facts = replace(
        minutes_facts(meeting, agenda=agenda),
        waived=waived,
        waiver=waiver.strip() if waived else "",
        published_by=actor.name,
        published_on=now.date(),
        distribution=tuple(distribution),
    )
    document = minutes_document(facts)
    digest = _digest(document)
    latest = minutes_latest(meeting)
    if latest is not None and latest.digest == digest:
        raise StateWrongError(f"Version {latest.number} of the minutes says the same already; nothing was published.")
    version = MinutesVersion.objects.create(
        meeting=meeting,
        number=facts.number,
        facts=document,
        digest=digest,
        waiver=facts.waiver,
        waived=list(waived),
        published_at=now,
        published_by=actor.name[:200],
    )
    audit_record(
        action="minutes published",
        subject=version.audit_subject,
        changes={"waived": ([], list(waived)), "left_open": (False, leave_open)},
        reason=facts.waiver,
    )
    return version


@transaction.atomic
def minutes_sent_note(*, version: MinutesVersion, proof: str) -> MinutesVersion:
    """A person says how the minutes left another way (printed, handed over): the clock stops now.

    Raises:
        InputRefusedError: without a word on how.
        StateWrongError: when it was noted before.
    """
    if not proof.strip():
        raise InputRefusedError("nothing says how they were sent", place="field proof", remedy="Say how, and to whom.")
    if version.sent_at is not None:
        raise StateWrongError(f"{version} was noted as sent before.")
    version.sent_at, version.proof = current_clock().now(), f"{current_actor().name}: {proof.strip()}"
    version.save()
    return version


def _digest(document: dict[str, Any]) -> str:
    said = {name: value for name, value in document.items() if name not in _OF_THE_VERSION}
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
