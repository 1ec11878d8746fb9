"""Taking in meetings, proposing what was found in them, keeping decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction

from bywhen.kernel.counts import Counts
from bywhen.kernel.errors import StateWrongError
from bywhen.kernel.tables import RaidRow
from bywhen.kernel.transcript import Transcript, Utterance
from bywhen.meetings.engine.items import Change, Item, ItemKind
from bywhen.meetings.engine.titles import title_from_name
from bywhen.meetings.models import Decision, Line, Meeting
from bywhen.meetings.selectors import meeting_origin
from bywhen.record.engine.payloads import ChangePayload, ItemPayload, change_words
from bywhen.record.selectors.people import person_find
from bywhen.record.services.proposals import Effect, proposal_key, proposal_make
from bywhen.record.services.sources import place_keep, quote_keep

if TYPE_CHECKING:
    from bywhen.record.models import Project, Proposal, Quote, Source

MINUTES_WITHIN = timedelta(hours=24)
END_OF_DAY = time(17)
"""Minutes are promised within 24 hours of the meeting's day ending, when the file tells no hour."""


@transaction.atomic
def meeting_take_in(*, project: Project, source: Source, transcript: Transcript, held_on: date) -> tuple[Meeting, bool]:
    """Keep a meeting and its lines; the same source is one meeting. Answers it and whether it is new.

    A transcript without a title takes its file's name as one.
    """
    known = Meeting.objects.filter(source=source).first()
    if known is not None:
        return known, False
    meeting = Meeting.objects.create(
        project=project,
        source=source,
        title=(transcript.title.strip() or title_from_name(source.name))[:300],
        held_on=held_on,
        is_notes=transcript.notes,
        minutes_due_at=datetime.combine(held_on, END_OF_DAY, UTC) + MINUTES_WITHIN,
    )
    Line.objects.bulk_create(
        Line(
            meeting=meeting,
            number=said.line,
            speaker=said.speaker[:200],
            start=said.start,
            heading=said.heading[:300],
            text=said.text,
        )
        for said in transcript.utterances
    )
    speakers = {said.speaker for said in transcript.utterances if said.speaker} | set(transcript.attendees)
    meeting.attendees.set(person for name in sorted(speakers) if (person := person_find(name)))
    return meeting, True


def meeting_transcript(meeting: Meeting) -> Transcript:
    """The meeting as plain values again, for the engine."""
    return Transcript(
        title=meeting.title,
        utterances=tuple(
            Utterance(line=row.number, text=row.text, speaker=row.speaker, start=row.start, heading=row.heading)
            for row in meeting.lines.all()
        ),
        notes=meeting.is_notes,
        held_on=meeting.held_on,
    )


@transaction.atomic
def items_propose(
    *, meeting: Meeting, items: Sequence[Item], consequences: Mapping[str, Mapping[str, Any]] | None = None
) -> tuple[list[Proposal], int]:
    """Propose each item once, with its verbatim quotes; a change without a plan task is proposed as an open question.

    ``consequences`` maps an item's id to what the schedule engine computed for it. Answers all proposals of the items
    and how many of them are new.
    """
    said = {row.number: row for row in meeting.lines.all()}
    proposals, new = [], 0
    for item in items:
        kind, payload = _payload(item, meeting)
        proposal, created = proposal_make(
            key=proposal_key(meeting.source.sha256, item.id),
            kind=kind,
            project=meeting.project,
            text=_text(item, payload, (consequences or {}).get(item.id)),
            payload=payload,
            evidence=_quotes(item, meeting, said),
            consequence=(consequences or {}).get(item.id),
            confidence=item.confidence,
            origin=meeting_origin(meeting),
        )
        proposals.append(proposal)
        new += created
    return proposals, new


@transaction.atomic
def decisions_take_in(
    *, rows: Sequence[RaidRow], project_of: Mapping[str, Project], default: Project, source: Source
) -> Counts:
    """Take the decision rows of a RAID sheet. A decision that is known is left as it was decided."""
    counts = Counts()
    for row in rows:
        project = project_of.get(row.project.casefold(), default)
        decided_on = row.raised_on or row.due
        if decided_on is None:
            counts.skip(row.place, "a decision needs the day on which it was made")
            continue
        _, created = decision_keep(
            key=proposal_key("raid", project.key, row.id or row.title.casefold()),
            project=project,
            text=row.title,
            decided_by=row.owner or row.raised_by,
            decided_on=decided_on,
            evidence=[place_keep(source=source, place=row.place, text=row.title)],
        )
        counts.created += created
        counts.unchanged += not created
    return counts


@transaction.atomic
def decision_keep(
    *,
    key: str,
    project: Project,
    text: str,
    decided_by: str,
    decided_on: date,
    evidence: Sequence[Quote],
    meeting: Meeting | None = None,
) -> tuple[Decision, bool]:
    """Keep a decision once per ``key``."""
    decision, created = Decision.objects.get_or_create(
        key=key,
        defaults={
            "project": project,
            "meeting": meeting,
            "text": text,
            "decided_by": decided_by[:200],
            "decided_on": decided_on,
        },
    )
    if created:
        decision.quotes.set(evidence)
    return decision, created


@transaction.atomic
def decision_supersede(*, decision: Decision, by: Decision) -> Decision:
    """A later decision takes the place of this one; its words stay.

    Raises:
        StateWrongError: when this one no longer stands, or when ``by`` was itself replaced by it.
    """
    _expect_standing(decision)
    replaced, seen = by, {decision.pk}
    while replaced.superseded_by is not None and replaced.pk not in seen:
        replaced = replaced.superseded_by
    if replaced.pk in seen:
        raise StateWrongError(f"'{by.text}' was itself replaced by '{decision.text}'; choose another decision.")
    decision.status, decision.superseded_by = "superseded", by
    decision.save()
    return decision


@transaction.atomic
def decision_withdraw(*, decision: Decision) -> Decision:
    """It no longer holds, and nothing takes its place.

    Raises:
        StateWrongError: when it no longer stands.
    """
    _expect_standing(decision)
    decision.status = "withdrawn"
    decision.save()
    return decision


@transaction.atomic
def decision_restore(*, decision: Decision) -> Decision:
    """It stands again (undo of superseding or withdrawing)."""
    decision.status, decision.superseded_by = "standing", None
    decision.save()
    return decision


def _expect_standing(decision: Decision) -> None:
    if decision.status != "standing":
        raise StateWrongError(f"'{decision.text}' is {decision.status} already; restore it first.")


def decision_effect() -> Effect:
    """Accepting a proposed decision writes it into the register; undoing withdraws it, visibly."""

    def apply(proposal: Proposal, document: Mapping[str, Any]) -> str:
        item = ItemPayload.from_document(document)
        meeting = Meeting.objects.filter(pk=item.meeting or 0).first()
        quotes = list(proposal.quotes.all())
        decision, _ = decision_keep(
            key=proposal_key("proposal", proposal.key, item.text),
            project=proposal.project,
            text=item.text,
            decided_by=item.owner or (quotes[0].speaker if quotes else ""),
            decided_on=meeting.held_on if meeting else proposal.proposed_at.date(),
            evidence=quotes,
            meeting=meeting,
        )
        if decision.status != "standing":
            decision.status = "standing"
            decision.save()
        return f"meetings.decision:{decision.pk}"

    def revert(_proposal: Proposal, effect: str) -> None:
        decision = Decision.objects.get(pk=int(effect.rpartition(":")[2]))
        decision.status = "withdrawn"
        decision.save()

    return Effect(lambda document: ItemPayload.from_document(document).document(), apply, revert)


def change_payload(item: Item, meeting: Meeting) -> ChangePayload | None:
    """The plan change an item asks for; None when nobody can tie it to a task or an amount."""
    change = (
        _change(item.change) if item.kind is ItemKind.CHANGE and item.change and item.task_uid is not None else None
    )
    if change is None:
        return None
    return ChangePayload.from_document({"task_uid": item.task_uid, "meeting": meeting.pk, **change})


def _payload(item: Item, meeting: Meeting) -> tuple[str, dict[str, Any]]:
    change = change_payload(item, meeting)
    if change is not None:
        return "change", change.document()
    # A change without a task or an amount is a question for the meeting, never a guess.
    payload = ItemPayload(
        kind="question" if item.kind is ItemKind.CHANGE else item.kind.value,
        text=item.text,
        owner=item.owner,
        due=item.due,
        due_text=item.due_text,
        meeting=meeting.pk,
        task_uid=item.task_uid,
    )
    return payload.kind, payload.document()


def _text(item: Item, payload: Mapping[str, Any], consequence: Mapping[str, Any] | None) -> str:
    """What is proposed, in few words: a change names its task and how far it moves; its quote keeps what was said."""
    task = (consequence or {}).get("task")
    return f"{task}: {change_words(ChangePayload.from_document(payload))}" if task and "task_uid" in payload else item.text


def _change(change: Change) -> dict[str, Any] | None:
    """The payload's one field for what was said; None when the words name no amount."""
    if change.verb == "drop":
        return {"remove": True}
    if change.finish is not None:
        return {"finish": change.finish}
    if change.days is None or change.verb not in ("delay", "advance", "extend", "shorten"):
        return None
    return {"extend_days" if change.verb in ("extend", "shorten") else "delay_days": change.days}


def _quotes(item: Item, meeting: Meeting, said: Mapping[int, Line]) -> list[Quote]:
    unit = "line" if meeting.is_notes else "cue"
    return [
        quote_keep(
            source=meeting.source,
            place=f"{unit} {place.line}",
            text=place.quote,
            within=said[place.line].text,
            speaker=place.speaker,
            at_seconds=place.start,
        )
        for place in item.evidence
    ]
