"""A Primavera P6 export file (XER) as tables: ``%T`` names one, ``%F`` its columns, ``%R`` a row.

What does not live here: what the tables mean (``project``, ``calendars``).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bywhen.intake import limits
from bywhen.kernel.errors import FileMalformedError

Row = dict[str, str]


@dataclass(slots=True)
class Export:
    """The header's fields and the rows of each table, by column name; a row that is short lacks the last columns."""

    header: list[str]
    tables: dict[str, list[Row]] = field(default_factory=dict)

    def rows(self, table: str) -> list[Row]:
        """The table's rows, none when the file has no such table."""
        return self.tables.get(table, [])


def read_tables(data: bytes, *, file: str) -> Export:
    """All tables of the file.

    Raises:
        FileMalformedError: when the header is missing, or a row stands before its columns; names the line.
        FileTooLargeError: with more rows than cells are allowed.
    """
    lines = _decoded(data).splitlines()
    if not lines or not lines[0].startswith("ERMHDR"):
        raise FileMalformedError("it does not begin with ERMHDR", file=file, place="line 1", remedy="Export it again.")
    limits.within(len(lines), limits.CELLS, "lines", file=file)
    export = Export(lines[0].split("\t"))
    rows: list[Row] = []
    columns: list[str] | None = None
    for number, line in enumerate(lines[1:], start=2):
        mark, _, rest = line.partition("\t")
        if mark == "%T":
            rows, columns = export.tables.setdefault(rest.strip(), []), None
        elif mark == "%F":
            columns = rest.split("\t")
        elif mark == "%R":
            if columns is None:
                place = f"line {number}"
                raise FileMalformedError(
                    "a row stands before its columns", file=file, place=place, remedy="Export it again."
                )
            rows.append(dict(zip(columns, rest.split("\t"), strict=False)))
    return export


def _decoded(data: bytes) -> str:
    """P6 writes the machine's Windows code page; newer tools write UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
