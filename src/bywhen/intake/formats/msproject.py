"""Microsoft Project XML (MSPDI), read in pure Python.

What does not live here: the reader itself and the writer (package :mod:`bywhen.intake.mspdi`, which the formats that
go through MPXJ share), binary .mpp files (``mpxj``).
"""

from __future__ import annotations

from bywhen.intake.mspdi.codes import NAMESPACE
from bywhen.intake.mspdi.project import read_mspdi
from bywhen.intake.port import Blob, Reading, ReadOptions
from bywhen.intake.xmlprolog import xml_root
from bywhen.kernel.errors import InputRefusedError

_MARKS = (b"<Project", "<Project".encode("utf-16-le"), "<Project".encode("utf-16-be"))


class MicrosoftProjectXml:
    """Plans saved as XML by Microsoft Project and by the tools that write the same."""

    name = "msproject"
    title = "Microsoft Project XML"
    kinds = ("plan",)
    self_bounded = True

    def recognises(self, blob: Blob) -> float:
        """Certain by root element and namespace; a bare ``<Project>`` is a guess."""
        head = blob.data[: 64 * 1024]
        if not any(mark in head for mark in _MARKS):
            return 0.0
        try:
            namespace, root = xml_root(head, file=blob.name)
        except InputRefusedError:
            # A document type stands before the root: reading will refuse it with the reason.
            return 0.5 if NAMESPACE.encode() in head else 0.0
        if root != "Project":
            return 0.0
        return 1.0 if namespace.startswith(NAMESPACE) else 0.3 if not namespace else 0.0

    def read(self, blob: Blob, options: ReadOptions) -> tuple[Reading, ...]:  # noqa: ARG002 - the port's shape
        """The one plan in the document; see :func:`~bywhen.intake.mspdi.project.read_mspdi`."""
        return (read_mspdi(blob),)
