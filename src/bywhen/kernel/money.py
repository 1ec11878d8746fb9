"""Money: a ``Decimal`` amount with its currency. Floats never enter."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from bywhen.kernel.errors import MoneyMismatchError


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount in one currency (ISO 4217 code).

    >>> str(Money(Decimal("10.50"), "EUR") + Money(Decimal("0.25"), "EUR"))
    '10.75 EUR'
    """

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not isinstance(self.amount, Decimal):
            raise TypeError("Money.amount must be Decimal")

    def __add__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.amount + other.amount, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.amount - other.amount, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.amount, self.currency)

    def times(self, factor: Decimal | int) -> Money:
        """The amount multiplied by an exact factor, not rounded."""
        return Money(self.amount * factor, self.currency)

    def rounded(self, places: int = 2) -> Money:
        """Commercially rounded (half away from zero) to ``places`` decimals."""
        return Money(self.amount.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), self.currency)

    def _same(self, other: Money) -> None:
        if self.currency != other.currency:
            raise MoneyMismatchError(str(self), str(other))

    def __str__(self) -> str:
        return f"{self.amount:,} {self.currency}"
