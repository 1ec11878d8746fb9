"""A project folder: which files there are, which are new, whose they are.

``project.toml`` at its root may name the programme and its projects; without it the folder is the programme and each
plan in it a project. What does not live here: taking the contents in (``intake``).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bywhen.kernel.errors import FileMalformedError, FileMissingError

DESCRIPTION = "project.toml"
LEFT_ALONE = frozenset({"README.md", "TRUTHS.md", DESCRIPTION})
MOST_FILES = 5000


@dataclass(frozen=True, slots=True)
class ProjectEntry:
    """One project as the folder's description names it; ``plan`` is a path inside the folder, ``folder`` one below
    which everything belongs to this project.
    """

    key: str
    name: str
    plan: str = ""
    folder: str = ""
    sponsor: str = ""
    lead: str = ""
    currency: str = ""


@dataclass(frozen=True, slots=True)
class SeriesEntry:
    """A series of meetings as the folder's description declares it; ``place`` names it in messages. Names are as in the
    list of people; ``repeats`` in words or as a rule. Numbers that are None are the kind's own.
    """

    place: str
    project: str
    kind: str
    first: datetime
    zone: str
    repeats: str
    title: str = ""
    minutes: int | None = None
    location: str = ""
    organiser: str = ""
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    quorum: float | None = None
    papers_days: int | None = None


@dataclass(frozen=True, slots=True)
class FolderDescription:
    """The programme, its projects and series of meetings, in order; ``stated`` tells whether a person wrote it down."""

    programme: str
    projects: tuple[ProjectEntry, ...] = ()
    series: tuple[SeriesEntry, ...] = ()
    stated: bool = False


def folder_files(folder: Path, *, without: Path | None = None) -> list[Path]:
    """The files to look at, sorted: hidden ones, mappings, links out of the folder and ``without`` are left alone.

    Raises:
        FileMissingError: when there is no such folder.
    """
    if not folder.is_dir():
        raise FileMissingError(str(folder))
    root = folder.resolve()
    found = []
    for path in sorted(root.rglob("*")):
        inside = path.relative_to(root)
        hidden = any(part.startswith((".", "~$")) for part in inside.parts)
        skipped = hidden or path.name in LEFT_ALONE or path.name.endswith((".mapping.toml", ".truths.toml"))
        if skipped or not path.is_file() or (without and without.resolve() in path.resolve().parents):
            continue
        if root in path.resolve().parents:
            found.append(path)
    return found[:MOST_FILES]


def folder_describe(folder: Path) -> FolderDescription:
    """Read ``project.toml``; without it, the folder's name is the programme and no project is named.

    Raises:
        FileMalformedError: naming the line that cannot be read, or the field that is missing.
    """
    path = folder / DESCRIPTION
    if not path.is_file():
        return FolderDescription(programme=folder.resolve().name)
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FileMalformedError(str(error), file=DESCRIPTION, remedy="Correct that line.") from error
    programme = document.get("programme", {})
    return FolderDescription(
        programme=str(programme.get("name") or folder.resolve().name),
        projects=tuple(_entry(number, row, programme) for number, row in enumerate(document.get("project", []), 1)),
        series=tuple(_series(number, row) for number, row in enumerate(document.get("series", []), 1)),
        stated=True,
    )


def _entry(number: int, row: Mapping[str, Any], programme: Mapping[str, Any]) -> ProjectEntry:
    missing = [name for name in ("key", "name") if not row.get(name)]
    if missing:
        raise FileMalformedError(
            f"it has no {' and no '.join(missing)}", file=DESCRIPTION, place=f"project {number}", remedy="Add it."
        )
    names = ("key", "name", "plan", "folder", "sponsor", "lead", "currency")
    texts = {name: str(row.get(name) or "") for name in names}
    texts["currency"] = texts["currency"] or str(programme.get("currency") or "")
    return ProjectEntry(**texts)


def _series(number: int, row: Mapping[str, Any]) -> SeriesEntry:
    place = f"series {number}"
    missing = [name for name in ("kind", "first", "zone", "repeats") if not row.get(name)]
    if missing:
        raise FileMalformedError(
            f"it has no {' and no '.join(missing)}", file=DESCRIPTION, place=place, remedy="Add it."
        )
    try:
        first = row["first"] if isinstance(row["first"], datetime) else datetime.fromisoformat(str(row["first"]))
        given: dict[str, Any] = {name: int(row[name]) for name in ("minutes", "papers_days") if name in row}
        quorum = float(row["quorum"]) if "quorum" in row else None
    except (TypeError, ValueError) as error:
        raise FileMalformedError(
            f"a time or number in it cannot be read ({error})",
            file=DESCRIPTION,
            place=place,
            remedy="Write first = 2026-11-25T15:30:00, minutes = 60.",
        ) from error
    names = ("project", "kind", "zone", "repeats", "title", "location", "organiser")
    given |= {name: str(row.get(name) or "") for name in names}
    given |= {name: tuple(map(str, row.get(name) or ())) for name in ("required", "optional")}
    return SeriesEntry(place=place, first=first.replace(tzinfo=None), quorum=quorum, **given)
