"""Fifty planted bad sentences are caught by the rule they break; fifty good ones are left alone."""

from __future__ import annotations

from datetime import date

import pytest

from bywhen.kernel.evidence import EvidenceRef
from bywhen.kernel.status import Rag
from bywhen.reports.kinds.weekly_status.report import WeeklyStatus
from bywhen.reports.lint.linter import lint, statements_of
from bywhen.reports.lint.registry import RULES
from bywhen.reports.lint.statement import Statement
from factories.status_facts import meridian_status

REF = (EvidenceRef("plan", "task 1"),)
RED, AMBER, GREEN = Rag.RED, Rag.AMBER, Rag.GREEN

BAD: tuple[tuple[str, Statement], ...] = (
    ("empty-update", Statement(text="No update.")),
    ("empty-update", Statement(text="Ongoing")),
    ("empty-update", Statement(text="Same as last week.")),
    ("empty-update", Statement(text="WIP")),
    ("empty-update", Statement(text="n/a")),
    ("repeated-wording", Statement(text="Interface tests run with the bank.", previous="Interface tests run  with the Bank")),
    ("repeated-wording", Statement(text="Mapping of vendors is with Finance.", previous="Mapping of vendors is with Finance.")),
    ("on-track-without-figure", Statement(text="Data migration is on track.")),
    ("on-track-without-figure", Statement(text="Everything is fine in testing.")),
    ("on-track-without-figure", Statement(text="Good progress on the interfaces.")),
    ("on-track-without-figure", Statement(text="Training material is nearly done.")),
    ("on-track-without-figure", Statement(text="Development continues as planned.")),
    ("on-track-without-figure", Statement(text="The build is in good shape.")),
    ("on-track-without-figure", Statement(text="Costs are on budget.")),
    ("delay-without-size", Statement(text="The API delivery is delayed.")),
    ("delay-without-size", Statement(text="Testing slipped because the tenant was down.")),
    ("delay-without-size", Statement(text="We are running behind with the reports.")),
    ("delay-without-size", Statement(text="The licences are over budget.")),
    ("delay-without-size", Statement(text="UAT was postponed by the steering committee.")),
    ("vague-amount", Statement(text="Some delays in the interface work.")),
    ("vague-amount", Statement(text="Several open questions with the vendor.")),
    ("vague-amount", Statement(text="Minor issues in migration.")),
    ("vague-amount", Statement(text="A few test cases and many defects remain.")),
    ("vague-amount", Statement(text="Effort went up significantly against plan.")),
    ("vague-amount", Statement(text="The majority of users were trained.")),
    ("loose-date", Statement(text="The contract will be signed soon.")),
    ("loose-date", Statement(text="Jonas Weber sends the prices ASAP.")),
    ("loose-date", Statement(text="Go-live moves to early March.")),
    ("loose-date", Statement(text="The audit is planned for Q1.")),
    ("loose-date", Statement(text="Priya Nair confirms next week.")),
    ("loose-date", Statement(text="Legal answers by the end of the month.")),
    ("loose-date", Statement(text="The fix is expected shortly.")),
    ("loose-date", Statement(text="Licences arrive in the coming weeks.")),
    ("hope", Statement(text="It should be fine for UAT.")),
    ("hope", Statement(text="Hopefully the vendor delivers on 30 Nov.")),
    ("hope", Statement(text="We are confident that go-live holds.")),
    ("hope", Statement(text="The gap will probably close.")),
    ("hope", Statement(text="The situation is under control.")),
    ("owner-is-nobody", Statement(text="Someone has to call the vendor by 27 Nov.")),
    ("owner-is-nobody", Statement(text="The team will look at the defects on 25 Nov.")),
    ("owner-is-nobody", Statement(text="The access issue needs to be clarified by Friday.")),
    ("owner-is-nobody", Statement(text="Reconciliation is being investigated.")),
    ("trouble-incomplete", Statement(text="Security test is red.", rag=RED)),
    ("trouble-incomplete", Statement(text="UAT moves 4 working days because the terms are not approved.", rag=RED, owner="Priya Nair", due=date(2026, 11, 24))),
    ("trouble-incomplete", Statement(text="Waiting on Legal: the test cannot start; Priya Nair escalates.", rag=AMBER)),
    ("trouble-incomplete", Statement(text="Go-live moves 4 working days; approval is needed by 24 Nov.", rag=AMBER, owner="Priya Nair")),
    ("figure-without-comparison", Statement(text="Migration is 90 % complete.", evidence=REF)),
    ("figure-without-comparison", Statement(text="Booked are 410,000 EUR. [3]")),
    ("figure-without-source", Statement(text="Done are 52 % against 58 % planned.")),
    ("figure-without-source", Statement(text="Forecast cost is 1,575,000 EUR, 34,500 EUR over the budget.")),
    ("blame", Statement(text="Northgate failed to send the prices due on 18 Nov.")),
    ("blame", Statement(text="Legal refuses to sign the terms.")),
)  # fmt: skip

GOOD: tuple[Statement, ...] = (
    Statement(text="Go-live is forecast for 12 Mar 2027, 4 working days after the baseline."),
    Statement(text="Penetration-test terms wait on Legal since 3 Nov; without approval by 24 Nov the security test moves one working day a day. Priya Nair asks the sponsor to escalate.", rag=RED),
    Statement(text="API contract moves from 20 to 30 Nov because two endpoints are not priced; Jonas Weber needs the prices from Northgate by 27 Nov.", rag=AMBER),
    Statement(text="UAT start moves 4 working days because it follows the security test; no action needed.", rag=AMBER, owner="Marta Kowalska", due=date(2027, 1, 15)),
    Statement(text="Migration is 90 % complete, unchanged since 6 Nov.", evidence=REF),
    Statement(text="Done are 52 % against 58 % planned. [8]"),
    Statement(text="SPI(t) is 0.89, down from 0.92. [8, 9]"),
    Statement(text="Forecast cost is 1,575,000 EUR, 34,500 EUR over the budget.", evidence=REF),
    Statement(text="Rehearsal 2 is on track for 4 Dec, 7 working days of float left."),
    Statement(text="Interfaces: 14 of 17 done, 3 due by 4 Dec."),
    Statement(text="No delay: UAT starts on 11 Jan as in the baseline."),
    Statement(text="The cut-over calendar was agreed on 19 Nov."),
    Statement(text="Sofia Marchetti orders 40 licences by 25 Nov."),
    Statement(text="The steering committee decided on 19 Nov to hold two rehearsals."),
    Statement(text="Two defects of priority 1 are open, one fewer than on 13 Nov."),
    Statement(text="Tomás Ribeiro re-runs the reconciliation by 27 Nov."),
    Statement(text="Testing is 3 working days behind the plan; float is 14 working days."),
    Statement(text="The vendor call is on 1 Dec."),
    Statement(text="CR-14 adds 3 working days to UAT and waits for the decision on 25 Nov."),
    Statement(text="Booked are 864,000 EUR of 1,540,000 EUR budgeted. [13]"),
    Statement(text="CPI is 0.98, in October it was 0.97. [13]"),
    Statement(text="Nothing moved since 13 Nov because the test tenant was closed until 19 Nov."),
    Statement(text="The risk of losing the migration developer rose from 12 to 16 of 25."),
    Statement(text="Marta Kowalska booked the UAT rooms in Porto on 18 Nov."),
    Statement(text="23 tasks hang on the penetration-test terms."),
    Statement(text="Float to go-live fell from 4 to 0 working days."),
    Statement(text="The bank certificate is ordered; it arrives on 4 Dec."),
    Statement(text="Training: 112 of 140 users trained, planned 105."),
    Statement(text="The API contract is re-forecast for the third time in 5 weeks."),
    Statement(text="Priya Nair sends the revised scope to Legal on 23 Nov."),
    Statement(text="Six endpoints passed the contract test on 17 Nov."),
    Statement(text="The ledger of October closed on 16 Nov."),
    Statement(text="Finance approved the customs design on 12 Nov."),
    Statement(text="Performance test: 900 orders an hour, 800 required."),
    Statement(text="One action has no owner: name a stand-in for contract questions."),
    Statement(text="Licences are 4,000 EUR under the budget. [38]"),
    Statement(text="The hosting contract ends on 31 Mar 2027."),
    Statement(text="Northgate has not priced two endpoints since 28 Oct; A. Lindqvist answers by 27 Nov."),
    Statement(text="Open defects fell from 48 to 31 in the week to 20 Nov."),
    Statement(text="H. Brandt approves the terms by 24 Nov, or the security test moves to 17 Dec."),
    Statement(text="Data quality: 1.2 % of vendors lack a tax number, target 0.5 %.", evidence=REF),
    Statement(text="Roll-back was rehearsed on 14 Nov in 3 hours, 4 hours allowed."),
    Statement(text="The change board meets on 25 Nov with 2 requests."),
    Statement(text="Interface to payroll: the vendor delivered on 18 Nov, 2 days before the plan."),
    Statement(text="Two rehearsals instead of three save 5 working days in January."),
    Statement(text="The milestone slipped 6 working days, from 20 to 30 Nov."),
    Statement(text="Security test waits on Legal, H. Brandt, since 3 Nov.", rag=GREEN),
    Statement(text="The second developer starts on 30 Nov."),
    Statement(text="Master data of Spain was loaded on 17 Nov: 12,400 records, 31 rejected."),
    Statement(text="Ingrid Solberg decides on the escalation by 24 Nov."),
)  # fmt: skip


def test_corpus_holds_fifty_of_each_when_counted():
    assert len(BAD) >= 50
    assert len(GOOD) == 50
    assert {rule for rule, _ in BAD} == {rule.name for rule in RULES}


@pytest.mark.parametrize(("rule", "statement"), BAD, ids=[f"{rule}-{n}" for n, (rule, _) in enumerate(BAD)])
def test_lint_names_rule_when_sentence_is_bad(rule, statement):
    assert rule in [finding.rule for finding in lint([statement])]


@pytest.mark.parametrize("statement", GOOD, ids=lambda statement: statement.text[:40])
def test_lint_is_silent_when_sentence_is_good(statement):
    assert [(finding.rule, finding.text) for finding in lint([statement])] == []


def test_lint_says_question_words_and_remedy_when_doubtful():
    (finding,) = lint([Statement(text="Prices come soon.", subject="API contract", evidence=REF)])

    assert finding.text == "When exactly? “soon”: name the day."
    assert (finding.subject, finding.evidence) == ("API contract", REF)


def test_lint_lists_only_what_is_missing_when_trouble_is_half_told():
    (finding,) = lint(
        [Statement(text="UAT moves 4 working days because the terms are missing.", rag=RED, owner="P. Nair")]
    )

    assert finding.text.endswith("add the date, the ask.")


def test_lint_is_silent_when_statement_comes_from_weekly_status():
    document = WeeklyStatus().build(meridian_status())

    assert [(finding.rule, finding.subject) for finding in lint(statements_of(document))] == []
