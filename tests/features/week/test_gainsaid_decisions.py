"""A decision that gainsays an earlier one becomes a finding, until one of them gives way."""

from __future__ import annotations

from datetime import date

import pytest

from bywhen.meetings.services.decisions import decision_keep, decision_supersede
from bywhen.record.services.sources import quote_keep
from bywhen.week.services.noticing import _gainsaid
from factories import rows

pytestmark = pytest.mark.django_db


def test_contradiction_is_found_with_both_quotes_until_superseded(db):
    project = rows.project()
    source = rows.source("notes.md", b"x", "transcript", project)
    made = []
    for number, text in enumerate(("Bring forward the finance go-live", "Postpone the finance go-live"), 1):
        quote = quote_keep(source=source, place=f"line {number}", text=text, within=text)
        made.append(
            decision_keep(
                key=f"k{number}",
                project=project,
                text=text,
                decided_by="Dana",
                decided_on=date(2026, 11, number),
                evidence=[quote],
            )[0]
        )
    (finding,) = _gainsaid(project)
    decision_supersede(decision=made[0], by=made[1])

    assert (finding.rule, len(finding.evidence)) == ("contradiction", 2)
    assert _gainsaid(project) == []
