"""Primavera P6 XML (PMXML), read through MPXJ.

What does not live here: the child process (:mod:`bywhen.intake.mpxj`), XER exports (``primavera``).
"""

from __future__ import annotations

from bywhen.intake.mpxj import read_through_mpxj
from bywhen.intake.port import Blob, Reading, ReadOptions
from bywhen.intake.xmlprolog import xml_root
from bywhen.kernel.errors import InputRefusedError

_ROOT = "APIBusinessObjects"


class PrimaveraXml:
    """XML whose root element is ``APIBusinessObjects``."""

    name = "pmxml"
    title = "Primavera P6 XML"
    kinds = ("plan",)
    self_bounded = True

    def recognises(self, blob: Blob) -> float:
        """Certain by the root element."""
        head = blob.data[: 64 * 1024]
        if _ROOT.encode() not in head:
            return 0.0
        try:
            return 1.0 if xml_root(head, file=blob.name)[1] == _ROOT else 0.0
        except InputRefusedError:
            # A document type stands before the root: reading will refuse it with the reason.
            return 0.5

    def read(self, blob: Blob, options: ReadOptions) -> tuple[Reading, ...]:  # noqa: ARG002 - the port's shape
        """The first project; the document type is checked here, before any Java parser sees the file."""
        xml_root(blob.data, file=blob.name)
        return (
            read_through_mpxj(
                blob, "org.mpxj.primavera.PrimaveraPMFileReader", format_name=self.name, title=self.title
            ),
        )
