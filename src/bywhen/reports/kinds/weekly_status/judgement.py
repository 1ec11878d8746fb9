"""Declared and derived status side by side, the key figures, the reasons."""

from __future__ import annotations

from bywhen.kernel.document import (
    Badge,
    Badges,
    Block,
    Cell,
    Column,
    Heading,
    KeyFigure,
    KeyFigures,
    Row,
    Sentence,
    Table,
)
from bywhen.kernel.evidence import EvidenceRef
from bywhen.kernel.status import MilestoneFact, MoneyFact, Progress, RagReason, StatusFacts
from bywhen.kernel.wording import day_short, index, money_short, plain_number, signed
from bywhen.reports.kinds.weekly_status.headline import finish_milestone

_SHOWN_REASONS = 4


def status(facts: StatusFacts) -> list[Block]:
    """The two judgements with the gravest reasons, then the key figures."""
    blocks: list[Block] = []
    badges = _badges(facts)
    if badges:
        blocks += [Heading("Status"), Badges(tuple(badges), (*_disagreement(facts), *_gravest(facts)))]
    figures = [*_progress_figures(facts), *_finish_figure(facts), *_money_figure(facts)]
    if figures:
        blocks.append(KeyFigures(tuple(figures)))
    return blocks


def _badges(facts: StatusFacts) -> list[Badge]:
    badges = []
    if facts.declared:
        said = f"by {facts.declared.by}" + (f": “{facts.declared.text}”" if facts.declared.text else "")
        badges.append(Badge("Declared", facts.declared.rag, facts.declared.evidence, said))
    if facts.derived and facts.derived.reasons:
        deciding = [reason for reason in facts.derived.reasons if reason.rag is facts.derived.rag]
        said = "from the facts: " + (f"{len(deciding)} reasons" if len(deciding) != 1 else "1 reason")
        badges.append(Badge("Derived", facts.derived.rag, _together(deciding), said))
    return badges


def _disagreement(facts: StatusFacts) -> list[Sentence]:
    declared, derived = facts.declared, facts.derived
    if declared is None or derived is None or declared.rag.gravity >= derived.rag.gravity:
        return []
    alarms = [reason for reason in derived.reasons if reason.rag is derived.rag]
    text = f"Declared {declared.rag.value}, but the facts say {derived.rag.value}:"
    return [Sentence(text, (*declared.evidence, *_together(alarms[:1])), strong=True)]


def _together(reasons: list[RagReason]) -> tuple[EvidenceRef, ...]:
    return tuple(dict.fromkeys(ref for reason in reasons for ref in reason.evidence))


def _gravest(facts: StatusFacts) -> tuple[Sentence, ...]:
    if facts.derived is None:
        return ()
    return tuple(Sentence(reason.text, reason.evidence) for reason in facts.derived.reasons[:_SHOWN_REASONS])


def all_reasons(facts: StatusFacts) -> list[Block]:
    """Every reason of the derived status, where the page's top could not hold them all."""
    if facts.derived is None or len(facts.derived.reasons) <= _SHOWN_REASONS:
        return []
    rows = [
        Row((Cell(reason.text, rag=reason.rag), Cell(reason.rule.replace("-", " "))), reason.evidence)
        for reason in facts.derived.reasons
    ]
    columns = (Column("Reason", 5), Column("Rule", 1.5))
    caption = f"All {len(rows)} reasons of the derived status, gravest first"
    return [Heading("Why the derived status is " + facts.derived.rag.value), Table(caption, columns, tuple(rows))]


def _since(facts: StatusFacts) -> str:
    return f"since {day_short(facts.previous_as_of, facts.as_of)}" if facts.previous_as_of else "since the last report"


def _progress_figures(facts: StatusFacts) -> list[KeyFigure]:
    progress = facts.progress
    if progress is None:
        return []
    behind = progress.actual_percent - progress.planned_percent
    against = f"{signed(behind)} points against {plain_number(progress.planned_percent)} % planned"
    figures = [
        KeyFigure("Done", plain_number(progress.actual_percent), "%", against, progress.as_of, progress.evidence)
    ]
    return [*figures, *_index_figure(facts, progress), *_float_figure(facts, progress)]


def _index_figure(facts: StatusFacts, progress: Progress) -> list[KeyFigure]:
    if progress.spi_t is None:
        return []
    delta = "planned 1.00"
    if progress.previous_spi_t is not None:
        delta = f"{signed(progress.spi_t - progress.previous_spi_t, 2)} {_since(facts)}, planned 1.00"
    return [KeyFigure("Pace, SPI(t)", index(progress.spi_t), "", delta, progress.as_of, progress.evidence)]


def _float_figure(facts: StatusFacts, progress: Progress) -> list[KeyFigure]:
    if progress.float_days is None:
        return []
    delta = "on the way to the finish"
    if progress.previous_float_days is not None:
        delta = f"{signed(progress.float_days - progress.previous_float_days)} {_since(facts)}"
    value = plain_number(progress.float_days)
    return [KeyFigure("Float left", value, "days", delta, progress.as_of, progress.evidence)]


def _finish_figure(facts: StatusFacts) -> list[KeyFigure]:
    item: MilestoneFact | None = finish_milestone(facts)
    if item is None:
        return []
    parts = []
    if item.late_days is not None:
        parts.append(f"{signed(item.late_days)} days to baseline")
    if item.moved_days is not None:
        parts.append(f"{signed(item.moved_days)} {_since(facts)}")
    value, year = day_short(item.forecast, item.forecast), str(item.forecast.year)
    return [KeyFigure(item.name, value, year, ", ".join(parts) or "no baseline", item.as_of, item.evidence)]


def _money_figure(facts: StatusFacts) -> list[KeyFigure]:
    totals: list[MoneyFact] = [item for item in facts.money if item.total]
    if not totals:
        return []
    item = totals[0]
    label = "Forecast cost" if item.forecast else "Booked"
    delta = f"{money_short(-item.remaining, sign=True)} to budget"
    value, unit = money_short(item.forecast or item.actual).split(" ", 1)
    return [KeyFigure(label, value, unit, delta, item.as_of, item.evidence)]
