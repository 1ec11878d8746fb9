from datetime import date

import pytest

from bywhen.kernel.clock import FrozenClock, clock_set
from bywhen.kernel.errors import EvidenceMissingError, InputRefusedError, StateWrongError
from bywhen.loops.models import Loop
from bywhen.record.models import Proposal
from bywhen.record.services.proposals import (
    proposal_accept,
    proposal_make,
    proposal_reject,
    proposal_supersede,
    proposal_undo,
    proposals_expire,
)
from bywhen.record.services.sources import quote_keep
from factories import rows

pytestmark = pytest.mark.django_db
SAID = "Ana will send the contract by Friday."


def _proposal(key="k1", **changed):
    project = Proposal.objects.first().project if Proposal.objects.exists() else rows.project()
    source = rows.source("sync.vtt", SAID.encode(), "transcript")
    quote = quote_keep(source=source, place="cue 4", text="send the contract by Friday", within=SAID, speaker="Ana")
    payload = {"kind": "action", "text": "Send the contract", "owner": "", "due": "2026-11-27", **changed}
    return proposal_make(
        key=key, kind="action", project=project, text="Send the contract", payload=payload, evidence=[quote]
    )


def test_proposing_again_proposes_nothing_twice():
    first, created = _proposal()
    again, created_again = _proposal()
    assert (first.pk, created, created_again) == (again.pk, True, False)


def test_a_rejected_proposal_is_not_proposed_again():
    proposal, _ = _proposal()
    proposal_reject(proposal=proposal, reason="agreed otherwise")
    again, created = _proposal()
    assert (again.status, created) == ("rejected", False)


def test_accepting_opens_the_loop_with_the_quote():
    proposal, _ = _proposal()
    proposal_accept(proposal=proposal)
    loop = Loop.objects.get()
    assert loop.due == date(2026, 11, 27)
    assert [quote.text for quote in loop.quotes.all()] == ["send the contract by Friday"]
    assert loop.next_check is not None


def test_an_edited_acceptance_keeps_both_versions():
    proposal, _ = _proposal()
    accepted = proposal_accept(proposal=proposal, edited={**proposal.payload, "due": "2026-12-01"})
    assert accepted.status == "edited"
    assert (accepted.payload["due"], accepted.edited["due"]) == ("2026-11-27", "2026-12-01")
    assert Loop.objects.get().due == date(2026, 12, 1)


def test_undo_takes_the_effect_back_and_accepting_again_brings_it_back():
    proposal, _ = _proposal()
    proposal_accept(proposal=proposal)
    undone = proposal_undo(proposal=proposal)
    assert (undone.status, Loop.objects.get().status) == ("proposed", "cancelled")
    proposal_accept(proposal=undone)
    assert Loop.objects.get().status == "open"


def test_deciding_twice_is_refused():
    proposal, _ = _proposal()
    proposal_accept(proposal=proposal)
    with pytest.raises(StateWrongError, match="is accepted"):
        proposal_reject(proposal=proposal)


def test_an_invalid_edit_changes_nothing_and_says_which_field():
    proposal, _ = _proposal()
    with pytest.raises(InputRefusedError, match="field due"):
        proposal_accept(proposal=proposal, edited={**proposal.payload, "due": "next week"})
    proposal.refresh_from_db()
    assert (proposal.status, Loop.objects.count()) == ("proposed", 0)


def test_a_proposal_without_evidence_is_refused():
    with pytest.raises(EvidenceMissingError):
        proposal_make(
            key="x",
            kind="action",
            project=rows.project(),
            text="t",
            payload={"kind": "action", "text": "t"},
            evidence=[],
        )


def test_a_quote_that_does_not_stand_in_its_source_is_refused():
    with pytest.raises(EvidenceMissingError, match="do not stand"):
        quote_keep(source=rows.source(), place="cue 1", text="send it tomorrow", within=SAID)


def test_a_newer_proposal_supersedes_an_older_one():
    old, _ = _proposal("a")
    new, _ = _proposal("b")
    assert proposal_supersede(proposal=old, by=new).status == "superseded"


def test_nobody_deciding_lets_it_expire():
    with clock_set(FrozenClock(date(2026, 1, 5))):
        _proposal()
    assert proposals_expire(today=date(2026, 2, 1)) == 0
    assert proposals_expire(today=date(2026, 6, 1)) == 1
    assert Proposal.objects.get().status == "expired"
