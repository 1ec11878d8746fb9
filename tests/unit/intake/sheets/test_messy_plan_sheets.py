"""Plan sheets as people really keep them: titles above, headings in four languages, dates and durations as typed."""

from __future__ import annotations

import io
from datetime import date, datetime

import pytest
import xlsxwriter

from bywhen.intake.port import ReadOptions
from bywhen.intake.reading import blob_from, read_blob

TODAY = ReadOptions(today=date(2026, 11, 22))


def workbook(rows, *, indents=None, groups=None, merged=()):
    """A workbook of one sheet; ``indents`` gives the cell format of names by row, ``groups`` the level of rows."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("Plan")
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    styles = {indent: book.add_format({"indent": indent}) for indent in set((indents or {}).values())}
    for area, text in merged:
        sheet.merge_range(area, text)
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, datetime):
                sheet.write_datetime(at, column, value, day)
            elif value is not None and not (at == 0 and merged):
                sheet.write(at, column, value, styles.get((indents or {}).get(at)) if column == 0 else None)
    for at, level in (groups or {}).items():
        sheet.set_row(at, None, None, {"level": level})
    book.close()
    return target.getvalue()


def reading(content, options=TODAY):
    found = [each for each in read_blob(blob_from("plan", content), options) if each.kind == "plan"]
    assert len(found) == 1
    return found[0]


def plan(content, options=TODAY):
    return reading(content, options).payload


def parents(found):
    return [task.parent_uid for task in found.tasks]


def pairs(found):
    return [(k.predecessor_uid, k.successor_uid, str(k.type), k.lag.minutes) for k in found.links]


def test_title_and_status_date_are_read_when_they_stand_above_the_heading():
    found = plan(workbook(
        [["ERP rollout plan"], ["Stand: 20.11.2026"], [], ["Nr", "Vorgang", "Dauer", "Beginn", "Vorgänger", "Wer"],
         [1, "Konzept", "10 Tage", datetime(2026, 11, 23), None, "Ana"],
         [2, "Umsetzung", "2 Wochen", datetime(2026, 12, 7), "1EA+2 Tage", "Bo"]],
        merged=[("A1:F1", "ERP rollout plan")],
    ))  # fmt: skip
    assert (found.name, found.status_date) == ("ERP rollout plan", datetime(2026, 11, 20))
    assert [task.duration.minutes / 480 for task in found.tasks] == [10, 10]
    assert pairs(found) == [(1, 2, "FS", 960)]
    assert [each.name for each in found.resources] == ["Ana", "Bo"]


@pytest.mark.parametrize(("headings", "row"), [
    ("N°;Nom de la tâche;Durée;Début;Fin;Prédécesseurs;Ressources", "2;Recette;10 jours;lun. 30/11/26;ven. 11/12/26;1FD+1 jour;Luc"),
    ("Nº;Actividad;Duración;Inicio;Fin;Predecesoras;Responsable", "2;Pruebas;2 semanas;30/11/2026;11/12/2026;1FC+1 día;Luis"),
    ("Lfd. Nr.;Aktivität;Dauer (AT);von;bis;Abhängigkeit;Verantwortlicher", "2;Vergabe;10 AT;30.11.2026;11.12.2026;1EA+1 Tag;Öz"),
])  # fmt: skip
def test_headings_and_units_are_known_when_they_are_french_spanish_or_german(headings, row):
    first = "1;Start;5;23.11.2026;27.11.2026;;"
    task = plan(f"{headings}\n{first}\n{row}\n".encode()).tasks[1]
    assert (task.duration.minutes, task.start, task.finish) == (
        4800, datetime(2026, 11, 30, 8), datetime(2026, 12, 11, 17),
    )  # fmt: skip
    assert pairs(plan(f"{headings}\n{first}\n{row}\n".encode())) == [(1, 2, "FS", 480)]


DURATIONS = {
    "2w 3d": 13, "2w, 3d": 13, "1.5 weeks": 7.5, "2,5 Tage": 2.5, "10 working days": 10, "~5d": 5, "5d (est.)": 5,
    "1 month": 20, "3 Monate": 60, "12 Std.": 1.5, "0,5 PT": 0.5, "1 Woche und 2 Tage": 7, "1½ Tage": 1.5, "½ d": 0.5,
    "5 jours ouvrés": 5, "ca. 3 Wochen": 15, "90 min": 0.1875, "5 AT": 5,
}  # fmt: skip


@pytest.mark.parametrize("typed", sorted(DURATIONS))
def test_duration_is_understood_when_typed_as(typed):
    task = plan(f"Task;Duration;Start\nA;{typed};2026-11-23\n".encode()).tasks[0]
    assert task.duration.minutes / 480 == DURATIONS[typed]
    assert task.estimated == (typed in {"~5d", "5d (est.)", "ca. 3 Wochen"})


@pytest.mark.parametrize("typed", ["14 calendar days", "14 Kalendertage", "14 edays", "2 ew"])
def test_duration_runs_round_the_clock_when_typed_in_calendar_days(typed):
    duration = plan(f"Task;Duration;Start\nA;{typed};2026-11-23\n".encode()).tasks[0].duration
    assert (duration.elapsed, duration.minutes) == (True, 14 * 1440)


@pytest.mark.parametrize("typed", ["5-7 days", "some days", "3d -5h"])
def test_duration_is_told_and_not_guessed_when_it_is_none(typed):
    found = reading(f"Task;Duration;Start\nA;{typed};2026-11-23\nB;2d;2026-11-24\n".encode())
    assert found.payload.tasks[0].duration is None
    assert [each.rule for each in found.findings][:1] == ["duration-unreadable"]


PREDECESSORS = {
    "3FS+2d;4SS-50%": [(3, "FS", 960), (4, "SS", -50)],
    "2FS+2d, 3SS": [(2, "FS", 960), (3, "SS", 0)],
    "4FS-2 Wochen": [(4, "FS", -4800)],
    "3FS +1eW": [(3, "FS", 10080)],
    "3 FS + 2 days": [(3, "FS", 960)],
    "T-3 FF": [(3, "FF", 0)],
    "T-2 (FS+2d)": [(2, "FS", 960)],
    "after T-1": [(1, "FS", 0)],
    "#2": [(2, "FS", 0)],
    "2 & 3": [(2, "FS", 0), (3, "FS", 0)],
    "1 and 2": [(1, "FS", 0), (2, "FS", 0)],
    "Row 3": [(3, "FS", 0)],
    "1,2": [(1, "FS", 0), (2, "FS", 0)],
    "1+2d": [(1, "FS", 960)],
    "1-3": [],
}


@pytest.mark.parametrize("typed", sorted(PREDECESSORS))
def test_predecessors_are_understood_when_typed_as(typed):
    key = "T-" if "T-" in typed else ""
    rows = [["ID", "Task", "Days", "Predecessors"], *([f"{key}{n}", f"Step {n}", 1, None] for n in range(1, 5))]
    found = reading(workbook([*rows, [f"{key}5", "Last", 1, typed]]))
    assert [(k.predecessor_uid, str(k.type), k.lag.minutes) for k in found.payload.links] == PREDECESSORS[typed]
    missing = [each for each in found.findings if each.rule == "link-to-missing-task"]
    assert len(missing) == (not PREDECESSORS[typed])


def test_dates_are_read_when_every_row_writes_them_in_another_way():
    rows = [["23.11.2026", "27.11.2026"], ["23 Nov 2026", "Nov 27, 2026"], ["2026-11-23T08:00:00Z", "20261127"],
            ["Mo, 23. Nov. 2026", "Fr 27.11."], ["lundi 23 novembre 2026", "27-Nov-26"],
            [datetime(2026, 11, 23, 8), datetime(2026, 11, 27, 17)]]  # fmt: skip
    found = plan(workbook([["Task", "Start", "End"], *([f"T{at}", *row] for at, row in enumerate(rows))]))
    assert {(task.start, task.finish) for task in found.tasks} == {
        (datetime(2026, 11, 23, 8), datetime(2026, 11, 27, 17))
    }


def test_dates_are_left_out_and_told_when_they_can_mean_two_days():
    found = reading(b"Task,Start Date,End Date\nA,11/3/2026,11/6/2026\n")
    assert found.payload.tasks[0].start is None
    assert [each.rule for each in found.findings][:2] == ["date-order-ambiguous"] * 2


NAMES = [["Task"], ["Phase 1"], ["Analyse"], ["Interviews"], ["Review"], ["Phase 2"], ["Build"]]
OUTLINE = [None, 1, 2, 1, None, 5]
DEPTHS = {2: 1, 3: 2, 4: 1, 6: 1}


def dated(rows):
    return [[*rows[0], "Start", "Days"], *([*row, datetime(2026, 11, 23), 2] for row in rows[1:])]


def test_outline_is_found_when_cells_are_indented():
    assert parents(plan(workbook(dated(NAMES), indents=DEPTHS))) == OUTLINE


def test_outline_is_found_when_rows_are_grouped():
    assert parents(plan(workbook(dated(NAMES), groups=DEPTHS))) == OUTLINE


@pytest.mark.parametrize(
    "heading", [["Level 1", "Level 2", "Level 3"], ["Task", None, None], ["Ebene 1", "Ebene 2", "Ebene 3"]]
)
def test_outline_is_found_when_names_stand_in_steps(heading):
    steps = [[None] * DEPTHS.get(at, 0) + row + [None] * (2 - DEPTHS.get(at, 0)) for at, row in enumerate(NAMES)]
    found = plan(workbook(dated([heading, *steps[1:]])))
    assert parents(found) == OUTLINE
    assert [task.name for task in found.tasks] == [row[0] for row in NAMES[1:]]


def test_outline_is_found_when_names_are_numbered():
    numbers = ["1.", "1.1", "1.1.1", "1.2", "2", "2.1"]
    rows = [NAMES[0], *([f"{number} {row[0]}"] for number, row in zip(numbers, NAMES[1:], strict=True))]
    assert parents(plan(workbook(dated(rows)))) == OUTLINE


def test_outline_is_found_when_names_have_bullets():
    found = plan(
        b"Task,Start,End\n1. Plan,2026-11-23,2026-11-27\n- Kickoff,2026-11-23,2026-11-23\n2. Build,2026-11-30,2026-12-04\n"
    )
    assert parents(found) == [None, 1, None]
    assert [task.name for task in found.tasks] == ["1. Plan", "Kickoff", "2. Build"]


def test_names_are_found_when_numbers_stand_under_their_heading():
    rows = [["Task", None, "Plan", None, "Actual", None], [None, None, "Start", "End", "Start", "End"],
            [1, "A", datetime(2026, 11, 23), datetime(2026, 11, 25), datetime(2026, 11, 24), None],
            [2, "B", datetime(2026, 11, 26), datetime(2026, 12, 1), None, None]]  # fmt: skip
    found = plan(workbook(rows))
    assert [(task.id, task.name) for task in found.tasks] == [(1, "A"), (2, "B")]
    assert found.tasks[0].actual_start == datetime(2026, 11, 24, 8)


def test_list_of_actions_is_a_plan_only_when_it_says_when_each_begins():
    (register,) = read_blob(blob_from("log.csv", b"Action;Owner;Due;Status\nCall;Ana;2026-11-23;open\n"), TODAY)
    found = plan(b"Action;Owner;Start;End\nCall;Ana;2026-11-23;2026-11-24\n")
    assert register.kind == "raid"
    assert [task.name for task in found.tasks] == ["Call"]


@pytest.mark.parametrize(("lines", "title"), [
    (["Confidential", "Prepared by: Ana", "Cutover schedule"], "Cutover schedule"),
    (["Projekt: Umzug", "Stand: 20.11.2026"], "Umzug"),
    (["Owner: Ana"], "plan"),
])  # fmt: skip
def test_title_is_found_among_notes_when_they_stand_above(lines, title):
    rows = [*([line] for line in lines), ["Task", "Start", "Days"], ["A", datetime(2026, 11, 23), 2]]
    assert plan(workbook(rows)).name == title


@pytest.mark.parametrize(
    ("heading", "minutes"), [("Aufwand (PT)", 1440), ("Effort (h)", 180), ("Work", 180), ("Effort [days]", 1440)]
)
def test_work_is_in_the_unit_of_its_heading_when_the_cell_gives_none(heading, minutes):
    assert plan(f"Task;Start;{heading}\nA;2026-11-23;3\n".encode()).tasks[0].work_minutes == minutes


def test_german_export_is_read_when_weekdays_are_short():
    found = plan("Vorgangsname;Dauer;Anfang;Fertig stellen;Vorgänger\nBau;1 Woche;Mon 23.11.26;Fre 27.11.26;\n"
                 "Test;3 fTage;Mon 30.11.26;Don 03.12.26;1EA+3 fTage\n".encode())  # fmt: skip
    assert [task.finish for task in found.tasks] == [datetime(2026, 11, 27, 17), datetime(2026, 12, 3, 17)]
    assert found.tasks[1].duration.elapsed
