"""From sheets to readings: find the heading, decide what kind of sheet it is, build the records.

The columns decide the kind, never the file's name; a sheet's own name only helps between kinds that both fit. What
does not live here: reading bytes (``formats``), the kinds themselves (``sheets``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bywhen.intake import limits
from bywhen.intake.dates import DateHabit, read_date, read_month
from bywhen.intake.grid import Grid, Row, is_empty, shown
from bywhen.intake.headers import columns_mapped, normal
from bywhen.intake.port import Blob, Loss, Reading, ReadOptions
from bywhen.intake.sheets import budget, forecasts, ledger, people, plan, raid, status
from bywhen.intake.table import SheetKind, Table
from bywhen.kernel.errors import FormatUnknownError, MappingWrongError
from bywhen.kernel.findings import Finding, Severity
from bywhen.kernel.plan import Plan

SHEET_KINDS: tuple[SheetKind, ...] = (
    plan.KIND,
    raid.KIND,
    people.KIND,
    budget.KIND,
    ledger.KIND,
    status.KIND,
    forecasts.KIND,
)
"""Every kind of sheet. A new one is a module under ``sheets`` and a line here."""
_HEADING_WITHIN = 60
"""The heading is looked for in this many rows that hold something."""
_SAME_TASKS = 0.8
_DATE_LETTERS = 30


@dataclass(frozen=True, slots=True)
class _Candidate:
    """One way to understand a sheet."""

    score: float
    at: int
    kind: SheetKind
    headings: tuple[str, ...]
    columns: dict[str, int]


def readings_of(grids: Sequence[Grid], blob: Blob, options: ReadOptions, *, format_name: str) -> tuple[Reading, ...]:
    """One reading a sheet that is understood, in the workbook's order. Hidden sheets, sheets that nothing recognises
    and sheets that repeat the tasks of an earlier one are named in a finding of the first reading.

    Raises:
        MappingWrongError: when a mapping names what no sheet has, or a kind was asked for that no sheet can be.
        FormatUnknownError: when no sheet holds a table that is understood.
    """
    readings: list[Reading] = []
    left: list[Finding] = []
    refused: list[MappingWrongError] = []
    visible = [grid for grid in grids if not grid.hidden] or list(grids)
    for grid in grids:
        if grid not in visible:
            left.append(_left(grid, "it is hidden"))
            continue
        try:
            reading = _reading(grid, blob, options, format_name)
        except MappingWrongError as error:
            refused.append(error)
            continue
        reason = "no heading row was recognised" if reading is None else _repeats(reading, readings)
        if reading is not None and not reason:
            readings.append(reading)
        elif any(row.filled() for row in grid.rows):
            left.append(_left(grid, reason))
    if not readings:
        raise refused[0] if refused else _nothing(grids, blob, options)
    left += [
        _left(grid, "the mapping does not fit it") for grid in grids if any(e.place == _where(grid) for e in refused)
    ]
    return (_with(readings[0], left), *readings[1:])


def sureness(grid: Grid) -> float:
    """How sure it is that a grid is a table of a known kind, 0.0 to 1.0; for telling delimited text from prose."""
    found = _candidates(grid, ReadOptions(), "")
    if not found:
        return 0.0
    return min(0.95, 0.5 + 0.1 * len(found[0].columns))


def _reading(grid: Grid, blob: Blob, options: ReadOptions, format_name: str) -> Reading | None:
    for candidate in _candidates(grid, options, blob.name):
        table = _table(grid, blob, options, candidate)
        if candidate.kind.fits(table) or options.kind:
            return _built(table, candidate, format_name)
    return None


def _built(table: Table, candidate: _Candidate, format_name: str) -> Reading:
    if candidate.kind.kind == "plan":
        limits.within(len(table.rows), limits.TASKS, "rows of tasks", file=table.file)
    built = candidate.kind.build(table)
    table.tell_unread()
    notes = table.notes
    return Reading(
        kind=candidate.kind.kind,
        format=format_name,
        payload=built.payload,
        read=built.count + len(notes.skipped),
        part=table.grid.sheet,
        skipped=tuple(notes.skipped),
        findings=tuple(notes.findings),
        losses=tuple(notes.losses),
        mapping={name: table.headings[at].strip() for name, at in candidate.columns.items()},
    )


def _table(grid: Grid, blob: Blob, options: ReadOptions, candidate: _Candidate) -> Table:
    return Table(
        grid=grid,
        file=blob.name,
        source=blob.sha256,
        options=options,
        headings=candidate.headings,
        columns=candidate.columns,
        rows=tuple(grid.rows[candidate.at + 1 :]),
        preamble=tuple(row for row in grid.rows[: candidate.at] if row.filled()),
    )


def _candidates(grid: Grid, options: ReadOptions, file: str) -> list[_Candidate]:
    """Every row that could be the heading of every kind, the best first."""
    kinds = [kind for kind in SHEET_KINDS if options.kind in ("", kind.kind)]
    if options.mapping and not options.kind:
        kinds = [kind for kind in kinds if set(options.mapping) <= set(kind.fields.fields)] or kinds
    found: list[_Candidate] = []
    above: Row | None = None
    seen = 0
    for at, row in enumerate(grid.rows):
        if not row.filled():
            continue
        seen += 1
        if seen > _HEADING_WITHIN:
            break
        pseudo = _pseudo([shown(cell) for cell in row.cells])
        if _may_be_heading(row, pseudo):
            found += [c for kind in kinds if (c := _candidate(grid, kind, at, (above, row), pseudo))]
        above = row
    found.sort(key=lambda each: (-each.score, each.at))
    return _mapped(grid, kinds, options, file, found) if options.mapping else found


def _may_be_heading(row: Row, pseudo: set[str]) -> bool:
    filled = row.filled()
    texts = sum(isinstance(row.cells[at], str) for at in filled)
    return len(filled) >= 2 and texts >= 1 and (texts * 2 >= len(filled) or bool(pseudo))


def _candidate(
    grid: Grid, kind: SheetKind, at: int, rows: tuple[Row | None, Row], pseudo: set[str]
) -> _Candidate | None:
    headings = _headings(kind, rows[1], rows[0])
    columns = kind.fields.columns(headings)
    if not all(any(name in columns or name in pseudo for name in group) for group in kind.needs):
        return None
    filled = sum(1 for heading in headings if heading.strip())
    sheet = f" {normal(grid.sheet)} "
    named = any(f" {normal(name)} " in sheet for name in kind.names)
    score = len(columns) + 0.5 * len(kind.telling & set(columns)) + len(columns) / filled + (2.0 if named else 0.0)
    wide = 2.0 if pseudo and kind.kind in ("budget", "forecasts") else 0.0
    return _Candidate(score + wide, at, kind, headings, columns)


def _headings(kind: SheetKind, row: Row, above: Row | None) -> tuple[str, ...]:
    """The row's own texts; where a group heading above makes a spelling of the kind (Baseline over Start), both."""
    own = [shown(cell).strip() for cell in row.cells]
    if above is None or len(above.filled()) < 2:
        return tuple(own)
    group = ""
    combined: list[str] = []
    for at, text in enumerate(own):
        over = shown(above.cells[at]).strip() if at < len(above.cells) else ""
        group = over or group
        joined = f"{group} {text}" if group and text else ""
        merged_down = over if not text and kind.fields.spells(over) else ""
        combined.append(joined if joined and kind.fields.spells(joined) else text or merged_down)
    return tuple(combined)


def _pseudo(headings: Sequence[str]) -> set[str]:
    """``months`` and ``report days`` when at least two headings are months or dates."""
    dated = [text for text in headings if text and len(text) <= _DATE_LETTERS and any(sign.isdigit() for sign in text)]
    found: set[str] = set()
    if len(dated) > 1 and sum(read_month(text) is not None for text in dated) > 1:
        found.add("months")
    if len(dated) > 1 and sum(read_date(text, DateHabit("DMY")) is not None for text in dated) > 1:
        found.update(("months", "report days"))
    return found


def _mapped(
    grid: Grid, kinds: Sequence[SheetKind], options: ReadOptions, file: str, found: list[_Candidate]
) -> list[_Candidate]:
    """Candidates by a person's own mapping: the first row that holds the mapped headings is the heading.

    Raises:
        MappingWrongError: when no row holds them.
    """
    wanted = {normal(heading) for heading in options.mapping.values()}
    kind = found[0].kind if found and not options.kind else kinds[0]
    rows = [(at, row) for at, row in enumerate(grid.rows) if row.filled()][:_HEADING_WITHIN]
    best = max(rows, key=lambda pair: (len(wanted & {normal(shown(c)) for c in pair[1].cells}), -pair[0]), default=None)
    if best is None:
        return []
    headings = tuple(shown(cell).strip() for cell in best[1].cells)
    columns = columns_mapped(headings, kind.fields, options.mapping, file=file, place=_where(grid))
    return [_Candidate(99.0, best[0], kind, headings, columns)]


def _repeats(reading: Reading, earlier: Sequence[Reading]) -> str:
    """Why a plan sheet is not another plan: it repeats an earlier sheet's tasks and states no date of its own."""
    if not isinstance(reading.payload, Plan) or reading.payload.status_date is not None:
        return ""
    names = {task.name for task in reading.payload.tasks}
    for other in earlier:
        if isinstance(other.payload, Plan) and names:
            same = names & {task.name for task in other.payload.tasks}
            if len(same) >= _SAME_TASKS * len(names):
                return f"it repeats the tasks of sheet '{other.part}'"
    return ""


def _where(grid: Grid) -> str:
    return f"sheet {grid.sheet}" if grid.sheet else ""


def _left(grid: Grid, reason: str) -> Finding:
    return Finding("sheet-not-taken", Severity.INFO, f"Sheet '{grid.sheet}' was not taken in: {reason}.", _where(grid))


def _with(reading: Reading, left: Sequence[Finding]) -> Reading:
    losses = tuple(Loss("sheet", finding.subject, "", finding.text) for finding in left)
    return Reading(
        kind=reading.kind,
        format=reading.format,
        payload=reading.payload,
        read=reading.read,
        part=reading.part,
        skipped=reading.skipped,
        findings=(*reading.findings, *left),
        losses=(*reading.losses, *losses),
        mapping=reading.mapping,
    )


def _nothing(grids: Sequence[Grid], blob: Blob, options: ReadOptions) -> MappingWrongError | FormatUnknownError:
    first = next(
        ((grid, row) for grid in grids for row in grid.rows if len([c for c in row.cells if not is_empty(c)]) > 1), None
    )
    if first is None:
        return FormatUnknownError(blob.name, wanted="a table with a heading row")
    grid, row = first
    names = ", ".join(shown(cell).strip() for cell in row.cells if not is_empty(cell))[:300]
    kind = f"a sheet of kind '{options.kind}'" if options.kind else "any kind of sheet"
    return MappingWrongError(
        f"the columns of no sheet make {kind}",
        file=blob.name,
        place=grid.place(row.number),
        remedy=f"Write a mapping file beside it that says which column holds which field; the columns are: {names}.",
    )
