"""A Primavera P6 export file (XER) as tables: ``%T`` names one, ``%F`` its columns, ``%R`` a row.

What does not live here: what the tables mean (``project``, ``calendars``).
"""

from __future__ import annotations

import codecs
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from bywhen.intake import limits
from bywhen.kernel.errors import FileMalformedError

Row = dict[str, str]
_LINES = 1_000_000
_CELLS = 8_000_000
_OWNED = ("TASK", "PROJWBS", "TASKPRED", "TASKRSRC", "SCHEDOPTIONS", "PROJCOST")


@dataclass
class Export:
    """The header's fields, and each table's columns with its rows as they stand in the file. ``complete`` says that the
    file ends with its end mark.
    """

    header: list[str]
    complete: bool = False
    lines: dict[str, list[tuple[tuple[str, ...], str]]] = field(default_factory=dict)

    def count(self, table: str) -> int:
        """How many rows the table has."""
        return len(self.lines.get(table, ()))

    def rows(self, table: str) -> Iterator[Row]:
        """The table's rows by column name, empty cells left out; none when the file has no such table."""
        return (_row(columns, line) for columns, line in self.lines.get(table, ()))

    def own(self, table: str, project: str) -> Iterator[Row]:
        """The rows of one project, by the column ``proj_id``."""
        return (_row(columns, line) for columns, line in self._by_project[table].get(project, ()))

    @cached_property
    def _by_project(self) -> dict[str, dict[str, list[tuple[tuple[str, ...], str]]]]:
        found: dict[str, dict[str, list[tuple[tuple[str, ...], str]]]] = {}
        for table in _OWNED:
            found[table] = defaultdict(list)
            for columns, line in self.lines.get(table, ()):
                found[table][_row(columns, line).get("proj_id", "")].append((columns, line))
        return found


def _row(columns: tuple[str, ...], line: str) -> Row:
    return {column: cell for column, cell in zip(columns, line.split("\t"), strict=False) if cell}


def read_tables(data: bytes, *, file: str) -> Export:
    """All tables of the file.

    Raises:
        FileMalformedError: when the header is missing, or a row stands before its columns; names the line.
        FileTooLargeError: with more than a million lines, or eight million cells.
    """
    text = _decoded(data)
    if not text.startswith("ERMHDR"):
        raise FileMalformedError("it does not begin with ERMHDR", file=file, place="line 1", remedy="Export it again.")
    limits.within(data.count(b"\n"), _LINES, "lines", file=file)
    limits.within(data.count(b"\t"), _CELLS, "cells", file=file)
    header, *lines = text.split("\n")
    export = Export(header.rstrip("\r").split("\t"))
    rows: list[tuple[tuple[str, ...], str]] = []
    columns: tuple[str, ...] | None = None
    for number, line in enumerate(lines, start=2):
        mark, _, rest = line.rstrip("\r").partition("\t")
        if mark == "%T":
            rows, columns = export.lines.setdefault(rest.strip(), []), None
        elif mark == "%F":
            columns = tuple(rest.split("\t"))
        elif mark == "%E":
            export.complete = True
        elif mark == "%R":
            if columns is None:
                place = f"line {number}"
                remedy = "Export it again."
                raise FileMalformedError("a row stands before its columns", file=file, place=place, remedy=remedy)
            rows.append((columns, rest))
    return export


def _decoded(data: bytes) -> str:
    """P6 writes the machine's Windows code page; newer tools write UTF-8, editors also UTF-16."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
