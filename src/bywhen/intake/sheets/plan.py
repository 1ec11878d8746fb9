"""Plan sheets: task lists of Microsoft Project, Smartsheet, Jira, Asana, monday.com and of people's own making.

What does not live here: the hierarchy, the dependencies and the resources, each in its own module beside this one.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import lru_cache
from pathlib import PurePath

from bywhen.intake.dates import DateHabit, read_date
from bywhen.intake.effort import is_estimated, read_duration, read_milestone_word, unit_of
from bywhen.intake.grid import Row, is_empty, shown
from bywhen.intake.headers import Vocabulary, normal
from bywhen.intake.numbers import fractions_in, read_number, read_percent
from bywhen.intake.sheets.crew import crew_of
from bywhen.intake.sheets.hierarchy import Places, placed
from bywhen.intake.sheets.links import links_of
from bywhen.intake.table import Built, SheetKind, Table
from bywhen.kernel.durations import Duration
from bywhen.kernel.findings import Severity
from bywhen.kernel.plan import Baseline, ConstraintType, Link, Plan, Task, standard_calendar
from bywhen.kernel.worktime import WorkingTime

FIELDS = {
    "uid": ("unique id", "uid", "unique task id", "task uid", "einmalige nr", "guid"),
    "id": ("id", "task id", "activity id", "issue key", "key", "item id", "nr", "no", "number", "row",
        "row number", "task no", "task number", "activity code", "vorgangsnummer", "nummer", "ref", "reference",
        "work item id", "identificador", "numero", "issue id", "identifier"),
    "wbs": ("wbs", "wbs code", "psp", "psp code", "edt", "otp", "work breakdown structure", "pos", "position"),
    "outline_number": ("outline number", "gliederungsnummer"),
    "outline_level": ("outline level", "level", "indent", "indent level", "gliederungsebene", "ebene", "niveau",
        "nivel", "hierarchy level", "niveau hierarchique", "nivel de esquema"),
    "parent": ("parent task", "parent", "parent id", "parent key", "parent issue", "parent name", "epic link",
        "ubergeordnet", "phase", "parent item", "stream"),
    "name": ("task name", "activity name", "name", "task", "activity", "summary", "title", "vorgangsname",
        "vorgang", "aufgabe", "aufgabenname", "arbeitspaket", "nom de la tache", "tache", "nombre de tarea",
        "tarea", "nom", "nombre", "bezeichnung", "work package", "deliverable", "item", "subject", "item name",
        "task title", "activity description", "task description", "work item", "libelle", "actividad", "activite",
        "milestone name", "deliverables", "tasks", "activities"),
    "duration": ("duration", "dauer", "duree", "duracion", "original duration", "planned duration", "days",
        "duration days", "work days", "length", "remaining duration days", "dur", "at completion duration"),
    "remaining_duration": ("remaining duration", "restdauer", "duree restante"),
    "actual_duration": ("actual duration", "istdauer", "ist dauer"),
    "start": ("start", "start date", "planned start", "anfang", "beginn", "startdatum", "debut", "date de debut",
        "comienzo", "inicio", "fecha de inicio", "begin", "starts", "scheduled start", "from", "timeline start",
        "start on", "date debut", "target start", "forecast start", "von", "current start"),
    "finish": ("finish", "finish date", "end", "end date", "planned finish", "planned end", "ende", "enddatum",
        "fertigstellung", "fin", "date de fin", "fecha de fin", "ends", "scheduled finish", "to", "timeline end",
        "target end", "forecast finish", "forecast end", "bis", "date fin", "completion date", "current finish",
        "end by"),
    "due": ("due date", "due", "deadline", "faellig", "fallig", "falligkeitsdatum", "faelligkeit", "falligkeit",
        "echeance", "date d echeance", "fecha limite", "vencimiento", "due on", "stichtag", "target date", "date",
        "due by", "by when", "termin", "liefertermin"),
    "predecessors": ("predecessors", "predecessor", "vorganger", "predecesseurs", "predecesores", "predecesoras",
        "predecessor details", "unique id predecessors", "depends on", "dependencies", "dependency", "blocked by",
        "dependent on", "abhangig von", "is blocked by", "inward issue link", "wbs predecessors", "abhangigkeiten",
        "waiting on"),
    "successors": ("successors", "successor", "nachfolger", "successeurs", "sucesores", "successor details",
        "blocking", "blocks", "outward issue link"),
    "resources": ("resource names", "resources", "resource", "assigned to", "assignee", "assignees", "owner",
        "owners", "responsible", "ressourcennamen", "ressource", "ressourcen", "noms ressources", "verantwortlich",
        "zustandig", "bearbeiter", "responsable", "nombres de los recursos", "recursos", "person", "people",
        "lead", "resource demand", "task owner", "who", "accountable", "assigned", "responsible person",
        "resource name", "noms des ressources", "resource ids"),
    "email": ("assignee email", "assigned to email", "owner email"),
    "percent_complete": ("percent complete", "percentage complete", "percentage completed", "complete", "progress",
        "percent done", "done percent", "percent abgeschlossen", "abgeschlossen", "fortschritt", "percent acheve",
        "percent completado", "avancement", "activity percent complete", "percent completed", "completion",
        "fertig", "progress percent", "completion percent", "fertigstellungsgrad", "progreso",
        "duration percent complete"),
    "percent_work_complete": ("percent work complete", "percent arbeit abgeschlossen"),
    "physical_percent_complete": ("physical percent complete",),
    "status": ("status", "state", "task status", "stand", "etat", "statut", "estado", "activity status", "stage",
        "issue status", "bearbeitungsstand"),
    "baseline_start": ("baseline start", "baseline0 start", "basisplan start", "geplanter anfang", "bl start",
        "geplanter anfang basisplan", "debut de reference", "comienzo de linea base", "bl project start",
        "baseline start date", "original start", "baseline estimated start"),
    "baseline_finish": ("baseline finish", "baseline end", "bl finish", "basisplan ende", "geplantes ende",
        "baseline finish date", "baseline end date", "original finish", "fin de reference", "bl project finish",
        "fin de linea base", "baseline", "original end", "baseline date", "baseline estimated finish"),
    "baseline_duration": ("baseline duration", "bl duration", "geplante dauer"),
    "baseline_work": ("baseline work", "geplante arbeit"),
    "baseline_cost": ("baseline cost", "bl cost", "geplante kosten", "baseline costs total cost"),
    "actual_start": ("actual start", "ist anfang", "istanfang", "debut reel", "comienzo real", "actual start date",
        "started", "started on"),
    "actual_finish": ("actual finish", "actual end", "ist ende", "istende", "fin reelle", "fin real",
        "completed at", "completed on", "actual finish date", "actual end date", "resolved", "completed",
        "done on", "date completed", "resolution date"),
    "early_start": ("early start", "fruhester anfang"),
    "early_finish": ("early finish", "fruhestes ende"),
    "late_start": ("late start", "spatester anfang"),
    "late_finish": ("late finish", "spatestes ende"),
    "total_slack": ("total slack", "total float", "gesamte pufferzeit", "marge totale", "demora permisible"),
    "free_slack": ("free slack", "free float", "freie pufferzeit", "marge libre"),
    "critical": ("critical", "is critical", "kritisch", "critique", "critica"),
    "milestone": ("milestone", "is milestone", "meilenstein", "jalon", "hito"),
    "summary_flag": ("is summary", "summary task", "sammelvorgang"),
    "active": ("active", "aktiv", "actif", "activo"),
    "mode": ("task mode", "vorgangsmodus", "mode tache", "modo de tarea"),
    "work": ("work", "arbeit", "travail", "trabajo", "effort", "estimated hours", "planned work", "aufwand",
        "estimate", "original estimate", "planned effort", "estimated effort", "charge", "hours"),
    "actual_work": ("actual work", "ist arbeit", "istarbeit", "time spent", "actual hours", "actual effort"),
    "remaining_work": ("remaining work", "restarbeit", "remaining estimate", "verbleibende arbeit"),
    "cost": ("cost", "total cost", "kosten", "cout", "costo", "coste", "planned cost", "budgeted cost"),
    "actual_cost": ("actual cost", "ist kosten", "istkosten", "cout reel", "costo real"),
    "fixed_cost": ("fixed cost", "feste kosten"),
    "constraint_type": ("constraint type", "constraint", "einschrankungsart", "type de contrainte",
        "primary constraint"),
    "constraint_date": ("constraint date", "einschrankungstermin", "date de contrainte", "primary constraint date"),
    "priority": ("priority", "prioritat", "priorite", "prioridad"),
    "notes": ("notes", "note", "comments", "comment", "bemerkung", "bemerkungen", "notizen", "remarks",
        "kommentar", "commentaires", "notas", "observaciones", "latest comments", "description", "beschreibung",
        "details"),
    "tracker_type": ("issue type", "work item type", "tracker", "vorgangstyp", "issuetype"),
    "created": ("created", "created at", "created on", "erstellt", "created date"),
    "updated": ("updated", "last modified", "updated at", "last updated", "changed date", "aktualisiert"),
    "reporter": ("reporter", "created by", "author", "autor"),
    "hyperlink": ("hyperlink", "url", "link", "permalink"),
}  # fmt: skip
DONE = frozenset({
    "done", "closed", "complete", "completed", "finished", "resolved", "erledigt", "abgeschlossen", "fertig",
    "termine", "terminado", "cerrado",
})  # fmt: skip
_KEPT_AS_TEXT = ("status", "priority", "summary_flag", "tracker_type", "created", "updated", "reporter", "parent")
_DATES = ("start", "finish", "due", "baseline_start", "baseline_finish", "actual_start", "actual_finish")
_ENDS = frozenset(
    {"finish", "due", "baseline_finish", "actual_finish", "early_finish", "late_finish", "constraint_end"}
)
_STATUS_DATE = frozenset({
    "status date", "tp status date", "data date", "as of", "as at", "statusdatum", "stichtag", "date d etat",
    "fecha de estado", "report date", "stand",
})  # fmt: skip
_CONSTRAINTS = {
    "asap": ConstraintType.ASAP, "as soon as possible": ConstraintType.ASAP,
    "so fruh wie moglich": ConstraintType.ASAP, "des que possible": ConstraintType.ASAP,
    "lo antes posible": ConstraintType.ASAP, "alap": ConstraintType.ALAP, "as late as possible": ConstraintType.ALAP,
    "so spat wie moglich": ConstraintType.ALAP, "mso": ConstraintType.MSO, "must start on": ConstraintType.MSO,
    "muss anfangen am": ConstraintType.MSO, "mandatory start": ConstraintType.MSO, "start on": ConstraintType.MSO,
    "mfo": ConstraintType.MFO, "must finish on": ConstraintType.MFO, "muss enden am": ConstraintType.MFO,
    "mandatory finish": ConstraintType.MFO, "finish on": ConstraintType.MFO, "snet": ConstraintType.SNET,
    "start no earlier than": ConstraintType.SNET, "anfang nicht fruher als": ConstraintType.SNET,
    "start on or after": ConstraintType.SNET, "snlt": ConstraintType.SNLT, "start no later than": ConstraintType.SNLT,
    "anfang nicht spater als": ConstraintType.SNLT, "start on or before": ConstraintType.SNLT,
    "fnet": ConstraintType.FNET, "finish no earlier than": ConstraintType.FNET,
    "ende nicht fruher als": ConstraintType.FNET, "finish on or after": ConstraintType.FNET,
    "fnlt": ConstraintType.FNLT, "finish no later than": ConstraintType.FNLT,
    "ende nicht spater als": ConstraintType.FNLT, "finish on or before": ConstraintType.FNLT,
}  # fmt: skip
_GENERIC = frozenset({"", "plan", "project plan", "schedule", "tasks", "task table", "sheet1", "tabelle1", "export"})
_STANDARD = WorkingTime.standard()
_LONGEST = timedelta(days=366 * 100)
_DAY_START, _DAY_END = time(8), time(17)


@dataclass(frozen=True, slots=True)
class _Habits:
    """What holds for the whole sheet: dates without times, shares instead of per cent, the field of the name."""

    days_only: bool
    shares: bool
    name: str
    baseline_is_plan: bool


def build(table: Table) -> Built:
    """The plan that a task list tells; tasks stand in the sheet's order.

    Dates without a time mean the whole day: a start is 08:00, a finish 17:00. Without a duration, the working time
    between start and finish on the standard calendar counts. A start that no dependency explains is kept by a
    start-no-earlier-than constraint, as Microsoft Project does when it takes in dates.
    """
    habits = _habits(table)
    rows = list(table.records(habits.name, is_record=lambda row: not is_empty(table.cell(row, habits.name))))
    named = [row for row in rows if table.text(row, habits.name)]
    for row in rows:
        if not table.text(row, habits.name):
            table.skip(row, f"column '{table.heading(habits.name)}' is empty, so the row names no task")
    heads = [_is_head(table, row, habits.name) for row in named]
    tree = placed(table, named, heads=heads)
    uids = _uids(table, named)
    tasks = [_task(table, row, habits, uids, tree, at) for at, row in enumerate(named)]
    links = links_of(table, named, tasks)
    held = _held(table, tasks, links)
    resources, assignments = crew_of(table, named, held)
    plan = Plan(
        name=_name(table, held),
        tasks=tuple(held),
        links=links,
        calendars=(standard_calendar(),),
        calendar_uid=1,
        resources=resources,
        assignments=assignments,
        start=min((task.start for task in held if task.start), default=None),
        finish=max((task.finish for task in held if task.finish), default=None),
        status_date=_status_date(table),
        currency=table.currency(named[0], "cost") if named and table.has("cost") else "",
    )
    return Built(plan, len(held))


def _habits(table: Table) -> _Habits:
    stamps = [
        stamp for name in _DATES for row in table.rows if (stamp := read_date(table.cell(row, name), DateHabit("DMY")))
    ]
    return _Habits(
        days_only=all(stamp.time() == time() for stamp in stamps),
        shares=fractions_in(table.column("percent_complete")),
        name="name" if table.has("name") else "milestone",
        baseline_is_plan=not any(table.has(name) for name in ("start", "finish", "due")),
    )


def _is_head(table: Table, row: Row, name: str) -> bool:
    return {table.columns.get(name), table.columns.get("id"), table.columns.get("wbs")} >= set(row.filled())


def _uids(table: Table, rows: Sequence[Row]) -> list[int]:
    """The sheet's own whole numbers where they are unique, else 1, 2, 3 in order."""
    for name in ("uid", "id"):
        numbers = [read_number(table.cell(row, name)) for row in rows]
        if rows and all(number is not None and number % 1 == 0 and 0 <= number < 2**31 for number in numbers):
            found = [int(number) for number in numbers if number is not None]
            doubled = [number for number, times in Counter(found).items() if times > 1]
            if not doubled:
                return found
            shown_ids = ", ".join(map(str, sorted(doubled)[:10]))
            table.find("task-id-doubled", f"Column '{table.heading(name)}' holds {shown_ids} more than once.")
    return list(range(1, len(rows) + 1))


def _task(table: Table, row: Row, habits: _Habits, uids: Sequence[int], tree: Places, at: int) -> Task:
    parent = tree.parents[at]
    summary = at in tree.holders
    duration = _duration(table, row, "duration") or (
        _duration(table, row, "baseline_duration") if habits.baseline_is_plan else None
    )
    milestone = _is_milestone(table, row, habits, duration) and not summary
    day = _DayReader(table, row, habits, milestone)
    start, finish = day("start"), day("finish")
    due = day("due")
    if habits.baseline_is_plan:
        start, finish = day("baseline_start"), day("baseline_finish")
    elif not table.has("finish"):
        finish = due
    if milestone:
        start, finish, duration = start or finish, finish or start, duration or Duration(0.0)
    if duration is None and start and finish:
        duration = Duration(_worked(start, finish))
    done = _percent(table, row, habits, "percent_complete")
    wbs = table.text(row, "wbs")
    number = read_number(table.cell(row, "id"))
    kind, when = _constraint(table, row, day)
    return Task(
        uid=uids[at],
        id=int(number) if number is not None and number % 1 == 0 else at + 1,
        name=table.text(row, habits.name).lstrip(">•‣→ \u2003"),
        wbs=wbs,
        outline_number=table.text(row, "outline_number"),
        outline_level=tree.levels[at],
        parent_uid=uids[parent] if parent is not None else None,
        summary=summary,
        milestone=milestone,
        active=read_milestone_word(table.cell(row, "active")) is not False if table.text(row, "active") else True,
        manual=normal(table.text(row, "mode")).startswith(("manual", "manuell", "yes")),
        estimated=is_estimated(table.cell(row, "duration")),
        priority=_priority(table, row),
        duration=duration,
        actual_duration_minutes=_minutes(table, row, "actual_duration"),
        remaining_duration_minutes=_minutes(table, row, "remaining_duration"),
        percent_complete=done,
        percent_work_complete=_percent(table, row, habits, "percent_work_complete"),
        physical_percent_complete=_percent(table, row, habits, "physical_percent_complete"),
        start=start,
        finish=finish,
        early_start=day("early_start"),
        early_finish=day("early_finish"),
        late_start=day("late_start"),
        late_finish=day("late_finish"),
        total_slack_minutes=_minutes(table, row, "total_slack"),
        free_slack_minutes=_minutes(table, row, "free_slack"),
        critical=read_milestone_word(table.cell(row, "critical")) if table.text(row, "critical") else None,
        actual_start=day("actual_start"),
        actual_finish=day("actual_finish"),
        constraint=kind,
        constraint_date=when,
        deadline=due,
        calendar_uid=None,
        work_minutes=_minutes(table, row, "work", "h"),
        actual_work_minutes=_minutes(table, row, "actual_work", "h"),
        remaining_work_minutes=_minutes(table, row, "remaining_work", "h"),
        cost=table.number(row, "cost"),
        actual_cost=table.number(row, "actual_cost"),
        fixed_cost=table.number(row, "fixed_cost"),
        notes=table.text(row, "notes"),
        hyperlink=table.text(row, "hyperlink"),
        baselines=_baselines(table, row, day),
        custom=_custom(table, row, number is None),
    )


@lru_cache(maxsize=50_000)
def _worked(start: datetime, finish: datetime) -> float:
    """Working minutes on the standard calendar, none when the finish is earlier."""
    return max(_STANDARD.between(start, finish), 0.0) if finish - start < _LONGEST else 0.0


class _DayReader:
    """Reads the dates of one row; a date without a time is the start or the end of the working day."""

    def __init__(self, table: Table, row: Row, habits: _Habits, milestone: bool) -> None:
        self._table, self._row, self._habits, self._milestone = table, row, habits, milestone

    def __call__(self, name: str) -> datetime | None:
        found = self._table.date(self._row, name) if name in self._table.columns else None
        if found is None or not self._habits.days_only or found.time() != time():
            return found
        return datetime.combine(found.date(), _DAY_END if name in _ENDS or self._milestone else _DAY_START)


def _duration(table: Table, row: Row, name: str, unit: str = "") -> Duration | None:
    cell = table.cell(row, name)
    if cell == "" or is_empty(cell):
        return None
    if isinstance(cell, timedelta):
        return Duration(cell / timedelta(minutes=1))
    heading_unit = unit_of(table.heading(name))
    found = read_duration(cell, unit if unit and heading_unit == "d" else heading_unit)
    if found is None and shown(cell).strip() not in ("-", "NA", "n/a"):
        table.find("duration-unreadable", f"{shown(cell)!r} is not a duration.", row=row)
    return found


def _minutes(table: Table, row: Row, name: str, unit: str = "") -> float | None:
    found = _duration(table, row, name, unit)
    return found.minutes if found else None


def _is_milestone(table: Table, row: Row, habits: _Habits, duration: Duration | None) -> bool:
    if habits.name == "milestone":
        return True
    flag = read_milestone_word(table.cell(row, "milestone")) if table.text(row, "milestone") else None
    return flag if flag is not None else duration is not None and duration.minutes == 0


def _percent(table: Table, row: Row, habits: _Habits, name: str) -> float:
    cell = table.cell(row, name)
    found = read_percent(cell, fractions=habits.shares)
    if found is None and name == "percent_complete":
        word = normal(shown(cell)) if not is_empty(cell) else normal(table.text(row, "status"))
        found = 100.0 if word in DONE else None
    return min(max(found or 0.0, 0.0), 100.0)


def _priority(table: Table, row: Row) -> int:
    number = read_number(table.cell(row, "priority"))
    return int(number) if number is not None and 10 <= number <= 1000 else 500


def _constraint(table: Table, row: Row, day: _DayReader) -> tuple[ConstraintType, datetime | None]:
    text = normal(table.text(row, "constraint_type"))
    kind = _CONSTRAINTS.get(text, ConstraintType.ASAP)
    if text and text not in _CONSTRAINTS:
        table.find("constraint-unknown", f"{table.text(row, 'constraint_type')!r} is no constraint type.", row=row)
    return kind, day("constraint_date")


def _baselines(table: Table, row: Row, day: _DayReader) -> tuple[Baseline, ...]:
    first = Baseline(
        0,
        start=day("baseline_start"),
        finish=day("baseline_finish"),
        duration_minutes=_minutes(table, row, "baseline_duration"),
        work_minutes=_minutes(table, row, "baseline_work", "h"),
        cost=table.number(row, "baseline_cost"),
    )
    return (first,) if first != Baseline(0) else ()


def _custom(table: Table, row: Row, key_is_text: bool) -> dict[str, str]:
    """What the task has no field for, under the sheet's own headings; nothing of a row is dropped."""
    kept = table.rest(row)
    for name in (*_KEPT_AS_TEXT, *(("id",) if key_is_text else ())):
        if text := table.text(row, name):
            kept.setdefault(table.heading(name), text)
    return kept


def _held(table: Table, tasks: Sequence[Task], links: Sequence[Link]) -> list[Task]:
    """Keep starts that no dependency explains."""
    driven = {link.successor_uid for link in links}
    first = min((task.start for task in tasks if task.start), default=None)
    held = [
        dataclasses.replace(task, constraint=ConstraintType.SNET, constraint_date=task.start)
        if task.start and task.start != first and _is_loose(task, driven)
        else task
        for task in tasks
    ]
    count = sum(new is not old for new, old in zip(held, tasks, strict=True))
    if count:
        table.find(
            "start-held",
            f"{count} tasks start later than the plan without a predecessor; their start is kept (no earlier than).",
            severity=Severity.INFO,
        )
    return held


def _is_loose(task: Task, driven: set[int]) -> bool:
    free = task.constraint is ConstraintType.ASAP and not task.summary and not task.manual
    return free and task.uid not in driven and task.actual_start is None


def _status_date(table: Table) -> datetime | None:
    for row in table.preamble:
        for at in row.filled():
            if normal(shown(row.cells[at])) in _STATUS_DATE:
                for cell in row.cells[at + 1 :]:
                    if found := read_date(cell, DateHabit(table.options.date_order, table.options.today)):
                        return found
    return None


def _name(table: Table, tasks: Sequence[Task]) -> str:
    """The title above the heading, the one task that holds all others, the sheet's name, the file's."""
    for row in table.preamble:
        filled = row.filled()
        if len(filled) == 1 and isinstance(text := row.cells[filled[0]], str) and len(text.strip()) <= 120:
            return text.strip()
    tops = [task for task in tasks if task.parent_uid is None]
    if len(tops) == 1 and tops[0].summary:
        return tops[0].name
    generic = normal(table.grid.sheet) in {
        "",
        "plan",
        "project plan",
        "schedule",
        "tasks",
        "task table",
        "sheet1",
        "tabelle1",
    }
    return PurePath(table.file).stem if generic else table.grid.sheet


KIND = SheetKind(
    kind="plan",
    fields=Vocabulary(FIELDS),
    needs=(
        ("name", "milestone"),
        (
            "duration",
            "start",
            "finish",
            "due",
            "predecessors",
            "successors",
            "outline_level",
            "baseline_start",
            "parent",
        ),
    ),
    build=build,
    names=("plan", "schedule", "tasks", "gantt", "wbs", "milestones", "zeitplan", "terminplan", "baseline schedule"),
    telling=frozenset({"duration", "predecessors", "successors", "outline_level", "wbs", "start", "finish"}),
)
