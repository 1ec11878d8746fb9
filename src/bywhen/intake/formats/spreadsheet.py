"""Workbooks (xlsx, xlsm, xls, ods). Only the stored values are read: a formula is never evaluated.

What does not live here: what the columns mean (:mod:`bywhen.intake.tabular`).
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from bywhen.intake import limits
from bywhen.intake.archive import SafeZip, checked_archive, is_archive
from bywhen.intake.grid import Cell, Grid, Row, column_letters
from bywhen.intake.indentation import Indentation, indentation_of, indents_of_formats
from bywhen.intake.port import Blob, Reading, ReadOptions
from bywhen.intake.tabular import readings_of
from bywhen.kernel.errors import FileHostileError, FileMalformedError, FileTooLargeError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_WORKBOOK = "Workbook".encode("utf-16-le")
_OLE_LOCKED = "EncryptedPackage".encode("utf-16-le")
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_CELL = re.compile(rb"<(?:\w+:)?c\s(?:[^>]*?\s)?r\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7})[\"'][^>]*?(/?)>")
_ANY_CELL = re.compile(rb"<(?:\w+:)?c(?=[\s/>])")
_ROW = re.compile(rb"<(?:\w+:)?row\s(?:[^>]*?\s)?r\s*=\s*[\"'](\d{1,9})[\"']")
_ROW_BEGINS = re.compile(rb"<(?:\w+:)?row[\s>]")
_DISGUISED = re.compile(rb"<(?:\w+:)?(?:c|row)\s[^>]*?\br\s*=\s*[\"'][^\"'>]*&")
_ERROR = re.compile(
    rb'<(?:\w+:)?c\s(?=[^>]*\bt="e")[^>]*?r="([A-Z]{1,3})(\d{1,7})"[^>]*>(.{0,4000}?)</(?:\w+:)?c>', re.DOTALL
)
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]{1,20})</")
_ODS_ROW = re.compile(rb"<table:table-row\b([^>]*)>(.*?)</table:table-row>", re.DOTALL)
_ODS_CELL = re.compile(rb'<table:table-cell\b[^>]*?number-columns-repeated="(\d+)"[^>]*?[^/]>')
_ODS_REPEAT = re.compile(rb'number-rows-repeated="(\d+)"')
_ODS_COPIES = 1000
"""A filled cell or row of an ods file repeated more often than this is no work of a person."""


class Spreadsheet:
    """A workbook: one reading a sheet that is understood."""

    name = "spreadsheet"
    title = "Excel and OpenDocument workbooks (xlsx, xlsm, xls, ods)"
    kinds = ("plan", "people", "raid", "budget", "ledger", "status", "forecasts")
    confined_bytes = 4 * limits.MEBIBYTE

    def recognises(self, blob: Blob) -> float:
        """By the parts that a workbook's container holds."""
        if is_archive(blob):
            return (
                0.95
                if b"xl/workbook" in blob.data or b"xl/worksheets/" in blob.data or _ODS in blob.data[:200]
                else 0.0
            )
        if blob.data.startswith(_OLE) and (_OLE_WORKBOOK in blob.data or _OLE_LOCKED in blob.data):
            return 0.9
        return 0.0

    def read(self, blob: Blob, options: ReadOptions) -> tuple[Reading, ...]:
        """Every sheet that is understood, in the workbook's order; places name sheet and cell.

        Raises:
            InputRefusedError: a subclass, when the workbook is broken, locked, hostile, too large or not understood.
        """
        return readings_of(list(_grids(blob, _checked(blob))), blob, options, format_name=self.name)


@dataclass(frozen=True, slots=True)
class _Beside:
    """What a sheet keeps beside its values: cells that hold an error, and how cells and rows are indented."""

    errors: dict[tuple[int, int], str]
    indentation: Indentation


_NOTHING = _Beside({}, Indentation())


def _checked(blob: Blob) -> dict[str, _Beside]:
    """Refuse what would cost too much before the reader proper opens it; answer with what stands beside the values."""
    if not is_archive(blob):
        if _OLE_LOCKED in blob.data:
            raise FileMalformedError(
                "it is locked with a password", file=blob.name, remedy="Save it without a password."
            )
        return {}
    archive = checked_archive(blob)
    if "content.xml" in archive:
        _check_repeats(archive.read("content.xml"), blob.name)
        return {}
    if any(name.endswith(".bin") and name.startswith("xl/workbook") for name in archive.names):
        raise FileMalformedError("it is a binary workbook (xlsb)", file=blob.name, remedy="Save it as xlsx.")
    beside: dict[str, _Beside] = {}
    formats = indents_of_formats(archive.read("xl/styles.xml")) if "xl/styles.xml" in archive else {}
    left = limits.CELLS
    for name, title in _sheet_parts(archive, blob.name).items():
        data = archive.read(name)
        if b"<!DOCTYPE" in data[:2000]:
            raise FileHostileError("a sheet declares entities", file=blob.name, place=name, remedy="Do not open it.")
        left -= _area(data, title, blob.name)
        if left < 0:
            limits.within(limits.CELLS - left, limits.CELLS, "cells", file=blob.name)
        beside[title] = _Beside(_error_cells(data), indentation_of(data, formats))
    return beside


def _area(data: bytes, title: str, file: str) -> int:
    """The cells of the used range, which the reader holds in memory, empty ones too.

    Raises:
        FileTooLargeError: when a lone far cell makes the range huge; it is named.
    """
    if _DISGUISED.search(data):
        raise FileHostileError(
            "cell references are disguised", file=file, place=f"sheet {title}", remedy="Do not open it."
        )
    rows = cells = columns = 0
    for found in _CELL.finditer(data):
        cells += 1
        if not found.group(3):
            rows, columns = max(rows, int(found.group(2))), max(columns, _column(found.group(1).upper()) + 1)
    if cells < sum(1 for _ in _ANY_CELL.finditer(data)):  # cells without a reference stand where their row stands
        numbered = max((int(found.group(1)) for found in _ROW.finditer(data)), default=0)
        parts = _ROW_BEGINS.split(data)
        rows = max(rows, numbered, len(parts) - 1)
        columns += max(sum(1 for _ in _ANY_CELL.finditer(part)) for part in parts)
    if rows * columns > limits.CELLS:
        raise FileTooLargeError(
            f"the used range goes to {column_letters(columns - 1)}{rows}, more than {limits.CELLS:,} cells",
            file=file,
            place=f"sheet {title}",
            remedy="Delete the lone cells at its far end.",
        )
    return max(rows * columns, cells)


def _error_cells(data: bytes) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], str] = {}
    for cell in _ERROR.finditer(data):
        value = _VALUE.search(cell.group(3))
        found[int(cell.group(2)), _column(cell.group(1))] = (
            value.group(1).decode("ascii", "replace") if value else "#ERROR"
        )
        if len(found) >= 1000:
            break
    return found


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _sheet_parts(archive: SafeZip, file: str) -> dict[str, str]:
    """Member name -> sheet name; sheets that the workbook does not name keep their member's name."""
    book = archive.read("xl/workbook.xml") if "xl/workbook.xml" in archive else b""
    links = archive.read("xl/_rels/workbook.xml.rels") if "xl/_rels/workbook.xml.rels" in archive else b""
    if b"<!DOCTYPE" in book or b"<!DOCTYPE" in links:
        raise FileHostileError("the workbook declares entities", file=file, remedy="Do not open it.")
    targets: dict[str, str] = {}
    for tag in re.findall(r"<Relationship\b[^>]*>", links.decode("utf-8", "replace")):
        attributes = dict(re.findall(r'([\w:]+)="([^"]*)"', tag))
        target = attributes.get("Target", "").lstrip("/")
        targets[attributes.get("Id", "")] = target if target.startswith("xl/") else f"xl/{target}"
    parts = {name: name for name in archive.names if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name)}
    for tag in re.findall(r"<(?:\w+:)?sheet\b[^>]*>", book.decode("utf-8", "replace")):
        attributes = dict(re.findall(r'([\w:]+)="([^"]*)"', tag))
        member = targets.get(next((value for name, value in attributes.items() if name.endswith(":id")), ""), "")
        if member in parts:
            parts[member] = html.unescape(attributes.get("name", member))
    return parts


def _check_repeats(data: bytes, file: str) -> None:
    """An ods file may say of a filled cell or row that it stands there a million times."""
    if b"<!DOCTYPE" in data[:2000]:
        raise FileHostileError(
            "the content declares entities", file=file, place="content.xml", remedy="Do not open it."
        )
    total = 0
    for row in _ODS_ROW.finditer(data):
        if b"office:value" not in row.group(2) and b"<text:p" not in row.group(2):
            continue
        repeat = _ODS_REPEAT.search(row.group(1))
        times = int(repeat.group(1)) if repeat else 1
        copies = max((int(found.group(1)) for found in _ODS_CELL.finditer(row.group(2))), default=1)
        total += times * max(row.group(2).count(b"<table:table-cell"), copies)
        if times > _ODS_COPIES or copies > _ODS_COPIES * 16 or total > limits.CELLS:
            raise FileTooLargeError(
                "filled cells are repeated more often than can be read",
                file=file,
                place="content.xml",
                remedy="Save it as xlsx.",
            )


def _grids(blob: Blob, beside: dict[str, _Beside]) -> Iterator[Grid]:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(blob.data)) as book:
            for sheet in book.sheets_metadata:
                if sheet.typ != SheetTypeEnum.WorkSheet:
                    continue
                rows = list(_rows(book, sheet.name))
                kept = beside.get(sheet.name, _NOTHING)
                hidden = sheet.visible != SheetVisibleEnum.Visible
                yield Grid(rows, sheet.name, hidden, kept.errors, kept.indentation)
    except PasswordError as error:
        raise FileMalformedError(
            "it is locked with a password", file=blob.name, remedy="Save it without a password."
        ) from error
    except (CalamineError, OSError, ValueError) as error:
        raise _broken(blob) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # the compiled reader gave up; it is no subclass of Exception
            raise _broken(blob) from error
        raise


def _rows(book: CalamineWorkbook, name: str) -> Iterator[Row]:
    sheet = book.get_sheet_by_name(name)
    if sheet.end is not None and (sheet.end[0] + 1) * (sheet.end[1] + 1) > limits.CELLS:
        limits.within((sheet.end[0] + 1) * (sheet.end[1] + 1), limits.CELLS, "cells", file=name)
    for number, values in enumerate(sheet.iter_rows(), start=1):
        cells: list[Cell] = list(values)
        while cells and cells[-1] == "":
            cells.pop()
        yield Row(number, tuple(cells))


def _broken(blob: Blob) -> FileMalformedError:
    return FileMalformedError("the workbook is broken or cut short", file=blob.name, remedy="Save or send it again.")
