"""Limits that every reader keeps: nothing a stranger sends may cost more than these.

What does not live here: zip archives (:mod:`bywhen.intake.archive`), the child process that enforces processor time
and memory (:mod:`bywhen.intake.confined`).
"""

from __future__ import annotations

from bywhen.kernel.errors import FileTooLargeError

MEBIBYTE = 1024 * 1024

FILE_BYTES = 256 * MEBIBYTE
"""No file is loaded beyond this."""
INFLATED_BYTES = 100 * MEBIBYTE
"""All members of one archive together, really inflated; what an archive declares about itself is not believed."""
ARCHIVE_MEMBERS = 2_000
CELLS = 2_000_000
"""Cells of one workbook or table, empty ones inside the used range included."""
TASKS = 120_000
"""Tasks of one plan, and twice as many assignments."""
XML_UNCLOSED = 1_000_000
"""Elements open at once, or fields of one record."""
XML_VALUE_BYTES = 8 * MEBIBYTE
"""One text of a document, or one tag with its attributes."""
XML_PROLOG_BYTES = MEBIBYTE
"""What may stand before a document's root element, and its own attributes."""
CPU_SECONDS = 10
MEMORY_BYTES = 1024 * MEBIBYTE
CONFINED_BYTES = MEBIBYTE
"""Content beyond this (inflated) is read in a child process with the two limits above; smaller files stay fast."""


def within(
    count: int, limit: int, what: str, *, file: str, remedy: str = "Split the file, or leave out what is not needed."
) -> None:
    """Refuse when ``count`` of ``what`` is over ``limit``.

    Raises:
        FileTooLargeError: naming the file, the count and the limit.

    >>> within(3, 5, "sheets", file="plan.xlsx")
    """
    if count > limit:
        raise FileTooLargeError(
            f"it holds {count:,} {what}, more than the {limit:,} that are read", file=file, remedy=remedy
        )


def size_within(size: int, *, file: str, limit: int = FILE_BYTES) -> None:
    """Refuse a file of more than ``limit`` bytes.

    Raises:
        FileTooLargeError: naming both sizes in MB.
    """
    if size > limit:
        raise FileTooLargeError(
            f"it is {size / MEBIBYTE:,.0f} MB, more than the {limit / MEBIBYTE:,.0f} MB that are read",
            file=file,
            remedy="Split it, or save it without what is not needed.",
        )
