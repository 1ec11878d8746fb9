"""``bywhen plan``: the schedule engine over any plan file. No Django, no database; files are read, never changed.

``--json`` prints one document on standard output; without it, a table for people. What does not live here: reading
files (room ``intake``), computing (``schedule/engine``), the JSON shapes (``schedule/engine/documents.py``).
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bywhen.kernel.errors import InputRefusedError

if TYPE_CHECKING:  # rooms' heavier parts are imported by the verb that needs them
    from bywhen.intake.port import Reading
    from bywhen.kernel.plan import Plan
    from bywhen.schedule.engine.cpm import Schedule
    from bywhen.schedule.engine.signals import TaskHistory
    from bywhen.schedule.engine.whatif import Change

app = typer.Typer(
    add_completion=False, no_args_is_help=True, rich_markup_mode=None, help="Show, schedule and question a plan file."
)

File = Annotated[Path, typer.Argument(help="Any plan file: MSPDI, .mpp, .xer, spreadsheet ...", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
Recompute = Annotated[bool, typer.Option("--recompute", help="Ignore the dates stored in the file and compute them.")]
AsOf = Annotated[
    str, typer.Option("--as-of", metavar="DATE", help="Judge time as of this day (YYYY-MM-DD); today otherwise.")
]


@app.command()
def schedule(file: File, *, recompute: Recompute = False, as_json: AsJson = False) -> None:
    """Dates, float and critical tasks: the file's own, or computed."""
    from bywhen.schedule.engine.documents import schedule_document, stored_document

    reading, plan = _read(file)
    if recompute or not any(task.start for task in plan.tasks):
        document = schedule_document(_computed(plan, file))
    else:
        document = stored_document(plan)
    document["findings"] = [*_findings(reading), *document["findings"]]
    if as_json:
        _print_json(document)
    else:
        from bywhen.schedule.writers.terminal import print_schedule

        print_schedule(document, plan.minutes_per_day)


@app.command()
def show(file: File, *, recompute: Recompute = False, as_of: AsOf = "", as_json: AsJson = False) -> None:
    """What the plan holds, and its outline as a text Gantt."""
    from bywhen.kernel.clock import current_clock
    from bywhen.schedule.engine.documents import counts_document, schedule_document, stored_document

    reading, plan = _read(file)
    today = _day(as_of) if as_of else current_clock().today()
    computed = recompute or not any(task.start for task in plan.tasks)
    document = schedule_document(_computed(plan, file)) if computed else stored_document(plan)
    document["findings"] = [*_findings(reading), *document["findings"]]
    document["counts"] = counts_document(plan)
    if as_json:
        _print_json(document | {"as_of": today.isoformat()})
    else:
        from bywhen.schedule.writers.terminal import print_gantt

        print_gantt(document, plan, today)


@app.command()
def critical(
    file: File,
    *,
    to: Annotated[
        int | None,
        typer.Option("--to", metavar="UID", help="The path that drives this task instead of the project's finish."),
    ] = None,
    near: Annotated[
        float,
        typer.Option(
            "--near", metavar="DAYS", help="Count tasks with at most this many working days of float as near-critical."
        ),
    ] = 5.0,
    as_json: AsJson = False,
) -> None:
    """The critical tasks, the path that drives the finish, and why each task stands where it does."""
    from bywhen.schedule.engine.documents import path_document

    _, plan = _read(file)
    document = path_document(_computed(plan, file), to, near * plan.minutes_per_day)
    if as_json:
        _print_json(document)
    else:
        from bywhen.schedule.writers.terminal import print_path

        print_path(document, plan)


@app.command()
def whatif(
    file: File,
    *,
    task: Annotated[int, typer.Option("--task", metavar="UID", help="The task that changes.", show_default=False)],
    delay: Annotated[
        str, typer.Option("--delay", metavar="LENGTH", help="It moves this much later: 10d, 2w, 3ed, -1d.")
    ] = "",
    finish: Annotated[str, typer.Option("--finish", metavar="DATE", help="It ends on this day.")] = "",
    duration: Annotated[str, typer.Option("--duration", metavar="LENGTH", help="It takes this long.")] = "",
    remove: Annotated[
        bool, typer.Option("--remove", help="It is dropped; what followed it follows what came before it.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """What one change does to the finish, the milestones and the float of others."""
    from bywhen.schedule.engine.documents import impact_document
    from bywhen.schedule.engine.whatif import what_if

    given = [
        option
        for option, value in (("--delay", delay), ("--finish", finish), ("--duration", duration), ("--remove", remove))
        if value
    ]
    if len(given) != 1:
        raise typer.BadParameter("give exactly one of --delay, --finish, --duration and --remove")
    _, plan = _read(file)
    change = _change(plan, task, delay=delay, finish=finish, duration=duration, remove=remove)
    impact = what_if(_computed(plan, file), change)
    document = impact_document(impact)
    if as_json:
        _print_json(document)
    else:
        from bywhen.schedule.writers.terminal import print_impact

        print_impact(document, plan)


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(help="The earlier version.", show_default=False)],
    new: Annotated[Path, typer.Argument(help="The later version.", show_default=False)],
    *,
    recompute: Recompute = False,
    as_json: AsJson = False,
) -> None:
    """What differs between two versions: moved, added, removed, linked or estimated anew, corners cut."""
    from bywhen.schedule.engine.compare import compare
    from bywhen.schedule.engine.documents import comparison_document

    document = comparison_document(compare(_read(old)[1], _read(new)[1], recompute=recompute))
    if as_json:
        _print_json(document)
    else:
        from bywhen.schedule.writers.terminal import print_comparison

        print_comparison(document)


@app.command()
def convert(
    file: File,
    out: Annotated[Path, typer.Argument(help="The Microsoft Project XML file to write.", show_default=False)],
    *,
    as_json: AsJson = False,
) -> None:
    """Write the plan as Microsoft Project XML, with a report of what that format cannot hold."""
    from bywhen.intake.mspdi.writing import mspdi_losses, write_mspdi

    reading, plan = _read(file)
    _check_target(out, file)
    losses = [*reading.losses, *mspdi_losses(plan)]
    _write_file(out, write_mspdi(plan))
    lost = [asdict(each) for each in losses]
    document = {"file": str(out), "tasks": len(plan.tasks), "links": len(plan.links), "losses": lost}
    if as_json:
        _print_json(document)
    else:
        print(f"{out}: {document['tasks']} tasks, {document['links']} links, {len(lost)} losses")
        for loss in lost:
            print(f"  {loss['where']}, {loss['field']}: {loss['value']} ({loss['reason']})")


@app.command()
def lookahead(
    file: File,
    *,
    weeks: Annotated[int, typer.Option("--weeks", min=1, max=520, help="How many weeks to look ahead.")] = 4,
    as_of: AsOf = "",
    as_json: AsJson = False,
) -> None:
    """The open tasks of the next weeks by computed dates, what is overdue first."""
    from bywhen.kernel.clock import current_clock
    from bywhen.schedule.engine import outlook
    from bywhen.schedule.engine.documents import schedule_document

    reading, plan = _read(file)
    today, computed = _day(as_of) if as_of else current_clock().today(), _computed(plan, file)
    whole = schedule_document(computed)
    rows = {each["uid"]: each for each in whole["tasks"]}
    document = {
        "from": today.isoformat(),
        "to": (today + timedelta(weeks=weeks)).isoformat(),
        "tasks": [rows[row.uid] for row in outlook.lookahead(computed, today, weeks=weeks)],
        "findings": [*_findings(reading), *whole["findings"]],
    }
    if as_json:
        _print_json(document)
    else:
        from bywhen.schedule.writers.terminal import print_schedule

        print_schedule(document, plan.minutes_per_day)


@app.command()
def signals(
    files: Annotated[
        list[Path],
        typer.Argument(help="Versions of one plan, oldest first, or one sheet of forecasts.", show_default=False),
    ],
    *,
    as_json: AsJson = False,
) -> None:
    """Which slips point to something larger, each with its reasons."""
    from bywhen.schedule.engine.documents import signals_document
    from bywhen.schedule.engine.signals import signals as slip_signals

    known = _forecasts(files[0]) if len(files) == 1 else _versions(files)
    document = {"tasks": len(known), "signals": signals_document(slip_signals(known))}
    if as_json:
        _print_json(document)
    else:
        from bywhen.schedule.writers.terminal import print_signals

        print_signals(document)


@app.command()
def baseline(
    file: File,
    *,
    number: Annotated[int, typer.Option("--number", min=0, max=10, help="Which baseline is set.")] = 0,
    out: Annotated[Path, typer.Option("--out", help="The Microsoft Project XML file to write.", show_default=False)],
    as_json: AsJson = False,
) -> None:
    """Set a baseline from the plan's current dates (computed where it stores none), into a new file."""
    from bywhen.intake.mspdi.writing import mspdi_losses, write_mspdi
    from bywhen.schedule.engine.baselines import with_baseline

    reading, plan = _read(file)
    _check_target(out, file)
    dates = {task.uid: (task.start, task.finish) for task in plan.tasks if task.start and task.finish}
    if not dates:
        dates = {row.uid: (row.start, row.finish) for row in _computed(plan, file).rows()}
    agreed = with_baseline(plan, number, dates)
    losses = [*reading.losses, *mspdi_losses(agreed)]
    _write_file(out, write_mspdi(agreed))
    document = {"file": str(out), "baseline": number, "tasks": len(dates), "losses": [asdict(each) for each in losses]}
    if as_json:
        _print_json(document)
    else:
        print(f"{out}: baseline {number} set for {len(dates)} tasks, {len(losses)} losses")


# -- reading and checking --------------------------------------------------------------------------------------------


def _read(file: Path) -> tuple[Reading, Plan]:
    from bywhen.intake.reading import read_plan
    from bywhen.kernel.plan import Plan

    reading = read_plan(file)
    assert isinstance(reading.payload, Plan)
    return reading, reading.payload


def _versions(files: list[Path]) -> list[TaskHistory]:
    """The histories of several versions of a plan; each has to say of which day it is."""
    from bywhen.schedule.engine.outlook import histories

    versions: list[tuple[date, Plan]] = []
    for file in files:
        plan = _read(file)[1]
        day = plan.status_date or plan.current_date
        if day is None:
            problem = "the plan does not say of which day it is"
            raise InputRefusedError(problem, file=file.name, remedy="Set its status date.")
        if versions and day.date() <= versions[-1][0]:
            problem = f"the plan is of {day:%Y-%m-%d}, not later than the file before it"
            raise InputRefusedError(problem, file=file.name, remedy="Name the versions oldest first.")
        versions.append((day.date(), plan))
    return histories(versions)


def _forecasts(file: Path) -> list[TaskHistory]:
    from bywhen.intake.reading import read_file
    from bywhen.kernel.tables import ForecastRow
    from bywhen.schedule.engine.outlook import forecast_histories

    rows = [
        row
        for reading in read_file(file)
        if reading.kind == "forecasts" and isinstance(reading.payload, tuple)
        for row in reading.payload
        if isinstance(row, ForecastRow)
    ]
    if not rows:
        problem = "it holds no milestone forecasts"
        raise InputRefusedError(problem, file=file.name, remedy="Give such a sheet, or several versions of one plan.")
    return forecast_histories((row.milestone, row.on, row.forecast) for row in rows)


def _check_target(out: Path, file: Path) -> None:
    if out.suffix.lower() != ".xml":
        raise typer.BadParameter(
            f"{out.name}: Microsoft Project XML is what can be written; give a name that ends in .xml"
        )
    if out.resolve() == file.resolve():
        raise typer.BadParameter("the plan would overwrite itself; give another name")


def _computed(plan: Plan, file: Path) -> Schedule:
    from bywhen.kernel.errors import CalendarEmptyError, ScheduleImpossibleError
    from bywhen.schedule.engine.cpm import compute

    try:
        return compute(plan)
    except (CalendarEmptyError, ScheduleImpossibleError) as error:
        raise InputRefusedError(str(error), file=file.name) from error


def _write_file(path: Path, data: bytes) -> None:
    """Write beside the target first, so that a failure leaves nothing half written."""
    beside = path.with_name(path.name + ".part")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        text = f"cannot be written: {error.strerror}"
        raise InputRefusedError(
            text, file=path.name, remedy="Give a folder that exists and may be written to."
        ) from error


def _day(text: str) -> date:
    from bywhen.kernel.errors import DateUnreadableError

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DateUnreadableError(f"{text!r} is not a date", remedy="Write it as YYYY-MM-DD.") from None


def _moment(text: str) -> date | datetime:
    if "T" in text or ":" in text:
        from bywhen.kernel.errors import DateUnreadableError

        try:
            return datetime.fromisoformat(text).replace(tzinfo=None)
        except ValueError:
            raise DateUnreadableError(
                f"{text!r} is not a date", remedy="Write it as YYYY-MM-DD or YYYY-MM-DDTHH:MM."
            ) from None
    return _day(text)


def _change(plan: Plan, task: int, *, delay: str, finish: str, duration: str, remove: bool) -> Change:
    from bywhen.kernel.durations import DayLength, DurationUnit, parse_duration
    from bywhen.kernel.errors import DateUnreadableError
    from bywhen.schedule.engine.whatif import Change

    lengths = DayLength(plan.minutes_per_day, plan.minutes_per_week, plan.days_per_month or 20)
    if finish:
        return Change(task, finish=_moment(finish))
    if remove:
        return Change(task, remove=True)
    length = parse_duration(delay or duration, lengths)
    if length.unit in (DurationUnit.PERCENT, DurationUnit.ELAPSED_PERCENT) or (duration and length.minutes < 0):
        raise DateUnreadableError(
            f"{delay or duration!r} is not a length of time here", remedy="Write for example 10d, 2w, 4h or 3ed."
        )
    return Change(task, delay=length) if delay else Change(task, duration=length)


def _findings(reading: Reading) -> list[dict[str, Any]]:
    from bywhen.schedule.engine.documents import findings_document

    return findings_document(reading.findings)


def _print_json(document: dict[str, Any]) -> None:
    json.dump(document, sys.stdout, ensure_ascii=False)
    sys.stdout.write("\n")
