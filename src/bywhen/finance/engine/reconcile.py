"""What an import of money read, kept and left out, by currency. Pure; floats never enter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from bywhen.kernel.counts import Counts
from bywhen.kernel.findings import Finding
from bywhen.kernel.money import Money

PLACES = 4
"""Decimal places that are stored; an amount with more is refused, never rounded."""
_LARGEST = Decimal(10) ** 16


@dataclass(frozen=True, slots=True)
class MoneyIntake:
    """What one import of money did.

    ``read`` is the sum of all rows, ``kept`` of those in the record now, ``left_out`` of the skipped ones; one
    :class:`Money` per currency in alphabetical order, and read = kept + left out in each.
    """

    counts: Counts
    findings: tuple[Finding, ...]
    read: tuple[Money, ...]
    kept: tuple[Money, ...]
    left_out: tuple[Money, ...]


@dataclass(slots=True)
class Tally:
    """An import of money while it runs: each row is either kept, with its outcome, or left out, with its reason."""

    counts: Counts = field(default_factory=Counts)
    findings: list[Finding] = field(default_factory=list)
    _kept: list[Money] = field(default_factory=list)
    _left_out: list[Money] = field(default_factory=list)

    def keep(self, outcome: str, money: Money) -> None:
        """One row that is in the record now; ``outcome`` is created, updated or unchanged."""
        setattr(self.counts, outcome, getattr(self.counts, outcome) + 1)
        self._kept.append(money)

    def leave_out(self, place: str, reason: str, money: Money) -> None:
        """One row that is not; what is no amount counts in no total."""
        self.counts.skip(place, reason)
        if money.amount.is_finite():
            self._left_out.append(money)

    def result(self) -> MoneyIntake:
        """The finished account."""
        read = totals([*self._kept, *self._left_out])
        return MoneyIntake(self.counts, tuple(self.findings), read, totals(self._kept), totals(self._left_out))


def totals(amounts: Iterable[Money]) -> tuple[Money, ...]:
    """One sum per currency, by currency code.

    >>> [str(m) for m in totals([Money(Decimal(2), "USD"), Money(Decimal(1), "EUR"), Money(Decimal(3), "USD")])]
    ['1 EUR', '5 USD']
    """
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for money in amounts:
        sums[money.currency] += money.amount
    return tuple(Money(amount, currency) for currency, amount in sorted(sums.items()))


def amount_problem(amount: Decimal, currency: str) -> str:
    """Why an amount cannot be kept exactly; '' when it can.

    >>> amount_problem(Decimal("10.50"), "EUR"), amount_problem(Decimal("1.23456"), "EUR")
    ('', '1.23456 has more than 4 decimal places')
    """
    if not amount.is_finite():
        return f"{amount} is no amount"
    if abs(amount) >= _LARGEST:
        return f"{amount} is too large"
    if amount != round(amount, PLACES):
        return f"{amount} has more than {PLACES} decimal places"
    if len(currency) != 3:
        return f"'{currency}' is no three-letter currency code" if currency else "no currency, and the project has none"
    return ""
