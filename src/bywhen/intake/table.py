"""A recognised table: rows under a heading whose columns have a meaning, read cell by cell with every doubt noted.

What does not live here: finding the table in a sheet (:mod:`bywhen.intake.tabular`) and what becomes of its rows
(``sheets``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from bywhen.intake import dates, numbers
from bywhen.intake.grid import Cell, Grid, Row, is_empty, shown
from bywhen.intake.headers import Vocabulary, normal
from bywhen.intake.port import Loss, Payload, ReadOptions, Skipped
from bywhen.kernel.evidence import EvidenceRef
from bywhen.kernel.findings import Finding, Severity

TOTALS = frozenset({
    "total", "totals", "sub total", "subtotal", "sub totals", "subtotals", "grand total", "sum", "summe", "gesamt",
    "gesamtsumme", "zwischensumme", "endsumme", "total general", "sous total", "somme", "suma", "suma total",
    "totale", "overall total", "total amount", "total budget", "total cost",
})  # fmt: skip


@dataclass(slots=True)
class Notes:
    """What is told about a table while it is read."""

    findings: list[Finding] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """The rows under one heading. ``columns`` says which position holds which field, ``source`` is the file's content
    hash, ``preamble`` the rows above the heading.
    """

    grid: Grid
    file: str
    source: str
    options: ReadOptions
    headings: tuple[str, ...]
    columns: Mapping[str, int]
    rows: tuple[Row, ...]
    preamble: tuple[Row, ...] = ()
    notes: Notes = field(default_factory=Notes)
    _orders: dict[str, str] = field(default_factory=dict)
    _marks: dict[str, str] = field(default_factory=dict)
    _unread: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def has(self, *fields: str) -> bool:
        """Whether the sheet has a column for every one of these fields."""
        return all(name in self.columns for name in fields)

    def cell(self, row: Row, name: str) -> Cell:
        """The cell of a field, '' without such a column."""
        at = self.columns.get(name)
        return row.cells[at] if at is not None and at < len(row.cells) else ""

    def text(self, row: Row, name: str) -> str:
        """The cell of a field as clean text."""
        if name not in self.columns:
            return ""
        return numbers.read_text(self.cell(row, name))

    def heading(self, name: str) -> str:
        """The heading under which a field stands, '' when it has no column."""
        at = self.columns.get(name)
        return self.headings[at] if at is not None else ""

    def place(self, row: Row, name: str = "") -> str:
        """Where a row, or a field of it, stands."""
        return self.grid.place(row.number, self.columns.get(name) if name else None)

    def column(self, name: str) -> list[Cell]:
        """All cells of a field, empty ones left out."""
        return [cell for row in self.rows if not is_empty(cell := self.cell(row, name))]

    def date(self, row: Row, name: str) -> datetime | None:
        """The date of a field; text that is no date, or two dates, is noted and answers None."""
        cell = self.cell(row, name)
        if cell == "" or is_empty(cell) or dates.is_no_date(cell):
            return None
        found = dates.read_date(cell, dates.DateHabit(self._order(name), self.options.today))
        if found is None:
            rule = "date-open" if dates.is_open(cell) else "date-unreadable"
            if rule == "date-unreadable" and dates.date_is_ambiguous(cell):
                rule = "date-order-ambiguous"
            self._unread.setdefault((rule, name), []).append(f"{self.place(row, name)}: {shown(cell)}")
        return found

    def number(self, row: Row, name: str) -> Decimal | None:
        """The number of a field; text that is none is noted and answers None."""
        cell = self.cell(row, name)
        if cell == "" or is_empty(cell) or dates.is_no_date(cell):
            return None
        mark = self._mark(name)
        found = numbers.read_number(cell, mark)
        if found is None:
            self._unread.setdefault(("number-unreadable", name), []).append(f"{self.place(row, name)}: {shown(cell)}")
        elif not mark and numbers.number_is_ambiguous(cell):
            self._unread.setdefault(("number-ambiguous", name), []).append(f"{self.place(row, name)}: {shown(cell)}")
        return found

    def currency(self, row: Row, name: str) -> str:
        """The currency of an amount: its own column, the cell, the heading, the rows above the heading; else ''."""
        own = numbers.currency_of(self.text(row, "currency").upper())
        if own:
            return own
        for text in (self.text(row, name), self.heading(name), *(shown(c) for r in self.preamble for c in r.cells)):
            if found := numbers.currency_of(text):
                return found
        return ""

    def rest(self, row: Row, *, besides: Sequence[int] = ()) -> dict[str, str]:
        """The filled cells of columns that serve no field: heading -> text."""
        used = {*self.columns.values(), *besides}
        spare: dict[str, str] = {}
        for at in row.filled():
            if at not in used:
                heading = self.headings[at].strip() if at < len(self.headings) else ""
                spare.setdefault(heading or f"column {at + 1}", numbers.read_text(row.cells[at]))
        return spare

    def lose(self, row: Row, *, besides: Sequence[int] = ()) -> None:
        """Note the cells of a row that the kind of record has no field for."""
        for heading, value in self.rest(row, besides=besides).items():
            self.notes.losses.append(Loss(heading, self.place(row), value, "there is no field for this column"))

    def skip(self, row: Row, reason: str) -> None:
        """Leave a row out, with the reason."""
        self.notes.skipped.append(Skipped(self.place(row), reason))

    def find(self, rule: str, text: str, *, row: Row | None = None, severity: Severity = Severity.WARNING) -> None:
        """Note a finding, about a row where one is given."""
        place = self.place(row) if row else self.grid.place(self.rows[0].number - 1 if self.rows else 1)
        self.notes.findings.append(Finding(rule, severity, text, place, (EvidenceRef(self.source, place),)))

    def records(self, key: str, *, is_record: Callable[[Row], bool], loose_totals: bool = False) -> Iterator[Row]:
        """The rows that hold records. Blank rows are passed over; headings repeated on a new page, totals and notes
        under the table are left out with their reason. ``key`` is the field that names a record.
        """
        last = max((row.number for row in self.rows if is_record(row) and len(row.filled()) > 1), default=0)
        for row in self.rows:
            filled = row.filled()
            if not filled:
                continue
            if self._repeats_heading(row):
                self.skip(row, "the heading again")
            elif _is_total(self, row, key, loose=loose_totals):
                self.skip(row, "a row of totals")
            elif row.number > last and len(filled) == 1:
                self.skip(row, f"a note under the table: {shown(row.cells[filled[0]]).strip()[:120]}")
            else:
                yield row

    def tell_unread(self) -> None:
        """Turn the doubts about cells into one finding a column and kind of doubt."""
        for (rule, name), places in self._unread.items():
            text, severity = _UNREAD[rule]
            sentence = text.format(heading=self.heading(name), count=len(places), first=places[0])
            refs = tuple(EvidenceRef(self.source, *place.split(": ", 1)) for place in places[:20])
            self.notes.findings.append(Finding(rule, severity, sentence, self.heading(name), refs))
        numbers_read = {row.number for row in self.rows} if self.grid.errors else set()
        for (row, column), error in sorted(self.grid.errors.items()):
            if row in numbers_read:
                place = self.grid.place(row, column)
                self.notes.findings.append(
                    Finding(
                        "formula-error",
                        Severity.WARNING,
                        f"The cell holds the formula error {error} instead of a value.",
                        place,
                        (EvidenceRef(self.source, place, error),),
                    )
                )

    def _order(self, name: str) -> str:
        """The date order of a column: its own proof, else what the caller says, else the sheet's other columns."""
        if name not in self._orders:
            own = dates.order_of(self.column(name))
            others = [dates.order_of(self.column(each)) for each in self.columns if each != name] if not own else []
            counted = Counter(order for order in others if order in ("DMY", "MDY"))
            agreed = next(iter(counted)) if len(counted) == 1 else ""
            self._orders[name] = own if own in ("DMY", "MDY") else self.options.date_order or agreed
        return self._orders[name]

    def _mark(self, name: str) -> str:
        if name not in self._marks:
            self._marks[name] = numbers.decimal_mark_of(self.column(name))
        return self._marks[name]

    def _repeats_heading(self, row: Row) -> bool:
        texts = [normal(shown(cell)) for cell in row.cells]
        same = [at for at in row.filled() if at < len(self.headings) and texts[at] == normal(self.headings[at])]
        return len(same) >= 2 and len(same) == len(row.filled())


_UNREAD = {
    "date-order-ambiguous": (
        (
            "Column '{heading}' has {count} dates that can mean two days, first {first}; they were left out. Say which "
            "order is meant with date_order = DMY or MDY."
        ),
        Severity.ERROR,
    ),
    "date-unreadable": ("Column '{heading}' has {count} cells that are no date, first {first}.", Severity.WARNING),
    "date-open": ("Column '{heading}' has {count} dates that are still open, first {first}.", Severity.INFO),
    "number-unreadable": ("Column '{heading}' has {count} cells that are no number, first {first}.", Severity.WARNING),
    "number-ambiguous": (
        (
            "Column '{heading}' has {count} numbers whose separator was taken to group thousands, first {first}; "
            "nothing in the column proves it."
        ),
        Severity.INFO,
    ),
}


def _is_total(table: Table, row: Row, key: str, *, loose: bool) -> bool:
    first = next((row.cells[at] for at in row.filled()), "")
    named = table.text(row, key)
    for text in (normal(named), normal(shown(first)) if not named else ""):
        if text in TOTALS or (loose and text.startswith(("total ", "subtotal ", "summe ", "zwischensumme "))):
            return True
    return False


def _always(_table: Table) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Built:
    """What a kind of sheet made of a table: the payload and how many records it holds."""

    payload: Payload
    count: int


@dataclass(frozen=True, slots=True)
class SheetKind:
    """One kind of sheet. It fits when for each group in ``needs`` at least one field has a column; among those that
    fit, the one that recognises most columns wins. ``names`` are words of a sheet's name that speak for it.
    """

    kind: str
    fields: Vocabulary
    needs: tuple[tuple[str, ...], ...]
    build: Callable[[Table], Built]
    names: tuple[str, ...] = ()
    telling: frozenset[str] = frozenset()
    fits: Callable[[Table], bool] = _always
