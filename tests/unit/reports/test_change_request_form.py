from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bywhen.kernel.document import Bullets, Callout, Heading, Paragraph, Table, evidence_of
from bywhen.kernel.evidence import EvidenceRef
from bywhen.kernel.money import Money
from bywhen.kernel.status import SourceTitle
from bywhen.registers.engine.facts import DateMove, FloatUse, RequestFacts, VoteFact
from bywhen.reports.kinds.change_request import MOST_FLOAT, ChangeRequestForm
from bywhen.reports.selectors.catalogue import WRITERS

TODAY = date(2026, 11, 23)
SAID = EvidenceRef("a" * 64, "cue 44", "we push the API two weeks")
FACTS = RequestFacts(
    reference="CR-3",
    title="Push the API two weeks",
    project="ERP core",
    state="assessed",
    as_of=TODAY,
    raised_on=date(2026, 11, 18),
    evidence=(SAID,),
    requested_by="Tom Becker",
    decision_needed_by=date(2026, 11, 27),
    options="A: add people.\nB: push it.",
    cost=Money(Decimal("12500.50"), "EUR"),
    effort_days="7.5",
    asked="API delivery: 10 working days later",
    effect="5 tasks move.",
    plan_version=2,
    moves=(DateMove("Go-live", date(2027, 2, 1), date(2027, 2, 15), 10),),
    float_used=tuple(FloatUse(f"Task {n}", 4.0, 1.0) for n in range(MOST_FLOAT + 2)),
    reasons=("the project ends 10 working days later; a request is needed from 1 on",),
    votes=(VoteFact("Ana Duarte", "for", TODAY, None, ""), VoteFact("Lea Roth", "", None, date(2026, 11, 25), "")),
    tally="1 for, 1 missing; 1 vote to the quorum",
    sources={"a" * 64: SourceTitle("sync.vtt", "transcript", TODAY)},
)
DECIDED = replace(
    FACTS, state="approved", decision="approved", decided_by="CAB", decided_on=TODAY, decision_evidence="item 3"
)


def built(facts):
    return ChangeRequestForm().build(facts)


def texts(document):
    said = []
    for block in document.blocks:
        if isinstance(block, Heading):
            said.append(block.text)
        elif isinstance(block, Paragraph | Callout):
            said += [sentence.text for sentence in block.sentences]
        elif isinstance(block, Bullets):
            said += [sentence.text for sentence in block.items]
        elif isinstance(block, Table):
            said += [cell.text for row in block.rows for cell in row.cells]
        else:
            said.append(block.text)
    return said


def test_form_says_state_effect_cost_and_votes_with_the_words_it_rests_on():
    document = built(FACTS)
    said = texts(document)
    assert said[0] == "CR-3 waits for a decision; the decision is needed by Fri 27 Nov."
    for part in ("API delivery: 10 working days later", "+10", "12,500.5 EUR", "7.5 working days", "by 25 Nov"):
        assert part in said
    assert "2 more tasks not listed." in said
    assert set(evidence_of(document.blocks)) == {SAID}


def test_undecided_form_has_lines_to_sign_on_and_a_decided_one_has_the_decision():
    assert "Name and signature:" in texts(built(FACTS))
    said = texts(built(DECIDED))
    assert "Name and signature:" not in said
    assert "Approved by CAB on Mon 23 Nov." in said
    assert "Written in: item 3." in said


def test_lines_that_were_typed_stay_lines():
    said = texts(built(FACTS))
    assert said.index("B: push it.") == said.index("A: add people.") + 2


@pytest.mark.parametrize("decision", ["", "rejected"])
def test_change_made_without_approval_is_called_out(decision):
    made = replace(FACTS, state="implemented", implemented_on=TODAY, decision=decision)
    assert any(isinstance(block, Callout) for block in built(made).blocks)
    assert not any(isinstance(block, Callout) for block in built(replace(made, decision="approved")).blocks)


def test_stale_effect_is_said():
    assert any("which has changed since" in said for said in texts(built(replace(FACTS, stale=True))))


def test_request_without_a_change_of_the_plan_says_so():
    bare = RequestFacts(
        reference="CR-4", title="Fax", project="P", state="raised", as_of=TODAY, raised_on=TODAY, evidence=(SAID,)
    )
    assert any("names no change of the plan" in said for said in texts(built(bare)))


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_every_writer_writes_it_and_the_same_bytes_twice(name):
    writer = WRITERS[name]
    assert writer.write(built(FACTS)) == writer.write(built(FACTS))
