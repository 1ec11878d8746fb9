"""The linter of status reports: would a reader have to ask back?

Each finding names the question that a reader would ask and what would answer it. What does not live here: the rules
(``rules/``), gathering the statements of a draft (``services``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bywhen.kernel.document import Bullets, Callout, Document, Paragraph
from bywhen.kernel.findings import Finding, Severity
from bywhen.reports.lint.registry import RULES
from bywhen.reports.lint.statement import LintRule, Statement


def lint(statements: Iterable[Statement], rules: Sequence[LintRule] = RULES) -> tuple[Finding, ...]:
    """Ask every rule about every statement.

    Returns:
        One warning for each doubt, in the order of the statements, then of the rules; ``subject`` is the statement's,
        or its text where it has none.

    >>> [finding.rule for finding in lint([Statement(text="On track.")])]
    ['on-track-without-figure']
    """
    return tuple(
        Finding(
            rule=rule.name,
            severity=Severity.WARNING,
            text=f"{rule.question} {f'“{doubt.words}”: ' if doubt.words else ''}{doubt.remedy}",
            subject=statement.subject or statement.text,
            evidence=statement.evidence,
        )
        for statement in statements
        for rule in rules
        for doubt in rule.doubts(statement)
    )


def statements_of(document: Document) -> tuple[Statement, ...]:
    """The sentences of a document as statements, with their evidence; tables and figures carry their own."""
    found = []
    for block in document.blocks:
        match block:
            case Paragraph(sentences) | Callout(sentences=sentences) | Bullets(sentences):
                found += [Statement(text=item.text, evidence=item.evidence) for item in sentences]
            case _:
                continue
    return tuple(found)
