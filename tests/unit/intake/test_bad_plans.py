"""Plan files as they go wrong at people's desks: each is refused with file, place and remedy, or read with a finding."""

from __future__ import annotations

import io
import re

import pytest
import xlsxwriter

from bywhen.intake.reading import blob_from, read_blob
from bywhen.kernel.errors import CycleFoundError, InputRefusedError, ScheduleImpossibleError
from bywhen.kernel.findings import Severity
from bywhen.kernel.plan import Plan
from bywhen.schedule.engine.cpm import compute
from contracts.formats.hostile import BILLION_LAUGHS, EXTERNAL_ENTITY
from contracts.formats.samples import COMPOUND_FILE, small_export

NAMESPACE = 'xmlns="http://schemas.microsoft.com/project"'
DAY = "<Duration>PT8H0M0S</Duration><DurationFormat>7</DurationFormat>"
EXPORT = small_export().decode("cp1252")


def document(tasks: str, rest: str = "<StartDate>2026-01-05T08:00:00</StartDate>") -> bytes:
    return f"<Project {NAMESPACE}>{rest}<Tasks>{tasks}</Tasks></Project>".encode()


def task(uid: int, body: str = DAY, level: int = 1) -> str:
    return (
        f"<Task><UID>{uid}</UID><ID>{uid}</ID><Name>Task {uid}</Name><OutlineLevel>{level}</OutlineLevel>{body}</Task>"
    )


def after(uid: int) -> str:
    return f"<PredecessorLink><PredecessorUID>{uid}</PredecessorUID><Type>1</Type></PredecessorLink>"


def empty_calendar() -> str:
    days = "".join(f"<WeekDay><DayType>{day}</DayType><DayWorking>0</DayWorking></WeekDay>" for day in range(1, 8))
    return (
        "<CalendarUID>1</CalendarUID><Calendars><Calendar><UID>1</UID><Name>Nothing</Name>"
        f"<IsBaseCalendar>1</IsBaseCalendar><WeekDays>{days}</WeekDays></Calendar></Calendars>"
    )


def plan_in(data: bytes, name: str) -> Plan:
    return next(each.payload for each in read_blob(blob_from(name, data)) if each.kind == "plan")


REFUSED = {
    "empty.xml": (b"", r"empty\.xml: the file is empty\. Save or send it again\."),
    "zeros.mpp": (bytes(4096), r"zeros\.mpp: the file is empty"),
    "cut.xml": (document(task(1))[:-40], r"cut\.xml, line 1, column \d+: the XML is broken or cut short there\. Save"),
    "bomb.xml": (
        BILLION_LAUGHS.replace("ROOT", "Project").replace("<OPEN>", f"<Project {NAMESPACE}>").encode(),
        r"bomb\.xml, line 1: the document declares a type \(DTD\) or entities\. Save it again without",
    ),
    "entity.xml": (
        EXTERNAL_ENTITY.replace("ROOT", "Project").replace("<OPEN>", f"<Project {NAMESPACE}>").encode(),
        r"entity\.xml, line 1: the document declares a type",
    ),
    "old.xml": (
        document(task(1)).replace(b"Task 1", "Müller".encode("cp1252")),
        r"old\.xml, line 1, column \d+: the document says it is UTF-8, but holds letters in another.*Save it again as UTF-8",
    ),
    "alien.xml": (
        b'<?xml version="1.0" encoding="klingon"?>' + document(task(1)),
        r"alien\.xml: it is not well-formed XML \(unknown encoding",
    ),
    "page.mpp": (b"<!DOCTYPE html><html><body>Sign in</body></html>", r"page\.mpp: the content is not a file ByWhen can read"),
    "letter.mpp": (
        COMPOUND_FILE.replace("   114".encode("utf-16-le"), "WordDocument".encode("utf-16-le")),
        r"letter\.mpp: the content is not a file ByWhen can read",
    ),
    "rows.xer": (b"ERMHDR\t1\r\n%T\tTASK\r\n%R\t1\r\n%E", r"rows\.xer, line 3: a row stands before its columns\. Export it"),
    "none.xer": (b"ERMHDR\t1\r\n%E\r\n", r"none\.xer: it holds no project\. Export a project"),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_file_place_and_remedy_are_named_when_refused(name):
    data, sentence = REFUSED[name]
    with pytest.raises(InputRefusedError, match=sentence):
        read_blob(blob_from(name, data))


FOUND = {
    "missing.xml": (document(task(1, DAY + after(99))), "link-to-missing-task", r"task 99"),
    "negative.xml": (document(task(1, "<Duration>-PT8H0M0S</Duration>")), "duration-negative", r"Task 1 'Task 1' has a neg"),
    "backwards.xml": (
        document(task(1, "<Start>2026-02-05T08:00:00</Start><Finish>2026-02-01T17:00:00</Finish>")),
        "finish-before-start",
        r"Task 1 'Task 1' has a finish before the start\. Correct",
    ),
    "far.xml": (document(task(1, f"{DAY}<Deadline>9999-01-01T00:00:00</Deadline>")), "date-out-of-range", r"after 2599"),
    "thirtieth.xml": (document(task(1, "<Start>2026-02-30T08:00:00</Start>")), "value-unreadable", r"'2026-02-30T08:00:00'"),
    "undated.xml": (document(task(1), ""), "plan-start-missing", r"begins on Monday 3 January 2000"),
    "twice.xml": (document(task(1) + task(1)), "task-uid-repeated", r"left out, for its UID is used by a task before it"),
    "nothing.xml": (document(task(1), empty_calendar()), "calendar-empty", r"'Nothing' has no working time"),
    "nocalendar.xer": (
        (EXPORT[: EXPORT.index("%T\tCALENDAR")] + EXPORT[EXPORT.index("%T\tPROJWBS") :]).encode("cp1252"),
        "calendar-missing",
        r"calendar 1 is not in the plan; the standard working week is used",
    ),
    "nobreakdown.xer": (
        (EXPORT[: EXPORT.index("%T\tPROJWBS")] + EXPORT[EXPORT.index("%T\tTASK\r") :]).encode("cp1252"),
        "breakdown-missing",
        r"3 activities name nodes of the breakdown",
    ),
    "circle.xer": (
        EXPORT.replace("%R\t11\t100\t2\tN\tB\tBuild\t10", "%R\t11\t100\t2\tN\tB\tBuild\t12\r\n%R\t12\t100\t3\tN\tC\tC\t11").encode(
            "cp1252"
        ),
        "breakdown-circle",
        r"The nodes above 'Build' hold each other",
    ),
    "cut.xer": (EXPORT[: len(EXPORT) * 2 // 3].encode("cp1252"), "file-cut-short", r"does not end with %E"),
    "months.xer": (
        EXPORT.replace("2026-11-26 08:00", "26-NOV-26").encode("cp1252"),
        "value-unreadable",
        r"Table TASK, column early_start_date, task_id 202: '26-NOV-26' is no date",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(FOUND))
def test_finding_says_what_is_doubtful_when_it_is_read(name):
    data, rule, sentence = FOUND[name]
    found = [each for reading in read_blob(blob_from(name, data)) for each in reading.findings if each.rule == rule]
    assert len(found) == 1
    assert found[0].severity is not Severity.INFO
    assert found[0].subject
    assert re.search(sentence, found[0].text)


def test_no_activity_is_lost_when_the_breakdown_goes_in_circles():
    assert {each.uid for each in plan_in(FOUND["circle.xer"][0], "circle.xer").tasks} >= {201, 202, 203}


CIRCLES = {
    "three": (task(1, DAY + after(3)) + task(2, DAY + after(1)) + task(3, DAY + after(2)), ["1 'Task 1'", "2 'Task 2'", "3 'Task 3'"]),
    "itself": (task(1, DAY + after(1)), ["1 'Task 1'"]),
    "phases": (
        task(1, "") + task(2, DAY + after(4), 2) + task(3, after(1)) + task(4, DAY, 2),
        ["1 'Task 1'", "3 'Task 3'", "4 'Task 4'", "2 'Task 2'"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(CIRCLES))
def test_every_task_of_a_circle_is_named_when_computed(name):
    body, members = CIRCLES[name]
    with pytest.raises(CycleFoundError) as circle:
        compute(plan_in(document(body), "circle.xml"))
    assert list(circle.value.tasks) == members


FAR = "<ConstraintType>4</ConstraintType><ConstraintDate>9999-12-31T08:00:00</ConstraintDate>"


@pytest.mark.parametrize("body", ["<Duration>PT99999999H0M0S</Duration>", DAY + FAR])
def test_task_is_named_when_it_would_run_beyond_all_calendars(body):
    with pytest.raises(ScheduleImpossibleError, match="Task 1 'Task 1'"):
        compute(plan_in(document(task(1, body)), "far.xml"))


def test_workbook_is_read_as_one_when_it_is_named_mpp():
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("Plan")
    for at, row in enumerate((["Task", "Start", "Duration"], ["A", "2026-01-05", "3d"], ["B", "2026-01-08", "2d"])):
        sheet.write_row(at, 0, row)
    book.close()
    assert [each.name for each in plan_in(target.getvalue(), "plan.mpp").tasks] == ["A", "B"]


@pytest.mark.parametrize("data", [
    EXPORT.encode("utf-16"), EXPORT.encode(), EXPORT.replace("\r\n", "\n").encode("cp1252"),
], ids=["utf-16", "utf-8", "unix-lines"])  # fmt: skip
def test_export_is_the_same_when_another_program_saved_it(data):
    assert plan_in(data, "x.xer") == plan_in(small_export(), "x.xer")


def test_export_is_the_same_when_its_columns_stand_in_another_order():
    lines = []
    for line in EXPORT.split("\r\n"):
        mark, *cells = line.split("\t")
        lines.append("\t".join((mark, *(reversed(cells) if mark in ("%F", "%R") else cells))))
    assert plan_in("\r\n".join(lines).encode("cp1252"), "x.xer") == plan_in(small_export(), "x.xer")


def test_hours_are_read_when_written_with_a_decimal_comma():
    plan = plan_in(EXPORT.replace("\t24\t24\t", "\t24,5\t24,5\t").encode("cp1252"), "x.xer")
    assert plan.task(202).duration.minutes == 24.5 * 60


def test_export_is_read_when_it_has_no_links_or_resources():
    plan = plan_in((EXPORT[: EXPORT.index("%T\tTASKPRED")] + "%E\r\n").encode("cp1252"), "x.xer")
    assert (len(plan.tasks), plan.links, plan.resources) == (4, (), ())
