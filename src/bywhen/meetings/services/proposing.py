"""Proposing what was found in a meeting. What does not live here: finding it (``engine``), judging it (``record``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction

from bywhen.kernel.errors import StateWrongError
from bywhen.meetings.engine.items import Change, Item, ItemKind, item_document, item_from_document
from bywhen.meetings.models import Line, Meeting
from bywhen.meetings.selectors.held import meeting_origin
from bywhen.record.engine.payloads import ChangePayload, ItemPayload, change_words
from bywhen.record.services.proposals import proposal_key, proposal_make
from bywhen.record.services.sources import quote_keep

if TYPE_CHECKING:
    from bywhen.record.models import Proposal, Quote


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
            key=candidate_key(meeting, item.id),
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


def candidate_key(meeting: Meeting, item_id: str) -> str:
    """How the proposal of an item is known, proposed already or not."""
    return proposal_key(meeting.source.sha256, item_id)


@transaction.atomic
def candidates_keep(*, meeting: Meeting, items: Sequence[Item]) -> None:
    """Keep what the reading was not sure enough of, the likeliest first, for whoever reviews the meeting."""
    kept = [item_document(item) for item in sorted(items, key=lambda item: -item.confidence)]
    if kept != meeting.candidates:
        meeting.candidates = kept
        meeting.save()


@transaction.atomic
def candidate_propose(*, meeting: Meeting, item_id: str) -> Proposal:
    """A reviewer says that a candidate is one: it is proposed like any other item, once.

    Raises:
        StateWrongError: when the meeting has no such candidate (any more).
    """
    found = next((each for each in meeting.candidates if each["id"] == item_id), None)
    if found is None:
        raise StateWrongError(f"'{meeting.title}' has no such candidate any more; reload the page.")
    proposals, _ = items_propose(meeting=meeting, items=[item_from_document(found)])
    return proposals[0]


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
    return (
        f"{task}: {change_words(ChangePayload.from_document(payload))}" if task and "task_uid" in payload else item.text
    )


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
