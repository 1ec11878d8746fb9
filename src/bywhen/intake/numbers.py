"""Numbers as people type them: separators of either habit, currencies, brackets, trailing minus, per cent.

What does not live here: dates (:mod:`bywhen.intake.dates`). Floats never come out: amounts are ``Decimal``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from bywhen.intake.grid import Cell, shown

SYMBOLS = {"€": "EUR", "£": "GBP", "$": "USD", "¥": "JPY", "zł": "PLN", "₹": "INR", "₽": "RUB", "₺": "TRY", "₴": "UAH"}
CODES = frozenset({
    "EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RON", "BGN", "HRK", "ISK", "TRY", "UAH",
    "RUB", "JPY", "CNY", "HKD", "SGD", "AUD", "NZD", "CAD", "MXN", "BRL", "ARS", "CLP", "COP", "INR", "ZAR", "AED",
    "SAR", "QAR", "KWD", "ILS", "EGP", "KRW", "TWD", "THB", "MYR", "IDR", "PHP", "VND",
})  # fmt: skip
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009']")
_WRITTEN = re.compile(r"^[+-]?\d+(?:[.,]\d+)*$|^[+-]?[.,]\d+$")
_CODE = re.compile(r"(?<![A-Za-z])([A-Z]{3})(?![A-Za-z])")
_SCALE = {"k": 3, "K": 3, "M": 6, "m": 6, "Mio": 6, "mio": 6, "mn": 6, "bn": 9}


def currency_of(text: str) -> str:
    """The ISO code a text names by code or symbol, or ''.

    >>> currency_of("Amount (EUR)"), currency_of("£ 12"), currency_of("Budget")
    ('EUR', 'GBP', '')
    """
    for code in _CODE.findall(text):
        if code in CODES:
            return str(code)
    return next((code for symbol, code in SYMBOLS.items() if symbol in text), "")


def decimal_mark_of(cells: Iterable[Cell]) -> str:
    """The decimal mark that a column's texts prove: ``.`` or ``,``, or '' when none is proved or they disagree.

    A mark is proved by a text with both separators, by one followed by other than three digits, and (against the
    other) by one that stands twice.
    """
    proved: set[str] = set()
    for cell in cells:
        if not isinstance(cell, str):
            continue
        bare = _bare(cell)
        marks = [sign for sign in bare if sign in ".,"]
        if not marks or not _WRITTEN.match(bare):
            continue
        tail = len(bare) - 1 - max(bare.rfind("."), bare.rfind(","))
        if len(set(marks)) == 2:
            proved.add(marks[-1])
        elif len(marks) > 1:
            proved.add("," if marks[0] == "." else ".")
        elif tail != 3 or bare.lstrip("+-0").startswith((".", ",")):
            proved.add(marks[0])
    return proved.pop() if len(proved) == 1 else ""


def number_is_ambiguous(cell: Cell) -> bool:
    """Whether a text such as ``1.234`` could be a thousand or a fraction.

    >>> number_is_ambiguous("1.234"), number_is_ambiguous("1.23"), number_is_ambiguous("0.234")
    (True, False, False)
    """
    return isinstance(cell, str) and re.fullmatch(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", _bare(cell)) is not None


def read_number(cell: Cell, mark: str = "") -> Decimal | None:
    """The exact number in a cell, or None where there is none. ``mark`` is the column's decimal mark; without it a
    single separator followed by exactly three digits groups thousands. A per cent sign divides by 100.

    >>> read_number("1.234,56 €"), read_number("(500)"), read_number("1'200-"), read_number("12,5 %"), read_number("x")
    (Decimal('1234.56'), Decimal('-500'), Decimal('-1200'), Decimal('0.125'), None)
    """
    if isinstance(cell, bool):
        return None
    if isinstance(cell, (int, float)):
        return Decimal(format(cell, ".15g")) if cell == cell and abs(cell) != float("inf") else None  # noqa: PLR0124 - not-a-number differs from itself
    if not isinstance(cell, str) or not any(sign.isdigit() for sign in cell):
        return None
    text = cell.strip()
    scale, text = _scale(text)
    bare = _bare(text)
    if not _WRITTEN.match(bare):
        return None
    value = Decimal(_normal(bare, mark))
    if _negative(text) and value > 0:
        value = -value
    return value.scaleb(scale - (2 if text.rstrip().endswith("%") else 0))


def read_percent(cell: Cell, *, fractions: bool) -> float | None:
    """Per cent done, 0-100. ``fractions`` says that the column's bare numbers are shares (0.5 = 50 %).

    >>> read_percent("40 %", fractions=True), read_percent(0.4, fractions=True), read_percent("40", fractions=False)
    (40.0, 40.0, 40.0)
    """
    number = read_number(cell)
    if number is None:
        return None
    share = isinstance(cell, str) and cell.strip().endswith("%")
    return float(number * 100 if share or fractions else number)


def fractions_in(cells: Iterable[Cell]) -> bool:
    """Whether a per cent column is stored as shares: every bare number is at most 1, and one is a number cell or a
    fraction (a column of typed ``1`` and ``0`` only stays per cent).
    """
    bare = [c for c in cells if not (isinstance(c, str) and "%" in c)]
    numbers = [(c, n) for c in bare if (n := read_number(c)) is not None]
    return (
        bool(numbers)
        and all(0 <= n <= 1 for _, n in numbers)
        and any(isinstance(c, float) or n % 1 for c, n in numbers)
    )


def read_text(cell: Cell) -> str:
    """A cell as one clean text: white space trimmed, nothing else changed."""
    return shown(cell).strip()


def _bare(text: str) -> str:
    """The digits, separators and leading sign of a text; other words leave it unreadable on purpose."""
    bare = text.strip().replace("\u2212", "-").replace("\u2013", "-")
    for symbol in SYMBOLS:
        bare = bare.replace(symbol, "")
    bare = _CODE.sub(lambda found: "" if found.group(1) in CODES else found.group(), bare)
    bare = _SPACES.sub("", bare).replace("\u2019", "").rstrip("%")
    if bare.startswith("(") and bare.endswith(")"):
        bare = bare[1:-1]
    if bare.endswith((",-", ".-", ",--", ".--")):  # the Swiss and German way to write no cents
        bare = bare.rstrip("-")[:-1]
    return bare.removesuffix("-")


def _scale(text: str) -> tuple[int, str]:
    found = re.search(r"\d\s?(k|K|M|m|Mio|mio|mn|bn)\.?(?=\s*[^\w.]*\s*(?:[A-Z]{3})?$)", text)
    return (_SCALE[found.group(1)], text[: found.start(1)] + text[found.end() :]) if found else (0, text)


def _negative(text: str) -> bool:
    bare = text.replace("\u2212", "-").replace("\u2013", "-").strip()
    cents = re.search(r"[.,]-{1,2}$", re.sub(r"[^\d.,-]", "", bare))
    return (bare.startswith("(") and ")" in bare) or (bare.endswith("-") and not cents) or bare.startswith("-")


def _normal(bare: str, mark: str) -> str:
    last = max(bare.rfind("."), bare.rfind(","))
    if last < 0:
        return bare
    marks = {sign for sign in bare if sign in ".,"}
    if len(marks) == 2:
        decimal = bare[last]
    elif mark:
        decimal = mark
    else:
        sign = bare[last]
        zero_led = bare.lstrip("+-").startswith(("0", sign))
        single = bare.count(sign) == 1
        decimal = sign if single and (len(bare) - 1 - last != 3 or zero_led) else ""
    group = {".", ","} - {decimal}
    for sign in group:
        bare = bare.replace(sign, "")
    return (
        bare.replace(decimal, ".") if decimal and bare.count(decimal) == 1 else bare.replace(",", "").replace(".", "")
    )
