"""Delimited text (CSV, TSV, semicolons, pipes): encoding and separator found from the content.

What does not live here: what the columns mean (:mod:`bywhen.intake.tabular`).
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator

from bywhen.intake import limits
from bywhen.intake.grid import Grid, Row
from bywhen.intake.port import Blob, Reading, ReadOptions
from bywhen.intake.tabular import readings_of, sureness
from bywhen.intake.text import decoded, head_of
from bywhen.kernel.errors import FileMalformedError

_SEPARATORS = (",", ";", "\t", "|")
_OTHERS = ("<", "{", "WEBVTT", "BEGIN:VCALENDAR", "#", "|", "- ", "* ")
_UNKNOWN_HEADINGS = 0.35


_NOTES = (".txt", ".text", ".md", ".markdown")
_BARE = 0.2
"""The share of lines without a separator from which a text named as notes is no sheet."""


class Delimited:
    """One table as text."""

    name = "delimited"
    title = "CSV, TSV and other delimited text"
    kinds = ("plan", "people", "raid", "budget", "ledger", "status", "forecasts")
    confined_bytes = limits.MEBIBYTE // 2

    def recognises(self, blob: Blob) -> float:
        """By rows that agree on their number of columns, surer when the headings are known."""
        head = head_of(blob).lstrip("\ufeff")
        if not head.strip() or head.lstrip().startswith(_OTHERS):
            return 0.0
        if len(blob.data) > len(head.encode()):
            head = head.rpartition("\n")[0]
        separator = separator_of(head)
        if not separator or (blob.name.lower().endswith(_NOTES) and _bare_share(head, separator) > _BARE):
            return 0.0  # notes that hold a table are notes
        try:
            rows = list(_rows(head, separator, blob.name))
        except FileMalformedError:
            return _UNKNOWN_HEADINGS / 2
        sure = sureness(Grid(rows))
        return sure or (_UNKNOWN_HEADINGS if _agreement(rows) > 0.9 and len(rows) > 2 else 0.0)

    def read(self, blob: Blob, options: ReadOptions) -> tuple[Reading, ...]:
        """The table as one reading; places are line numbers.

        Raises:
            InputRefusedError: a subclass, when the text is binary, broken, too large or not understood.
        """
        text = decoded(blob).text
        separator = separator_of(text[:65536]) or ","
        grid = Grid(list(_rows(text, separator, blob.name)))
        return readings_of([grid], blob, options, format_name=self.name)


def _bare_share(text: str, separator: str) -> float:
    """Which share of the lines that hold something have no separator."""
    lines = [line for line in text.splitlines() if line.strip()]
    return sum(separator not in line for line in lines) / len(lines) if lines else 0.0


def separator_of(text: str) -> str:
    r"""The separator under which most rows have the same number of columns, '' when none makes two columns.

    >>> separator_of("a;b\n1,5;2\n"), separator_of("sep=|\na|b\n"), separator_of("a b\n")
    (';', '|', '')
    """
    first = text.lstrip("\ufeff").split("\n", 1)[0].strip()
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[4]
    scores: dict[str, float] = {}
    for separator in _SEPARATORS:
        if separator not in text:
            continue
        try:
            rows = list(_rows(text, separator, ""))
        except FileMalformedError:
            continue
        wide = [len(row.cells) for row in rows if len(row.cells) > 1]
        if wide:
            mode, times = Counter(wide).most_common(1)[0]
            scores[separator] = times / len(rows) * min(mode, 8)
    return max(scores, key=lambda each: scores[each], default="")


def _agreement(rows: list[Row]) -> float:
    widths = Counter(len(row.cells) for row in rows if row.filled())
    if not widths:
        return 0.0
    mode, times = widths.most_common(1)[0]
    return times / sum(widths.values()) if mode > 2 else 0.0


def _rows(text: str, separator: str, file: str) -> Iterator[Row]:
    """The rows with the line each begins on; a cell may hold line breaks when it is quoted."""
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=separator)
    cells, line = 0, 1
    try:
        for number, values in enumerate(reader):
            if not (number == 0 and len(values) <= 2 and "".join(values).lower().startswith("sep=")):
                cells += len(values)
                if cells > limits.CELLS:
                    limits.within(cells, limits.CELLS, "cells", file=file)
                yield Row(line, tuple(values))
            line = reader.line_num + 1
    except csv.Error as error:
        raise FileMalformedError(
            f"the quotation marks do not close ({error})",
            file=file,
            place=f"line {line}",
            remedy="Save the table again as CSV.",
        ) from error
