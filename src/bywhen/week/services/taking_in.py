"""Taking files in, a folder's or those that a person sends: each new one is recognised, read and handed to the room
whose records it holds.

A file is taken in within one transaction, or not at all; what was taken in before is left alone by its content hash.
What does not live here: which files there are (``folder``), what follows from the new state (``turning``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction

from bywhen.finance.engine.reconcile import MoneyIntake
from bywhen.finance.services import budget_take_in, ledger_take_in
from bywhen.intake.mapping import options_for
from bywhen.intake.names import day_in_name
from bywhen.intake.port import Blob, Reading, ReadOptions
from bywhen.intake.reading import blob_of, read_blob
from bywhen.kernel.counts import Counts
from bywhen.kernel.errors import ByWhenError, InputRefusedError
from bywhen.kernel.findings import Finding
from bywhen.kernel.wording import listed
from bywhen.loops.services import LOOP_KINDS, loops_take_in
from bywhen.meetings.services.decisions import decisions_take_in
from bywhen.meetings.services.taking_in import meeting_take_in
from bywhen.platform.acting import Actor, acting
from bywhen.record.selectors.people import person_find
from bywhen.record.selectors.projects import project_list, project_names
from bywhen.record.selectors.proposals import intake_list, source_get, source_project
from bywhen.record.services.people import people_take_in
from bywhen.record.services.projects import project_begin, project_ensure, project_people_set
from bywhen.record.services.sources import intake_record, source_keep
from bywhen.registers.services.taking_in import entries_take_in
from bywhen.reports.services import statuses_take_in
from bywhen.schedule.selectors import working_time_of
from bywhen.schedule.services.forecasts import forecasts_take_in
from bywhen.schedule.services.taking_in import plan_take_in
from bywhen.week.services.events import events_take_in
from bywhen.week.services.folder import FolderDescription, folder_describe, folder_files

if TYPE_CHECKING:
    from bywhen.record.models import Project, Source

ORDER = ("people", "plan", "calendar", "raid", "budget", "ledger", "status", "forecasts", "transcript")
"""People before plans before what refers to both."""


@dataclass(slots=True)
class TakenIn:
    """What became of the folder's files. ``skipped`` holds (file, reason); ``meetings`` the new meetings' ids."""

    counts: Counts = field(default_factory=Counts)
    by_kind: dict[str, Counts] = field(default_factory=dict)
    files: int = 0
    new_files: int = 0
    skipped: list[tuple[str, str]] = field(default_factory=list)
    meetings: list[int] = field(default_factory=list)
    findings: dict[Project, list[Finding]] = field(default_factory=dict)

    def notice(self, project: Project, found: Sequence[Finding]) -> None:
        """Keep what a reader noticed."""
        self.findings.setdefault(project, []).extend(found)

    def count(self, kind: str, counts: Counts) -> None:
        """Add one reading's counts."""
        self.counts.add(counts)
        self.by_kind.setdefault(kind, Counts()).add(counts)


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file not taken in before, read: its path inside the folder, its bytes, what it holds."""

    inside: str
    blob: Blob
    readings: tuple[Reading, ...]

    @property
    def rank(self) -> int:
        return min((ORDER.index(reading.kind) for reading in self.readings), default=len(ORDER))


Progress = Callable[[str, int, int], None]
"""Called with what is being done, how far, out of how much."""


def folder_take_in(
    *, folder: Path, today: date, without: Path | None = None, progress: Progress | None = None
) -> TakenIn:
    """Take in what is new in ``folder``.

    Raises:
        FileMissingError: when there is no such folder.
        FileMalformedError: when its ``project.toml`` cannot be read.
    """
    described = folder_describe(folder)
    paths = folder_files(folder, without=without)
    result = TakenIn(files=len(paths))
    tell = progress or (lambda _what, _done, _all: None)
    new = []
    for number, path in enumerate(paths):
        tell(f"reading {path.name}", number, len(paths) * 2)
        read = _read_new(path, folder, result, today)
        new += [read] if read else []
    new.sort(key=_in_turn)
    owners = _projects_ensure(described, folder, new)
    for number, each in enumerate(new):
        tell(f"taking in {each.blob.name}", len(paths) + number, len(paths) + len(new))
        _take_in(each, _project_of(each.inside, described, owners), result, today)
    _people_set(described)
    return result


@dataclass(frozen=True, slots=True)
class FilesRead:
    """Files that a person sends, read and not yet kept: the new ones in the order of taking in, the names of those
    taken in before; ``result`` says why others were refused.
    """

    new: tuple[NewFile, ...]
    known: tuple[str, ...]
    result: TakenIn


def files_read(*, files: Sequence[Blob], today: date) -> FilesRead:
    """Read what a person sends for one project; nothing is kept.

    Raises:
        InputRefusedError: when two of them are new plans: they would become two versions of one project's plan.
    """
    result = TakenIn(files=len(files))
    read = {blob: _read_blob(blob, blob.name, ReadOptions(today=today), result) for blob in files}
    new = sorted((each for each in read.values() if each), key=_in_turn)
    settled = {each.inside for each in new} | {file for file, _ in result.skipped}
    plans = [each.inside for each in new if any(reading.kind == "plan" for reading in each.readings)]
    if len(plans) > 1:
        raise InputRefusedError(
            f"{listed(plans)} are plans, and one project has one plan",
            remedy="Take them in one after another, each into its own project.",
        )
    return FilesRead(tuple(new), tuple(blob.name for blob in read if blob.name not in settled), result)


def files_take_in(*, read: FilesRead, project: Project, today: date) -> TakenIn:
    """Take in what was read, all of one project; rows that name another project go there."""
    for each in read.new:
        _take_in(each, project, read.result, today)
    return read.result


def _in_turn(each: NewFile) -> tuple[int, int, str]:
    return each.rank, _plan_size(each), each.inside


def _plan_size(each: NewFile) -> int:
    """Larger plans first: without a description, the largest one leads."""
    return -max((reading.read for reading in each.readings if reading.kind == "plan"), default=0)


def _read_new(path: Path, folder: Path, result: TakenIn, today: date) -> NewFile | None:
    inside = path.relative_to(folder.resolve()).as_posix()
    try:
        return _read_blob(blob_of(path), inside, options_for(path, today=today), result)
    except InputRefusedError as error:
        result.skipped.append((inside, _one_line(error)))
        return None


def _read_blob(blob: Blob, inside: str, options: ReadOptions, result: TakenIn) -> NewFile | None:
    """What a file holds; None when it was taken in before or is refused, which ``result`` then says."""
    known = source_get(blob.sha256)
    if known is not None:
        _count_known(known, result)
        return None
    try:
        return NewFile(inside, blob, read_blob(blob, options))
    except InputRefusedError as error:
        result.skipped.append((inside, _one_line(error)))
        return None


def _one_line(error: ByWhenError) -> str:
    return " ".join(str(error).split())


def _count_known(source: Source, result: TakenIn) -> None:
    """The law for a file taken in before: its records are unchanged, what was skipped then is skipped again."""
    for intake in intake_list(source=source):
        counts = Counts(unchanged=intake.created + intake.updated + intake.unchanged)
        for row in intake.skipped:
            counts.skip(row["place"], row["reason"])
        result.count(intake.kind, counts)


def _take_in(each: NewFile, project: Project, result: TakenIn, today: date) -> None:
    try:
        with transaction.atomic(), acting(Actor("import", each.blob.name), f"taken in from {each.inside}"):
            source, _ = source_keep(
                name=each.inside,
                data=each.blob.data,
                sha256=each.blob.sha256,
                kind=each.readings[0].kind if each.readings else "",
                file_format=each.readings[0].format if each.readings else "",
                project=project,
            )
            outcome = [
                (reading, _dispatch(reading, source, project, each.inside, result, today)) for reading in each.readings
            ]
            for reading, counts in outcome:
                for skipped in reading.skipped:
                    counts.skip(skipped.place, skipped.reason)
                losses = [
                    {"field": x.field, "where": x.where, "value": x.value, "reason": x.reason} for x in reading.losses
                ]
                intake_record(
                    source=source,
                    kind=reading.kind,
                    counts=counts,
                    part=reading.part,
                    losses=losses,
                    mapping=reading.mapping,
                )
    except ByWhenError as error:
        result.skipped.append((each.inside, _one_line(error)))
        return
    result.new_files += 1
    for reading, counts in outcome:
        result.count(reading.kind, counts)
        result.notice(project, reading.findings)


def _dispatch(reading: Reading, source: Source, project: Project, inside: str, result: TakenIn, today: date) -> Counts:
    """Hand a reading to its room; answers the law's counts."""
    payload: Any = reading.payload
    place: dict[str, Any] = {"project_of": project_names(), "default": project, "source": source}

    def money(take_in: Callable[..., MoneyIntake]) -> Counts:
        taken = take_in(rows=payload, **place)
        result.notice(project, taken.findings)
        return taken.counts

    rooms: dict[str, Callable[[], Counts]] = {
        "plan": lambda: plan_take_in(project=project, plan=payload, source=source)[1],
        "people": lambda: people_take_in(rows=payload, projects=project_names(), default=project),
        "transcript": lambda: _meeting(payload, source, project, inside, result, today),
        "calendar": lambda: events_take_in(rows=payload, project=project, source=source),
        "raid": lambda: _raid(payload, place, project),
        "budget": lambda: money(budget_take_in),
        "ledger": lambda: money(ledger_take_in),
        "status": lambda: statuses_take_in(rows=payload, **place),
        "forecasts": lambda: forecasts_take_in(rows=payload, **place),
    }
    return rooms[reading.kind]()


def _raid(rows: Sequence[Any], place: dict[str, Any], project: Project) -> Counts:
    """Rows of one sheet go three ways: open loops, decisions, registers."""
    working_time = working_time_of(project)
    counts = loops_take_in(rows=[row for row in rows if row.kind in LOOP_KINDS], working_time=working_time, **place)
    counts.add(decisions_take_in(rows=[row for row in rows if row.kind == "decision"], **place))
    rest = [row for row in rows if row.kind not in LOOP_KINDS and row.kind != "decision"]
    counts.add(entries_take_in(rows=rest, working_time=working_time, **place))
    return counts


def _meeting(transcript: Any, source: Source, project: Project, inside: str, result: TakenIn, today: date) -> Counts:
    held_on = transcript.held_on or day_in_name(inside) or today
    meeting, created = meeting_take_in(project=project, source=source, transcript=transcript, held_on=held_on)
    if created:
        result.meetings.append(meeting.pk)
    return Counts(
        created=len(transcript.utterances) if created else 0, unchanged=0 if created else len(transcript.utterances)
    )


def _projects_ensure(described: FolderDescription, folder: Path, new: Sequence[NewFile]) -> dict[str, str]:
    """The projects the description names; without one, a project per plan, else one for the folder. Answers which new
    plan file made which project (its key).
    """
    for position, entry in enumerate(described.projects):
        project_ensure(
            portfolio=described.programme, key=entry.key, name=entry.name, currency=entry.currency, position=position
        )
    if described.projects or project_list().exists():
        return {}
    plans = [each for each in new if any(reading.kind == "plan" for reading in each.readings)]
    names = {each.inside: _plan_name(each) for each in plans} or {"": folder.resolve().name}
    return {inside: project_begin(name=name, portfolio=described.programme).key for inside, name in names.items()}


def _plan_name(each: NewFile) -> str:
    plan: Any = next(reading.payload for reading in each.readings if reading.kind == "plan")
    return str(plan.name or "").strip() or Path(each.inside).stem


def _project_of(inside: str, described: FolderDescription, owners: dict[str, str]) -> Project:
    """Whose a file is: as described; else whose the file was last time or made; else the first project's."""
    projects = {project.key: project for project in project_list()}
    for entry in described.projects:
        if inside == entry.plan or (entry.folder and inside.startswith(f"{entry.folder.rstrip('/')}/")):
            return projects[entry.key]
    if described.projects:
        return projects[described.projects[0].key]
    own = source_project(inside) or projects.get(owners.get(inside, ""))
    return own or next(iter(projects.values()))


def _people_set(described: FolderDescription) -> None:
    projects = {project.key: project for project in project_list()}
    for entry in described.projects:
        project_people_set(
            project=projects[entry.key], sponsor=person_find(entry.sponsor), lead=person_find(entry.lead)
        )
