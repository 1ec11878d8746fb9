"""Findings: doubtful data told as values, never raised."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bywhen.kernel.evidence import EvidenceRef


class Severity(StrEnum):
    """How much a finding matters: ``info`` to know, ``warning`` to check, ``error`` wrong until mended."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Finding:
    """One observation about the data.

    ``rule`` is a stable kebab-case id (``link-to-missing-task``), ``subject`` names what it is about
    (``task 41``), ``text`` is one sentence for a person.
    """

    rule: str
    severity: Severity
    text: str
    subject: str = ""
    evidence: tuple[EvidenceRef, ...] = ()
