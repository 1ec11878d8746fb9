"""Microsoft Project's own files (.mpp and .mpt), read through MPXJ.

What does not live here: the child process (:mod:`bywhen.intake.mpxj`).
"""

from __future__ import annotations

from bywhen.intake.mpxj import read_through_mpxj
from bywhen.intake.port import Blob, Reading, ReadOptions

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKS = tuple(mark.encode("utf-16-le") for mark in ("TBkndTask", "   19", "   112", "   114"))
"""Names that stand in the directory of the compound file of every version since 98."""


class MicrosoftProjectFile:
    """A compound file whose directory names the parts of a project."""

    name = "mpp"
    title = "a Microsoft Project file (.mpp)"
    kinds = ("plan",)
    self_bounded = True

    def recognises(self, blob: Blob) -> float:
        """By the compound file's magic bytes and the names of its parts."""
        if not blob.data.startswith(_OLE2):
            return 0.0
        return 1.0 if any(mark in blob.data for mark in _MARKS) else 0.0

    def read(self, blob: Blob, options: ReadOptions) -> tuple[Reading, ...]:  # noqa: ARG002 - the port's shape
        """The one plan in the file; see :func:`~bywhen.intake.mpxj.read_through_mpxj`."""
        return (read_through_mpxj(blob, "org.mpxj.mpp.MPPReader", format_name=self.name, title=self.title),)
