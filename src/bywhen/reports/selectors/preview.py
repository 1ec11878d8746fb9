"""The status of a day as it would be written now, beside what was written; nothing is kept.

What does not live here: writing and approving (``services``), judging the words (``lint``).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.core.serializers.json import DjangoJSONEncoder

from bywhen.kernel.document import Document
from bywhen.kernel.findings import Finding
from bywhen.kernel.status import StatusFacts
from bywhen.reports.lint.linter import lint, statements_of
from bywhen.reports.lint.statement import Statement
from bywhen.reports.selectors.catalogue import WEEKLY
from bywhen.reports.selectors.status import report_get, status_facts

if TYPE_CHECKING:
    from bywhen.record.models import Project
    from bywhen.reports.models import StatusReport


@dataclass(frozen=True, slots=True)
class Preview:
    """A day's status: its facts, what it says, what the linter asks, and the report that is kept for the day (None
    before one was written). ``current`` tells whether that report says the same facts.
    """

    facts: StatusFacts
    document: Document
    doubts: tuple[Finding, ...]
    report: StatusReport | None
    current: bool


def status_preview(project: Project, today: date) -> Preview:
    """The status of ``project`` on a day from the facts as they are now."""
    facts = status_facts(project, today)
    document = WEEKLY.build(facts)
    report = report_get(project, today)
    doubts = lint((*_declared(facts), *statements_of(document)))
    return Preview(facts, document, doubts, report, report is not None and report.digest == facts_digest(facts))


def facts_digest(facts: StatusFacts) -> str:
    """A hash that differs when anything the facts say differs."""
    text = json.dumps(asdict(facts), cls=DjangoJSONEncoder, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _declared(facts: StatusFacts) -> list[Statement]:
    """The words that somebody wrote, each with what was said of the same before."""
    before = {item.area: item.text for item in facts.declared_before}
    said = [item for item in (facts.declared, *facts.pulse) if item is not None and item.text.strip()]
    return [
        Statement(
            text=item.text,
            subject=f"Declared by {item.by}" if item.by else "Declared",
            rag=item.rag,
            previous=before.get(item.area, ""),
            evidence=item.evidence,
        )
        for item in said
    ]
