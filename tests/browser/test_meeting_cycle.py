"""The whole life of a meeting: series, agenda, invitation, transcript, review, minutes sent in time, the next agenda."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from bywhen.intake.reading import blob_from, read_blob
from bywhen.kernel.clock import FrozenClock, SystemClock, process_clock_set
from bywhen.kernel.tables import PersonRow
from bywhen.kernel.transcript import Transcript
from bywhen.loops.selectors import loop_list
from bywhen.meetings.selectors.clock import minutes_promise
from bywhen.meetings.selectors.decisions import decision_list
from bywhen.meetings.selectors.minutes import minutes_latest
from bywhen.meetings.selectors.planned import planned_agenda, planned_get, planned_list
from bywhen.meetings.services.inviting import invitations_prepare
from bywhen.meetings.services.planning import Guests, meetings_match, series_plan
from bywhen.meetings.services.taking_in import meeting_take_in
from bywhen.platform.acting import Actor, acting
from bywhen.platform.outgoing import mail_approve, mails_send
from bywhen.platform.transports import smtp_from
from bywhen.record.selectors.people import person_find
from bywhen.record.services.people import people_take_in
from bywhen.week.services.preparing import meetings_prepare
from bywhen.week.services.understanding import meeting_understand
from factories import rows
from factories.mail_sink import sink

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
MAREN = Actor("person", "Maren Holt")
BEFORE, HELD, AFTER = (
    datetime(2026, 11, 16, 8, tzinfo=UTC),
    date(2026, 11, 18),
    datetime(2026, 11, 18, 14, tzinfo=UTC),
)
TRANSCRIPT = """WEBVTT

00:01.000 --> 00:04.000
<v Maren Holt>Welcome. Let us look at the cut-over first.</v>

00:05.000 --> 00:09.000
<v Ana Duarte>I will send the rehearsal plan to Maren by 27 November.</v>

00:10.000 --> 00:14.000
<v Maren Holt>We decided to keep two test cycles.</v>
"""


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    process_clock_set(FrozenClock(BEFORE))
    yield
    process_clock_set(SystemClock())


@pytest.fixture
def shown(live_server: Any, django_user_model: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A logged-in page on this test's own database."""
    if CHROMIUM is None:
        pytest.skip("needs Chromium")
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    client = Client()
    client.force_login(django_user_model.objects.create_user("maren", first_name="Maren", last_name="Holt"))
    # Playwright runs a loop of its own in this thread; the database is asked between its steps, never inside one.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=CHROMIUM,
            headless=True,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        context = browser.new_context(base_url=live_server.url)
        session = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        yield context.new_page()
        browser.close()


def _project():
    project = rows.project()
    people_take_in(
        rows=[
            PersonRow(place="1", name="Maren Holt", addresses=("maren@example.org",), raci="A"),
            PersonRow(place="2", name="Ana Duarte", addresses=("ana@example.org",), raci="R"),
        ],
        projects={},
        default=project,
    )
    return project


def _taken_in(project):
    blob = blob_from("2026-11-18-status.vtt", TRANSCRIPT.encode())
    (reading,) = read_blob(blob)
    assert isinstance(reading.payload, Transcript)
    source = rows.source(blob.name, blob.data, "transcript", project)
    meeting, _ = meeting_take_in(project=project, source=source, transcript=reading.payload, held_on=HELD)
    return meeting


def test_actions_reach_the_next_agenda_when_a_meeting_goes_through_its_whole_life(shown, socket_enabled):
    project = _project()
    maren, ana = person_find("Maren Holt"), person_find("Ana Duarte")
    series_plan(
        project=project,
        kind="status",
        first=datetime(2026, 11, 18, 10),
        zone="Europe/Berlin",
        rule="FREQ=WEEKLY;COUNT=3",
        guests=Guests(required=[maren, ana], organiser=maren),
    )
    first, second, *_ = planned_list(project=project)
    assert meetings_prepare(project=project) >= 1
    with sink() as post, acting(MAREN):
        letters, unreachable = invitations_prepare(planned=first)
        for letter in letters:
            mail_approve(mail=letter)
        mails_send(transport=smtp_from(post.address))
        assert unreachable == []
        assert all(
            "BEGIN:VEVENT" in letter.as_string() or "text/calendar" in letter.as_string() for letter in post.letters
        )
        invited = len(post.letters)
        assert invited >= 1

        process_clock_set(FrozenClock(AFTER))
        meeting = _taken_in(project)
        assert meetings_match(meetings=[meeting]) == 1
        assert meeting_understand(meeting.pk) >= 2

        shown.goto(f"/meetings/{meeting.pk}/")
        waiting = shown.locator("form.item")
        for left in range(waiting.count() - 1, -1, -1):
            shown.keyboard.press("Enter")
            waiting.nth(left).wait_for(state="detached")
        shown.goto(f"/meetings/{meeting.pk}/minutes/")
        shown.get_by_role("button", name=re.compile("^Publish")).click()
        shown.get_by_text("Version 1 is published").first.wait_for()

        mails_send(transport=smtp_from(post.address))
        minutes = post.letters[invited:]
        assert {letter["To"] for letter in minutes} == {
            "Maren Holt <maren@example.org>",
            "Ana Duarte <ana@example.org>",
        }
        assert all(any(part.get_filename("").endswith(".docx") for part in letter.walk()) for letter in minutes)

    assert minutes_latest(meeting).number == 1
    assert minutes_promise(meeting, datetime(2026, 12, 24, tzinfo=UTC)).kept
    assert [each.text for each in decision_list(project=project)] == ["keep two test cycles."]
    (action,) = loop_list(project=project, kind="action")
    assert (action.owner, action.due) == (ana, date(2026, 11, 27))

    process_clock_set(FrozenClock(datetime(2026, 11, 23, 8, tzinfo=UTC)))
    meetings_prepare(project=project)
    points = [point.title for item in planned_agenda(planned_get(second.pk)).items for point in item.points]
    assert action.title in points
