"""All projects at a glance: before any report, and without more queries for more projects."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bywhen.kernel.clock import FrozenClock, clock_set
from bywhen.reports.selectors.status import reports_latest
from bywhen.reports.services import status_build
from factories import rows

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _one_day():
    with clock_set(FrozenClock(TODAY)):
        yield


@pytest.fixture
def page(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("owner"))
    return client


def test_overview_says_what_would_fill_it_when_empty(page):
    assert "No project is on record" in page.get(reverse("reports:overview")).content.decode()


def test_a_project_is_grey_when_no_report_was_written(page):
    rows.project()
    row = page.get(reverse("reports:overview")).context["rows"][0]
    assert (row["derived"], row["declared"], row["headline"]) == ("grey", "", "No status has been written yet.")


def test_studio_answers_when_nothing_is_known_of_the_project(page):
    rows.project()
    body = page.get(reverse("reports:status", args=["erp"])).content.decode()
    assert "the facts say grey; nobody has declared a status" in body


def test_only_the_last_report_counts_when_there_are_several():
    project = rows.project()
    for day in (2, 9, 30):
        status_build(project=project, today=date(2026, 11, day))
    assert [report.as_of.day for report in reports_latest(TODAY)] == [9]


def test_overview_takes_as_many_queries_when_there_are_ten_times_the_projects(page):
    address = reverse("reports:overview")

    def asked():
        # The frame around every page asks queries of its own; those of this page are about reports.
        with CaptureQueriesContext(connection) as queries:
            page.get(address)
        return sum("reports_statusreport" in query["sql"] for query in queries)

    status_build(project=rows.project(), today=TODAY)
    few = asked()
    for number in range(10):
        status_build(project=rows.project(f"p{number}", f"Project {number}"), today=TODAY)
    assert (few, asked()) == (1, 1)
