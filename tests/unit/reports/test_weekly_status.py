"""What the weekly status says, and that it says nothing without evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bywhen.kernel.document import Badges, Bullets, Heading, KeyFigures, Note, Paragraph, Row, Sentence, Table
from bywhen.kernel.errors import EvidenceMissingError
from bywhen.kernel.evidence import EvidenceRef
from bywhen.kernel.status import NeedFact, StatusFacts
from bywhen.reports.kinds.weekly_status.report import WeeklyStatus
from factories.status_facts import AS_OF, meridian_status


@pytest.fixture(scope="module")
def document():
    return WeeklyStatus().build(meridian_status())


def table(document, caption):
    return next(block for block in document.blocks if isinstance(block, Table) and block.caption.startswith(caption))


def headings(document):
    return [block.text for block in document.blocks if isinstance(block, Heading)]


def test_lead_says_finish_blocker_and_ask_when_all_are_known(document):
    lead = document.blocks[0]

    assert isinstance(lead, Paragraph)
    assert [sentence.text for sentence in lead.sentences] == [
        "Go-live is forecast for Fri 12 Mar 2027, 4 working days after the baseline.",
        "That is 4 working days later than on 13 Nov because it follows UAT.",
        "1 of 3 blockers is on the critical path: Penetration-test terms not approved by Legal, waiting on Legal (H. Brandt).",
        "It is declared green by Marta Kowalska; the facts say red.",
        "2 answers are needed, the first by Tue 24 Nov.",
    ]


def test_badges_show_disagreement_when_declared_is_better(document):
    badges = next(block for block in document.blocks if isinstance(block, Badges))

    assert [(badge.label, badge.rag.value) for badge in badges.items] == [("Declared", "green"), ("Derived", "red")]
    assert badges.reasons[0].text == "Declared green, but the facts say red:"


def test_blockers_table_orders_by_miss_and_shows_five_measures(document):
    rows = [[cell.text for cell in row.cells[1:]] for row in table(document, "Blockers").rows]

    assert rows == [
        ["Priya Nair", "13", "23 tasks", "0", "Tue 24 Nov"],
        ["Jonas Weber", "17", "11 tasks", "2", "Thu 3 Dec"],
        ["Sofia Marchetti", "4", "3 tasks", "14", "Fri 11 Dec"],
    ]


def test_milestones_table_gives_forecast_and_both_differences(document):
    first = table(document, "Milestones").rows[0]

    assert [cell.text for cell in first.cells] == [
        "API contract signed",
        "13 Nov 2026",
        "30 Nov 2026",
        "+11",
        "+6",
        "2",
    ]


def test_actions_without_owner_or_date_are_marked_when_listed(document):
    row = next(row for row in table(document, "Open actions").rows if row.cells[1].text == "No owner")

    assert (row.cells[1].rag.value, row.cells[2].text) == ("red", "No date")


def test_figures_carry_delta_and_day(document):
    figures = next(block for block in document.blocks if isinstance(block, KeyFigures))

    assert [(item.label, item.value, item.unit) for item in figures.items] == [
        ("Done", "52.1", "%"), ("Pace, SPI(t)", "0.89", ""), ("Float left", "0", "days"),
        ("Go-live", "12 Mar", "2027"), ("Forecast cost", "1,575", "k EUR"),
    ]  # fmt: skip
    assert all(item.delta for item in figures.items)
    assert figures.items[-1].as_of == date(2026, 10, 31)


def test_every_reference_is_numbered_once_when_cited_often(document):
    numbers = [entry.number for entry in document.numbered_sources()]

    assert numbers == list(range(1, len(numbers) + 1))
    assert len(set(document.numbers())) == len(numbers)


def test_sections_are_named_as_silent_when_no_source_speaks_of_them():
    document = WeeklyStatus().build(replace(meridian_status(), money=(), risks=()))

    assert "Money" not in headings(document)
    assert [block.text for block in document.blocks if isinstance(block, Note)][
        -1
    ] == "No source says anything about: risks and money."


def test_section_says_nothing_is_open_when_it_was_looked_at():
    looked = (EvidenceRef("raid", "sheet RAID"),)
    document = WeeklyStatus().build(replace(meridian_status(), blockers=(), checked={"blockers": looked}))
    place = headings(document).index("Blockers")

    assert place > 0
    assert Paragraph((Sentence("No blocker is open as of 20 Nov 2026.", looked),)) in document.blocks


def test_report_is_made_when_nothing_is_known_but_the_project():
    document = WeeklyStatus().build(StatusFacts(project="Empty", as_of=AS_OF))

    assert headings(document) == ["How to read this"]
    assert document.numbered_sources() == ()


def test_report_is_equal_when_facts_are_equal():
    assert WeeklyStatus().build(meridian_status()) == WeeklyStatus().build(meridian_status())


def test_changes_stand_as_sentences_since_last_report(document):
    assert "What changed since 13 Nov" in headings(document)
    assert len(next(block for block in document.blocks if isinstance(block, Bullets)).items) == 3


@pytest.mark.parametrize(
    "claim",
    [
        lambda: Sentence("UAT moves.", ()),
        lambda: Row((), ()),
        lambda: NeedFact(fact_id="n", evidence=(), as_of=AS_OF, text="t", whom="w", by=AS_OF, loss="l"),
    ],
    ids=["sentence", "row", "fact"],
)
def test_claim_is_refused_when_it_has_no_evidence(claim):
    with pytest.raises(EvidenceMissingError):
        claim()
