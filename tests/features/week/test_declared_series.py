"""Series of meetings that a project folder declares."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bywhen.kernel.clock import FrozenClock, clock_set
from bywhen.kernel.errors import FileMalformedError
from bywhen.meetings.models import Series
from bywhen.meetings.selectors.planned import planned_coming, start_local
from bywhen.record.models import Person
from bywhen.week.services.series_declared import series_declare
from factories import rows

pytestmark = pytest.mark.django_db
ENTRY = """
[[series]]
kind = "cab"
title = "Board"
first = 2026-11-30T14:00:00
zone = "Europe/Berlin"
repeats = "every two weeks until 26 March 2027"
required = ["Tom Becker"]
papers_days = 2
quorum = 1.0
"""


@pytest.fixture(autouse=True)
def _monday(db):
    rows.project()
    Person.objects.create(name="Tom Becker")
    with clock_set(FrozenClock(datetime(2026, 11, 23, 8, tzinfo=UTC))):
        yield


def declared(tmp_path, text=ENTRY):
    (tmp_path / "project.toml").write_text(text, encoding="utf-8")
    return series_declare(folder=tmp_path)


def test_series_is_planned_once_when_the_folder_declares_it(tmp_path):
    assert [declared(tmp_path), declared(tmp_path)] == [1, 0]
    first = planned_coming().first()
    assert f"{start_local(first):%d %b %H:%M}" == "30 Nov 14:00"
    assert (first.papers_due.isoformat(), first.quorum, first.series.rule) == (
        "2026-11-26",
        1.0,
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;UNTIL=20270326",
    )


def test_what_people_changed_stays_when_the_folder_declares_it_again(tmp_path):
    declared(tmp_path)
    Series.objects.update(title="Our board", ended=True)
    assert declared(tmp_path) == 0
    assert Series.objects.get().title == "Our board"


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ('kind = "cab"\n', "", "it has no kind"),
        ("Tom Becker", "Nobody Here", "nobody, or more than one, is called 'Nobody Here'"),
        ("Europe/Berlin", "Mars/Base", "the time zone 'Mars/Base' is not known"),
        ("every two weeks until 26 March 2027", "biweekly", "may mean twice"),
        ('kind = "cab"', 'kind = "tea"', "there is no kind of meeting 'tea'"),
        ("papers_days = 2", 'papers_days = "soon"', "a time or number in it cannot be read"),
        ('title = "Board"', 'project = "moon"', "there is no project 'moon'"),
    ],
)
def test_file_and_place_are_named_when_a_series_cannot_be(tmp_path, before, after, problem):
    with pytest.raises(FileMalformedError, match=r"project\.toml, series 1") as told:
        declared(tmp_path, ENTRY.replace(before, after))
    assert problem in str(told.value)
    assert Series.objects.count() == 0
