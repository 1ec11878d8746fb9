"""Indentation that a workbook keeps beside its values: indented cells and grouped rows, which show an outline.

What does not live here: reading values (``formats/spreadsheet``), what the outline means (``sheets/hierarchy``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_FORMATS = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_FORMAT = re.compile(rb"<(?:\w+:)?xf\b")
_INDENT = re.compile(rb'\bindent="(\d{1,3})"')
_STYLED = re.compile(rb'<(?:\w+:)?c\s(?=[^>]{0,400}?\bs="(\d{1,6})")[^>]{0,400}?\br="([A-Z]{1,3})(\d{1,7})"')
_GROUPED = re.compile(rb'<(?:\w+:)?row\s(?=[^>]{0,900}?\boutlineLevel="(\d)")[^>]{0,900}?\br="(\d{1,7})"')
_SUMMARY_ABOVE = re.compile(rb'<(?:\w+:)?outlinePr\b[^>]{0,200}?\bsummaryBelow="(?:0|false)"')


@dataclass(frozen=True, slots=True)
class Indentation:
    """``cells``: indent by row number and column letters; ``rows``: how deep a row is grouped; ``above`` says that a
    group's heading stands above it, which the workbook says only when somebody chose it.
    """

    cells: Mapping[tuple[int, str], int] = field(default_factory=dict)
    rows: Mapping[int, int] = field(default_factory=dict)
    above: bool = False


def indents_of_formats(styles: bytes) -> dict[bytes, int]:
    """The formats that indent, by their number in ``xl/styles.xml``.

    >>> indents_of_formats(b'<cellXfs count="2"><xf/><xf><alignment indent="2"/></xf></cellXfs>')
    {b'1': 2}
    """
    found = _FORMATS.search(styles)
    if not found:
        return {}
    indents = [_INDENT.search(part) for part in _FORMAT.split(found.group())[1:]]
    return {str(at).encode(): int(each.group(1)) for at, each in enumerate(indents) if each and each.group(1) != b"0"}


def indentation_of(sheet: bytes, formats: Mapping[bytes, int]) -> Indentation:
    """The indentation of one worksheet's XML."""
    cells: dict[tuple[int, str], int] = {}
    if formats:
        for each in _STYLED.finditer(sheet):
            if each.group(1) in formats:
                cells[int(each.group(3)), each.group(2).decode()] = formats[each.group(1)]
    rows = {int(each.group(2)): int(each.group(1)) for each in _GROUPED.finditer(sheet) if each.group(1) != b"0"}
    return Indentation(cells, rows, above=bool(_SUMMARY_ABOVE.search(sheet[:4000])))
