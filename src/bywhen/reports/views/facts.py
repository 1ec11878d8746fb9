"""Facts and findings as rows of the studio.

What does not live here: gathering and judging the facts (``selectors``, ``engine/rag``), the linter (``lint``).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from bywhen.kernel.evidence import EvidenceRef
from bywhen.kernel.findings import Finding
from bywhen.kernel.status import DeclaredStatus, MilestoneFact, StatusFacts
from bywhen.kernel.wording import day_short, index, plain_number

_HASH_LETTERS = 64


def evidence_url(refs: Sequence[EvidenceRef]) -> str:
    """Where the first kept source among ``refs`` shows its place; '' when none is a kept source."""
    for ref in refs:
        if len(ref.source) == _HASH_LETTERS:
            try:
                return f"{reverse('record:evidence', args=[ref.source])}?{urlencode({'place': ref.place})}"
            except NoReverseMatch:
                return ""
    return ""


def verdict_rows(facts: StatusFacts) -> list[dict[str, Any]]:
    """Declared, what the others say, and derived, each with its reasons."""
    rows = [_declared(facts.declared, "Declared")] if facts.declared else []
    rows += [_declared(item, item.area or "Said by the team") for item in facts.pulse]
    if facts.derived:
        reasons = [
            {"text": each.text, "rag": each.rag.value, "url": evidence_url(each.evidence)}
            for each in facts.derived.reasons
        ]
        rows.append(
            {"title": "Derived", "rag": facts.derived.rag.value, "by": "from the facts", "text": "", "reasons": reasons}
        )
    return rows


def _declared(item: DeclaredStatus, title: str) -> dict[str, Any]:
    by = f"{item.by}, {day_short(item.as_of)}" if item.by else day_short(item.as_of)
    return {
        "title": title,
        "rag": item.rag.value,
        "by": by,
        "text": item.text,
        "url": evidence_url(item.evidence),
        "reasons": [],
    }


def changed_rows(facts: StatusFacts) -> list[dict[str, Any]]:
    """Figures and milestones that are not what the report before said."""
    return [*_figures(facts), *(_milestone(item) for item in facts.milestones if item.moved_days)]


def _figures(facts: StatusFacts) -> list[dict[str, Any]]:
    progress = facts.progress
    if progress is None:
        return []
    url = evidence_url(progress.evidence)
    rows = [
        ("Done", progress.previous_actual_percent, progress.actual_percent, " %", "points"),
        ("Pace, SPI(t)", progress.previous_spi_t, progress.spi_t, "", ""),
        ("Float left", progress.previous_float_days, progress.float_days, " d", "d"),
    ]
    return [
        {"text": name, "before": _figure(before, unit), "after": _figure(after, unit), "url": url}
        # Of these three more is better, unlike a delay: the row says which way is good.
        | {"better": after > before, "delta": f"{_signed(after - before, unit)} {word}".strip()}
        for name, before, after, unit, word in rows
        if before is not None and after is not None and before != after
    ]


def _figure(value: Decimal, unit: str) -> str:
    return f"{plain_number(value) if unit else index(value)}{unit}"


def _signed(value: Decimal, unit: str) -> str:
    text = plain_number(value, 1 if unit else 2)
    return text if value < 0 else f"+{text}"


def _milestone(item: MilestoneFact) -> dict[str, Any]:
    moved = item.moved_days or 0
    return {
        "text": item.name,
        "before": day_short(item.previous, item.forecast) if item.previous else "",
        "after": day_short(item.forecast, item.as_of),
        "delta": f"{_signed(Decimal(moved), 'd')} d",
        "better": moved < 0,
        "url": evidence_url(item.evidence),
    }


def movement_rows(facts: StatusFacts) -> list[dict[str, str]]:
    """What opened, closed and was decided since, one sentence each."""
    return [{"text": item.text, "url": evidence_url(item.evidence)} for item in facts.movements]


def lint_rows(doubts: Sequence[Finding]) -> list[dict[str, str]]:
    """The linter's findings: the question a reader would ask, the words in question, what would answer it."""
    rows = []
    for doubt in doubts:
        question, mark, rest = doubt.text.partition("? ")
        words, found, remedy = rest.partition("”: ")
        rows.append(
            {
                "question": f"{question}{mark}".strip(),
                "words": words.lstrip("“") if found else "",
                "remedy": remedy if found else rest,
                "place": doubt.subject,
                "url": evidence_url(doubt.evidence),
            }
        )
    return rows
