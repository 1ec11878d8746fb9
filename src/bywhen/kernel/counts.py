"""The import law as a value: read = created + updated + unchanged + skipped(with reason)."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Counts:
    """What became of the records of one import. ``skipped`` holds (place, reason) pairs.

    >>> counts = Counts(); counts.created += 2; counts.skip("row 7", "no title"); counts.read
    3
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: list[tuple[str, str]] = field(default_factory=list)

    @property
    def read(self) -> int:
        """Everything that was met; the law holds by construction."""
        return self.created + self.updated + self.unchanged + len(self.skipped)

    @property
    def changed(self) -> bool:
        """Whether the record is different afterwards."""
        return bool(self.created or self.updated)

    def skip(self, place: str, reason: str) -> None:
        """One record that was not taken in, and why."""
        self.skipped.append((place, reason))

    def add(self, other: Counts) -> None:
        """Sum up."""
        self.created += other.created
        self.updated += other.updated
        self.unchanged += other.unchanged
        self.skipped += other.skipped
