"""Taking in declared statuses; writing the weekly status as documents; publishing minutes with their letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction

from bywhen.kernel.clock import current_clock
from bywhen.kernel.counts import Counts
from bywhen.kernel.document import Document
from bywhen.kernel.minutes import MinutesFacts
from bywhen.kernel.minutes_document import minutes_from_document
from bywhen.kernel.status import MilestoneFact, StatusFacts
from bywhen.kernel.tables import StatusRow
from bywhen.kernel.wording import day_long
from bywhen.meetings.selectors.clock import version_origin
from bywhen.meetings.selectors.minutes import minutes_list
from bywhen.meetings.services.publishing import minutes_publish
from bywhen.platform.acting import current_actor
from bywhen.platform.outgoing import mail_approve, mail_list, mail_prepare
from bywhen.platform.transports import Enclosure
from bywhen.record.selectors.communication import recipient_list
from bywhen.record.services.sources import place_keep
from bywhen.reports.engine.plain import plain_text
from bywhen.reports.engine.port import Writer
from bywhen.reports.kinds.minutes.letter import change_letter, minutes_letter
from bywhen.reports.kinds.minutes.report import Minutes, change_note
from bywhen.reports.kinds.weekly_status.headline import headline_of, milestones_to_come
from bywhen.reports.models import Declaration, StatusReport
from bywhen.reports.selectors.catalogue import WEEKLY, WRITERS, reports_more
from bywhen.reports.selectors.preview import facts_digest
from bywhen.reports.selectors.status import report_get, status_facts

if TYPE_CHECKING:
    from bywhen.meetings.models import Meeting, MinutesVersion
    from bywhen.platform.models import OutgoingMail
    from bywhen.record.models import Project, Source
    from bywhen.record.selectors.communication import Recipient


@dataclass(frozen=True, slots=True)
class Written:
    """One document on disk, and whether its content is new."""

    path: Path
    changed: bool


@dataclass(frozen=True, slots=True)
class Published:
    """A version of minutes, the letters that carry it, and who cannot be reached by mail."""

    version: MinutesVersion
    letters: tuple[OutgoingMail, ...]
    unreachable: tuple[str, ...]


@transaction.atomic
def statuses_take_in(
    *, rows: Sequence[StatusRow], project_of: Mapping[str, Project], default: Project, source: Source
) -> Counts:
    """Take in declared statuses, one per area and day; a second call with the same rows changes nothing."""
    counts = Counts()
    for row in rows:
        project = project_of.get(row.project.casefold()) or project_of.get(row.area.casefold(), default)
        values = {"rag": row.rag, "by": row.by[:200], "text": row.text}
        known = Declaration.objects.filter(project=project, area=row.area[:200], on=row.on).first()
        if known is None:
            quote = place_keep(source=source, place=row.place, text=row.text or row.rag)
            Declaration.objects.create(project=project, area=row.area[:200], on=row.on, quote=quote, **values)
            counts.created += 1
        elif any(getattr(known, field) != value for field, value in values.items()):
            for field, value in values.items():
                setattr(known, field, value)
            known.save()
            counts.updated += 1
        else:
            counts.unchanged += 1
    return counts


@transaction.atomic
def status_build(*, project: Project, today: date) -> tuple[StatusReport, bool]:
    """Write the weekly status of a day into the record; answers it and whether what it says is new.

    The report of a day is made anew until somebody approves it; then it stays as it was approved.
    """
    facts = status_facts(project, today)
    digest = facts_digest(facts)
    known = report_get(project, today)
    if known is not None and (known.digest == digest or known.approved_at):
        return known, False
    document = WEEKLY.build(facts)
    report = known or StatusReport(project=project, as_of=today)
    report.declared_rag = facts.declared.rag.value if facts.declared else ""
    report.derived_rag = facts.derived.rag.value if facts.derived else "grey"
    report.headline = headline_of(facts)
    report.digest = digest
    report.figures = _figures(facts)
    report.html = WRITERS["html"].write(document).decode("utf-8")
    report.docx = WRITERS["docx"].write(document)
    report.written_at = current_clock().now()
    report.save()
    return report, True


def status_write(*, project: Project, today: date, out: Path) -> list[Written]:
    """Put a day's status of a project into ``out`` as docx and HTML, and beside it what third parties report
    of the same facts; files whose content is the same are left alone.
    """
    report, _ = status_build(project=project, today=today)
    out.mkdir(parents=True, exist_ok=True)
    stem = out / f"{project.key}-status-{today.isoformat()}"
    written = [
        _put(stem.with_suffix(".docx"), bytes(report.docx)),
        _put(stem.with_suffix(".html"), report.html.encode("utf-8")),
    ]
    for other in reports_more():
        document = other.build(status_facts(project, today))
        path = out / f"{project.key}-{other.name}-{today.isoformat()}"
        written += [_put(path.with_suffix(f".{name}"), WRITERS[name].write(document)) for name in ("docx", "html")]
    return written


@transaction.atomic
def minutes_issue(*, meeting: Meeting, waiver: str = "", leave_open: bool = False) -> Published:
    """Publish the minutes of a meeting and approve one letter to each who gets them; publishing is the approval.

    Nothing leaves here: whoever runs the outbox sends what is approved.

    Raises:
        StateWrongError: as :func:`bywhen.meetings.services.publishing.minutes_publish`; then nothing is kept.
    """
    recipients = recipient_list(project=meeting.project, artefact="minutes", attended=meeting.attendees.all())
    version = minutes_publish(
        meeting=meeting,
        waiver=waiver,
        leave_open=leave_open,
        distribution=[each.person.name for each in recipients],
    )
    reached = _reached_before(version)
    whole, change = _enclosures(version)
    letters = tuple(
        _letter(version, each, change if each.address in reached else whole) for each in recipients if each.address
    )
    return Published(version, letters, tuple(each.person.name for each in recipients if not each.address))


def version_document(version: MinutesVersion) -> Document:
    """A published version as the document that it was."""
    return Minutes().build(minutes_from_document(version.facts))


def version_name(version: MinutesVersion, writer: Writer) -> str:
    """The file name of a version: ``ERP-minutes-2026-11-18-7-v1.docx`` (day and number of the meeting)."""
    meeting = version.meeting
    return f"{meeting.project.key}-minutes-{meeting.held_on}-{meeting.pk}-v{version.number}{writer.suffix}"


def minutes_write(*, version: MinutesVersion, out: Path, writers: Sequence[Writer]) -> list[Written]:
    """Put a version into ``out``, one file a writer; files whose content is the same are left alone."""
    out.mkdir(parents=True, exist_ok=True)
    document = version_document(version)
    return [_put(out / version_name(version, each), each.write(document)) for each in writers]


def status_approve(*, report: StatusReport) -> StatusReport:
    """A person stands for it; from now on it is not made anew."""
    report.approved_at, report.approved_by = current_clock().now(), current_actor().name[:200]
    report.save()
    return report


def status_reopen(*, report: StatusReport) -> StatusReport:
    """Take the approval back (undo)."""
    report.approved_at, report.approved_by = None, ""
    report.save()
    return report


@dataclass(frozen=True, slots=True)
class _Carried:
    """What a letter carries: all of a version, or (``change``) only what is different from the one before."""

    facts: MinutesFacts
    html: str
    enclosure: Enclosure
    change: bool


def _enclosures(version: MinutesVersion) -> tuple[_Carried, _Carried]:
    """The whole version, and the change alone; the same twice where nothing can be told as a change."""
    facts, word = minutes_from_document(version.facts), WRITERS["docx"]
    name = version_name(version, word)
    whole = _carried(facts, version_document(version), name, change=False)
    if not facts.since:
        return whole, whole
    return whole, _carried(facts, change_note(facts), name.replace(word.suffix, f"-change{word.suffix}"), change=True)


def _carried(facts: MinutesFacts, document: Document, name: str, *, change: bool) -> _Carried:
    word = WRITERS["docx"]
    enclosure = Enclosure(name, word.media_type, word.write(document))
    return _Carried(facts, WRITERS["html"].write(document).decode("utf-8"), enclosure, change)


def _reached_before(version: MinutesVersion) -> frozenset[str]:
    """The addresses that a letter with the version before goes to: there the change alone is needed."""
    earlier = minutes_list(version.meeting).filter(number=version.number - 1).first()
    if earlier is None:
        return frozenset()
    letters = mail_list().filter(origin=version_origin(earlier)).exclude(status="failed")
    return frozenset(letters.values_list("recipient_address", flat=True))


def _letter(version: MinutesVersion, recipient: Recipient, carried: _Carried) -> OutgoingMail:
    facts = carried.facts
    about = f"Minutes, version {facts.number}" if carried.change else "Minutes"
    mail, _ = mail_prepare(
        key=f"minutes:{version.pk}:{recipient.person.pk}",
        name=recipient.person.name,
        address=recipient.address,
        subject=_in_line(f"{about}: {facts.meeting}, {day_long(facts.held_on)}"),
        text=change_letter(facts) if carried.change else minutes_letter(facts, recipient.person.name),
        html=carried.html,
        enclosures=[carried.enclosure],
        origin=version_origin(version),
    )
    return mail_approve(mail=mail)


def _in_line(text: str) -> str:
    return " ".join(plain_text(text).split())


def _put(path: Path, content: bytes) -> Written:
    if path.is_file() and path.read_bytes() == content:
        return Written(path, changed=False)
    path.write_bytes(content)
    return Written(path, changed=True)


def _figures(facts: StatusFacts) -> dict[str, Any]:
    """What the next report compares itself with, and what the overview of all projects shows."""
    coming = milestones_to_come(facts)
    blockers = {"open": len(facts.blockers), "critical": sum(item.critical for item in facts.blockers)}
    figures: dict[str, Any] = {"blockers": blockers, "next_milestone": _milestone(coming[0]) if coming else None}
    if facts.progress is not None:
        names = ("planned_percent", "actual_percent", "spi_t", "float_days")
        values = {name: getattr(facts.progress, name) for name in names}
        figures |= {name: None if value is None else str(value) for name, value in values.items()}
    return figures


def _milestone(item: MilestoneFact) -> dict[str, Any]:
    return {"name": item.name, "forecast": item.forecast.isoformat(), "late_days": item.late_days}
