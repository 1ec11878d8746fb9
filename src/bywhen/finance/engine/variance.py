"""Budget against actuals by category and month, run-rate forecast and the day of overrun. Pure; decimals only.

Lengths of time are calendar days, because money is spent by the calendar; a month's budget counts as due day by day.
Currencies are never mixed: a category with two currencies makes two rows.

What does not live here: earned value (it needs progress), commitments, exchange rates.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from itertools import accumulate

from bywhen.kernel.evidence import EvidenceRef

_CENT = Decimal("0.01")
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Approved:
    """A budget amount. ``period`` is a day of the month it is for, None for the whole project."""

    category: str
    amount: Decimal
    currency: str
    period: date | None
    evidence: EvidenceRef


@dataclass(frozen=True, slots=True)
class Booked:
    """An actual amount; credits are negative."""

    category: str
    amount: Decimal
    currency: str
    booked_on: date
    evidence: EvidenceRef


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How many per cent over the plan to date, or over the whole budget, a category may run or be forecast."""

    ahead_percent: Decimal = Decimal(10)
    forecast_percent: Decimal = Decimal(0)


class SpendState(StrEnum):
    """How a category stands, worst first."""

    OVER = "over"
    UNBUDGETED = "unbudgeted"
    TRENDING_OVER = "trending over"
    AHEAD = "ahead of plan"
    WITHIN = "within"


@dataclass(frozen=True, slots=True)
class PeriodVariance:
    """One month: approved less booked; negative is overspent. ``month`` is its first day."""

    month: date
    budget: Decimal
    actual: Decimal

    @property
    def variance(self) -> Decimal:
        return self.budget - self.actual


@dataclass(frozen=True, slots=True)
class CategoryVariance:
    """One category in one currency on one day.

    ``planned`` is the budget due by the day (None without months), ``variance`` is budget less actual, ``daily_rate``
    the actuals per calendar day so far, ``forecast`` the actual plus that rate to the end; ``overrun_on`` is the day
    on which the budget was or will be used up, None when it lasts. Quotients are rounded half up to two places.
    """

    category: str
    currency: str
    budget: Decimal
    planned: Decimal | None
    actual: Decimal
    variance: Decimal
    used_percent: Decimal | None
    daily_rate: Decimal | None
    forecast: Decimal | None
    overrun_on: date | None
    state: SpendState
    reason: str
    periods: tuple[PeriodVariance, ...]
    evidence: tuple[EvidenceRef, ...]


def category_variances(
    approved: Sequence[Approved],
    booked: Sequence[Booked],
    *,
    as_of: date,
    finish: date | None = None,
    thresholds: Thresholds | None = None,
) -> tuple[CategoryVariance, ...]:
    """One row per category and currency, worst state first, then by name. Bookings after ``as_of`` are left out.

    ``finish`` is the day on which spending ends; without it, the end of the last budgeted month. Names of categories
    are compared case folded. Source of the run rate: PMI, Practice Standard for Earned Value Management, estimate at
    completion from past performance, with spend per day as the performance.

    >>> seen = EvidenceRef("budget.xlsx", "row 2")
    >>> rows = category_variances(
    ...     [Approved("Cloud", Decimal(3650), "EUR", None, seen)],
    ...     [Booked("cloud", Decimal(2000), "EUR", date(2026, 1, 1), seen)],
    ...     as_of=date(2026, 4, 10), finish=date(2026, 12, 31))
    >>> rows[0].forecast, rows[0].overrun_on, rows[0].state.value
    (Decimal('7300.00'), datetime.date(2026, 7, 2), 'trending over')
    """
    budgets, actuals = (
        defaultdict[tuple[str, str], list[Approved]](list),
        defaultdict[tuple[str, str], list[Booked]](list),
    )
    for budget in approved:
        budgets[budget.category.strip().casefold(), budget.currency].append(budget)
    for actual in booked:
        if actual.booked_on <= as_of:
            actuals[actual.category.strip().casefold(), actual.currency].append(actual)
    limits, order = thresholds or Thresholds(), list(SpendState)
    rows = [
        _category(budgets[group], actuals[group], as_of, finish or _last_day(budgets[group]), limits)
        for group in sorted({*budgets, *actuals})
    ]
    return tuple(sorted(rows, key=lambda row: (order.index(row.state), row.category.casefold(), row.currency)))


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def _category(
    budgets: list[Approved], actuals: list[Booked], as_of: date, finish: date | None, limits: Thresholds
) -> CategoryVariance:
    rows: list[Approved | Booked] = [*budgets, *actuals]
    first = rows[0]
    budget = sum((line.amount for line in budgets), _ZERO)
    actual = sum((line.amount for line in actuals), _ZERO)
    planned = _planned(budgets, as_of)
    begin = _first_day(budgets, actuals)
    elapsed = _days(begin, as_of) if begin is not None and begin <= as_of else None
    left = None if finish is None else max(0, (finish - as_of).days)
    forecast = None if elapsed is None or left is None else _rounded(actual + actual * left / elapsed)
    overrun = _overrun(actuals, budget, as_of, left, elapsed) if budgets else None
    state, reason = _state(budget if budgets else None, actual, planned, forecast, limits)
    return CategoryVariance(
        category=first.category.strip(),
        currency=first.currency,
        budget=budget,
        planned=planned,
        actual=actual,
        variance=budget - actual,
        used_percent=_rounded(actual * 100 / budget) if budget else None,
        daily_rate=None if elapsed is None else _rounded(actual / elapsed),
        forecast=forecast,
        overrun_on=overrun,
        state=state,
        reason=reason,
        periods=_periods(budgets, actuals),
        evidence=tuple(dict.fromkeys(row.evidence for row in rows)),
    )


def _state(
    budget: Decimal | None, actual: Decimal, planned: Decimal | None, forecast: Decimal | None, limits: Thresholds
) -> tuple[SpendState, str]:
    if budget is None:
        return SpendState.UNBUDGETED, "money was booked, but nothing is approved"
    if actual > budget:
        return SpendState.OVER, f"{actual - budget:,.2f} more was booked than approved"
    if forecast is not None and forecast > budget * (1 + limits.forecast_percent / 100):
        return SpendState.TRENDING_OVER, f"at the present rate it ends {forecast - budget:,.2f} over the budget"
    if planned is not None and actual > planned * (1 + limits.ahead_percent / 100):
        return SpendState.AHEAD, f"{actual - planned:,.2f} more was booked than planned by now"
    return SpendState.WITHIN, "spending is within the budget"


def _overrun(actuals: list[Booked], budget: Decimal, as_of: date, left: int | None, elapsed: int | None) -> date | None:
    """The day of the booking that went over, else the first day on which the present rate does, when that comes before
    the end. Multiplied before divided, so that no rounding moves the day.
    """
    bookings = sorted(actuals, key=lambda line: line.booked_on)
    sums = list(accumulate(line.amount for line in bookings))
    used = sums[-1] if sums else _ZERO
    if used > budget:
        return next(line.booked_on for line, total in zip(bookings, sums, strict=True) if total > budget)
    if left is None or elapsed is None or used <= 0:
        return None
    days = int((budget - used) * elapsed / used) + 1
    return as_of + timedelta(days=days) if days <= left else None


def _planned(budgets: list[Approved], as_of: date) -> Decimal | None:
    """The budget due by the end of ``as_of``: whole months past, the present month by its days.

    None when any part has no month.
    """
    total = _ZERO
    for line in budgets:
        if line.period is None:
            return None
        month = month_of(line.period)
        length = _days(month, _month_end(month))
        total += line.amount * min(max(_days(month, as_of), 0), length) / length
    return _rounded(total) if budgets else None


def _periods(budgets: list[Approved], actuals: list[Booked]) -> tuple[PeriodVariance, ...]:
    if not any(line.period for line in budgets):
        return ()
    approved, booked = defaultdict[date, Decimal](Decimal), defaultdict[date, Decimal](Decimal)
    for line in budgets:
        if line.period is not None:
            approved[month_of(line.period)] += line.amount
    for entry in actuals:
        booked[month_of(entry.booked_on)] += entry.amount
    return tuple(PeriodVariance(month, approved[month], booked[month]) for month in sorted({*approved, *booked}))


def _first_day(budgets: list[Approved], actuals: list[Booked]) -> date | None:
    return min((*(month_of(b.period) for b in budgets if b.period), *(a.booked_on for a in actuals)), default=None)


def _last_day(budgets: list[Approved]) -> date | None:
    months = [month_of(line.period) for line in budgets if line.period is not None]
    return _month_end(max(months)) if months else None


def _month_end(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _days(first: date, last: date) -> int:
    return (last - first).days + 1


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(_CENT, ROUND_HALF_UP)
