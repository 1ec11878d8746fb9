"""How dates, days, per cents and money are written for people in English documents.

What does not live here: reading what people write (``durations`` and the rooms), translation catalogues.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from bywhen.kernel.money import Money

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MINUS = "\N{MINUS SIGN}"


def day_short(day: date, beside: date | None = None) -> str:
    """A day without its weekday; the year is left out when ``beside`` lies in the same one.

    >>> day_short(date(2027, 3, 5)), day_short(date(2026, 11, 27), date(2026, 11, 20))
    ('5 Mar 2027', '27 Nov')
    """
    year = "" if beside is not None and beside.year == day.year else f" {day.year}"
    return f"{day.day} {_MONTHS[day.month - 1]}{year}"


def day_long(day: date, beside: date | None = None) -> str:
    """A day with its weekday; the year is left out when ``beside`` lies in the same one.

    >>> day_long(date(2026, 11, 20)), day_long(date(2026, 11, 24), date(2026, 11, 20))
    ('Fri 20 Nov 2026', 'Tue 24 Nov')
    """
    return f"{_DAYS[day.weekday()]} {day_short(day, beside)}"


def counted(number: Decimal | int, one: str, many: str = "") -> str:
    """A number with its noun.

    >>> counted(1, "blocker"), counted(3, "decision"), counted(Decimal("0.5"), "day")
    ('1 blocker', '3 decisions', '0.5 days')
    """
    return f"{plain_number(number)} {one if abs(number) == 1 else many or one + 's'}"


def working_days(number: Decimal | int) -> str:
    """A length in working days: ``4 working days``."""
    return counted(number, "working day")


def days_after(number: int, what: str) -> str:
    """Where a date lies relative to another, in working days.

    >>> days_after(8, "the baseline"), days_after(0, "the baseline"), days_after(-1, "the baseline")
    ('8 working days after the baseline', 'on the baseline', '1 working day before the baseline')
    """
    if number == 0:
        return f"on {what}"
    return f"{working_days(abs(number))} {'after' if number > 0 else 'before'} {what}"


def plain_number(number: Decimal | int, places: int = 1) -> str:
    """A number rounded half up, without trailing zeros, with a true minus sign.

    >>> plain_number(Decimal("2.50")), plain_number(Decimal("4.0")), plain_number(1200)
    ('2.5', '4', '1,200')
    """
    rounded = Decimal(number).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{abs(rounded):,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{_MINUS}{text}" if rounded < 0 else text


def signed(number: Decimal | int, places: int = 1) -> str:
    """A difference with its sign; no difference is ``±0``.

    >>> signed(4), signed(Decimal("0.04"), 2), signed(0)
    ('+4', '+0.04', '±0')
    """
    text = plain_number(number, places)
    if text == "0":
        return "±0"
    return text if text.startswith(_MINUS) else f"+{text}"


def index(number: Decimal) -> str:
    """A performance index, always with two decimals: ``0.90``."""
    return str(number.quantize(Decimal("0.01"), ROUND_HALF_UP)).replace("-", _MINUS)


def money_short(money: Money, *, sign: bool = False) -> str:
    """Money in thousands for overviews, with one decimal below a hundred thousand, exact below a thousand.

    >>> money_short(Money(Decimal("1240300"), "EUR")), money_short(Money(Decimal("420"), "EUR"), sign=True)
    ('1,240 k EUR', '+420 EUR')
    """
    write = signed if sign else plain_number
    if abs(money.amount) < 1000:
        return f"{write(money.amount, 2)} {money.currency}"
    places = 1 if abs(money.amount) < 100_000 else 0
    return f"{write(money.amount / 1000, places)} k {money.currency}"


def listed(parts: Sequence[str]) -> str:
    """A list in words.

    >>> listed(["UAT", "cut-over", "go-live"])
    'UAT, cut-over and go-live'
    """
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)


def sentence_case(text: str) -> str:
    """The text with a capital first letter, the rest untouched."""
    return text[:1].upper() + text[1:]
