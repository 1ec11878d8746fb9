"""The contract of a file format: one file per format under ``formats/``, listed in ``registry.py``.

A format recognises **content**, never a file name, and turns bytes into one :class:`Reading`. Third parties register
the same through the entry point group ``bywhen.formats``. A minimal one::

    class Shouting:
        name = "shouting"
        title = "Notes in capitals"
        kinds = ("transcript",)

        def recognises(self, blob: Blob) -> float:
            return 0.9 if blob.text_head.isupper() else 0.0

        def read(self, blob: Blob, options: ReadOptions) -> Reading:
            ...
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Protocol, TypeAlias

from bywhen.kernel.findings import Finding

if TYPE_CHECKING:  # whoever reads a plan need not load what stands in ledgers
    from bywhen.kernel.plan import Plan
    from bywhen.kernel.tables import BudgetRow, EventRow, ForecastRow, LedgerRow, PersonRow, RaidRow, StatusRow
    from bywhen.kernel.transcript import Transcript

Payload: TypeAlias = (
    "Plan | Transcript | tuple[PersonRow, ...] | tuple[RaidRow, ...] | tuple[BudgetRow, ...] | tuple[LedgerRow, ...] "
    "| tuple[StatusRow, ...] | tuple[ForecastRow, ...] | tuple[EventRow, ...]"
)
KINDS = ("plan", "transcript", "people", "raid", "budget", "ledger", "status", "forecasts", "calendar")
"""What a reading can be; a workbook may hold several, one reading each."""


@dataclass(frozen=True, slots=True)
class Blob:
    """A file's bytes with its name (for messages only) and content hash (sha256, hex)."""

    name: str
    data: bytes
    sha256: str

    @property
    def text_head(self) -> str:
        """The first 4 KiB as text, byte-order marks honoured, undecodable bytes replaced."""
        head = self.data[:4096]
        if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return head.decode("utf-16", "replace")
        return head.decode("utf-8-sig", "replace")


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the caller knows better than the file: ``kind`` forces an interpretation, ``mapping`` field -> column
    heading overrides header recognition, ``date_order`` DMY / MDY / YMD for ambiguous dates, ``today`` for files that
    leave the year out.
    """

    kind: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)
    date_order: str = ""
    today: date | None = None


@dataclass(frozen=True, slots=True)
class Loss:
    """A field of the file that ByWhen cannot hold (reading) or that the format cannot hold (writing)."""

    field: str
    where: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A record that was read and not taken in, with the reason."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file (or one sheet of it) says.

    ``read`` counts the records met; ``read == len(payload records) + len(skipped)`` always. ``mapping`` shows which
    column was taken for which field. ``losses`` is the field-loss report.
    """

    kind: str
    format: str
    payload: Payload
    read: int
    part: str = ""
    skipped: tuple[Skipped, ...] = ()
    findings: tuple[Finding, ...] = ()
    losses: tuple[Loss, ...] = ()
    mapping: Mapping[str, str] = field(default_factory=dict)


class Format(Protocol):
    """One file format."""

    name: str
    title: str
    kinds: tuple[str, ...]

    def recognises(self, blob: Blob) -> float:
        """How sure the format is that the content is its own: 0.0 not at all, 1.0 certain. Cheap; never raises."""
        ...

    def read(self, blob: Blob, options: ReadOptions) -> tuple[Reading, ...]:
        """Read the whole file, one reading per part.

        Raises:
            InputRefusedError: (a subclass) naming file, place and remedy; nothing is half read.
        """
        ...
