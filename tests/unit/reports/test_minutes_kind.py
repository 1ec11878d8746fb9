"""What the minutes say, in which order, and what they never say without evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bywhen.kernel.document import Bullets, Callout, Heading, Note, Paragraph, Row, Table, evidence_of
from bywhen.kernel.minutes import DiscussionPoint, MinutesFacts, Remark
from bywhen.kernel.minutes_document import minutes_document, minutes_from_document
from bywhen.meetings.kinds import retrospective, steering_committee, vendor_call
from bywhen.reports.kinds.minutes.head import outcome
from bywhen.reports.kinds.minutes.report import Minutes
from factories.minutes_facts import steering_minutes


def headings(facts):
    return [block.text for block in Minutes().build(facts).blocks if isinstance(block, Heading) and block.level == 1]


def test_build_tells_outcome_before_discussion_when_meeting_has_everything():
    assert headings(steering_minutes()) == [
        "Attendance",
        "Decisions",
        "Actions",
        "Changes of the plan",
        "Risks and issues",
        "Open questions",
        "Left open",
        "Discussion",
        "What the meeting did not settle",
        "How to read this",
    ]


def talk(*points):
    first = steering_minutes().items[0]
    said = [
        DiscussionPoint(
            heading=heading,
            remarks=(Remark(fact_id=f"line:{heading}", as_of=first.as_of, evidence=first.evidence, text=text),),
        )
        for heading, text in points
    ]
    return tuple(said)


def test_build_orders_by_the_sections_of_a_steering_committee_and_loses_nothing():
    plain, kind = steering_minutes(), steering_committee.MINUTES_SECTIONS
    told = headings(replace(plain, sections=kind))
    assert told[:5] == ["Attendance and quorum", "Decisions", "Changes of the plan", "Risks and issues", "Actions"]
    assert sorted(told[1:]) == sorted(headings(plain)[1:])


def test_build_heads_the_talk_by_the_sections_of_a_retrospective_once():
    points = talk(("1. What went well:", "Pairing."), ("Did not go well", "Waiting."), ("Ideas", "Shorter weeks."))
    facts = replace(steering_minutes(), sections=retrospective.MINUTES_SECTIONS, discussion=points)
    assert headings(facts)[:4] == ["Attendance", "Went well", "Did not go well", "Actions"]
    said = [s.text for b in Minutes().build(facts).blocks if isinstance(b, Bullets) for s in b.items]
    assert [said.count(text) for text in ("Pairing.", "Waiting.", "Shorter weeks.")] == [1, 1, 1]
    assert minutes_from_document(minutes_document(facts)) == facts


def test_build_says_none_when_a_section_of_the_kind_is_empty():
    actions_only = tuple(item for item in steering_minutes().items if item.kind == "action")
    facts = replace(steering_minutes(), items=actions_only, sections=steering_committee.MINUTES_SECTIONS)
    blocks = Minutes().build(facts).blocks
    empty = [blocks[n].text for n, after in enumerate(blocks[1:]) if isinstance(after, Note) and after.text == "None."]
    assert empty == ["Decisions", "Changes", "Risks"]


def test_build_tells_promises_and_actions_once_when_a_kind_names_both():
    told = headings(replace(steering_minutes(), sections=vendor_call.MINUTES_SECTIONS))
    assert told[:3] == ["Attendance", "Promises", "Decisions"]
    assert "Actions" not in told


def test_build_names_items_by_their_number_on_record_when_versions_differ():
    first = steering_minutes()
    later = replace(first, items=first.items[1:])
    numbers = [
        [row.cells[0].text for block in Minutes().build(facts).blocks if _is_actions(block) for row in block.rows]
        for facts in (first, later)
    ]
    assert numbers == [["A12", "A15"], ["A12", "A15"]]


def _is_actions(block):
    return isinstance(block, Table) and block.caption.startswith("Actions")


def test_build_tells_what_is_different_when_it_is_a_later_version():
    facts = replace(steering_minutes(), since=("Also there: Leah Stone",))
    assert headings(facts)[0] == "Different from version 1"


def test_build_leads_with_the_outcome_when_there_is_any():
    first = Minutes().build(steering_minutes()).blocks[0]
    assert isinstance(first, Paragraph)
    assert first.sentences[0].text == (
        "1 decision, 2 actions, 1 change of the plan, 1 risk, 1 issue and 1 open question;"
        " the first action is due from Tomás Silva by Tue 24 Nov."
    )


def test_build_marks_missing_date_when_action_was_waived():
    document = Minutes().build(steering_minutes())
    actions = next(
        block for block in document.blocks if isinstance(block, Table) and block.caption.startswith("Actions")
    )
    callout = next(block for block in document.blocks if isinstance(block, Callout))

    assert [row.cells[3].text for row in actions.rows] == ["Tue 24 Nov", "No date"]
    assert "the vendor answers on Monday" in callout.sentences[-1].text


def test_build_keeps_unjudged_items_apart_when_left_open():
    document = Minutes().build(steering_minutes())
    rows = [row for block in document.blocks if isinstance(block, Table) for row in block.rows]

    assert not any("Licences" in cell.text for row in rows for cell in row.cells)
    assert isinstance(rows[0], Row)


def test_subtitle_says_draft_when_nobody_published():
    assert "draft of version 2" in Minutes().build(steering_minutes(published_by="", published_on=None)).subtitle


def test_build_says_nothing_of_the_meeting_when_nothing_came_of_it():
    empty = MinutesFacts(meeting="Sync", project="Meridian", held_on=date(2026, 11, 19), number=1)

    assert list(evidence_of(Minutes().build(empty).blocks)) == []
    undecided = tuple(item for item in steering_minutes().items if not item.settled)
    assert outcome(replace(steering_minutes(), items=undecided)) == "Nothing is settled yet; 1 item is left open."
    assert outcome(replace(steering_minutes(), items=())) == "Nothing was decided, promised or warned of."


def test_document_reads_back_equal_when_stored():
    facts = steering_minutes()
    assert minutes_from_document(minutes_document(facts)) == facts
