"""The life of a proposal: made once, then accepted, edited, rejected, superseded or expired; decisions can be undone.

Rooms register what accepting *does* with :func:`effect_register` from their ``apps.ready``; this room only keeps the
lifecycle. What does not live here: any effect.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from bywhen.kernel.clock import current_clock
from bywhen.kernel.errors import EvidenceMissingError, StateWrongError
from bywhen.platform.acting import Actor, acting, current_actor
from bywhen.platform.audit import audit_record
from bywhen.record.models import Project, Proposal, Quote

OPEN = "proposed"
LIFETIME_DAYS = 60
"""Days after which an undecided proposal expires; a person may still find it, nothing happens by itself."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What accepting a kind of proposal does.

    ``validated`` reads the payload (raises InputRefusedError) and gives it back normalised; ``apply`` performs it and
    answers a reference (``loops.loop:7``); ``revert`` takes it back, given that reference.
    """

    validated: Callable[[Mapping[str, Any]], dict[str, Any]]
    apply: Callable[[Proposal, Mapping[str, Any]], str]
    revert: Callable[[Proposal, str], None]


_effects: dict[str, Effect] = {}


def effect_register(kind: str, effect: Effect) -> None:
    """Say what accepting ``kind`` does. One effect per kind; called from a room's ``apps.ready``."""
    _effects[kind] = effect


_followers: dict[str, Callable[[Proposal], None]] = {}


def follower_register(kind: str, follow: Callable[[Proposal], None]) -> None:
    """Say what follows a decision about ``kind``, or its undoing, in the same transaction; one follower per kind."""
    _followers[kind] = follow


def proposal_key(*parts: object) -> str:
    """A stable idempotency key from what makes a proposal itself (source hash, line, kind, text)."""
    return hashlib.sha256("|".join(str(part) for part in parts).encode("utf-8", "surrogatepass")).hexdigest()


@transaction.atomic
def proposal_make(
    *,
    key: str,
    kind: str,
    project: Project,
    text: str,
    payload: Mapping[str, Any],
    evidence: Sequence[Quote],
    consequence: Mapping[str, Any] | None = None,
    confidence: float = 1.0,
    origin: str = "",
) -> tuple[Proposal, bool]:
    """Propose once: an existing key answers the existing proposal, whatever became of it.

    Raises:
        EvidenceMissingError: without a quote.
        InputRefusedError: when the payload is not valid for the kind.
    """
    known = Proposal.objects.filter(key=key).first()
    if known is not None:
        return known, False
    if not evidence:
        raise EvidenceMissingError(f"A proposal needs evidence: {text[:80]!r}.")
    now = current_clock().now()
    proposal = Proposal.objects.create(
        key=key,
        kind=kind,
        project=project,
        text=text,
        payload=_effect(kind).validated(payload),
        consequence=dict(consequence or {}),
        confidence=confidence,
        origin=origin[:200],
        proposed_at=now,
        expires_on=now.date() + timedelta(days=LIFETIME_DAYS),
    )
    proposal.quotes.set(evidence)
    return proposal, True


@transaction.atomic
def proposal_edit(*, proposal: Proposal, payload: Mapping[str, Any]) -> Proposal:
    """Keep what a person changed, without deciding; accepting takes it from there. The proposed payload stays.

    Raises:
        StateWrongError: when it was decided before.
        InputRefusedError: when the payload is not valid.
    """
    proposal = _locked(proposal)
    _expect(proposal, OPEN)
    wanted = _effect(proposal.kind).validated(payload)
    kept = wanted if wanted != proposal.payload else None
    if kept != proposal.edited:
        proposal.edited = kept
        proposal.save()
    return proposal


@transaction.atomic
def proposal_accept(*, proposal: Proposal, edited: Mapping[str, Any] | None = None, reason: str = "") -> Proposal:
    """Accept as it stands, or as it was ``edited`` (now, or kept before); the effect happens in the same transaction.

    Raises:
        StateWrongError: when it was decided before.
        InputRefusedError: when the edited payload is not valid.
    """
    proposal = _locked(proposal)
    _expect(proposal, OPEN)
    effect = _effect(proposal.kind)
    payload = effect.validated(edited if edited is not None else proposal.edited or proposal.payload)
    with acting(current_actor(), reason or f"proposal {proposal.pk} accepted"):
        proposal.effect = effect.apply(proposal, payload)
        proposal.edited = payload if payload != proposal.payload else None
        _decide(proposal, "edited" if proposal.edited is not None else "accepted", reason)
    return proposal


@transaction.atomic
def proposal_reject(*, proposal: Proposal, reason: str = "") -> Proposal:
    """Say no; it is not proposed again."""
    proposal = _locked(proposal)
    _expect(proposal, OPEN)
    _decide(proposal, "rejected", reason)
    return proposal


@transaction.atomic
def proposal_undo(*, proposal: Proposal) -> Proposal:
    """Take a decision back: the effect is reverted and the proposal waits again, with what a person had changed in it.

    Raises:
        StateWrongError: when there is nothing to undo, or what it made has gone on living since.
    """
    proposal = _locked(proposal)
    _expect(proposal, "accepted", "edited", "rejected", "superseded")
    with acting(current_actor(), f"proposal {proposal.pk} undone"):
        if proposal.effect:
            _effect(proposal.kind).revert(proposal, proposal.effect)
        proposal.effect, proposal.decided_at, proposal.decided_by = "", None, ""
        proposal.superseded_by = None
        proposal.status, proposal.decision_reason = OPEN, ""
        proposal.save()
        _follow(proposal)
    return proposal


@transaction.atomic
def proposal_supersede(*, proposal: Proposal, by: Proposal) -> Proposal:
    """A newer proposal says it better; the old one leaves the queue and points to it."""
    proposal = _locked(proposal)
    _expect(proposal, OPEN)
    proposal.superseded_by = by
    _decide(proposal, "superseded", f"superseded by proposal {by.pk}")
    return proposal


@transaction.atomic
def proposal_merge(*, proposal: Proposal, into: Proposal) -> Proposal:
    """Two proposals say the same: ``proposal`` leaves the queue, ``into`` takes its quotes and what it itself lacks
    (owner, due). Undoing brings it back; the quotes then prove both. Answers ``into``.

    Raises:
        StateWrongError: when either was decided, they are the same, or of different projects or kinds.
    """
    if proposal.pk == into.pk or (proposal.project_id, proposal.kind) != (into.project_id, into.kind):
        raise StateWrongError("Only two different items of one kind can be merged; choose another one.")
    into = _locked(into)
    _expect(into, OPEN)
    merged = proposal_supersede(proposal=proposal, by=into)
    into.quotes.add(*merged.quotes.all())
    mine, theirs = into.edited or into.payload, merged.edited or merged.payload
    lent = {name: theirs[name] for name in ("owner", "due", "due_text") if theirs.get(name) and not mine.get(name)}
    return proposal_edit(proposal=into, payload={**mine, **lent}) if lent else into


@transaction.atomic
def proposals_expire(*, today: date) -> int:
    """Let proposals past their day expire; answers how many."""
    late = list(Proposal.objects.select_for_update().filter(status=OPEN, expires_on__lt=today))
    for proposal in late:
        with acting(Actor("policy", "expiry"), "nobody decided in time"):
            _decide(proposal, "expired", "nobody decided in time")
    return len(late)


def proposal_consequence_set(*, proposal: Proposal, consequence: Mapping[str, Any]) -> bool:
    """Replace the computed consequence of an undecided proposal (the plan moved on); answers whether it differs."""
    if proposal.status != OPEN or proposal.consequence == consequence:
        return False
    proposal.consequence = dict(consequence)
    proposal.save()
    return True


def _decide(proposal: Proposal, status: str, reason: str) -> None:
    proposal.status = status
    proposal.decided_at = current_clock().now()
    proposal.decided_by = current_actor().name
    proposal.decision_reason = reason
    proposal.save()
    audit_record(action=f"proposal {status}", subject=proposal.audit_subject, changes={}, reason=reason)
    _follow(proposal)


def _follow(proposal: Proposal) -> None:
    if proposal.kind in _followers:
        _followers[proposal.kind](proposal)


def _effect(kind: str) -> Effect:
    if kind not in _effects:
        raise StateWrongError(f"No room says what accepting a proposal of kind {kind!r} does.")
    return _effects[kind]


def _expect(proposal: Proposal, *statuses: str) -> None:
    if proposal.status not in statuses:
        raise StateWrongError(
            f"Proposal {proposal.pk} is {proposal.status}; this needs it to be {' or '.join(statuses)}."
        )


def _locked(proposal: Proposal) -> Proposal:
    return Proposal.objects.select_for_update().get(pk=proposal.pk)
