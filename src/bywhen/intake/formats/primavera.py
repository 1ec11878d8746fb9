"""Primavera P6 exports (XER), read in pure Python.

What does not live here: the reader itself (package :mod:`bywhen.intake.xer`), Primavera XML (``pmxml``).
"""

from __future__ import annotations

from bywhen.intake.port import Blob, Reading, ReadOptions
from bywhen.intake.xer.project import read_xer


class PrimaveraExport:
    """Text that begins with ``ERMHDR``; one reading for each project in it."""

    name = "primavera"
    title = "Primavera P6 export (XER)"
    kinds = ("plan",)
    self_bounded = True

    def recognises(self, blob: Blob) -> float:
        """Certain by the first word."""
        return 1.0 if blob.text_head.startswith("ERMHDR\t") else 0.0

    def read(self, blob: Blob, options: ReadOptions) -> tuple[Reading, ...]:  # noqa: ARG002 - the port's shape
        """Every project in the export; see :func:`~bywhen.intake.xer.project.read_xer`."""
        return read_xer(blob, format_name=self.name)
