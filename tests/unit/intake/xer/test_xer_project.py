from __future__ import annotations

from datetime import date, datetime

import pytest

from bywhen.intake.reading import blob_from, read_blob
from bywhen.kernel.durations import Duration
from bywhen.kernel.errors import FileMalformedError, FileTooLargeError
from bywhen.kernel.plan import STANDARD_WEEK, ConstraintType, LinkType
from contracts.formats.samples import small_export


@pytest.fixture
def plan():
    return read_blob(blob_from("export.xer", small_export()))[0].payload


def test_breakdown_becomes_the_outline_when_read(plan):
    assert [(t.uid, t.name, t.outline_level, t.parent_uid, t.summary) for t in plan.tasks] == [
        (203, "Go-live", 1, None, False),
        (11, "Build", 1, None, True),
        (201, "Schnittstelle prüfen", 2, 11, False),
        (202, "Build", 2, 11, False),
    ]


def test_progress_is_told_by_duration_when_the_activity_has_begun(plan):
    found = plan.task(201)
    assert found.duration == Duration(960.0)
    assert (found.actual_duration_minutes, found.remaining_duration_minutes, found.percent_complete) == (480, 480, 50)
    assert (found.start, found.early_start) == (datetime(2026, 11, 23, 8), datetime(2026, 11, 24, 8))


def test_empty_cell_is_not_zero_when_read(plan):
    assert plan.task(201).total_slack_minutes == 0
    assert plan.task(202).total_slack_minutes is None


def test_links_constraints_and_milestones_are_read_when_there(plan):
    assert [(k.predecessor_uid, k.successor_uid, k.type, k.lag.minutes) for k in plan.links] == [
        (201, 202, LinkType.FS, 480),
        (202, 203, LinkType.FF, 0),
    ]
    assert plan.task(202).constraint is ConstraintType.SNET
    assert plan.task(203).milestone


def test_calendar_text_gives_week_and_exceptions_when_it_has_control_characters(plan):
    calendar = plan.calendars[0]
    assert calendar.week == STANDARD_WEEK
    assert [(e.first, e.shifts) for e in calendar.exceptions] == [
        (date(2026, 12, 24), ()),
        (date(2026, 12, 25), ((480, 600),)),
    ]


def test_project_facts_are_read_when_there(plan):
    assert (plan.name, plan.currency, plan.status_date) == ("Interface programme", "EUR", datetime(2026, 11, 24, 8))


def test_export_without_project_is_refused_when_read():
    with pytest.raises(FileMalformedError, match=r"empty\.xer.*no project"):
        read_blob(blob_from("empty.xer", b"ERMHDR\t19.12\r\n%T\tTASK\r\n%F\ttask_id\r\n%E"))


def test_too_many_lines_are_refused_when_read():
    with pytest.raises(FileTooLargeError, match=r"long\.xer"):
        read_blob(blob_from("long.xer", b"ERMHDR\t1\n" + b"%R\n" * 1_000_001))
