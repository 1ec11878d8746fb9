"""What a change would do, what differs between versions, which slips point to something larger."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bywhen.kernel.errors import InputRefusedError
from bywhen.schedule.cli.given import AsJson, File, Recompute, day_read, json_print, plan_computed, plan_read

if TYPE_CHECKING:  # rooms' heavier parts are imported by the verb that needs them
    from bywhen.kernel.plan import Plan
    from bywhen.schedule.engine.signals import TaskHistory
    from bywhen.schedule.engine.whatif import Change


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
    _, plan = plan_read(file)
    change = _change(plan, task, delay=delay, finish=finish, duration=duration, remove=remove)
    impact = what_if(plan_computed(plan, file), change)
    document = impact_document(impact)
    if as_json:
        json_print(document)
    else:
        from bywhen.schedule.writers.terminal import print_impact

        print_impact(document, plan)


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

    document = comparison_document(compare(plan_read(old)[1], plan_read(new)[1], recompute=recompute))
    if as_json:
        json_print(document)
    else:
        from bywhen.schedule.writers.terminal import print_comparison

        print_comparison(document)


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
        json_print(document)
    else:
        from bywhen.schedule.writers.terminal import print_signals

        print_signals(document)


def _versions(files: list[Path]) -> list[TaskHistory]:
    """The histories of several versions of a plan; each has to say of which day it is."""
    from bywhen.schedule.engine.outlook import histories

    versions: list[tuple[date, Plan]] = []
    for file in files:
        plan = plan_read(file)[1]
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


def _moment(text: str) -> date | datetime:
    if "T" in text or ":" in text:
        from bywhen.kernel.errors import DateUnreadableError

        try:
            return datetime.fromisoformat(text).replace(tzinfo=None)
        except ValueError:
            raise DateUnreadableError(
                f"{text!r} is not a date", remedy="Write it as YYYY-MM-DD or YYYY-MM-DDTHH:MM."
            ) from None
    return day_read(text)


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
