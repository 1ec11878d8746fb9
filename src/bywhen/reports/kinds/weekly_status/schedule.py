"""The sections that come from the plan: milestones with their trend, blockers, what changed, what comes next."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bywhen.kernel.document import (
    Align,
    Block,
    Bullets,
    Cell,
    Column,
    Heading,
    Row,
    Sentence,
    Table,
    Trend,
    TrendLine,
)
from bywhen.kernel.status import BlockerFact, MilestoneFact, Rag, StatusFacts
from bywhen.kernel.wording import counted, day_long, day_short, plain_number, signed

_RIGHT = Align.RIGHT


def milestones(facts: StatusFacts) -> list[Block]:
    """Each milestone with baseline, forecast, both differences and float; then how the forecasts moved."""
    if not facts.milestones:
        return []
    columns = (
        Column("Milestone", 3.6),
        Column("Baseline", 1.5),
        Column("Forecast", 1.5),
        Column("To baseline", 1.35, _RIGHT),
        Column("Since last", 1.05, _RIGHT),
        Column("Float", 0.8, _RIGHT),
    )
    shown = [item for item in facts.milestones if not _done_before(item, facts)]
    rows = tuple(_milestone_row(item) for item in sorted(shown, key=lambda item: item.forecast))
    caption = "Milestones, differences in working days"
    left_out = len(facts.milestones) - len(shown)
    if left_out:
        caption += f"; {left_out} that {'was' if left_out == 1 else 'were'} done before are left out"
    blocks: list[Block] = [Heading("Milestones"), Table(caption, columns, rows)]
    moved = [item for item in shown if item.moves and len(item.trend) > 1]
    if moved:
        moved.sort(key=lambda item: item.forecast)
        moves = sum(item.moves for item in moved)
        reports = max(len(item.trend) for item in moved)
        caption = f"Forecasts over {reports} reports: {counted(moves, 'move')} to a later date"
        blocks.append(Trend(caption, tuple(_trend_line(item) for item in moved)))
    return blocks


def _done_before(item: MilestoneFact, facts: StatusFacts) -> bool:
    """Done before the last report: the reader knows. Whatever is left of the table is worth a line."""
    since = facts.previous_as_of
    return item.done_on is not None and since is not None and item.done_on < since


def _milestone_row(item: MilestoneFact) -> Row:
    notes = [item.owner, "done" if item.done_on else "this day has passed" if item.passed else item.cause]
    return Row(
        (
            Cell(item.name, note=": ".join(note for note in notes if note), rag=milestone_rag(item), strong=True),
            Cell(day_short(item.baseline) if item.baseline else "none"),
            Cell(day_short(item.done_on or item.forecast), strong=True),
            Cell(_difference(item.late_days)),
            Cell(_difference(item.moved_days)),
            Cell(_float(item.float_days)),
        ),
        item.evidence,
    )


def milestone_rag(item: MilestoneFact) -> Rag:
    """The mark of one milestone: red when its day has passed or it is late without float, amber when late or moving,
    grey without a baseline.
    """
    if item.done_on is not None:
        return Rag.GREEN
    if item.passed:
        return Rag.RED
    if item.late_days is None:
        return Rag.GREY
    if item.late_days <= 0:
        return Rag.GREEN
    no_float = item.float_days is not None and item.float_days <= 0
    return Rag.RED if no_float or item.moves > 2 else Rag.AMBER


def _trend_line(item: MilestoneFact) -> TrendLine:
    points = tuple((point.on, point.forecast) for point in item.trend)
    return TrendLine(item.name, item.baseline, points, item.evidence)


def _difference(days: int | None) -> str:
    return "unknown" if days is None else signed(days)


def _float(days: Decimal | None) -> str:
    return "unknown" if days is None else plain_number(days)


def blockers(facts: StatusFacts) -> list[Block]:
    """Blockers, the one that becomes a miss first on top."""
    if not facts.blockers:
        return []
    columns = (
        Column("Blocker", 4),
        Column("Owner", 1.5),
        Column("Age", 0.7, _RIGHT),
        Column("Holds up", 1.1, _RIGHT),
        Column("Float", 0.7, _RIGHT),
        Column("Becomes a miss", 1.9),
    )
    rows = tuple(_blocker_row(item, facts.as_of) for item in sorted(facts.blockers, key=_urgency))
    caption = "Blockers by urgency: age and float in working days, tasks held up"
    return [Heading("Blockers"), Table(caption, columns, rows)]


def _urgency(item: BlockerFact) -> tuple[date, Decimal, int]:
    float_days = item.float_days if item.float_days is not None else Decimal(10_000)
    return item.becomes_miss_on or date.max, float_days, -item.age_days


def _blocker_row(item: BlockerFact, as_of: date) -> Row:
    waiting = f"Waiting on {item.waiting_on}." if item.waiting_on else "Nobody is named who must move."
    step = f"{item.next_step.rstrip('.')}." if item.next_step else ""
    miss = day_long(item.becomes_miss_on, as_of) if item.becomes_miss_on else "unknown"
    if item.becomes_miss_on and item.becomes_miss_on < as_of:
        miss = f"since {day_short(item.becomes_miss_on, as_of)}"
    return Row(
        (
            Cell(item.title, note=f"{waiting} {step}".strip(), rag=_blocker_rag(item), strong=True),
            Cell(item.owner or "No owner", rag=None if item.owner else Rag.RED),
            Cell(str(item.age_days)),
            Cell("unknown" if item.downstream is None else counted(item.downstream, "task")),
            Cell(_float(item.float_days), strong=item.critical),
            Cell(miss, note=item.milestone, strong=item.critical),
        ),
        item.evidence,
    )


def _blocker_rag(item: BlockerFact) -> Rag:
    if item.float_days is None and not item.critical:
        return Rag.GREY
    return Rag.RED if item.critical else Rag.AMBER


def movements(facts: StatusFacts) -> list[Block]:
    """What changed since the report before."""
    if not facts.movements:
        return []
    since = f" since {day_short(facts.previous_as_of, facts.as_of)}" if facts.previous_as_of else ""
    items = tuple(Sentence(f"{item.text.rstrip('.')}.", item.evidence) for item in facts.movements)
    return [Heading(f"What changed{since}"), Bullets(items)]


def lookahead(facts: StatusFacts) -> list[Block]:
    """What comes next, in order of time."""
    if not facts.lookahead:
        return []
    rows = tuple(
        Row(
            (
                Cell(day_long(item.on, facts.as_of), strong=True),
                Cell(item.text, note=item.kind),
                Cell(item.owner or "No owner"),
            ),
            item.evidence,
        )
        for item in sorted(facts.lookahead, key=lambda item: item.on)
    )
    columns = (Column("Day", 1.6), Column("What", 4.4), Column("Owner", 1.8))
    return [Heading("What comes next"), Table("What comes next, by day", columns, rows, headed=True)]
