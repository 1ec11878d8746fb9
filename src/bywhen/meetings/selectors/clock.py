"""The 24-hour promise of minutes: how each meeting stands, and what proves that its minutes have left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bywhen.meetings.engine.promise import Promise, promise
from bywhen.meetings.models import Meeting, MinutesVersion
from bywhen.platform.outgoing import mail_list

PENDING = ("prepared", "approved", "sending")


@dataclass(frozen=True, slots=True)
class Sending:
    """How the letters of a version stand. ``sent_at`` is the moment the last of them left, None while any waits."""

    sent: int
    waiting: int
    failed: int
    sent_at: datetime | None
    proof: str


def version_origin(version: MinutesVersion) -> str:
    """How letters name the version that they carry."""
    return f"minutes:{version.pk}"


def minutes_sending(version: MinutesVersion) -> Sending:
    """The letters of one version, or a person's word that they were sent another way."""
    return _sendings([version])[version.pk]


def minutes_sent(meetings: Iterable[Meeting]) -> dict[int, datetime]:
    """Meeting number -> when its minutes first had all left, where they have. Always two queries."""
    versions = list(MinutesVersion.objects.filter(meeting__in=list(meetings)).defer("facts"))
    sendings = _sendings(versions)
    told: dict[int, datetime] = {}
    for version in versions:
        at = sendings[version.pk].sent_at
        if at is not None:
            told[version.meeting_id] = min(at, told.get(version.meeting_id, at))
    return told


def minutes_promise(meeting: Meeting, now: datetime) -> Promise:
    """How the promise of one meeting stands; with proof of sending it stands still at that moment."""
    return promise(meeting.minutes_due_at, now, sent_at=minutes_sent([meeting]).get(meeting.pk))


def _sendings(versions: list[MinutesVersion]) -> dict[int, Sending]:
    origins = {version_origin(version): version for version in versions}
    letters: dict[int, list[tuple[str, datetime | None, int]]] = {version.pk: [] for version in versions}
    for mail in mail_list().filter(origin__in=list(origins)):
        letters[origins[mail.origin].pk].append((mail.status, mail.sent_at, mail.pk))
    return {version.pk: _sending(version, letters[version.pk]) for version in versions}


def _sending(version: MinutesVersion, letters: list[tuple[str, datetime | None, int]]) -> Sending:
    sent = [(at, number) for status, at, number in letters if status == "sent" and at is not None]
    waiting = sum(status in PENDING for status, _, _ in letters)
    failed = sum(status == "failed" for status, _, _ in letters)
    if version.sent_at is not None:
        return Sending(len(sent), waiting, failed, version.sent_at, version.proof)
    if not sent or waiting:
        return Sending(len(sent), waiting, failed, None, "")
    numbers = ", ".join(str(number) for _, number in sent)
    proof = f"letter {numbers}" if len(sent) == 1 else f"letters {numbers}"
    return Sending(len(sent), waiting, failed, max(at for at, _ in sent), proof)
