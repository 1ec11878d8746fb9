"""Milestone trends: what a milestone was forecast for on each reporting day, as a list or with one column a report."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bywhen.intake.dates import DateHabit, read_date
from bywhen.intake.grid import Row, is_empty, shown
from bywhen.intake.headers import Vocabulary
from bywhen.intake.numbers import read_number
from bywhen.intake.table import Built, SheetKind, Table
from bywhen.kernel.tables import ForecastRow

FIELDS = {
    "on": ("reported on", "report date", "on", "as of", "reporting date", "status date", "berichtsdatum",
        "stichtag", "date reported", "date", "reported", "week ending", "snapshot", "snapshot date",
        "forecast made on"),
    "milestone": ("milestone", "milestone name", "meilenstein", "jalon", "hito", "name", "deliverable", "task name"),
    "forecast": ("forecast", "forecast date", "forecast finish", "expected", "expected date", "prognose",
        "prognosetermin", "new date", "prevision", "pronostico", "forecast for", "estimated date", "eta",
        "current forecast"),
    "task_uid": ("task uid", "uid", "task id", "id", "unique id"),
    "project": ("project", "projekt", "projet", "proyecto", "programme", "program"),
}  # fmt: skip


def build(table: Table) -> Built:
    """One forecast a row; a sheet with one column a reporting day gives one row a day."""
    rows: list[ForecastRow] = []
    days = report_columns(table)
    for row in table.records("milestone", is_record=lambda row: bool(table.text(row, "milestone"))):
        milestone = table.text(row, "milestone")
        found = list(_by_report(table, row, days) if days else _single(table, row))
        if not milestone or not found:
            table.skip(row, "there is no forecast with its date" if milestone else "there is no milestone")
            continue
        rows += found
        table.lose(row, besides=tuple(days))
    return Built(tuple(rows), len(rows))


def report_columns(table: Table) -> dict[int, date]:
    """The positions of headings that are dates, when there are at least two and no column of reporting days."""
    if table.has("on"):
        return {}
    habit = DateHabit(table.options.date_order, table.options.today)
    found = {
        at: day.date() for at, text in enumerate(table.headings) if text.strip() and (day := read_date(text, habit))
    }
    return found if len(found) > 1 else {}


def _uid(table: Table, row: Row) -> int | None:
    number = read_number(table.cell(row, "task_uid"))
    return int(number) if number is not None and number % 1 == 0 else None


def _single(table: Table, row: Row) -> Iterator[ForecastRow]:
    on, forecast = table.date(row, "on"), table.date(row, "forecast")
    if on and forecast:
        yield ForecastRow(
            place=table.place(row),
            on=on.date(),
            milestone=table.text(row, "milestone"),
            forecast=forecast.date(),
            task_uid=_uid(table, row),
            project=table.text(row, "project"),
        )


def _by_report(table: Table, row: Row, days: dict[int, date]) -> Iterator[ForecastRow]:
    habit = DateHabit(table.options.date_order, table.options.today)
    for at, day in days.items():
        cell = row.cells[at] if at < len(row.cells) else ""
        if is_empty(cell):
            continue
        forecast = read_date(cell, habit)
        place = table.grid.place(row.number, at)
        if forecast is None:
            table.find("date-unreadable", f"{shown(cell)!r} in {place} is no date, or can mean two days.", row=row)
            continue
        yield ForecastRow(
            place, day, table.text(row, "milestone"), forecast.date(), _uid(table, row), table.text(row, "project")
        )


KIND = SheetKind(
    kind="forecasts",
    fields=Vocabulary(FIELDS),
    needs=(("milestone",), ("forecast", "report days"), ("on", "report days")),
    build=build,
    names=(
        "forecasts",
        "milestone trend",
        "mta",
        "trend",
        "forecast history",
        "milestone forecasts",
        "meilensteintrend",
    ),
    telling=frozenset({"forecast", "on", "milestone"}),
)
