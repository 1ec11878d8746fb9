"""What a plan says: its dates, its outline, its critical path, what comes next."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import typer

from bywhen.schedule.cli.given import (
    AsJson,
    AsOf,
    File,
    Recompute,
    day_read,
    findings_said,
    json_print,
    plan_computed,
    plan_read,
)


def schedule(file: File, *, recompute: Recompute = False, as_json: AsJson = False) -> None:
    """Dates, float and critical tasks: the file's own, or computed."""
    from bywhen.schedule.engine.documents import schedule_document, stored_document

    reading, plan = plan_read(file)
    if recompute or not any(task.start for task in plan.tasks):
        document = schedule_document(plan_computed(plan, file))
    else:
        document = stored_document(plan)
    document["findings"] = [*findings_said(reading), *document["findings"]]
    if as_json:
        json_print(document)
    else:
        from bywhen.schedule.writers.terminal import print_schedule

        print_schedule(document, plan.minutes_per_day)


def show(file: File, *, recompute: Recompute = False, as_of: AsOf = "", as_json: AsJson = False) -> None:
    """What the plan holds, and its outline as a text Gantt."""
    from bywhen.kernel.clock import current_clock
    from bywhen.schedule.engine.documents import counts_document, schedule_document, stored_document

    reading, plan = plan_read(file)
    today = day_read(as_of) if as_of else current_clock().today()
    computed = recompute or not any(task.start for task in plan.tasks)
    document = schedule_document(plan_computed(plan, file)) if computed else stored_document(plan)
    document["findings"] = [*findings_said(reading), *document["findings"]]
    document["counts"] = counts_document(plan)
    if as_json:
        json_print(document | {"as_of": today.isoformat()})
    else:
        from bywhen.schedule.writers.terminal import print_gantt

        print_gantt(document, plan, today)


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

    _, plan = plan_read(file)
    document = path_document(plan_computed(plan, file), to, near * plan.minutes_per_day)
    if as_json:
        json_print(document)
    else:
        from bywhen.schedule.writers.terminal import print_path

        print_path(document, plan)


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

    reading, plan = plan_read(file)
    today, computed = day_read(as_of) if as_of else current_clock().today(), plan_computed(plan, file)
    whole = schedule_document(computed)
    rows = {each["uid"]: each for each in whole["tasks"]}
    document = {
        "from": today.isoformat(),
        "to": (today + timedelta(weeks=weeks)).isoformat(),
        "tasks": [rows[row.uid] for row in outlook.lookahead(computed, today, weeks=weeks)],
        "findings": [*findings_said(reading), *whole["findings"]],
    }
    if as_json:
        json_print(document)
    else:
        from bywhen.schedule.writers.terminal import print_schedule

        print_schedule(document, plan.minutes_per_day)
