from __future__ import annotations

import pytest

from bywhen.meetings.engine.agenda import TOPICS, AgendaFact, agenda_from, draft_agenda
from bywhen.meetings.selectors.catalogue import BUILT_IN, kind_get, kind_list

STATUS = kind_get("status")


def fact(ref, topic, rank=()):
    return AgendaFact(ref=ref, topic=topic, title=f"about {ref}", rank=rank)


def test_each_fact_stands_once_when_it_comes_under_two_topics():
    facts = [fact("loop:1", "due"), fact("loop:1", "overdue"), fact("risk:1", "risk"), fact("cr:1", "change")]
    agenda = draft_agenda(STATUS.AGENDA, facts, 60)
    refs = [point.ref for item in agenda.items for point in item.points]
    assert sorted(refs) == ["cr:1", "loop:1", "risk:1"]
    assert agenda.items[0].points[0].ref == "loop:1"


def test_most_pressing_comes_first_when_a_section_has_many():
    agenda = draft_agenda(
        STATUS.AGENDA, [fact("loop:2", "overdue", ("2026-11-20",)), fact("loop:1", "overdue", ("2026-11-02",))], 60
    )
    assert [point.ref for point in agenda.items[0].points] == ["loop:1", "loop:2"]


def test_warning_tells_by_how_much_when_it_does_not_fit():
    agenda = draft_agenda(STATUS.AGENDA, [fact(f"d:{n}", "decision") for n in range(10)], 60)
    assert agenda.minutes == 95
    assert agenda.warning.startswith(
        "The points take 95 minutes, the slot has 60: 35 too many. The longest is 'Decisions"
    )


def test_nothing_is_warned_of_when_it_fits():
    assert draft_agenda(STATUS.AGENDA, [], STATUS.MINUTES).warning == ""


def test_agenda_is_the_same_when_it_goes_through_json():
    agenda = draft_agenda(STATUS.AGENDA, [fact("loop:1", "overdue")], 60)
    assert agenda_from(agenda.document()) == agenda


@pytest.mark.parametrize("kind", BUILT_IN, ids=lambda kind: kind.KIND)
def test_kind_is_whole_when_its_agenda_is_drafted_without_facts(kind):
    agenda = draft_agenda(kind.AGENDA, [], kind.MINUTES)
    assert agenda.items
    assert agenda.warning == "", kind.KIND
    assert 0 <= kind.QUORUM <= 1
    assert kind.PAPERS_DAYS >= 0
    assert "Actions" in kind.MINUTES_SECTIONS
    assert {topic for _, _, topics in kind.AGENDA for topic in topics} <= set(TOPICS)


@pytest.mark.parametrize("kind", BUILT_IN, ids=lambda kind: kind.KIND)
def test_no_topic_is_claimed_twice_when_a_kind_has_several_sections(kind):
    topics = [topic for _, _, topics in kind.AGENDA for topic in topics]
    assert len(topics) == len(set(topics))


def test_boards_have_quorum_and_papers_when_they_decide():
    assert {kind.KIND for kind in kind_list() if kind.PAPERS_DAYS > 1 and kind.QUORUM} == {"cab", "steering_committee"}
    assert len(kind_list()) >= 10
    assert kind_get("tea party") is None
